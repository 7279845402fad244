//! Whether a credential is in force at the time of verification.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_credential::sdjwt::VCT_PREFIX;
use zizhi_model::check::Fact;
use zizhi_model::ids::TechSmeNumber;
use zizhi_model::{Check, CheckCode, Json, Outcome, Provenance, civil};

/// Days before an end from which a person is warned.
const SOON_DAYS: i64 = 90;

/// A statement that lives no longer than this is renewed by design, so that nobody needs a warning
/// that it ends (formats.md §1, `status`).
pub(crate) const SHORT_LIVED_SECONDS: i64 = 24 * 60 * 60;

/// The day on which a firm is old enough to apply.
const YEAR_OLD: &str = "established_on + 1y";

/// One end of a period: when, and how to tell it to a person.
struct Bound {
    at: i64,
    told: Fact,
    claim: &'static str,
}

/// Checks `nbf`, `exp`, `valid_from`, `valid_until`, and that `iat` is not in the future.
///
/// `exp` is the first second that is too late (RFC 7519 §4.1.4); `valid_until` is a civil day that ends
/// at 23:59:59+08:00.
pub(crate) fn check(claims: &Json<'_>, now: DateTime<Utc>, skew: i64, subject: &Arc<str>) -> Vec<Check> {
    let seconds = |name: &str| claims.get(name).and_then(Json::as_i64);
    let (iat, exp) = (seconds("iat"), seconds("exp"));
    let mut checks = Vec::with_capacity(3);

    let starts = [
        seconds("nbf").map(|at| Bound { at, told: Fact::Time(at), claim: "nbf" }),
        // Clocks of issuers run a little ahead; the limit says by how much.
        iat.map(|at| Bound { at: at.saturating_sub(skew), told: Fact::Time(at), claim: "iat" }),
        civil_bound(claims, "valid_from", civil::start_of_day_shanghai),
    ];
    let ends = [
        exp.map(|at| Bound { at, told: Fact::Time(at), claim: "exp" }),
        civil_bound(claims, "valid_until", civil::end_of_day_shanghai)
            .map(|bound| Bound { at: bound.at.saturating_add(1), ..bound }),
        end_by_number(claims),
    ];
    let moment = now.timestamp();
    let before_start =
        starts.into_iter().flatten().filter(|bound| moment < bound.at).max_by_key(|bound| bound.at);
    if let Some(bound) = before_start {
        checks.push(
            Check::new(CheckCode::DateFuture, Outcome::Fail, subject)
                .with("from", bound.told)
                .with("claim", bound.claim),
        );
    }
    let short_lived =
        matches!((iat, exp), (Some(iat), Some(exp)) if exp <= iat.saturating_add(SHORT_LIVED_SECONDS));
    let ends: Vec<Bound> = ends.into_iter().flatten().collect();
    let Some(first) = ends.iter().min_by_key(|bound| bound.at) else {
        checks.push(Check::new(CheckCode::DateExpired, Outcome::Pass, subject));
        return checks;
    };
    if moment >= first.at {
        let check = Check::new(CheckCode::DateExpired, Outcome::Fail, subject)
            .with("until", first.told.clone())
            .with("claim", first.claim);
        // Nobody issues a firm's own statement anew but the firm itself, by signing again.
        let declared = claims.get("provenance").and_then(Json::as_str) == Some(Provenance::Declared.as_str());
        let renewed = short_lived && first.claim == "exp" && declared;
        checks.push(if renewed { check.with("hours", SHORT_LIVED_SECONDS / 3600) } else { check });
        return checks;
    }
    checks.push(Check::new(CheckCode::DateExpired, Outcome::Pass, subject).with("until", first.told.clone()));
    let last_day = |bound: &Bound| civil::date_in_shanghai(at(bound.at.saturating_sub(1)).unwrap_or(now));
    let lasting = ends.iter().filter(|bound| !(short_lived && bound.claim == "exp"));
    if let Some(bound) = lasting.min_by_key(|bound| bound.at) {
        let left = (last_day(bound) - civil::date_in_shanghai(now)).num_days();
        if left <= SOON_DAYS {
            checks.push(
                Check::new(CheckCode::DateSoon, Outcome::Warning, subject)
                    .with("until", bound.told.clone())
                    .with("days_left", left),
            );
        }
    }
    checks
}

/// Checks that the dates in a credential can have happened in their order.
///
/// `established` is the day on which the firm was registered, from any credential of the dossier. A
/// 高新技术企业 must have been registered for a year before it applies (认定管理办法 art. 11).
pub(crate) fn order(
    claims: &Json<'_>,
    credential_type: &str,
    established: Option<NaiveDate>,
    subject: &Arc<str>,
) -> Option<Check> {
    let date = |name: &str| crate::field::date(claims, name);
    let established = date("established_on").or(established);
    let year_old = established
        .filter(|_| credential_type == "high-tech-enterprise")
        .map(|day| civil::add_months(day, 12));
    let pairs = [
        ("valid_from", "valid_until"),
        ("issued_on", "valid_until"),
        ("established_on", "entered_on"),
        ("established_on", "graduated_on"),
        ("filed_on", "granted_on"),
        (YEAR_OLD, "issued_on"),
    ];
    let broken = pairs.into_iter().find_map(|(first, second)| {
        let later = date(second)?;
        let earlier = match first {
            "established_on" => established,
            YEAR_OLD => year_old,
            name => date(name),
        }?;
        (earlier > later).then_some((first, earlier, second, later))
    });
    let (first, earlier, second, later) = broken?;
    Some(
        Check::new(CheckCode::DateOrder, Outcome::Fail, subject)
            .with("expected", format!("{first} {earlier}"))
            .with("found", format!("{second} {later}")),
    )
}

/// The claims that must be civil dates where they are disclosed. A date that cannot be read must not
/// count as "no end".
pub(crate) fn unreadable(claims: &Json<'_>) -> Option<&'static str> {
    ["valid_from", "valid_until", "issued_on"].into_iter().find(|name| {
        claims.get(name).is_some_and(|value| {
            !matches!(value, Json::Null) && value.as_str().is_none_or(|text| civil::parse_date(text).is_err())
        })
    })
}

/// RFC 3339 in Asia/Shanghai, the way people there read a time.
pub(crate) fn instant(seconds: i64) -> String {
    at(seconds).map_or_else(|| seconds.to_string(), civil::rfc3339)
}

fn at(seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
}

/// 登记编号当年有效 (国科火字〔2019〕87号): the number of a 科技型中小企业 ends with the year inside it,
/// whether or not the firm discloses a claim that says so.
fn end_by_number(claims: &Json<'_>) -> Option<Bound> {
    let vct = crate::field::text(claims, "vct")?;
    if !vct.strip_prefix(VCT_PREFIX)?.starts_with("tech-sme:") {
        return None;
    }
    let day = TechSmeNumber::parse(crate::field::text(claims, "number")?).ok()?.valid_until()?;
    let last = civil::end_of_day_shanghai(day).timestamp();
    Some(Bound { at: last.saturating_add(1), told: day.into(), claim: "number" })
}

fn civil_bound(
    claims: &Json<'_>,
    claim: &'static str,
    bound: fn(NaiveDate) -> DateTime<Utc>,
) -> Option<Bound> {
    let day = crate::field::date(claims, claim)?;
    Some(Bound { at: bound(day).timestamp(), told: day.into(), claim })
}

#[cfg(test)]
mod tests;
