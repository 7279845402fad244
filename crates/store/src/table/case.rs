//! Cases: dossiers that came in, from 收件 to 归档.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};
use zizhi_model::{Region, Scenario, Uscc, Verdict, civil};

use crate::error::{Result, StoreError};
use crate::page::{After, Page};
use crate::row::{self, As, Digest, Row as _, get, words};
use crate::search::{self, Query, Searchable, Span, Words};
use crate::table::decision::DecisionOutcome;
use crate::{Reader, Writer};

words! {
    /// How far a case got.
    CaseState {
        /// 收件
        Received = "received",
        /// 受理
        Accepted = "accepted",
        /// 补正
        Supplement = "supplement",
        /// 已决定
        Decided = "decided",
        /// 归档
        Closed = "closed",
    }
}

row::row! {
    /// A dossier that came in.
    Case in "dossier_case" {
        /// Its id.
        id: String,
        /// Its number, from [`Writer::next_case_number`].
        number: String,
        /// When it came in.
        received: DateTime<Utc>,
        /// The name of the file.
        file_name: String,
        /// The file's bytes, among the originals.
        original: Digest,
        /// The signed `jti`, if the file could be read so far.
        dossier_id: Option<String>,
        /// The firm, as the dossier names it.
        firm_uscc: Option<Uscc>,
        /// Its name there.
        firm_name: Option<String>,
        /// Why it was sent.
        scenario: Option<Scenario>,
        /// From where.
        origin: Option<Region>,
        /// To where.
        destination: Option<Region>,
        /// How far it got.
        state: CaseState,
        /// The verdict of its latest judgement.
        verdict: Option<Verdict>,
        /// By when the firm is to add what was asked for; nothing where nothing is waited for.
        due: Option<NaiveDate>,
        /// 经办人
        operator: Option<String>,
        /// 复核人
        reviewer: Option<String>,
        /// What was decided.
        outcome: Option<DecisionOutcome>,
        /// When the row last changed.
        updated: DateTime<Utc>,
    }
}

/// Which cases to list. The default is all.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct CaseFilter {
    /// What was typed: parts of the firm's name, pinyin or its initials, the beginning of its code, the
    /// case's number or the number's last part.
    pub text: String,
    /// How far they got: any of these, or anywhere if there are none.
    pub states: Vec<CaseState>,
    /// The verdict now: any of these, or any at all if there are none.
    pub verdicts: Vec<Verdict>,
    /// Why they were sent.
    pub scenario: Option<Scenario>,
    /// Those that came in during the month of this day, in Shanghai.
    pub month: Option<NaiveDate>,
    /// Those that came in on this day or later, in Shanghai.
    pub from: Option<NaiveDate>,
    /// Those that came in on this day or earlier, in Shanghai.
    pub until: Option<NaiveDate>,
    /// Whether they come by the firm's name as it is read, and not as they were taken in.
    pub by_name: bool,
    /// Those that wait for something that was due before this day.
    pub due_before: Option<NaiveDate>,
}

impl Case {
    /// Whether something is waited for on `day` that was due before it.
    #[must_use]
    pub fn overdue(&self, day: NaiveDate) -> bool {
        self.state != CaseState::Closed && self.due.is_some_and(|due| due < day)
    }
}

impl CaseFilter {
    fn query(&self) -> Query {
        let mut query = Query::new(&self.text);
        query.filter_any("state", self.states.iter().map(|state| state.as_str()));
        query.filter_any("verdict", self.verdicts.iter().map(|verdict| verdict.as_str()));
        query.filter("scenario", self.scenario.map(Scenario::as_str));
        query.filter("month", self.month.map(month).as_deref());
        query
    }

    fn fits(&self, case: &Case) -> bool {
        let day = civil::date_in_shanghai(case.received);
        self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
            && self.due_before.is_none_or(|day| case.overdue(day))
    }

    /// The rows between the first and the last one of the days asked for, and of those that are due: rows are added
    /// as cases come in, so that what lies outside need not be read.
    fn span(&self, connection: &Connection) -> Result<Span> {
        let one = |sql: &str, time: DateTime<Utc>| -> Result<Option<i64>> {
            Ok(connection.prepare_cached(sql)?.query_row([As(&time)], |row| row.get(0))?)
        };
        let mut span = Span::default();
        if let Some(from) = self.from {
            let sql = "SELECT min(seq) FROM dossier_case WHERE received >= ?";
            span.first = one(sql, civil::start_of_day_shanghai(from))?.unwrap_or(i64::MAX);
        }
        if let Some(until) = self.until {
            let sql = "SELECT max(seq) FROM dossier_case WHERE received <= ?";
            span.last = one(sql, civil::end_of_day_shanghai(until))?.unwrap_or(i64::MIN);
        }
        if let Some(before) = self.due_before {
            let sql = "SELECT min(seq), max(seq) FROM dossier_case WHERE due < ?";
            let (first, last): (Option<i64>, Option<i64>) = connection
                .prepare_cached(sql)?
                .query_row([As(&before)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            span.first = span.first.max(first.unwrap_or(i64::MAX));
            span.last = span.last.min(last.unwrap_or(i64::MIN));
        }
        Ok(span)
    }
}

fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// How many cases ended up in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFigure {
    /// How far they got.
    pub state: CaseState,
    /// The verdict of their latest judgement.
    pub verdict: Option<Verdict>,
    /// What was decided.
    pub outcome: Option<DecisionOutcome>,
    /// How many.
    pub cases: u64,
}

impl Searchable for Case {
    const INDEX: &'static str = "case_search";
    const BY_NAME: &'static str = "case_by_name";

    fn words(&self) -> Words<'_> {
        let mut words = Words::default();
        words.names.extend(self.firm_name.as_deref());
        words.names.push(&self.file_name);
        words.codes.extend(self.firm_uscc.as_ref().map(|uscc| Cow::Borrowed(uscc.as_str())));
        words.codes.push(Cow::Borrowed(&self.number));
        // 收〔2026〕0017 is also found as 0017 and as 17.
        if let Some((_, ordinal)) = self.number.split_once('〕') {
            words.codes.push(Cow::Borrowed(ordinal));
            words.codes.push(Cow::Borrowed(ordinal.trim_start_matches('0')));
        }
        words.filters.push(("state", Cow::Borrowed(self.state.as_str())));
        words.filters.extend(self.verdict.map(|verdict| ("verdict", Cow::Borrowed(verdict.as_str()))));
        words.filters.extend(self.scenario.map(|scenario| ("scenario", Cow::Borrowed(scenario.as_str()))));
        words.filters.push(("month", Cow::Owned(month(civil::date_in_shanghai(self.received)))));
        words
    }

    fn name(&self) -> &str {
        self.firm_name.as_deref().unwrap_or_default()
    }
}

impl Reader<'_> {
    /// One case.
    ///
    /// # Errors
    /// As every read.
    pub fn case(&self, id: &str) -> Result<Option<Case>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// The cases in which a dossier came in, as any of their versions, the oldest first: more than one if it
    /// came again.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_of_dossier(&self, dossier_id: &str) -> Result<Vec<Case>> {
        let earlier = "SELECT case_id FROM case_version WHERE dossier_id = ?1";
        row::all(self.sql(), &format!("dossier_id = ?1 OR id IN ({earlier}) ORDER BY seq"), [dossier_id])
    }

    /// The cases in which certain bytes came in, as any of their versions, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_of_original(&self, sha256: &Digest) -> Result<Vec<Case>> {
        let earlier = "SELECT case_id FROM case_version WHERE original = ?1";
        row::all(self.sql(), &format!("original = ?1 OR id IN ({earlier}) ORDER BY seq"), [As(sha256)])
    }

    /// The cases of a firm, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_of_firm(&self, uscc: &Uscc, after: Option<After>, limit: usize) -> Result<Page<Case>> {
        row::page(self.sql(), "firm_uscc = ?", &[&As(uscc)], after, limit)
    }

    /// Cases, the newest first, or by the firm's name.
    ///
    /// # Errors
    /// As every read.
    pub fn cases(&self, filter: &CaseFilter, after: Option<After>, limit: usize) -> Result<Page<Case>> {
        let span = filter.span(self.sql())?;
        let fits = |case: &Case| filter.fits(case);
        if filter.by_name {
            return search::page_by_name(self.sql(), &filter.query(), span, after, fits, limit);
        }
        search::page_within(self.sql(), &filter.query(), span.after(after), fits, limit)
    }

    /// How many cases there are, counted up to `at_most`.
    ///
    /// # Errors
    /// As every read.
    pub fn count_cases(&self, filter: &CaseFilter, at_most: usize) -> Result<usize> {
        let span = filter.span(self.sql())?;
        search::count_within(self.sql(), &filter.query(), span, |case: &Case| filter.fits(case), at_most)
    }

    /// The cases of a firm that wait for something, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_waiting(&self, firm: &Uscc) -> Result<Vec<Case>> {
        row::all(self.sql(), "firm_uscc = ? AND due IS NOT NULL ORDER BY seq", [As(firm)])
    }

    /// How the cases received in `from..until` stand.
    ///
    /// # Errors
    /// As every read.
    pub fn case_figures(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<CaseFigure>> {
        let sql = "SELECT state, verdict, outcome, count(*) FROM dossier_case
                   WHERE received >= ? AND received < ? GROUP BY state, verdict, outcome";
        let mut statement = self.sql().prepare_cached(sql)?;
        let rows = statement.query_map((As(&from), As(&until)), |row| {
            Ok(CaseFigure {
                state: get(row, 0)?,
                verdict: get(row, 1)?,
                outcome: get(row, 2)?,
                cases: get(row, 3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The last number given out in each year, with the year.
    ///
    /// # Errors
    /// As every read.
    pub fn case_numbers(&self) -> Result<Vec<(i32, u32)>> {
        let mut statement = self.sql().prepare_cached("SELECT year, last FROM case_number ORDER BY year")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// How a case is numbered, 收〔2026〕0017.
#[must_use]
pub fn case_number(year: i32, number: u32) -> String {
    format!("收〔{year}〕{number:04}")
}

impl Writer<'_> {
    /// Takes the next number of a year, 收〔2026〕0017. It stays taken if and only if the writer commits.
    ///
    /// # Errors
    /// As every write.
    pub fn next_case_number(&self, year: i32) -> Result<String> {
        let sql = "INSERT INTO case_number (year, last) VALUES (?, 1)
                   ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last";
        let last = self.sql().prepare_cached(sql)?.query_row([year], |row| row.get(0))?;
        Ok(case_number(year, last))
    }

    /// Takes every number of a year up to `last`; none is given back.
    ///
    /// # Errors
    /// As every write.
    pub fn skip_case_numbers(&self, year: i32, last: u32) -> Result<()> {
        let sql = "INSERT INTO case_number (year, last) VALUES (?, ?)
                   ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)";
        self.sql().prepare_cached(sql)?.execute((year, last))?;
        Ok(())
    }

    /// Adds a case whose file is among the originals.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the id or number is taken, or the original is not there.
    pub fn add_case(&self, case: &Case) -> Result<()> {
        let seq = row::insert(self.sql(), case)?;
        search::index(self.sql(), seq, case)
    }

    /// Replaces the row of a case.
    ///
    /// # Errors
    /// [`StoreError::Absent`].
    pub fn update_case(&self, case: &Case) -> Result<()> {
        let sql = "SELECT seq FROM dossier_case WHERE id = ?";
        let seq: Option<i64> =
            self.sql().prepare_cached(sql)?.query_row([&case.id], |row| row.get(0)).optional()?;
        let seq = seq.ok_or(StoreError::Absent("dossier_case"))?;
        row::put(self.sql(), case, "id")?;
        search::replace(self.sql(), seq, case)
    }

    /// Sets the verdict of a case; see [`Writer::add_judgement`].
    pub(crate) fn set_case_verdict(&self, id: &str, verdict: Verdict, at: DateTime<Utc>) -> Result<()> {
        let columns = Case::COLUMNS.join(", ");
        let sql =
            format!("UPDATE dossier_case SET verdict = ?, updated = ? WHERE id = ? RETURNING seq, {columns}");
        let changed = self
            .sql()
            .prepare_cached(&sql)?
            .query_row(params![As(&verdict), As(&at), id], |row| Ok((row.get(0)?, Case::read(row, 1)?)))
            .optional()?;
        let (seq, case) = changed.ok_or(StoreError::Absent("dossier_case"))?;
        search::replace(self.sql(), seq, &case)
    }
}
