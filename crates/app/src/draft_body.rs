//! What the database keeps of a dossier in work: what was typed, character by character, and what was
//! chosen. The attached files stand beside it, in rows of their own.
//!
//! Nothing is judged here. What was typed is read where it is needed, so that half a date is kept as half a
//! date.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zizhi_dossier::ids;
use zizhi_model::{Region, Scenario, Text, Uscc};
use zizhi_store::{Draft as Row, Reader, Sent, SentState, Writer};

use crate::Host;
use crate::failure::Failure;
use crate::firm::Firm;

/// Rows that are read at once.
pub(crate) const PAGE: usize = 200;

/// The version of this layout.
const VERSION: u32 = 1;
/// The kind of object in the activity log.
pub(crate) const KIND: &str = "draft";
/// What the log says where a signed dossier was written out again.
pub(crate) const EXPORTED: &str = "draft.exported";
/// The same for what is typed, so that a history of the draft is not one of keystrokes.
pub(crate) const TEXT: &str = "draft_text";

/// What the form of a dossier holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftBody {
    /// The version of this layout.
    pub body_version: u32,
    /// The `jti` of the request that is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// The dossier that answered the request before, where it is answered once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Whether it was begun from one that answered a request, which can be answered no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lapsed: bool,
    /// The dossier that was decided on with conditions, which it is begun from to meet them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    /// The rule pack.
    pub pack_id: String,
    /// Its version when the draft was begun.
    pub pack_version: i64,
    /// The checklist.
    pub checklist_id: String,
    /// What was typed.
    pub fields: Fields,
    /// The credentials that will be shown.
    #[serde(default)]
    pub credentials: Vec<Chosen>,
    /// Attached files that bear a seal or signature of their own, by digest in hexadecimal.
    #[serde(default)]
    pub sealed_files: Vec<String>,
    /// What was added for what the destination asked for when it sent the dossier back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Added>,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// What the dossier is called.
    pub title: String,
    /// The firm's name now.
    pub name: String,
    /// Where the firm is.
    pub origin_region: String,
    /// The names it had.
    #[serde(default)]
    pub former_names: Vec<TypedName>,
    /// What the firm says of itself.
    #[serde(default)]
    pub facts: Vec<TypedFact>,
    /// Consents of the people whose data are in the dossier.
    #[serde(default)]
    pub consents: Vec<TypedConsent>,
}

/// A name that the firm had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedName {
    /// The name.
    pub name: String,
    /// The last civil day it was in use.
    pub until: Option<String>,
}

/// A member of `facts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedFact {
    /// Its name, or the path to it.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedConsent {
    /// To whom.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// Which kinds of data.
    pub kinds: Vec<String>,
    /// Until which civil day.
    pub until: Option<String>,
}

/// A credential that will be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// Its id among those that are held.
    pub id: String,
    /// The claims that will be shown, by path.
    pub disclose: Vec<String>,
    /// The items of the checklist that it answers; empty: any.
    #[serde(default)]
    pub answers: Vec<String>,
}

/// Something that was added for what the destination asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    /// What was asked for, by [`crate::plan_beyond::Demand::id`].
    pub demand: String,
    /// What was added: the id of a credential, or the digest of a file in hexadecimal.
    pub what: String,
}

/// Where a dossier of the firm stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It can be changed.
    Draft,
    /// It was signed.
    Signed,
    /// It was decided on.
    Decided,
}

/// A draft with its terms, as it is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The row.
    pub row: Row,
    /// What it holds.
    pub body: DraftBody,
    /// What the firm wants to do.
    pub scenario: Scenario,
    /// Where it goes.
    pub destination: Region,
    /// To whom.
    pub aud: Uscc,
    /// What was signed from it, the oldest first.
    pub sent: Vec<Sent>,
    /// Where it stands.
    pub stage: Stage,
}

impl Kept {
    /// The dossier whose conditions it is to meet, as long as it was not signed itself.
    pub(crate) fn followed(&self) -> Option<&String> {
        self.body.follows.as_ref().filter(|_| self.sent.is_empty())
    }
}

impl DraftBody {
    /// An empty one.
    #[must_use]
    pub fn new(pack: (String, i64), checklist_id: String, fields: Fields) -> Self {
        Self {
            body_version: VERSION,
            request: None,
            before: None,
            lapsed: false,
            follows: None,
            pack_id: pack.0,
            pack_version: pack.1,
            checklist_id,
            fields,
            credentials: Vec::new(),
            sealed_files: Vec::new(),
            added: Vec::new(),
        }
    }

    /// Reads the body of a row.
    ///
    /// # Errors
    /// `DRAFT-FORM` if a newer program wrote it, or it is damaged.
    pub fn read(row: &Row) -> Result<Self, Failure> {
        let body: Self =
            serde_json::from_value(row.body.clone()).map_err(|error| malformed().because(error))?;
        if body.body_version == VERSION { Ok(body) } else { Err(malformed()) }
    }
}

/// The text if it is written as the id of a draft is; whether there is such a draft is another question.
#[must_use]
pub fn draft_id(text: &str) -> Option<&str> {
    ids::is_uuid_v7(text).then_some(text)
}

/// Reads a draft.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-FORM`; as every read of the database.
pub fn read(reader: &Reader<'_>, id: &str) -> Result<Kept, Failure> {
    kept(reader.draft(id)?.ok_or_else(absent)?, reader.sent_of_draft(id)?)
}

/// A row with what was signed from it, the oldest first.
pub(crate) fn kept(row: Row, sent: Vec<Sent>) -> Result<Kept, Failure> {
    let body = DraftBody::read(&row)?;
    let terms = row.scenario.zip(row.destination_region).zip(row.aud);
    let ((scenario, destination), aud) = terms.ok_or_else(malformed)?;
    let stage = match sent.last() {
        None => Stage::Draft,
        Some(last) => match last.state {
            // What is asked for can be added and signed again.
            SentState::Supplement => Stage::Draft,
            SentState::Decided => Stage::Decided,
            _ => Stage::Signed,
        },
    };
    Ok(Kept { row, body, scenario, destination, aud, sent, stage })
}

/// Every draft, signed or not.
///
/// # Errors
/// As every read of the database; `DRAFT-FORM`.
pub(crate) fn every(reader: &Reader<'_>) -> Result<Vec<Kept>, Failure> {
    each(reader)?.into_iter().collect()
}

/// The same without those that cannot be read.
///
/// # Errors
/// As every read of the database.
pub(crate) fn readable(reader: &Reader<'_>) -> Result<Vec<Kept>, Failure> {
    Ok(each(reader)?.into_iter().filter_map(Result::ok).collect())
}

/// Every draft, or why it cannot be read. What was signed is read at once for all of them.
fn each(reader: &Reader<'_>) -> Result<Vec<Result<Kept, Failure>>, Failure> {
    let mut signed = BTreeMap::<String, Vec<Sent>>::new();
    for sent in reader.sent_of_drafts()? {
        if let Some(draft) = sent.draft.clone() {
            signed.entry(draft).or_default().push(sent);
        }
    }
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = reader.drafts(after, PAGE)?;
        for row in page.rows {
            let sent = signed.remove(&row.id).unwrap_or_default();
            all.push(kept(row, sent));
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}

/// Changes a draft that is not signed, in one transaction, which the activity log tells as an `action` on an
/// object of a `kind`.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-SIGNED`, and whatever `change` refuses; as every write to the database.
pub(crate) fn change(
    firm: &Firm<'_>,
    id: &str,
    action: &str,
    kind: &str,
    change: impl FnOnce(&Writer<'_>, &mut Kept) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let entry = firm.entry(action)?.about(kind, id);
    let writer = firm.database.writer()?;
    let mut kept = read(&writer, id)?;
    if kept.stage != Stage::Draft {
        return Err(signed(&kept.row.title));
    }
    change(&writer, &mut kept)?;
    save(&writer, kept, firm.host)?;
    writer.commit(&entry)?;
    Ok(())
}

/// Puts a changed draft into its row.
pub(crate) fn save(writer: &Writer<'_>, kept: Kept, host: &dyn Host) -> Result<(), Failure> {
    let Kept { mut row, body, .. } = kept;
    row.title.clone_from(&body.fields.title);
    row.updated = host.now();
    row.body = serde_json::to_value(&body)
        .map_err(|error| Failure::internal("草稿没有保存。", "the draft was not kept").because(error))?;
    writer.put_draft(&row)?;
    Ok(())
}

pub(crate) fn absent() -> Failure {
    Failure::input(
        "DRAFT-ABSENT",
        Text::fixed(
            "这份草稿已经不在了，什么也没有改动。",
            "this draft is no longer there; nothing was changed",
        ),
        Text::fixed("请刷新列表后再试。", "refresh the list and try again"),
    )
}

pub(crate) fn signed(title: &str) -> Failure {
    Failure::refused(
        "DRAFT-SIGNED",
        format!("档案“{title}”已经签署，不能再改动。"),
        format!("the dossier {title:?} is signed and cannot be changed any more"),
        "需要改动时，请新建一份草稿；接收方要求补正后，这份草稿会重新打开。",
        "to change something begin a new draft; when the destination asks for more, this one opens again",
    )
}

fn malformed() -> Failure {
    Failure::input(
        "DRAFT-FORM",
        Text::fixed(
            "这份草稿由更新版本的程序写成，或已损坏，没有打开，也没有改动。",
            "a newer program wrote this draft, or it is damaged; it was neither opened nor changed",
        ),
        Text::fixed(
            "请升级本程序；仍打不开时请从备份恢复，或新建草稿。",
            "update this program; if that does not help restore a backup or begin anew",
        ),
    )
}
