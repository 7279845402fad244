//! The repository in memory and what can be changed in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use zizhi_crypto::{PublicKey, digest};
use zizhi_model::Uscc;

use super::document::{
    self, Delegation, Delegations, KeyMap, Role, Root, SPEC, Snapshot, Target, Targets, Timestamp,
};
use super::{AuthoringError, Keys, Terms};
use crate::error::SourceError;
use crate::issuer::{IssuerKey, IssuerRecord, KeyUse};
use crate::limits::TrustLimits;
use crate::source::{Source, root_number};
use crate::trust::status_name;

/// Provinces that must sign root and top-level targets, of those there are (formats.md §3: 3 of 4).
const ABSENT_PROVINCES_ALLOWED: usize = 1;

/// A trust repository, to be changed and published. As a [`Source`] it shows what was published.
#[derive(Debug, Clone)]
pub struct Repository {
    pub(super) root: Root,
    pub(super) targets: Targets,
    pub(super) provinces: BTreeMap<String, Targets>,
    pub(super) snapshot: Snapshot,
    pub(super) timestamp: Timestamp,
    /// The root that readers have, while the new one is not published.
    pub(super) published_root: Option<Root>,
    /// Roles that changed since they were signed.
    pub(super) changed: BTreeSet<String>,
    /// Every file by its path in the tree.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Repository {
    /// A new repository for the provinces of `keys`, published and without issuers.
    ///
    /// # Errors
    /// [`AuthoringError`] if a key is not Ed25519 or does not sign.
    pub fn init(keys: &Keys, terms: &Terms) -> Result<Self, AuthoringError> {
        let mut root_keys = KeyMap::new();
        let mut of_provinces = Vec::new();
        let mut delegations = Delegations { keys: KeyMap::new(), roles: Vec::new() };
        let mut provinces = BTreeMap::new();
        for (province, own) in &keys.provinces {
            let (key_id, key) = document::key(own.root.public())?;
            root_keys.insert(key_id.clone(), key);
            of_provinces.push(key_id);
            let (key_id, key) = document::key(own.province.public())?;
            delegations.keys.insert(key_id.clone(), key);
            delegations.roles.push(Delegation {
                name: province.clone(),
                keyids: vec![key_id],
                threshold: 1,
                terminating: true,
                paths: vec![format!("issuers/{province}/*"), format!("rules/{province}/*")],
            });
            provinces.insert(province.clone(), targets(None));
        }
        let (distributor, key) = document::key(keys.distributor.public())?;
        root_keys.insert(distributor.clone(), key);
        let threshold = of_provinces.len().saturating_sub(ABSENT_PROVINCES_ALLOWED).max(1) as u64;
        let together = Role { keyids: of_provinces, threshold };
        let alone = Role { keyids: vec![distributor], threshold: 1 };
        let mut repository = Self {
            root: Root {
                _type: "root".to_owned(),
                spec_version: SPEC.to_owned(),
                version: 0,
                expires: String::new(),
                consistent_snapshot: true,
                keys: root_keys,
                roles: BTreeMap::from([
                    ("root".to_owned(), together.clone()),
                    ("targets".to_owned(), together),
                    ("snapshot".to_owned(), alone.clone()),
                    ("timestamp".to_owned(), alone),
                ]),
            },
            targets: targets(Some(delegations)),
            provinces,
            snapshot: Snapshot {
                _type: "snapshot".to_owned(),
                spec_version: SPEC.to_owned(),
                version: 0,
                expires: String::new(),
                meta: BTreeMap::new(),
            },
            timestamp: Timestamp {
                _type: "timestamp".to_owned(),
                spec_version: SPEC.to_owned(),
                version: 0,
                expires: String::new(),
                issued: String::new(),
                meta: BTreeMap::new(),
            },
            published_root: None,
            changed: BTreeSet::new(),
            files: BTreeMap::new(),
        };
        repository.renew_all();
        repository.publish(&keys.all(), terms)?;
        Ok(repository)
    }

    /// Has every role signed anew at the next publishing, so that all run as long as their terms.
    pub fn renew_all(&mut self) {
        self.changed.extend(["root".to_owned(), "targets".to_owned()]);
        self.changed.extend(self.provinces.keys().cloned());
    }

    /// Registers an issuer in a province, or replaces its record.
    ///
    /// # Errors
    /// [`AuthoringError::Record`] if readers would refuse it.
    pub fn put_issuer(&mut self, province: &str, record: &IssuerRecord) -> Result<(), AuthoringError> {
        let bytes = record.to_json()?;
        IssuerRecord::read(&bytes, province, &record.uscc, TrustLimits::default().json_depth)?;
        self.put_target(province, &format!("issuers/{province}/{}.json", record.uscc), bytes)
    }

    /// The record of an issuer in a province.
    ///
    /// # Errors
    /// [`AuthoringError::Issuer`] if it is not registered there.
    pub fn issuer(&self, province: &str, uscc: &Uscc) -> Result<IssuerRecord, AuthoringError> {
        let path = format!("issuers/{province}/{uscc}.json");
        let role =
            self.provinces.get(province).ok_or_else(|| AuthoringError::Province(province.to_owned()))?;
        let file = role.targets.get(&path).and_then(|target| self.files.get(&stored_name(&path, target)?));
        let bytes = file.ok_or_else(|| AuthoringError::Issuer(uscc.to_string()))?;
        Ok(IssuerRecord::read(bytes, province, uscc, TrustLimits::default().json_depth)?)
    }

    /// Strikes an issuer off the register. What it signed cannot be verified any more; to end a key,
    /// use [`Repository::rotate_issuer_key`] or [`Repository::revoke_issuer_key`].
    ///
    /// # Errors
    /// [`AuthoringError::Issuer`] if it is not registered there.
    pub fn remove_issuer(&mut self, province: &str, uscc: &Uscc) -> Result<(), AuthoringError> {
        let path = format!("issuers/{province}/{uscc}.json");
        if self.remove_target(province, &path)? {
            Ok(())
        } else {
            Err(AuthoringError::Issuer(uscc.to_string()))
        }
    }

    /// Gives an issuer a new key from `at` on, for `uses`; one that a hub signs with names that `hub`. A key that was
    /// in force for one of them, and for the same hub, ends a second earlier and stays listed, so that what it signed
    /// still verifies.
    ///
    /// # Errors
    /// [`AuthoringError::Issuer`]; [`AuthoringError::Key`] if the key is listed already.
    pub fn rotate_issuer_key(
        &mut self,
        province: &str,
        uscc: &Uscc,
        new: PublicKey,
        (uses, hub): (&[KeyUse], Option<&str>),
        at: DateTime<Utc>,
    ) -> Result<(), AuthoringError> {
        let mut record = self.issuer(province, uscc)?;
        let new = IssuerKey { hub: hub.map(str::to_owned), ..IssuerKey::new(new, uses.to_vec(), at) };
        if record.key(&new.kid).is_some() {
            return Err(AuthoringError::Key(new.kid));
        }
        let ended = at - chrono::TimeDelta::seconds(1);
        for key in &mut record.keys {
            let in_force = key.revoked_at.is_none() && key.valid_until.is_none_or(|until| until >= at);
            let same = key.hub == new.hub && key.uses.iter().any(|wanted| uses.contains(wanted));
            if in_force && same {
                key.valid_until = Some(ended.max(key.valid_from));
            }
        }
        record.keys.push(new);
        self.put_issuer(province, &record)
    }

    /// Revokes a key of an issuer.
    ///
    /// # Errors
    /// [`AuthoringError::Issuer`]; [`AuthoringError::Key`] if it has no such key.
    pub fn revoke_issuer_key(
        &mut self,
        province: &str,
        uscc: &Uscc,
        kid: &str,
        at: DateTime<Utc>,
        reason: &str,
    ) -> Result<(), AuthoringError> {
        let mut record = self.issuer(province, uscc)?;
        let key = record.keys.iter_mut().find(|key| key.kid == kid);
        let key = key.ok_or_else(|| AuthoringError::Key(kid.to_owned()))?;
        key.revoked_at = Some(at);
        key.revoked_reason = Some(reason.to_owned());
        self.put_issuer(province, &record)
    }

    /// Publishes a rule pack of a province under its id.
    ///
    /// # Errors
    /// [`AuthoringError::Content`] if the id is no file name.
    pub fn put_rule_pack(&mut self, province: &str, id: &str, bytes: &[u8]) -> Result<(), AuthoringError> {
        self.put_target(province, &format!("rules/{province}/{}.json", file_name(id)?), bytes.to_vec())
    }

    /// Withdraws a rule pack. Gives whether it was there.
    ///
    /// # Errors
    /// [`AuthoringError::Province`].
    pub fn remove_rule_pack(&mut self, province: &str, id: &str) -> Result<bool, AuthoringError> {
        self.remove_target(province, &format!("rules/{province}/{id}.json"))
    }

    /// Publishes the metadata of a credential type, which all provinces sign.
    ///
    /// # Errors
    /// [`AuthoringError::Content`] if the name is no file name.
    pub fn put_type(&mut self, name: &str, bytes: &[u8]) -> Result<(), AuthoringError> {
        self.put_target("targets", &format!("types/{}.json", file_name(name)?), bytes.to_vec())
    }

    /// Puts a status list beside the metadata. Its issuer signed it; nobody signs it again.
    pub fn put_status(&mut self, uri: &str, jwt: &str) {
        self.files.insert(format!("status/{}.jwt", status_name(uri)), jwt.as_bytes().to_vec());
    }

    /// Puts a province's new key for root and top-level targets in the place of its old one. The next
    /// publishing needs enough keys of the old root and of the new one.
    ///
    /// # Errors
    /// [`AuthoringError::Key`] if the old key is not there or the new one is.
    pub fn replace_root_key(&mut self, old: &PublicKey, new: &PublicKey) -> Result<(), AuthoringError> {
        self.replace_in_root(&["root", "targets"], old, new)?;
        self.changed.insert("targets".to_owned());
        Ok(())
    }

    /// Puts a new key of the distributor in the place of the old one.
    ///
    /// # Errors
    /// As [`Repository::replace_root_key`].
    pub fn replace_distributor_key(
        &mut self,
        old: &PublicKey,
        new: &PublicKey,
    ) -> Result<(), AuthoringError> {
        self.replace_in_root(&["snapshot", "timestamp"], old, new)
    }

    /// Gives a province a new key for its own role in the place of all it had.
    ///
    /// # Errors
    /// [`AuthoringError::Province`].
    pub fn replace_province_key(&mut self, province: &str, new: &PublicKey) -> Result<(), AuthoringError> {
        let (key_id, key) = document::key(new)?;
        let unknown = || AuthoringError::Province(province.to_owned());
        let delegations = self.targets.delegations.as_mut().ok_or_else(unknown)?;
        let role = delegations.roles.iter_mut().find(|role| role.name == province).ok_or_else(unknown)?;
        role.keyids = vec![key_id.clone()];
        delegations.keys.insert(key_id, key);
        let used: BTreeSet<&String> = delegations.roles.iter().flat_map(|role| &role.keyids).collect();
        delegations.keys.retain(|key_id, _| used.contains(key_id));
        self.changed.extend(["targets".to_owned(), province.to_owned()]);
        Ok(())
    }

    /// Every file by its path in the tree, sorted.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    fn replace_in_root(
        &mut self,
        roles: &[&str],
        old: &PublicKey,
        new: &PublicKey,
    ) -> Result<(), AuthoringError> {
        let (old_id, _) = document::key(old)?;
        let (new_id, key) = document::key(new)?;
        if self.published_root.is_none() {
            self.published_root = Some(self.root.clone());
        }
        for name in roles {
            let role =
                self.root.roles.get_mut(*name).ok_or_else(|| AuthoringError::File((*name).to_owned()))?;
            let at = role.keyids.iter().position(|key_id| *key_id == old_id);
            let at = at.filter(|_| !role.keyids.contains(&new_id));
            let slot = at.and_then(|at| role.keyids.get_mut(at));
            *slot.ok_or_else(|| AuthoringError::Key(old_id.clone()))? = new_id.clone();
        }
        self.root.keys.insert(new_id, key);
        let used: BTreeSet<&String> = self.root.roles.values().flat_map(|role| &role.keyids).collect();
        self.root.keys.retain(|key_id, _| used.contains(key_id));
        self.changed.insert("root".to_owned());
        Ok(())
    }

    fn role_mut(&mut self, role: &str) -> Result<&mut Targets, AuthoringError> {
        if role == "targets" {
            return Ok(&mut self.targets);
        }
        self.provinces.get_mut(role).ok_or_else(|| AuthoringError::Province(role.to_owned()))
    }

    fn put_target(&mut self, role: &str, path: &str, bytes: Vec<u8>) -> Result<(), AuthoringError> {
        let hash = digest::hex(&digest::sha256(&bytes));
        let target =
            Target { length: bytes.len() as u64, hashes: BTreeMap::from([("sha256".to_owned(), hash)]) };
        let name = stored_name(path, &target);
        let old = self.role_mut(role)?.targets.insert(path.to_owned(), target);
        if let Some(old) = old.and_then(|old| stored_name(path, &old)) {
            self.files.remove(&old);
        }
        if let Some(name) = name {
            self.files.insert(name, bytes);
        }
        self.changed.insert(role.to_owned());
        Ok(())
    }

    fn remove_target(&mut self, role: &str, path: &str) -> Result<bool, AuthoringError> {
        let Some(old) = self.role_mut(role)?.targets.remove(path) else { return Ok(false) };
        if let Some(name) = stored_name(path, &old) {
            self.files.remove(&name);
        }
        self.changed.insert(role.to_owned());
        Ok(true)
    }
}

impl Source for Repository {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.file(format!("metadata/{name}"), max)
    }

    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.file(format!("targets/{path}"), max)
    }

    fn status(&self, uri_sha256_hex: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.file(format!("status/{uri_sha256_hex}.jwt"), max)
    }

    fn lowest_root(&self) -> Result<Option<u64>, SourceError> {
        let names = self.files.keys().filter_map(|path| path.strip_prefix("metadata/"));
        Ok(names.filter_map(root_number).min())
    }
}

impl Repository {
    fn file(&self, name: String, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        match self.files.get(&name) {
            Some(bytes) if bytes.len() as u64 > max => Err(SourceError::TooLarge { name, max }),
            found => Ok(found.cloned()),
        }
    }
}

fn targets(delegations: Option<Delegations>) -> Targets {
    Targets {
        _type: "targets".to_owned(),
        spec_version: SPEC.to_owned(),
        version: 0,
        expires: String::new(),
        targets: BTreeMap::new(),
        delegations,
    }
}

/// `targets/<folder>/<sha256>.<file>`
pub(super) fn stored_name(path: &str, target: &Target) -> Option<String> {
    let hash = target.hashes.get("sha256")?;
    let (folder, file) = path.rsplit_once('/')?;
    Some(format!("targets/{folder}/{hash}.{file}"))
}

/// One component of a path that is safe on any system.
fn file_name(name: &str) -> Result<&str, AuthoringError> {
    if zizhi_archive::is_safe_path(name) && !name.contains('/') {
        Ok(name)
    } else {
        Err(AuthoringError::Content(name.to_owned()))
    }
}
