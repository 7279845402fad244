//! One report as a page of text: the verdict first, then the four questions, the checklist, the
//! credentials, and every finding with advice and code.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use zizhi_app::report_words::paper;
use zizhi_model::{CheckCode, Outcome, RecognitionMode, Verdict};
use zizhi_verify::Grounds;
use zizhi_verify::report::{Answer, CredentialReport, ItemReport, ItemState, Report};

use super::checks;
use super::style::{Colour, paint, safe};
use crate::lang::Lang;

/// The whole report, with what it rests on.
pub fn page(report: &Report, grounds: &Grounds, lang: Lang, colour: bool) -> String {
    let mut out = String::new();
    head(&mut out, report, lang, colour);
    questions(&mut out, report, lang, colour);
    conditions(&mut out, report, lang, colour);
    items(&mut out, report, lang, colour);
    credentials(&mut out, report, grounds, lang, colour);
    findings(&mut out, report, lang, colour);
    out
}

/// One line for a folder: the mark and word of the verdict, the firm, and the codes that matter most.
pub fn line(report: &Report, lang: Lang, colour: bool) -> String {
    let firm = report.dossier.as_ref().map_or("—", |dossier| dossier.firm.name.as_str());
    let mut codes: Vec<&str> = report
        .findings()
        .filter(|check| check.outcome >= Outcome::Pending)
        .map(|check| check.code.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let codes = if codes.is_empty() { String::new() } else { format!("  {}", codes.join(" ")) };
    let mut out = format!(
        "{}  {}  {}{codes}",
        verdict(report.verdict, lang, colour),
        safe(&report.file.name),
        safe(firm)
    );
    if report.verdict == Verdict::PassedWithConditions {
        for condition in conditions_of(report, lang) {
            let _ = write!(out, "\n    {condition}");
        }
        let warnings = report.findings().filter(|check| check.outcome == Outcome::Warning);
        let warnings: BTreeSet<String> =
            warnings.map(|check| format!("! {}  {}", safe(lang.of(&check.text())), check.code)).collect();
        for warning in warnings {
            let _ = write!(out, "\n    {warning}");
        }
    }
    out
}

/// Mark and word of a verdict.
pub fn verdict(verdict: Verdict, lang: Lang, colour: bool) -> String {
    let (mark, paint_with) = match verdict {
        Verdict::Passed => ("✓", Colour::Green),
        Verdict::PassedWithConditions => ("!", Colour::Yellow),
        Verdict::Pending => ("?", Colour::Yellow),
        Verdict::Failed => ("✗", Colour::Red),
    };
    paint(&format!("{mark} {}", lang.pick(verdict.zh(), verdict.en())), paint_with, colour)
}

fn head(out: &mut String, report: &Report, lang: Lang, colour: bool) {
    let _ = writeln!(out, "{}  {}", verdict(report.verdict, lang, colour), safe(&report.file.name));
    if let Some(dossier) = &report.dossier {
        let _ = writeln!(
            out,
            "  {}  {}",
            paint(&safe(&dossier.firm.name), Colour::Bold, colour),
            safe(&dossier.firm.uscc)
        );
        let _ = writeln!(
            out,
            "  {}  {} → {}",
            lang.pick(dossier.scenario.zh(), dossier.scenario.en()),
            region(&dossier.origin_region),
            region(&dossier.destination_region)
        );
    }
    if let Some(dossier) = &report.dossier {
        let unchecked = report.checks.iter().any(|check| check.code == CheckCode::AudUnchecked);
        let note = if unchecked {
            lang.pick(
                "  （没有给 --as，未核对是否交给本单位）",
                "  (without --as it is not checked whether that is you)",
            )
        } else {
            ""
        };
        let _ = writeln!(out, "  {}  {}{note}", lang.pick("交给", "for"), safe(bare(&dossier.aud)));
    }
    let basis = &report.basis;
    let checked = lang.pick("离线核验", "verified offline");
    let _ = writeln!(out, "  {checked}  {}", basis.verified_at);
    match &basis.trust {
        Some(trust) => {
            // Packages of other publishers may only say until when they hold.
            let _ = if trust.timestamp > basis.verified_at {
                writeln!(
                    out,
                    "  {}  {}",
                    lang.pick("信任数据有效至", "trust data valid until"),
                    trust.timestamp
                )
            } else {
                let told = lang.pick("信任数据截至", "trust data as of");
                writeln!(out, "  {told}  {}  {}", trust.timestamp, age(trust.age_seconds, lang))
            };
        }
        None => {
            let _ = writeln!(out, "  {}", lang.pick("没有可用的信任数据", "no usable trust data"));
        }
    }
    if let Some(pack) = &basis.rule_pack {
        let _ = match lang {
            Lang::Zh => writeln!(out, "  互认规则包 {} 第{}版", safe(&pack.id), pack.version),
            Lang::En => writeln!(out, "  rule pack {} version {}", safe(&pack.id), pack.version),
        };
    }
    for status in &basis.status {
        let told = match (&status.iat, status.age_seconds) {
            (Some(iat), Some(seconds)) => format!("{iat}  {}", age(seconds, lang)),
            _ => lang.pick("没有可用的数据", "no usable data").to_owned(),
        };
        let _ = writeln!(out, "  {} {}  {told}", lang.pick("吊销名单", "status list"), safe(&status.uri));
    }
}

/// The code in the URN of an organisation.
fn bare(org: &str) -> &str {
    org.strip_prefix("urn:uscc:").unwrap_or(org)
}

fn questions(out: &mut String, report: &Report, lang: Lang, colour: bool) {
    let asked = [
        (report.questions.integrity, "内容未被改动？", "Has nothing been altered?"),
        (report.questions.issuer, "谁签的、可信吗？", "Are the signers known and trusted?"),
        (report.questions.currency, "现在还有效吗？", "Is it still in force?"),
        (
            report.questions.recognition,
            "材料齐全并符合互认规则吗？",
            "Is all there, and recognised at the destination?",
        ),
    ];
    out.push('\n');
    for (answer, zh, en) in asked {
        let _ = writeln!(out, "  {}  {}", self::answer(answer, lang, colour), lang.pick(zh, en));
    }
}

fn answer(answer: Answer, lang: Lang, colour: bool) -> String {
    let (zh, en, with) = match answer {
        Answer::Pass => ("✓ 是", "✓ yes", Colour::Green),
        Answer::Fail => ("✗ 否", "✗ no", Colour::Red),
        Answer::Pending => ("? 待联网复核", "? pending", Colour::Yellow),
    };
    paint(lang.pick(zh, en), with, colour)
}

fn items(out: &mut String, report: &Report, lang: Lang, colour: bool) {
    if report.items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint(lang.pick("材料清单", "Checklist"), Colour::Bold, colour));
    for item in &report.items {
        let _ = writeln!(out, "  {}", item_line(item, report, lang, colour));
    }
}

fn item_line(item: &ItemReport, report: &Report, lang: Lang, colour: bool) -> String {
    let (zh, en, with) = match (item.state, item.required) {
        (ItemState::Met, _) => ("✓ 已备", "✓ met", Colour::Green),
        (ItemState::Missing, true) => ("✗ 缺", "✗ missing", Colour::Red),
        (ItemState::Missing, false) => ("· 未提供", "· not given", Colour::Dim),
        (ItemState::Insufficient, _) => ("! 不符", "! insufficient", Colour::Yellow),
        (ItemState::Open, _) => ("? 待联网复核", "? open", Colour::Yellow),
    };
    let need = if item.required { lang.pick("必需", "required") } else { lang.pick("可选", "optional") };
    let by: Vec<String> = item.by.iter().map(|path| called(path, report, lang)).collect();
    let by = if by.is_empty() { String::new() } else { format!("  ← {}", by.join(lang.pick("、", ", "))) };
    format!("{}  {}  [{need}]{by}", paint(lang.pick(zh, en), with, colour), safe(lang.of(&item.title)))
}

/// What a finding is about, as a person calls it and as the window and the paper do. Where another paper has the
/// same name, a credential's number or the beginning of an attachment's digest tells them apart.
fn called(subject: &str, report: &Report, lang: Lang) -> String {
    let Some(name) = paper(report, subject) else { return safe(subject) };
    let attachments = report.dossier.iter().flat_map(|dossier| &dossier.attachments);
    let papers = attachments.map(|it| &it.path).chain(report.credentials.iter().map(|it| &it.path));
    if papers.filter(|path| paper(report, path).as_ref() == Some(&name)).count() < 2 {
        return safe(lang.of(&name));
    }
    let name = lang.of(&name);
    let number = report.credentials.iter().find(|it| it.path == subject).map(|it| it.number.as_deref());
    let digest: String = subject.trim_start_matches("attachments/").chars().take(8).collect();
    match number {
        Some(Some(number)) => safe(&format!("{name} {number}")),
        // It does not disclose one: nothing but its place is left.
        Some(None) => safe(&format!("{name} ({subject})")),
        None => safe(&format!("{name} ({digest})")),
    }
}

/// What a conditional verdict is on condition of: what has to be added, and what a required item rests on and
/// is taken in a lesser way. What else a person has to look at stands among the findings.
fn conditions(out: &mut String, report: &Report, lang: Lang, colour: bool) {
    if report.verdict != Verdict::PassedWithConditions {
        return;
    }
    let lines = conditions_of(report, lang);
    let told = if lines.is_empty() {
        lang.pick(
            "有条件：“注意”的各项要由人处理",
            "On condition: a person has to see to every warning below",
        )
    } else {
        lang.pick(
            "有条件：下列各项和“注意”的各项要由人处理",
            "On condition: a person has to see to these and to every warning below",
        )
    };
    let _ = writeln!(out, "\n{}", paint(told, Colour::Bold, colour));
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

/// What has to be added, and what is taken for less than it is.
fn conditions_of(report: &Report, lang: Lang) -> Vec<String> {
    let required =
        |path: &str| report.items.iter().any(|it| it.required && it.by.iter().any(|by| by == path));
    let mut lines = Vec::new();
    for credential in &report.credentials {
        let name = type_name(credential, lang);
        for wanted in &credential.supplements {
            let title = safe(lang.of(&wanted.title));
            lines.push(format!("{}  {name} ← {title}", lang.pick("! 需补充", "! to be added")));
        }
        let lesser = !matches!(credential.mode, RecognitionMode::Direct | RecognitionMode::Equivalent);
        if lesser && required(&credential.path) {
            lines.push(format!("! {}  {name}", mode(credential.mode, lang)));
        }
    }
    lines
}

fn credentials(out: &mut String, report: &Report, grounds: &Grounds, lang: Lang, colour: bool) {
    if report.credentials.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint(lang.pick("资质凭证", "Credentials"), Colour::Bold, colour));
    for credential in &report.credentials {
        let _ = writeln!(out, "  {}", credential_line(credential, lang, colour));
        // How it would be taken is no question for what does not hold.
        if credential.verdict != Verdict::Failed {
            let told = lang.pick("依据：", "basis: ");
            let _ = writeln!(out, "      {told}{}", safe(lang.of(&grounds.taken(credential))));
        }
    }
}

fn credential_line(credential: &CredentialReport, lang: Lang, colour: bool) -> String {
    let name = type_name(credential, lang);
    let number = credential.number.as_deref().map_or_else(String::new, |number| format!(" {}", safe(number)));
    let issuer = credential.issuer.as_ref().map_or_else(String::new, |issuer| {
        format!("  {}", safe(issuer.name.as_deref().unwrap_or(&issuer.uscc)))
    });
    let provenance =
        credential.provenance.map_or("", |provenance| lang.pick(provenance.zh(), provenance.en()));
    let taken = if credential.verdict == Verdict::Failed {
        String::new()
    } else {
        format!("  {}", mode(credential.mode, lang))
    };
    format!("{}  {name}{number}{issuer}  【{provenance}】{taken}", verdict(credential.verdict, lang, colour))
}

fn type_name(credential: &CredentialReport, lang: Lang) -> String {
    let name = zizhi_verify::type_name(&credential.credential_type);
    name.map_or_else(|| safe(&credential.credential_type), |text| lang.of(&text).to_owned())
}

fn mode(mode: RecognitionMode, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => mode.zh(),
        Lang::En => mode.en(),
    }
}

fn findings(out: &mut String, report: &Report, lang: Lang, colour: bool) {
    checks::list_named(
        out,
        report.findings().collect(),
        |subject| called(subject, report, lang),
        lang,
        colour,
    );
}

fn age(seconds: i64, lang: Lang) -> String {
    let days = seconds.max(0) / 86_400;
    match lang {
        Lang::Zh if days == 0 => "（不足1天）".to_owned(),
        Lang::Zh => format!("（已{days}天）"),
        Lang::En if days == 0 => "(less than a day old)".to_owned(),
        Lang::En if days == 1 => "(1 day old)".to_owned(),
        Lang::En => format!("({days} days old)"),
    }
}

fn region(code: &str) -> String {
    let name = zizhi_model::region::Region::parse(code).ok().and_then(|region| region.name());
    name.map_or_else(|| safe(code), |name| format!("{name} {code}"))
}
