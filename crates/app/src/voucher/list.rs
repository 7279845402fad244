//! The vouchers of a desk and what was done with each, for a list and a page.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::money::Fen;
use zizhi_model::{Limits, Uscc};
use zizhi_store::{After, Database, Hold, Reader, Redemption, RedemptionState, Voucher};
use zizhi_sync::Token;
use zizhi_sync::api::{Conflict, VoucherView};
use zizhi_sync::ledger::{RedemptionReceipt, Shown, VoucherEntry};
use zizhi_verify::Library;

use super::failures::absent;
use super::{ledger, standing, take};
use crate::failure::Failure;
use crate::firm::no_profile;

/// What this organisation is to a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It gave it out.
    Fund,
    /// It holds it.
    Firm,
    /// It may redeem it.
    Redeemer,
}

/// A voucher for a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// What this organisation is to it.
    pub part: Part,
    /// The fund, and its name in the register.
    pub fund: (Uscc, Option<String>),
    /// The firm that holds it.
    pub firm: Uscc,
    /// What it pays for.
    pub entry: VoucherEntry,
    /// How much was redeemed, and how much is held: what the ledger said last, receipts and holds of this desk among it,
    /// or what the credential says is gone, before the ledger was seen.
    pub taken: (Fen, Fen),
    /// When the ledger said so last.
    pub seen: Option<DateTime<Utc>>,
    /// Why the fund revoked it.
    pub revoked: Option<String>,
    /// 预核销，未到账: what this desk booked and the ledger has not answered.
    pub provisional: Fen,
    /// Redemptions that wait for the fund's decision, as the ledger shows them.
    pub undecided: usize,
}

/// A voucher with everything that is known of it.
#[derive(Debug, Clone)]
pub struct Page {
    /// The voucher.
    pub line: Line,
    /// What this desk booked, the oldest first.
    pub redemptions: Vec<Redemption>,
    /// The holds of this desk, the oldest first.
    pub holds: Vec<Hold>,
    /// The ledger's receipts that this organisation may see.
    pub receipts: Vec<RedemptionReceipt>,
    /// Redemptions that did not fit, both the decided and the undecided.
    pub conflicts: Vec<Conflict>,
    /// The holds that the ledger shows, for the fund those of every redeemer; closed where this desk closed them since.
    pub held: Vec<(zizhi_sync::ledger::Hold, zizhi_sync::api::HoldLine)>,
}

/// Some of the vouchers, the newest first.
#[derive(Debug, Clone)]
pub struct Lines {
    /// The vouchers.
    pub lines: Vec<Line>,
    /// Where it goes on.
    pub next: Option<After>,
}

/// Vouchers whose number, or whose fund's or firm's code, begins with `text`: at most `limit` after `after`.
///
/// # Errors
/// `PROFILE-NONE`; as every read of the database.
pub fn list(
    database: &Database,
    library: Option<&Library>,
    text: &str,
    after: Option<After>,
    limit: usize,
) -> Result<Lines, Failure> {
    let reader = database.reader()?;
    let own = reader.profile()?.ok_or_else(no_profile)?.uscc;
    let page = reader.vouchers(text.trim(), after, limit)?;
    let told = |row: &Voucher| {
        let (booked, holds) = (reader.redemptions_of(&row.id)?, reader.holds_of(&row.id)?);
        line(row, (&booked, &holds), own, library)
    };
    let lines = page.rows.iter().map(told).collect::<Result<_, _>>()?;
    Ok(Lines { lines, next: page.next })
}

/// One voucher.
///
/// # Errors
/// `VOUCHER-ABSENT`, `PROFILE-NONE`; as every read of the database.
pub fn page(database: &Database, id: &str, library: Option<&Library>) -> Result<Page, Failure> {
    let reader = database.reader()?;
    let own = reader.profile()?.ok_or_else(no_profile)?.uscc;
    let row = reader.voucher(id)?.ok_or_else(absent)?;
    let (redemptions, holds) = (reader.redemptions_of(id)?, reader.holds_of(id)?);
    let line = line(&row, (&redemptions, &holds), own, library)?;
    let shown = shown(&reader, &row);
    let told = |line| standing::moved_on(line, &holds);
    Ok(Page {
        line,
        redemptions,
        conflicts: shown.as_ref().map(|shown| shown.view.conflicts.clone()).unwrap_or_default(),
        receipts: shown.as_ref().map(|shown| shown.receipts.clone()).unwrap_or_default(),
        held: shown
            .map(|shown| shown.holds.into_iter().zip(shown.view.holds.into_iter().map(told)).collect())
            .unwrap_or_default(),
        holds,
    })
}

/// The vouchers that this organisation gave out and on which redemptions wait for its decision, the newest first, each
/// with how many.
///
/// # Errors
/// `PROFILE-NONE`; as every read of the database.
pub fn undecided(database: &Database) -> Result<Vec<(String, usize)>, Failure> {
    let reader = database.reader()?;
    let own = reader.profile()?.ok_or_else(no_profile)?.uscc;
    let given = reader.vouchers("", None, usize::MAX)?.rows.into_iter().filter(|row| row.fund == own);
    let waiting = given.filter_map(|row| {
        let count = waiting(&serde_json::from_value(row.view?).ok()?);
        (count > 0).then_some((row.id, count))
    });
    Ok(waiting.collect())
}

/// The redemptions of a ledger's view that nobody has decided on.
fn waiting(view: &VoucherView) -> usize {
    view.conflicts.iter().filter(|conflict| conflict.judgement.is_none()).count()
}

/// Whether another of the voucher's redemptions, neither taken back nor refused, rests on the same document: an invoice
/// is paid once, and only people know whether a part of it was meant.
#[must_use]
pub fn same_document(row: &Redemption, all: &[Redemption]) -> bool {
    let stands =
        |it: &Redemption| !matches!(it.state, RedemptionState::Withdrawn | RedemptionState::Rejected);
    stands(row) && all.iter().any(|it| it.key != row.key && it.document == row.document && stands(it))
}

/// What the ledger said of a voucher last, verified again: nothing here rests on what was only stored.
pub(super) fn shown(reader: &Reader<'_>, row: &Voucher) -> Option<Shown> {
    let view = serde_json::to_vec(row.view.as_ref()?).ok()?;
    let keys = ledger::keys(reader, &row.fund).ok()?;
    Shown::read(&view, &Token::parse(&row.id).ok()?, &keys, &Limits::default()).ok()
}

/// A voucher with what was booked on it and held of it here.
fn line(
    row: &Voucher,
    (booked, holds): (&[Redemption], &[Hold]),
    own: Uscc,
    library: Option<&Library>,
) -> Result<Line, Failure> {
    let view: Option<VoucherView> = row.view.clone().and_then(|view| serde_json::from_value(view).ok());
    let open = booked.iter().filter(|line| line.state == RedemptionState::Provisional);
    let record = library.and_then(|library| library.trust().issuer(&row.fund).ok().flatten());
    Ok(Line {
        id: row.id.clone(),
        part: match own {
            own if own == row.fund => Part::Fund,
            own if own == row.firm => Part::Firm,
            _ => Part::Redeemer,
        },
        fund: (row.fund, record.map(|record| record.name.clone())),
        firm: row.firm,
        entry: take::entry_of(row)?,
        taken: standing::known(row, view.as_ref(), booked, holds),
        seen: row.seen,
        revoked: view.as_ref().and_then(|view| view.revoked.as_ref()).map(|revoked| revoked.reason.clone()),
        provisional: Fen(open.map(|line| line.amount).sum()),
        undecided: view.as_ref().map_or(0, waiting),
    })
}

impl Line {
    /// What is neither redeemed nor held nor booked here, as far as this desk knows.
    #[must_use]
    pub fn free(&self) -> Fen {
        let (spent, held) = self.taken;
        let left = self.entry.amount.0.saturating_sub(spent.0).saturating_sub(held.0);
        Fen(left.saturating_sub(self.provisional.0).max(0))
    }

    /// Whether its last day is over on `today`.
    #[must_use]
    pub fn is_over(&self, today: NaiveDate) -> bool {
        today > self.entry.until
    }
}
