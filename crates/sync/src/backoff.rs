//! How long to wait before a hub is asked again: decorrelated jitter, and what the hub itself says.
//!
//! Each wait is drawn between one second and three times the one before, so that desktops that lost their
//! hub at the same moment do not come back at the same moment.

use std::time::Duration;

/// The shortest wait.
pub const SHORTEST: Duration = Duration::from_secs(1);
/// The longest wait that nobody asked for.
pub const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The wait after one of `previous` (zero before the first), drawn with 64 `random` bits. `retry_after` is
/// what the hub asked for, in seconds: the wait is no shorter, even where that is longer than [`LONGEST`].
#[must_use]
pub fn next_wait(previous: Duration, random: u64, retry_after: Option<u64>) -> Duration {
    let (shortest, longest) = (millis(SHORTEST), millis(LONGEST));
    let reach = millis(previous).saturating_mul(3).clamp(shortest, longest);
    let span = reach.saturating_sub(shortest).saturating_add(1);
    let drawn = shortest.saturating_add(random.checked_rem(span).unwrap_or(0));
    Duration::from_millis(drawn.max(retry_after.unwrap_or(0).saturating_mul(1000)))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
