//! Numbers on certificates: whether their form and check digit hold, and whether one number is
//! claimed by two holders.

use std::collections::BTreeMap;
use std::sync::Arc;

use zizhi_model::{Check, CheckCode, Json, Outcome, ids};

use super::text;

/// Checks the `number` of one credential by the standard of its type.
pub(crate) fn check(credential_type: &str, claims: &Json<'_>, subject: &Arc<str>) -> Vec<Check> {
    let Some(number) = text(claims, "number") else { return Vec::new() };
    ids::check_number(credential_type, number, text(claims, "kind"))
        .into_iter()
        .map(|(code, outcome, rule)| {
            Check::new(code, outcome, subject).with("number", number.to_owned()).with("rule", rule)
        })
        .collect()
}

/// One credential as far as duplicates are concerned.
pub(crate) struct Numbered<'a> {
    pub credential_type: &'a str,
    pub number: &'a str,
    pub holder: &'a str,
    pub subject: &'a Arc<str>,
}

/// Finds numbers that stand under two holders in one dossier. Branches share their parent's papers,
/// so this asks a person to look rather than failing anything.
pub(crate) fn duplicates<'a>(credentials: impl IntoIterator<Item = Numbered<'a>>) -> Vec<Check> {
    let mut first: BTreeMap<(&str, &str), Numbered<'a>> = BTreeMap::new();
    let mut checks = Vec::new();
    for credential in credentials {
        match first.get(&(credential.credential_type, credential.number)) {
            Some(other) if other.holder != credential.holder => checks.push(
                Check::new(CheckCode::DupNumber, Outcome::Warning, credential.subject)
                    .with("number", credential.number.to_owned())
                    .with("found", other.subject.to_string()),
            ),
            Some(_) => {}
            None => {
                first.insert((credential.credential_type, credential.number), credential);
            }
        }
    }
    checks
}
