//! Long work that can be stopped, each by the id that its progress is told under.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use zizhi_app::stop::Stop;

use crate::desk::Open;

/// Work that is under way.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<HashMap<String, Stop>>);

impl Jobs {
    /// Notes work that begins, and gives what stops it. Work with an open database ends with it.
    pub(crate) fn begin(&self, job: &str, open: Option<&Open>) -> Stop {
        let stop = open.map_or_else(Stop::default, |open| open.closing.below());
        // Another thread that panicked left the map whole.
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Work that ended let go of its own.
        jobs.retain(|_, stop| stop.is_shared());
        jobs.insert(job.to_owned(), stop.clone());
        stop
    }

    /// Stops work. Work that ended is as good as stopped.
    pub(crate) fn stop(&self, job: &str) {
        if let Some(stop) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(job) {
            stop.ask();
        }
    }
}
