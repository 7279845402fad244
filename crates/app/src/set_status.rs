//! Changes the status of issued credentials: revokes 撤销, suspends 暂停, ends 注销, restores 恢复; and signs
//! the status list anew. What is revoked or ended stays so, since somebody may have acted on it.

use std::collections::BTreeMap;

use serde_json::json;
use zizhi_credential::status::Status;
use zizhi_model::Text;
use zizhi_store::{Credential, CredentialDirection, CredentialState};
use zizhi_trust::KeyUse;

use crate::after_restore::refuse_unsettled;
use crate::failure::{Failure, told};
use crate::incubator::Incubator;
use crate::issued_credentials::{Issued, absent, titled};
use crate::own_status_lists::{sign_anew, status_of};
use crate::register_fields as fields;
use crate::vault;

/// Gives credentials a status. All of them get it, or none.
///
/// # Errors
/// `STATUS-REASON` without a reason; `CREDENTIAL-NONE`; `STATUS-FINAL` for one that is revoked or ended,
/// `STATUS-SAME` for one that has this status; those of the key; as every write to the database.
pub fn set_status(
    incubator: &Incubator<'_>,
    ids: &[String],
    state: CredentialState,
    reason: &str,
    passphrase: &str,
) -> Result<Vec<Issued>, Failure> {
    let reason = fields::line(reason).ok().filter(|reason| !reason.is_empty()).ok_or_else(no_reason)?;
    let owner = incubator.owner()?.uscc;
    let before = changeable(incubator, ids, state)?;
    let folder = incubator.database.folder();
    let key = vault::signing_key(incubator.database, folder, passphrase, KeyUse::Status)?;
    let now = incubator.host.now();

    let writer = incubator.database.writer()?;
    let mut lists: BTreeMap<&str, Vec<(u64, Status)>> = BTreeMap::new();
    let mut changed = Vec::with_capacity(before.len());
    for row in &before {
        // Another window may have been faster.
        let row_now = writer.credential(&row.id)?.ok_or_else(absent)?;
        may_change(&row_now, state)?;
        writer.set_credential_state(&row.id, state, Some(&reason), now)?;
        if let (Some(uri), Some(idx)) = (&row.status_uri, row.status_idx) {
            lists.entry(uri).or_default().push((idx, status_of(state)));
        }
        changed.extend(writer.credential(&row.id)?);
    }
    for (uri, changes) in &lists {
        sign_anew(incubator, &writer, uri, changes, &owner, &key)?;
    }
    let entry = incubator.entry("credentials.status_set")?;
    let entry = match before.as_slice() {
        [only] => entry.about("credential", &only.id),
        _ => entry,
    };
    let ids: Vec<&str> = before.iter().map(|row| row.id.as_str()).collect();
    writer.commit(&entry.with(json!({"status": state.as_str(), "credentials": ids})))?;
    Ok(titled(changed, incubator.library.trust()))
}

/// The credentials, each once, all of which may change so.
fn changeable(
    incubator: &Incubator<'_>,
    ids: &[String],
    state: CredentialState,
) -> Result<Vec<Credential>, Failure> {
    let reader = incubator.database.reader()?;
    let mut rows: Vec<Credential> = Vec::with_capacity(ids.len());
    let mut seen = std::collections::HashSet::new();
    for id in ids.iter().filter(|id| seen.insert(id.as_str())) {
        let row = reader.credential(id)?.filter(|row| row.direction == CredentialDirection::Issued);
        let row = row.ok_or_else(absent)?;
        may_change(&row, state)?;
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(absent());
    }
    refuse_unsettled(&reader, rows.iter().filter_map(|row| row.status_uri.as_deref()))?;
    Ok(rows)
}

fn may_change(row: &Credential, state: CredentialState) -> Result<(), Failure> {
    match row.state {
        CredentialState::Revoked | CredentialState::Ended => Err(is_final(row)),
        now if now == state => Err(same(row)),
        _ => Ok(()),
    }
}

fn word(state: CredentialState) -> (&'static str, &'static str) {
    match state {
        CredentialState::Valid => ("有效", "valid"),
        CredentialState::Suspended => ("已暂停", "suspended"),
        CredentialState::Revoked => ("已撤销", "revoked"),
        CredentialState::Ended => ("已注销", "ended"),
    }
}

/// A credential as people tell it from others.
fn called(row: &Credential) -> String {
    match &row.number {
        Some(number) => format!("{}（{number}）", row.subject_name),
        None => row.subject_name.clone(),
    }
}

fn is_final(row: &Credential) -> Failure {
    let (zh, en) = word(row.state);
    Failure::input(
        "STATUS-FINAL",
        told(
            format!("{}的凭证{zh}，不能再改变状态。没有作任何改动。", called(row)),
            format!("the credential of {} is {en}, which is final; nothing was changed", called(row)),
        ),
        Text::fixed("需要时请重新签发一份。", "issue a new one if it is needed"),
    )
}

fn same(row: &Credential) -> Failure {
    let (zh, en) = word(row.state);
    Failure::input(
        "STATUS-SAME",
        told(
            format!("{}的凭证现在就是“{zh}”，没有作任何改动。", called(row)),
            format!("the credential of {} is {en} already; nothing was changed", called(row)),
        ),
        Text::fixed("请只选择状态不同的凭证。", "choose only credentials with another status"),
    )
}

fn no_reason() -> Failure {
    Failure::input(
        "STATUS-REASON",
        Text::fixed("没有写明原因，没有作任何改动。", "no reason was given; nothing was changed"),
        Text::fixed("请填写原因，如“已毕业”“信息有误”。", "give a reason, such as: has graduated, was wrong"),
    )
}
