//! The incubatee conditions: age at entry, incubation limit, where the main R&D is.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use zizhi_model::{Check, CheckCode, Json, Outcome, Scenario, civil};

use super::{Case, date, text};

/// The limits of one set of rules. They are data, because the rules of 2025 may bring others.
struct Ruleset {
    /// The document that sets them.
    basis: &'static str,
    max_age_at_entry_months: i32,
    max_incubation_months: i32,
    extended_fields: &'static [&'static str],
    extended_months: i32,
}

/// 科技企业孵化器管理办法, conditions of an incubatee (domain.md §2.3).
const MEASURES_2018: Ruleset = Ruleset {
    basis: "国科发区〔2018〕300号",
    max_age_at_entry_months: 24,
    max_incubation_months: 48,
    extended_fields: &["生物医药", "现代农业", "集成电路"],
    extended_months: 60,
};

/// Half of the R&D staff away from the incubator makes it doubtful that the main R&D site is there.
const RD_SHARE_TO_ASK: i64 = 50;

/// When a firm began, came and has to go, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incubatee<'a> {
    /// 成立日期
    pub established_on: Option<NaiveDate>,
    /// 入驻日期
    pub entered_on: Option<NaiveDate>,
    /// 孵化截止日期, where it is agreed.
    pub deadline: Option<NaiveDate>,
    /// 技术领域
    pub field: Option<&'a str>,
}

impl Incubatee<'_> {
    /// The last day on which it may be in incubation by the rules; nothing while nobody knows when it came.
    #[must_use]
    pub fn latest_deadline(&self) -> Option<NaiveDate> {
        let day = self.entered_on?;
        civil::add_months(day, self.months(&MEASURES_2018)).checked_sub_days(Days::new(1))
    }

    /// Whether it was young enough when it came, and is not there too long (`INC-AGE`, `INC-LIMIT`).
    #[must_use]
    pub fn checks(&self, today: NaiveDate, subject: &Arc<str>) -> Vec<Check> {
        let rules = &MEASURES_2018;
        let mut checks = Vec::new();
        if let (Some(established), Some(entered)) = (self.established_on, self.entered_on) {
            // 入驻时成立时间不超过24个月.
            let latest = civil::add_months(established, rules.max_age_at_entry_months);
            let outcome = if entered > latest { Outcome::Fail } else { Outcome::Pass };
            let mut check = Check::new(CheckCode::IncAge, outcome, subject)
                .with("limit", i64::from(rules.max_age_at_entry_months))
                .with("actual", i64::from(civil::full_months_between(established, entered)));
            if outcome == Outcome::Fail {
                // By how much, since a firm of full 24 months and a day is over a limit of 24 months.
                check = match civil::full_months_between(latest, entered) {
                    0 => check.with("beyond_days", entered.signed_duration_since(latest).num_days()),
                    months => check.with("beyond_months", i64::from(months)),
                };
            }
            checks.push(check.with("basis", rules.basis));
        }
        let allowed = self.latest_deadline();
        // 孵化时限原则上不超过48个月；生物医药、现代农业、集成电路不超过60个月.
        if let Some(deadline) = self.deadline.or(allowed) {
            let beyond = allowed.is_some_and(|allowed| deadline > allowed);
            let outcome = if beyond || today > deadline { Outcome::Fail } else { Outcome::Pass };
            checks.push(
                Check::new(CheckCode::IncLimit, outcome, subject)
                    .with("limit", i64::from(self.months(rules)))
                    .with("until", deadline)
                    .with("basis", rules.basis),
            );
        }
        checks
    }

    fn months(&self, rules: &Ruleset) -> i32 {
        let extended = self.field.is_some_and(|field| rules.extended_fields.contains(&field));
        if extended { rules.extended_months } else { rules.max_incubation_months }
    }
}

/// Checks the claims of one 在孵企业证明.
pub(crate) fn check(claims: &Json<'_>, case: &Case<'_>, subject: &Arc<str>) -> Vec<Check> {
    let incubatee = Incubatee {
        established_on: date(claims, "established_on"),
        entered_on: date(claims, "entered_on"),
        deadline: date(claims, "incubation_deadline"),
        field: text(claims, "field"),
    };
    let mut checks = incubatee.checks(case.today, subject);
    checks.extend(rd_site(claims, case, subject));
    checks
}

/// 注册地和主要研发、办公场所须在本孵化器场地内: a branch elsewhere that does most of the research
/// may end the status at home. The certificate may say where the research is; else only the firm's own
/// figure is there to go by.
fn rd_site(claims: &Json<'_>, case: &Case<'_>, subject: &Arc<str>) -> Option<Check> {
    if claims.get("rd_on_site").and_then(Json::as_bool) == Some(false) {
        let check = Check::new(CheckCode::IncRdsite, Outcome::Warning, subject);
        return Some(check.with("basis", MEASURES_2018.basis));
    }
    if case.scenario != Scenario::BranchOperation {
        return None;
    }
    let share = case.facts.get("rd_staff_at_destination_percent")?.as_i64()?;
    let outcome = if share >= RD_SHARE_TO_ASK { Outcome::Warning } else { Outcome::Pass };
    Some(
        Check::new(CheckCode::IncRdsite, outcome, subject)
            .with("actual", share)
            .with("limit", RD_SHARE_TO_ASK)
            .with("basis", MEASURES_2018.basis),
    )
}
