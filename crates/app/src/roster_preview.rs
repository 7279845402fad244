//! Shows what importing a roster would do: which column is what, every bad cell, and how many firms are
//! new, changed, the same or left out. Nothing is written; [`import`](crate::roster_import::import) does
//! exactly what was shown.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use zizhi_model::{Outcome, Text, Uscc, civil};
use zizhi_store::{Firm, LogEnd, Reader};
use zizhi_verify::Incubatee;

use crate::failure::{Failure, told};
use crate::files::file_name;
use crate::in_order::in_order;
use crate::incubator::Incubator;
use crate::register_fields::Field;
use crate::register_firms::{FirmFacts, disorder};
use crate::roster_columns::find_headings;
pub use crate::roster_rows::{CellProblem, LeftOut};
use crate::roster_rows::{ReadRow, read_row};
use crate::roster_table::{Cell, Row, read_table};
use crate::shared_keys::KeyHolders;

/// Rows of the sample; a screen shows a third of them.
const SAMPLE: usize = 50;
/// Rows that one worker reads at a time.
const CHUNK: usize = 64;

/// A roster that was looked at, and what importing it would do.
#[derive(Debug)]
pub struct Roster {
    /// Names this preview.
    pub id: String,
    /// The name of the file.
    pub(crate) file: String,
    /// The headings of the table.
    pub headings: Vec<String>,
    /// For each column, the field that it was taken for.
    pub columns: Vec<Option<Field>>,
    /// The first rows as they would be stored.
    pub sample: Vec<SampleRow>,
    /// Every cell that cannot be used or is unusual.
    pub problems: Vec<CellProblem>,
    /// Firms that would be added.
    pub new: u32,
    /// Firms that would be changed.
    pub changed: u32,
    /// Rows that change nothing.
    pub same: u32,
    /// Rows that would be left out.
    pub refused: u32,
    /// What would be written.
    pub(crate) steps: Vec<Step>,
    /// The end of the activity log at the time of looking.
    pub(crate) seen: LogEnd,
}

/// A row of the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRow {
    /// Its number in the table, from 1.
    pub row: u32,
    /// Its cells, one for each heading.
    pub cells: Vec<String>,
    /// Whether it can be imported.
    pub usable: bool,
}

/// A firm as it is in the register and as it would be.
#[derive(Debug)]
pub(crate) struct Step {
    pub before: Option<Firm>,
    pub after: Firm,
}

/// Looks at the table in `path`. `chosen` says which column holds which field where a person corrected
/// the guess.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `ROSTER-FORMAT`, `ROSTER-PASSWORD`, `ROSTER-DAMAGED`, `ROSTER-SIZE`;
/// `ROSTER-EMPTY` if nothing stands in it; as every read of the database.
pub fn preview(
    incubator: &Incubator<'_>,
    path: &Path,
    chosen: Option<&[(u32, Option<Field>)]>,
) -> Result<Roster, Failure> {
    let sheets = read_table(path)?;
    let headed = find_headings(&sheets).ok_or_else(|| empty(path))?;
    let sheet = sheets.into_iter().nth(headed.sheet).unwrap_or_default();
    let mut rows = sheet.into_iter().skip(headed.row);
    let heading = rows.next().ok_or_else(|| empty(path))?;
    let rows: Vec<Row> = rows.collect();
    let columns = chosen.map_or(headed.fields, |chosen| corrected(&heading, chosen));
    let reader = incubator.database.reader()?;
    let mut looking = Looking {
        incubator,
        today: incubator.today(),
        subject: Arc::from("firm"),
        empty: reader.count_all_firms()? == 0,
        reader,
        rows: HashMap::with_capacity(rows.len()),
        names: HashMap::with_capacity(rows.len()),
        keys: KeyHolders::default(),
        roster: Roster {
            id: incubator.new_id(),
            file: file_name(path),
            headings: heading.cells.iter().map(Cell::text).collect(),
            columns,
            sample: Vec::new(),
            problems: Vec::new(),
            new: 0,
            changed: 0,
            same: 0,
            refused: 0,
            steps: Vec::with_capacity(rows.len()),
            seen: LogEnd { seq: 0, hash: [0; 32] },
        },
    };
    looking.roster.seen = looking.reader.log_end()?;
    if looking.roster.columns.contains(&Some(Field::HolderKey)) {
        looking.keys = KeyHolders::read(&looking.reader)?;
    }
    if looking.roster.columns.contains(&Some(Field::Uscc)) {
        looking.rows(&rows)?;
    } else {
        looking.no_codes(&heading, &rows);
    }
    Ok(looking.roster)
}

struct Looking<'a> {
    incubator: &'a Incubator<'a>,
    reader: Reader<'a>,
    today: NaiveDate,
    subject: Arc<str>,
    /// The register has no firm yet, so that none has to be looked for.
    empty: bool,
    /// The row in which a code stands first.
    rows: HashMap<Uscc, u32>,
    /// The code under which a name stands first.
    names: HashMap<String, (Uscc, u32)>,
    /// Who has which key, in the register and in the rows so far.
    keys: KeyHolders,
    roster: Roster,
}

impl Looking<'_> {
    /// Reads the rows side by side and compares them in their order.
    fn rows(&mut self, rows: &[Row]) -> Result<(), Failure> {
        let chunks: Vec<&[Row]> = rows.chunks(CHUNK).collect();
        let workers = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let columns = self.roster.columns.clone();
        let mut outcome = Ok(());
        in_order(
            &chunks,
            workers,
            |chunk| chunk.iter().map(|row| read_row(row, &columns)).collect::<Vec<_>>(),
            |chunk, read| {
                let mut pairs = chunk.iter().zip(read);
                outcome = pairs.try_for_each(|(row, read)| self.row(row, read));
                outcome.is_ok()
            },
        );
        outcome
    }

    /// Compares one row with the rows before it and with the register.
    fn row(&mut self, row: &Row, mut read: ReadRow) -> Result<(), Failure> {
        let step = self.step(&mut read)?;
        let roster = &mut self.roster;
        if roster.sample.len() < SAMPLE {
            roster.sample.push(sample(row, &read, &roster.columns));
        }
        match step.filter(|_| read.usable()) {
            None => roster.refused += 1,
            Some(Step { before: Some(before), after }) if unchanged(&before, &after) => roster.same += 1,
            Some(step) => {
                if step.before.is_some() {
                    roster.changed += 1;
                } else {
                    roster.new += 1;
                }
                roster.steps.push(step);
            }
        }
        roster.problems.append(&mut read.problems);
        Ok(())
    }

    fn step(&mut self, read: &mut ReadRow) -> Result<Option<Step>, Failure> {
        let Some(uscc) = read.uscc else { return Ok(None) };
        if let Some(first) = self.rows.get(&uscc) {
            self.note(read, Field::Uscc, twice(*first), LeftOut::Row);
            return Ok(None);
        }
        if read.usable() {
            self.rows.insert(uscc, read.number);
        }
        let before = if self.empty { None } else { self.reader.firm_by_uscc(&uscc)? };
        let Some(facts) = read.merged(uscc, before.as_ref().map(FirmFacts::of)) else {
            self.note(read, Field::Name, no_name(), LeftOut::Row);
            return Ok(None);
        };
        if let Some((field, _, flaw)) = disorder(&facts, self.today) {
            self.note(read, field, flaw, LeftOut::Row);
            return Ok(None);
        }
        self.unusual(read, &facts);
        let now = self.incubator.host.now();
        let id = before.as_ref().map_or_else(|| self.incubator.new_id(), |before| before.id.clone());
        let after = facts.row(id, before.as_ref(), self.today, now);
        Ok(Some(Step { before, after }))
    }

    /// What can be imported and still is worth a look.
    fn unusual(&mut self, read: &mut ReadRow, facts: &FirmFacts) {
        let known = self.names.get(&facts.name).filter(|(uscc, _)| *uscc != facts.uscc);
        if let Some((_, row)) = known {
            self.note(read, Field::Name, same_name(*row), LeftOut::Nothing);
        } else if !self.names.contains_key(&facts.name) {
            self.names.insert(facts.name.clone(), (facts.uscc, read.number));
        }
        if let Some(key) = facts.holder.as_ref().filter(|_| read.stored(Field::HolderKey).is_some()) {
            if let Some(warning) = self.keys.warning(key, Some(&facts.uscc)) {
                self.note(read, Field::HolderKey, warning, LeftOut::Nothing);
            }
            self.keys.add(key, facts.uscc, &facts.name);
        }
        if let Some(entered) = facts.entered_on.filter(|entered| *entered > self.today) {
            self.note(read, Field::EnteredOn, not_yet(entered), LeftOut::Nothing);
        }
        let incubatee = Incubatee {
            established_on: facts.established_on,
            entered_on: facts.entered_on,
            deadline: facts.incubation_deadline,
            field: facts.field.as_deref(),
        };
        for check in incubatee.checks(self.today, &self.subject) {
            if check.outcome == Outcome::Fail {
                let field = match check.code {
                    zizhi_model::CheckCode::IncAge => Field::EnteredOn,
                    _ => Field::IncubationDeadline,
                };
                self.note(read, field, check.text(), LeftOut::Nothing);
            }
        }
    }

    /// Notes what is wrong with a field, at its column; at that of the code where the table lacks it.
    fn note(&self, read: &mut ReadRow, field: Field, flaw: Text, left_out: LeftOut) {
        let place = |field: Field| self.roster.columns.iter().position(|held| *held == Some(field));
        let (at, field) = match place(field) {
            Some(at) => (at, field),
            None => (place(Field::Uscc).unwrap_or_default(), Field::Uscc),
        };
        let column = u32::try_from(at).unwrap_or(u32::MAX);
        let text = read.stored(field).unwrap_or_default();
        read.problems.push(CellProblem { row: read.number, column, text, flaw, left_out });
    }

    /// Without codes no row can be told from another; a person has to say which column holds them.
    fn no_codes(&mut self, heading: &Row, rows: &[Row]) {
        let roster = &mut self.roster;
        roster.refused = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        roster.problems.push(CellProblem {
            row: heading.number,
            column: 0,
            text: roster.headings.first().cloned().unwrap_or_default(),
            flaw: Text::fixed(
                "没有找到“统一社会信用代码”一列，请指定它是哪一列。",
                "no column was taken for the unified social credit code; say which one it is",
            ),
            left_out: LeftOut::Row,
        });
        for row in rows.iter().take(SAMPLE) {
            let read = ReadRow::default();
            roster.sample.push(SampleRow { usable: false, ..sample(row, &read, &roster.columns) });
        }
    }
}

/// The columns as a person corrected them; the last one that holds a field counts.
fn corrected(heading: &Row, chosen: &[(u32, Option<Field>)]) -> Vec<Option<Field>> {
    let mut columns: Vec<Option<Field>> = vec![None; heading.cells.len()];
    for (column, field) in chosen {
        let at = usize::try_from(*column).unwrap_or(usize::MAX);
        if let Some(field) = field
            && at < columns.len()
        {
            columns.iter_mut().filter(|held| **held == Some(*field)).for_each(|held| *held = None);
        }
        if let Some(place) = columns.get_mut(at) {
            *place = *field;
        }
    }
    columns
}

fn sample(row: &Row, read: &ReadRow, columns: &[Option<Field>]) -> SampleRow {
    let stored = |field: &Option<Field>| field.and_then(|field| read.stored(field));
    let raw = |at: usize| row.cells.get(at).map(crate::roster_rows::shown).unwrap_or_default();
    let cells = columns.iter().enumerate().map(|(at, field)| stored(field).unwrap_or_else(|| raw(at)));
    SampleRow { row: row.number, cells: cells.collect(), usable: read.usable() }
}

fn unchanged(before: &Firm, after: &Firm) -> bool {
    Firm { updated: after.updated, ..before.clone() } == *after
}

fn twice(first: u32) -> Text {
    told(
        format!("与第{first}行是同一家企业，只导入第{first}行。"),
        format!("it is the same firm as in row {first}, which alone is imported"),
    )
}

fn same_name(row: u32) -> Text {
    told(
        format!("与第{row}行企业名称相同而代码不同，请核对。"),
        format!("row {row} has the same name and another code; compare the two"),
    )
}

fn no_name() -> Text {
    Text::fixed(
        "名册中没有这家企业，而表中缺少它的名称。",
        "the register does not have this firm, and its name is missing",
    )
}

fn not_yet(entered: NaiveDate) -> Text {
    told(
        format!("{}还没有到，请核对入驻日期。", civil::date_zh(entered)),
        format!("{entered} is in the future; look at the date of entry again"),
    )
}

fn empty(path: &Path) -> Failure {
    Failure::input(
        "ROSTER-EMPTY",
        told(
            format!("{} 里没有任何内容，没有导入。", path.display()),
            format!("there is nothing in {}; nothing was imported", path.display()),
        ),
        Text::fixed(
            "请确认选对了文件，且企业清单在前几张工作表中。",
            "check that it is the right file, and that the list of firms is on one of the first sheets",
        ),
    )
}
