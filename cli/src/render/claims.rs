//! What a credential says, as lines with labels.

use std::fmt::Write as _;

use zizhi_app::claim_lines::ClaimLine;
use zizhi_app::inspect_credential::Inspected;
use zizhi_app::present_credential::Choosable;
use zizhi_model::{Check, CheckCode, Outcome};

use super::checks;
use super::style::{Colour, paint, safe};
use crate::lang::Lang;
use crate::say::Voice;

/// What was found about a credential.
pub fn page(inspected: &Inspected, voice: Voice) -> String {
    let (lang, mut out) = (voice.lang, String::new());
    let verdict = checks::outcome(inspected.outcome(), lang, voice.colour);
    let title = inspected.title.as_ref().map_or_else(
        || lang.pick("凭证（类型不明）", "Credential of an unknown type").to_owned(),
        |title| lang.of(title).to_owned(),
    );
    let _ = writeln!(out, "{verdict}  {}", paint(&safe(&title), Colour::Bold, voice.colour));
    if let Some(name) = &inspected.issuer_name {
        let _ = writeln!(out, "  {}  {}", lang.pick("签发方（名录）", "issuer (register)"), safe(name));
    }
    if !inspected.lines.is_empty() {
        contents(&mut out, inspected, voice);
    }
    let told = inspected.checks.iter().filter(|check| check.outcome != Outcome::Pass);
    checks::list(&mut out, told.collect(), lang, voice.colour);
    out
}

fn contents(out: &mut String, inspected: &Inspected, voice: Voice) {
    let lang = voice.lang;
    out.push('\n');
    for line in &inspected.lines {
        let mark = if inspected.disclosed.contains(&line.path) { "○" } else { " " };
        let _ = writeln!(out, "  {mark} {}", claim(line, lang));
    }
    let (shown, hidden) = (inspected.disclosed.len(), inspected.undisclosed);
    let _ = match lang {
        Lang::Zh => writeln!(out, "\n  ○ 选择性披露的字段 {shown} 项；另有 {hidden} 项未披露（或为占位）"),
        Lang::En => writeln!(out, "\n  ○ {shown} claims disclosed by choice; {hidden} held back (or decoys)"),
    };
    let _ = writeln!(out, "  {}  {}", lang.pick("签名", "signature"), signature(&inspected.checks, voice));
    let _ = writeln!(out, "  {}  {}", lang.pick("出示给", "bound to"), binding(inspected, voice));
}

/// What a holder can choose from.
pub fn choices(choosable: &Choosable, voice: Voice) -> String {
    let (lang, mut out) = (voice.lang, String::new());
    if let Some(title) = &choosable.title {
        let _ = writeln!(out, "{}", paint(lang.of(title), Colour::Bold, voice.colour));
    }
    let _ = writeln!(out, "{}", lang.pick("总是可见：", "always visible:"));
    for line in &choosable.always {
        let _ = writeln!(out, "    {}", claim(line, lang));
    }
    let heading = lang.pick(
        "可选择披露（--disclose 后写方括号内的名称）：",
        "can be chosen (write what is in brackets after --disclose):",
    );
    let _ = writeln!(out, "{heading}");
    for line in &choosable.choosable {
        let _ = writeln!(out, "    [{}]  {}", safe(&line.path), claim(line, lang));
    }
    out
}

/// One claim with its label, indented by its depth.
pub fn claim(line: &ClaimLine, lang: Lang) -> String {
    let label = line.label.as_ref().map_or_else(|| safe(&line.path), |label| safe(lang.of(label)));
    format!("{}{label}  {}", "  ".repeat(line.depth), safe(lang.of(&line.value)))
}

fn signature(all: &[Check], voice: Voice) -> String {
    let found =
        all.iter().find(|check| check.code == CheckCode::SigInvalid && &*check.subject == "credential");
    let lang = voice.lang;
    match found.map(|check| check.outcome) {
        Some(Outcome::Pass) => lang.pick("✓ 成立", "✓ holds").to_owned(),
        Some(Outcome::Fail) => lang.pick("✗ 不成立", "✗ does not hold").to_owned(),
        _ => lang.pick("? 未核验（没有签发方的公钥）", "? not checked (no key of the issuer)").to_owned(),
    }
}

fn binding(inspected: &Inspected, voice: Voice) -> String {
    let lang = voice.lang;
    match &inspected.bound_to {
        None => lang.pick("· 未绑定接收方", "· nobody in particular").to_owned(),
        Some(None) => lang.pick("· 未写明接收方", "· no verifier named").to_owned(),
        Some(Some(aud)) => safe(aud),
    }
}
