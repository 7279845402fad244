//! What was typed, and the filters that were chosen.

use std::collections::{BTreeMap, BTreeSet};

use zizhi_model::Uscc;

use super::sounds::{Sound, Spelling, begins_with_initials, is_read, spellings, syllables_from};
use super::text::{ascii_runs, words};
use super::{Words, tokens};

/// More words than this restrict nothing further; each costs a little.
const MOST_WORDS: usize = 8;

/// Words, all of which must be found in a row, and filters, all of which must hold.
#[derive(Debug, Default, Clone)]
pub(crate) struct Query {
    /// Of each, one token must be there.
    filters: Vec<Vec<String>>,
    words: Vec<Word>,
    /// Something was typed, but no letter and no digit: nothing can fit.
    hopeless: bool,
}

#[derive(Debug, Clone)]
enum Word {
    /// Has characters other than ASCII: a part of a name or code as it is written.
    Written(Vec<char>),
    /// Letters and digits: the beginning of a code or Latin word, a part of a code, initials, or pinyin.
    Letters(String),
}

impl Query {
    /// Reads what was typed. White space alone restricts nothing.
    pub(crate) fn new(typed: &str) -> Self {
        let words: Vec<Word> = words(typed).take(MOST_WORDS).map(Word::new).collect();
        let hopeless = words.is_empty() && !typed.trim().is_empty();
        Self { filters: Vec::new(), words, hopeless }
    }

    /// Adds a filter, if a value was chosen.
    pub(crate) fn filter(&mut self, name: &str, value: Option<&str>) {
        self.filter_any(name, value.into_iter());
    }

    /// Adds a filter that holds for any of several values, if one was chosen.
    pub(crate) fn filter_any<'v>(&mut self, name: &str, values: impl Iterator<Item = &'v str>) {
        let any: Vec<String> = values.map(|value| tokens::filter(name, value)).collect();
        if !any.is_empty() {
            self.filters.push(any);
        }
    }

    /// Whether nothing was typed.
    pub(crate) fn is_blank(&self) -> bool {
        self.words.is_empty() && !self.hopeless
    }

    /// The words in two: those that may be numbers, letters and digits with a digit among them, and the
    /// others.
    pub(crate) fn split(&self) -> (Self, Self) {
        let (codes, others) = self.words.iter().cloned().partition(Word::is_code);
        (Self { words: codes, ..Self::default() }, Self { words: others, ..self.clone() })
    }

    /// The longest word that may be a number: as text, and as a query of its own.
    pub(crate) fn longest_code(&self) -> Option<(&str, Self)> {
        let codes = self.words.iter().filter_map(|word| match word {
            Word::Letters(letters) if word.is_code() => Some((letters.as_str(), word)),
            _ => None,
        });
        let (letters, word) = codes.max_by_key(|(letters, _)| letters.len())?;
        Some((letters, Self { words: vec![word.clone()], ..Self::default() }))
    }

    /// Whether every row that the expression finds fits.
    pub(super) fn is_exact(&self) -> bool {
        self.words.iter().all(|word| matches!(word, Word::Written(part) if part.len() <= 2))
    }

    /// The expression for FTS5 that finds every row that fits; `None` if everything may fit.
    ///
    /// Tokens consist of letters, digits and the characters `:_-.`, and stand in quotation marks.
    pub(super) fn expression(&self) -> Option<String> {
        let quoted = |token: &String| format!("\"{token}\"");
        let any = |tokens: &Vec<String>| match tokens.as_slice() {
            [token] => quoted(token),
            tokens => format!("({})", tokens.iter().map(quoted).collect::<Vec<_>>().join(" OR ")),
        };
        let mut all: Vec<String> = self.filters.iter().map(any).collect();
        all.extend(self.words.iter().map(Word::expression));
        if self.hopeless {
            all.push("\"nothing\"".to_owned());
        }
        if all.is_empty() { None } else { Some(all.join(" AND ")) }
    }

    /// Whether all words are in the row. The filters are exact already.
    pub(crate) fn fits(&self, row: &Words<'_>) -> bool {
        if self.words.is_empty() {
            return !self.hopeless;
        }
        let names: Vec<Vec<char>> = row.names.iter().flat_map(|name| words(name)).collect();
        let codes: Vec<Vec<char>> = row.codes.iter().flat_map(|code| words(code)).collect();
        self.words.iter().all(|word| word.fits(&names, &codes))
    }
}

impl Word {
    fn new(word: Vec<char>) -> Self {
        if word.iter().all(char::is_ascii) {
            Self::Letters(word.into_iter().collect())
        } else {
            Self::Written(word)
        }
    }

    /// A word that may be a number. A whole USCC never is one.
    fn is_code(&self) -> bool {
        let Self::Letters(letters) = self else { return false };
        letters.bytes().any(|byte| byte.is_ascii_digit())
            && Uscc::parse(&letters.to_ascii_uppercase()).is_err()
    }

    fn expression(&self) -> String {
        match self {
            Self::Written(part) => {
                let mut found: Vec<&[char]> = tokens::parts(part).collect();
                // Where there are pairs, they say all that single characters would.
                let longest = found.iter().map(|token| token.len()).max().unwrap_or(0);
                found.retain(|token| token.len() == longest);
                let found: Vec<String> = found.into_iter().map(|token| token.iter().collect()).collect();
                all_of(found.iter().map(String::as_str))
            }
            Self::Letters(letters) => {
                let mut ways = vec![format!("\"{}\"", tokens::beginning(letters))];
                let inside: Vec<String> = tokens::inside(letters).collect();
                if !inside.is_empty() {
                    ways.push(all_of(inside.iter().map(String::as_str)));
                }
                if letters.chars().any(|c| c.is_ascii_alphabetic()) {
                    ways.push(by_initials(letters));
                }
                if letters.len() > 1 && letters.chars().all(|c| c.is_ascii_alphabetic()) {
                    ways.extend(by_sound(letters));
                }
                format!("({})", ways.join(" OR "))
            }
        }
    }

    fn fits(&self, names: &[Vec<char>], codes: &[Vec<char>]) -> bool {
        match self {
            Self::Written(part) => {
                names.iter().chain(codes).any(|word| word.windows(part.len()).any(|window| window == part))
            }
            Self::Letters(letters) => {
                let begins = |run: &[char]| {
                    run.len() >= letters.len() && letters.chars().zip(run).all(|(a, b)| a == *b)
                };
                let holds = |run: &[char]| {
                    letters.len() >= tokens::INSIDE
                        && run.windows(letters.len()).any(|part| letters.chars().eq(part.iter().copied()))
                };
                names.iter().chain(codes).any(|word| ascii_runs(word).any(begins))
                    || codes.iter().any(|word| ascii_runs(word).any(holds))
                    || names.iter().any(|name| sounds_like(name, letters))
            }
        }
    }
}

/// Whether somewhere in `name` the characters are read `letters` or begin with them.
fn sounds_like(name: &[char], letters: &str) -> bool {
    if letters.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sounds: Vec<Sound> = name.iter().map(|c| Sound::of(*c)).collect();
    // A single letter is the initial of the whole name; inside, it would be everywhere.
    if letters.len() == 1 {
        return begins_with_initials(&sounds, letters);
    }
    let mut tails = (0..sounds.len()).filter_map(|at| sounds.get(at..));
    tails.any(|tail| begins_with_initials(tail, letters) || is_read(tail, letters))
}

/// The tokens of neighbours: of three for three letters and more, else of as many as there are.
fn by_initials(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let windows = letters.windows(letters.len().min(3));
    let tokens: Vec<String> =
        windows.map(|window| format!("i{}", window.iter().collect::<String>())).collect();
    all_of(tokens.iter().map(String::as_str))
}

/// Letters as syllables. Spellings that begin with the same initials are one way: those initials stand side
/// by side, and at each place one of the syllables that a spelling has there is somewhere in the row.
///
/// Without the last piece every name with 苏州 would be read for `suzhouyun`, and without the initials every
/// name with 合肥 and 星 for `xinghe`. A way for each spelling would find less, but to find the first row of
/// a rare one takes all its lists, and of the spellings of `zhangjiang` all but one are rare.
fn by_sound(letters: &str) -> Vec<String> {
    let spellings = spellings(letters);
    let pairs: BTreeSet<String> =
        spellings.iter().filter(|spelling| spelling.whole.len() == 1).map(|pair| pair.initials(2)).collect();
    let mut ways = Vec::new();
    let mut alike: BTreeMap<String, Vec<Spelling<'_>>> = BTreeMap::new();
    for spelling in spellings {
        let pair = spelling.initials(2);
        if spelling.whole.is_empty() {
            ways.extend(syllables_from(spelling.begun).map(|syllable| format!("\"s{syllable}\"")));
        } else if pairs.contains(&pair) {
            alike.entry(pair).or_default().push(spelling);
        } else {
            alike.entry(spelling.initials(3)).or_default().push(spelling);
        }
    }
    for (initials, spellings) in alike {
        let mut all = vec![format!("\"i{initials}\"")];
        for place in 0.. {
            let any: Option<Vec<_>> = spellings.iter().map(|spelling| spelling.syllables_at(place)).collect();
            // Beyond where one of the spellings ends, the reading of the row decides.
            let Some(any) = any else { break };
            let any: BTreeSet<&str> = any.into_iter().flatten().collect();
            let any: Vec<String> = any.into_iter().map(|syllable| format!("\"s{syllable}\"")).collect();
            all.push(format!("({})", any.join(" OR ")));
        }
        ways.push(format!("({})", all.join(" AND ")));
    }
    ways
}

fn all_of<'a>(tokens: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = tokens.map(|token| format!("\"{token}\"")).collect();
    format!("({})", quoted.join(" AND "))
}
