//! The tokens of a row. Their first character says what they are, since FTS5 sees one list of words:
//!
//! | token | of | finds |
//! |---|---|---|
//! | 合, 合肥 | every character and pair that is not ASCII only | any part of a name |
//! | `w9134` | beginnings of runs of letters and digits, in [`STEPS`] | codes, numbers, Latin names |
//! | `ihf`, `ihfk` | initials of two and of three neighbours, and of the first one | initials |
//! | `shefei` | the readings of each character | pinyin |
//! | `f:state:in` | a filter | |

use super::Words;
use super::sounds::Sound;
use super::text::{ascii_runs, words};

/// The lengths of beginnings that are tokens. A query takes the longest that it covers and reads the rows
/// for the rest: few, as after twelve characters codes are as good as unique.
pub(super) const STEPS: [usize; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 18];

/// The tokens of a row, each once, separated by spaces.
pub(crate) fn of(row: &Words<'_>) -> String {
    let mut tokens = Vec::with_capacity(128);
    for word in row.names.iter().flat_map(|name| words(name)) {
        parts(&word, &mut tokens);
        beginnings(&word, &mut tokens);
        sounds(&word, &mut tokens);
    }
    for word in row.codes.iter().flat_map(|code| words(code)) {
        parts(&word, &mut tokens);
        beginnings(&word, &mut tokens);
    }
    tokens.extend(row.filters.iter().map(|(name, value)| filter(name, value)));
    tokens.sort_unstable();
    tokens.dedup();
    tokens.join(" ")
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

/// The tokens that every word with the part `part` has. `part` is not ASCII only.
pub(super) fn parts(part: &[char], tokens: &mut Vec<String>) {
    tokens.extend(part.iter().filter(|c| !c.is_ascii()).map(char::to_string));
    let pairs = part.windows(2).filter(|pair| !pair.iter().all(char::is_ascii));
    tokens.extend(pairs.map(|pair| pair.iter().collect()));
}

fn beginnings(word: &[char], tokens: &mut Vec<String>) {
    for run in ascii_runs(word) {
        for step in STEPS.into_iter().take_while(|step| *step <= run.len()) {
            let mut token = String::from("w");
            token.extend(run.iter().take(step));
            tokens.push(token);
        }
    }
}

fn sounds(word: &[char], tokens: &mut Vec<String>) {
    let sounds: Vec<Sound> = word.iter().map(|c| Sound::of(*c)).collect();
    let syllables = sounds.iter().flat_map(Sound::syllables);
    tokens.extend(syllables.map(|syllable| format!("s{syllable}")));
    let initials: Vec<Vec<&str>> = sounds.iter().map(Sound::initials).collect();
    tokens.extend(initials.iter().take(1).flatten().map(|letter| format!("i{letter}")));
    for neighbours in initials.windows(2).chain(initials.windows(3)) {
        combine("i", neighbours, tokens);
    }
}

/// `so_far` with one letter from each of `choices`, in every combination.
fn combine(so_far: &str, choices: &[Vec<&str>], tokens: &mut Vec<String>) {
    match choices.split_first() {
        Some((letters, behind)) => {
            letters.iter().for_each(|letter| combine(&format!("{so_far}{letter}"), behind, tokens));
        }
        None => tokens.push(so_far.to_owned()),
    }
}
