//! Time and ids, passed to everything that needs them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zizhi_crypto::{Random as _, SystemRandom};
use zizhi_sync::Id;

/// Where a hub takes its time from.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970, UTC.
    fn milliseconds(&self) -> i64;

    /// Whole seconds since 1970, UTC.
    fn seconds(&self) -> i64 {
        self.milliseconds().div_euclid(1000)
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place of the hub that reads the machine's clock")]
    fn milliseconds(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// A new id of this moment.
pub(crate) fn id(clock: &dyn Clock) -> Id {
    let mut random = [0; 10];
    SystemRandom.fill(&mut random);
    Id::new(clock.milliseconds(), random)
}
