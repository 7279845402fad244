//! 在园企业名册: the firms of the incubator, and the table that it already has.

mod convert;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use zizhi_app::Output;
use zizhi_app::export_lists::export_firms;
use zizhi_app::keys::fingerprint;
use zizhi_app::read_holder_key::{read_holder_key, typed_holder_key};
use zizhi_app::register_fields::Field;
use zizhi_app::roster_preview::Roster;
use zizhi_app::shared_keys::shared_key;
use zizhi_app::{register_firms, roster_import, roster_preview};
use zizhi_store::FirmFilter;
use zizhi_wire::commands::RegisterCommands;
use zizhi_wire::*;

use crate::desk::Desk;
use crate::incubator::{after, count, cursor, limit};
use crate::refusal::{refused, sentence};
use crate::verify::encode::written;

/// Previews that are kept: the one on the screen and the one before, which a slow click may still mean.
const KEPT: usize = 2;

/// The rosters that were looked at last. They hold names, and go with the open database.
#[derive(Default)]
pub(crate) struct Rosters(Mutex<Vec<Roster>>);

impl RegisterCommands for Desk {
    fn register_list(&self, request: FindFirms) -> Result<Firms, Refusal> {
        let after = after(request.after.as_deref())?;
        let limit = limit(request.limit);
        let filter = filter(request);
        let (page, total) =
            self.incubator()?.work(|incubator| register_firms::list(incubator, &filter, after, limit))?;
        let firms = page.rows.iter().map(convert::firm).collect();
        Ok(Firms { firms, next: cursor(page.next), total: count(total) })
    }

    fn register_export(&self, request: ExportFirms) -> Result<Written, Refusal> {
        let output = Output { path: Path::new(&request.path), force: true };
        let filter = filter(request.filter);
        let count = self.incubator()?.work(|incubator| export_firms(incubator, &filter, &output))?;
        written(&request.path, None, count)
    }

    fn register_get(&self, request: ById) -> Result<Firm, Refusal> {
        let firm = self.incubator()?.work(|incubator| register_firms::get(incubator, &request.id))?;
        Ok(convert::firm(&firm))
    }

    fn register_save(&self, request: Firm) -> Result<Firm, Refusal> {
        let typed = convert::typed(request);
        let saved = self.incubator()?.work(|incubator| register_firms::save(incubator, &typed))?;
        self.changed(&[Changed::Firms]);
        Ok(convert::firm(&saved))
    }

    fn register_read_key(&self, request: AtPath) -> Result<HolderKey, Refusal> {
        let key = self.incubator()?.work(|_| read_holder_key(Path::new(&request.path)))?;
        Ok(HolderKey { jwk: convert::jwk(&key) })
    }

    fn register_fingerprint(&self, request: EnteredKey) -> Result<SeenKey, Refusal> {
        self.incubator()?.work(|incubator| {
            let key = typed_holder_key(&request.jwk)?;
            let warning = shared_key(incubator, &key, &request.uscc)?;
            Ok(SeenKey { text: fingerprint(&key), warning: warning.as_ref().map(sentence) })
        })
    }

    fn register_preview(&self, request: PreviewRoster) -> Result<RosterPreview, Refusal> {
        let chosen: Option<Vec<(u32, Option<Field>)>> = request.mapping.map(|mapping| {
            mapping.iter().map(|choice| (choice.column, choice.field.map(convert::meant))).collect()
        });
        let incubator = self.incubator()?;
        let path = Path::new(&request.path);
        let roster =
            incubator.work(|incubator| roster_preview::preview(incubator, path, chosen.as_deref()))?;
        let preview = convert::preview(&roster);
        incubator.open.rosters.keep(roster);
        Ok(preview)
    }

    fn register_import(&self, request: ById) -> Result<Imported, Refusal> {
        let incubator = self.incubator()?;
        let roster = incubator.open.rosters.take(&request.id).ok_or_else(gone)?;
        let stop = self.jobs.begin(&request.id, Some(&incubator.open));
        let tell = |done: usize, total: usize| {
            let (done, total) = (count(done), count(total));
            self.tell(Event::Progress { job: request.id.clone(), done, total });
            stop.goes_on()
        };
        let imported = incubator.work(|incubator| roster_import::import(incubator, &roster, tell));
        // Nothing was imported, and what is shown can be imported once more.
        let done = imported.inspect_err(|_| incubator.open.rosters.keep(roster))?;
        self.changed(&[Changed::Firms]);
        Ok(Imported { new: done.new, changed: done.changed, refused: done.refused })
    }
}

fn filter(find: FindFirms) -> FirmFilter {
    let state = find.state.map(convert::stands);
    FirmFilter { text: find.text, state, region: None, by_name: find.by_name }
}

impl Rosters {
    fn keep(&self, roster: Roster) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(roster);
        let over = kept.len().saturating_sub(KEPT);
        kept.drain(..over);
    }

    fn take(&self, id: &str) -> Option<Roster> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|roster| roster.id == id)?;
        Some(kept.remove(at))
    }
}

fn gone() -> Refusal {
    refused(
        "ROSTER-GONE",
        (
            "这次预览已经导入过，或者已被后来的预览取代，没有导入任何内容。",
            "This preview was imported already, or others came after it; nothing was imported.",
        ),
        ("请重新选择表格并预览。", "Choose the table and preview it again."),
    )
}
