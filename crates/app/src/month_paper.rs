//! Writes a month: as a page to stamp and file (`.pdf`), or as a table (`.xlsx`, `.csv`), by the ending that the
//! person chose. Paper, table and screen have the same figures.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Utc};
use zizhi_model::{Text, Verdict, catalogue, civil};
use zizhi_report::{
    Cell, Column, Figure, FigureSection, Fonts, Kind, Lang, MonthFigures, Table, month_report,
};
use zizhi_store::Database;

use crate::case_month::{Month, month};
use crate::failure::{Failure, told};
use crate::output::Output;
use crate::park_rates::Rate;
use crate::print_report::{ending, not_printed, write};
use crate::working_days::WorkingDays;
use crate::write_table::write_table;
use crate::{SOFTWARE, settings};

/// How a month is written.
#[derive(Clone, Copy)]
pub struct MonthPaper<'a> {
    /// `YYYY-MM`
    pub month: &'a str,
    /// The calendar that working days are counted by.
    pub days: &'a WorkingDays,
    /// The language of the page; a table is in Chinese.
    pub language: Lang,
    /// Whether it is made for practice.
    pub drill: bool,
    /// When.
    pub now: DateTime<Utc>,
}

/// Writes the figures of a month and gives how many there are.
///
/// # Errors
/// As [`month`]; `TABLE-ENDING`, `IO-EXISTS`, `IO-WRITE`; for a page the codes of [`zizhi_report::ReportError`].
pub fn export_month(
    database: &Database,
    paper: &MonthPaper<'_>,
    fonts: impl FnOnce() -> Result<Arc<Fonts>, Failure>,
    output: &Output<'_>,
) -> Result<usize, Failure> {
    output.check()?;
    let figures = month(database, paper.month, paper.days, civil::date_in_shanghai(paper.now))?;
    let reader = database.reader()?;
    let organisation = reader.profile()?.map(|profile| profile.name).unwrap_or_default();
    let operator = Some(settings::actor(&reader)?).filter(|name| !name.is_empty());
    let sections = sections(&figures);
    let count = sections.iter().map(|section| section.figures.len()).sum();
    if ending(output.path) != "pdf" {
        write_table(&table(&figures, &sections, &organisation), output, paper.now)?;
        return Ok(count);
    }
    let page = MonthFigures {
        organisation,
        operator,
        month: figures.first,
        sections,
        definitions: definitions(&figures),
        made_at: paper.now,
        software: SOFTWARE.to_owned(),
        drill: paper.drill,
    };
    write(&month_report(&page, paper.language, &*fonts()?).map_err(not_printed)?, output)?;
    Ok(count)
}

fn definitions(month: &Month) -> Vec<Text> {
    vec![month.definition.clone(), month.park.definition(), month.park.source()]
}

/// All figures, under the headings that the page has.
fn sections(month: &Month) -> Vec<FigureSection> {
    let cases = Text::fixed("件", "cases");
    let none = || Text::fixed("", "");
    let count = |what: Text, count: u32, said: Text| Figure {
        what,
        value: Some((count, 0)),
        unit: cases.clone(),
        said,
    };
    let tenths = |what, value: Option<u32>, unit, said| Figure {
        what,
        value: value.map(|tenths| (tenths, 1)),
        unit,
        said,
    };
    let (passed, judged) = (month.passed(), month.judged());
    let verdicts = [Verdict::Passed, Verdict::PassedWithConditions, Verdict::Pending, Verdict::Failed];
    let section = |zh, en, figures| FigureSection { title: Text::fixed(zh, en), figures };
    vec![
        section(
            "收件与办结",
            "Received and decided",
            vec![
                count(Text::fixed("收件数", "Received"), month.received, none()),
                count(Text::fixed("办结数", "Decided"), month.decided, none()),
                tenths(
                    Text::fixed("通过率（含有条件通过）", "Passed, conditions included"),
                    month.passed_tenths(),
                    Text::fixed("%", "%"),
                    told(format!("{passed} / {judged} 件"), format!("{passed} of {judged} cases")),
                ),
                tenths(
                    Text::fixed("平均用时", "Average time"),
                    month.average_tenths,
                    Text::fixed("个工作日", "working days"),
                    none(),
                ),
            ],
        ),
        section(
            "核验结论",
            "Verdicts",
            verdicts
                .iter()
                .zip(month.verdicts)
                .map(|(verdict, number)| count(Text::fixed(verdict.zh(), verdict.en()), number, none()))
                .collect(),
        ),
        section(
            "主要问题",
            "Main problems",
            month
                .problems
                .iter()
                .map(|(code, number)| {
                    let said = told(code.as_str().to_owned(), code.as_str().to_owned());
                    count(catalogue::title(*code), *number, said)
                })
                .collect(),
        ),
        section("在园企业指标", "Firms in incubation", park(month)),
    ]
}

fn park(month: &Month) -> Vec<Figure> {
    let firms = month.park.high_tech.firms;
    let day = month.park.as_of;
    vec![
        Figure {
            what: Text::fixed("在园企业数", "Firms in incubation"),
            value: Some((firms, 0)),
            unit: Text::fixed("家", "firms"),
            said: told(format!("截至{}", civil::date_zh(day)), format!("as of {day}")),
        },
        rate(Text::fixed("高企认定率", "High-tech rate"), &month.park.high_tech, "有效高企", "high-tech"),
        rate(Text::fixed("获融资比例", "Financed"), &month.park.financed, "有投融资记录", "financed"),
    ]
}

fn rate(what: Text, rate: &Rate, met_zh: &str, met_en: &str) -> Figure {
    let Rate { firms, met, lapsed, unrecorded, reference } = rate;
    Figure {
        what,
        value: rate.tenths().map(|tenths| (tenths, 1)),
        unit: Text::fixed("%", "%"),
        said: told(
            format!(
                "{met_zh}{met}家 / 在园企业{firms}家；有记录但当日无效{lapsed}家，无记录{unrecorded}家；参考线{reference}%"
            ),
            format!(
                "{met_en} {met} of {firms} firms; {lapsed} with a record that does not hold, {unrecorded} without any \
                 record; reference line {reference}%"
            ),
        ),
    }
}

/// The figures a row each: what it is, the number, its unit, and what else there is to say.
fn table(month: &Month, sections: &[FigureSection], organisation: &str) -> Table {
    let kinds = [("项目", Kind::Text), ("数值", Kind::Number), ("单位", Kind::Text), ("说明", Kind::Text)];
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
    let said = |what: &str, said: &str| vec![Cell::text(what), Cell::Empty, Cell::Empty, text(said)];
    let mut rows = vec![
        said("统计单位", organisation),
        said("月份", &format!("{}年{}月", month.first.year(), month.first.month())),
    ];
    for section in sections {
        // Verdicts and problems would be taken for figures of their own without their heading.
        let heading = match section.title.zh.as_ref() {
            heading @ ("核验结论" | "主要问题") => format!("{heading}："),
            _ => String::new(),
        };
        rows.extend(section.figures.iter().map(|figure| {
            let number = figure
                .value
                .map_or(Cell::Empty, |(digits, places)| Cell::Number { digits: digits.into(), places });
            let what = format!("{heading}{}", figure.what.zh);
            vec![Cell::text(what), number, text(&figure.unit.zh), text(&figure.said.zh)]
        }));
    }
    rows.extend(definitions(month).iter().map(|definition| said("口径", &definition.zh)));
    Table {
        title: format!("月报 {}", month.first.format("%Y-%m")),
        columns: kinds.map(|(title, kind)| Column { title: title.to_owned(), kind }).into(),
        rows,
    }
}
