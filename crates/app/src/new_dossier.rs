//! Begins a dossier: a folder with a draft, in answer to a request or on the firm's own account.

use std::path::Path;

use chrono::NaiveDate;
use zizhi_model::{OrgId, Region, Scenario, Uscc, civil};

use crate::draft::{Draft, DraftFirm, DraftFolder, DraftName, DraftPack, VERSION};
use crate::failure::Failure;
use crate::firm::nfc;
use crate::{files, requests};

/// The name of the request's copy in the folder.
const REQUEST: &str = "request.zzrequest";

/// What the firm wants.
#[derive(Debug, Clone)]
pub enum Purpose<'a> {
    /// To answer the request in this file.
    Answer(&'a Path),
    /// To show its qualifications unasked.
    Unasked(Unasked),
}

/// What a request would say.
#[derive(Debug, Clone)]
pub struct Unasked {
    /// The destination.
    pub aud: Uscc,
    /// What the firm wants to do.
    pub scenario: Scenario,
    /// Where it goes.
    pub destination: Region,
    /// The checklist.
    pub checklist_id: String,
    /// The rule pack, by id and version.
    pub rule_pack: (String, i64),
}

/// The firm as it names itself.
#[derive(Debug, Clone)]
pub struct NamedFirm {
    /// Its code.
    pub uscc: Uscc,
    /// Its name now.
    pub name: String,
    /// Where it is.
    pub origin: Region,
    /// The names it had.
    pub former_names: Vec<FormerlyNamed>,
}

/// A name that the firm had: `NAME[@UNTIL[=EVIDENCE]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerlyNamed {
    /// The name.
    pub name: String,
    /// The last day it was in use.
    pub until: Option<NaiveDate>,
    /// The name of the attachment that shows the change.
    pub evidence: Option<String>,
}

impl FormerlyNamed {
    /// Reads `NAME[@UNTIL[=EVIDENCE]]`.
    ///
    /// # Errors
    /// A sentence in English, for the command line's own refusal.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, rest) = text.split_once('@').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let (until, evidence) = match rest {
            None => (None, None),
            Some(rest) => rest
                .split_once('=')
                .map_or((Some(rest), None), |(until, evidence)| (Some(until), Some(evidence))),
        };
        let until = until.filter(|until| !until.is_empty()).map(civil::parse_date).transpose();
        let until = until.map_err(|error| format!("NAME[@YYYY-MM-DD[=EVIDENCE]]: {error}"))?;
        if name.trim().is_empty() {
            return Err("NAME[@YYYY-MM-DD[=EVIDENCE]]: there is no name".to_owned());
        }
        let evidence = evidence.filter(|evidence| !evidence.is_empty()).map(str::to_owned);
        Ok(Self { name: name.trim().to_owned(), until, evidence })
    }
}

/// Makes the folder with an empty draft.
///
/// # Errors
/// `IO-EXISTS` if the folder holds something; `REQ-FIRM` if the request asks another firm; those of a
/// request that cannot be read.
pub fn new_dossier(folder: &Path, purpose: &Purpose<'_>, firm: &NamedFirm) -> Result<DraftFolder, Failure> {
    if std::fs::read_dir(folder).is_ok_and(|mut listing| listing.next().is_some()) || folder.is_file() {
        return Err(taken(folder));
    }
    let mut request = None;
    let terms = match purpose {
        Purpose::Unasked(terms) => terms.clone(),
        Purpose::Answer(file) => {
            let text = requests::read_text(file)?;
            let asked = requests::parse(file, &text)?.peek();
            let asked = asked.map_err(|error| requests::unreadable(file, error))?;
            if asked.only_for.is_some_and(|only| only != firm.uscc) {
                return Err(other_firm(file));
            }
            request = Some(text);
            Unasked {
                aud: *asked.iss.uscc(),
                scenario: asked.scenario,
                destination: asked.destination_region,
                checklist_id: asked.checklist_id,
                rule_pack: (asked.rule_pack.id, asked.rule_pack.version),
            }
        }
    };
    let former = firm.former_names.iter().map(|former| DraftName {
        name: nfc(former.name.trim()),
        until: former.until,
        evidence: former.evidence.clone(),
    });
    let (id, version) = terms.rule_pack;
    let draft = DraftFolder {
        folder: folder.to_owned(),
        draft: Draft {
            draft_version: VERSION,
            aud: OrgId::from(terms.aud),
            request: request.as_ref().map(|_| REQUEST.to_owned()),
            scenario: terms.scenario,
            origin_region: firm.origin,
            destination_region: terms.destination,
            firm: DraftFirm { uscc: firm.uscc, name: nfc(firm.name.trim()), former_names: former.collect() },
            checklist_id: terms.checklist_id,
            rule_pack: DraftPack { id, version },
            credentials: Vec::new(),
            attachments: Vec::new(),
            facts: serde_json::Map::new(),
            consents: Vec::new(),
        },
    };
    if let Some(text) = request {
        files::write(&folder.join(REQUEST), format!("{text}\n").as_bytes())?;
    }
    // The draft comes last: with it the folder is whole.
    draft.save()?;
    Ok(draft)
}

fn taken(folder: &Path) -> Failure {
    let (zh, en, advice_zh, advice_en) = if DraftFolder::read(folder).is_ok() {
        (
            "里已有一份草稿",
            "holds a draft already",
            "请接着用它（zizhi dossier show、add、check）；要从头开始，请另选一个新文件夹。",
            "go on with it (zizhi dossier show, add, check); to begin anew choose a new folder",
        )
    } else {
        (
            "已存在且不是空文件夹",
            "exists and is not an empty folder",
            "请另选一个新文件夹。",
            "choose a new folder",
        )
    };
    Failure::refused(
        "IO-EXISTS",
        format!("{} {zh}，没有写入任何内容。", folder.display()),
        format!("{} {en}; nothing was written", folder.display()),
        advice_zh,
        advice_en,
    )
}

fn other_firm(file: &Path) -> Failure {
    Failure::refused(
        "REQ-FIRM",
        format!("{} 请的是另一家企业，本企业的答复不会被接受。没有建立草稿。", file.display()),
        format!(
            "{} asks another firm, so that an answer of this one would not be taken; no draft was made",
            file.display()
        ),
        "请核对企业代码（命令行：--firm-uscc），或向迁入地索取给本企业的请求。",
        "check the firm's code (on the command line: --firm-uscc), or ask the destination for a request to this firm",
    )
}
