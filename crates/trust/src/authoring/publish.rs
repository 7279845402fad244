//! Signing what changed: new versions of the changed roles, then a snapshot, then a timestamp.

use serde::Serialize;
use zizhi_crypto::SigningKey;

use super::document::{self, MetaFile, Role, Root};
use super::{AuthoringError, Repository, Terms};

impl Repository {
    /// Signs every role that changed, a new snapshot if one did, and a new timestamp, with those of
    /// `keys` that each role lists.
    ///
    /// # Errors
    /// [`AuthoringError::Threshold`] if the keys do not suffice; nothing is published then.
    pub fn publish(&mut self, keys: &[&SigningKey], terms: &Terms) -> Result<(), AuthoringError> {
        let mut next = self.clone();
        next.sign_changed(keys, terms)?;
        *self = next;
        Ok(())
    }

    fn sign_changed(&mut self, keys: &[&SigningKey], terms: &Terms) -> Result<(), AuthoringError> {
        let changed = std::mem::take(&mut self.changed);
        if changed.contains("root") {
            self.sign_root(keys, terms)?;
        }
        let mut moved = self.snapshot.version == 0;
        if changed.contains("targets") {
            let role = self.top_level("targets")?;
            let old = format!("metadata/{}.targets.json", self.targets.version);
            self.targets.version += 1;
            self.targets.expires = terms.after(terms.targets_days);
            let file = sealed("targets", &self.targets, keys, &role)?;
            self.replace_file(&old, format!("metadata/{}.targets.json", self.targets.version), file);
            self.list("targets", self.targets.version);
            moved = true;
        }
        for province in changed.iter().filter(|name| !matches!(name.as_str(), "root" | "targets")) {
            self.sign_province(province, keys, terms)?;
            moved = true;
        }
        // A snapshot that is as old as its timestamp is new would expire before it.
        let distributor = self.top_level("snapshot")?;
        if moved || self.snapshot.expires < terms.after(terms.timestamp_days.min(terms.snapshot_days)) {
            let old = format!("metadata/{}.snapshot.json", self.snapshot.version);
            self.snapshot.version += 1;
            self.snapshot.expires = terms.after(terms.snapshot_days);
            let file = sealed("snapshot", &self.snapshot, keys, &distributor)?;
            self.replace_file(&old, format!("metadata/{}.snapshot.json", self.snapshot.version), file);
        }
        self.timestamp.version += 1;
        self.timestamp.expires = terms.after(terms.timestamp_days);
        self.timestamp.issued = document::time(terms.issued);
        self.timestamp.meta =
            [("snapshot.json".to_owned(), MetaFile { version: self.snapshot.version })].into_iter().collect();
        let role = self.top_level("timestamp")?;
        let file = sealed("timestamp", &self.timestamp, keys, &role)?;
        self.files.insert("metadata/timestamp.json".to_owned(), file);
        Ok(())
    }

    /// TUF 1.0 §6.1: a new root is signed by a threshold of the old root's keys and of its own. The
    /// old ones stay in the tree, since a reader walks through all of them.
    fn sign_root(&mut self, keys: &[&SigningKey], terms: &Terms) -> Result<(), AuthoringError> {
        let before = self.published_root.take();
        self.root.version += 1;
        self.root.expires = terms.after(terms.root_days);
        let own = self.top_level("root")?;
        let previous = before.as_ref().map(|before| role_of(before, "root")).transpose()?;
        let mut key_ids: Vec<&String> = own.keyids.iter().collect();
        key_ids.extend(previous.iter().flat_map(|role| &role.keyids));
        let (file, signers) = document::seal(&self.root, keys, &key_ids)?;
        for role in previous.iter().chain([&own]) {
            enough("root", role, &signers)?;
        }
        // A snapshot key that was replaced no longer vouches for the snapshot that is there.
        if before.is_some() {
            self.snapshot.expires = String::new();
        }
        self.files.insert(format!("metadata/{}.root.json", self.root.version), file);
        Ok(())
    }

    fn sign_province(
        &mut self,
        province: &str,
        keys: &[&SigningKey],
        terms: &Terms,
    ) -> Result<(), AuthoringError> {
        let unknown = || AuthoringError::Province(province.to_owned());
        let delegations = self.targets.delegations.as_ref().ok_or_else(unknown)?;
        let delegation = delegations.roles.iter().find(|role| role.name == province).ok_or_else(unknown)?;
        let role = Role { keyids: delegation.keyids.clone(), threshold: delegation.threshold };
        let targets = self.provinces.get_mut(province).ok_or_else(unknown)?;
        let old = format!("metadata/{}.{province}.json", targets.version);
        targets.version += 1;
        targets.expires = terms.after(terms.province_days);
        let version = targets.version;
        let file = sealed(province, targets, keys, &role)?;
        self.replace_file(&old, format!("metadata/{version}.{province}.json"), file);
        self.list(province, version);
        Ok(())
    }

    fn list(&mut self, role: &str, version: u64) {
        self.snapshot.meta.insert(format!("{role}.json"), MetaFile { version });
    }

    fn replace_file(&mut self, old: &str, new: String, bytes: Vec<u8>) {
        self.files.remove(old);
        self.files.insert(new, bytes);
    }

    fn top_level(&self, name: &str) -> Result<Role, AuthoringError> {
        role_of(&self.root, name)
    }
}

fn role_of(root: &Root, name: &str) -> Result<Role, AuthoringError> {
    root.roles.get(name).cloned().ok_or_else(|| AuthoringError::File(name.to_owned()))
}

fn sealed<T: Serialize>(
    name: &str,
    signed: &T,
    keys: &[&SigningKey],
    role: &Role,
) -> Result<Vec<u8>, AuthoringError> {
    let (file, signers) = document::seal(signed, keys, &role.keyids.iter().collect::<Vec<_>>())?;
    enough(name, role, &signers)?;
    Ok(file)
}

fn enough(name: &str, role: &Role, signers: &[String]) -> Result<(), AuthoringError> {
    let have = role.keyids.iter().filter(|key_id| signers.contains(key_id)).count();
    if have as u64 >= role.threshold {
        Ok(())
    } else {
        Err(AuthoringError::Threshold { role: name.to_owned(), have, need: role.threshold })
    }
}
