//! 签发: credentials for the firms of the register, and their status afterwards.

mod convert;

use std::path::{Path, PathBuf};

use zizhi_app::Output;
use zizhi_app::after_restore::{after_restore, look_back};
use zizhi_app::export_lists::export_issued;
use zizhi_app::export_own_record::export_own_record;
use zizhi_app::issue_batch::{issue_batch, issuing_keys, preview_batch};
use zizhi_app::issue_needs::{AskedFor, hints};
use zizhi_app::issue_types::{filled_in, issuable};
use zizhi_app::own_status_lists::{export_status_lists, not_exported_since};
use zizhi_app::recover_issued::recover_issued;
use zizhi_app::settle_lists::{Settling, read_lists, settle_lists};
use zizhi_app::{issued_credentials, set_status};
use zizhi_model::civil::{date_in_shanghai, rfc3339};
use zizhi_store::CredentialState;
use zizhi_wire::commands::IssueCommands;
use zizhi_wire::*;

use crate::desk::Desk;
use crate::hold::claim;
use crate::incubator::{after, count, cursor, limit};
use crate::refusal::sentence;
use crate::type_form::type_form;
use crate::verify::encode::written;

/// By which name progress of issuing is told.
const JOB: &str = "issue";

impl IssueCommands for Desk {
    fn issue_types(&self, _: Nothing) -> Result<IssueTypes, Refusal> {
        let today = date_in_shanghai(self.host.now());
        let (found, asked) = self
            .incubator()?
            .work(|incubator| Ok((issuable(incubator)?, AskedFor::read(incubator.library, today))))?;
        let level = found.level.as_deref();
        let form = |form| type_form(form, &filled_in(form, level), &hints(form, level, &asked, today));
        Ok(IssueTypes {
            types: found.forms.iter().map(form).collect(),
            remark: found.remark.as_ref().map(sentence),
        })
    }

    fn issue_preview(&self, request: Issue) -> Result<IssuePreview, Refusal> {
        let issuing = convert::issuing(&request);
        self.incubator()?.work(|incubator| preview_batch(incubator, &issuing)).map(convert::preview)
    }

    fn issue_issue(&self, request: Issue) -> Result<IssuedBatch, Refusal> {
        let issuing = convert::issuing(&request);
        let incubator = self.incubator()?;
        let stop = self.jobs.begin(JOB, Some(&incubator.open));
        let tell = |done: usize, total: usize| {
            self.tell(Event::Progress { job: JOB.to_owned(), done: count(done), total: count(total) });
            stop.goes_on()
        };
        let batch = incubator.work(|incubator| {
            issue_batch(incubator, &issuing, || issuing_keys(incubator, &request.passphrase), tell)
        })?;
        if !batch.issued.is_empty() {
            self.changed(&[Changed::Issued, Changed::Firms]);
        }
        Ok(convert::batch(batch))
    }

    fn issue_list(&self, request: FindIssued) -> Result<IssuedList, Refusal> {
        let after = after(request.after.as_deref())?;
        let limit = limit(request.limit);
        let find = convert::find(request);
        let page =
            self.incubator()?.work(|incubator| issued_credentials::list(incubator, &find, after, limit))?;
        Ok(IssuedList { credentials: page.rows.iter().map(convert::line).collect(), next: cursor(page.next) })
    }

    fn issue_export_table(&self, request: ExportIssuedTable) -> Result<Written, Refusal> {
        let output = Output { path: Path::new(&request.path), force: true };
        let find = convert::find(request.filter);
        let count = self.incubator()?.work(|incubator| export_issued(incubator, &find, &output))?;
        written(&request.path, None, count)
    }

    fn issue_get(&self, request: ById) -> Result<CredentialView, Refusal> {
        let (issued, lines) =
            self.incubator()?.work(|incubator| issued_credentials::get(incubator, &request.id))?;
        let shown = lines.iter().filter(|line| !line.value.zh.is_empty());
        Ok(CredentialView {
            path: issued.row.id,
            kind: issued.row.credential_type,
            title: sentence(&issued.title),
            lines: shown.map(|line| claim(line, false)).collect(),
            hidden: 0,
        })
    }

    fn issue_set_status(&self, request: SetStatus) -> Result<IssuedList, Refusal> {
        let state = convert::state(request.status);
        let (ids, reason, passphrase) = (&request.ids, &request.reason, &request.passphrase);
        let changed = self
            .incubator()?
            .work(|incubator| set_status::set_status(incubator, ids, state, reason, passphrase))?;
        self.changed(&[Changed::Issued]);
        Ok(IssuedList { credentials: changed.iter().map(convert::line).collect(), next: None })
    }

    fn issue_export_status_list(&self, request: ExportStatusList) -> Result<Written, Refusal> {
        let (path, passphrase) = (Path::new(&request.path), request.passphrase.as_deref());
        let written = self.incubator()?.work(|incubator| export_status_lists(incubator, path, passphrase))?;
        self.changed(&[Changed::Issued]);
        // One list in a folder is told by its own name.
        let path = match written.names.as_slice() {
            [name] => written.path.join(name).display().to_string(),
            _ => request.path,
        };
        let sha256 = written.sha256.map(|digest| zizhi_crypto::digest::hex(&digest));
        Ok(Written { path, sha256, count: count(written.count) })
    }

    fn issue_list_standing(&self, _: Nothing) -> Result<ListStanding, Refusal> {
        let since = self.incubator()?.work(not_exported_since)?;
        Ok(ListStanding { not_exported_since: since.map(rfc3339) })
    }

    fn issue_export_keys(&self, request: AtPath) -> Result<OwnKeys, Refusal> {
        let path = Path::new(&request.path);
        let record = self.incubator()?.work(|incubator| export_own_record(incubator, path))?;
        let sha256 = Some(zizhi_crypto::digest::hex(&record.sha256));
        let written = Written { path: request.path, sha256, count: 1 };
        Ok(OwnKeys { written, fingerprints: record.fingerprints })
    }

    fn issue_after_restore(&self, _: Nothing) -> Result<AfterRestore, Refusal> {
        self.incubator()?.work(after_restore).map(convert::after_restore)
    }

    fn issue_read_lists(&self, request: ListSource) -> Result<ReadLists, Refusal> {
        let source = convert::source(request.path.as_deref());
        let lists = self.incubator()?.work(|incubator| read_lists(incubator, source))?;
        Ok(ReadLists { lists: lists.into_iter().map(convert::read_list).collect() })
    }

    fn issue_settle(&self, request: SettleLists) -> Result<AfterRestore, Refusal> {
        let since: Vec<(String, CredentialState)> =
            request.since.iter().map(|one| (one.credential_id.clone(), convert::state(one.status))).collect();
        let sums: Vec<[u8; 32]> =
            request.read.iter().flat_map(|read| &read.sha256).map(|hex| sum(hex)).collect();
        let by = match &request.read {
            Some(read) => Settling::Lists(convert::source(read.path.as_deref()), &sums),
            None => Settling::Stated(&since, request.reason.as_deref().unwrap_or_default()),
        };
        let open = self.incubator()?.work(|incubator| settle_lists(incubator, by, &request.passphrase))?;
        self.changed(&[Changed::Issued, Changed::Upkeep]);
        Ok(convert::after_restore(open))
    }

    fn issue_recover(&self, request: RecoverIssued) -> Result<RecoveredIssued, Refusal> {
        let paths: Vec<PathBuf> = request.paths.iter().map(PathBuf::from).collect();
        let done = self.incubator()?.work(|incubator| recover_issued(incubator, &paths))?;
        if !done.taken.is_empty() {
            self.changed(&[Changed::Issued, Changed::Firms, Changed::Session]);
        }
        Ok(convert::recovered(&done))
    }

    fn issue_look_back(&self, _: Nothing) -> Result<AfterRestore, Refusal> {
        let open = self.incubator()?.work(look_back)?;
        self.changed(&[Changed::Issued, Changed::Upkeep]);
        Ok(convert::after_restore(open))
    }

    fn issue_export(&self, request: ExportIssued) -> Result<Written, Refusal> {
        let folder = Path::new(&request.folder);
        let written = self
            .incubator()?
            .work(|incubator| issued_credentials::export(incubator, &request.ids, folder))?;
        Ok(Written { path: request.folder, sha256: None, count: count(written) })
    }
}

/// A digest as the window has it; what is none is that of no list.
fn sum(hex: &str) -> [u8; 32] {
    zizhi_crypto::digest::from_hex(hex).and_then(|sum| sum.try_into().ok()).unwrap_or_default()
}
