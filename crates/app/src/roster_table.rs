//! A table that somebody else made, as rows of cells: `.xlsx`, `.xls`, `.ods`, or text with commas, tabs
//! or semicolons in UTF-8, UTF-16 or GB 18030.
//!
//! What a file is shows in its bytes, not in its ending, since tables are often saved under a wrong one.
//! Nothing is judged here: a cell is what stands in it, a date where the spreadsheet says so. Formulas
//! and macros are not run; a cell with a formula is its last result.

mod text;
mod workbook;

use std::path::Path;

use chrono::NaiveDate;
use zizhi_model::Text;

use crate::failure::{Failure, told};
use crate::files;

/// Bytes of the largest table. A register of 100 000 firms with twenty columns is half of that as text.
const FILE_BYTES: u64 = 32 * 1024 * 1024;
/// Rows that are read. The largest province has some tens of thousands of incubated firms.
const ROWS: usize = 100_000;
/// Columns that are read; what stands further right is no register.
const COLUMNS: usize = 256;

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, where the spreadsheet says that it is one.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
    /// An error of the spreadsheet, such as `#N/A`.
    Error(String),
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number in the table, from 1, as the spreadsheet counts.
    pub number: u32,
    /// Its cells from the first column on.
    pub cells: Vec<Cell>,
}

/// The rows of one sheet, without those that are empty.
pub type Sheet = Vec<Row>;

impl Cell {
    /// What stands there, as text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Bool(true) => "是".to_owned(),
            Self::Bool(false) => "否".to_owned(),
        }
    }

    /// Whether nothing stands there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Reads the sheets of a table; text is one sheet.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`; `ROSTER-FORMAT` for a file that is no table, `ROSTER-PASSWORD` for one that is
/// encrypted, `ROSTER-DAMAGED` for one that breaks off, `ROSTER-SIZE` for one that unpacks to more than is
/// read.
pub fn read_table(path: &Path) -> Result<Vec<Sheet>, Failure> {
    let bytes = files::read(path, FILE_BYTES)?;
    let sheets = match bytes.as_slice() {
        [b'P', b'K', ..] => workbook::zipped(path, bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => workbook::old(path, bytes)?,
        other if looks_like_markup(other) || other.contains(&0) && !text::is_utf16(other) => {
            return Err(no_table(path));
        }
        text => vec![text::read(path, text)?],
    };
    Ok(sheets)
}

/// Older systems hand out web pages under the ending `.xls`.
fn looks_like_markup(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace());
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).first() == Some(&b'<')
        || start.and_then(|start| bytes.get(start)) == Some(&b'<')
}

/// Keeps a row if something stands in it.
fn push(sheet: &mut Sheet, row: Row, path: &Path) -> Result<(), Failure> {
    if row.cells.iter().all(Cell::is_empty) {
        return Ok(());
    }
    if sheet.len() >= ROWS {
        return Err(too_large(path));
    }
    sheet.push(row);
    Ok(())
}

fn no_table(path: &Path) -> Failure {
    Failure::input(
        "ROSTER-FORMAT",
        told(
            format!("{} 不是可以读取的表格，没有导入。", path.display()),
            format!("{} is no table that can be read; nothing was imported", path.display()),
        ),
        Text::fixed(
            "请在表格软件中打开它，另存为 .xlsx 或 .csv 后再试。",
            "open it in a spreadsheet, save it as .xlsx or .csv, and try again",
        ),
    )
}

fn damaged(path: &Path) -> Failure {
    Failure::input(
        "ROSTER-DAMAGED",
        told(
            format!("{} 内容不完整或已损坏，没有导入。", path.display()),
            format!("{} is cut short or damaged; nothing was imported", path.display()),
        ),
        Text::fixed(
            "请重新复制该文件，或在表格软件中打开后另存一份再试。",
            "copy it again, or open it in a spreadsheet and save it anew",
        ),
    )
}

fn encrypted(path: &Path) -> Failure {
    Failure::input(
        "ROSTER-PASSWORD",
        told(
            format!("{} 设有打开密码，没有导入。", path.display()),
            format!("{} is protected by a password; nothing was imported", path.display()),
        ),
        Text::fixed(
            "请在表格软件中打开它，取消密码后另存再试。",
            "open it in a spreadsheet, save it without the password, and try again",
        ),
    )
}

fn too_large(path: &Path) -> Failure {
    Failure::input(
        "ROSTER-SIZE",
        told(
            format!("{} 的内容超过了 {ROWS} 行的上限，没有导入。", path.display()),
            format!("{} holds more than {ROWS} rows; nothing was imported", path.display()),
        ),
        Text::fixed("请把表格分成几份导入。", "split the table and import the parts"),
    )
}
