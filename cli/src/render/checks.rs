//! Checks as a clerk reads them: what was found, what to do, and the code.

use std::fmt::Write as _;

use zizhi_model::{Check, Outcome, Text, catalogue};

use super::style::{Colour, paint, safe};
use crate::lang::Lang;

/// Checks with advice, the worst first; nothing if there are none. What is the same of several subjects is
/// told once, with all of them.
pub fn list(out: &mut String, checks: Vec<&Check>, lang: Lang, colour: bool) {
    list_named(out, checks, safe, lang, colour);
}

/// As [`list`], with what the subjects are called.
pub fn list_named(
    out: &mut String,
    checks: Vec<&Check>,
    named: impl Fn(&str) -> String,
    lang: Lang,
    colour: bool,
) {
    list_advised(out, checks, named, |check| catalogue::advice(check.code), lang, colour);
}

/// As [`list_named`], with advice of its own.
pub fn list_advised(
    out: &mut String,
    mut checks: Vec<&Check>,
    named: impl Fn(&str) -> String,
    advice: impl Fn(&Check) -> Text,
    lang: Lang,
    colour: bool,
) {
    checks.sort_by_key(|check| std::cmp::Reverse(check.urgency()));
    if checks.is_empty() {
        return;
    }
    let mut told: Vec<(&Check, String, Vec<&str>)> = Vec::new();
    for check in checks {
        let text = safe(lang.of(&check.text()));
        let subject = &*check.subject;
        let same = |known: &&mut (&Check, String, Vec<&str>)| {
            (known.0.code, known.0.outcome) == (check.code, check.outcome) && known.1 == text
        };
        match told.iter_mut().find(same) {
            Some((_, _, subjects)) if subjects.contains(&subject) => {}
            Some((_, _, subjects)) => subjects.push(subject),
            None => told.push((check, text, vec![subject])),
        }
    }
    let _ = writeln!(out, "\n{}", paint(lang.pick("问题与说明", "Findings"), Colour::Bold, colour));
    for (check, text, subjects) in told {
        let subjects: Vec<String> = subjects.into_iter().map(&named).collect();
        let _ = writeln!(
            out,
            "  {}  {}  {}",
            outcome(check.outcome, lang, colour),
            check.code,
            paint(&subjects.join(lang.pick("、", ", ")), Colour::Dim, colour)
        );
        let _ = writeln!(out, "      {text}");
        let advice = advice(check);
        let _ = writeln!(out, "      {}{}", lang.pick("建议：", "hint: "), lang.of(&advice));
    }
}

/// Mark and word of an outcome.
pub fn outcome(outcome: Outcome, lang: Lang, colour: bool) -> String {
    let (zh, en, with) = match outcome {
        Outcome::Pass => ("✓ 符合", "✓ pass", Colour::Green),
        Outcome::Info => ("· 说明", "· note", Colour::Dim),
        Outcome::Warning => ("! 注意", "! warning", Colour::Yellow),
        Outcome::Pending => ("? 待联网复核", "? pending", Colour::Yellow),
        Outcome::Fail => ("✗ 不通过", "✗ fail", Colour::Red),
    };
    paint(lang.pick(zh, en), with, colour)
}
