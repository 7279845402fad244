//! Texts as search sees them: words of letters and digits, in one spelling.

use unicode_normalization::UnicodeNormalization as _;

/// Longer words are cut: no name of a firm is as long, and an index should not grow with a mistake.
const LONGEST: usize = 96;

/// The words of a text: separated by white space, without punctuation, in compatibility form (a
/// full-width `Ａ` is an `a`) and lower case. 合肥（高新）A-1 is one word, 合肥高新a1.
pub(super) fn words(text: &str) -> impl Iterator<Item = Vec<char>> {
    // What nearly all texts consist of is in that form already, and asking for it costs more than the rest.
    let is_plain = |c: char| c.is_ascii() || ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let folded: String = if text.chars().all(is_plain) {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().flat_map(char::to_lowercase).collect()
    };
    let words: Vec<Vec<char>> = folded
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect())
        .filter(|word: &Vec<char>| !word.is_empty())
        .collect();
    words.into_iter()
}

/// A number as one word, by which it is compared and sorted.
pub(crate) fn key(number: &str) -> String {
    words(number).flatten().collect()
}

/// The runs of ASCII letters and digits in a word.
pub(super) fn ascii_runs(word: &[char]) -> impl Iterator<Item = &[char]> {
    word.split(|c| !c.is_ascii()).filter(|run| !run.is_empty())
}
