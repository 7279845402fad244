//! Trust data as a person looks at it: how old it is, who is in it, by which rules it judges.

use chrono::{DateTime, Utc};
use zizhi_credential::status::UnverifiedToken;
use zizhi_crypto::{PublicKey, digest};
use zizhi_model::{Limits, Region, Text, Uscc, civil};
use zizhi_rules::pack::RulePack;
use zizhi_store::fits;
use zizhi_trust::{IssuerRecord, KeyUse, Material, ProvinceState, Trust};

use crate::failure::told;
use crate::keys;

/// Trust data in a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Whether there is any.
    pub present: bool,
    /// When it was made, or when it ends if it does not say.
    pub timestamp: Option<DateTime<Utc>>,
    /// Seconds since it was made.
    pub age_seconds: Option<i64>,
    /// Whether it has passed its own end.
    pub expired: bool,
    /// By when newer data has to be here: its own end.
    pub refresh_by: Option<DateTime<Utc>>,
    /// Issuers that are known.
    pub issuers: usize,
    /// Rule packs that are known.
    pub rule_packs: usize,
    /// SHA-256 of the pinned root in groups of four.
    pub root: Option<String>,
}

/// A status list that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListKept {
    /// Its name.
    pub uri: String,
    /// Who issued it, by code.
    pub issuer: Option<String>,
    /// When it was signed.
    pub iat: Option<DateTime<Utc>>,
}

/// Trust data in a line.
#[must_use]
pub fn overview(trust: &Trust) -> Overview {
    let basis = trust.basis();
    let end = basis.expires.iter().find(|role| role.role == "timestamp").map(|role| role.expires);
    Overview {
        present: basis.root_version > 0,
        timestamp: basis.timestamp.or(end),
        age_seconds: basis.age_seconds,
        expired: basis.stale,
        refresh_by: basis.expires.iter().filter(|role| is_top(&role.role)).map(|role| role.expires).min(),
        issuers: trust.issuer_count(),
        rule_packs: trust.rule_packs().len(),
        root: basis.pinned.as_ref().map(|pinned| digest::hex_groups(&pinned.sha256)),
    }
}

/// Whether the end of this role is the end of all trust data; that of a province concerns the province alone.
fn is_top(role: &str) -> bool {
    matches!(role, "root" | "targets" | "snapshot" | "timestamp")
}

/// The provinces whose part cannot be used, with the reason.
#[must_use]
pub fn disabled(trust: &Trust) -> Vec<(String, Text)> {
    let disabled = trust.provinces().iter().filter_map(|(province, state)| match state {
        ProvinceState::Disabled { reason } => Some((
            province.clone(),
            told(
                format!("该省的名录和规则不能使用，涉及该省的结论为待复核。请联系发布方，并告知：{reason}"),
                format!("its register and rules cannot be used; what rests on them is pending: {reason}"),
            ),
        )),
        _ => None,
    });
    disabled.collect()
}

/// The rule packs that can be read, each with its province, in the order of the provinces.
#[must_use]
pub fn packs(trust: &Trust) -> Vec<(Region, RulePack)> {
    let read = trust.rule_packs().into_iter().filter_map(|name| {
        let raw = trust.rule_pack_in(&name.province, &name.id).ok().flatten()?;
        let province = Region::parse(&format!("{}0000", name.province)).ok()?;
        Some((province, RulePack::parse(&raw.bytes).ok()?))
    });
    read.collect()
}

/// The status lists that are kept, by name.
#[must_use]
pub fn status_lists(trust: &Trust) -> Vec<ListKept> {
    let limits = Limits::default();
    let Some(state) = trust.state() else { return Vec::new() };
    let lists = state.status.iter().map(|(uri, held)| {
        let token = UnverifiedToken::parse(&held.jwt, &limits).ok();
        let issuer = token
            .as_ref()
            .and_then(|token| token.issuer())
            .map(|issuer| issuer.strip_prefix("urn:uscc:").unwrap_or(issuer).to_owned());
        ListKept { uri: uri.clone(), issuer, iat: civil::from_numeric_date(held.iat) }
    });
    lists.collect()
}

/// Issuers by part of a name, pinyin or its initials, or the beginning of a code, in the order of their
/// codes, beginning after one of them; and where to go on, if there are more.
#[must_use]
pub fn issuers(
    trust: &Trust,
    typed: &str,
    after: Option<&str>,
    limit: usize,
) -> (Vec<IssuerRecord>, Option<String>) {
    let mut codes = trust.issuer_codes();
    codes.sort_unstable();
    codes.dedup();
    let all = typed.trim().is_empty();
    let mut found: Vec<IssuerRecord> = Vec::new();
    for code in codes.into_iter().filter(|code| after.is_none_or(|after| code.as_str() > after)) {
        // A record that cannot be read is told where it is needed; here it is left out.
        let Some(record) = Uscc::parse(&code).ok().and_then(|uscc| trust.issuer(&uscc).ok().flatten()) else {
            continue;
        };
        let mut names = vec![record.name.as_str()];
        names.extend(record.former_names.iter().map(|former| former.name.as_str()));
        if !all && !fits(typed, &names, &[&code]) {
            continue;
        }
        if found.len() == limit {
            let next = found.last().map(|last| last.uscc.to_string());
            return (found, next);
        }
        found.push(IssuerRecord::clone(&record));
    }
    (found, None)
}

/// Fingerprints of the keys that may sign now, in groups of four, to be compared with a paper agreement.
#[must_use]
pub fn fingerprints(record: &IssuerRecord, now: DateTime<Utc>) -> Vec<String> {
    let present = record.keys.iter().filter(|key| {
        key.revoked_at.is_none() && key.valid_from <= now && key.valid_until.is_none_or(|until| now <= until)
    });
    let usable = present.filter_map(|key| match &key.material {
        Material::Usable(material) => Some(fingerprint(material, &key.uses)),
        Material::Refused(_) => None,
    });
    usable.collect()
}

/// A key in groups of four, as people compare it: its thumbprint; for a hub's key what desks show of a hub.
pub(crate) fn fingerprint(key: &PublicKey, uses: &[KeyUse]) -> String {
    if uses.contains(&KeyUse::Hub) { zizhi_sync::digest::fingerprint(key) } else { keys::fingerprint(key) }
}
