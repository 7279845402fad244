//! Settles the status lists of a restored database: who is at the desk gives a list as it was last exported,
//! or states what was revoked, suspended or ended since the backup. Only then is a list signed again.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::json;
use zizhi_credential::status::{MAX_TOKEN_BYTES, StatusToken};
use zizhi_crypto::digest;
use zizhi_model::{Text, civil};
pub use zizhi_store::CredentialState;
use zizhi_store::{Credential, CredentialDirection, Reader, Writer};
use zizhi_trust::{KeyUse, Trust, TrustLimits};

use crate::after_restore::{
    AfterRestore, after_restore, made_at, settled, settled_by_list, unknown, unsettled,
};
use crate::failure::{Failure, told};
use crate::files;
use crate::incubator::Incubator;
use crate::issued_credentials::{Issued, absent, titled};
use crate::open_trust::open_source;
use crate::own_status_lists::{
    exceptions, learn, own_token, state_of, status_of, take_in, worsen, worsen_place,
};
use crate::register_fields as fields;
use crate::vault;

/// Where lists come from that settle open ones.
#[derive(Debug, Clone, Copy)]
pub enum ListSource<'a> {
    /// A list as it was last exported, or trust data that hold it.
    File(&'a Path),
    /// The trust data at hand.
    Trust,
}

/// By what lists are settled.
#[derive(Debug, Clone, Copy)]
pub enum Settling<'a> {
    /// Lists of this source, of which [`read_lists`] told these digests.
    Lists(ListSource<'a>, &'a [[u8; 32]]),
    /// For all that are open: since the backup these credentials got these statuses and no other did, which is known
    /// for this reason.
    Stated(&'a [(String, CredentialState)], &'a str),
}

/// A list that can settle one of the open ones, before it does.
#[derive(Debug, Clone)]
pub struct ReadList {
    /// Its name.
    pub uri: String,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
    /// When the backup was made since which it is open, if there was one.
    pub made: Option<DateTime<Utc>>,
    /// SHA-256 of the token.
    pub sha256: [u8; 32],
    /// Credentials of this database with the status that it gives them, where that is another than they have.
    pub adds: Vec<Issued>,
    /// How many more places it marks, of credentials that this database does not know.
    pub unknown: usize,
}

/// Reads what of a source can settle open lists, for who is at the desk; nothing is settled by it.
///
/// # Errors
/// `STATUS-SETTLED` if none is open; `IO-READ`, `STATUS-FOREIGN` for a file without a list of these signed by this
/// organisation, `STATUS-OLDER` for one that is older than what the database has, than a credential on it or than the
/// backup, so that it says nothing of the time after it.
pub fn read_lists(incubator: &Incubator<'_>, source: ListSource<'_>) -> Result<Vec<ReadList>, Failure> {
    let reader = incubator.database.reader()?;
    let open = unsettled(&reader)?;
    if open.is_empty() {
        return Err(none_open());
    }
    let given = given(&reader, &open, source, incubator.library.trust())?;
    given.iter().map(|given| read(incubator, &reader, given)).collect()
}

fn read(incubator: &Incubator<'_>, reader: &Reader<'_>, given: &Given) -> Result<ReadList, Failure> {
    let Given { token, signed_at, .. } = given;
    let known = reader.status_list(&token.uri)?.map_or_else(|| Ok(Vec::new()), |row| exceptions(&row))?;
    let (mut adds, mut unknown) = (Vec::new(), 0);
    for (idx, now) in token.list.exceptions() {
        if known.contains(&(idx, now)) {
            continue;
        }
        match reader.credential_at(&token.uri, idx)? {
            Some(credential) => adds.push(Credential { state: state_of(now), ..credential }),
            None => unknown += 1,
        }
    }
    let adds = titled(adds, incubator.library.trust());
    Ok(ReadList {
        uri: token.uri.clone(),
        signed_at: *signed_at,
        made: made_at(reader, &token.uri)?,
        sha256: given.sha256(),
        adds,
        unknown,
    })
}

/// When the list of this name in trust data was signed, if it can settle the one that is open.
pub(crate) fn signed_after_backup(
    reader: &Reader<'_>,
    uri: &str,
    trust: &Trust,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let open = [uri.to_owned()];
    let Some(text) = texts(ListSource::Trust, &open, trust)?.pop() else { return Ok(None) };
    Ok(fitting(reader, &open, text, &of_trust())?.ok().map(|given| given.signed_at))
}

/// Settles lists, and tells what is still open. The passphrase is asked for as for a signature: what is settled is
/// signed from then on.
///
/// # Errors
/// As [`read_lists`]; `STATUS-UNKNOWN` for a statement while credentials may be missing that it could not name,
/// `STATUS-REASON` without a reason, `CREDENTIAL-NONE` for a credential that is in none of these
/// lists, `STATUS-CHANGED` for other lists than were read; those of the key; as every write to the database. Nothing
/// is settled then.
pub fn settle_lists(
    incubator: &Incubator<'_>,
    by: Settling<'_>,
    passphrase: &str,
) -> Result<AfterRestore, Failure> {
    let open = unsettled(&incubator.database.reader()?)?;
    if open.is_empty() {
        return Err(none_open());
    }
    let folder = incubator.database.folder();
    vault::signing_key(incubator.database, folder, passphrase, KeyUse::Status)?;
    let entry = incubator.entry("status_list.settled")?;
    let now = incubator.host.now();
    let trust = incubator.library.trust();
    let writer = incubator.database.writer()?;
    match by {
        Settling::Stated(since, reason) => {
            // What is not here cannot be named as revoked.
            if unknown(&writer)? {
                return Err(not_looked_back());
            }
            let reason =
                fields::line(reason).ok().filter(|reason| !reason.is_empty()).ok_or_else(no_reason)?;
            for uri in &open {
                learn(&writer, uri, trust, now)?;
            }
            for (id, state) in since {
                mark(&writer, &open, id, *state, (&reason, now))?;
            }
            settled(&writer, &open)?;
            let changed: Vec<_> = since.iter().map(|(id, state)| json!([id, state.as_str()])).collect();
            writer.commit(&entry.with(json!({ "lists": open, "reason": reason, "changed": changed })))?;
        }
        Settling::Lists(source, read) => {
            let lists: Vec<Given> = given(&writer, &open, source, trust)?
                .into_iter()
                .filter(|given| read.contains(&given.sha256()))
                .collect();
            if read.is_empty() || lists.len() != read.len() {
                return Err(changed(&called(source)));
            }
            let mut told = Vec::with_capacity(lists.len());
            for Given { token, text, signed_at } in &lists {
                let row = writer.status_list(&token.uri)?.ok_or_else(|| foreign(&called(source)))?;
                take_in(&writer, row, token, text, now)?;
                learn(&writer, &token.uri, trust, now)?;
                settled_by_list(&writer, &token.uri, *signed_at)?;
                told.push(json!({ "list": token.uri, "iat": token.issued_at }));
            }
            let entry = match lists.as_slice() {
                [only] => entry.about("status_list", &only.token.uri),
                _ => entry,
            };
            writer.commit(&entry.with(json!({ "lists": told })))?;
        }
    }
    after_restore(incubator)
}

/// A list that was given, and what it says.
struct Given {
    token: StatusToken,
    signed_at: DateTime<Utc>,
    text: String,
}

impl Given {
    fn sha256(&self) -> [u8; 32] {
        digest::sha256(self.text.as_bytes())
    }
}

/// The lists of a source that can settle one of those that are open; there is one at least.
fn given(
    reader: &Reader<'_>,
    open: &[String],
    source: ListSource<'_>,
    trust: &Trust,
) -> Result<Vec<Given>, Failure> {
    let called = called(source);
    let (mut given, mut refused) = (Vec::new(), None);
    for text in texts(source, open, trust)? {
        match fitting(reader, open, text, &called)? {
            Ok(fits) => given.push(fits),
            Err(failure) => refused = refused.or(Some(failure)),
        }
    }
    if given.is_empty() { Err(refused.unwrap_or_else(|| foreign(&called))) } else { Ok(given) }
}

/// The texts of a source that may be lists: of trust data those under the names of open lists, since there may be
/// thousands of other organisations'.
fn texts(source: ListSource<'_>, open: &[String], trust: &Trust) -> Result<Vec<String>, Failure> {
    let read = |bytes: Vec<u8>| String::from_utf8(bytes).ok().map(|text| text.trim().to_owned());
    match source {
        ListSource::Trust => {
            let held = |uri: &String| Some(trust.state()?.status.get(uri)?.jwt.clone());
            Ok(open.iter().filter_map(held).collect())
        }
        ListSource::File(path) if path.is_dir() || files::read_up_to(path, 2)? == b"PK" => {
            // What makes a list count is the organisation's own signature, whoever handed the list on.
            let Ok(package) = open_source(path)? else { return Err(foreign(&called(source))) };
            let held = |uri: &String| {
                let name = zizhi_trust::status_name(uri);
                package.status(&name, TrustLimits::default().status_bytes).ok().flatten().and_then(read)
            };
            Ok(open.iter().filter_map(held).collect())
        }
        // Whatever is no text is no list either.
        ListSource::File(path) => Ok(read(files::read(path, MAX_TOKEN_BYTES as u64)?).into_iter().collect()),
    }
}

/// A list as one of those that are open, unless it says nothing of the time after the backup.
fn fitting(
    reader: &Reader<'_>,
    open: &[String],
    text: String,
    called: &Text,
) -> Result<Result<Given, Failure>, Failure> {
    let token = own_token(reader, &text)?.filter(|token| open.contains(&token.uri));
    let Some(token) = token else { return Ok(Err(foreign(called))) };
    let Some(signed_at) = civil::from_numeric_date(token.issued_at) else { return Ok(Err(foreign(called))) };
    // Each credential was issued with its list signed anew, so that an older one was not the last.
    if reader.newest_in(&token.uri)?.is_some_and(|newest| token.issued_at < newest.timestamp()) {
        return Ok(Err(before_credential(called, token.issued_at)));
    }
    // A list that the database never saw was begun after the backup or elsewhere; whatever it says is news.
    if let Some(known) = reader.status_list(&token.uri)?.and_then(|row| row.iat) {
        if token.issued_at < known.timestamp() {
            return Ok(Err(older(called, token.issued_at)));
        }
        let made = made_at(reader, &token.uri)?;
        if made.is_some_and(|made| token.issued_at <= made.timestamp()) {
            return Ok(Err(before_backup(called, token.issued_at)));
        }
    }
    Ok(Ok(Given { token, signed_at, text }))
}

/// What a source is called in what is told of it.
fn called(source: ListSource<'_>) -> Text {
    match source {
        ListSource::File(path) => told(path.display().to_string(), path.display().to_string()),
        ListSource::Trust => of_trust(),
    }
}

fn of_trust() -> Text {
    Text::fixed("已导入的信任数据", "the trust data at hand")
}

/// Notes that a credential in one of these lists got a status since the backup.
fn mark(
    writer: &Writer<'_>,
    open: &[String],
    id: &str,
    state: CredentialState,
    (reason, now): (&str, DateTime<Utc>),
) -> Result<(), Failure> {
    let issued = writer.credential(id)?.filter(|row| row.direction == CredentialDirection::Issued);
    let credential = issued.ok_or_else(absent)?;
    let place = credential.status_uri.as_ref().zip(credential.status_idx);
    let (uri, idx) = place.filter(|(uri, _)| open.contains(uri)).ok_or_else(absent)?;
    worsen_place(writer, uri, idx, status_of(state))?;
    worsen(writer, &credential, status_of(state), Some(reason), now)?;
    Ok(())
}

fn changed(called: &Text) -> Failure {
    Failure::refused(
        "STATUS-CHANGED",
        format!("{} 已不是刚才核对的内容，没有核对。", called.zh),
        format!("{} no longer has the lists that were read; nothing was settled", called.en()),
        "请重新选择文件，或重新读取信任数据中的名单。",
        "choose the file again, or read the list of the trust data again",
    )
}

fn before_backup(called: &Text, iat: i64) -> Failure {
    let (zh, en) = signed_on(iat);
    Failure::input(
        "STATUS-OLDER",
        told(
            format!("{} 是做备份之前签的名单{zh}，说明不了备份之后的撤销和暂停，没有核对。", called.zh),
            format!(
                "{} was signed before the backup was made{en} and says nothing of what was revoked after it; nothing was settled",
                called.en()
            ),
        ),
        get_the_last(),
    )
}

fn before_credential(called: &Text, iat: i64) -> Failure {
    let (zh, en) = signed_on(iat);
    Failure::input(
        "STATUS-OLDER",
        told(
            format!("{} 比名单上的一份凭证还旧{zh}，不是最后一次导出的名单，没有核对。", called.zh),
            format!(
                "{} is older than a credential on it{en} and not the list that was exported last; nothing was settled",
                called.en()
            ),
        ),
        get_the_last(),
    )
}

/// What to do about a list that is not the last one: said to somebody who has just restored a backup.
fn get_the_last() -> Text {
    Text::fixed(
        "请选择备份之后最后导出的名单（文件名像“吊销名单-单位-日期.jwt”）；找不到的，请发布信任数据的一方发回最近收到的一份。备份之后没有导出过的，改用逐份勾选，或写明没有变动。",
        "choose the list that was exported last after the backup (named like “吊销名单-organisation-day.jwt”); if it is lost, ask who publishes the trust data to send back the newest one. Where none was exported since the backup, choose what changed one by one, or state that nothing did",
    )
}

fn signed_on(iat: i64) -> (String, String) {
    civil::from_numeric_date(iat).map_or_else(Default::default, |time| {
        let day = civil::date_in_shanghai(time);
        (format!("，签署于{}", civil::date_zh(day)), format!(", signed on {day}"))
    })
}

fn none_open() -> Failure {
    Failure::input(
        "STATUS-SETTLED",
        Text::fixed("没有需要核对的吊销名单。", "no status list has to be settled"),
        Text::fixed("可以照常签名和撤销。", "sign and revoke as usual"),
    )
}

fn not_looked_back() -> Failure {
    Failure::input(
        "STATUS-UNKNOWN",
        Text::fixed(
            "备份之后签发的凭证可能还没有补登，其中撤销过的无法写明，没有核对。",
            "credentials issued after the backup may not be here, so that nobody can state which of them were revoked; nothing was settled",
        ),
        Text::fixed(
            "请先补登备份之后签发的凭证，再确认都已补登或没有签发过，然后写明有过哪些变动。",
            "enter again what was issued after the backup, confirm that all of it is here or nothing was issued, and state then what changed",
        ),
    )
}

fn no_reason() -> Failure {
    Failure::input(
        "STATUS-REASON",
        Text::fixed("没有写明依据，没有核对。", "no reason was given; nothing was settled"),
        Text::fixed(
            "请写明怎样知道备份之后有过哪些撤销和暂停，如“备份之后没有上班”“登记簿第3页”。",
            "say how it is known what was revoked or suspended since, such as: the office was closed, page 3 of the ledger",
        ),
    )
}

fn foreign(called: &Text) -> Failure {
    Failure::refused(
        "STATUS-FOREIGN",
        format!("{} 不是本单位签过、需要核对的吊销名单，其中也没有这样的名单，没有核对。", called.zh),
        format!(
            "{} is none of the lists to be settled, signed by this organisation, and holds none; nothing was settled",
            called.en()
        ),
        "请选择本单位最后一次导出的吊销名单文件（.jwt），或含有它的信任数据（.zztrust）。",
        "choose the file (.jwt) of the status list as this organisation last exported it, or trust data (.zztrust) that hold it",
    )
}

fn older(called: &Text, iat: i64) -> Failure {
    let (zh, en) = signed_on(iat);
    Failure::input(
        "STATUS-OLDER",
        told(
            format!("{} 比数据库里的名单还旧{zh}，没有核对。", called.zh),
            format!("{} is older than the list in the database{en}; nothing was settled", called.en()),
        ),
        get_the_last(),
    )
}
