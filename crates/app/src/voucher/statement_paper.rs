//! Writes a statement: as a page to stamp (`.pdf`), or as a table (`.xlsx`, `.csv`), by the ending that the person
//! chose.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_model::money::Fen;
use zizhi_model::{Text, civil};
use zizhi_report::{
    Cell, Column, Firm, Fonts, Kind, Lang, Table, VoucherLine, VoucherStatement, voucher_statement,
};
use zizhi_store::{Database, RedemptionState};

use super::statement::{Span, Statement, StatementLine, statement};
use super::words::redemption;
use crate::SOFTWARE;
use crate::failure::{Failure, told};
use crate::firm::no_profile;
use crate::output::Output;
use crate::print_report::{ending, not_printed, write};
use crate::write_table::write_table;

/// Lines that a page is made of at most: some sixty sheets. A table has no such limit.
const MOST_LINES: usize = 1000;

/// How a statement is written.
#[derive(Debug, Clone, Copy)]
pub struct StatementPaper {
    /// Of which days.
    pub span: Span,
    /// The language of the page; a table is in Chinese.
    pub language: Lang,
    /// Whether it is made for practice.
    pub drill: bool,
    /// When.
    pub now: DateTime<Utc>,
}

/// Refuses a name that is none of a statement.
///
/// # Errors
/// `TABLE-ENDING`.
pub fn named(path: &Path) -> Result<(), Failure> {
    if ["pdf", "xlsx", "csv"].contains(&ending(path).as_str()) { Ok(()) } else { Err(other_ending(path)) }
}

/// Writes a statement and says how many lines it has.
///
/// # Errors
/// `TABLE-ENDING`, `TABLE-SIZE`, `IO-EXISTS`, `IO-WRITE`; `STATEMENT-SIZE` if it has too many lines for paper, and the
/// codes of [`zizhi_report::ReportError`]; as [`statement`].
pub fn export(
    database: &Database,
    paper: &StatementPaper,
    fonts: impl FnOnce() -> Result<Arc<Fonts>, Failure>,
    output: &Output<'_>,
) -> Result<usize, Failure> {
    named(output.path)?;
    output.check()?;
    let made = statement(database, paper.span, paper.now)?;
    let count = made.lines.len();
    if ending(output.path) != "pdf" {
        write_table(&table(&made), output, paper.now)?;
        return Ok(count);
    }
    if count > MOST_LINES {
        return Err(too_long(count));
    }
    let owner = database.reader()?.profile()?.ok_or_else(no_profile)?;
    let page = VoucherStatement {
        owner: Firm { name: owner.name, uscc: owner.uscc.to_string() },
        from: paper.span.from,
        until: paper.span.until,
        sums: sums(&made),
        lines: made.lines.into_iter().map(on_paper).collect(),
        made_at: paper.now,
        software: SOFTWARE.to_owned(),
        drill: paper.drill,
    };
    write(&voucher_statement(&page, paper.language, &*fonts()?).map_err(not_printed)?, output)?;
    Ok(count)
}

fn on_paper(line: StatementLine) -> VoucherLine {
    let (zh, en) = redemption(line.state);
    VoucherLine {
        day: civil::date_in_shanghai(line.at),
        voucher: line.voucher,
        fund: line.fund.to_string(),
        firm: line.firm.to_string(),
        redeemer: line.redeemer.to_string(),
        amount: line.amount,
        state: Text::fixed(zh, en),
        receipt: line.receipt,
    }
}

/// What was redeemed, what of it was asked for and paid, and what is provisional.
fn sums(made: &Statement) -> Vec<(Text, Fen)> {
    let of =
        |state| Fen(made.lines.iter().filter(|line| line.state == state).map(|line| line.amount.0).sum());
    let mut sums = vec![
        (Text::fixed("已核销", "Redeemed"), made.redeemed),
        (Text::fixed("其中：申请兑付中", "of it asked for"), of(RedemptionState::SettlementRequested)),
        (Text::fixed("其中：已兑付", "of it paid"), of(RedemptionState::Settled)),
    ];
    if made.provisional != Fen(0) {
        sums.push((Text::fixed("预核销，未到账", "Provisional"), made.provisional));
    }
    sums
}

fn table(made: &Statement) -> Table {
    let columns = [
        ("日期", Kind::Date),
        ("券号", Kind::Text),
        ("发券单位", Kind::Text),
        ("用券企业", Kind::Text),
        ("服务机构", Kind::Text),
        ("序号", Kind::Number),
        ("金额（元）", Kind::Number),
        ("状态", Kind::Text),
        ("回执编号", Kind::Text),
    ];
    let cells = |line: &StatementLine| {
        vec![
            Cell::Date(civil::date_in_shanghai(line.at)),
            Cell::Text(line.voucher.clone()),
            Cell::Text(line.fund.to_string()),
            Cell::Text(line.firm.to_string()),
            Cell::Text(line.redeemer.to_string()),
            line.seq
                .and_then(|seq| i64::try_from(seq).ok())
                .map_or(Cell::Empty, |digits| Cell::Number { digits, places: 0 }),
            Cell::Number { digits: line.amount.0, places: 2 },
            Cell::Text(redemption(line.state).0.to_owned()),
            line.receipt.clone().map_or(Cell::Empty, Cell::Text),
        ]
    };
    Table {
        title: "创新券对账单".to_owned(),
        columns: columns.map(|(title, kind)| Column { title: title.to_owned(), kind }).to_vec(),
        rows: made.lines.iter().map(cells).collect(),
    }
}

fn too_long(lines: usize) -> Failure {
    Failure::input(
        "STATEMENT-SIZE",
        told(
            format!("对账单有{lines}笔，超过纸质对账单的{MOST_LINES}笔，没有写入。"),
            format!("the statement has {lines} lines, and paper holds {MOST_LINES}; nothing was written"),
        ),
        Text::fixed("请缩短期间，或导出为 .xlsx。", "choose a shorter span of days, or export as .xlsx"),
    )
}

fn other_ending(path: &Path) -> Failure {
    Failure::input(
        "TABLE-ENDING",
        told(
            format!("{} 不是对账单的文件名，没有生成对账单。", path.display()),
            format!("{} is not the name of a statement; none was made", path.display()),
        ),
        Text::fixed(
            "请使用以 .pdf（签字盖章）、.xlsx 或 .csv 结尾的文件名。",
            "use a name that ends in .pdf (to sign and stamp), .xlsx or .csv",
        ),
    )
}
