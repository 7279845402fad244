//! Ends work before its time: a person stops it, locks the database or closes the program.
//!
//! What waits for the network cannot be interrupted. It is left behind on a thread of its own, which holds
//! nothing of the database, and whatever it still brings is not looked at any more.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use zizhi_model::Text;

use crate::failure::Failure;

/// How often is looked whether to go on, while something is waited for.
const LOOK: Duration = Duration::from_millis(20);

/// Whether work is to end. Its clones are the same one.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Asked>);

#[derive(Debug, Default)]
struct Asked {
    here: AtomicBool,
    /// What ends this work as well.
    above: Option<Stop>,
}

impl Stop {
    /// For work that also ends where this is asked for.
    #[must_use]
    pub fn below(&self) -> Self {
        Self(Arc::new(Asked { here: AtomicBool::default(), above: Some(self.clone()) }))
    }

    /// Asks the work to end. It is never taken back.
    pub fn ask(&self) {
        self.0.here.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to end.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.here.load(Ordering::Relaxed) || self.0.above.as_ref().is_some_and(Self::is_asked)
    }

    /// The same as an answer to work that tells how far it is.
    pub fn goes_on(&self) -> ControlFlow<()> {
        if self.is_asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether anybody else holds it: work that was begun with it is under way.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Lets so much time pass, unless somebody asks to end; whether somebody did.
    #[must_use]
    pub fn is_asked_within(&self, time: Duration) -> bool {
        let looks = time.as_millis() / LOOK.as_millis();
        (0..looks).any(|_| {
            thread::sleep(LOOK);
            self.is_asked()
        })
    }

    /// Does something that may wait for long, for as long as nobody asked to end; nothing if somebody did.
    pub(crate) fn beside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        if self.is_asked() {
            return None;
        }
        let (tell, told) = mpsc::sync_channel(1);
        // There may be nobody left who listens.
        thread::spawn(move || drop(tell.send(work())));
        loop {
            match told.recv_timeout(LOOK) {
                Ok(done) => return Some(done),
                Err(RecvTimeoutError::Timeout) if self.is_asked() => return None,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

/// Work was stopped that is done whole or not at all.
#[must_use]
pub fn stopped() -> Failure {
    Failure::input(
        "WORK-STOPPED",
        Text::fixed(
            "已停止，这项工作没有做，也没有留下做了一半的内容。",
            "it was stopped; it was not done, and nothing half-done is left",
        ),
        Text::fixed(
            "原来的内容都还在，可以随时重新开始。",
            "all is as it was before; it can be begun again at any time",
        ),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn time_passes_until_somebody_asks_to_end() {
        let (stop, began) = (Stop::default(), Instant::now());
        assert!(!stop.is_asked_within(Duration::from_millis(60)));
        assert!(began.elapsed() >= Duration::from_millis(60));
        let other = stop.clone();
        let asking = thread::spawn(move || other.ask());
        assert!(stop.is_asked_within(Duration::from_secs(600)));
        asking.join().unwrap();
    }
}
