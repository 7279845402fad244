//! What the programs of one history share with whoever plays it: whether times are rough, who died, what happened.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

use zizhi_sync::Digest;

#[derive(Default)]
pub struct Stage {
    /// Whether programs may die and requests come twice.
    pub rough: Cell<bool>,
    /// Who has died of itself since it was last asked.
    pub fallen: RefCell<Vec<&'static str>>,
    lines: RefCell<Vec<String>>,
    counts: RefCell<Tally>,
}

/// How often which thing happened.
pub type Tally = BTreeMap<String, u64>;

impl Stage {
    /// Notes what happened at this moment.
    pub fn note(&self, who: &str, what: &str) {
        self.note_at(turmoil::sim_elapsed().unwrap_or_default(), who, what);
    }

    /// The same where no program is running.
    pub fn note_at(&self, when: Duration, who: &str, what: &str) {
        self.lines.borrow_mut().push(format!("{:>7} {who:<4}{what}", when.as_millis()));
    }

    pub fn count(&self, what: &str) {
        *self.counts.borrow_mut().entry(what.to_owned()).or_default() += 1;
    }

    pub fn counts(&self) -> Tally {
        self.counts.borrow().clone()
    }

    /// Whoever calls this ends here, and is started again later.
    pub async fn fall(&self, who: &'static str) {
        self.note(who, "dies");
        self.count(if who == "hub" { "hub died at work" } else { "desk died at work" });
        self.fallen.borrow_mut().push(who);
        std::future::pending().await
    }

    /// Everything that happened, line by line.
    pub fn told(&self) -> String {
        self.lines.borrow().join("\n")
    }

    /// What tells two histories apart.
    pub fn digest(&self) -> Digest {
        Digest::of(self.told().as_bytes())
    }
}
