//! Numbers that look random and are the same for the same seed (splitmix64).

use std::cell::Cell;
use std::time::Duration;

pub struct Dice(Cell<u64>);

impl Dice {
    /// Dice of their own for each `who` of a history, so that nobody's throws depend on how often others threw.
    pub fn new(seed: u64, who: u64) -> Self {
        let dice = Self(Cell::new(seed ^ who.wrapping_mul(0xd6e8_feb8_6659_fd93)));
        dice.roll();
        dice
    }

    pub fn roll(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`.
    pub fn below(&self, end: u64) -> u64 {
        self.roll() % end
    }

    /// True so many times in a hundred.
    pub fn percent(&self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of them.
    pub fn one_of<T: Copy>(&self, these: &[T]) -> T {
        these[usize::try_from(self.below(these.len() as u64)).expect("a small number")]
    }

    /// A time below so many milliseconds.
    pub fn time_below(&self, milliseconds: u64) -> Duration {
        Duration::from_millis(self.below(milliseconds))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        std::array::from_fn(|_| self.roll().to_le_bytes()[0])
    }
}
