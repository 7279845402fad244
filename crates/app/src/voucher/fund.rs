//! The fund's side: enters vouchers in the ledger, revokes them, closes holds that are over, and decides about
//! redemptions that did not fit.

use std::path::Path;

use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::sdjwt::VCT_PREFIX;
use zizhi_model::{Limits, Text};
use zizhi_store::CredentialDirection;
use zizhi_sync::Id;
use zizhi_sync::api::{Decide, Decision, PutVoucher, Reason};
use zizhi_sync::ledger::decided;
use zizhi_sync::object;
use zizhi_sync::round::{Ask, Cause};
use zizhi_trust::KeyUse;

use super::failures::{absent, no_voucher, reason};
use super::{Desk, ledger, take, terms, token};
use crate::failure::Failure;
use crate::message_words::failure;
use crate::{files, issued_credentials, vault};

/// Where the voucher's credential is.
#[derive(Debug, Clone, Copy)]
pub enum Credential<'a> {
    /// A `.zzcred` that this fund issued.
    File(&'a Path),
    /// A credential that was issued here, by its row's id.
    Issued(&'a str),
}

/// Enters a voucher in the ledger, as its credential says it. Entering the same twice changes nothing. Gives the
/// voucher's id.
///
/// # Errors
/// `VOUCHER-TERMS`, `VOUCHER-NUMBER`, `VOUCHER-FUND` if another issued it; `IO-READ`, `HOLD-ABSENT`,
/// `VOUCHER-LEDGER`, `VOUCHER-CURRENT`, the code of the hub's refusal; as every write to the database.
pub fn enter(desk: &Desk<'_>, credential: Credential<'_>) -> Result<String, Failure> {
    let now = desk.host.now().timestamp();
    let bytes = match credential {
        Credential::File(path) => {
            let text = files::read_text(path, Limits::default().credential_bytes)?;
            own_signature(desk, text.trim().as_bytes(), now)?;
            text.into_bytes()
        }
        Credential::Issued(id) => {
            let reader = desk.database.reader()?;
            let row = reader.credential(id)?.filter(|row| row.direction == CredentialDirection::Issued);
            let row = row.ok_or_else(issued_credentials::absent)?;
            reader.credential_bytes(&row.id)?.ok_or_else(issued_credentials::absent)?
        }
    };
    let unfit = || no_voucher(("凭证种类（创新券）", "its type, an innovation voucher"));
    let payload = take::payload(bytes.trim_ascii(), now).ok_or_else(unfit)?;
    let entry = terms::of_credential(&payload, now)?;
    if entry.iss != desk.own()? {
        return Err(not_ours());
    }
    let id = entry.jti.as_str().to_owned();
    // The ledger keeps the first text: the same voucher is offered in the same words.
    let known = desk.database.reader()?.voucher(&id)?;
    let entry = match &known {
        Some(row) => {
            take::same(row, &entry)?;
            take::entry_of(row)?
        }
        None => entry,
    };
    let text = object::sign(desk.key, &entry).map_err(|error| unfit().because(error))?;
    let ask = Ask::enter_voucher(&entry.jti, &PutVoucher { entry: text })
        .map_err(|error| failure(Cause::Answer).because(error))?;
    // Kept first, so that an answer that is lost is asked for with the same entry.
    if known.is_none() {
        let log = desk.entry("voucher.entered")?.about("voucher", &id);
        let writer = desk.database.writer()?;
        writer.put_voucher(&take::row(&entry, None, ("credential", &id), desk.host)?)?;
        writer.commit(&log)?;
    }
    ledger::of(entry.iss.uscc(), desk)?.done(&ask, desk)?;
    drop(take::ask(desk, &id, entry.iss.uscc()));
    Ok(id)
}

/// A file can come from anywhere: only what the key of this database signed is entered.
fn own_signature(desk: &Desk<'_>, bytes: &[u8], at: i64) -> Result<(), Failure> {
    let key = vault::signing_public(desk.database, KeyUse::Credential)?;
    let expected = Expected { issuer: Some(&key), aud: None, nonce: None, at };
    let failed = inspect(bytes, &expected, &Limits::default()).failures().next().is_some();
    if failed { Err(not_ours()) } else { Ok(()) }
}

/// Whether a type of credential is a voucher's.
#[must_use]
pub fn is_voucher(credential_type: &str) -> bool {
    terms::VCT == format!("{VCT_PREFIX}{credential_type}:1")
}

/// Revokes a voucher: nothing more is redeemed on it.
///
/// # Errors
/// `VOUCHER-ABSENT`, `VOUCHER-REASON`, `VOUCHER-LEDGER`, `VOUCHER-CURRENT`, the code of the hub's refusal; as every
/// write to the database.
pub fn revoke(desk: &Desk<'_>, voucher: &str, why: &str) -> Result<(), Failure> {
    let why = reasoned(why)?;
    let ask = Ask::revoke_voucher(&token(voucher)?, &why);
    done(desk, voucher, "voucher.revoked", &ask.map_err(|error| reason().because(error))?).map(drop)
}

/// Closes a hold whose time is over.
///
/// # Errors
/// As [`revoke`], and `HOLD-EARLY` while its time runs.
pub fn close_hold(desk: &Desk<'_>, voucher: &str, hold: &str, why: &str) -> Result<(), Failure> {
    let why = reasoned(why)?;
    let hold = Id::parse(hold).map_err(|error| super::failures::no_hold().because(error))?;
    let ask = Ask::close_hold(&token(voucher)?, hold, &why);
    done(desk, voucher, "voucher.hold_closed", &ask.map_err(|error| reason().because(error))?).map(drop)
}

/// Decides about a redemption that did not fit. Accepted, it is redeemed if the amount is there by now; gives whether
/// it was.
///
/// # Errors
/// As [`revoke`], and `CONFLICT-UNKNOWN` if it was decided, `VOUCHER-OVERDRAWN` if the amount is not there.
pub fn decide(
    desk: &Desk<'_>,
    voucher: &str,
    conflict: &str,
    decision: Decision,
    why: &str,
) -> Result<bool, Failure> {
    let reasoned = reasoned(why)?;
    let unknown = || failure(Cause::Hub(zizhi_sync::api::Code::ConflictUnknown));
    let conflict = Id::parse(conflict).map_err(|error| unknown().because(error))?;
    let ask = Ask::decide_conflict(&token(voucher)?, conflict, &Decide { decision, reason: reasoned.reason });
    let body = done(desk, voucher, "voucher.decided", &ask.map_err(|error| reason().because(error))?)?;
    Ok(decided(&body, &Limits::default()).map_err(failure)?.is_some())
}

/// Asks, notes that it was done, and looks at the voucher again.
fn done(desk: &Desk<'_>, voucher: &str, action: &str, ask: &Ask) -> Result<Vec<u8>, Failure> {
    let fund = desk.database.reader()?.voucher(voucher)?.ok_or_else(absent)?.fund;
    let body = ledger::of(&fund, desk)?.done(ask, desk)?;
    let log = desk.entry(action)?.about("voucher", voucher);
    desk.database.writer()?.commit(&log)?;
    // It is done; what the ledger shows now is only news.
    drop(take::ask(desk, voucher, &fund));
    Ok(body)
}

fn reasoned(why: &str) -> Result<Reason, Failure> {
    let said = Reason { reason: why.trim().to_owned() };
    said.check().map_err(|error| reason().because(error))?;
    Ok(said)
}

fn not_ours() -> Failure {
    Failure::input(
        "VOUCHER-FUND",
        Text::fixed(
            "这张券不是用本单位的密钥签发的，没有登记。",
            "no key of this organisation signed this voucher; it was not entered",
        ),
        Text::fixed("请由发券单位登记。", "leave it to the fund that issued it"),
    )
}
