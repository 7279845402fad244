//! What would be signed, before it is signed.

use serde::Serialize;
use serde_json::Value;
use zizhi_credential::Path;
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::present::{Choice, present};
use zizhi_model::{Limits, Text};

use super::{Draft, DraftDisclose, DraftFolder};
use crate::claim_lines::{ClaimLine, claim_lines, metadata};
use crate::failure::Failure;
use crate::inspect_credential::read_issued;
use crate::present_credential::{path, unreadable};

/// A draft with what its credentials would show.
#[derive(Debug, Serialize)]
pub struct Preview {
    /// The draft.
    #[serde(flatten)]
    pub draft: Draft,
    /// What the credentials would show, in the order of the draft.
    pub shown: Vec<PreviewCredential>,
    /// The attachments, in the order of the draft.
    pub files: Vec<PreviewAttachment>,
}

/// A credential, cut to what will be shown.
#[derive(Debug, Serialize)]
pub struct PreviewCredential {
    /// The file in the folder.
    pub file: String,
    /// What the type is called.
    pub title: Option<Text>,
    /// What the destination will read.
    pub lines: Vec<ClaimLine>,
    /// How many claims stay hidden.
    pub hidden: usize,
    /// The items that it answers.
    pub answers: Vec<String>,
}

/// An attachment.
#[derive(Debug, Serialize)]
pub struct PreviewAttachment {
    /// Its name, for people.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// The items that it answers.
    pub answers: Vec<String>,
    /// Whether the file is still there with that size.
    pub present: bool,
}

/// Looks at a draft.
///
/// # Errors
/// `PRESENT-CLAIM` and the codes of formats.md for a credential that cannot be shown as the draft says.
pub fn preview(folder: &DraftFolder) -> Result<Preview, Failure> {
    let draft = folder.draft.clone();
    let shown = draft.credentials.iter().map(|entry| {
        let file = folder.path(&entry.file);
        let issued = read_issued(&file)?;
        let paths = match &entry.disclose {
            DraftDisclose::All(_) => Vec::new(),
            DraftDisclose::Only(texts) => {
                texts.iter().map(|text| path(text)).collect::<Result<Vec<Path<'_>>, _>>()?
            }
        };
        let choice = match &entry.disclose {
            DraftDisclose::All(_) => Choice::All,
            DraftDisclose::Only(_) => Choice::Only(&paths),
        };
        let limits = Limits::default();
        let text = present(&issued, choice, None, &limits).map_err(|error| match error {
            zizhi_credential::present::PresentError::Credential(error) => unreadable(&file, error),
            other => no_such(&entry.file).because(other),
        })?;
        let expected = Expected { issuer: None, aud: None, nonce: None, at: 0 };
        let found = inspect(text.as_bytes(), &expected, &limits);
        let payload = found.payload.unwrap_or_default();
        let metadata = metadata(payload.get("vct").and_then(Value::as_str).unwrap_or_default(), None);
        Ok(PreviewCredential {
            file: entry.file.clone(),
            title: metadata.as_ref().map(|metadata| metadata.name()),
            lines: claim_lines(&payload, metadata.as_ref()),
            hidden: found.undisclosed,
            answers: entry.answers.clone(),
        })
    });
    let shown = shown.collect::<Result<Vec<_>, Failure>>()?;
    let files = draft.attachments.iter().map(|entry| PreviewAttachment {
        name: entry.name.clone(),
        kind: entry.kind.clone(),
        media_type: entry.media_type.clone(),
        size: entry.size,
        sha256: entry.sha256.clone(),
        answers: entry.answers.clone(),
        present: std::fs::metadata(folder.path(&entry.file)).is_ok_and(|found| found.len() == entry.size),
    });
    let files = files.collect();
    Ok(Preview { draft, shown, files })
}

fn no_such(file: &str) -> Failure {
    Failure::refused(
        "PRESENT-CLAIM",
        format!("{file} 中没有草稿要披露的字段。"),
        format!("{file} lacks a claim that the draft would disclose"),
        "请修改 draft.json 中的 disclose；可选字段见 zizhi credential claims。",
        "mend disclose in draft.json; zizhi credential claims lists what can be chosen",
    )
}
