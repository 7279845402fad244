//! Takes a voucher: from a dossier that was received, or from the ledger itself.

use std::path::Path;

use serde_json::{Map, Value};
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_dossier::Opened;
use zizhi_model::money::Fen;
use zizhi_model::{Limits, Uscc, Verdict};
use zizhi_store::{Database, Voucher, Writer};
use zizhi_sync::ledger::{Shown, VoucherEntry};
use zizhi_sync::round::{Ask, Cause};
use zizhi_verify::{Input, Library, Report, verify};

use super::failures::{absent, no_voucher, other_fund, verdict};
use super::fund::is_voucher;
use super::{Desk, ledger, terms, token};
use crate::case_documents::latest_report;
use crate::case_steps::find;
use crate::failure::Failure;
use crate::message_words::failure;
use crate::receive_dossier::recipient;
use crate::verify_file::plain_file;
use crate::{Host, SOFTWARE, hub_join};

/// Takes the voucher that a case presents, if the verdict on the case lets it pass. Gives the voucher's id.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-ROLE`, `VOUCHER-VERDICT`, `VOUCHER-TERMS`; as every write to the database.
pub fn take_case(database: &Database, case_id: &str, host: &dyn Host) -> Result<String, Failure> {
    recipient(database)?;
    let presented = {
        let reader = database.reader()?;
        let case = find(&reader, case_id)?;
        passing(case.verdict)?;
        let (_, report) = latest_report(&reader, case_id)?;
        let mut original =
            reader.open_original(&case.original)?.ok_or_else(|| crate::rejudge::lost(&case))?;
        let opened = zizhi_dossier::open(&mut original, &Limits::default())
            .map_err(|error| Failure::unreadable(case.file_name.as_ref(), error))?;
        presented(&report, &opened, host)?
    };
    keep(database, &presented, ("case", case_id), host)
}

/// Takes the voucher of a dossier in a file, which is verified first. Gives the voucher's id.
///
/// # Errors
/// `CASE-ROLE`, `VOUCHER-VERDICT`, `VOUCHER-TERMS`, `IO-READ`, `SEAL-IDENTITY`, `SEAL-DAMAGED`; as every write to
/// the database.
pub fn take_file(
    database: &Database,
    path: &Path,
    library: &Library,
    identities: &[String],
    host: &dyn Host,
) -> Result<String, Failure> {
    let own = recipient(database)?;
    let limits = Limits::default();
    let mut file = plain_file(path, identities, &limits)?;
    let opened = zizhi_dossier::open(&mut file, &limits).map_err(|error| Failure::unreadable(path, error))?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let report = verify(&Input {
        file_name: &name,
        opened: &opened,
        library,
        now: host.now(),
        recipient: Some(own),
        limits: &limits,
        memory: None,
        software: SOFTWARE,
    });
    passing(Some(report.verdict))?;
    keep(database, &presented(&report, &opened, host)?, ("dossier", &name), host)
}

/// Asks the ledger of `fund` for a voucher and keeps what it shows.
///
/// # Errors
/// `VOUCHER-NUMBER`, `VOUCHER-LEDGER`, `VOUCHER-CURRENT`, the code of the hub's refusal, `HUB-ANSWER`, `HUB-RECEIPT`;
/// as every write to the database.
pub fn ask(desk: &Desk<'_>, id: &str, fund: &Uscc) -> Result<Voucher, Failure> {
    let number = token(id)?;
    let mut at = ledger::of(fund, desk)?;
    let body = at.done(&Ask::voucher(&number), desk)?;
    let shown = Shown::read(&body, &number, &at.keys, &Limits::default())
        .map_err(|error| failure(Cause::Receipt).because(error))?;
    if shown.entry.iss.uscc() != fund {
        return Err(failure(Cause::Receipt));
    }
    let entry = desk.entry("voucher.seen")?.about("voucher", id);
    let writer = desk.database.writer()?;
    let row = if let Some(known) = writer.voucher(id)? {
        same(&known, &shown.entry)?;
        // What the ledger has is what counts, whatever the credential said.
        Voucher { terms: json(&shown.entry)?, amount: shown.entry.amount.0, ..known }
    } else {
        row(&shown.entry, None, ("ledger", fund.as_str()), desk.host)?
    };
    writer.put_voucher(&row)?;
    see(&writer, &shown, desk)?;
    let row = writer.voucher(id)?.ok_or_else(absent)?;
    writer.commit(&entry)?;
    Ok(row)
}

/// Keeps what a ledger showed of a voucher that is known here.
pub(super) fn see(writer: &Writer<'_>, shown: &Shown, desk: &Desk<'_>) -> Result<(), Failure> {
    let view = serde_json::to_value(&shown.view).map_err(|error| failure(Cause::Answer).because(error))?;
    writer.set_voucher_view(shown.entry.jti.as_str(), &view, desk.host.now())?;
    super::withheld::note(writer, shown, desk.host)?;
    super::round::compare(writer, shown)
}

fn keep(
    database: &Database,
    (entry, balance): &(VoucherEntry, Option<Fen>),
    about: (&str, &str),
    host: &dyn Host,
) -> Result<String, Failure> {
    let id = entry.jti.as_str().to_owned();
    let log = hub_join::entry(database, "voucher.taken", host)?.about("voucher", &id);
    let writer = database.writer()?;
    let known = writer.voucher(&id)?;
    if let Some(known) = &known {
        same(known, entry)?;
    }
    // What the ledger said of it before counts for more.
    if known.is_none_or(|known| known.view.is_none()) {
        writer.put_voucher(&row(entry, *balance, about, host)?)?;
    }
    writer.commit(&log)?;
    Ok(id)
}

/// A number is one fund's: two funds that use the same one are not mixed up.
pub(super) fn same(known: &Voucher, entry: &VoucherEntry) -> Result<(), Failure> {
    let same = known.fund == *entry.iss.uscc() && known.firm == *entry.sub.uscc();
    if same { Ok(()) } else { Err(other_fund()) }
}

/// The row of a voucher that nobody has asked the ledger for.
pub(super) fn row(
    entry: &VoucherEntry,
    balance: Option<Fen>,
    (about_kind, about_id): (&str, &str),
    host: &dyn Host,
) -> Result<Voucher, Failure> {
    Ok(Voucher {
        id: entry.jti.as_str().to_owned(),
        fund: *entry.iss.uscc(),
        firm: *entry.sub.uscc(),
        amount: entry.amount.0,
        balance: balance.map(|balance| balance.0),
        terms: json(entry)?,
        about_kind: about_kind.to_owned(),
        about_id: about_id.to_owned(),
        view: None,
        seen: None,
        created: host.now(),
    })
}

/// What a voucher that is known here pays for.
pub(super) fn entry_of(row: &Voucher) -> Result<VoucherEntry, Failure> {
    serde_json::from_value(row.terms.clone()).map_err(|error| absent().because(error))
}

fn json(entry: &VoucherEntry) -> Result<Value, Failure> {
    serde_json::to_value(entry).map_err(|error| absent().because(error))
}

fn passing(found: Option<Verdict>) -> Result<(), Failure> {
    if matches!(found, Some(Verdict::Passed | Verdict::PassedWithConditions)) {
        Ok(())
    } else {
        Err(verdict())
    }
}

/// The first voucher of a dossier that passes by itself, and what it says is left: the dossier's verdict need not rest
/// on it.
fn presented(
    report: &Report,
    opened: &Opened,
    host: &dyn Host,
) -> Result<(VoucherEntry, Option<Fen>), Failure> {
    let at = host.now().timestamp();
    let vouchers = report.credentials.iter().filter(|it| is_voucher(&it.credential_type));
    let mut refused = no_voucher(("创新券", "an innovation voucher"));
    for credential in vouchers {
        if passing(Some(credential.verdict)).is_err() {
            refused = verdict();
            continue;
        }
        let found = opened.credentials.iter().find(|found| found.path == credential.path);
        if let Some(payload) = found.and_then(|found| payload(&found.bytes, at)) {
            return Ok((terms::of_credential(&payload, at)?, terms::balance(&payload)));
        }
    }
    Err(refused)
}

/// What a credential says, with everything that is disclosed.
pub(super) fn payload(bytes: &[u8], at: i64) -> Option<Map<String, Value>> {
    let expected = Expected { issuer: None, aud: None, nonce: None, at };
    match inspect(bytes, &expected, &Limits::default()).payload? {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
