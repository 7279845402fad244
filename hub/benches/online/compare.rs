//! Works and their limit, in turns: whatever else the machine does then hits all alike.

use std::time::Duration;

/// How a work stood to its limit.
pub struct Compared {
    /// The best round of the limit.
    pub limit: Duration,
    /// The best round of the work.
    pub ours: Duration,
    /// The limit's time by the work's, of the best rounds.
    pub best: f64,
    /// The same of each round by itself, the middle of them.
    pub median: f64,
}

/// Runs the limit and then each work, round after round.
pub fn in_turns(
    rounds: usize,
    mut limit: impl FnMut(usize) -> Duration,
    works: &mut [&mut dyn FnMut(usize) -> Duration],
) -> Vec<Compared> {
    let mut limits = Vec::new();
    let mut took = vec![Vec::new(); works.len()];
    for round in 0..rounds {
        limits.push(limit(round));
        for (work, took) in works.iter_mut().zip(&mut took) {
            took.push(work(round));
        }
    }
    let best = |all: &[Duration]| all.iter().copied().min().expect("a round");
    took.iter()
        .map(|ours| {
            let by = |limit: Duration, ours: Duration| limit.as_secs_f64() / ours.as_secs_f64();
            let mut ratios: Vec<f64> =
                limits.iter().zip(ours).map(|(limit, ours)| by(*limit, *ours)).collect();
            ratios.sort_unstable_by(f64::total_cmp);
            let (limit, ours) = (best(&limits), best(ours));
            Compared { limit, ours, best: by(limit, ours), median: ratios[ratios.len() / 2] }
        })
        .collect()
}

/// The load of the machine, as it says itself: what a number is worth.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("load {} on {cores} cores", text.split(' ').take(3).collect::<Vec<_>>().join(" "))
}
