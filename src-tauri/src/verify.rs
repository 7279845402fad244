//! The window's one question: what does this dossier prove, judged with this trust data?

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

/// A sentence in both languages of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Why there is no report: a code to search for, the fact, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Stable, upper case.
    pub code: String,
    /// What happened.
    pub fact: Sentence,
    /// What the person can do about it.
    pub advice: Sentence,
}

/// Verifies one dossier and returns the report.
///
/// The work is done off the window's own thread, which stays free to paint.
#[tauri::command]
pub async fn verify_file(dossier: PathBuf, trust: PathBuf) -> Result<Value, Refusal> {
    let work = tauri::async_runtime::spawn_blocking(move || report(&dossier, &trust));
    work.await.unwrap_or_else(|_| Err(interrupted()))
}

fn report(dossier: &Path, trust: &Path) -> Result<Value, Refusal> {
    zizhi_app::verify_file::verify_once(dossier, trust, &zizhi_app::SystemHost).map_err(|failure| Refusal {
        code: failure.code.to_owned(),
        fact: Sentence::from(&failure.fact),
        advice: Sentence::from(&failure.advice),
    })
}

impl From<&zizhi_app::Text> for Sentence {
    fn from(text: &zizhi_app::Text) -> Self {
        Self { zh: text.zh.clone().into_owned(), en: text.en().to_owned() }
    }
}

fn interrupted() -> Refusal {
    Refusal {
        code: "INTERNAL".to_owned(),
        fact: Sentence {
            zh: "核验没有完成。".to_owned(), en: "The verification did not finish.".to_owned()
        },
        advice: Sentence {
            zh: "请再试一次；如仍出现，请用命令行 zizhi verify 核验同一文件。".to_owned(),
            en: "Try again; if it happens again, verify the same file with zizhi verify.".to_owned(),
        },
    }
}
