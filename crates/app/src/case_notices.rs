//! Verdicts that moved because of new data, and who has looked at them.

use chrono::{DateTime, Utc};
use serde_json::json;
use zizhi_model::{Text, Verdict};
use zizhi_store::{ChangeNotice, Database, Entry, Reader, StoreError};

use crate::Host;
use crate::failure::Failure;
use crate::rejudge::moved::sentence;
use crate::settings::actor;

/// Notices that are told at most, of those that nobody has looked at and of the others.
const MOST: usize = 200;

/// A verdict that moved.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedVerdict {
    /// Its id.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The case's number.
    pub number: String,
    /// The firm, if the dossier names one.
    pub firm_name: Option<String>,
    /// Before.
    pub from: Verdict,
    /// Now.
    pub to: Verdict,
    /// What happened, in a sentence: whose verdict it is, from what to what, and why.
    pub told: Text,
    /// When it was noticed.
    pub at: DateTime<Utc>,
    /// Whether somebody has looked.
    pub seen: bool,
}

/// The notices, those that nobody has looked at before the others, each the newest first.
///
/// # Errors
/// As every read of the database.
pub fn notices(database: &Database) -> Result<Vec<MovedVerdict>, Failure> {
    let reader = database.reader()?;
    let mut rows = reader.unseen_notices(None, MOST)?.rows;
    rows.extend(reader.seen_notices(None, MOST)?.rows);
    rows.into_iter().filter_map(|row| row_told(&reader, row).transpose()).collect()
}

/// Notes that a person has looked at a notice.
///
/// # Errors
/// `NOTICE-ABSENT`; as every write to the database.
pub fn notice_seen(database: &Database, id: &str, host: &dyn Host) -> Result<(), Failure> {
    let writer = database.writer()?;
    match writer.mark_notice_seen(id, host.now()) {
        Err(StoreError::Absent(_)) => return Err(absent()),
        other => other?,
    }
    let actor = actor(&writer)?;
    let entry = Entry::new(host.now(), &actor, "notice.seen").about("notice", id);
    writer.commit(&entry.with(json!({})))?;
    Ok(())
}

fn row_told(reader: &Reader<'_>, row: ChangeNotice) -> Result<Option<MovedVerdict>, Failure> {
    let Some(case) = reader.case(&row.case_id)? else { return Ok(None) };
    Ok(Some(MovedVerdict {
        told: sentence(&row, &case.number, case.firm_name.as_deref()),
        id: row.id,
        case_id: row.case_id,
        number: case.number,
        firm_name: case.firm_name,
        from: row.from_verdict,
        to: row.to_verdict,
        at: row.created,
        seen: row.seen.is_some(),
    }))
}

fn absent() -> Failure {
    Failure::input(
        "NOTICE-ABSENT",
        Text::fixed("没有这条变更提示，什么也没有改动。", "there is no such notice; nothing was changed"),
        Text::fixed("请刷新后再试。", "refresh and try again"),
    )
}
