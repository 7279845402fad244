//! A folder of dossiers, verified in the background: progress and result come as events.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zizhi_app::kept_library::KeptLibrary;
use zizhi_app::remembered_requests::{RememberedRequests, recipient_of};
use zizhi_app::stop::Stop;
use zizhi_app::verify_file::{Settings, identities};
use zizhi_app::verify_folder::{FolderLine, FolderSummary, dossiers_in, others_in, verify_folder};
use zizhi_app::{Failure, Host};
use zizhi_dossier::ids;
use zizhi_model::{Limits, Text, Uscc};
use zizhi_wire::*;

use super::encode;
use crate::desk::{Desk, Events, Open};
use crate::refusal::{refusal, refused, sentence};

/// Everything that the background needs of the desk.
struct Batch {
    job: String,
    files: Vec<PathBuf>,
    others: usize,
    kept: Arc<KeptLibrary>,
    open: Option<Arc<Open>>,
    recipient: Option<Uscc>,
    identity: Option<PathBuf>,
    host: Arc<dyn Host + Send + Sync>,
    events: Events,
    stop: Stop,
}

impl Desk {
    /// Begins to verify a folder.
    pub(super) fn begin_folder(&self, request: &VerifyFolder) -> Result<Job, Refusal> {
        let folder = Path::new(&request.path);
        let files = dossiers_in(folder).map_err(|failure| refusal(&failure))?;
        let others = others_in(folder, &files).map_err(|failure| refusal(&failure))?;
        let (kept, open) = (self.at_hand()?, self.open_if_any());
        let recipient = open.as_ref().map(|open| recipient_of(&open.database)).transpose();
        let job = ids::uuid_v7(self.host.now(), self.host.random().as_mut());
        let batch = Batch {
            stop: self.jobs.begin(&job, open.as_deref()),
            job: job.clone(),
            files,
            others,
            kept,
            recipient: recipient.map_err(|failure| refusal(&failure))?.flatten(),
            open,
            identity: request.identity.as_deref().map(PathBuf::from),
            host: Arc::clone(&self.host),
            events: Arc::clone(&self.events),
        };
        let begun = std::thread::Builder::new().name("verify-folder".to_owned()).spawn(move || batch.run());
        match begun {
            Ok(_) => Ok(Job { job }),
            Err(error) => Err(Refusal {
                cause: Some(error.to_string()),
                ..refused(
                    "JOB-START",
                    (
                        "系统不让程序开始后台核验，什么也没有核验。",
                        "The system did not let the work begin; nothing was verified.",
                    ),
                    ("请关闭一些程序后再试。", "Close some programs and try again."),
                )
            }),
        }
    }
}

impl Batch {
    fn run(&self) {
        let summary = self.verify().unwrap_or_else(|failure| self.none(&failure));
        (self.events)(Event::BatchDone {
            job: self.job.clone(),
            summary: BatchSummary {
                lines: summary.lines.iter().map(line).collect(),
                cancelled: summary.cancelled,
                others: encode::count(self.others),
            },
        });
    }

    fn verify(&self) -> Result<FolderSummary, Failure> {
        let inbox = self.open.as_ref().map(|open| open.inbox()).unwrap_or_default();
        let identities = identities(self.identity.as_deref(), inbox.identities())?;
        let memory =
            RememberedRequests::new(self.open.as_ref().map(|open| &open.database), self.kept.memory)?;
        let limits = Limits::default();
        let settings = Settings {
            library: &self.kept.library,
            now: self.host.now(),
            recipient: self.recipient,
            identities: &identities,
            limits: &limits,
            memory: Some(&memory),
        };
        let total = encode::count(self.files.len());
        Ok(verify_folder(&self.files, &settings, &|| self.stop.is_asked(), |done, last| {
            (self.events)(Event::Batch {
                job: self.job.clone(),
                done: encode::count(done),
                total,
                line: line(last),
            });
        }))
    }

    /// What to tell when nothing could be begun: every file with the same reason.
    fn none(&self, failure: &Failure) -> FolderSummary {
        let lines = self.files.iter().map(|path| FolderLine {
            path: path.clone(),
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            verdict: None,
            firm: None,
            reason: Some(failure.fact.clone()),
            code: Some(failure.code.to_owned()),
        });
        FolderSummary { lines: lines.collect(), cancelled: false }
    }
}

fn line(line: &FolderLine) -> BatchLine {
    BatchLine {
        path: line.path.display().to_string(),
        name: line.name.clone(),
        verdict: line.verdict.map(encode::verdict),
        firm: line.firm.clone(),
        reason: line.reason.as_ref().map(sentence),
        code: line.code.clone(),
    }
}

/// A line as the screen shows it, for the table that is exported.
pub(super) fn line_of(line: &BatchLine) -> FolderLine {
    let text = |said: &Sentence| Text { zh: said.zh.clone().into(), en: Some(said.en.clone().into()) };
    FolderLine {
        path: PathBuf::from(&line.path),
        name: line.name.clone(),
        verdict: line.verdict.map(encode::verdict_of),
        firm: line.firm.clone(),
        reason: line.reason.as_ref().map(text),
        code: line.code.clone(),
    }
}
