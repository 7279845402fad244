//! The status lists that this organisation publishes: places for new credentials, changes, and the list
//! signed anew.
//!
//! A list is named by its organisation and a number, `urn:zizhitong:status:<code>:<number>`: a name and not
//! an address, since it travels with trust data, on a stick or by any server. The number is the time at which
//! the list was begun and four random digits: a database that was lost and made anew, or came from a backup,
//! cannot know which lists there were, and must not begin one of them again. One list has room for more
//! credentials than an incubator issues in years, so that a place in it tells nobody how many there are.

mod merge;

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use zizhi_credential::status::{Bits, Status, StatusError, StatusList, TokenClaims, sign};
use zizhi_crypto::SigningKey;
use zizhi_model::{OrgId, Text, Uscc, civil};
use zizhi_store::{CredentialState, Reader, StatusList as Stored, Writer};
use zizhi_trust::KeyUse;

use crate::after_restore::refuse_unsettled;
use crate::failure::{Failure, told};
use crate::incubator::Incubator;
use crate::issued_files::Names;
use crate::send_message::Document;
use crate::{Host, files, vault};
pub(crate) use merge::{
    absorb, at, close, exceptions, heard_of, learn, own_token, take_in, worsen, worsen_place,
};

/// Places of a list: 32 KiB before it is deflated.
const PLACES: u64 = 131_072;
/// For how long a signed list may be used, and after how long a reader looks for a newer one. Destinations
/// take a list for fresh for a week (formats.md §2).
const LIFE: TimeDelta = TimeDelta::days(30);
const LOOK_AGAIN: TimeDelta = TimeDelta::days(1);

/// Status lists that were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedLists {
    /// The file, or the folder.
    pub path: PathBuf,
    /// SHA-256 of the file.
    pub sha256: Option<[u8; 32]>,
    /// How many lists.
    pub count: usize,
    /// The names of the files in a folder.
    pub names: Vec<String>,
}

/// Places for `count` new credentials: the list and the first of them. The list is made if there is none,
/// or none with so much room.
pub(crate) fn take_places(
    writer: &Writer<'_>,
    owner: &Uscc,
    count: u64,
    host: &dyn Host,
) -> Result<(String, u64), Failure> {
    let own = own_lists(writer, owner)?;
    for uri in own.iter().rev() {
        if let Some(first) = writer.take_status_indexes(uri, count)? {
            return Ok((uri.clone(), first));
        }
    }
    let uri = new_name(owner, host);
    let size = count.max(PLACES);
    let list = StatusList::new(Bits::Two, size).map_err(unusable)?;
    writer.put_status_list(&Stored {
        uri: uri.clone(),
        bits: Bits::Two.count(),
        next_idx: count,
        size,
        iat: None,
        entries: list.deflate().map_err(unusable)?,
        published: None,
    })?;
    Ok((uri, 0))
}

/// Changes places of a list and signs it anew, later than it was and than the trust data at hand knows it.
pub(crate) fn sign_anew(
    incubator: &Incubator<'_>,
    writer: &Writer<'_>,
    uri: &str,
    changes: &[(u64, Status)],
    owner: &Uscc,
    key: &SigningKey,
) -> Result<(), Failure> {
    refuse_unsettled(writer, [uri])?;
    let now = incubator.host.now();
    learn(writer, uri, incubator.library.trust(), now)?;
    let mut row = writer.status_list(uri)?.ok_or_else(|| no_list(uri))?;
    let mut list = inflated(&row)?;
    for (idx, status) in changes {
        list.set(*idx, *status).map_err(unusable)?;
    }
    let later = row.iat.map_or(now, |before| now.max(before + TimeDelta::seconds(1)));
    let issuer = OrgId::from(*owner).to_string();
    let claims = TokenClaims {
        issuer: Some(&issuer),
        uri,
        issued_at: later.timestamp(),
        expires: Some((later + LIFE).timestamp()),
        ttl: Some(LOOK_AGAIN.num_seconds()),
    };
    row.entries = list.deflate().map_err(unusable)?;
    row.published = Some(sign(&list, &claims, key).map_err(unusable)?.into_bytes());
    row.iat = Some(later);
    Ok(writer.put_status_list(&row)?)
}

/// The key that signs lists; the passphrase is not asked to open the vault again where it is the one that
/// signs credentials.
pub(crate) fn list_key(
    incubator: &Incubator<'_>,
    credential: &SigningKey,
    passphrase: &str,
) -> Result<Option<SigningKey>, Failure> {
    let public = vault::signing_public(incubator.database, KeyUse::Status)?;
    if public == *credential.public() {
        return Ok(None);
    }
    let folder = incubator.database.folder();
    vault::signing_key(incubator.database, folder, passphrase, KeyUse::Status).map(Some)
}

/// Writes the lists as they were last signed; with a passphrase they are signed anew before, so that they
/// count as fresh. `path` is a folder that is there, or the file for the only list. In a folder a list is named
/// after the organisation and the day, and takes the place of no file.
///
/// # Errors
/// `STATUS-NONE` if nothing was issued yet, `STATUS-SEVERAL` if a file was named and there are several
/// lists; those of the key; `IO-WRITE`; as every write to the database.
pub fn export_status_lists(
    incubator: &Incubator<'_>,
    path: &Path,
    passphrase: Option<&str>,
) -> Result<ExportedLists, Failure> {
    let owner = incubator.owner()?;
    let uris = own_lists(&incubator.database.reader()?, &owner.uscc)?;
    if uris.is_empty() {
        return Err(none_yet());
    }
    if uris.len() > 1 && !path.is_dir() {
        return Err(several(uris.len()));
    }
    // An older list that is handed over as the newest would make revoked credentials valid again as well.
    refuse_unsettled(&incubator.database.reader()?, uris.iter().map(String::as_str))?;
    if let Some(passphrase) = passphrase {
        let folder = incubator.database.folder();
        let key = vault::signing_key(incubator.database, folder, passphrase, KeyUse::Status)?;
        let entry = incubator
            .entry("status_list.signed")?
            .about("status_list", uris.last().map_or("", String::as_str));
        let writer = incubator.database.writer()?;
        for uri in &uris {
            sign_anew(incubator, &writer, uri, &[], &owner.uscc, &key)?;
        }
        writer.commit(&entry.with(json!({ "lists": uris })))?;
    }
    let entry = incubator.entry("status_list.exported")?;
    let writer = incubator.database.writer()?;
    let mut sha256 = None;
    let mut written = Vec::with_capacity(uris.len());
    let mut names = Names::default();
    for (number, uri) in (1..).zip(&uris) {
        let row = writer.status_list(uri)?.ok_or_else(|| no_list(uri))?;
        let token = row.published.ok_or_else(not_signed)?;
        writer.put_setting(&exported_at(uri), &json!(row.iat.map(civil::rfc3339)))?;
        if path.is_dir() {
            let stem = format!("吊销名单-{}-{}", owner.name, incubator.today());
            let stem = if uris.len() > 1 { format!("{stem}-{number}") } else { stem };
            let name = names.free(path, &stem, "jwt");
            files::write_shared(&path.join(&name), &token)?;
            written.push(name);
        } else {
            files::write_shared(path, &token)?;
            sha256 = Some(zizhi_crypto::digest::sha256(&token));
        }
    }
    let files = if written.is_empty() { vec![files::file_name(path)] } else { written.clone() };
    writer.commit(&entry.with(json!({ "lists": uris, "files": files })))?;
    Ok(ExportedLists { path: path.to_owned(), sha256, count: uris.len(), names: written })
}

/// The lists as they were last signed, to be sent to somebody before they are published.
///
/// # Errors
/// `STATUS-NONE` if nothing was issued yet, `STATUS-UNSIGNED`; as every read of the database.
pub fn to_send(incubator: &Incubator<'_>) -> Result<Vec<Document>, Failure> {
    let owner = incubator.owner()?.uscc;
    let reader = incubator.database.reader()?;
    let uris = own_lists(&reader, &owner)?;
    if uris.is_empty() {
        return Err(none_yet());
    }
    for uri in &uris {
        let row = reader.status_list(uri)?.ok_or_else(|| no_list(uri))?;
        row.published.ok_or_else(not_signed)?;
    }
    Ok(uris.into_iter().map(Document::StatusList).collect())
}

/// Since when a list has changes that were not exported, so that nobody else can know them; nothing if
/// every list was exported as it stands.
///
/// # Errors
/// `PROFILE-NONE`; as every read of the database.
pub fn not_exported_since(incubator: &Incubator<'_>) -> Result<Option<DateTime<Utc>>, Failure> {
    let owner = incubator.owner()?.uscc;
    let reader = incubator.database.reader()?;
    let mut since = None;
    for uri in own_lists(&reader, &owner)? {
        let signed = reader.status_list(&uri)?.and_then(|row| row.iat);
        let exported = reader.setting(&exported_at(&uri))?;
        let exported = exported.and_then(|at| civil::parse_time(at.as_str()?).ok());
        if signed > exported {
            since = since.max(signed);
        }
    }
    Ok(since)
}

/// The setting that tells as what a list was last exported: when that one was signed.
fn exported_at(uri: &str) -> String {
    format!("status_list_exported:{uri}")
}

/// The organisation's lists, the oldest first.
pub(crate) fn own_lists(reader: &Reader<'_>, owner: &Uscc) -> Result<Vec<String>, Failure> {
    let mut own = reader.status_list_uris()?;
    own.retain(|uri| is_own(uri, owner));
    own.sort_by_key(|uri| number(uri, owner));
    Ok(own)
}

/// Whether a name is that of a list of this organisation.
pub(crate) fn is_own(uri: &str, owner: &Uscc) -> bool {
    number(uri, owner).is_some()
}

/// The number of a list of this organisation, by its name.
fn number(uri: &str, owner: &Uscc) -> Option<u64> {
    let number = uri.strip_prefix(&stem(owner))?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
}

fn stem(owner: &Uscc) -> String {
    format!("urn:zizhitong:status:{owner}:")
}

/// A name that no list had before.
fn new_name(owner: &Uscc, host: &dyn Host) -> String {
    let mut random = [0; 2];
    host.random().fill(&mut random);
    let tail = u16::from_be_bytes(random) % 10_000;
    format!("{}{}{tail:04}", stem(owner), host.now().format("%Y%m%d%H%M%S"))
}

/// What a list says of a credential in this state.
pub(crate) fn status_of(state: CredentialState) -> Status {
    match state {
        CredentialState::Valid => Status::Valid,
        CredentialState::Suspended => Status::Suspended,
        CredentialState::Revoked => Status::Revoked,
        CredentialState::Ended => Status::Ended,
    }
}

/// The state of a credential of which a list says this; one that is not known here counts as suspended.
pub(crate) fn state_of(status: Status) -> CredentialState {
    match status {
        Status::Valid => CredentialState::Valid,
        Status::Revoked => CredentialState::Revoked,
        Status::Ended => CredentialState::Ended,
        Status::Suspended | Status::Other(_) => CredentialState::Suspended,
    }
}

/// The entries of a list as they stand.
pub(super) fn inflated(row: &Stored) -> Result<StatusList, Failure> {
    let bits = Bits::parse(i64::from(row.bits)).ok_or(StatusError::Bits).map_err(unusable)?;
    StatusList::inflate(bits, &row.entries).map_err(unusable)
}

pub(super) fn unusable(error: StatusError) -> Failure {
    Failure::internal(
        "本单位的吊销名单无法读取或签名，没有作任何改动。",
        "the organisation's status list could not be read or signed; nothing was changed",
    )
    .because(error)
}

fn no_list(uri: &str) -> Failure {
    Failure::refused(
        "STATUS-NONE",
        format!("没有找到本单位签过的吊销名单 {uri}，没有作任何改动。"),
        format!("there is no signed status list {uri}; nothing was changed"),
        "请从备份恢复数据库；凭证由另一个数据库签发时，请在那里操作。",
        "restore the database from a backup; if another database issued the credential, do it there",
    )
}

fn not_signed() -> Failure {
    Failure::input(
        "STATUS-UNSIGNED",
        Text::fixed(
            "吊销名单有改动还没有签名，没有导出。",
            "the status list has changes that are not signed yet; nothing was written",
        ),
        Text::fixed("请选择“重新签名并导出”。", "choose to sign it anew and write it out"),
    )
}

fn none_yet() -> Failure {
    Failure::input(
        "STATUS-NONE",
        Text::fixed(
            "还没有签发过凭证，没有吊销名单可以导出。",
            "nothing was issued yet, so there is no status list to write",
        ),
        Text::fixed("签发第一份凭证时会自动建立名单。", "the list is made with the first credential"),
    )
}

fn several(count: usize) -> Failure {
    Failure::input(
        "STATUS-SEVERAL",
        told(
            format!("本单位有{count}份吊销名单，一个文件放不下，没有导出。"),
            format!("there are {count} status lists, which do not go into one file; nothing was written"),
        ),
        Text::fixed("请选择一个文件夹。", "choose a folder"),
    )
}
