//! Remarks about rule packs as a compiler shows them, and how a rule or query came out.

use std::fmt::Write as _;

use zizhi_app::check_rules::{Diagnostic, Severity};
use zizhi_app::eval_rules::{Clause, EvaluatedRule, RuleVerdict};
use zizhi_app::query_credentials::Answered;
use zizhi_model::catalogue;

use super::style::{Colour, paint, safe};
use crate::say::Voice;

/// Characters of a source line shown before and after the place of a remark.
const AROUND: usize = 60;

/// One remark: place, code and message; the line with a caret under the place; the advice.
pub fn diagnostic(file: &str, remark: &Diagnostic, line: &str, voice: Voice) -> String {
    let (zh, en, colour) = match remark.severity {
        Severity::Error => ("错误", "error", Colour::Red),
        Severity::Warning => ("提醒", "warning", Colour::Yellow),
    };
    let (lang, Diagnostic { line: row, column, code, .. }) = (voice.lang, remark);
    let mut out = format!(
        "{}:{row}:{column}: {} {code} {}\n",
        safe(file),
        paint(lang.pick(zh, en), colour, voice.colour),
        safe(lang.of(&remark.message))
    );
    let (shown, before) = around(line, *column as usize);
    let number = row.to_string();
    let margin = " ".repeat(number.len());
    let _ = writeln!(out, " {number} | {shown}");
    let _ = writeln!(out, " {margin} | {before}{}", paint("^", colour, voice.colour));
    let _ = write!(out, " {margin} = {}{}", lang.pick("建议：", "hint: "), safe(lang.of(&remark.advice)));
    out
}

/// The part of a line around a column, and white space as wide as what stands before that column.
fn around(line: &str, column: usize) -> (String, String) {
    let at = column.saturating_sub(1);
    let start = at.saturating_sub(AROUND);
    let mut shown = String::new();
    let mut before = String::new();
    if start > 0 {
        shown.push('…');
        before.push(' ');
    }
    let mut rest = line.chars().skip(start);
    for (index, c) in rest.by_ref().take(2 * AROUND).enumerate() {
        // A tab becomes one space, so that the caret does not depend on the terminal's tab stops.
        let c = if c == '\t' { ' ' } else { c };
        shown.push_str(&safe(c.encode_utf8(&mut [0; 4])));
        if start + index < at {
            before.push(if is_wide(c) { '\u{3000}' } else { ' ' });
        }
    }
    if rest.next().is_some() {
        shown.push('…');
    }
    (shown, before)
}

/// Whether a terminal gives the character two columns (East Asian wide and full-width).
fn is_wide(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

/// What a verifier would make of a rule, clause by clause.
pub fn trace(evaluated: &EvaluatedRule, voice: Voice) -> String {
    let lang = voice.lang;
    let (zh, en, colour) = match evaluated.verdict {
        RuleVerdict::Holds => ("✓ 成立", "✓ holds", Colour::Green),
        RuleVerdict::Fails => ("✗ 不成立", "✗ does not hold", Colour::Red),
        RuleVerdict::Open => ("? 待定", "? open", Colour::Yellow),
    };
    let verdict = paint(lang.pick(zh, en), colour, voice.colour);
    let mut out = format!("{}{verdict}", lang.pick("按核验口径：", "as a verifier judges it: "));
    for (index, clause) in evaluated.clauses.iter().enumerate() {
        let decided = index + 1 == evaluated.clauses.len() && evaluated.verdict != RuleVerdict::Holds;
        out.push('\n');
        out.push_str(&clause_line(clause, decided, voice));
    }
    out
}

fn clause_line(clause: &Clause, decided: bool, voice: Voice) -> String {
    let lang = voice.lang;
    let (mark, colour) = match clause.holds {
        Some(true) => ("✓", Colour::Green),
        Some(false) => ("✗", Colour::Red),
        None => ("?", Colour::Yellow),
    };
    let mut out = format!("  {} {}", paint(mark, colour, voice.colour), safe(&clause.text));
    if decided {
        out.push_str(lang.pick("  ← 由此决定", "  ← this decides"));
    }
    for fact in &clause.facts {
        let value = fact
            .value
            .as_deref()
            .map_or_else(|| lang.pick("（没有这项事实）", "(no such fact)").to_owned(), safe);
        let _ = write!(out, "\n      {} = {value}", safe(&fact.path));
    }
    out
}

/// Which files answer which part of a query.
pub fn answer(answered: &Answered, voice: Voice) -> String {
    let lang = voice.lang;
    let mut out = if answered.satisfied {
        paint(lang.pick("✓ 查询得到满足", "✓ the query is answered"), Colour::Green, voice.colour)
    } else {
        paint(lang.pick("✗ 查询未得到满足", "✗ the query is not answered"), Colour::Red, voice.colour)
    };
    for asked in &answered.asked {
        let none = if asked.needed {
            lang.pick("没有相符的凭证（必需）", "nothing matches (needed)")
        } else {
            lang.pick("没有相符的凭证", "nothing matches")
        };
        let _ = write!(out, "\n  {}", paint(&safe(&asked.id), Colour::Bold, voice.colour));
        if asked.matches.is_empty() {
            let _ = write!(out, "\n    {none}");
        }
        for found in &asked.matches {
            let vct = found.vct.as_deref().map_or_else(String::new, |vct| format!("  {}", safe(vct)));
            let _ = write!(out, "\n    ✓ {}{vct}", safe(&found.file.display().to_string()));
            for (path, values) in &found.claims {
                let values: Vec<String> = values.iter().map(|value| safe(&value.to_string())).collect();
                let _ = write!(out, "\n        {} = {}", safe(path), values.join(", "));
            }
        }
    }
    for (file, checks) in &answered.unreadable {
        let _ = write!(
            out,
            "\n  {} {}",
            paint(lang.pick("! 无法使用", "! unusable"), Colour::Yellow, voice.colour),
            safe(&file.display().to_string())
        );
        for check in checks {
            let text = check.text();
            let advice = catalogue::advice(check.code);
            let _ = write!(out, "\n      {}  {}", check.code, safe(lang.of(&text)));
            let _ = write!(out, "\n      {}{}", lang.pick("建议：", "hint: "), lang.of(&advice));
        }
    }
    out
}
