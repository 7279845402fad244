//! What a move asks of a firm: to report it in time, and to mind whose area it leaves.

use std::sync::Arc;

use zizhi_model::{Check, CheckCode, Json, Outcome, Region, Scenario, civil};

use super::{Case, date};

/// Qualifications whose holder must report a move or a change of name within three months:
/// 高新技术企业认定管理办法 art. 17; 优质中小企业梯度培育管理暂行办法 (工信部企业〔2022〕63号).
const REPORT_IN_THREE_MONTHS: &[&str] =
    &["high-tech-enterprise", "innovative-sme", "srdi-sme", "little-giant"];

/// The qualification whose determining authorities have areas of their own (domain.md §0.4).
const BY_DETERMINING_AUTHORITY: &str = "high-tech-enterprise";

/// Checks one credential of a firm that moves.
pub(crate) fn check(credential_type: &str, case: &Case<'_>, subject: &Arc<str>) -> Vec<Check> {
    let mut checks = Vec::new();
    let moves = matches!(case.scenario, Scenario::FullRelocation | Scenario::PartialRelocation);
    if moves && credential_type == BY_DETERMINING_AUTHORITY {
        let (from, to) = (case.origin.determining_authority(), case.destination.determining_authority());
        if from != to {
            checks.push(
                Check::new(CheckCode::RegAuthority, Outcome::Info, subject)
                    .with("from", place(&from))
                    .with("to", place(&to)),
            );
        }
    }
    if case.scenario == Scenario::FullRelocation && REPORT_IN_THREE_MONTHS.contains(&credential_type) {
        checks.extend(report_due(case.facts, case, subject));
    }
    checks
}

/// Whether a move leaves the qualification to be certified again: 部分搬迁 out of the area of its
/// determining authority (高新技术企业认定管理办法 art. 18).
#[must_use]
pub fn to_certify_again(
    credential_type: &str,
    scenario: Scenario,
    origin: &Region,
    destination: &Region,
) -> bool {
    scenario == Scenario::PartialRelocation
        && credential_type == BY_DETERMINING_AUTHORITY
        && origin.determining_authority() != destination.determining_authority()
}

/// The duty to report runs from the day on which the destination's registrar issued the new licence.
fn report_due(facts: &Json<'_>, case: &Case<'_>, subject: &Arc<str>) -> Option<Check> {
    let registered = date(facts, "registered_at_destination_on")?;
    let due = civil::add_months(registered, 3);
    Some(
        Check::new(CheckCode::MoveReport3m, Outcome::Warning, subject)
            .with("until", due)
            .with("days_left", (due - case.today).num_days()),
    )
}

fn place(region: &Region) -> String {
    region.name().map_or_else(|| region.as_str().to_owned(), str::to_owned)
}
