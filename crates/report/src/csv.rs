//! CSV as Chinese spreadsheets open it: UTF-8 with a mark, lines ended by CR LF. A text that a
//! spreadsheet would take for a formula is given a leading apostrophe, by which it stays a text.

use zizhi_model::text::hides;

use crate::error::ReportError;
use crate::table::{Cell, Table, decimal};

/// Tells spreadsheets that the file is UTF-8; without it they read GBK and show rubbish.
const MARK: &str = "\u{feff}";

/// The table as CSV.
///
/// A cell that begins, after any white space, with `=`, `+`, `-`, `@`, their full-width forms or a control
/// character begins with `'` in the file. The digits of a code are not formulas and stay as they are.
///
/// # Errors
/// [`ReportError::Row`] if a row does not have a cell for every column.
pub fn csv(table: &Table) -> Result<Vec<u8>, ReportError> {
    table.check()?;
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .quote_style(::csv::QuoteStyle::Necessary)
        .from_writer(MARK.as_bytes().to_vec());
    let titles = table.columns.iter().map(|column| harmless(&column.title));
    let mut written = writer.write_record(titles);
    for row in &table.rows {
        written = written.and_then(|()| writer.write_record(row.iter().map(cell)));
    }
    // Writing into memory does not fail; the error has to be carried all the same.
    let failed = |error: String| ReportError::Csv { said: error };
    written.map_err(|error| failed(error.to_string()))?;
    writer.into_inner().map_err(|error| failed(error.to_string()))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => harmless(words),
        Cell::Date(day) => day.to_string(),
        Cell::Number { digits, places } => decimal(*digits, *places),
        // Without separators, so that it is a number to whoever reads the file.
        Cell::Money(amount) => amount.wan_yuan().replace(',', ""),
    }
}

/// The text, with an apostrophe before it if a spreadsheet would calculate it.
fn harmless(words: &str) -> String {
    let first = words.chars().find(|character| !is_blank(*character));
    let begins_with_control = words.starts_with(|c: char| c.is_control());
    if begins_with_control || first.is_some_and(calculates) { format!("'{words}") } else { words.to_owned() }
}

/// What spreadsheets pass over before they look for a formula.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || hides(character) || matches!(character, '"' | '\'')
}

const fn calculates(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−')
}
