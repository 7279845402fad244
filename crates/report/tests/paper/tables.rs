//! XLSX and CSV.

use std::io::{Cursor, Read as _};

use chrono::{DateTime, NaiveDate, Utc};
use zip::ZipArchive;
use zizhi_model::civil;
use zizhi_model::money::Fen;
use zizhi_report::{Cell, Column, Kind, ReportError, Table, csv, xlsx};

/// Texts that spreadsheets would calculate, fetch or run.
const FORMULAS: [&str; 22] = [
    "=1+1",
    "=HYPERLINK(\"http://example.invalid\",\"x\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u{3000}=1+1",
    "\u{feff}=1+1",
    "\u{200b}=1+1",
    "\"=1+1\"",
    "'=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "﹦1+1",
    "\u{202e}=1+1",
    "\u{7}=1+1",
];

/// Texts that only look a little like it.
const HARMLESS: [&str; 8] = [
    "合肥星河量子传感技术有限公司【演示】",
    "91340100DEM000014D",
    "GR202534990001",
    "1+1=2",
    "a=b",
    "",
    "100%",
    "2026-11-23",
];

fn at() -> DateTime<Utc> {
    civil::parse_time("2026-11-23T10:00:00+08:00").unwrap()
}

fn column(title: &str, kind: Kind) -> Column {
    Column { title: title.to_owned(), kind }
}

fn texts(words: &[&str]) -> Table {
    Table {
        title: "台账".to_owned(),
        columns: vec![column("企业名称", Kind::Text)],
        rows: words.iter().map(|words| vec![Cell::text(*words)]).collect(),
    }
}

fn figures() -> Table {
    Table {
        title: "月报 2026-11".to_owned(),
        columns: vec![
            column("企业名称", Kind::Text),
            column("收件日期", Kind::Date),
            column("平均用时（天）", Kind::Number),
            column("金额（万元）", Kind::Money),
        ],
        rows: vec![
            vec![
                Cell::text("甲,\"乙\"\n丙"),
                Cell::Date(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()),
                Cell::Number { digits: 955, places: 1 },
                Cell::Money(Fen(120_000_000)),
            ],
            vec![
                Cell::text("00123456789012345678"),
                Cell::Date(NaiveDate::from_ymd_opt(1850, 1, 1).unwrap()),
                Cell::Number { digits: -5, places: 2 },
                Cell::Money(Fen(-123_456_789_012)),
            ],
            vec![Cell::Empty, Cell::Empty, Cell::whole(i64::MAX), Cell::Money(Fen(i64::MIN))],
        ],
    }
}

fn part(book: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe_in_csv() {
    let bytes = csv(&texts(&FORMULAS)).unwrap();
    let mut reader = ::csv::ReaderBuilder::new().has_headers(true).from_reader(&bytes[3..]);
    let read: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    assert_eq!(read.len(), FORMULAS.len());
    for (read, payload) in read.iter().zip(FORMULAS) {
        assert_eq!(*read, format!("'{payload}"), "{payload:?}");
    }
}

#[test]
fn other_texts_are_written_to_csv_as_they_are() {
    let bytes = csv(&texts(&HARMLESS)).unwrap();
    let mut reader = ::csv::ReaderBuilder::new().from_reader(&bytes[3..]);
    let read: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    assert_eq!(read, HARMLESS);
}

#[test]
fn headings_are_as_hostile_as_cells() {
    let table = Table {
        title: "=1+1".to_owned(),
        columns: vec![column("=1+1", Kind::Text), column("＝2", Kind::Money)],
        rows: Vec::new(),
    };
    let text = String::from_utf8(csv(&table).unwrap()).unwrap();
    assert_eq!(text, "\u{feff}'=1+1,'＝2\r\n");
    let sheet = part(&xlsx(&table, at()).unwrap(), "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "{sheet}");
}

#[test]
fn csv_is_utf_8_with_a_mark_and_windows_line_ends() {
    let bytes = csv(&figures()).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbf"), "the mark");
    let text = String::from_utf8(bytes).unwrap();
    let expected = "\u{feff}企业名称,收件日期,平均用时（天）,金额（万元）\r\n\
                    \"甲,\"\"乙\"\"\n丙\",2026-11-23,95.5,120.00\r\n\
                    00123456789012345678,1850-01-01,-0.05,-123456.79\r\n\
                    ,,9223372036854775807,-9223372036854.78\r\n";
    assert_eq!(text, expected);
}

#[test]
fn nothing_in_a_workbook_is_a_formula_or_a_link() {
    let book = xlsx(&texts(&FORMULAS), at()).unwrap();
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
    assert!(!sheet.contains("hyperlink"), "{sheet}");
    let strings = part(&book, "xl/sharedStrings.xml");
    for payload in FORMULAS {
        let visible: String = payload.chars().filter(|c| !c.is_control()).collect();
        let escaped = visible.replace('&', "&amp;").replace('<', "&lt;");
        assert!(strings.contains(&escaped), "{payload:?} in {strings}");
    }
    let files: Vec<String> = ZipArchive::new(Cursor::new(&book))
        .unwrap()
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    assert!(files.iter().all(|name| !name.contains("externalLinks") && !name.contains("vba")), "{files:?}");
}

#[test]
fn days_are_days_numbers_are_numbers_and_codes_keep_their_zeros() {
    let book = xlsx(&figures(), at()).unwrap();
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    // 2026-11-23 is day 46349 of the spreadsheets' calendar.
    for value in ["<v>46349</v>", "<v>95.5</v>", "<v>-0.05</v>", "<v>120</v>", "<v>-123456.789012</v>"] {
        assert!(sheet.contains(value), "{value} in {sheet}");
    }
    let strings = part(&book, "xl/sharedStrings.xml");
    for text in ["00123456789012345678", "9223372036854775807", "1850-01-01"] {
        assert!(strings.contains(text), "{text} in {strings}");
    }
    for setting in
        ["<autoFilter ref=\"A1:D4\"", "state=\"frozen\"", "orientation=\"landscape\"", "paperSize=\"9\""]
    {
        assert!(sheet.contains(setting), "{setting} in {sheet}");
    }
}

#[test]
fn the_same_table_gives_the_same_workbook() {
    let first = xlsx(&figures(), at()).unwrap();
    assert_eq!(first, xlsx(&figures(), at()).unwrap());
    let core = part(&first, "docProps/core.xml");
    assert!(core.contains("2026-11-23T10:00:00Z"), "{core}");
}

#[test]
fn any_title_names_a_sheet() {
    let long = "很长".repeat(40);
    for title in ["", "'", "[a]:b*c?d/e\\f", "History", "=1+1", &long, "\u{0}\u{1}", "𠮷".repeat(40).as_str()]
    {
        let table = Table { title: title.to_owned(), ..texts(&["甲"]) };
        let book = xlsx(&table, at()).unwrap_or_else(|error| panic!("{title:?}: {error:?}"));
        assert!(part(&book, "xl/workbook.xml").contains("<sheet name="), "{title:?}");
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut_with_a_remark() {
    let long = "长".repeat(40_000);
    let strings = part(&xlsx(&texts(&[&long]), at()).unwrap(), "xl/sharedStrings.xml");
    assert!(strings.contains("…（超出单元格长度，已截断）"), "the remark");
    let kept = csv(&texts(&[&long])).unwrap();
    assert!(String::from_utf8(kept).unwrap().contains(&long), "a CSV has no such limit");
}

#[test]
fn a_row_of_another_length_is_refused() {
    let mut table = figures();
    table.rows[1].pop();
    for error in [csv(&table).unwrap_err(), xlsx(&table, at()).unwrap_err()] {
        assert!(matches!(error, ReportError::Row { row: 2, cells: 3, columns: 4 }), "{error}");
    }
}

#[test]
fn empty_tables_are_tables() {
    let empty = Table { title: "台账".to_owned(), columns: Vec::new(), rows: Vec::new() };
    assert!(xlsx(&empty, at()).is_ok());
    assert_eq!(csv(&empty).unwrap(), b"\xef\xbb\xbf\"\"\r\n");
    assert!(xlsx(&texts(&[]), at()).is_ok());
}

#[test]
fn more_columns_than_a_sheet_holds_are_refused() {
    let wide = Table {
        title: "宽".to_owned(),
        columns: (0..16_385).map(|number| column(&number.to_string(), Kind::Number)).collect(),
        rows: Vec::new(),
    };
    assert!(matches!(xlsx(&wide, at()).unwrap_err(), ReportError::TooLarge));
}
