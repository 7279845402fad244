//! 问题与补正清单 and 未能离线确认的事项: what was found, once for each thing that was found.

use zizhi_model::{Check, CheckCode, Outcome, catalogue, civil};
use zizhi_verify::Report;

use super::{marks, subjects};
use crate::details::Decision;
use crate::lang::Lang;
use crate::paper::{Block, Column, Row};
use crate::party::party;

/// Findings that say the same, whatever they are about.
pub(super) struct Finding<'r> {
    text: String,
    checks: Vec<&'r Check>,
}

impl<'r> Finding<'r> {
    fn first(&self) -> Option<&'r Check> {
        self.checks.first().copied()
    }
}

/// What belongs in the list of problems. What could not be decided stands in a list of its own.
pub(super) fn is_problem(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Fail | Outcome::Warning)
}

/// Findings with one of the wanted outcomes, the worst first; equal ones together.
pub(super) fn grouped(report: &Report, wanted: impl Fn(Outcome) -> bool, lang: Lang) -> Vec<Finding<'_>> {
    let mut findings: Vec<Finding<'_>> = Vec::new();
    for check in report.all_checks().filter(|check| wanted(check.outcome)) {
        let text = lang.of(&check.text()).to_owned();
        let same = |finding: &&mut Finding<'_>| {
            let first = finding.first().map(|first| (first.code, first.outcome));
            first == Some((check.code, check.outcome)) && finding.text == text
        };
        match findings.iter_mut().find(same) {
            Some(finding) => finding.checks.push(check),
            None => findings.push(Finding { text, checks: vec![check] }),
        }
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.first().map(|check| check.urgency())));
    findings
}

/// The problems with who has to do what by when, and below them what is merely worth knowing.
pub(super) fn problems(report: &Report, decision: Option<&Decision>, title: &str, lang: Lang) -> Vec<Block> {
    let findings = grouped(report, is_problem, lang);
    let days: Vec<Option<String>> = findings.iter().map(|finding| due(finding, decision)).collect();
    let dated = days.iter().any(Option::is_some);
    let mut columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::short(lang.pick("编码", "Code"), 35),
        Column::words(lang.pick("说明与建议", "Finding and advice"), 0),
        Column::words(lang.pick("责任方", "Who"), 19),
    ];
    columns.extend(dated.then(|| Column::short(lang.pick("期限", "By"), 23)));
    let mut rows = Vec::with_capacity(findings.len());
    for ((number, finding), day) in (1..).zip(&findings).zip(days) {
        let Some(check) = finding.first() else { continue };
        let day = dated.then(|| vec![day.unwrap_or_else(|| "—".to_owned())]);
        let said = [
            vec![number.to_string()],
            vec![check.code.to_string(), marks::outcome(check.outcome, lang)],
            told(report, finding, lang),
            vec![lang.of(&party(check.code)).to_owned()],
        ];
        rows.push(Row { cells: said.into_iter().chain(day).collect(), note: None });
    }
    let mut blocks = titled(title, columns, rows, lang);
    for finding in grouped(report, |outcome| outcome == Outcome::Info, lang) {
        let Some(check) = finding.first() else { continue };
        let about = subjects::line(report, &finding.checks, lang);
        let note = match lang {
            Lang::Zh => format!("提示 {}　{about}：{}", check.code, finding.text),
            Lang::En => format!("Note {}  {about}: {}", check.code, finding.text),
        };
        blocks.push(Block::note(note));
    }
    blocks
}

/// What could not be decided, and how it can be.
pub(super) fn open(report: &Report, title: &str, lang: Lang) -> Vec<Block> {
    let findings = grouped(report, |outcome| outcome == Outcome::Pending, lang);
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::short(lang.pick("编码", "Code"), 35),
        Column::words(lang.pick("事项与确认办法", "What is open, and how to confirm it"), 0),
        Column::words(lang.pick("责任方", "Who"), 19),
    ];
    let rows = (1..).zip(&findings).filter_map(|(number, finding)| {
        let check = finding.first()?;
        Some(Row {
            cells: vec![
                vec![number.to_string()],
                vec![check.code.to_string()],
                told(report, finding, lang),
                vec![lang.of(&party(check.code)).to_owned()],
            ],
            note: None,
        })
    });
    titled(title, columns, rows.collect(), lang)
}

/// A section with its table; one with nothing in it is a line that says so.
fn titled(title: &str, columns: Vec<Column>, rows: Vec<Row>, lang: Lang) -> Vec<Block> {
    if rows.is_empty() {
        return vec![Block::heading(&format!("{title}{}", lang.pick("：无", ": none")))];
    }
    vec![Block::heading(title), Block::Table { columns, rows }]
}

fn told(report: &Report, finding: &Finding<'_>, lang: Lang) -> Vec<String> {
    let about = subjects::line(report, &finding.checks, lang);
    let about = format!("{}{about}", lang.pick("涉及：", "About: "));
    let advice = finding.first().map(|check| catalogue::advice(check.code));
    let advice = advice.map(|advice| format!("{}{}", lang.pick("建议：", "Advice: "), lang.of(&advice)));
    [finding.text.clone(), about].into_iter().chain(advice).collect()
}

/// The day by which it has to be done: what the decision sets for the item, else the day that the finding
/// itself names.
fn due(finding: &Finding<'_>, decision: Option<&Decision>) -> Option<String> {
    let check = finding.first()?;
    let asked = decision.into_iter().flat_map(|decision| &decision.supplements);
    let set =
        asked.into_iter().find(|wanted| *wanted.item_id == *check.subject).and_then(|wanted| wanted.due);
    if let Some(day) = set {
        return Some(day.to_string());
    }
    if !matches!(check.code, CheckCode::DateSoon | CheckCode::MoveReport3m) {
        return None;
    }
    let told = check.fact("until")?.to_string();
    let day = civil::parse_date(&told).or_else(|_| civil::parse_time(&told).map(civil::date_in_shanghai));
    Some(day.ok()?.to_string())
}
