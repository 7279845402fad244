//! A decision as the firm reads it.

use std::fmt::Write as _;

use zizhi_app::read_decision::{ReadDecision, advice};
use zizhi_app::told_decision::{ToldDecision, outcome_name};
use zizhi_model::Outcome;

use super::checks;
use super::claims::claim;
use super::style::{Colour, paint, safe};
use crate::say::Voice;

/// The whole of it: what was decided, by whom, whether it is genuine and about this dossier.
pub fn page(read: &ReadDecision, voice: Voice) -> String {
    let (lang, mut out) = (voice.lang, String::new());
    let word = match &read.told {
        Some(told) => lang.of(&outcome_name(told.outcome)).to_owned(),
        None => lang.pick("（无法读取）", "(cannot be read)").to_owned(),
    };
    let title = format!("{}{word}", lang.pick("资质互认决定：", "Recognition decision: "));
    let _ = writeln!(out, "{}", paint(&title, Colour::Bold, voice.colour));
    let genuine = match read.outcome() {
        Outcome::Fail => {
            lang.pick("✗ 这份决定不能采信，原因见下", "✗ not to be relied on; the reasons are below")
        }
        Outcome::Pending => lang
            .pick("? 还不能确认这份决定可信，原因见下", "? cannot be confirmed yet; the reasons are below"),
        _ => lang.pick("✓ 签名成立，签发单位在名录中", "✓ the signature holds and the signer is registered"),
    };
    let _ = writeln!(out, "  {genuine}");
    if let Some(name) = &read.by_name {
        let _ = writeln!(out, "  {}  {}", lang.pick("决定单位", "decided by"), safe(name));
    }
    let matched = [
        (
            read.dossier_matches,
            "针对您给出的这份档案",
            "针对的是另一份档案",
            "about this dossier",
            "about another dossier",
        ),
        (
            read.report_matches,
            "依据您给出的这份报告",
            "依据的是另一份报告",
            "on this report",
            "on another report",
        ),
    ];
    for (found, yes_zh, no_zh, yes_en, no_en) in matched {
        match found {
            Some(true) => drop(writeln!(out, "  ✓ {}", lang.pick(yes_zh, yes_en))),
            Some(false) => drop(writeln!(out, "  ✗ {}", lang.pick(no_zh, no_en))),
            None => {}
        }
    }
    for part in read.told.iter().flat_map(ToldDecision::parts) {
        let _ = writeln!(out, "  {}", lang.of(&part.label));
        for value in &part.values {
            let _ = writeln!(out, "    {}", safe(lang.of(value)));
        }
    }
    let mut details = read.details().peekable();
    if details.peek().is_some() {
        let _ = writeln!(out, "\n{}", paint(lang.pick("细节", "Details"), Colour::Bold, voice.colour));
    }
    for line in details {
        let _ = writeln!(out, "  {}", claim(line, lang));
    }
    let told = read.checks.iter().filter(|check| check.outcome > Outcome::Pass);
    checks::list_advised(&mut out, told.collect(), safe, advice, lang, voice.colour);
    out
}
