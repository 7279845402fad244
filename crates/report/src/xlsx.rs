//! XLSX: a sheet that can be filtered and printed as it is. Words are words, days are days, amounts are
//! numbers, and nothing is ever a formula or a link.

use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _, Utc};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use zizhi_model::money::Fen;

use crate::error::ReportError;
use crate::table::{Cell, Column, Kind, Table, decimal};

/// Characters that a cell holds; the format's own limit.
const LONGEST: usize = 32_767;

/// What stands at the end of a text that is longer than a cell.
const CUT: &str = "…（超出单元格长度，已截断）";

/// Characters of a sheet's name; the format's own limit.
const LONGEST_NAME: usize = 31;

/// Digits that a spreadsheet's numbers hold exactly; longer ones are written as text.
const EXACT: i64 = 999_999_999_999_999;

/// 分 to 万元.
const FEN_PER_WAN_YUAN: f64 = 1_000_000.0;

/// Rows that are looked at for the width of a column.
const MEASURED: usize = 200;

/// The table as a workbook with one sheet. The same table and time give the same bytes.
///
/// # Errors
/// [`ReportError::Row`] if a row does not have a cell for every column; [`ReportError::TooLarge`] if there
/// are more rows or columns than a sheet holds.
pub fn xlsx(table: &Table, made_at: DateTime<Utc>) -> Result<Vec<u8>, ReportError> {
    table.check()?;
    let mut book = Workbook::new();
    let properties = DocProperties::new().set_title(&table.title).set_creation_datetime(&moment(made_at)?);
    book.set_properties(&properties);
    let sheet = book.add_worksheet();
    sheet.set_name(name(&table.title))?;
    page(sheet, table)?;
    heading(sheet, table)?;
    let styles = Styles::new();
    for (row, cells) in (1..).zip(&table.rows) {
        for (at, (cell, column)) in (0..).zip(cells.iter().zip(&table.columns)) {
            put(sheet, row, at, cell, column, &styles).map_err(large)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// How each kind of value looks.
struct Styles {
    text: Format,
    date: Format,
    number: [Format; 5],
    money: Format,
}

impl Styles {
    fn new() -> Self {
        let plain = || {
            Format::new()
                .set_font_name("宋体")
                .set_font_size(10.5)
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter)
        };
        let number = |form| plain().set_num_format(form).set_align(FormatAlign::Right);
        Self {
            text: plain().set_num_format("@").set_text_wrap(),
            date: plain().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            number: ["0", "0.0", "0.00", "0.000", "0.0000"].map(number),
            money: number("#,##0.00"),
        }
    }

    fn number(&self, places: u8) -> &Format {
        self.number.get(usize::from(places)).unwrap_or(&self.text)
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    cell: &Cell,
    column: &Column,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {
            let style = match column.kind {
                Kind::Text => &styles.text,
                Kind::Date => &styles.date,
                Kind::Number => styles.number(0),
                Kind::Money => &styles.money,
            };
            sheet.write_blank(row, at, style)
        }
        Cell::Text(words) => sheet.write_string_with_format(row, at, fitting(words), &styles.text),
        Cell::Date(day) => {
            let year = u16::try_from(day.year()).unwrap_or_default();
            // Excel's calendar begins in 1900 and has four digits; other days stay readable as text.
            let (month, of_month) = (day.month(), day.day());
            let small = |number: u32| u8::try_from(number).unwrap_or_default();
            match ExcelDateTime::from_ymd(year, small(month), small(of_month)) {
                Ok(date) => sheet.write_datetime_with_format(row, at, date, &styles.date),
                Err(_) => sheet.write_string_with_format(row, at, day.to_string(), &styles.text),
            }
        }
        Cell::Number { digits, places } => {
            let style = styles.number(*places);
            match (decimal(*digits, *places).parse::<f64>(), digits.unsigned_abs() <= EXACT.unsigned_abs()) {
                (Ok(number), true) => sheet.write_number_with_format(row, at, number, style),
                _ => sheet.write_string_with_format(row, at, decimal(*digits, *places), &styles.text),
            }
        }
        Cell::Money(amount) => match wan_yuan(*amount) {
            Some(number) => sheet.write_number_with_format(row, at, number, &styles.money),
            None => sheet.write_string_with_format(row, at, amount.wan_yuan(), &styles.text),
        },
    }
    .map(drop)
}

fn wan_yuan(amount: Fen) -> Option<f64> {
    // Up to here every whole number is a number of the spreadsheet's.
    let fen = i32::try_from(amount.0).map(f64::from).ok();
    let fen = fen.or_else(|| {
        (amount.0.unsigned_abs() <= EXACT.unsigned_abs()).then(|| amount.0.to_string().parse().ok()).flatten()
    });
    fen.map(|fen: f64| fen / FEN_PER_WAN_YUAN)
}

/// The text as far as a cell holds it, with a remark where it does not.
fn fitting(words: &str) -> String {
    if words.chars().map(char::len_utf16).sum::<usize>() <= LONGEST {
        return words.to_owned();
    }
    let room = LONGEST - CUT.chars().count();
    let mut used = 0;
    let kept = words.chars().take_while(|character| {
        used += character.len_utf16();
        used <= room
    });
    kept.chain(CUT.chars()).collect()
}

/// The title as far as it may name a sheet.
fn name(title: &str) -> String {
    let allowed = title.chars().map(|character| match character {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
        character if character.is_control() => ' ',
        character => character,
    });
    let mut used = 0;
    let name: String = allowed
        .take_while(|character| {
            used += character.len_utf16();
            used <= LONGEST_NAME
        })
        .collect();
    let name = name.trim();
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        "Sheet1".to_owned()
    } else {
        name.to_owned()
    }
}

/// A4 across, all columns on one page, the heading on each.
fn page(sheet: &mut Worksheet, table: &Table) -> Result<(), ReportError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    // `&` begins a code in a footer.
    sheet.set_footer(format!("&L{}&C第&P页 共&N页", table.title.replace('&', "&&")));
    sheet.set_freeze_panes(1, 0).map_err(large)?;
    sheet.set_repeat_rows(0, 0).map_err(large)?;
    let (Some(last), Ok(rows)) = (table.columns.len().checked_sub(1), u32::try_from(table.rows.len())) else {
        return if table.columns.is_empty() { Ok(()) } else { Err(ReportError::TooLarge) };
    };
    let last = u16::try_from(last).map_err(|_| ReportError::TooLarge)?;
    sheet.autofilter(0, 0, rows, last).map_err(large)?;
    for (at, column) in (0..).zip(&table.columns) {
        let cells = table.rows.iter().take(MEASURED).filter_map(|row| row.get(usize::from(at)));
        let widest = cells.map(width).chain([units(&column.title) + 4]).max().unwrap_or_default();
        sheet.set_column_width(at, f64::from(u32::try_from(widest.clamp(8, 48)).unwrap_or(48)))?;
    }
    Ok(())
}

fn heading(sheet: &mut Worksheet, table: &Table) -> Result<(), ReportError> {
    let style = Format::new()
        .set_font_name("黑体")
        .set_font_size(10.5)
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_background_color("F2F2F2")
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, fitting(&column.title), &style).map_err(large)?;
    }
    Ok(())
}

/// The width of a value in digits, a Chinese character counting two.
fn width(cell: &Cell) -> usize {
    2 + match cell {
        Cell::Empty => 0,
        Cell::Text(words) => units(words),
        Cell::Date(_) => 10,
        Cell::Number { digits, places } => decimal(*digits, *places).len(),
        Cell::Money(amount) => amount.wan_yuan().len(),
    }
}

fn units(words: &str) -> usize {
    words.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

fn large(error: XlsxError) -> ReportError {
    match error {
        XlsxError::RowColumnLimitError => ReportError::TooLarge,
        error => ReportError::Workbook(error),
    }
}

/// The moment in China, as the format stores it without a zone.
fn moment(at: DateTime<Utc>) -> Result<ExcelDateTime, ReportError> {
    let local = FixedOffset::east_opt(8 * 3600).map_or(at.fixed_offset(), |zone| at.with_timezone(&zone));
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let day = ExcelDateTime::from_ymd(
        u16::try_from(local.year()).unwrap_or_default(),
        small(local.month()),
        small(local.day()),
    );
    let hour = u16::try_from(local.hour()).unwrap_or_default();
    Ok(day.and_then(|day| day.and_hms(hour, small(local.minute()), local.second()))?)
}
