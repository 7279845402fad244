//! 台账: the cases that a filter leaves, on the screen and as a table.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::{Region, Scenario, Verdict, civil};
use zizhi_report::{Cell, Column, Kind, Table};
use zizhi_store::{After, Case, CaseFilter, Database, Reader};

use crate::case_documents::route;
use crate::case_steps::state_name;
use crate::failure::Failure;
use crate::output::Output;
use crate::pages::whole;
use crate::told_decision::outcome_name;
use crate::write_table::write_table;

/// Cases that one page shows at most.
const LARGEST_PAGE: usize = 500;
/// Cases that are read at a time for a table.
const STRIDE: usize = 1000;

/// A case in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerLine {
    /// The case.
    pub case: Case,
    /// From where to where, in words.
    pub route: String,
    /// Whether a verdict moved and nobody has looked.
    pub moved: bool,
    /// Whether the day has passed until which something was to be added.
    pub overdue: bool,
}

/// Some cases.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerPage {
    /// The newest first.
    pub lines: Vec<LedgerLine>,
    /// Where the list goes on.
    pub next: Option<After>,
}

/// The cases that fit, the newest first.
///
/// # Errors
/// As every read of the database.
pub fn ledger(
    database: &Database,
    filter: &CaseFilter,
    after: Option<After>,
    limit: usize,
    today: NaiveDate,
) -> Result<LedgerPage, Failure> {
    let reader = database.reader()?;
    let page = reader.cases(filter, after, limit.clamp(1, LARGEST_PAGE))?;
    let lines = page.rows.into_iter().map(|case| line(&reader, case, today));
    Ok(LedgerPage { lines: lines.collect::<Result<_, _>>()?, next: page.next })
}

/// A case as the ledger shows it.
///
/// # Errors
/// As every read of the database.
pub(crate) fn line(reader: &Reader<'_>, case: Case, today: NaiveDate) -> Result<LedgerLine, Failure> {
    let moved = reader.notices_of_case(&case.id)?.iter().any(|notice| notice.seen.is_none());
    Ok(LedgerLine { route: route(&case), moved, overdue: case.overdue(today), case })
}

/// Writes every case that fits as `.xlsx` or `.csv`, and says how many there are.
///
/// # Errors
/// `TABLE-ENDING`, `TABLE-SIZE`, `IO-EXISTS`, `IO-WRITE`; as every read of the database.
pub fn export_ledger(
    database: &Database,
    filter: &CaseFilter,
    output: &Output<'_>,
    now: DateTime<Utc>,
) -> Result<usize, Failure> {
    output.check()?;
    let today = civil::date_in_shanghai(now);
    let cases = {
        let reader = database.reader()?;
        whole(|after| reader.cases(filter, after, STRIDE))?
    };
    write_table(&table(cases.iter().map(|case| row(case, today)).collect()), output, now)?;
    Ok(cases.len())
}

fn table(rows: Vec<Vec<Cell>>) -> Table {
    let columns = [
        ("编号", Kind::Text),
        ("收件日期", Kind::Date),
        ("企业名称", Kind::Text),
        ("统一社会信用代码", Kind::Text),
        ("情形", Kind::Text),
        ("迁出地", Kind::Text),
        ("迁入地", Kind::Text),
        ("状态", Kind::Text),
        ("核验结论", Kind::Text),
        ("决定", Kind::Text),
        ("补正期限", Kind::Date),
        ("是否逾期", Kind::Text),
        ("经办人", Kind::Text),
        ("复核人", Kind::Text),
        ("文件名", Kind::Text),
    ];
    Table {
        title: "台账".to_owned(),
        columns: columns.map(|(title, kind)| Column { title: title.to_owned(), kind }).into(),
        rows,
    }
}

fn row(case: &Case, today: NaiveDate) -> Vec<Cell> {
    let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::text);
    let region = |region: Option<&Region>| region.map_or(Cell::Empty, |region| Cell::text(region.label()));
    vec![
        Cell::text(case.number.as_str()),
        Cell::Date(civil::date_in_shanghai(case.received)),
        text(case.firm_name.as_deref()),
        text(case.firm_uscc.as_ref().map(zizhi_model::Uscc::as_str)),
        text(case.scenario.map(Scenario::zh)),
        region(case.origin.as_ref()),
        region(case.destination.as_ref()),
        Cell::text(state_name(case.state).zh),
        text(case.verdict.map(Verdict::zh)),
        case.outcome.map_or(Cell::Empty, |outcome| Cell::text(outcome_name(outcome).zh)),
        case.due.map_or(Cell::Empty, Cell::Date),
        text(case.due.map(|_| if case.overdue(today) { "逾期" } else { "未到期" })),
        text(case.operator.as_deref()),
        text(case.reviewer.as_deref()),
        Cell::text(case.file_name.as_str()),
    ]
}
