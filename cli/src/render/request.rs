//! A request as a clerk reads it.

use std::fmt::Write as _;

use zizhi_app::requests::ReadRequest;
use zizhi_model::{Outcome, civil};

use super::checks;
use super::style::{Colour, paint, safe};
use crate::say::Voice;

/// The whole of it.
pub fn page(read: &ReadRequest, outcome: Outcome, voice: Voice) -> String {
    let (lang, request, mut out) = (voice.lang, &read.request, String::new());
    let title = lang.pick("索取资质档案的请求", "Request for a dossier");
    let _ = writeln!(
        out,
        "{}  {}",
        checks::outcome(outcome, lang, voice.colour),
        paint(title, Colour::Bold, voice.colour)
    );
    let from = read.from_name.as_deref().unwrap_or(lang.pick("（名录中查不到）", "(not in the register)"));
    let ends = civil::from_numeric_date(request.exp);
    let ends = ends.map(|ends| lang.pick(&civil::time_zh(ends), &civil::time_en(ends)).to_owned());
    let firm = request.only_for.map(|firm| firm.to_string());
    let lines = [
        (lang.pick("提出单位", "from"), format!("{}  {}", safe(from), request.iss.uscc())),
        (lang.pick("情形", "scenario"), lang.pick(request.scenario.zh(), request.scenario.en()).to_owned()),
        (
            lang.pick("迁入地区", "destination"),
            format!("{}  {}", request.destination_region.label(), request.destination_region),
        ),
        (lang.pick("材料清单", "checklist"), safe(&request.checklist_id)),
        (
            lang.pick("规则包", "rule pack"),
            format!("{}@{}", safe(&request.rule_pack.id), request.rule_pack.version),
        ),
        (lang.pick("请谁答复", "for"), firm.unwrap_or_else(|| lang.pick("任何企业", "any firm").to_owned())),
        (lang.pick("答复期限", "answer before"), ends.unwrap_or_else(|| request.exp.to_string())),
    ];
    for (label, value) in lines {
        let _ = writeln!(out, "  {label}  {value}");
    }
    let told = read.checks.iter().filter(|check| check.outcome > Outcome::Pass);
    checks::list(&mut out, told.collect(), lang, voice.colour);
    out
}
