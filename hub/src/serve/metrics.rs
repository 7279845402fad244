//! Counters in the text form of Prometheus. No label has a value that a client chose.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::store::Queue;

/// The upper bounds of the histogram, in milliseconds.
const BOUNDS: [u64; 8] = [5, 10, 25, 50, 100, 200, 1000, 5000];

/// What a hub counts.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(String, u16), u64>>,
    times: Mutex<BTreeMap<String, Times>>,
    outcomes: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    limited: AtomicU64,
}

#[derive(Debug, Default)]
struct Times {
    within: [u64; BOUNDS.len()],
    count: u64,
    microseconds: u64,
}

impl Metrics {
    /// Counts a request on a route, as the router knows it.
    pub(super) fn request(&self, route: &str, status: u16, took: Duration) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((route.to_owned(), status)).or_default() += 1;
        drop(requests);
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let times = times.entry(route.to_owned()).or_default();
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        for (bound, count) in BOUNDS.iter().zip(&mut times.within) {
            *count += u64::from(microseconds <= bound * 1000);
        }
        times.count += 1;
        times.microseconds = times.microseconds.saturating_add(microseconds);
    }

    /// Counts what became of something: `what` is `message`, `redemption` and so on.
    pub(super) fn outcome(&self, what: &'static str, became: &'static str) {
        let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        *outcomes.entry((what, became)).or_default() += 1;
    }

    /// Counts a request that came too soon.
    pub(super) fn limited(&self) {
        self.limited.fetch_add(1, Ordering::Relaxed);
    }

    /// Everything as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(4096);
        head(&mut out, "zizhi_hub_requests_total", "counter", "Requests by route and status.");
        for ((route, status), count) in &*self.requests.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ =
                writeln!(out, "zizhi_hub_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}");
        }
        head(
            &mut out,
            "zizhi_hub_request_seconds",
            "histogram",
            "Seconds from the first byte to the answer.",
        );
        for (route, times) in &*self.times.lock().unwrap_or_else(PoisonError::into_inner) {
            for (bound, count) in BOUNDS.iter().zip(times.within) {
                let _ = writeln!(
                    out,
                    "zizhi_hub_request_seconds_bucket{{route=\"{route}\",le=\"{}.{:03}\"}} {count}",
                    bound / 1000,
                    bound % 1000
                );
            }
            let (count, sum) = (times.count, times.microseconds);
            let _ =
                writeln!(out, "zizhi_hub_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}");
            let _ = writeln!(
                out,
                "zizhi_hub_request_seconds_sum{{route=\"{route}\"}} {}.{:06}",
                sum / 1_000_000,
                sum % 1_000_000
            );
            let _ = writeln!(out, "zizhi_hub_request_seconds_count{{route=\"{route}\"}} {count}");
        }
        head(
            &mut out,
            "zizhi_hub_outcomes_total",
            "counter",
            "What became of messages, redemptions and holds.",
        );
        for ((what, became), count) in &*self.outcomes.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(out, "zizhi_hub_outcomes_total{{what=\"{what}\",became=\"{became}\"}} {count}");
        }
        head(&mut out, "zizhi_hub_limited_total", "counter", "Requests that came too soon.");
        let _ = writeln!(out, "zizhi_hub_limited_total {}", self.limited.load(Ordering::Relaxed));
        out
    }
}

/// What waits for other hubs at the time `now`, as text. Peers are named by operators.
pub(super) fn outbox(queues: &[Queue], now: i64) -> String {
    let mut out = String::new();
    head(&mut out, "zizhi_hub_outbox_messages", "gauge", "Messages that wait for another hub.");
    for Queue { hub, messages, parked, .. } in queues {
        let waiting = messages.saturating_sub(*parked);
        let _ = writeln!(out, "zizhi_hub_outbox_messages{{peer=\"{hub}\",state=\"waiting\"}} {waiting}");
        let _ = writeln!(out, "zizhi_hub_outbox_messages{{peer=\"{hub}\",state=\"parked\"}} {parked}");
    }
    head(&mut out, "zizhi_hub_outbox_oldest_seconds", "gauge", "How long the oldest of them has waited.");
    for queue in queues {
        let seconds = now.saturating_sub(queue.oldest);
        let _ = writeln!(out, "zizhi_hub_outbox_oldest_seconds{{peer=\"{}\"}} {seconds}", queue.hub);
    }
    out
}

/// When a commit came back last, and whether commits wait for a standby, as text.
pub(super) fn pulse((ago, awaited): (Option<u64>, Option<bool>)) -> String {
    let mut out = String::new();
    if let Some(seconds) = ago {
        let help = "Seconds since a commit of the hub's own came back.";
        head(&mut out, "zizhi_hub_commit_age_seconds", "gauge", help);
        let _ = writeln!(out, "zizhi_hub_commit_age_seconds {seconds}");
    }
    if let Some(awaited) = awaited {
        let help =
            "Whether a commit waits for a standby; 0 where a receipt can be lost with the database server.";
        head(&mut out, "zizhi_hub_standby_awaited", "gauge", help);
        let _ = writeln!(out, "zizhi_hub_standby_awaited {}", u8::from(awaited));
    }
    out
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}
