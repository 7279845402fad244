//! Puts the facts of a check into a sentence.
//!
//! `{name}` stands for a fact, `{name:form}` for a fact in a certain form, `{name|words}` for a fact or,
//! where it is missing, the words. `[…]` is left out when a fact inside it is missing. Outside such a
//! clause every placeholder has words to fall back on, so that no sentence ever shows a gap; a test
//! holds the catalogue to it.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::words;
use crate::check::{Check, Fact};
use crate::civil;
use crate::money::Fen;
use crate::text::hides;

/// Characters of one fact that a sentence shows. Facts may be as long as whoever wrote the file liked.
const LONGEST_FACT: usize = 120;

/// Facts that may be the code of an organisation, with the facts that are its name.
const NAMES: [(&str, &str); 3] =
    [("found", "found_name"), ("expected", "expected_name"), ("issuer", "issuer_name")];

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Zh,
    En,
}

/// The sentence with the check's facts in it.
pub(super) fn fill(template: &'static str, check: &Check, language: Language) -> Cow<'static, str> {
    if !template.contains(['{', '[']) {
        return Cow::Borrowed(template);
    }
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        put_all(before, check, language, &mut out);
        let (clause, after) = after.split_once(']').unwrap_or((after, ""));
        let mark = out.len();
        if !put_all(clause, check, language, &mut out) {
            out.truncate(mark);
        }
        rest = after;
    }
    put_all(rest, check, language, &mut out);
    Cow::Owned(out)
}

/// Writes text without clauses; false if a placeholder had neither fact nor words.
fn put_all(text: &str, check: &Check, language: Language, out: &mut String) -> bool {
    let mut complete = true;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (placeholder, after) = after.split_once('}').unwrap_or((after, ""));
        let (placeholder, words) = match placeholder.split_once('|') {
            Some((placeholder, words)) => (placeholder, Some(words)),
            None => (placeholder, None),
        };
        let (name, form) = placeholder.split_once(':').unwrap_or((placeholder, ""));
        match (fact_in(language, name, check).filter(|fact| !is_empty(fact)), words) {
            (Some(fact), _) => put_named(name, form, fact, check, language, out),
            (None, Some(words)) => out.push_str(words),
            (None, None) => complete = false,
        }
        rest = after;
    }
    out.push_str(rest);
    complete
}

/// A fact by its name. One that is words of somebody else may have an English twin, `NAME_en`. What has a
/// name is told by it and not by its path, and a rule about something that has a title not by the rule's id.
fn fact_in<'c>(language: Language, name: &str, check: &'c Check) -> Option<&'c Fact> {
    if name == "rule" && check.fact("title").is_some() {
        return None;
    }
    let twin = match (language, name) {
        (Language::En, "title") => check.fact("title_en"),
        (_, "path") => check.fact("name"),
        _ => None,
    };
    twin.or_else(|| check.fact(name))
}

fn is_empty(fact: &Fact) -> bool {
    match fact {
        Fact::Text(text) => text.is_empty(),
        Fact::Int(_) | Fact::Time(_) | Fact::Day(_) => false,
        Fact::List(texts) => texts.is_empty(),
    }
}

/// A fact; a code with the name of what it stands for, `NAME_name`, before it.
fn put_named(name: &str, form: &str, fact: &Fact, check: &Check, language: Language, out: &mut String) {
    let called = NAMES.iter().find(|(code, _)| *code == name).and_then(|(_, called)| check.fact(called));
    let Some(called) = called.filter(|called| !is_empty(called)) else {
        return put_fact(name, form, fact, language, out);
    };
    put_fact("", "", called, language, out);
    out.push_str(if language == Language::Zh { "（" } else { " (" });
    put_fact(name, form, fact, language, out);
    out.push_str(if language == Language::Zh { "）" } else { ")" });
}

fn put_fact(name: &str, form: &str, fact: &Fact, language: Language, out: &mut String) {
    match fact {
        Fact::Int(number) => put_number(form, *number, language, out),
        Fact::Text(text) => put_text(name, text, language, out),
        Fact::Time(_) | Fact::Day(_) => put_text(name, &fact.to_string(), language, out),
        Fact::List(texts) => {
            for (index, text) in texts.iter().enumerate() {
                if index > 0 {
                    out.push_str(if language == Language::Zh { "、" } else { ", " });
                }
                put_text(name, text, language, out);
            }
        }
    }
}

fn put_number(form: &str, number: i64, language: Language, out: &mut String) {
    let counted = |out: &mut String, zh: &str, one: &str, many: &str| {
        let _ = match language {
            Language::Zh => write!(out, "{number}{zh}"),
            Language::En => write!(out, "{number} {}", if number == 1 { one } else { many }),
        };
    };
    match form {
        "days" => counted(out, "天", "day", "days"),
        "months" => counted(out, "个月", "month", "months"),
        "left" => put_days_left(number, language, out),
        "yuan" => out.push_str(&Fen(number).yuan()),
        "bytes" => put_bytes(number, out),
        _ => {
            let _ = write!(out, "{number}");
        }
    }
}

fn put_days_left(days: i64, language: Language, out: &mut String) {
    let plural = if days.unsigned_abs() == 1 { "" } else { "s" };
    let _ = match (language, days) {
        (Language::Zh, 0) => write!(out, "今天到期"),
        (Language::Zh, 1..) => write!(out, "还剩{days}天"),
        (Language::Zh, _) => write!(out, "已逾期{}天", days.unsigned_abs()),
        (Language::En, 0) => write!(out, "due today"),
        (Language::En, 1..) => write!(out, "{days} day{plural} left"),
        (Language::En, _) => write!(out, "{} day{plural} overdue", days.unsigned_abs()),
    };
}

/// Sizes as file managers write them, in whole units where they are whole.
fn put_bytes(bytes: i64, out: &mut String) {
    let (unit, name) = match bytes {
        1_073_741_824.. => (1_073_741_824, "GB"),
        1_048_576.. => (1_048_576, "MB"),
        1_024.. => (1_024, "KB"),
        _ => (1, "B"),
    };
    let (whole, tenths) = (bytes / unit, bytes % unit * 10 / unit);
    let _ = if tenths == 0 { write!(out, "{whole} {name}") } else { write!(out, "{whole}.{tenths} {name}") };
}

/// Text from the data under check: known words become terms, dates become dates, the rest is shown as
/// it is, without what could disturb the line it stands in.
fn put_text(name: &str, text: &str, language: Language, out: &mut String) {
    if let Some(line) = words::of(name, text) {
        out.push_str(if language == Language::Zh { line.zh } else { line.en });
        return;
    }
    if (matches!(name, "region" | "from" | "to") || name.ends_with("region"))
        && let Ok(region) = crate::region::Region::parse(text)
    {
        out.push_str(&region.label());
        return;
    }
    if put_date(text, language, out) {
        return;
    }
    // "valid_until 2026-10-20": a claim and its date.
    if let Some((claim, date)) = text.rsplit_once(' ')
        && let Some(line) = words::claim(claim)
        && civil::parse_date(date).is_ok()
    {
        match language {
            Language::Zh => out.push_str(line.zh),
            Language::En => out.extend([line.en, " "]),
        }
        put_date(date, language, out);
        return;
    }
    // "dossier.facts.claims_high_tech = false": what a rule looked at and what it found.
    if let Some((path, value)) = text.split_once(" = ")
        && let Some(line) = words::asked(path)
    {
        out.push_str(if language == Language::Zh { line.zh } else { line.en });
        out.push_str(if language == Language::Zh { "：" } else { ": " });
        match (language, value) {
            (Language::Zh, "true") => out.push('是'),
            (Language::Zh, "false") => out.push('否'),
            (Language::En, "true") => out.push_str("yes"),
            (Language::En, "false") => out.push_str("no"),
            _ if path.ends_with("_fen") => match value.parse() {
                Ok(amount) => out.push_str(&Fen(amount).yuan()),
                Err(_) => put_text("", value, language, out),
            },
            _ => put_text(path, value, language, out),
        }
        return;
    }
    let text = text.strip_prefix("urn:uscc:").unwrap_or(text);
    let mut characters = text.chars();
    out.extend(characters.by_ref().take(LONGEST_FACT).map(|c| if hides(c) { '\u{fffd}' } else { c }));
    if characters.next().is_some() {
        out.push('…');
    }
}

/// A civil date, or a time of RFC 3339, in the way of the language.
fn put_date(text: &str, language: Language, out: &mut String) -> bool {
    // Nothing else begins like a date: look at two characters before parsing.
    if !matches!(text.as_bytes(), [_, _, _, _, b'-', _, _, b'-', ..]) {
        return false;
    }
    if let Ok(date) = civil::parse_date(text) {
        match language {
            Language::Zh => out.push_str(&civil::date_zh(date)),
            Language::En => out.push_str(text),
        }
        return true;
    }
    let Ok(time) = civil::parse_time(text) else { return false };
    out.push_str(&if language == Language::Zh { civil::time_zh(time) } else { civil::time_en(time) });
    true
}
