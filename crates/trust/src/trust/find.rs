//! Looking things up in a checked package: found through the metadata, read when asked for, held
//! against length and digest, kept.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use zizhi_crypto::digest;
use zizhi_model::Uscc;

use super::{Found, ProvinceState, Trust};
use crate::client::{HeldStatus, Search};
use crate::error::{SourceError, TargetError};
use crate::issuer::{IssuerKey, IssuerRecord, KeyUse};
use crate::metadata::TargetInfo;

/// The member of a key that names a hub, as it is written.
const HUB: &[u8] = b"\"hub\"";

/// A file that its role signed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawTarget {
    /// Path in the metadata, such as `rules/31/sh-songjiang.json`.
    pub path: String,
    /// The province that signed for it (two digits); `None` for what all provinces sign together.
    pub province: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of them.
    pub sha256: [u8; 32],
}

/// The name of one rule pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RulePackName {
    /// The province that publishes it (two digits).
    pub province: String,
    /// Its id.
    pub id: String,
}

/// The file name of a status list without `.jwt`: SHA-256 of its URI, in hexadecimal.
#[must_use]
pub fn status_name(uri: &str) -> String {
    digest::hex(&digest::sha256(uri.as_bytes()))
}

impl Trust {
    /// The issuer `uscc`, looked for in the register of every province; `None` if no province
    /// registers it (`ISS-UNKNOWN`).
    ///
    /// An organisation belongs to the province of its code's first registrar or to the one that it
    /// moved to. If two provinces register it, its own counts, so that no other can speak for it.
    ///
    /// # Errors
    /// [`TargetError`], each `TRUST-ROLE`: the record is listed and cannot be used, or the answer may
    /// lie in a province that is disabled.
    pub fn issuer(&self, uscc: &Uscc) -> Result<Option<Arc<IssuerRecord>>, TargetError> {
        // A poisoned lock only means that another thread panicked; the map itself is whole.
        if let Some(known) = self.issuers.read().unwrap_or_else(PoisonError::into_inner).get(uscc) {
            return known.clone();
        }
        let found = self.find_issuer(uscc);
        // A failure to read may pass; everything else is the same the next time.
        if !matches!(found, Err(TargetError::Source(_))) {
            self.issuers.write().unwrap_or_else(PoisonError::into_inner).insert(*uscc, found.clone());
        }
        found
    }

    fn find_issuer(&self, uscc: &Uscc) -> Found {
        let own = uscc.first_registrar().get(..2).unwrap_or_default();
        let (mut provinces, others): (Vec<&str>, Vec<&str>) =
            self.provinces.iter().map(|(name, _)| name.as_str()).partition(|name| *name == own);
        provinces.extend(others);
        let mut disabled = Vec::new();
        for province in provinces {
            let path = format!("issuers/{province}/{uscc}.json");
            match self.search(&path) {
                Search::NotFound => {}
                Search::Blocked { .. } => {
                    disabled.push(province.to_owned());
                    // While its own province cannot be asked, nobody else can answer for it.
                    if province == own {
                        break;
                    }
                }
                Search::Found { info, .. } => {
                    let bytes = self.read(&path, &info)?;
                    let record = IssuerRecord::read(&bytes, province, uscc, self.limits.json_depth)
                        .map_err(|defect| TargetError::Record { path, defect })?;
                    return Ok(Some(Arc::new(record)));
                }
            }
        }
        if disabled.is_empty() { Ok(None) } else { Err(TargetError::Disabled { provinces: disabled }) }
    }

    /// The rule pack `id`, looked for in the order of the provinces; `None` if none publishes it.
    ///
    /// # Errors
    /// As [`Trust::issuer`].
    pub fn rule_pack(&self, id: &str) -> Result<Option<RawTarget>, TargetError> {
        let mut disabled = Vec::new();
        for (province, _) in &self.provinces {
            let path = format!("rules/{province}/{id}.json");
            match self.search(&path) {
                Search::NotFound => {}
                Search::Blocked { .. } => disabled.push(province.clone()),
                Search::Found { info, .. } => {
                    let bytes = self.read(&path, &info)?;
                    let sha256 = digest::sha256(&bytes);
                    return Ok(Some(RawTarget { path, province: Some(province.clone()), bytes, sha256 }));
                }
            }
        }
        if disabled.is_empty() { Ok(None) } else { Err(TargetError::Disabled { provinces: disabled }) }
    }

    /// The rule pack `id` of one province: what it publishes for its own incubators.
    ///
    /// # Errors
    /// As [`Trust::issuer`].
    pub fn rule_pack_in(&self, province: &str, id: &str) -> Result<Option<RawTarget>, TargetError> {
        let path = format!("rules/{province}/{id}.json");
        match self.search(&path) {
            Search::NotFound => Ok(None),
            Search::Blocked { .. } => Err(TargetError::Disabled { provinces: vec![province.to_owned()] }),
            Search::Found { info, .. } => {
                let bytes = self.read(&path, &info)?;
                let sha256 = digest::sha256(&bytes);
                Ok(Some(RawTarget { path, province: Some(province.to_owned()), bytes, sha256 }))
            }
        }
    }

    /// The rule packs that usable provinces publish.
    #[must_use]
    pub fn rule_packs(&self) -> Vec<RulePackName> {
        let mut names = Vec::new();
        for (province, _) in &self.provinces {
            let folder = format!("rules/{province}/");
            self.each_in_province(province, &folder, |id, _| {
                names.push(RulePackName { province: province.clone(), id: id.to_owned() });
            });
        }
        names
    }

    /// The codes of all issuers that usable provinces register, as their file names say.
    #[must_use]
    pub fn issuer_codes(&self) -> Vec<String> {
        let mut codes = Vec::new();
        for (province, _) in &self.provinces {
            self.each_in_province(province, &format!("issuers/{province}/"), |code, _| {
                codes.push(code.to_owned())
            });
        }
        codes
    }

    /// The keys that a hub's own province registers for it, ended and revoked ones too: those for a hub that name this
    /// id. The first two digits of the id are the province.
    ///
    /// # Errors
    /// [`TargetError`] if a record that may name one cannot be used.
    pub fn hub_keys(&self, hub: &str) -> Result<Vec<IssuerKey>, TargetError> {
        let Some(province) = hub.split_once('-').map(|(province, _)| province) else { return Ok(Vec::new()) };
        let folder = format!("issuers/{province}/");
        let mut listed = Vec::new();
        self.each_in_province(province, &folder, |code, info| listed.push((code.to_owned(), info.clone())));
        let mut keys: Vec<IssuerKey> = Vec::new();
        for (code, info) in listed {
            let path = format!("{folder}{code}.json");
            let bytes = self.read(&path, &info)?;
            // Few records name a hub, and no other way of writing the word is worth a look: it would be ours.
            if !bytes.windows(HUB.len()).any(|window| window == HUB) {
                continue;
            }
            let Ok(uscc) = Uscc::parse(&code) else { continue };
            let record = IssuerRecord::read(&bytes, province, &uscc, self.limits.json_depth)
                .map_err(|defect| TargetError::Record { path, defect })?;
            let of_it = |key: &IssuerKey| key.uses.contains(&KeyUse::Hub) && key.hub.as_deref() == Some(hub);
            keys.extend(record.keys.into_iter().filter(of_it));
        }
        keys.sort_by_key(|key| key.valid_from);
        Ok(keys)
    }

    /// Every issuer record and rule pack that usable provinces vouch for, by path, with its length and
    /// digests: two of these side by side say what changed from one package to the next.
    #[must_use]
    pub fn province_files(&self) -> BTreeMap<String, TargetInfo> {
        let mut files = BTreeMap::new();
        for (province, _) in &self.provinces {
            for folder in [format!("issuers/{province}/"), format!("rules/{province}/")] {
                self.each_in_province(province, &folder, |name, info| {
                    files.insert(format!("{folder}{name}.json"), info.clone());
                });
            }
        }
        files
    }

    /// The paths of the files that all provinces sign together, such as `types/high-tech.json`.
    #[must_use]
    pub fn types(&self) -> Vec<String> {
        let targets = self.loaded.as_ref().map(|loaded| &loaded.targets);
        targets
            .into_iter()
            .flat_map(|targets| targets.under("types/"))
            .map(|(path, _)| path.to_owned())
            .collect()
    }

    /// The file at one of [`Trust::types`].
    ///
    /// # Errors
    /// As [`Trust::issuer`].
    pub fn type_metadata(&self, path: &str) -> Result<Option<RawTarget>, TargetError> {
        let info = self.loaded.as_ref().and_then(|loaded| loaded.targets.get(path)).cloned();
        let Some(info) = info.filter(|_| path.starts_with("types/")) else { return Ok(None) };
        let bytes = self.read(path, &info)?;
        let sha256 = digest::sha256(&bytes);
        Ok(Some(RawTarget { path: path.to_owned(), province: None, bytes, sha256 }))
    }

    /// The status list that the package offers for `uri`: a JWT that nobody has checked. It stands
    /// outside the signed metadata; its issuer signed it.
    ///
    /// # Errors
    /// [`SourceError`] if the file is there and cannot be had.
    pub fn status_list(&self, uri: &str) -> Result<Option<Vec<u8>>, SourceError> {
        match &self.source {
            Some(source) => source.status(&status_name(uri), self.limits.status_bytes),
            None => Ok(None),
        }
    }

    /// The status list of `uri` that was kept earlier. One that is offered with a lower `iat` is
    /// `STAT-ROLLBACK`, and this one goes on counting.
    #[must_use]
    pub fn held_status(&self, uri: &str) -> Option<&HeldStatus> {
        self.state.as_ref()?.status.get(uri)
    }

    fn search(&self, path: &str) -> Search {
        self.loaded.as_ref().map_or(Search::NotFound, |loaded| loaded.find(path, &self.limits))
    }

    fn read(&self, path: &str, info: &TargetInfo) -> Result<Vec<u8>, TargetError> {
        let mismatch = || TargetError::Mismatch { path: path.to_owned() };
        let (Some(loaded), Some(source)) = (&self.loaded, &self.source) else {
            return Err(TargetError::Missing { path: path.to_owned() });
        };
        // TUF 1.0 §5.7.3: the file is fetched by its digest and must have the length and digest that
        // the metadata gives.
        let name = loaded.stored_name(path, info).ok_or_else(mismatch)?;
        let bytes = match source.target(&name, info.length.min(self.limits.target_bytes)) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err(TargetError::Missing { path: path.to_owned() }),
            Err(SourceError::TooLarge { .. }) => return Err(mismatch()),
            Err(error) => return Err(error.into()),
        };
        if bytes.len() as u64 != info.length || !info.hashes.hold(&bytes) {
            return Err(mismatch());
        }
        Ok(bytes)
    }

    /// Names the files of a province's own role in `folder`, without `.json`. A file outside the
    /// paths that were delegated to it does not count.
    pub(super) fn each_in_province(
        &self,
        province: &str,
        folder: &str,
        mut each: impl FnMut(&str, &TargetInfo),
    ) {
        let usable = matches!(self.province_state(province), ProvinceState::Ok | ProvinceState::Stale { .. });
        let Some(loaded) = self.loaded.as_ref().filter(|_| usable) else { return };
        let Ok(role) = loaded.role("targets", province) else { return };
        let delegation =
            loaded.targets.delegations.roles.iter().find(|delegation| delegation.name == province);
        let Some(delegation) = delegation else { return };
        for (path, info) in role.under(folder).filter(|(path, _)| delegation.covers(path)) {
            let name = path.strip_prefix(folder).and_then(|name| name.strip_suffix(".json"));
            if let Some(name) = name.filter(|name| !name.contains('/')) {
                each(name, info);
            }
        }
    }
}
