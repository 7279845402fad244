//! 操作日志: shows it, writes it as a table, and proves that it is whole.
//!
//! The log's rows are chained by their hashes. Each time the database is opened, the end of the log is
//! signed: a head is a JWS, `typ` `activity-head+jwt`, with `iss`, `iat`, `seq` and `hash` (hexadecimal) as
//! its payload, by one of the organisation's own keys. Whoever changes an earlier row would have to sign
//! every head after it again. A head that was written down elsewhere proves the same without a signature.

mod names;
mod settings_words;
mod several;
mod told;
mod words;

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use zizhi_crypto::jws;
use zizhi_crypto::{PublicKey, SigningKey, digest};
use zizhi_model::{Limits, OrgId, Text, civil};
use zizhi_report::{Cell, Column, Kind, Table};
use zizhi_store::{Activity, ActivityFilter, After, Database, Head, LogEnd, LogFault, Page, Reader};

use crate::failure::{Failure, told};
use crate::write_table::write_table;
use crate::{Host, Output};

pub use told::{Teller, Told};
pub use words::{ACTIONS, title};

const TYP: &str = "activity-head+jwt";

/// Rows of the log that a table holds: a sheet's own limit is a little above.
const MOST_ROWS: usize = 1_000_000;
/// Rows read at a time.
const PIECE: usize = 1000;

/// Which rows of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Part of an actor, of a remark, or of the name, number or id of a thing; empty for all.
    pub text: String,
    /// Only this action.
    pub action: Option<String>,
    /// On or after this day in Shanghai.
    pub from: Option<NaiveDate>,
    /// On or before this day in Shanghai.
    pub to: Option<NaiveDate>,
}

/// Whether a log is whole.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The end of the log; nothing if it is not whole.
    pub end: Option<LogEnd>,
    /// Signed heads whose signature holds.
    pub heads: usize,
    /// The newest of them: its place and when it was signed.
    pub signed: Option<(u64, DateTime<Utc>)>,
    /// The first thing that is wrong.
    pub fault: Option<Text>,
}

impl Proof {
    /// The end of the log as a person may write it down.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.end.map(|LogEnd { seq, hash }| Place { seq, hash })
    }
}

/// A place in the log with its hash, written `12:0123abcd…`. Kept on paper or elsewhere it proves all that
/// is before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    seq: u64,
    hash: [u8; 32],
}

impl Place {
    /// Reads what was written down; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, hash) = text.trim().split_once(':')?;
        let hash: String = hash.chars().filter(|c| !c.is_whitespace()).collect();
        Some(Self { seq: seq.parse().ok()?, hash: digest::from_hex(&hash)?.try_into().ok()? })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, digest::hex(&self.hash))
    }
}

#[derive(Serialize)]
struct Payload {
    iss: OrgId,
    iat: i64,
    seq: u64,
    hash: String,
}

/// Rows of the log, the newest first.
///
/// # Errors
/// As every read of the database.
pub fn list(
    reader: &Reader<'_>,
    wanted: &Wanted,
    before: Option<i64>,
    limit: usize,
) -> Result<Page<Activity>, Failure> {
    let filter = ActivityFilter {
        text: wanted.text.trim().to_owned(),
        action: wanted.action.clone(),
        from: wanted.from.map(civil::start_of_day_shanghai),
        until: wanted.to.and_then(|day| day.succ_opt()).map(civil::start_of_day_shanghai),
        ..ActivityFilter::default()
    };
    Ok(reader.activity(&filter, before.map(After::from_number), limit)?)
}

/// Writes rows of the log as a table, the newest first; `.csv` or `.xlsx` by the ending. Gives how many
/// there are and the SHA-256 of the file.
///
/// # Errors
/// `TABLE-ENDING`, `TABLE-SIZE`, `IO-WRITE`; as every read of the database.
pub fn export(
    database: &Database,
    wanted: &Wanted,
    output: &Output<'_>,
    host: &dyn Host,
) -> Result<(usize, String), Failure> {
    let reader = database.reader()?;
    let mut teller = Teller::new(&reader);
    let mut rows = Vec::new();
    let mut before = None;
    loop {
        let page = list(&reader, wanted, before, PIECE)?;
        for entry in &page.rows {
            rows.push(row(entry, &teller.tell(entry)?));
        }
        before = page.next.map(After::to_number);
        if before.is_none() || rows.len() >= MOST_ROWS {
            break;
        }
    }
    let text = |title: &str| Column { title: title.to_owned(), kind: Kind::Text };
    let columns = ["序号", "时间", "操作人", "操作", "对象", "理由", "代码", "对象编号", "备注", "记录摘要"];
    let count = rows.len();
    let table = Table { title: "操作日志".to_owned(), columns: columns.map(text).into(), rows };
    Ok((count, write_table(&table, output, host.now())?))
}

fn row(entry: &Activity, told: &Told) -> Vec<Cell> {
    vec![
        Cell::text(entry.seq.to_string()),
        Cell::text(civil::time_zh(entry.at)),
        Cell::text(&entry.actor),
        Cell::text(told.done.zh.as_ref()),
        Cell::text(told.about.as_ref().map_or("", |about| about.zh.as_ref())),
        Cell::text(told.reason.as_deref().unwrap_or_default()),
        Cell::text(&entry.action),
        Cell::text(object(entry)),
        Cell::text(note(entry)),
        Cell::text(digest::hex_groups(&entry.hash)),
    ]
}

/// What a row is about, by kind and id as the log has it.
#[must_use]
pub fn object(entry: &Activity) -> String {
    match (entry.object_kind.as_str(), entry.object_id.as_str()) {
        ("", id) => id.to_owned(),
        (kind, "") => kind.to_owned(),
        (kind, id) => format!("{kind} {id}"),
    }
}

/// What else a row tells.
fn note(entry: &Activity) -> String {
    let empty = entry.summary.as_object().is_some_and(serde_json::Map::is_empty);
    if empty { String::new() } else { entry.summary.to_string() }
}

/// Signs the end of the log, unless it is empty or signed already.
///
/// # Errors
/// As every write to the database.
pub fn sign_head(database: &Database, key: &SigningKey, host: &dyn Host) -> Result<(), Failure> {
    let (end, owner) = {
        let reader = database.reader()?;
        let end = reader.log_end()?;
        if end.seq == 0 || reader.heads()?.last().is_some_and(|head| head.seq == end.seq) {
            return Ok(());
        }
        let Some(owner) = reader.profile()? else { return Ok(()) };
        (end, owner.uscc)
    };
    let at = host.now();
    let payload =
        Payload { iss: OrgId::from(owner), iat: at.timestamp(), seq: end.seq, hash: digest::hex(&end.hash) };
    let jws = jws::sign(key, TYP, &payload).map_err(|error| {
        Failure::internal("操作日志没有签名。", "the activity log was not signed").because(error)
    })?;
    database.add_head(&Head { seq: end.seq, hash: end.hash, at, jws: jws.into_bytes() })?;
    Ok(())
}

/// Computes the log again from its beginning and verifies every signed head.
///
/// # Errors
/// As every read of the database.
pub fn verify(reader: &Reader<'_>) -> Result<Proof, Failure> {
    prove(reader, reader.verify_log()?)
}

/// The same for a log that was gone through already.
pub(crate) fn prove(reader: &Reader<'_>, gone_through: Result<LogEnd, LogFault>) -> Result<Proof, Failure> {
    let end = match gone_through {
        Ok(end) => end,
        Err(fault) => return Ok(Proof { end: None, heads: 0, signed: None, fault: Some(told_of(fault)) }),
    };
    let keys = reader.signing_keys()?;
    let keys: Vec<PublicKey> = keys
        .iter()
        .filter_map(|key| PublicKey::from_jwk_bytes(key.public_jwk.to_string().as_bytes()).ok())
        .collect();
    let heads = reader.heads()?;
    let mut proof = Proof { end: Some(end), heads: 0, signed: None, fault: None };
    for head in &heads {
        if !holds(head, &keys) {
            proof.fault = Some(told(
                format!("第{}条处的签名不成立：日志可能被改写过。", head.seq),
                format!("the signature at row {} does not hold: the log may have been rewritten", head.seq),
            ));
            return Ok(proof);
        }
        proof.heads += 1;
        proof.signed = Some((head.seq, head.at));
    }
    Ok(proof)
}

/// Whether the log goes through a place that was written down.
///
/// # Errors
/// As every read of the database.
pub fn goes_through(reader: &Reader<'_>, place: &Place) -> Result<bool, Failure> {
    let after = i64::try_from(place.seq).ok().and_then(|seq| seq.checked_add(1)).map(After::from_number);
    let Some(after) = after else { return Ok(false) };
    let row = reader.activity(&ActivityFilter::default(), Some(after), 1)?.rows.into_iter().next();
    Ok(row.is_some_and(|row| row.seq == place.seq && row.hash == place.hash))
}

/// Whether one of the organisation's own keys signed this head as what it is.
fn holds(head: &Head, keys: &[PublicKey]) -> bool {
    let limits = Limits::default();
    let text = std::str::from_utf8(&head.jws).ok();
    let Some(unverified) = text.and_then(|text| jws::Unverified::parse(text, &limits).ok()) else {
        return false;
    };
    let kid = unverified.header().kid.clone();
    let key = keys.iter().find(|key| kid.as_deref() == Some(key.key_id().as_str()));
    let Some(verified) = key.and_then(|key| unverified.verify(key, &[TYP]).ok()) else { return false };
    let Ok(said) = verified.json(&limits) else { return false };
    let number = |name| said.get(name).and_then(zizhi_model::Json::as_i64);
    number("seq").and_then(|seq| u64::try_from(seq).ok()) == Some(head.seq)
        && number("iat") == Some(head.at.timestamp())
        && said.get("hash").and_then(zizhi_model::Json::as_str) == Some(digest::hex(&head.hash).as_str())
}

/// What is wrong with a log, in words.
#[must_use]
pub fn told_of(fault: LogFault) -> Text {
    match fault {
        LogFault::Missing(seq) => {
            told(format!("操作日志缺少第{seq}条。"), format!("row {seq} of the activity log is missing"))
        }
        LogFault::Changed(seq) => told(
            format!("操作日志第{seq}条与写入时不符。"),
            format!("row {seq} of the activity log is not what was written"),
        ),
        LogFault::Head(seq) => told(
            format!("操作日志与第{seq}条处的签名不符，或者日志的结尾被删去了。"),
            format!("the log does not fit its signed head at row {seq}, or its end was removed"),
        ),
    }
}
