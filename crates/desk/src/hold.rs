//! 资质凭证: what the firm holds, how long it lasts, and what it states about itself.

mod convert;

use std::path::{Path, PathBuf};

use zizhi_app::Output;
use zizhi_app::export_lists::export_held;
use zizhi_app::hold_declare::{Declaring, declare, types};
use zizhi_app::{held_changes, hold_credentials, hold_import, hold_key};
use zizhi_wire::commands::HoldCommands;
use zizhi_wire::*;

use crate::desk::Desk;
use crate::refusal::refusal;
use crate::type_form::type_form;
use crate::verify::encode::written;
pub(crate) use convert::{claim, whole_days};

impl HoldCommands for Desk {
    fn hold_import(&self, request: ImportHeld) -> Result<ImportedHeld, Refusal> {
        let paths: Vec<PathBuf> = request.paths.iter().map(PathBuf::from).collect();
        let firm = self.firm()?;
        let (done, owner) = firm.work(|firm| Ok((hold_import::import(firm, &paths)?, firm.owner()?)))?;
        if !done.imported.is_empty() {
            self.changed(&[Changed::Held, Changed::Drafts, Changed::Session]);
        }
        let refused = done.refused.iter().map(|refused| RefusedFile {
            path: refused.path.display().to_string(),
            refusal: refusal(&refused.failure),
        });
        Ok(ImportedHeld {
            imported: done.imported.iter().map(|held| convert::line(held, &owner)).collect(),
            refused: refused.collect(),
        })
    }

    fn hold_list(&self, request: FindHeld) -> Result<HeldList, Refusal> {
        let firm = self.firm()?;
        let (held, owner, moved) = firm.work(|firm| {
            let moved = held_changes::unseen(&firm.database.reader()?)?;
            Ok((hold_credentials::list(firm, &request.text)?, firm.owner()?, moved))
        })?;
        let credentials = held.iter().map(|held| HeldLine {
            moved: moved.get(&held.row.id).map(convert::moved),
            ..convert::line(held, &owner)
        });
        Ok(HeldList { credentials: credentials.collect() })
    }

    fn hold_export(&self, request: ExportHeld) -> Result<Written, Refusal> {
        let output = Output { path: Path::new(&request.path), force: true };
        let count = self.firm()?.work(|firm| export_held(firm, &request.filter.text, &output))?;
        written(&request.path, None, count)
    }

    fn hold_get(&self, request: ById) -> Result<HeldPage, Refusal> {
        let firm = self.firm()?;
        let (full, owner, moved) = firm.work(|firm| {
            let moved = held_changes::unseen(&firm.database.reader()?)?;
            Ok((hold_credentials::get(firm, &request.id)?, firm.owner()?, moved))
        })?;
        let mut page = convert::page(full, &owner);
        page.line.moved = moved.get(&request.id).map(convert::moved);
        Ok(page)
    }

    fn hold_seen(&self, request: ById) -> Result<Nothing, Refusal> {
        self.firm()?.work(|firm| held_changes::seen(firm, &request.id))?;
        self.changed(&[Changed::Held, Changed::Session]);
        Ok(Nothing {})
    }

    fn hold_remove(&self, request: ById) -> Result<Nothing, Refusal> {
        self.firm()?.work(|firm| hold_credentials::remove(firm, &request.id))?;
        self.changed(&[Changed::Held, Changed::Session]);
        Ok(Nothing {})
    }

    fn hold_types(&self, _: Nothing) -> Result<IssueTypes, Refusal> {
        let forms = self.firm()?.work(|firm| Ok(types(firm)))?;
        let types = forms.iter().map(|form| type_form(form, &[], &[])).collect();
        Ok(IssueTypes { types, remark: None })
    }

    fn hold_declare(&self, request: Declare) -> Result<HeldLine, Refusal> {
        let declaring = Declaring {
            kind: &request.kind,
            typed: request.claims.into_iter().map(|typed| (typed.name, typed.value)).collect(),
            valid_until: request.valid_until.as_deref(),
            passphrase: &request.passphrase,
        };
        let (held, owner) = self.firm()?.work(|firm| Ok((declare(firm, &declaring)?, firm.owner()?)))?;
        self.changed(&[Changed::Held, Changed::Drafts, Changed::Session]);
        Ok(convert::line(&held, &owner))
    }

    fn hold_fingerprint(&self, _: Nothing) -> Result<Fingerprint, Refusal> {
        let key = self.firm()?.work(|firm| zizhi_app::vault::holder_public(firm.database))?;
        Ok(Fingerprint { text: zizhi_app::keys::fingerprint(&key) })
    }

    fn hold_export_key(&self, request: ExportHolderKey) -> Result<Written, Refusal> {
        let digest = self.firm()?.work(|firm| hold_key::export(firm, Path::new(&request.path)))?;
        Ok(Written { path: request.path, sha256: Some(digest.hex()), count: 1 })
    }
}
