//! The time of the desk: the machine's, or in 演练模式 that of the stories, which goes on from there.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use zizhi_app::Host;
use zizhi_crypto::Random;

/// The host that was given, with its clock set forward or back.
pub(crate) struct Clock {
    real: Arc<dyn Host + Send + Sync>,
    ahead: RwLock<TimeDelta>,
}

impl Clock {
    /// The host's own time.
    pub(crate) fn new(real: Arc<dyn Host + Send + Sync>) -> Self {
        Self { real, ahead: RwLock::new(TimeDelta::zero()) }
    }

    /// From now on it is `time`, and goes on as the host's clock does.
    pub(crate) fn set(&self, time: DateTime<Utc>) {
        *self.ahead.write().unwrap_or_else(PoisonError::into_inner) = time - self.real.now();
    }

    /// From now on it is the host's own time again.
    pub(crate) fn reset(&self) {
        *self.ahead.write().unwrap_or_else(PoisonError::into_inner) = TimeDelta::zero();
    }
}

impl Host for Clock {
    fn now(&self) -> DateTime<Utc> {
        let ahead = *self.ahead.read().unwrap_or_else(PoisonError::into_inner);
        self.real.now().checked_add_signed(ahead).unwrap_or_else(|| self.real.now())
    }

    fn random(&self) -> Box<dyn Random> {
        self.real.random()
    }
}
