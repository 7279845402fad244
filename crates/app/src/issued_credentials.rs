//! What was issued: the list, one credential in full, and its file written again.

use std::path::Path;

use serde_json::Value;
use zizhi_model::{Text, civil};
use zizhi_store::{After, Credential, CredentialDirection, CredentialFilter, CredentialState, Page, Reader};
use zizhi_trust::Trust;

use crate::claim_lines::{ClaimLine, claim_lines, metadata};
use crate::failure::{Failure, told};
use crate::hold_standing::title_of;
use crate::incubator::Incubator;
use crate::inspect_credential::payload_of;
use crate::issued_files::{Folder, Names};
use crate::pages::whole;

/// Credentials that are read at a time where all are wanted.
const STRIDE: usize = 1000;

/// Which credentials to list. The default is all that were issued.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindIssued {
    /// What was typed.
    pub text: String,
    /// Of what type.
    pub kind: Option<String>,
    /// With what status.
    pub state: Option<CredentialState>,
    /// Of which firm, by its id in the register.
    pub firm: Option<String>,
    /// Whether they come by the firm's name as it is read.
    pub by_name: bool,
}

/// An issued credential with what its type is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Issued {
    /// What is known of it.
    pub row: Credential,
    /// What its type is called.
    pub title: Text,
}

/// Credentials that were issued, the newest first, or by the firm's name.
///
/// # Errors
/// `FIRM-NONE`; as every read of the database.
pub fn list(
    incubator: &Incubator<'_>,
    find: &FindIssued,
    after: Option<After>,
    limit: usize,
) -> Result<Page<Issued>, Failure> {
    let reader = incubator.database.reader()?;
    let page = reader.credentials(&filter(&reader, find)?, after, limit)?;
    Ok(Page { rows: titled(page.rows, incubator.library.trust()), next: page.next })
}

/// All of them, as they stand at one moment.
pub(crate) fn all(incubator: &Incubator<'_>, find: &FindIssued) -> Result<Vec<Issued>, Failure> {
    let reader = incubator.database.reader()?;
    let filter = filter(&reader, find)?;
    let rows = whole(|after| reader.credentials(&filter, after, STRIDE))?;
    Ok(titled(rows, incubator.library.trust()))
}

fn filter(reader: &Reader<'_>, find: &FindIssued) -> Result<CredentialFilter, Failure> {
    let mut filter = CredentialFilter {
        direction: CredentialDirection::Issued,
        text: find.text.clone(),
        credential_type: find.kind.clone(),
        state: find.state,
        by_name: find.by_name,
        ..CredentialFilter::default()
    };
    if let Some(firm) = &find.firm {
        let firm = reader.firm(firm)?.ok_or_else(no_firm)?;
        filter.text = format!("{} {}", firm.uscc, find.text);
    }
    Ok(filter)
}

/// The one credential with this very number, or with this id.
///
/// # Errors
/// `CREDENTIAL-NONE` if there is none, `CREDENTIAL-SEVERAL` if the number is that of several, which are named with
/// their ids; as every read of the database.
pub fn by_number(incubator: &Incubator<'_>, number: &str) -> Result<Issued, Failure> {
    let reader = incubator.database.reader()?;
    let mut rows = reader.issued_with_number(number)?;
    if rows.is_empty() {
        let of_id = reader.credential(number)?;
        rows.extend(of_id.filter(|row| row.direction == CredentialDirection::Issued));
    }
    let mut found = titled(rows, incubator.library.trust());
    if found.len() > 1 {
        return Err(several(number, &found));
    }
    found.pop().ok_or_else(absent)
}

/// One credential, and every claim of it.
///
/// # Errors
/// `CREDENTIAL-NONE`; as every read of the database.
pub fn get(incubator: &Incubator<'_>, id: &str) -> Result<(Issued, Vec<ClaimLine>), Failure> {
    let reader = incubator.database.reader()?;
    let (row, text) = read(&reader, id)?;
    let payload = payload_of(&text).unwrap_or(Value::Null);
    let vct = payload.get("vct").and_then(Value::as_str).unwrap_or_default();
    let metadata = metadata(vct, Some(incubator.library.trust()));
    let lines = claim_lines(&payload, metadata.as_ref());
    let title = title_of(&row.credential_type, metadata.as_ref());
    Ok((Issued { row, title }, lines))
}

/// Writes the files of credentials again and gives how many.
///
/// # Errors
/// `CREDENTIAL-NONE`; `IO-WRITE`, `ISSUE-FILES`; as every read of the database.
pub fn export(incubator: &Incubator<'_>, ids: &[String], folder: &Path) -> Result<usize, Failure> {
    let reader = incubator.database.reader()?;
    let folder = Folder::begin(folder)?;
    let mut names = Names::default();
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        let (row, text) = read(&reader, id)?;
        let title = titled(vec![row], incubator.library.trust());
        for Issued { row, title } in title {
            let name =
                names.of(folder.target(), row.number.as_deref().unwrap_or(&title.zh), &row.subject_name);
            folder.write(&name, text.as_bytes())?;
            files.push(name);
        }
    }
    folder.publish(files.iter().map(String::as_str))?;
    Ok(files.len())
}

/// Rows with what their types are called; each type is looked up once.
pub(crate) fn titled(rows: Vec<Credential>, trust: &Trust) -> Vec<Issued> {
    let mut titles: Vec<(String, Text)> = Vec::new();
    let mut issued = Vec::with_capacity(rows.len());
    for row in rows {
        let known =
            titles.iter().find(|(kind, _)| *kind == row.credential_type).map(|(_, title)| title.clone());
        let title = known.unwrap_or_else(|| {
            let vct = format!("urn:zizhitong:credential:{}:1", row.credential_type);
            let title = title_of(&row.credential_type, metadata(&vct, Some(trust)).as_ref());
            titles.push((row.credential_type.clone(), title.clone()));
            title
        });
        issued.push(Issued { row, title });
    }
    issued
}

fn read(reader: &Reader<'_>, id: &str) -> Result<(Credential, String), Failure> {
    let row = reader.credential(id)?.filter(|row| row.direction == CredentialDirection::Issued);
    let row = row.ok_or_else(absent)?;
    let bytes = reader.credential_bytes(id)?.ok_or_else(absent)?;
    Ok((row, String::from_utf8_lossy(&bytes).into_owned()))
}

pub(crate) fn absent() -> Failure {
    Failure::input(
        "CREDENTIAL-NONE",
        Text::fixed(
            "没有找到这份已签发的凭证，没有作任何改动。",
            "there is no such issued credential; nothing was changed",
        ),
        Text::fixed("请回到“已签发”重新查找。", "look for it among what was issued again"),
    )
}

fn several(number: &str, found: &[Issued]) -> Failure {
    let each = |zh: bool| {
        let lines = found.iter().map(|Issued { row, title }| {
            let title = if zh { title.zh.as_ref() } else { title.en() };
            let day = row.issued_on.unwrap_or_else(|| civil::date_in_shanghai(row.iat));
            let day = if zh { civil::date_zh(day) } else { day.to_string() };
            if zh {
                format!("{}，{title}，{day}，标识{}", row.subject_name, row.id)
            } else {
                format!("{}, {title}, {day}, id {}", row.subject_name, row.id)
            }
        });
        lines.collect::<Vec<_>>().join(if zh { "；" } else { "; " })
    };
    let count = found.len();
    Failure::input(
        "CREDENTIAL-SEVERAL",
        told(
            format!("编号“{number}”有{count}份凭证，没有作任何改动：{}。", each(true)),
            format!("{count} credentials have the number {number:?}; nothing was changed: {}", each(false)),
        ),
        Text::fixed("请改用其中一份的标识。", "give the id of one of them instead of the number"),
    )
}

fn no_firm() -> Failure {
    Failure::input(
        "FIRM-NONE",
        told("名册中没有这家企业。".to_owned(), "the register has no such firm".to_owned()),
        Text::fixed("请回到名册重新查找。", "look for it in the register again"),
    )
}
