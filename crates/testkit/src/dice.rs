//! Numbers that look random and are the same for the same seed: histories, faults and damage that a seed replays.
//!
//! The sequences are part of what a seed means that somebody wrote down: they never change.

use std::cell::Cell;
use std::time::Duration;

/// A splitmix64.
#[derive(Debug)]
pub struct Dice(Cell<u64>);

impl Dice {
    /// The dice of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    /// Dice of their own for each `who` of a history, so that nobody's throws depend on how often others threw.
    #[must_use]
    pub fn of(seed: u64, who: u64) -> Self {
        let dice = Self::new(seed ^ who.wrapping_mul(0xd6e8_feb8_6659_fd93));
        dice.roll();
        dice
    }

    /// The next number.
    pub fn roll(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`.
    ///
    /// # Panics
    /// If there is none.
    pub fn below(&self, end: u64) -> u64 {
        self.roll() % end
    }

    /// A place in something of this length.
    ///
    /// # Panics
    /// If there is none.
    pub fn place(&self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or_default()
    }

    /// True so many times in a hundred.
    pub fn percent(&self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of them.
    ///
    /// # Panics
    /// If there is none.
    #[expect(clippy::indexing_slicing, reason = "a place in these is one of them")]
    pub fn one_of<T: Copy>(&self, these: &[T]) -> T {
        these[self.place(these.len())]
    }

    /// A time below so many milliseconds.
    pub fn time_below(&self, milliseconds: u64) -> Duration {
        Duration::from_millis(self.below(milliseconds))
    }

    /// Bytes, one of each throw.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        std::array::from_fn(|_| self.roll().to_le_bytes()[0])
    }

    /// So many bytes, eight of each throw: what may stand on a disk where nothing was written.
    pub fn rubbish(&self, length: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.roll().to_le_bytes()).flatten().take(length).collect()
    }
}
