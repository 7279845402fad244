//! 月报: the figures of a month, each with its unit and what it is counted from. The document counts nothing.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::{Text, civil};

use crate::error::ReportError;
use crate::fonts::Fonts;
use crate::lang::Lang;
use crate::paper::{self, Block, Column, Paper, Row};
use crate::press::{self, Inputs};
use crate::table::decimal;

/// The figures of a month, in the order in which they are read.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthFigures {
    /// Whose figures.
    pub organisation: String,
    /// Who made them, if anybody is named.
    pub operator: Option<String>,
    /// What month, by its first day.
    pub month: NaiveDate,
    /// Figures that belong together.
    pub sections: Vec<FigureSection>,
    /// 口径: how they are counted, a paragraph each.
    pub definitions: Vec<Text>,
    /// When they were counted.
    pub made_at: DateTime<Utc>,
    /// Name and version of the program.
    pub software: String,
    /// Whether it is made for practice.
    pub drill: bool,
}

/// Figures under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSection {
    /// The heading, without a number.
    pub title: Text,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What is counted.
    pub what: Text,
    /// The number and its decimal places; nothing where it is unknown.
    pub value: Option<(u32, u8)>,
    /// 件, 家, %; empty for none.
    pub unit: Text,
    /// What it is counted from.
    pub said: Text,
}

/// The figures of a month as a document: A4, PDF/A-3a and PDF/UA-1, the same bytes for the same input.
///
/// # Errors
/// As [`crate::verification_report`].
pub fn month_report(figures: &MonthFigures, lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let mut blocks = Vec::new();
    for (number, section) in (1..).zip(&figures.sections) {
        blocks.push(Block::Heading { text: headed(number, lang.of(&section.title), lang) });
        blocks.push(match section.figures.as_slice() {
            [] => Block::text(lang.pick("无。", "None.")),
            rows => table(rows, lang),
        });
    }
    let counted = headed(figures.sections.len() + 1, lang.pick("口径", "How this is counted"), lang);
    blocks.push(Block::Heading { text: counted });
    blocks.extend(figures.definitions.iter().map(|said| Block::note(lang.of(said))));
    let time = lang.time(figures.made_at);
    let statement = match lang {
        Lang::Zh => format!("数据截至{time}，取自本机数据库，供本单位内部统计使用。"),
        Lang::En => {
            format!("As of {time}, from the database of this machine; for this organisation's own use.")
        }
    };
    let day = lang.date(civil::date_in_shanghai(figures.made_at));
    let signing = paper::signing(lang, figures.operator.as_deref(), None, &figures.organisation, day, None);
    blocks.push(Block::Together { blocks: vec![Block::text(statement), Block::Signing(signing)] });
    let month = month_name(figures.month, lang);
    let paper = Paper {
        lang: lang.pick("zh", "en").to_owned(),
        title: lang.pick("资质互认工作月报", "Monthly figures").to_owned(),
        number: month.clone(),
        copies: None,
        organisation: figures.organisation.clone(),
        description: format!("{} {month}", figures.organisation),
        watermark: paper::watermark(figures.drill, lang),
        page: paper::page(lang),
        attachment: None,
        blocks,
    };
    let identity = format!("{month} {} {}", figures.organisation, civil::rfc3339(figures.made_at));
    let inputs = Inputs {
        code: None,
        attached: None,
        at: figures.made_at,
        identity: &identity,
        software: &figures.software,
    };
    press::print(&paper, inputs, fonts)
}

fn table(figures: &[Figure], lang: Lang) -> Block {
    let columns = vec![
        Column::words(lang.pick("项目", "Figure"), 50),
        Column::short(lang.pick("数值", "Value"), 20),
        Column::short(lang.pick("单位", "Unit"), 22),
        Column::words(lang.pick("说明", "From"), 0),
    ];
    let rows = figures.iter().map(|figure| {
        let value =
            figure.value.map_or_else(|| "—".to_owned(), |(digits, places)| decimal(digits.into(), places));
        let cells = [lang.of(&figure.what), &value, lang.of(&figure.unit), lang.of(&figure.said)];
        Row { cells: cells.map(|cell| vec![cell.to_owned()]).into(), note: None }
    });
    Block::Table { columns, rows: rows.collect() }
}

/// A heading with its number: 一、 or 1.
pub(crate) fn headed(number: usize, text: &str, lang: Lang) -> String {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    match (lang, number.checked_sub(1).and_then(|at| NUMERALS.get(at))) {
        (Lang::Zh, Some(numeral)) => format!("{numeral}、{text}"),
        _ => format!("{number}. {text}"),
    }
}

fn month_name(first: NaiveDate, lang: Lang) -> String {
    let day = civil::date_zh(first);
    match lang {
        Lang::Zh => day.strip_suffix("1日").unwrap_or(&day).to_owned(),
        Lang::En => first.format("%Y-%m").to_string(),
    }
}
