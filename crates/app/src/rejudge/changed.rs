//! Which cases a change of trust data touches.
//!
//! Records of issuers and rule packs are compared by the digests that the provinces sign; a status list
//! entry by entry. A list that became newer, with the same entries, touches only the cases that waited for
//! one; one that can no longer be used touches all that rest on it.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use zizhi_credential::status::StatusList;
use zizhi_crypto::jws;
use zizhi_model::{Json, Limits, json};
use zizhi_store::{InputKind, Reader, Why};
use zizhi_trust::{ProvinceState, Trust};
use zizhi_verify::Library;

use crate::case_judge::TRUST_AS_A_WHOLE;
use crate::failure::Failure;

/// The cases that are touched, and by what first.
pub(super) struct Change {
    pub cases: BTreeMap<String, Why>,
}

impl Change {
    /// Cases that are judged whatever changed.
    pub(super) fn everything(cases: BTreeSet<String>) -> Self {
        Self { cases: cases.into_iter().map(|id| (id, Why::Trust)).collect() }
    }

    fn add(&mut self, cases: BTreeSet<String>, why: Why) {
        for id in cases {
            self.cases.entry(id).or_insert(why);
        }
    }
}

/// What changed from `before` to the trust data of `library`.
pub(super) fn changes(reader: &Reader<'_>, before: &Trust, library: &Library) -> Result<Change, Failure> {
    let after = library.trust();
    let mut change = Change { cases: BTreeMap::new() };
    // All of it came into force, or fell out of it: nothing rests on anything else.
    if before.basis().stale != after.basis().stale
        || (before.issuer_count() == 0) != (after.issuer_count() == 0)
    {
        for issuer in reader.rested_on(InputKind::Issuer)? {
            change.add(reader.cases_resting_on(InputKind::Issuer, &issuer)?, Why::Trust);
        }
        return Ok(change);
    }
    change.add(reader.cases_resting_on(InputKind::Issuer, TRUST_AS_A_WHOLE)?, Why::Trust);
    files(reader, before, after, &mut change)?;
    for uri in reader.rested_on(InputKind::Status)? {
        list(reader, &uri, before, after, &mut change)?;
    }
    Ok(change)
}

/// Records and rule packs that came, went or changed, and those of provinces that stand otherwise now.
fn files(reader: &Reader<'_>, before: &Trust, after: &Trust, change: &mut Change) -> Result<(), Failure> {
    let (was, is) = (before.province_files(), after.province_files());
    let other = |province: &str| stands(before, province) != stands(after, province);
    let moved: BTreeSet<String> =
        after.provinces().iter().map(|(name, _)| name.clone()).filter(|name| other(name)).collect();
    for path in was.keys().chain(is.keys()).collect::<BTreeSet<_>>() {
        let mut parts = path.split('/');
        let (Some(folder), Some(province), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if was.get(path) == is.get(path) && !moved.contains(province) {
            continue;
        }
        let name = name.strip_suffix(".json").unwrap_or(name);
        match folder {
            "issuers" => change.add(reader.cases_resting_on(InputKind::Issuer, name)?, Why::Trust),
            "rules" => change.add(reader.cases_resting_on(InputKind::Pack, name)?, Why::Rules),
            _ => {}
        }
    }
    Ok(())
}

fn stands(trust: &Trust, province: &str) -> std::mem::Discriminant<ProvinceState> {
    discriminant(&trust.province_state(province))
}

fn list(
    reader: &Reader<'_>,
    uri: &str,
    before: &Trust,
    after: &Trust,
    change: &mut Change,
) -> Result<(), Failure> {
    let (was, is) = (before.held_status(uri), after.held_status(uri));
    let offered = after.status_list(uri);
    // What is offered and was not kept is older than what is, or cannot be trusted.
    let usable = match (&offered, is) {
        (Ok(None), _) => true,
        // What came by itself counts until something newer is offered.
        (Ok(Some(bytes)), Some(held)) if held.by_itself => signed_at(bytes).is_none_or(|iat| iat <= held.iat),
        (Ok(Some(bytes)), Some(held)) => bytes.trim_ascii() == held.jwt.as_bytes(),
        (Ok(Some(_)), None) | (Err(_), _) => false,
    };
    let (Some(was), Some(is), true) = (was, is, usable) else {
        // Without a list before and after, and none offered, nothing changed.
        if was.is_some() || is.is_some() || !usable {
            change.add(reader.cases_resting_on(InputKind::Status, uri)?, Why::Status);
        }
        return Ok(());
    };
    if was.jwt == is.jwt {
        return Ok(());
    }
    change.add(reader.cases_waiting_for_list(uri)?, Why::Status);
    match (entries(&was.jwt), entries(&is.jwt)) {
        (Some(was), Some(is)) if was.entries() <= is.entries() => {
            change.add(reader.cases_on_status_entries(uri, differing(&was, &is))?, Why::Status);
        }
        _ => change.add(reader.cases_resting_on(InputKind::Status, uri)?, Why::Status),
    }
    Ok(())
}

/// When a list that nobody has checked says that it was signed.
fn signed_at(list: &[u8]) -> Option<i64> {
    let limits = Limits::default();
    let unverified = jws::Unverified::parse(std::str::from_utf8(list.trim_ascii()).ok()?, &limits).ok()?;
    json::strict(unverified.payload(), limits.json_depth).ok()?.get("iat").and_then(Json::as_i64)
}

/// The entries of a list whose signature was checked when it was kept.
fn entries(jwt: &str) -> Option<StatusList> {
    let limits = Limits::default();
    let unverified = jws::Unverified::parse(jwt, &limits).ok()?;
    let payload = json::strict(unverified.payload(), limits.json_depth).ok()?;
    StatusList::from_json(payload.get("status_list").filter(|list| matches!(list, Json::Object(_)))?).ok()
}

/// The places at which two lists differ, as far as both hold them. Whoever stands beyond the end of a list
/// waits for a longer one.
fn differing(was: &StatusList, is: &StatusList) -> BTreeSet<u64> {
    let (before, after): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (was.exceptions().collect(), is.exceptions().collect());
    let places = before.keys().chain(after.keys()).copied();
    places.filter(|idx| before.get(idx) != after.get(idx)).collect()
}
