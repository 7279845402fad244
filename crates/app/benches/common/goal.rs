//! What every benchmark prints beside a number that has a goal.

/// `cargo xtask bench` counts the second word and ends with 1 where it stands.
pub fn kept(kept: bool) -> &'static str {
    if kept { "ok" } else { "MISSED" }
}
