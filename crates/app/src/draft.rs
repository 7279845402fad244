//! A dossier that a firm is preparing: a folder with `draft.json`, the credentials as they were issued,
//! and the attachments. Nothing in it is signed; people may look at it and edit it.

mod assemble;
mod media;
mod minimum;
mod name;
mod preview;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zizhi_dossier::Digest;
use zizhi_model::json::{self, Profile};
use zizhi_model::{OrgId, Region, Scenario, Uscc};

use crate::failure::Failure;
use crate::files;
use crate::present_credential::Disclose;

pub use preview::{Preview, PreviewAttachment, PreviewCredential, preview};

pub(crate) use assemble::assemble;
pub(crate) use media::recognise;
pub(crate) use minimum::{least, minimum};
pub(crate) use name::named;

/// The version of `draft.json`.
pub(crate) const VERSION: u32 = 1;
/// The file that says what the folder is.
const FILE: &str = "draft.json";
/// Bytes of `draft.json`: as much as a manifest.
const LIMIT: u64 = 4 * 1024 * 1024;
const DEPTH: usize = 32;

/// What is to become a manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The version of this layout.
    pub draft_version: u32,
    /// The destination.
    pub aud: OrgId,
    /// The request that is answered: a file of the folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What the firm wants to do.
    pub scenario: Scenario,
    /// Where it comes from.
    pub origin_region: Region,
    /// Where it goes.
    pub destination_region: Region,
    /// The firm.
    pub firm: DraftFirm,
    /// The checklist that is answered.
    pub checklist_id: String,
    /// The rule pack that the checklist is part of.
    pub rule_pack: DraftPack,
    /// The credentials.
    #[serde(default)]
    pub credentials: Vec<DraftCredential>,
    /// The attachments.
    #[serde(default)]
    pub attachments: Vec<DraftAttachment>,
    /// What the firm says of itself.
    #[serde(default)]
    pub facts: Map<String, Value>,
    /// Consents of the people whose data are in the dossier.
    #[serde(default)]
    pub consents: Vec<Value>,
}

/// The firm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftFirm {
    /// Its code.
    pub uscc: Uscc,
    /// Its name now.
    pub name: String,
    /// The names it had.
    #[serde(default)]
    pub former_names: Vec<DraftName>,
}

/// A name that the firm had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftName {
    /// The name.
    pub name: String,
    /// The last day it was in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The name of an attachment that shows the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// A rule pack by name and version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftPack {
    /// Its `pack_id`.
    pub id: String,
    /// Its version.
    pub version: i64,
}

/// A credential that will be presented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftCredential {
    /// The file in the folder: the credential as it was issued, whole.
    pub file: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The claims that will be shown: `"all"`, or a list of paths.
    pub disclose: DraftDisclose,
    /// The items of the checklist that it answers; empty: any.
    #[serde(default)]
    pub answers: Vec<String>,
}

/// The claims that will be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum DraftDisclose {
    /// All of them.
    All(AllClaims),
    /// These.
    Only(Vec<String>),
}

/// The word for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AllClaims {
    /// `"all"`
    #[serde(rename = "all")]
    All,
}

/// A file that will be attached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftAttachment {
    /// The file in the folder.
    pub file: String,
    /// Its name, for people.
    pub name: String,
    /// What it is, as a checklist asks for it.
    pub kind: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// The items of the checklist that it answers; empty: any.
    #[serde(default)]
    pub answers: Vec<String>,
}

impl From<&DraftDisclose> for Disclose {
    fn from(disclose: &DraftDisclose) -> Self {
        match disclose {
            DraftDisclose::All(_) => Self::All,
            DraftDisclose::Only(paths) => Self::Only(paths.clone()),
        }
    }
}

impl From<Disclose> for DraftDisclose {
    fn from(disclose: Disclose) -> Self {
        match disclose {
            Disclose::All => Self::All(AllClaims::All),
            Disclose::Only(paths) => Self::Only(paths),
        }
    }
}

impl DraftAttachment {
    /// Its digest.
    pub(crate) fn digest(&self) -> Option<Digest> {
        Digest::parse(&self.sha256)
    }
}

/// A draft with the folder it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftFolder {
    /// The folder.
    pub folder: PathBuf,
    /// What it says.
    pub draft: Draft,
}

impl DraftFolder {
    /// Reads the draft in a folder. A member that this program does not know is refused: it may be
    /// somebody's typing error, and would be lost.
    ///
    /// # Errors
    /// `IO-READ`, `LIMIT-SIZE`, `DRAFT-FORM`.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        if folder.is_file() {
            return Err(no_folder(folder));
        }
        let path = folder.join(FILE);
        let bytes = files::read(&path, LIMIT)?;
        let read =
            json::read(&bytes, DEPTH, Profile::Strict).map_err(|error| malformed(&path).because(error))?;
        let draft: Draft =
            serde_json::from_value(read.to_value()).map_err(|error| malformed(&path).because(error))?;
        if draft.draft_version != VERSION {
            return Err(newer(&path, draft.draft_version));
        }
        let inside = |file: &str, folder: &str| {
            zizhi_archive::is_safe_path(file) && file.starts_with(folder) && !file.ends_with('/')
        };
        let sound = draft.credentials.iter().all(|entry| inside(&entry.file, "credentials/"))
            && draft
                .attachments
                .iter()
                .all(|entry| inside(&entry.file, "attachments/") && entry.digest().is_some())
            && draft.request.iter().all(|file| zizhi_archive::is_safe_path(file) && !file.contains('/'));
        if sound { Ok(Self { folder: folder.to_owned(), draft }) } else { Err(malformed(&path)) }
    }

    /// Writes `draft.json`, unless it could not be read again: what cannot be signed is refused here,
    /// before it costs the person the draft.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let mut text = serde_json::to_vec_pretty(&self.draft).map_err(|error| {
            Failure::internal("草稿无法写成JSON。", "the draft could not be written as JSON").because(error)
        })?;
        text.push(b'\n');
        json::strict(&text, DEPTH).map_err(|error| unsignable().because(error))?;
        files::write(&self.folder.join(FILE), &text)
    }

    /// A file of the folder.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }
}

fn no_folder(path: &Path) -> Failure {
    Failure::refused(
        "DRAFT-FORM",
        format!("{} 是文件，不是档案草稿的文件夹，没有作任何改动。", path.display()),
        format!("{} is a file and not the folder of a draft; nothing was changed", path.display()),
        "签署过的档案用 zizhi dossier open 查看，用 zizhi verify 核验；草稿请给出文件夹。",
        "look into a signed dossier with zizhi dossier open, judge it with zizhi verify; of a draft name the folder",
    )
}

fn malformed(path: &Path) -> Failure {
    Failure::refused(
        "DRAFT-FORM",
        format!("{} 不是可用的档案草稿，没有作任何改动。", path.display()),
        format!("{} is not a draft that can be used; nothing was changed", path.display()),
        "请按“原因”一行改正，或用 zizhi dossier new 重新建立草稿。",
        "mend what the cause names, or begin a new draft with zizhi dossier new",
    )
}

fn unsignable() -> Failure {
    Failure::refused(
        "DRAFT-FORM",
        "给出的内容不能写入档案，见“原因”一行；草稿没有改动。".to_owned(),
        "what was given cannot be part of a dossier, as the cause says; the draft was not changed".to_owned(),
        "小数请写成文字；名称请重新键入，不要从别的文件粘贴。",
        "write decimals as text, and type names anew in place of pasting them",
    )
}

fn newer(path: &Path, version: u32) -> Failure {
    Failure::refused(
        "DRAFT-FORM",
        format!("{} 是第 {version} 版草稿，本程序只认识第 {VERSION} 版。", path.display()),
        format!("{} is a draft of version {version}; this program knows version {VERSION}", path.display()),
        "请使用建立该草稿的程序版本，或重新建立草稿。",
        "use the program that made it, or begin a new draft",
    )
}
