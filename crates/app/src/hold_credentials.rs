//! What a firm holds: the list with what ends first before the rest, one credential in full, and removing
//! one.

use zizhi_model::Text;
use zizhi_store::{Credential, CredentialFilter, Reader};

use crate::claim_lines::{ClaimLine, claim_lines};
use crate::draft_body::DraftBody;
use crate::failure::{Failure, told};
use crate::firm::Firm;
use crate::hold_standing::{Looked, look_at};
use crate::pages::whole;

/// Rows that are read at once.
const PAGE: usize = 200;

/// A held credential.
#[derive(Debug, Clone)]
pub struct Held {
    /// What the database knows of it.
    pub row: Credential,
    /// The text of the `.zzcred`.
    pub issued: String,
    /// What was found in it.
    pub looked: Looked,
}

/// A held credential in full.
#[derive(Debug, Clone)]
pub struct HeldInFull {
    /// The credential.
    pub held: Held,
    /// Every claim.
    pub lines: Vec<ClaimLine>,
    /// The paths of the claims that can be left out.
    pub selectable: Vec<String>,
    /// The status as the trust data has it, with its age.
    pub status: Option<Text>,
}

impl Held {
    /// Its issuer: name, or code where the register does not know it.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.looked.issuer_name.clone().unwrap_or_else(|| self.row.issuer_uscc.to_string())
    }

    /// Its type with its number, for people.
    #[must_use]
    pub fn label(&self) -> Text {
        let title = self.looked.title();
        match &self.row.number {
            None => title,
            Some(number) => told(format!("{}（{number}）", title.zh), format!("{} ({number})", title.en())),
        }
    }
}

/// What is held, what ends first before the rest. `text` is a part of a title, number, issuer or name;
/// empty for all.
///
/// # Errors
/// As every read of the database.
pub fn list(firm: &Firm<'_>, text: &str) -> Result<Vec<Held>, Failure> {
    let wanted = text.trim().to_lowercase();
    let mut all = all(firm)?;
    all.retain(|held| wanted.is_empty() || finds(held, &wanted));
    all.sort_by_key(|held| (held.looked.days_left.is_none(), held.looked.days_left));
    Ok(all)
}

/// Everything that is held, the newest first.
pub(crate) fn all(firm: &Firm<'_>) -> Result<Vec<Held>, Failure> {
    let reader = firm.database.reader()?;
    let rows = whole(|after| reader.credentials(&CredentialFilter::default(), after, PAGE))?;
    rows.into_iter().map(|row| read(firm, &reader, row)).collect()
}

/// One held credential.
///
/// # Errors
/// `HOLD-ABSENT`; as every read of the database.
pub fn one(firm: &Firm<'_>, id: &str) -> Result<Held, Failure> {
    let reader = firm.database.reader()?;
    let row = reader.credential(id)?.ok_or_else(absent)?;
    read(firm, &reader, row)
}

/// One held credential with all that it says.
///
/// # Errors
/// As [`one`].
pub fn get(firm: &Firm<'_>, id: &str) -> Result<HeldInFull, Failure> {
    let held = one(firm, id)?;
    let lines = claim_lines(&held.looked.payload, held.looked.metadata.as_ref());
    let limits = zizhi_model::Limits::default();
    let selectable = zizhi_credential::present::choices(&held.issued, &limits).unwrap_or_default();
    let status = held.looked.status().map(zizhi_model::Check::text);
    Ok(HeldInFull { lines, selectable: selectable.iter().map(ToString::to_string).collect(), status, held })
}

/// Removes a held credential. One that an unsigned draft shows is kept.
///
/// # Errors
/// `HOLD-ABSENT`, `HOLD-IN-DRAFT`; as every write to the database.
pub fn remove(firm: &Firm<'_>, id: &str) -> Result<(), Failure> {
    let entry = firm.entry("credential.removed")?.about("credential", id);
    let writer = firm.database.writer()?;
    writer.credential(id)?.ok_or_else(absent)?;
    let mut after = None;
    loop {
        let page = writer.drafts(after, PAGE)?;
        for draft in &page.rows {
            let body = DraftBody::read(draft)?;
            if body.credentials.iter().any(|chosen| chosen.id == id)
                && writer.sent_of_draft(&draft.id)?.is_empty()
            {
                return Err(in_draft(&draft.title));
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    writer.remove_credential(id)?;
    writer.commit(&entry)?;
    Ok(())
}

fn read(firm: &Firm<'_>, reader: &Reader<'_>, row: Credential) -> Result<Held, Failure> {
    let bytes = reader.credential_bytes(&row.id)?.ok_or_else(absent)?;
    let issued = String::from_utf8_lossy(&bytes).trim().to_owned();
    let looked = look_at(firm, &issued);
    Ok(Held { row, issued, looked })
}

fn finds(held: &Held, wanted: &str) -> bool {
    let title = held.looked.title();
    let number = held.row.number.as_deref().unwrap_or_default();
    let issuer = held.issuer();
    let places = [
        title.zh.as_ref(),
        title.en(),
        number,
        &issuer,
        &held.row.subject_name,
        held.row.issuer_uscc.as_str(),
    ];
    places.iter().any(|place| place.to_lowercase().contains(wanted))
}

pub(crate) fn absent() -> Failure {
    Failure::input(
        "HOLD-ABSENT",
        Text::fixed(
            "这份凭证已不在库中，什么也没有改动。",
            "this credential is no longer held; nothing was changed",
        ),
        Text::fixed("请刷新列表后再试。", "refresh the list and try again"),
    )
}

fn in_draft(title: &str) -> Failure {
    Failure::refused(
        "HOLD-IN-DRAFT",
        format!("草稿“{title}”用到这份凭证，没有删除。"),
        format!("the draft {title:?} shows this credential; it was not removed"),
        "请先把它从草稿中移出，或删除草稿。",
        "take it out of the draft first, or remove the draft",
    )
}
