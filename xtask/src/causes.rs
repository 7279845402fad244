//! What a failed step says of its causes, short enough to stand at the end of a run: the panics of tests, and the
//! claims of a journey in the window that did not hold.
//!
//! A run's log may be kept only by its last lines, and one cause often fails many tests: a full disk fails all that
//! write. So each cause is told once, with how often it was met, the most frequent first.

use crate::shell::Shell;

/// How many causes are told.
const TOLD: usize = 12;
/// How much of each, in characters.
const LENGTH: usize = 240;
/// Below this the disk is named beside the causes, in MiB: the tests write about 2 GB at once.
const SCARCE: u64 = 4096;

/// The first lines of the panics in `output` with the test and line where each was met first, and its failed claims
/// with what was seen first; each once with its number, the most frequent first.
#[must_use]
pub fn causes(output: &str) -> Vec<String> {
    let mut met: Vec<(String, String, usize)> = Vec::new();
    let mut lines = output.lines();
    while let Some(line) = lines.next() {
        let panicked = line.starts_with("thread '") && line.contains("panicked at ");
        let claimed = line.strip_prefix("FAILED - ");
        if !panicked && claimed.is_none() {
            continue;
        }
        let Some(next) = lines.next() else { break };
        let said =
            claimed.map_or_else(|| next.trim().to_owned(), |claim| format!("{claim}: {}", next.trim()));
        let said: String = said.chars().take(LENGTH).collect();
        match met.iter_mut().find(|(known, ..)| *known == said) {
            Some((.., times)) => *times += 1,
            None => met.push((said, place(line), 1)),
        }
    }
    // Stable: causes met equally often keep the order of the output.
    met.sort_by_key(|(.., times)| std::cmp::Reverse(*times));
    let more = met.len().saturating_sub(TOLD);
    let mut told: Vec<String> =
        met.into_iter().take(TOLD).map(|(said, place, times)| format!("{times} × {said}{place}")).collect();
    if more > 0 {
        told.push(format!("and {more} more kinds"));
    }
    told
}

/// Where a panic was met, as its first line has it: `thread 'TEST' (ID) panicked at FILE:LINE:COLUMN:`. A claim says it
/// itself.
fn place(line: &str) -> String {
    let Some((thread, at)) = line.strip_prefix("thread '").and_then(|rest| rest.split_once(" panicked at "))
    else {
        return String::new();
    };
    let test = thread.split('\'').next().unwrap_or_default();
    format!(" ({test}, {})", at.trim_end_matches(':'))
}

/// One sentence when the disk of the target folder is nearly full.
#[must_use]
pub fn scarce() -> Option<String> {
    let free = free()?;
    (free < SCARCE).then(|| {
        format!(
            "only {free} MiB are free on the disk, the cause may be there: free some, or set CARGO_TARGET_DIR to a folder on another disk"
        )
    })
}

/// MiB that can still be written where the builds go.
#[must_use]
pub fn free() -> Option<u64> {
    let said = Shell::new("df --output=avail --block-size=1M .").read().ok()?;
    said.lines().last()?.trim().parse().ok()
}
