//! 月报: how many dossiers came in a month, what became of them, how long decisions took, and what was
//! wrong most often; with the definition of each figure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use zizhi_model::{CheckCode, Text, Verdict, civil};
use zizhi_store::{CaseFilter, Database, Reader};

use crate::case_versions::is_joined;
use crate::failure::{Failure, told};
use crate::park_rates::{ParkRates, park_rates};
use crate::working_days::WorkingDays;

/// Problems that are told.
const TOP: usize = 5;

/// The figures of a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// 收件数
    pub received: u32,
    /// How many have each verdict now: passed, with conditions, pending, failed.
    pub verdicts: [u32; 4],
    /// 办结数: decisions made in the month.
    pub decided: u32,
    /// 平均用时 of these, in tenths of working days.
    pub average_tenths: Option<u32>,
    /// 主要问题, the most frequent first: in how many cases each code stands.
    pub problems: Vec<(CheckCode, u32)>,
    /// 在园企业指标, at the end of the month or today, whichever is earlier.
    pub park: ParkRates,
    /// 口径 of the cases; the rates have their own.
    pub definition: Text,
}

impl Month {
    /// How many cases have a verdict.
    #[must_use]
    pub fn judged(&self) -> u32 {
        self.verdicts.iter().sum()
    }

    /// How many of these passed, with conditions or without.
    #[must_use]
    pub fn passed(&self) -> u32 {
        self.verdicts.iter().take(2).sum()
    }

    /// 通过率 in tenths of a percent, half a tenth rounded up; nothing where no case has a verdict.
    #[must_use]
    pub fn passed_tenths(&self) -> Option<u32> {
        let judged = self.judged();
        self.passed().saturating_mul(2000).saturating_add(judged).checked_div(judged.saturating_mul(2))
    }
}

/// The part of a kept report that is counted.
#[derive(Deserialize)]
struct Counted {
    checks: Vec<CountedCheck>,
}

#[derive(Deserialize)]
struct CountedCheck {
    code: String,
    outcome: String,
}

/// The figures of the month `YYYY-MM`, told on `today`.
///
/// # Errors
/// `MONTH` if it is no month; as every read of the database.
pub fn month(
    database: &Database,
    month: &str,
    days: &WorkingDays,
    today: NaiveDate,
) -> Result<Month, Failure> {
    let first = civil::parse_date(&format!("{month}-01")).map_err(|error| no_month(month).because(error))?;
    let last = civil::last_day_of_term(first, 1);
    let reader = database.reader()?;
    let filter = CaseFilter { month: Some(first), ..CaseFilter::default() };
    let (mut received, mut verdicts) = (0_u32, [0_u32; 4]);
    let mut problems: BTreeMap<CheckCode, u32> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = reader.cases(&filter, after, 500)?;
        for case in &page.rows {
            if is_joined(&reader, case)? {
                continue;
            }
            received += 1;
            if let Some(verdict) = case.verdict
                && let Some(count) = verdicts.get_mut(place(verdict))
            {
                *count += 1;
            }
            for code in found(&reader, &case.id)? {
                *problems.entry(code).or_default() += 1;
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut problems: Vec<(CheckCode, u32)> = problems.into_iter().collect();
    problems.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    problems.truncate(TOP);
    let (decided, average_tenths) = decided(&reader, first, last, days)?;
    let definition = definition(days, first.year());
    let park = park_rates(&reader, last.min(today))?;
    Ok(Month { first, received, verdicts, decided, average_tenths, problems, park, definition })
}

const fn place(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Passed => 0,
        Verdict::PassedWithConditions => 1,
        Verdict::Pending => 2,
        Verdict::Failed => 3,
    }
}

/// The codes that failed or stayed open in the latest report of a case.
fn found(reader: &Reader<'_>, case_id: &str) -> Result<BTreeSet<CheckCode>, Failure> {
    let latest = reader.latest_judgement(case_id)?;
    let Some(json) = latest.map(|latest| reader.report(case_id, latest.seq)).transpose()?.flatten() else {
        return Ok(BTreeSet::new());
    };
    let Ok(report) = serde_json::from_slice::<Counted>(&json) else { return Ok(BTreeSet::new()) };
    let wrong = report.checks.iter().filter(|check| matches!(check.outcome.as_str(), "fail" | "pending"));
    Ok(wrong.filter_map(|check| CheckCode::parse(&check.code)).collect())
}

/// How many cases were decided, and the mean of their working days in tenths, half a tenth rounded up.
fn decided(
    reader: &Reader<'_>,
    first: NaiveDate,
    last: NaiveDate,
    days: &WorkingDays,
) -> Result<(u32, Option<u32>), Failure> {
    let (mut count, mut total) = (0_u32, 0_u32);
    for decision in reader.decisions_made(first, last)? {
        let Some(case_id) = decision.case_id else { continue };
        let Some(case) = reader.case(&case_id)? else { continue };
        let took = days.left(civil::date_in_shanghai(case.received), decision.decided_on);
        count += 1;
        total = total.saturating_add(u32::try_from(took).unwrap_or(0));
    }
    let average = total.saturating_mul(20).saturating_add(count).checked_div(count.saturating_mul(2));
    Ok((count, average))
}

fn definition(days: &WorkingDays, year: i32) -> Text {
    let (zh, en) = match days.notice(year) {
        Some(notice) => (format!("工作日按{notice}"), format!("working days follow {notice}")),
        None => (
            format!("{year}年的放假安排未录入，工作日只扣除周末"),
            format!("the holidays of {year} are not entered, so only weekends are left out"),
        ),
    };
    told(
        format!(
            "收件数：当月收件的办件，并入其他办件的不另计；结论：这些办件目前的核验结论；\
             通过率：结论为通过或有条件通过的，占已有结论的办件的比例，只看核验结论，不看作出的决定，待补正的和决定为需补充材料的也按目前的结论计；\
             办结数：当月作出决定的办件，含决定为需补充材料的，不论何月收件；\
             平均用时：办结办件自收件次日起至决定当日的工作日数的平均值，{zh}；\
             主要问题：当月收件的办件中，最近一次核验未通过或待复核的检查项，每个办件每项只计一次。"
        ),
        format!(
            "Received: cases taken in that month, but for those that became part of another. Verdicts: how these stand now. Passed: the share of verdicts that are passed or passed with conditions, by \
             the verdict and not by what was decided, so that cases that wait for supplements, or were decided with \
             supplements required, count by their verdict as well. Decided: cases decided in that month, with \
             supplements required or otherwise, whenever they came. Average: working days from the day after receipt to the day of the \
             decision, of those decided; {en}. Problems: checks that failed or stayed open in the latest report \
             of the cases received, each counted once a case."
        ),
    )
}

fn no_month(month: &str) -> Failure {
    Failure::refused(
        "MONTH",
        format!("“{month}”不是月份，没有统计。"),
        format!("“{month}” is no month; nothing was counted"),
        "请按 2026-11 的写法给出月份。",
        "write a month as 2026-11",
    )
}
