//! What the world gives to a use case: the time and randomness. Nothing else in the workspace reads a
//! clock, so that a test, a demonstration and a replay of an old verdict can set it.

use chrono::{DateTime, Utc};
use zizhi_crypto::{Random, SystemRandom};

/// The world as a use case sees it.
pub trait Host: Sync {
    /// The time now.
    fn now(&self) -> DateTime<Utc>;
    /// A source of randomness.
    fn random(&self) -> Box<dyn Random>;
}

/// The machine's own clock and random generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemHost;

impl Host for SystemHost {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn random(&self) -> Box<dyn Random> {
        Box::new(SystemRandom)
    }
}

/// The machine's randomness at a time that the caller sets (`--at`, demonstrations, tests).
#[derive(Debug, Clone, Copy)]
pub struct FixedTime(pub DateTime<Utc>);

impl Host for FixedTime {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }

    fn random(&self) -> Box<dyn Random> {
        Box::new(SystemRandom)
    }
}
