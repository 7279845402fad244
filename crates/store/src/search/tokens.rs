//! The tokens of a row. Their first character says what they are, since FTS5 sees one list of words:
//!
//! | token | of | finds |
//! |---|---|---|
//! | 合, 合肥 | every character and pair that is not ASCII only | any part of a name |
//! | `w9134` | beginnings of runs of letters and digits, in [`STEPS`] | codes, numbers, Latin names |
//! | `m0100` | four neighbours inside such a run of a code | the middle and the end of codes |
//! | `ihf`, `ihfk` | initials of two and of three neighbours, and of the first one | initials |
//! | `shefei` | the readings of each character | pinyin |
//! | `f:state:in` | a filter | |

use std::iter::once;

use super::Words;
use super::sounds::Sound;
use super::text::{ascii_runs, words};

/// The lengths of beginnings that are tokens. A query takes the longest that it covers and reads the rows
/// for the rest: few, as after twelve characters codes are as good as unique.
pub(super) const STEPS: [usize; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 18];

/// A part of a code is found wherever it stands if it has so many characters; shorter ones are everywhere.
pub(crate) const INSIDE: usize = 4;

/// The tokens of a row, each once, separated by spaces.
pub(crate) fn of(row: &Words<'_>) -> String {
    let mut tokens = Tokens::default();
    for word in row.names.iter().flat_map(|name| words(name)) {
        tokens.written(&word);
        tokens.sounds(&word);
    }
    for word in row.codes.iter().flat_map(|code| words(code)) {
        tokens.written(&word);
        tokens.insides(&word);
    }
    for (name, value) in &row.filters {
        tokens.add(|text| text.push_str(&filter(name, value)));
    }
    tokens.each_once()
}

/// The token of a filter.
pub(super) fn filter(name: &str, value: &str) -> String {
    format!("f:{name}:{value}")
}

/// The token of letters and digits that begin a run, cut to the nearest step.
pub(super) fn beginning(letters: &str) -> String {
    let step = STEPS.into_iter().rev().find(|step| *step <= letters.len()).unwrap_or(0);
    format!("w{}", letters.get(..step).unwrap_or_default())
}

/// The tokens that every code has inside which has `letters` there; none for letters that are too few.
pub(super) fn inside(letters: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = letters.chars().collect();
    let found: Vec<String> =
        letters.windows(INSIDE).map(|part| once('m').chain(part.iter().copied()).collect()).collect();
    found.into_iter()
}

/// The tokens that every word with the part `part` has. `part` is not ASCII only.
pub(super) fn parts(part: &[char]) -> impl Iterator<Item = &[char]> {
    part.chunks(1).chain(part.windows(2)).filter(|token| !token.iter().all(char::is_ascii))
}

/// Tokens behind one another in one text: a row has more than a hundred, and a string for each would take
/// longer than all else.
#[derive(Default)]
struct Tokens {
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Tokens {
    fn add(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(self.text.len());
    }

    fn written(&mut self, word: &[char]) {
        for part in parts(word) {
            self.add(|text| text.extend(part));
        }
        for run in ascii_runs(word) {
            for step in STEPS.into_iter().take_while(|step| *step <= run.len()) {
                self.add(|text| text.extend(once(&'w').chain(run.iter().take(step))));
            }
        }
    }

    /// What begins a run is found by how it begins.
    fn insides(&mut self, word: &[char]) {
        for run in ascii_runs(word) {
            for part in run.windows(INSIDE).skip(1) {
                self.add(|text| text.extend(once(&'m').chain(part)));
            }
        }
    }

    fn sounds(&mut self, word: &[char]) {
        let sounds: Vec<Sound> = word.iter().map(|c| Sound::of(*c)).collect();
        for syllable in sounds.iter().flat_map(Sound::syllables) {
            self.add(|text| text.extend(["s", syllable]));
        }
        for letter in sounds.iter().take(1).flat_map(Sound::initials) {
            self.add(|text| text.extend(['i', letter]));
        }
        // In every combination of their readings.
        for (at, first) in sounds.iter().enumerate() {
            let mut behind = sounds.iter().skip(at + 1);
            let (Some(second), third) = (behind.next(), behind.next()) else { break };
            for (a, b) in first.initials().flat_map(|a| second.initials().map(move |b| (a, b))) {
                self.add(|text| text.extend(['i', a, b]));
                for c in third.into_iter().flat_map(Sound::initials) {
                    self.add(|text| text.extend(['i', a, b, c]));
                }
            }
        }
    }

    fn each_once(&self) -> String {
        let starts = once(0).chain(self.ends.iter().copied());
        let tokens = starts.zip(&self.ends).filter_map(|(start, end)| self.text.get(start..*end));
        // The first bytes as a number in front: most tokens are told apart by them, without a call.
        let mut tokens: Vec<(u64, &str)> = tokens.map(|token| (first_bytes(token), token)).collect();
        tokens.sort_unstable();
        tokens.dedup();
        let mut text = String::with_capacity(self.text.len() + tokens.len());
        for (_, token) in tokens {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(token);
        }
        text
    }
}

/// The first eight bytes; tokens are in the order of these numbers, or else have the same.
fn first_bytes(token: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(token.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(first)
}
