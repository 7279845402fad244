//! Tables as text.

use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{COLUMNS, Cell, Row, Sheet, damaged, push};
use crate::failure::Failure;

/// What separates cells; the first of those that are equally frequent in the first line counts.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// Whether the bytes begin as UTF-16 does, which is how Excel writes "Unicode text".
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

/// Reads text. What is not UTF-8 is taken for GB 18030, which Excel writes on Chinese systems; characters
/// that are neither stay visible as U+FFFD.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Sheet, Failure> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => GB18030,
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::new();
    let mut record = StringRecord::new();
    let (mut seen, mut line) = (0, 1);
    // A cell with line breaks is one row all the same.
    let mut breaks = 0;
    while reader.read_record(&mut record).map_err(|error| damaged(path).because(error))? {
        // The reader's own count is one short after a line that ends in CR and LF, and where lines are empty:
        // what it says is where it began to look, not where the row begins.
        let looked = record.position().map_or(seen, |at| usize::try_from(at.byte()).unwrap_or(seen));
        let behind = text.get(looked..).unwrap_or_default();
        let first = text.len() - behind.trim_start_matches(['\r', '\n']).len();
        line += text.get(seen..first).unwrap_or_default().matches('\n').count();
        seen = first;
        let number = u32::try_from(line.saturating_sub(breaks)).unwrap_or(u32::MAX);
        let cells = record.iter().take(COLUMNS).map(cell).collect();
        breaks += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        push(&mut sheet, Row { number, cells }, path)?;
    }
    Ok(sheet)
}

fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator));
    best.unwrap_or(b',')
}

/// `="0123"` and `'0123` are how people keep a spreadsheet from taking text for a number.
fn cell(text: &str) -> Cell {
    let text = text.trim();
    let bare = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let bare = bare.strip_prefix('\'').unwrap_or(bare);
    if bare.is_empty() {
        Cell::Empty
    } else if matches!(bare, "#N/A" | "#REF!" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NULL!" | "#NUM!") {
        Cell::Error(bare.to_owned())
    } else {
        Cell::Text(bare.to_owned())
    }
}
