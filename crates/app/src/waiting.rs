//! What waits for attention: the numbers of the badges.

use chrono::{Days, NaiveDate};
use zizhi_model::civil;
use zizhi_store::{CaseFilter, CaseState, CredentialDirection, Database, Direction, Role};

use crate::failure::Failure;
use crate::{Host, after_restore, backups, held_changes};

/// Nobody reads a badge beyond this, and counting further takes time.
const MOST: usize = 999;
/// Days before its end from which a credential is told of.
const SOON: u64 = 90;

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Cases that are not decided.
    pub open_cases: u32,
    /// Cases, decided or not, in which the day has passed until which the firm was to add something.
    pub overdue: u32,
    /// Verdicts that moved, or of a firm credentials that stand otherwise than before, and nobody has looked at.
    pub notices: u32,
    /// Held credentials that end within ninety days or have ended.
    pub expiring: u32,
    /// Requests that may still be answered and are not.
    pub requests: u32,
    /// A backup is due.
    pub backup_due: bool,
    /// Status lists that wait since a restore, and one more where what was issued after the backup is not known.
    pub after_restore: u32,
}

/// Counts what waits.
///
/// # Errors
/// As every read of the database.
pub fn waiting(database: &Database, host: &dyn Host) -> Result<Waiting, Failure> {
    let backup_due = backups::due(database, host)?.is_some();
    let reader = database.reader()?;
    let open = CaseFilter {
        states: vec![CaseState::Received, CaseState::Accepted, CaseState::Supplement],
        ..CaseFilter::default()
    };
    let today = civil::date_in_shanghai(host.now());
    let overdue = CaseFilter { due_before: Some(today), ..CaseFilter::default() };
    let soon = today.checked_add_days(Days::new(SOON)).unwrap_or(today);
    // Long before any certificate.
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(today);
    let direction = match reader.profile()?.map(|owner| owner.role) {
        Some(Role::Firm) => Direction::Received,
        _ => Direction::Issued,
    };
    let requests = reader.requests(direction, None, MOST)?.rows;
    let waits = requests.iter().filter(|request| request.answered_by.is_none() && request.exp > host.now());
    Ok(Waiting {
        open_cases: number(reader.count_cases(&open, MOST)?),
        overdue: number(reader.count_cases(&overdue, MOST)?),
        notices: number(reader.unseen_notices(None, MOST)?.rows.len() + held_changes::unseen(&reader)?.len()),
        expiring: number(reader.credentials_ending(CredentialDirection::Held, first, soon, MOST)?.len()),
        requests: number(waits.count()),
        backup_due,
        after_restore: number(after_restore::count(&reader)?),
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
