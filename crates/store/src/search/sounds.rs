//! Pinyin: how characters are read, and which letters may have been meant.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use pinyin::ToPinyinMulti as _;

/// How one character of a word is read.
pub(super) struct Sound {
    /// Its readings without their tones, each once: 重 is `zhong` and `chong`. A letter or digit is read
    /// as itself; whatever has no reading has none.
    pub readings: Cow<'static, [&'static str]>,
    /// Whether it is a letter or digit.
    is_ascii: bool,
}

impl Sound {
    pub(super) fn of(c: char) -> Self {
        Self { readings: readings(c), is_ascii: c.is_ascii() }
    }

    /// The first letters of the readings, each once.
    pub(super) fn initials(&self) -> impl Iterator<Item = char> {
        let mut last = None;
        // Readings are sorted, so that those with the same letter are neighbours.
        let letters = self.readings.iter().filter_map(|reading| reading.chars().next());
        letters.filter(move |letter| last.replace(*letter) != Some(*letter))
    }

    /// The readings as pinyin; a letter or digit has none.
    pub(super) fn syllables(&self) -> &[&'static str] {
        if self.is_ascii { &[] } else { &self.readings }
    }
}

/// The unified ideographs and their extension A: no later block adds a syllable.
const COMMON: RangeInclusive<char> = '\u{3400}'..='\u{9FFF}';

/// The readings of [`COMMON`] characters, in order: rows are read by the hundred to find those that fit.
static READINGS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| COMMON.map(look_up).collect());

fn readings(c: char) -> Cow<'static, [&'static str]> {
    const ITSELF: [&str; 36] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
        "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z",
    ];
    if c.is_ascii() {
        let digit = c.to_digit(36).filter(|_| !c.is_ascii_uppercase()).map_or(ITSELF.len(), |at| at as usize);
        return Cow::Borrowed(ITSELF.get(digit..=digit).unwrap_or_default());
    }
    match (c as usize).checked_sub(*COMMON.start() as usize).and_then(|at| READINGS.get(at)) {
        Some(readings) => Cow::Borrowed(readings),
        None => Cow::Owned(look_up(c)),
    }
}

fn look_up(c: char) -> Vec<&'static str> {
    let Some(multi) = c.to_pinyin_multi() else { return Vec::new() };
    let mut readings = Vec::with_capacity(1);
    for reading in multi {
        // Keyboards have no ü; what people type instead is not the same for all syllables.
        match reading.plain() {
            "nü" => readings.push("nv"),
            "lü" => readings.push("lv"),
            "nüe" => readings.extend(["nve", "nue"]),
            "lüe" => readings.extend(["lve", "lue"]),
            plain if plain.is_ascii() => readings.push(plain),
            _ => {}
        }
    }
    readings.sort_unstable();
    readings.dedup();
    readings
}

/// All syllables there are, sorted.
static SYLLABLES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| READINGS.iter().flatten().copied().collect());

/// Syllables that begin with `letters`.
pub(super) fn syllables_from(letters: &str) -> impl Iterator<Item = &'static str> + '_ {
    SYLLABLES
        .iter()
        .copied()
        .skip_while(move |syllable| *syllable < letters)
        .take_while(move |syllable| syllable.starts_with(letters))
}

/// A way to read letters as syllables: whole ones, then one that may go on.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Spelling<'a> {
    pub whole: Vec<&'a str>,
    pub begun: &'a str,
}

impl<'a> Spelling<'a> {
    /// The first letters of the first pieces, at most `most`.
    pub(super) fn initials(&self, most: usize) -> String {
        let pieces = self.whole.iter().copied().chain([self.begun]);
        pieces.take(most).filter_map(|piece| piece.chars().next()).collect()
    }

    /// The syllables that it allows at a place; `None` where it is over, or has begun with a single letter,
    /// which allows too many.
    pub(super) fn syllables_at(&self, place: usize) -> Option<Vec<&'a str>> {
        match self.whole.get(place) {
            Some(syllable) => Some(vec![syllable]),
            None if place == self.whole.len() && self.begun.len() > 1 => {
                Some(syllables_from(self.begun).collect())
            }
            None => None,
        }
    }
}

/// Every way to read `letters` as syllables; `xian` is 先, 西安 and the beginning of 相.
///
/// The number of ways grows with the length. As a shorter beginning allows at least as much, long inputs
/// are cut until at most [`WAYS`] are left: they are for finding candidates, which are read afterwards.
pub(super) fn spellings(letters: &str) -> Vec<Spelling<'_>> {
    let lengths = [letters.len().min(12), letters.len().min(6)];
    let mut found = Vec::new();
    for cut in lengths {
        found.clear();
        spell(letters.get(..cut).unwrap_or_default(), &Spelling::default(), &mut found);
        if found.len() <= WAYS {
            break;
        }
    }
    found
}

const WAYS: usize = 24;

fn spell<'a>(rest: &'a str, so_far: &Spelling<'a>, found: &mut Vec<Spelling<'a>>) {
    for len in 1..=rest.len().min(6) {
        let Some((piece, behind)) = rest.split_at_checked(len) else { continue };
        if behind.is_empty() {
            // The last piece may go on, whether or not it is a syllable already.
            if syllables_from(piece).next().is_some() {
                found.push(Spelling { begun: piece, ..so_far.clone() });
            }
        } else if SYLLABLES.contains(piece) {
            let mut with = so_far.clone();
            with.whole.push(piece);
            spell(behind, &with, found);
        }
    }
}

/// Whether `letters` are the first letters of the characters that a word begins with.
pub(super) fn begins_with_initials(word: &[Sound], letters: &str) -> bool {
    letters.len() <= word.len()
        && letters
            .chars()
            .zip(word)
            .all(|(letter, sound)| sound.readings.iter().any(|reading| reading.starts_with(letter)))
}

/// Whether the characters that a word begins with are read `letters`, the last one perhaps in part.
pub(super) fn is_read(word: &[Sound], letters: &str) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((first, behind)) = word.split_first() else { return false };
    first.syllables().iter().any(|syllable| {
        syllable.starts_with(letters)
            || letters.strip_prefix(syllable).is_some_and(|letters| is_read(behind, letters))
    })
}
