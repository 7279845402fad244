//! 备份、日志、诊断: what keeps the data whole and shows who did what.

mod convert;

use std::path::Path;
use std::sync::Arc;

use zizhi_app::check_database::check_database;
use zizhi_app::diagnose::{State, diagnose};
use zizhi_app::find_anything::find_anything;
use zizhi_app::stop::stopped;
use zizhi_app::{Failure, Output, activity_log, backups, settings};
use zizhi_store::{After, Database};
use zizhi_wire::commands::UpkeepCommands;
use zizhi_wire::*;

use crate::desk::{Desk, Open};
use crate::refusal::refusal;

/// By which names long work is told and stopped.
const BACKUP: &str = "backup";
const CHECK: &str = "check";
/// The longest page of the log that one answer holds.
const MOST: usize = 500;

impl UpkeepCommands for Desk {
    fn upkeep_backups(&self, _: Nothing) -> Result<BackupStatus, Refusal> {
        let open = self.open()?;
        let standing = backups::standing(&open.database, self.host.as_ref());
        standing.map(convert::standing).map_err(|failure| refusal(&failure))
    }

    fn upkeep_backup(&self, request: AtPath) -> Result<BackedUp, Refusal> {
        let open = self.open()?;
        let folder = Some(Path::new(&request.path)).filter(|path| !path.as_os_str().is_empty());
        let stop = self.jobs.begin(BACKUP, Some(&open));
        let mut told = |progress: zizhi_store::Progress| {
            let number = |pages: u64| u32::try_from(pages).unwrap_or(u32::MAX);
            let (done, total) = (number(progress.done), number(progress.total));
            self.tell(Event::Progress { job: BACKUP.to_owned(), done, total });
            stop.goes_on()
        };
        let made = backups::make_backup(&open.database, folder, self.host.as_ref(), &mut told)
            .map_err(|failure| refusal(&failure))?
            .ok_or_else(|| refusal(&stopped()))?;
        self.tell(Event::Changed { what: vec![Changed::Upkeep, Changed::Session] });
        let made = convert::made(&made, self.host.now());
        Ok(BackedUp { made, status: self.upkeep_backups(Nothing {})? })
    }

    fn upkeep_drill(&self, request: Restore) -> Result<Drilled, Refusal> {
        let path = Path::new(&request.path);
        let contents =
            backups::try_backup(&self.data(), path, &request.secret).map_err(|failure| refusal(&failure))?;
        if let Some(open) = self.open_if_any() {
            backups::note_trial(&open.database, path, &contents, self.host.as_ref())
                .map_err(|failure| refusal(&failure))?;
            self.tell(Event::Changed { what: vec![Changed::Upkeep] });
        }
        Ok(convert::drilled(&contents))
    }

    fn upkeep_restore(&self, request: Restore) -> Result<SessionStatus, Refusal> {
        let backup = Path::new(&request.path);
        // What cannot be restored is found out before anything is closed.
        backups::try_backup(&self.data(), backup, &request.secret).map_err(|failure| refusal(&failure))?;
        self.close().map_err(|failure| refusal(&failure))?;
        let at_hand = self.at_hand().ok();
        let trust = at_hand.as_ref().map(|at_hand| at_hand.library.trust());
        let (folder, host) = (self.database_folder(), self.host.as_ref());
        let restored = backups::restore_backup(&folder, backup, &request.secret, trust, host);
        match restored {
            Ok(restored) => {
                let open = Arc::new(Open::new(restored.unlocked, self.drill().is_some()));
                self.begin_rounds(&open);
                self.set_open(Some(open));
            }
            Err(failure) => {
                self.tell(Event::Locked);
                return Err(refusal(&failure));
            }
        }
        self.forget_what_was_replaced();
        self.tell(crate::session::everything_changed());
        self.status()
    }

    fn upkeep_activity(&self, request: FindActivity) -> Result<Activities, Refusal> {
        let open = self.open()?;
        let wanted = convert::wanted(&request)?;
        let limit = usize::try_from(request.limit).unwrap_or(MOST).clamp(1, MOST);
        let read = || {
            let reader = open.database.reader()?;
            let page = activity_log::list(&reader, &wanted, request.before, limit)?;
            let mut teller = activity_log::Teller::new(&reader);
            let told = page.rows.iter().map(|row| Ok(convert::activity(row, &teller.tell(row)?)));
            let entries = told.collect::<Result<Vec<_>, Failure>>()?;
            Ok(Activities { entries, next: page.next.map(After::to_number) })
        };
        read().map_err(|failure: Failure| refusal(&failure))
    }

    fn upkeep_export_activity(&self, request: ExportActivity) -> Result<Written, Refusal> {
        let open = self.open()?;
        let wanted = convert::wanted(&request.filter)?;
        let output = Output { path: Path::new(&request.path), force: true };
        let (count, sha256) = activity_log::export(&open.database, &wanted, &output, self.host.as_ref())
            .map_err(|failure| refusal(&failure))?;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Written { path: request.path, sha256: Some(sha256), count })
    }

    fn upkeep_check(&self, _: Nothing) -> Result<CheckedDatabase, Refusal> {
        let open = self.open()?;
        let stop = self.jobs.begin(CHECK, Some(&open));
        let examined = check_database(&open.database, &stop).map_err(|failure| refusal(&failure))?;
        Ok(convert::checked(&examined))
    }

    fn upkeep_diagnostics(&self, _: Nothing) -> Result<Diagnostics, Refusal> {
        let (open, at_hand) = (self.open_if_any(), self.at_hand().ok());
        let state = State {
            database: open.as_ref().map(|open| &open.database),
            exists: Database::exists(&self.database_folder()),
            drill: self.drill().is_some(),
            trust: at_hand.as_ref().map(|at_hand| at_hand.library.trust()),
            look: &settings::look(&self.place.data),
        };
        let text = diagnose(&state, self.host.as_ref()).map_err(|failure| refusal(&failure))?;
        Ok(Diagnostics { text })
    }

    fn upkeep_find(&self, request: Find) -> Result<Found, Refusal> {
        let open = self.open()?;
        let found = find_anything(&open.database, &request.text).map_err(|failure| refusal(&failure))?;
        Ok(Found { hits: found.into_iter().map(convert::hit).collect() })
    }
}
