//! Puts the names of organisations beside their codes, where the dossier or the register knows them: nobody knows a
//! neighbour by eighteen characters. No check rests on a name.

use zizhi_dossier::Manifest;
use zizhi_model::check::Fact;
use zizhi_model::{Check, Json, Uscc};

use crate::library::Library;
use crate::report::Report;

/// Facts that may be the code of an organisation, each with the fact that is its name.
const NAMED: [(&str, &str); 3] =
    [("found", "found_name"), ("expected", "expected_name"), ("issuer", "issuer_name")];

/// Names every organisation that the checks of a report tell by its code.
pub(crate) fn add(library: &Library, manifest: &Manifest, report: &mut Report) {
    let of_credentials = report.credentials.iter_mut().flat_map(|credential| &mut credential.checks);
    let of_items = report.items.iter_mut().flat_map(|item| &mut item.checks);
    for check in report.checks.iter_mut().chain(of_credentials).chain(of_items) {
        for (code, name) in NAMED {
            let found = organisation(check, code).filter(|_| check.fact(name).is_none());
            if let Some(found) = found.and_then(|org| called(library, manifest, &org)) {
                check.facts.push((name, Fact::Text(found.into())));
            }
        }
    }
}

fn organisation(check: &Check, fact: &str) -> Option<Uscc> {
    match check.fact(fact)? {
        Fact::Text(text) => Uscc::parse(text.strip_prefix("urn:uscc:").unwrap_or(text)).ok(),
        _ => None,
    }
}

/// What the register calls it, else what the dossier does.
fn called(library: &Library, manifest: &Manifest, org: &Uscc) -> Option<String> {
    let registered = library.trust().issuer(org).ok().flatten().map(|record| record.name.clone());
    let own = || (*org == manifest.firm.uscc).then(|| manifest.firm.name.clone());
    registered.or_else(own).or_else(|| related(manifest, org))
}

/// The name of a branch or subsidiary that the firm names among its facts.
fn related(manifest: &Manifest, org: &Uscc) -> Option<String> {
    let entries = manifest.facts.get("related").and_then(Json::as_array).unwrap_or_default();
    let text = |entry: &Json<'_>, name: &str| entry.get(name).and_then(Json::as_str).map(str::to_owned);
    let entry = entries.iter().find(|entry| text(entry, "uscc").is_some_and(|uscc| uscc == org.as_str()))?;
    text(entry, "name").filter(|name| !name.is_empty())
}
