//! Settles the status lists of a restored database: who is at the desk gives a list as it was last exported,
//! or states what was revoked, suspended or ended since the backup. Only then is a list signed again.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::json;
use zizhi_credential::status::{MAX_TOKEN_BYTES, StatusToken};
use zizhi_crypto::digest;
use zizhi_model::{Text, civil};
use zizhi_store::{Credential, CredentialDirection, CredentialState, Reader, Writer};
use zizhi_trust::KeyUse;

use crate::after_restore::{AfterRestore, after_restore, made_at, settled, unsettled};
use crate::failure::{Failure, told};
use crate::files;
use crate::incubator::Incubator;
use crate::issued_credentials::{Issued, absent, titled};
use crate::own_status_lists::{
    exceptions, learn, own_token, state_of, status_of, take_in, worsen, worsen_place,
};
use crate::register_fields as fields;
use crate::vault;

/// By what lists are settled.
#[derive(Debug, Clone, Copy)]
pub enum Settling<'a> {
    /// A list as it was last exported, the file of which [`read_list`] told this digest.
    File(&'a Path, [u8; 32]),
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
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// Credentials of this database with the status that it gives them, where that is another than they have.
    pub adds: Vec<Issued>,
    /// How many more places it marks, of credentials that this database does not know.
    pub unknown: usize,
}

/// Reads a list for who is at the desk; nothing is settled by it.
///
/// # Errors
/// `STATUS-SETTLED` if none is open; `IO-READ`, `STATUS-FOREIGN` for a file that is no list of these signed by this
/// organisation, `STATUS-OLDER` for one that is older than what the database has or than the backup, so that it says
/// nothing of the time after it.
pub fn read_list(incubator: &Incubator<'_>, path: &Path) -> Result<ReadList, Failure> {
    let reader = incubator.database.reader()?;
    let open = unsettled(&reader)?;
    if open.is_empty() {
        return Err(none_open());
    }
    let Given { token, text } = given(&reader, &open, path)?;
    let row = reader.status_list(&token.uri)?.ok_or_else(|| foreign(path))?;
    let known = exceptions(&row)?;
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
    let signed_at = civil::from_numeric_date(token.issued_at).ok_or_else(|| foreign(path))?;
    Ok(ReadList { uri: token.uri, signed_at, sha256: digest::sha256(text.as_bytes()), adds, unknown })
}

/// Settles lists, and tells what is still open. The passphrase is asked for as for a signature: what is settled is
/// signed from then on.
///
/// # Errors
/// As [`read_list`]; `STATUS-REASON` without a reason, `CREDENTIAL-NONE` for a credential that is in none of these
/// lists, `STATUS-CHANGED` for another file than was read; those of the key; as every write to the database. Nothing
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
    let writer = incubator.database.writer()?;
    match by {
        Settling::Stated(since, reason) => {
            let reason =
                fields::line(reason).ok().filter(|reason| !reason.is_empty()).ok_or_else(no_reason)?;
            for uri in &open {
                learn(&writer, uri, incubator.library.trust(), now)?;
            }
            for (id, state) in since {
                mark(&writer, &open, id, *state, (&reason, now))?;
            }
            settled(&writer, &open)?;
            let changed: Vec<_> = since.iter().map(|(id, state)| json!([id, state.as_str()])).collect();
            writer.commit(&entry.with(json!({ "lists": open, "reason": reason, "changed": changed })))?;
        }
        Settling::File(path, sha256) => {
            let Given { token, text } = given(&writer, &open, path)?;
            if digest::sha256(text.as_bytes()) != sha256 {
                return Err(changed(path));
            }
            let row = writer.status_list(&token.uri)?.ok_or_else(|| foreign(path))?;
            take_in(&writer, row, &token, &text, now)?;
            learn(&writer, &token.uri, incubator.library.trust(), now)?;
            settled(&writer, std::slice::from_ref(&token.uri))?;
            let summary = json!({ "iat": token.issued_at });
            writer.commit(&entry.about("status_list", &token.uri).with(summary))?;
        }
    }
    after_restore(incubator)
}

/// A file that was given, and what it says.
struct Given {
    token: StatusToken,
    text: String,
}

/// Reads a list of those that are open, and refuses one that says nothing of the time after the backup.
fn given(reader: &Reader<'_>, open: &[String], path: &Path) -> Result<Given, Failure> {
    let text = files::read(path, MAX_TOKEN_BYTES as u64)?;
    // Whatever is no text is no list either.
    let text = String::from_utf8(text).map_err(|_| foreign(path))?.trim().to_owned();
    let token = own_token(reader, &text)?.filter(|token| open.contains(&token.uri));
    let token = token.ok_or_else(|| foreign(path))?;
    let known = reader.status_list(&token.uri)?.and_then(|row| row.iat);
    if known.is_some_and(|known| token.issued_at < known.timestamp()) {
        return Err(older(path, token.issued_at));
    }
    let made = made_at(reader)?;
    if made.is_some_and(|made| token.issued_at <= made.timestamp()) {
        return Err(before_backup(path, token.issued_at));
    }
    Ok(Given { token, text })
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

fn changed(path: &Path) -> Failure {
    Failure::refused(
        "STATUS-CHANGED",
        format!("{} 已不是刚才核对的内容，没有核对。", path.display()),
        format!("{} is no longer the file that was read; nothing was settled", path.display()),
        "请重新选择文件。",
        "choose the file again",
    )
}

fn before_backup(path: &Path, iat: i64) -> Failure {
    let (zh, en) = signed_on(iat);
    Failure::input(
        "STATUS-OLDER",
        told(
            format!("{} 是做备份之前签的名单{zh}，说明不了备份之后的撤销和暂停，没有核对。", path.display()),
            format!(
                "{} was signed before the backup was made{en} and says nothing of what was revoked after it; nothing was settled",
                path.display()
            ),
        ),
        Text::fixed(
            "请选择备份之后最后一次导出的名单；也可以向发布信任数据的一方索取最近收到的一份。备份之后没有导出过的，请改用逐份勾选或写明没有变动。",
            "choose the list that was exported last after the backup, or ask whoever publishes the trust data for the newest one they got; where none was exported since, state what changed or that nothing did",
        ),
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

fn foreign(path: &Path) -> Failure {
    Failure::refused(
        "STATUS-FOREIGN",
        format!("{} 不是本单位签过、需要核对的吊销名单，没有核对。", path.display()),
        format!(
            "{} is none of the lists to be settled, signed by this organisation; nothing was settled",
            path.display()
        ),
        "请选择本单位最后一次导出的吊销名单文件（.jwt）。",
        "choose the file (.jwt) of the status list as this organisation last exported it",
    )
}

fn older(path: &Path, iat: i64) -> Failure {
    let (zh, en) = signed_on(iat);
    Failure::input(
        "STATUS-OLDER",
        told(
            format!("{} 比数据库里的名单还旧{zh}，没有核对。", path.display()),
            format!("{} is older than the list in the database{en}; nothing was settled", path.display()),
        ),
        Text::fixed("请选择最后一次导出的吊销名单文件。", "choose the file that was exported last"),
    )
}
