//! 核验: one dossier, or a folder of them. Needs no database and no login; an open one lends its name, its
//! inbox key and its memory.

pub(crate) mod encode;
mod folder;
mod work;

use std::path::Path;
use std::sync::Arc;

use zizhi_app::dossier_sm3::sm3_of_file;
use zizhi_app::print_report::{Beside, Printing, print_report};
use zizhi_app::remembered_requests::{RememberedRequests, recipient_of};
use zizhi_app::verify_file::{Settings, identities, verify_file};
use zizhi_app::verify_view::{self, Source, VerifiedView, verify_view};
use zizhi_app::write_table::write_table;
use zizhi_app::{Failure, Output, case_page, case_versions, verify_folder};
use zizhi_model::Limits;
use zizhi_report::Lang;
use zizhi_wire::commands::VerifyCommands;
use zizhi_wire::*;

use crate::desk::{Desk, Open};
use crate::refusal::{refusal, refused};
pub(crate) use work::Work;

impl VerifyCommands for Desk {
    fn verify_file(&self, request: VerifyFile) -> Result<Verified, Refusal> {
        let open = self.open_if_any();
        let path = Path::new(&request.path);
        let identity = request.identity.as_deref().map(Path::new);
        let view = self.verifying(open.as_deref(), identity, |settings| verify_view(path, settings))?;
        self.work.remember_identity(path, identity);
        let sha256 = &view.report.file.sha256;
        let known = match &open {
            Some(open) => known(open, &view, sha256).map_err(|failure| refusal(&failure))?,
            None => encode::Known::default(),
        };
        encode::verified(view, request.path, known)
    }

    fn verify_folder(&self, request: VerifyFolder) -> Result<Job, Refusal> {
        self.begin_folder(&request)
    }

    fn verify_export_batch(&self, request: ExportBatch) -> Result<Written, Refusal> {
        let lines: Vec<_> = request.lines.iter().map(folder::line_of).collect();
        let output = Output { path: Path::new(&request.path), force: true };
        write_table(&verify_folder::table(&lines), &output, self.host.now())
            .map_err(|failure| refusal(&failure))?;
        encode::written(&request.path, None, lines.len())
    }

    fn verify_save_report(&self, request: SaveReport) -> Result<Written, Refusal> {
        let open = self.open_if_any();
        let (path, identity) = (Path::new(&request.dossier.path), request.dossier.identity.as_deref());
        let report =
            self.verifying(open.as_deref(), identity.map(Path::new), |settings| verify_file(path, settings))?;
        let printing = Printing {
            organisation: self.organisation(open.as_deref())?,
            operator: named(&request.hands.operator),
            reviewer: request.hands.reviewer.as_deref().and_then(named),
            drill: self.drill().is_some(),
        };
        let output = Output { path: Path::new(&request.path), force: true };
        let beside = self.verifying(open.as_deref(), identity.map(Path::new), |settings| {
            let sm3 = sm3_of_file(path, settings.identities, settings.limits, &report.file.sha256);
            Ok(Beside { sm3, grounds: settings.library.grounds(&report) })
        })?;
        let made = print_report(&report, beside, &printing, lang(request.language), || self.fonts(), &output);
        let made = made.map_err(|failure| refusal(&failure))?;
        encode::written(&request.path, Some(made.sha256), 1)
    }

    fn verify_attachment(&self, request: PreviewAttachment) -> Result<AttachmentBytes, Refusal> {
        let (media_type, bytes) =
            self.out_of(&request, |source| verify_view::attachment(source, &request.path))?;
        Ok(AttachmentBytes { media_type, base64: zizhi_crypto::b64::encode_standard(&bytes) })
    }

    fn verify_save_attachment(&self, request: SaveAttachment) -> Result<Written, Refusal> {
        let (which, to) = (&request.which, Path::new(&request.to));
        let sha256 = self.out_of(which, |source| verify_view::save_attachment(source, &which.path, to))?;
        encode::written(&request.to, Some(sha256), 1)
    }
}

/// What an open database knows of a dossier; a firm's knows of no cases.
fn known(open: &Open, view: &VerifiedView, sha256: &str) -> Result<encode::Known, Failure> {
    let database = &open.database;
    let case_id = case_page::case_of_file(database, sha256)?;
    // One that has a case proposes there what it may belong to.
    let waiting = match &case_id {
        Some(_) => Vec::new(),
        None => case_versions::waiting_for(database, view, None)?,
    };
    Ok(encode::Known { case_id, waiting })
}

impl Desk {
    /// Runs a verification with the trust data at hand and, if a database is open, with what it adds.
    fn verifying<T>(
        &self,
        open: Option<&Open>,
        identity: Option<&Path>,
        run: impl FnOnce(&Settings<'_>) -> Result<T, Failure>,
    ) -> Result<T, Refusal> {
        let kept = self.at_hand()?;
        let database = open.map(|open| &open.database);
        let all = || {
            let inbox = open.map(Open::inbox).unwrap_or_default();
            let identities = identities(identity, inbox.identities())?;
            let memory = RememberedRequests::new(database, kept.memory)?;
            let limits = Limits::default();
            run(&Settings {
                library: &kept.library,
                now: self.host.now(),
                recipient: database.map(recipient_of).transpose()?.flatten(),
                identities: &identities,
                limits: &limits,
                memory: Some(&memory),
            })
        };
        all().map_err(|failure| refusal(&failure))
    }

    /// Takes an attachment from wherever the window says that it is.
    fn out_of<T>(
        &self,
        which: &PreviewAttachment,
        run: impl FnOnce(&Source<'_>) -> Result<T, Failure>,
    ) -> Result<T, Refusal> {
        let open = self.open_if_any();
        let outcome = match (&which.dossier, &which.case_id, &which.draft_id) {
            (Some(path), _, _) => {
                let path = Path::new(path);
                let inbox = open.as_ref().map(|open| open.inbox()).unwrap_or_default();
                let identity = self.work.identity_of(path);
                identities(identity.as_deref(), inbox.identities())
                    .and_then(|identities| run(&Source::File { path, identities: &identities }))
            }
            (None, Some(id), _) => {
                run(&Source::Case { database: &self.open()?.database, id, version: which.version })
            }
            (None, None, Some(id)) => run(&Source::Draft { database: &self.open()?.database, id }),
            (None, None, None) => {
                return Err(refused(
                    "ATTACH-ABSENT",
                    (
                        "没有说明附件在哪里，没有打开。",
                        "It was not said where the attachment is; nothing was opened.",
                    ),
                    ("请重新打开档案后再试。", "Open the dossier again and try once more."),
                ));
            }
        };
        outcome.map_err(|failure| refusal(&failure))
    }

    /// The name of the organisation whose database is open, for paper; empty where nobody knows.
    pub(crate) fn organisation(&self, open: Option<&Open>) -> Result<String, Refusal> {
        let Some(open) = open else { return Ok(String::new()) };
        let profile = open.database.reader().and_then(|reader| reader.profile());
        let profile = profile.map_err(|error| refusal(&Failure::from(error)))?;
        Ok(profile.map(|profile| profile.name).unwrap_or_default())
    }

    /// The fonts of documents, found once.
    pub(crate) fn fonts(&self) -> Result<Arc<zizhi_report::Fonts>, Failure> {
        self.work.fonts(self.place.resources.as_deref())
    }
}

/// The language of a document.
pub(crate) const fn lang(language: Language) -> Lang {
    match language {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    }
}

/// A name, if somebody wrote one.
pub(crate) fn named(name: &str) -> Option<String> {
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
