//! Checks that come from the field itself rather than from a signature or a rule pack: the order of
//! dates, incubation limits, duties after a move, vouchers, numbers, personal information.
//!
//! Each module holds one subject and cites the law or the standard that it follows (domain.md §2, §3,
//! §7.4). None of them decides who is recognised: that is the rule pack's business.

pub(crate) mod consent;
pub(crate) mod incubation;
pub(crate) mod moving;
pub(crate) mod numbers;
pub(crate) mod voucher;

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::region::Region;
use zizhi_model::{Json, OrgId, Scenario, civil};

/// What every field check may look at beside the claims of one credential.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case<'a> {
    /// The time of verification.
    pub now: DateTime<Utc>,
    /// The same as a civil day in Asia/Shanghai.
    pub today: NaiveDate,
    /// Why the firm shows its qualifications.
    pub scenario: Scenario,
    /// Where the firm is.
    pub origin: Region,
    /// Where it wants to go.
    pub destination: Region,
    /// The destination.
    pub aud: OrgId,
    /// What the firm declares about itself (`facts` of the manifest).
    pub facts: &'a Json<'a>,
}

/// The civil date in the claim `name`, if it is there and is a date.
pub(crate) fn date(claims: &Json<'_>, name: &str) -> Option<NaiveDate> {
    civil::parse_date(claims.get(name)?.as_str()?).ok()
}

/// The text in the claim `name`.
pub(crate) fn text<'c>(claims: &'c Json<'_>, name: &str) -> Option<&'c str> {
    claims.get(name)?.as_str()
}

/// The texts in the list `name`; an absent claim is an empty list.
pub(crate) fn texts<'c>(claims: &'c Json<'_>, name: &str) -> impl Iterator<Item = &'c str> {
    claims.get(name).and_then(Json::as_array).unwrap_or_default().iter().filter_map(Json::as_str)
}
