//! A draft becomes a dossier: presentations bound to the destination, a signed manifest, the files.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;

use zizhi_credential::present::Binding;
use zizhi_crypto::SigningKey;
use zizhi_dossier::manifest::{Firm, FormerName};
use zizhi_dossier::request::RulePackRef;
use zizhi_dossier::{AssembleError, Assembled, Attached, Manifest, Presented, ids};
use zizhi_model::json::{self, Json, Object, Profile};
use zizhi_model::{Limits, OrgId};

use super::DraftFolder;
use crate::failure::{Failure, told};
use crate::inspect_credential::read_issued;
use crate::present_credential::presented;
use crate::requests;
use crate::{Host, Text};

/// Writes the dossier to `out`, which is of no use after an error.
///
/// # Errors
/// `HOLDER-KEY` for a credential of another key, `DRAFT-CHANGED` for an attachment that is not what it
/// was, `LIMIT-SIZE`, `IO-READ`, `IO-WRITE`, and those of a credential that cannot be used.
pub(crate) fn assemble<W: Write + Seek>(
    folder: &DraftFolder,
    key: &SigningKey,
    out: W,
    host: &dyn Host,
) -> Result<Assembled, Failure> {
    let draft = &folder.draft;
    let limits = Limits::default();
    let now = host.now();
    let mut random = host.random();
    let request = draft.request.as_ref().map(|file| requests::read_text(&folder.path(file))).transpose()?;
    let nonce = match (&request, &draft.request) {
        (Some(text), Some(file)) => {
            let path = folder.path(file);
            let asked = requests::parse(&path, text)?.peek();
            asked.map_err(|error| requests::unreadable(&path, error))?.nonce
        }
        _ => requests::nonce(random.as_mut()),
    };
    let aud = draft.aud.to_string();
    let binding = Binding { key, aud: &aud, nonce: &nonce, iat: now.timestamp() };
    let mut shown = Vec::with_capacity(draft.credentials.len());
    for entry in &draft.credentials {
        let file = folder.path(&entry.file);
        let text = presented(&file, &read_issued(&file)?, &(&entry.disclose).into(), &binding)?;
        shown.push(Presented { text, kind: entry.kind.clone(), answers: entry.answers.clone() });
    }
    let mut attached = Vec::with_capacity(draft.attachments.len());
    for entry in &draft.attachments {
        let file = folder.path(&entry.file);
        std::fs::metadata(&file).map_err(|error| Failure::unreadable(&file, error))?;
        attached.push(Attached {
            content: Later { path: file, open: None },
            sha256: entry.digest().ok_or_else(|| changed(&entry.name))?,
            size: entry.size,
            media_type: entry.media_type.clone(),
            name: entry.name.clone(),
            kind: entry.kind.clone(),
            answers: entry.answers.clone(),
        });
    }
    let manifest = Manifest {
        iss: OrgId::from(draft.firm.uscc),
        aud: draft.aud,
        iat: now.timestamp(),
        jti: ids::uuid_v7(now, random.as_mut()),
        nonce: nonce.clone(),
        request,
        key: key.public().clone(),
        scenario: draft.scenario,
        origin_region: draft.origin_region,
        destination_region: draft.destination_region,
        firm: firm(folder),
        checklist_id: draft.checklist_id.clone(),
        rule_pack: RulePackRef { id: draft.rule_pack.id.clone(), version: draft.rule_pack.version },
        credentials: Vec::new(),
        attachments: Vec::new(),
        facts: match own(&serde_json::Value::Object(draft.facts.clone()))? {
            Json::Object(object) => object,
            _ => Object::default(),
        },
        consents: draft.consents.iter().map(own).collect::<Result<_, _>>()?,
        other: Object::default(),
    };
    zizhi_dossier::assemble(out, manifest, &shown, &mut attached, key, &limits).map_err(refused)
}

/// A file that is open only while it is read: a dossier may have more attachments than a process may
/// have files open.
struct Later {
    path: PathBuf,
    open: Option<File>,
}

impl Read for Later {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = match self.open.take() {
            Some(file) => file,
            None => File::open(&self.path)?,
        };
        let read = file.read(buffer)?;
        if read > 0 {
            self.open = Some(file);
        }
        Ok(read)
    }
}

fn firm(folder: &DraftFolder) -> Firm {
    let firm = &folder.draft.firm;
    let former = firm.former_names.iter().map(|former| FormerName {
        name: former.name.clone(),
        until: former.until,
        evidence: former.evidence.clone(),
    });
    Firm { uscc: firm.uscc, name: firm.name.clone(), former_names: former.collect() }
}

/// JSON of the draft as JSON that is signed.
fn own(value: &serde_json::Value) -> Result<Json<'static>, Failure> {
    let wrong = || {
        Failure::refused(
            "FMT-JSON",
            "草稿的 facts 或 consents 中有不能签名的内容。".to_owned(),
            "facts or consents of the draft hold what cannot be signed".to_owned(),
            "小数请写成文字，金额请写成以分为单位的整数。",
            "write decimals as text and amounts as whole 分",
        )
    };
    let bytes = serde_json::to_vec(value).map_err(|error| wrong().because(error))?;
    let read = json::read(&bytes, Limits::default().json_depth, Profile::Strict);
    read.map(Json::into_owned).map_err(|error| wrong().because(error))
}

fn changed(name: &str) -> Failure {
    Failure::refused(
        "DRAFT-CHANGED",
        format!("附件“{name}”加入草稿之后被改动，档案没有生成。"),
        format!("the attachment {name:?} changed after it was added; no dossier was made"),
        "请确认改动是有意的，然后从草稿中移除并重新加入该附件。",
        "if the change was meant, take the attachment out of the draft and add it again",
    )
}

fn refused(error: AssembleError) -> Failure {
    let failure = match &error {
        AssembleError::Changed { name } => changed(name),
        AssembleError::Limit { what, limit } => Failure::input(
            "LIMIT-SIZE",
            told(
                format!("{what} 超过上限 {limit}，接收方不会接受，档案没有生成。"),
                format!(
                    "{what} is over the limit of {limit}, so that no reader would take it; no dossier was made"
                ),
            ),
            Text::fixed("请压缩扫描件或减少附件。", "make the scans smaller or leave some out"),
        ),
        AssembleError::Io(_) | AssembleError::Write(_) => Failure::refused(
            "IO-WRITE",
            "档案无法写入，没有留下半成品。".to_owned(),
            "the dossier cannot be written; nothing half-made was left".to_owned(),
            "请确认附件可读、磁盘有空间。",
            "check that the attachments can be read and that the disk has room",
        ),
        AssembleError::OtherKey | AssembleError::Listed | AssembleError::Sign(_) => {
            Failure::internal("档案没有生成。", "no dossier was made")
        }
    };
    failure.because(error)
}
