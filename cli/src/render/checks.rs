//! Checks as a clerk reads them: what was found, what to do, and the code.

use std::fmt::Write as _;

use zizhi_model::{Check, Outcome, catalogue};

use super::style::{Colour, paint, safe};
use crate::lang::Lang;

/// Checks with advice, the worst first; nothing if there are none.
pub fn list(out: &mut String, mut checks: Vec<&Check>, lang: Lang, colour: bool) {
    checks.sort_by_key(|check| std::cmp::Reverse(check.outcome));
    if checks.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint(lang.pick("问题与说明", "Findings"), Colour::Bold, colour));
    for check in checks {
        let text = check.text();
        let _ = writeln!(
            out,
            "  {}  {}  {}",
            outcome(check.outcome, lang, colour),
            check.code,
            paint(&safe(&check.subject), Colour::Dim, colour)
        );
        let _ = writeln!(out, "      {}", safe(lang.of(&text)));
        let advice = catalogue::advice(check.code);
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
