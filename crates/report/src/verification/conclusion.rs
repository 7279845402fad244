//! 核验结论: the verdict, one sentence that says why, and the four questions.

use zizhi_model::{Check, Outcome, RecognitionMode, Verdict};
use zizhi_verify::Report;

use super::{findings, marks, subjects};
use crate::lang::Lang;
use crate::paper::{Block, Field};

/// The verdict with its reason and the four questions.
pub(super) fn answer(report: &Report, lang: Lang) -> Block {
    let asked = &report.questions;
    let points = [
        (asked.integrity, "内容未被改动？", "Has nothing been altered?"),
        (asked.issuer, "谁签的、可信吗？", "Are the signers trusted?"),
        (asked.currency, "现在还有效吗？", "Is it still in force?"),
        (asked.recognition, "材料齐全并符合互认规则吗？", "Is all there, and recognised?"),
    ];
    let points = points.map(|(answer, zh, en)| Field::new(lang.pick(zh, en), marks::answer(answer, lang)));
    Block::Answer {
        mark: marks::verdict(report.verdict),
        word: lang.pick(report.verdict.zh(), report.verdict.en()).to_owned(),
        reason: reason(report, lang),
        points: points.into(),
    }
}

fn reason(report: &Report, lang: Lang) -> String {
    let problems = findings::grouped(report, findings::is_problem, lang).len();
    let open = findings::grouped(report, |outcome| outcome == Outcome::Pending, lang).len();
    match report.verdict {
        Verdict::Passed => lang
            .pick(
                "签名、时效、材料与互认规则各项检查均成立。",
                "Signatures, validity, material and recognition rules were checked, and all hold.",
            )
            .to_owned(),
        Verdict::PassedWithConditions => conditions(report, problems, open, lang),
        Verdict::Pending => because(report, Outcome::Pending, open, lang),
        Verdict::Failed => because(report, Outcome::Fail, problems, lang),
    }
}

fn conditions(report: &Report, problems: usize, open: usize, lang: Lang) -> String {
    let lesser = report.credentials.iter().filter(|credential| {
        !credential.supplements.is_empty()
            || !matches!(credential.mode, RecognitionMode::Direct | RecognitionMode::Equivalent)
    });
    let mut said = vec![lang.pick("必备材料可以采信", "The required material can be relied on").to_owned()];
    let counted = [
        (
            problems,
            "有{}项问题需补正或留意（见第五部分）",
            "{} findings have to be put right or minded (section 5)",
        ),
        (
            lesser.count(),
            "{}项资质的互认附有条件（见第四部分）",
            "{} qualifications are taken on conditions (section 4)",
        ),
        (open, "{}项可选内容待联网复核（见第六部分）", "{} optional matters are pending (section 6)"),
    ];
    for (count, zh, en) in counted.into_iter().filter(|(count, ..)| *count > 0) {
        said.push(lang.pick(zh, en).replace("{}", &count.to_string()));
    }
    said.join(lang.pick("；", "; ")) + lang.pick("。", ".")
}

/// The finding that decides, and how many there are.
fn because(report: &Report, outcome: Outcome, count: usize, lang: Lang) -> String {
    let Some(check) = deciding(report, outcome) else {
        return lang.pick("没有可以据以判断的检查结果。", "Nothing was found on which to decide.").to_owned();
    };
    let text = check.text();
    let about = subjects::name(report, &check.subject, lang);
    let section = if outcome == Outcome::Fail { 5 } else { 6 };
    match lang {
        Lang::Zh => {
            let part = if outcome == Outcome::Fail { "五" } else { "六" };
            let more = if count > 1 { format!("共{count}项，") } else { String::new() };
            format!("{about}：{}（{more}见第{part}部分）", lang.of(&text))
        }
        Lang::En => {
            let more = if count > 1 { format!("one of {count}; ") } else { String::new() };
            format!("{about}: {} ({more}see section {section})", lang.of(&text))
        }
    }
}

/// The first finding that made the verdict what it is: on the whole, on a required item, on what answers
/// one, and then anywhere.
fn deciding(report: &Report, outcome: Outcome) -> Option<&Check> {
    let is = |check: &&Check| check.outcome == outcome;
    let required = || report.items.iter().filter(|item| item.required);
    let answering = report.credentials.iter().filter(|credential| {
        required().any(|item| item.by.contains(&credential.path))
            || credential.checks.iter().any(|check| is(&check) && check.code.shows_tampering())
    });
    report
        .checks
        .iter()
        .find(is)
        .or_else(|| answering.flat_map(|credential| &credential.checks).find(is))
        .or_else(|| required().flat_map(|item| &item.checks).find(is))
        .or_else(|| report.all_checks().find(is))
}
