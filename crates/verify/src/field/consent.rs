//! Personal information in a dossier needs the separate consent of the person
//! (个人信息保护法 art. 23: recipient, purpose, method, kinds).

use std::sync::Arc;

use chrono::NaiveDate;
use zizhi_model::{Check, CheckCode, Json, Outcome, civil};

use super::{Case, text};

/// Kinds of attachment that are about a person rather than about the firm.
const PERSONAL_KINDS: &[&str] = &["identity_document", "staff_list", "resume", "social_insurance_list"];

/// Checks that attachments about persons come with a consent for this recipient that still runs.
/// A dossier without such attachments needs none.
pub(crate) fn check<'k>(
    attachment_kinds: impl IntoIterator<Item = (&'k str, &'k Arc<str>)>,
    consents: &[Json<'_>],
    case: &Case<'_>,
) -> Vec<Check> {
    attachment_kinds
        .into_iter()
        .filter(|(kind, _)| PERSONAL_KINDS.contains(kind))
        .map(|(kind, subject)| {
            let given = consents.iter().any(|consent| covers(consent, kind, case));
            let outcome = if given { Outcome::Pass } else { Outcome::Fail };
            Check::new(CheckCode::PiConsent, outcome, subject).with("kind", kind.to_owned())
        })
        .collect()
}

/// Whether a consent names this recipient and this kind, and has not ended. A consent that says
/// nothing about its end runs until it is withdrawn.
fn covers(consent: &Json<'_>, kind: &str, case: &Case<'_>) -> bool {
    let recipient = text(consent, "recipient") == Some(&case.aud.to_string());
    let kinds = consent.get("kinds").and_then(Json::as_array).unwrap_or_default();
    let named = kinds.iter().any(|entry| entry.as_str() == Some(kind));
    let until: Option<NaiveDate> = text(consent, "until").and_then(|until| civil::parse_date(until).ok());
    let running = match (consent.get("until"), until) {
        (None, _) => true,
        (Some(_), Some(until)) => case.today <= until,
        (Some(_), None) => false,
    };
    recipient && named && running
}
