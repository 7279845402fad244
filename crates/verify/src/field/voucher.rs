//! Innovation vouchers: whether a planned redemption fits what is printed on the voucher. Only the
//! issuer's ledger redeems; nothing here does (domain.md §7.3).

use std::sync::Arc;

use zizhi_model::region::RegionPattern;
use zizhi_model::{Check, CheckCode, Json, Outcome, Scenario};

use super::{Case, date, text, texts};

/// Checks a voucher against `facts.redemption`: `{amount_fen, service_kind, provider, invoice_on,
/// other_holds_fen}`. Without such a fact there is nothing to check.
pub(crate) fn check(claims: &Json<'_>, case: &Case<'_>, subject: &Arc<str>) -> Vec<Check> {
    let redemption = case.facts.get("redemption");
    let (Scenario::VoucherRedemption, Some(redemption)) = (case.scenario, redemption) else {
        return Vec::new();
    };
    let mut checks = vec![scope(claims, redemption, case, subject)];
    checks.extend(balance(claims, redemption, subject));
    checks
}

/// Region, kind of service, provider and invoice date must all lie inside the voucher's scope.
/// What the voucher does not disclose cannot speak against the redemption.
fn scope(claims: &Json<'_>, redemption: &Json<'_>, case: &Case<'_>, subject: &Arc<str>) -> Check {
    let region_fits =
        |pattern: &str| RegionPattern::parse(pattern).is_ok_and(|pattern| pattern.matches(&case.destination));
    let outside = |list: &str, value: Option<&str>| {
        claims.get(list).is_some() && !texts(claims, list).any(|entry| Some(entry) == value)
    };
    let invoiced = date(redemption, "invoice_on");
    let broken = if claims.get("scope_regions").is_some() && !texts(claims, "scope_regions").any(region_fits)
    {
        Some("region")
    } else if outside("allowed_service_kinds", text(redemption, "service_kind")) {
        Some("service_kind")
    } else if outside("allowed_providers", text(redemption, "provider")) {
        Some("provider")
    } else if invoiced.is_some_and(|day| {
        date(claims, "valid_from").is_some_and(|from| day < from)
            || date(claims, "valid_until").is_some_and(|until| day > until)
    }) {
        Some("invoice_on")
    } else {
        None
    };
    let outcome = if broken.is_some() { Outcome::Fail } else { Outcome::Pass };
    let check = Check::new(CheckCode::VchScope, outcome, subject);
    match broken {
        Some(rule) => check.with("rule", rule).with("region", case.destination.as_str().to_owned()),
        None => check,
    }
}

/// The amount must fit the balance that the voucher shows; holds of other desks are for the ledger to
/// settle, so together with them it is a question, not an answer.
fn balance(claims: &Json<'_>, redemption: &Json<'_>, subject: &Arc<str>) -> Vec<Check> {
    let amount = redemption.get("amount_fen").and_then(Json::as_i64);
    let available = claims.get("balance_fen").or_else(|| claims.get("quota_fen")).and_then(Json::as_i64);
    let (Some(amount), Some(available)) = (amount, available) else { return Vec::new() };
    let others = redemption.get("other_holds_fen").and_then(Json::as_i64).unwrap_or(0);
    let fits = (0..=available).contains(&amount);
    let outcome = if fits { Outcome::Pass } else { Outcome::Fail };
    let mut checks = vec![
        Check::new(CheckCode::VchBalance, outcome, subject).with("actual", amount).with("limit", available),
    ];
    if fits && others > 0 && amount.saturating_add(others) > available {
        checks.push(
            Check::new(CheckCode::VchDouble, Outcome::Pending, subject)
                .with("actual", amount.saturating_add(others))
                .with("limit", available),
        );
    }
    checks
}
