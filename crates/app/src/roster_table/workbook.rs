//! Tables of spreadsheets.
//!
//! A small file can unpack to a huge one, and name cells that are far apart. So the parts of a ZIP are
//! unpacked once into nothing, with a bound, before anything is built from them, and the cells of `.xlsx`
//! are read one by one, since a block that spans the outermost two could be larger than any memory.

use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{Data, ExcelDateTime, Ods, OdsError, Range, Reader as _, Xls, XlsError, Xlsx, XlsxError};
use chrono::NaiveDate;
use zip::ZipArchive;

use super::{COLUMNS, Cell, Row, Sheet, damaged, encrypted, no_table, push, too_large};
use crate::failure::Failure;

/// Bytes to which all parts of a file may unpack: a hundred thousand rows of twenty cells take two thirds.
const UNPACKED: u64 = 192 * 1024 * 1024;
/// Parts of a file; a workbook with a dozen sheets has fifty.
const PARTS: usize = 2_000;
/// Sheets that are looked at.
const SHEETS: usize = 16;

type Bytes = Cursor<Vec<u8>>;

/// Reads `.xlsx` or `.ods`, which are ZIPs.
pub(super) fn zipped(path: &Path, bytes: Vec<u8>) -> Result<Vec<Sheet>, Failure> {
    let kind = measure(path, &bytes)?;
    match kind {
        Kind::Xlsx => {
            let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
                XlsxError::Password => encrypted(path),
                error => damaged(path).because(error),
            })?;
            xlsx(path, book)
        }
        Kind::Ods => {
            let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
                OdsError::Password => encrypted(path),
                OdsError::CellLimitExceeded { .. } => too_large(path),
                error => damaged(path).because(error),
            })?;
            book.worksheets().iter().take(SHEETS).map(|(_, range)| block(path, range)).collect()
        }
    }
}

/// Reads `.xls`. An encrypted `.xlsx` comes in the same wrapping.
pub(super) fn old(path: &Path, bytes: Vec<u8>) -> Result<Vec<Sheet>, Failure> {
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(package.len()).any(|window| window == package) {
        return Err(encrypted(path));
    }
    let mut book: Xls<Bytes> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => encrypted(path),
        error => damaged(path).because(error),
    })?;
    book.worksheets().iter().take(SHEETS).map(|(_, range)| block(path, range)).collect()
}

enum Kind {
    Xlsx,
    Ods,
}

/// Unpacks every part into nothing, and says what the file is.
fn measure(path: &Path, bytes: &[u8]) -> Result<Kind, Failure> {
    let broken = |error: zip::result::ZipError| damaged(path).because(error);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > PARTS {
        return Err(too_large(path));
    }
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => encrypted(path).because(error),
            error => broken(error),
        })?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|error| damaged(path).because(error))?;
        left = left.checked_sub(read).ok_or_else(|| too_large(path))?;
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("[Content_Types].xml") {
        Ok(Kind::Xlsx)
    } else if has("content.xml") {
        Ok(Kind::Ods)
    } else {
        Err(no_table(path))
    }
}

fn xlsx(path: &Path, mut book: Xlsx<Bytes>) -> Result<Vec<Sheet>, Failure> {
    let mut sheets = Vec::new();
    for name in book.sheet_names().into_iter().take(SHEETS) {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart, say.
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => continue,
            Err(error) => return Err(damaged(path).because(error)),
        };
        let mut sheet = Sheet::new();
        let mut row = Row { number: 0, cells: Vec::new() };
        while let Some(found) = cells.next_cell().map_err(|error| damaged(path).because(error))? {
            let (number, column) = found.get_position();
            let number = number.saturating_add(1);
            if number != row.number {
                push(&mut sheet, std::mem::replace(&mut row, Row { number, cells: Vec::new() }), path)?;
            }
            place(&mut row, column, read(found.get_value().clone().into()));
        }
        push(&mut sheet, row, path)?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Puts a cell where it stands.
fn place(row: &mut Row, column: u32, cell: Cell) {
    let at = usize::try_from(column).unwrap_or(usize::MAX);
    if at >= COLUMNS || cell.is_empty() {
        return;
    }
    if row.cells.len() <= at {
        row.cells.resize(at + 1, Cell::Empty);
    }
    if let Some(place) = row.cells.get_mut(at) {
        *place = cell;
    }
}

fn block(path: &Path, range: &Range<Data>) -> Result<Sheet, Failure> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut sheet = Sheet::new();
    for (number, cells) in (first_row.saturating_add(1)..).zip(range.rows()) {
        let mut row = Row { number, cells: Vec::new() };
        for (column, cell) in (first_column..).zip(cells) {
            place(&mut row, column, read(cell.clone()));
        }
        push(&mut sheet, row, path)?;
    }
    Ok(sheet)
}

fn read(value: Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Number(number as f64),
        Data::Float(number) => Cell::Number(number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text),
        Data::Bool(yes) => Cell::Bool(yes),
        Data::DateTime(time) if time.is_datetime() => day(&time),
        Data::DateTime(time) => Cell::Number(time.as_f64()),
        Data::Error(error) => Cell::Error(error.to_string()),
    }
}

fn day(time: &ExcelDateTime) -> Cell {
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    let day = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    day.map_or_else(|| Cell::Number(time.as_f64()), Cell::Date)
}
