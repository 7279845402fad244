//! Whether the machine's clock can be right: no earlier than the newest signed time that was ever seen.

use chrono::{DateTime, TimeDelta, Utc};
use zizhi_store::Database;
use zizhi_verify::Memory as _;

use crate::Host;
use crate::failure::Failure;
use crate::trust_data::Remembered;

/// Clocks of two machines differ; more than this is no longer that (sync.md, Freshness).
const ALLOWED: TimeDelta = TimeDelta::minutes(10);

/// Whether the clock is behind what the trust data or the database has seen.
///
/// # Errors
/// As every read of the database.
pub fn clock_behind(
    remembered: Option<&Remembered>,
    database: Option<&Database>,
    host: &dyn Host,
) -> Result<bool, Failure> {
    let kept = remembered.and_then(|remembered| remembered.newest_signed_time());
    let seen = match database {
        Some(database) => database.reader()?.newest_signed_time()?,
        None => None,
    };
    Ok(kept.max(seen).is_some_and(|newest| is_behind(host.now(), newest)))
}

fn is_behind(now: DateTime<Utc>, newest: DateTime<Utc>) -> bool {
    newest - now > ALLOWED
}
