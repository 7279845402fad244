//! How often somebody may ask: a bucket of tokens for each organisation, or for each other hub, in the memory of
//! this copy of the hub.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// How often somebody may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests at once.
    pub burst: u32,
    /// Requests a second in the long run.
    pub per_second: u32,
}

/// Askers above which full buckets are forgotten.
const MANY: usize = 10_000;

/// What one request costs, in thousandths of a token, so that milliseconds count in whole numbers.
const TOKEN: i64 = 1000;

/// A bucket for each `K` that asked lately.
pub(super) struct Buckets<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    /// Thousandths of a token.
    level: i64,
    /// When it had that level, in milliseconds.
    at: i64,
}

impl<K: Eq + Hash> Buckets<K> {
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::default() }
    }

    /// Takes a token at the time `now` in milliseconds; false if there is none.
    pub(super) fn take(&self, who: K, now: i64) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MANY {
            buckets.retain(|_, bucket| self.level(*bucket, now) < self.full());
        }
        let full = Bucket { level: self.full(), at: now };
        let bucket = buckets.entry(who).or_insert(full);
        let level = self.level(*bucket, now);
        let enough = level >= TOKEN;
        *bucket = Bucket { level: if enough { level - TOKEN } else { level }, at: now };
        enough
    }

    fn level(&self, bucket: Bucket, now: i64) -> i64 {
        // One token a second is one thousandth a millisecond. A clock that was set back fills nothing.
        let gained = now.saturating_sub(bucket.at).max(0).saturating_mul(i64::from(self.rate.per_second));
        bucket.level.saturating_add(gained).min(self.full())
    }

    fn full(&self) -> i64 {
        i64::from(self.rate.burst) * TOKEN
    }
}
