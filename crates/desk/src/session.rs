//! 会话: whose database it is, whether it is open, settings, 演练模式.

mod convert;
mod day;
mod drill;
mod keeping;
mod remember;

use std::sync::Arc;

use zizhi_app::correct_name::correct_name;
use zizhi_app::create_database::{Owner, create_database};
use zizhi_app::unlock_database::unlock_database;
use zizhi_app::{about, check_database, check_typed_uscc, clock_behind, settings, vault, waiting};
use zizhi_store::Database;
use zizhi_wire::commands::SessionCommands;
use zizhi_wire::*;

use crate::desk::{Desk, Open};
use crate::refusal::{refusal, refused, sentence};
use crate::trust;
pub(crate) use convert::everything_changed;
pub(crate) use keeping::Keeping;
pub(crate) use remember::Remembering;

impl SessionCommands for Desk {
    fn session_status(&self, _: Nothing) -> Result<SessionStatus, Refusal> {
        let (opened, linked) = self.first_offered();
        Ok(SessionStatus { opened, linked, ..self.status()? })
    }

    fn session_listening(&self, _: Nothing) -> Result<Arrived, Refusal> {
        Ok(Arrived { files: self.take_offered() })
    }

    fn session_kept(&self, _: Nothing) -> Result<Nothing, Refusal> {
        self.typed_is_kept();
        Ok(Nothing {})
    }

    fn session_create(&self, request: CreateSession) -> Result<CreatedSession, Refusal> {
        self.no_drill()?;
        let NewProfile { uscc, name, role, region } = &request.profile;
        let owner = Owner { uscc, name, role: convert::role(*role), region };
        let created =
            create_database(&self.database_folder(), &owner, &request.passphrase, self.host.as_ref())
                .map_err(|failure| refusal(&failure))?;
        let open = Arc::new(Open::new(created.unlocked, false));
        self.begin_rounds(&open);
        self.set_open(Some(open));
        self.tell(everything_changed());
        Ok(CreatedSession {
            recovery_key: created.recovery_key.to_string(),
            kid: created.kid,
            status: self.status()?,
        })
    }

    fn session_unlock(&self, request: Unlock) -> Result<SessionStatus, Refusal> {
        let (folder, trust) = (self.database_folder(), self.trust_data());
        let opened =
            self.open_with_secret(|| unlock_database(&folder, &request.secret, &trust, self.host.as_ref()))?;
        if opened {
            // The window shows it at once, however long the keychain takes.
            self.tell(everything_changed());
            if let Some(wished) = request.remember.filter(|_| self.drill().is_none()) {
                self.remember_as_wished(&request.secret, wished);
            }
        }
        self.status()
    }

    fn session_forget(&self, _: Nothing) -> Result<SessionStatus, Refusal> {
        self.forget_database()?;
        self.status()
    }

    fn session_lock(&self, _: Nothing) -> Result<SessionStatus, Refusal> {
        // Whatever closing finds, the window shows no more names.
        let closed = self.close();
        self.tell(Event::Locked);
        closed.map_err(|failure| refusal(&failure))?;
        self.status()
    }

    fn session_stop(&self, request: Job) -> Result<Nothing, Refusal> {
        self.jobs.stop(&request.job);
        Ok(Nothing {})
    }

    fn session_drill(&self, request: StartDrill) -> Result<SessionStatus, Refusal> {
        self.start_drill(request.role, request.story)?;
        self.status()
    }

    fn session_end_drill(&self, _: Nothing) -> Result<SessionStatus, Refusal> {
        self.end_drill()?;
        self.status()
    }

    fn session_change_passphrase(&self, request: ChangePassphrase) -> Result<Nothing, Refusal> {
        let open = self.open()?;
        let actor = open.database.reader().map_err(Into::into).and_then(|reader| settings::actor(&reader));
        let actor = actor.map_err(|failure| refusal(&failure))?;
        let ChangePassphrase { present, next } = &request;
        vault::change_passphrase(&open.database, present, next, &actor, self.host.as_ref())
            .map_err(|failure| refusal(&failure))?;
        Ok(Nothing {})
    }

    fn session_save_settings(&self, request: Settings) -> Result<SessionStatus, Refusal> {
        settings::save_look(&self.place.data, &convert::look(&request))
            .map_err(|failure| refusal(&failure))?;
        if let Some(open) = self.open_if_any() {
            settings::save_habits(&open.database, &convert::habits(&request), self.host.as_ref())
                .map_err(|failure| refusal(&failure))?;
        }
        // Where backups go is among them.
        self.tell(Event::Changed { what: vec![Changed::Session, Changed::Upkeep] });
        self.status()
    }

    fn session_correct_name(&self, request: CorrectName) -> Result<SessionStatus, Refusal> {
        let open = self.open()?;
        correct_name(&open.database, &request.name, self.host.as_ref())
            .map_err(|failure| refusal(&failure))?;
        self.changed(&[Changed::Session]);
        self.status()
    }

    fn session_regions(&self, _: Nothing) -> Result<RegionChoices, Refusal> {
        Ok(convert::regions())
    }

    fn session_check_uscc(&self, request: CheckUscc) -> Result<CheckedUscc, Refusal> {
        let (uscc, remark) = check_typed_uscc::check_typed_uscc(&request.text);
        let name = match (self.open_if_any(), &uscc) {
            (Some(open), Some(uscc)) => {
                check_typed_uscc::known_name(&open.database, uscc).map_err(|failure| refusal(&failure))?
            }
            _ => None,
        };
        let uscc = uscc.map(|uscc| uscc.to_string());
        Ok(CheckedUscc { uscc, name, remark: remark.as_ref().map(sentence) })
    }

    fn session_about(&self, _: Nothing) -> Result<About, Refusal> {
        let licences = about::licences(self.place.resources.as_deref()).into_iter();
        let licences =
            licences.map(|about::Licence { licence, components }| LicenceLine { licence, components });
        Ok(About {
            software: zizhi_app::SOFTWARE.to_owned(),
            statements: about::statements().iter().map(sentence).collect(),
            licences: licences.collect(),
            data_folder: self.place.data.display().to_string(),
        })
    }
}

impl Desk {
    /// The language of the window, for what its host writes itself. It needs no database.
    #[must_use]
    pub fn language(&self) -> Language {
        convert::language(settings::look(&self.place.data).language)
    }

    /// Locks as the window's button does, behind what was typed a moment ago: the screen was locked, or the computer goes
    /// to sleep. Where no database is open, and the keychain is not about to open one, nothing happens.
    ///
    /// # Errors
    /// What closing found; it is closed all the same.
    pub fn lock_when_away(&self) -> Result<(), Refusal> {
        let opening = self.remembered().asking;
        if self.open_if_any().is_some() {
            self.have_typed_kept();
        }
        if opening || self.open_if_any().is_some() {
            self.session_lock(Nothing {})?;
        }
        Ok(())
    }

    /// What the status tells, but for what was offered: whoever asks for it takes that.
    pub(crate) fn status(&self) -> Result<SessionStatus, Refusal> {
        let open = self.open_if_any();
        let database = match &open {
            Some(_) => DatabaseState::Open,
            None if Database::exists(&self.database_folder()) => DatabaseState::Locked,
            None => DatabaseState::None,
        };
        // Trust data that cannot be read is told on its own page; the window opens all the same.
        let at_hand = self.at_hand().ok();
        let remembered = at_hand.as_ref().map(|at_hand| &at_hand.memory);
        let of_open = open.as_ref().map(|open| self.of_open(open)).transpose()?;
        let (profile, waiting, habits) = of_open.unwrap_or_default();
        let opened_database = open.as_ref().map(|open| &open.database);
        let clock_behind = clock_behind::clock_behind(remembered, opened_database, self.host.as_ref())
            .map_err(|failure| refusal(&failure))?;
        Ok(SessionStatus {
            database,
            profile,
            trust: trust::summary(at_hand.as_deref()),
            drill: self.drill().is_some(),
            remembered: self.remembered(),
            clock_behind,
            damaged: opened_database.and_then(check_database::damage).map(|failure| refusal(&failure)),
            waiting,
            settings: convert::settings(&settings::look(&self.place.data), habits),
            opened: Vec::new(),
            linked: None,
        })
    }

    /// What the status tells of an open database.
    fn of_open(&self, open: &Open) -> Result<(Option<Profile>, Option<Waiting>, settings::Habits), Refusal> {
        let read = || {
            let reader = open.database.reader()?;
            let (profile, habits) = (reader.profile()?, settings::habits(&reader)?);
            drop(reader);
            Ok((profile, waiting::waiting(&open.database, self.host.as_ref())?, habits))
        };
        let (profile, waiting, habits) = read().map_err(|failure| refusal(&failure))?;
        Ok((profile.as_ref().map(convert::profile), Some(convert::waiting(waiting)), habits))
    }

    fn no_drill(&self) -> Result<(), Refusal> {
        match self.drill() {
            None => Ok(()),
            Some(_) => Err(refused(
                "SESSION-DRILL",
                ("正在演练模式中，没有建立数据库。", "This is a drill; no database was made."),
                ("请先结束演练。", "End the drill first."),
            )),
        }
    }
}
