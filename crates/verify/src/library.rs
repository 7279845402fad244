//! Trust data with what was read from it, kept for the next dossier.
//!
//! Parsed rule packs and verified status lists are kept, since their bytes cannot change while the
//! package is open. Whether a key may sign and whether a list is fresh depends on the time and is
//! judged again for each dossier: results are kept, verdicts never.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::{Value, json};
use zizhi_credential::status::{StatusToken, UnverifiedToken};
use zizhi_crypto::{b64, digest};
use zizhi_model::{Limits, OrgId, Region, Uscc};
use zizhi_rules::pack::RulePack;
use zizhi_trust::{IssuerKey, IssuerRecord, KeyUse, TargetError, Trust};

use crate::grounds::Grounds;
use crate::report::Report;

/// Trust data, ready for many dossiers and threads.
#[derive(Debug)]
pub struct Library {
    trust: Trust,
    packs: RwLock<HashMap<(String, String), Arc<PackFound>>>,
    lists: RwLock<HashMap<(String, Uscc), Arc<ListFound>>>,
    issuers: RwLock<HashMap<Uscc, Arc<Value>>>,
}

/// A rule pack that was looked for.
#[derive(Debug)]
pub(crate) enum PackFound {
    /// It is there and can be read.
    Pack {
        pack: Box<RulePack>,
        /// SHA-256 of its bytes, base64url.
        sha256: String,
        bytes: Arc<[u8]>,
    },
    /// It is not in this province.
    Absent,
    /// Another province publishes a pack of that name.
    Elsewhere { province: String },
    /// It is listed and cannot be used.
    Unusable { reason: String },
    /// Its province cannot be asked.
    Disabled { reason: String },
}

/// A status list that was looked for.
#[derive(Debug)]
pub(crate) enum ListFound {
    /// It is there, and one of the issuer's keys signed it.
    List {
        token: StatusToken,
        /// The list that was offered is older than the one that was kept.
        rolled_back: bool,
    },
    /// Nobody offers it.
    Missing,
    /// It is there and cannot be trusted.
    Corrupt { reason: String },
}

impl Library {
    /// Keeps `trust` for verification.
    #[must_use]
    pub fn new(trust: Trust) -> Self {
        Self { trust, packs: RwLock::default(), lists: RwLock::default(), issuers: RwLock::default() }
    }

    /// The trust data.
    #[must_use]
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// The rule pack `id` of the province of the destination, read once.
    pub(crate) fn pack(&self, province: &str, id: &str) -> Arc<PackFound> {
        let key = (province.to_owned(), id.to_owned());
        kept(&self.packs, &key, || self.find_pack(province, id))
    }

    /// The status list `uri` of `issuer`, inflated and its signature checked once.
    pub(crate) fn list(&self, uri: &str, issuer: &IssuerRecord, limits: &Limits) -> Arc<ListFound> {
        let key = (uri.to_owned(), issuer.uscc);
        kept(&self.lists, &key, || self.find_list(uri, issuer, limits))
    }

    /// The fact `issuer` of formats.md §4 about a record of the register.
    pub fn issuer_fact(&self, record: &IssuerRecord) -> Arc<Value> {
        kept(&self.issuers, &record.uscc, || {
            let roles: Vec<&str> = record.roles.iter().map(|role| role.as_str()).collect();
            json!({
                "uscc": record.uscc.as_str(),
                "name": record.name,
                "roles": roles,
                "level": record.level,
                "region": record.region.as_str(),
            })
        })
    }

    /// What the conclusions of a report rest on; nothing where the rule pack here is not the one that it was judged by.
    #[must_use]
    pub fn grounds(&self, report: &Report) -> Grounds {
        match (self.judged_by(report).as_deref(), &report.dossier) {
            (Some(PackFound::Pack { pack, .. }), Some(dossier)) => Grounds::of(pack, &dossier.checklist_id),
            _ => Grounds::default(),
        }
    }

    /// The bytes of the rule pack by which a report was judged, if it is the one here.
    #[must_use]
    pub fn pack_of(&self, report: &Report) -> Option<Arc<[u8]>> {
        match self.judged_by(report).as_deref() {
            Some(PackFound::Pack { bytes, .. }) => Some(Arc::clone(bytes)),
            _ => None,
        }
    }

    fn judged_by(&self, report: &Report) -> Option<Arc<PackFound>> {
        let basis = report.basis.rule_pack.as_ref()?;
        let destination = Region::parse(&report.dossier.as_ref()?.destination_region).ok()?;
        let found = self.pack(destination.province(), &basis.id);
        let same = matches!(&*found, PackFound::Pack { sha256, .. } if *sha256 == basis.sha256);
        same.then_some(found)
    }

    fn find_pack(&self, province: &str, id: &str) -> PackFound {
        match self.trust.rule_pack_in(province, id) {
            Ok(Some(target)) => match RulePack::parse(&target.bytes) {
                Ok(pack) => PackFound::Pack {
                    pack: Box::new(pack),
                    sha256: b64::encode(&target.sha256),
                    bytes: target.bytes.into(),
                },
                Err(diagnostics) => PackFound::Unusable {
                    reason: diagnostics.first().map_or_else(String::new, |first| {
                        format!("{} {}:{}", first.code, first.line, first.column)
                    }),
                },
            },
            Ok(None) => match self.trust.rule_pack(id) {
                Ok(Some(target)) => PackFound::Elsewhere { province: target.province.unwrap_or_default() },
                _ => PackFound::Absent,
            },
            Err(error @ TargetError::Disabled { .. }) => PackFound::Disabled { reason: error.to_string() },
            Err(error) => PackFound::Unusable { reason: error.to_string() },
        }
    }

    fn find_list(&self, uri: &str, issuer: &IssuerRecord, limits: &Limits) -> ListFound {
        let offered = match self.trust.status_list(uri) {
            Ok(offered) => offered,
            Err(error) => return ListFound::Corrupt { reason: error.to_string() },
        };
        let offered = offered.map(|bytes| read_list(&bytes, uri, issuer, limits));
        // Of two lists with one uri the one with the higher iat counts (formats.md §2).
        let held = self.trust.held_status(uri);
        match (offered, held) {
            (Some(Ok(token)), Some(held)) if held.iat > token.issued_at => {
                match read_list(held.jwt.as_bytes(), uri, issuer, limits) {
                    // What the issuer sends itself may be ahead of what is published.
                    Ok(newer) => ListFound::List { token: newer, rolled_back: !held.by_itself },
                    // Another issuer sent it under this name; what is published counts.
                    Err(_) if held.by_itself => ListFound::List { token, rolled_back: false },
                    Err(reason) => ListFound::Corrupt { reason },
                }
            }
            (Some(Ok(token)), _) => ListFound::List { token, rolled_back: false },
            (Some(Err(reason)), held) if held.is_none_or(|held| !held.by_itself) => {
                ListFound::Corrupt { reason }
            }
            (_, Some(held)) => match read_list(held.jwt.as_bytes(), uri, issuer, limits) {
                Ok(token) => ListFound::List { token, rolled_back: false },
                // Another issuer sent it under this name.
                Err(_) if held.by_itself => ListFound::Missing,
                Err(reason) => ListFound::Corrupt { reason },
            },
            (_, None) => ListFound::Missing,
        }
    }
}

/// Reads a list and checks that a key of the issuer signed it. Whether that key may sign lists, and
/// might when it did, depends on the time and is asked later.
fn read_list(bytes: &[u8], uri: &str, issuer: &IssuerRecord, limits: &Limits) -> Result<StatusToken, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let parse = || UnverifiedToken::parse(text.trim_ascii(), limits).map_err(|error| error.to_string());
    let token = parse()?;
    let named =
        token.kid().map(|kid| issuer.key(kid).ok_or("signed with a key that the issuer does not list"));
    let token = match named.transpose()? {
        Some(key) => verified(token, key, uri),
        // formats.md §2 asks for a key of the issuer and not for its name.
        None => {
            let lists = issuer.keys.iter().filter(|key| key.uses.contains(&KeyUse::Status));
            let mut tried = lists.map(|key| verified(parse()?, key, uri));
            tried
                .find(Result::is_ok)
                .unwrap_or_else(|| Err("signed with no key that the issuer lists".to_owned()))
        }
    }?;
    let own = OrgId::from(issuer.uscc).to_string();
    match &token.issuer {
        Some(said) if *said != own => Err("the list names another issuer".to_owned()),
        _ => Ok(token),
    }
}

fn verified(token: UnverifiedToken<'_>, key: &IssuerKey, uri: &str) -> Result<StatusToken, String> {
    let zizhi_trust::Material::Usable(key) = &key.material else {
        return Err("signed with a key that was refused".to_owned());
    };
    token.verify(key, Some(uri)).map_err(|error| error.to_string())
}

/// The SHA-256 of a root, in hex groups of four.
pub(crate) fn fingerprint(sha256: &[u8; 32]) -> String {
    digest::hex_groups(sha256)
}

fn kept<K: Clone + Eq + std::hash::Hash, V>(
    map: &RwLock<HashMap<K, Arc<V>>>,
    key: &K,
    make: impl FnOnce() -> V,
) -> Arc<V> {
    // A poisoned lock only means that another thread panicked; the map itself is whole.
    if let Some(known) = map.read().unwrap_or_else(PoisonError::into_inner).get(key) {
        return Arc::clone(known);
    }
    let made = Arc::new(make());
    Arc::clone(map.write().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_insert(made))
}
