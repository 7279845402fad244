//! The repository in a folder and in a package.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Seek, Write};
use std::path::Path;

use serde::de::DeserializeOwned;
use zizhi_archive::{Method, Writer};

use super::document::{Envelope, Root, Snapshot, Targets, Timestamp};
use super::{AuthoringError, Repository};
use crate::source::root_number;

impl Repository {
    /// Reads the repository that was written to `folder`. It is the author's own and is not checked;
    /// to check it, open it as a trust package.
    ///
    /// # Errors
    /// [`AuthoringError::File`] if a file is missing or another program wrote it.
    pub fn read(folder: &Path) -> Result<Self, AuthoringError> {
        let mut all = BTreeMap::new();
        for part in ["metadata", "targets", "status"] {
            collect(&folder.join(part), part, &mut all)?;
        }
        let newest = all.keys().filter_map(|path| root_number(path.strip_prefix("metadata/")?)).max();
        let missing = |name: &str| AuthoringError::File(name.to_owned());
        let newest = newest.ok_or_else(|| missing("root.json"))?;
        let root: Root = signed(&all, &format!("{newest}.root.json"))?;
        let timestamp: Timestamp = signed(&all, "timestamp.json")?;
        let version = timestamp.meta.get("snapshot.json").ok_or_else(|| missing("snapshot.json"))?.version;
        let snapshot: Snapshot = signed(&all, &format!("{version}.snapshot.json"))?;
        let role = |name: &str| -> Result<Targets, AuthoringError> {
            let listed = snapshot.meta.get(&format!("{name}.json")).ok_or_else(|| missing(name))?;
            signed(&all, &format!("{}.{name}.json", listed.version))
        };
        let targets = role("targets")?;
        let mut provinces = BTreeMap::new();
        for delegation in targets.delegations.iter().flat_map(|delegations| &delegations.roles) {
            provinces.insert(delegation.name.clone(), role(&delegation.name)?);
        }
        let mut repository = Self {
            root,
            targets,
            provinces,
            snapshot,
            timestamp,
            published_root: None,
            changed: BTreeSet::new(),
            files: all,
        };
        repository.forget_old_files();
        Ok(repository)
    }

    /// Writes every file to `folder`, the timestamp last, so that a reader never finds it naming what
    /// is not there. Files of older versions stay, for readers that are in the middle of it.
    ///
    /// # Errors
    /// [`AuthoringError::Io`].
    pub fn write(&self, folder: &Path) -> Result<(), AuthoringError> {
        const LAST: &str = "metadata/timestamp.json";
        for (path, bytes) in self.files.iter().filter(|(path, _)| *path != LAST) {
            let file = folder.join(path);
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(file, bytes)?;
        }
        if let Some(timestamp) = self.files.get(LAST) {
            fs::write(folder.join(LAST), timestamp)?;
        }
        Ok(())
    }

    /// Packs every file into a `.zztrust`: the same repository gives the same bytes.
    ///
    /// # Errors
    /// [`AuthoringError::Pack`].
    pub fn pack<W: Write + Seek>(&self, output: W) -> Result<W, AuthoringError> {
        let mut writer = Writer::new(output)?;
        for (path, bytes) in &self.files {
            // Metadata is read whole at every opening and half of it is digests: time counts there.
            let method = if path.starts_with("metadata/") { Method::Stored } else { Method::Deflate };
            writer.add_bytes(path, method, bytes)?;
        }
        Ok(writer.finish()?)
    }

    /// Leaves what the current metadata names: all roots, one version of each other role, and targets.
    fn forget_old_files(&mut self) {
        let mut named = BTreeSet::from([
            "metadata/timestamp.json".to_owned(),
            format!("metadata/{}.snapshot.json", self.snapshot.version),
        ]);
        for (file, listed) in &self.snapshot.meta {
            named.insert(format!("metadata/{}.{file}", listed.version));
        }
        for role in self.provinces.values().chain([&self.targets]) {
            named.extend(
                role.targets.iter().filter_map(|(path, target)| super::repository::stored_name(path, target)),
            );
        }
        self.files.retain(|path, _| {
            named.contains(path)
                || path.starts_with("status/")
                || path.strip_prefix("metadata/").is_some_and(|name| root_number(name).is_some())
        });
    }
}

fn signed<T: DeserializeOwned>(all: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<T, AuthoringError> {
    let wrong = || AuthoringError::File(name.to_owned());
    let bytes = all.get(&format!("metadata/{name}")).ok_or_else(wrong)?;
    serde_json::from_slice::<Envelope<T>>(bytes).map(|envelope| envelope.signed).map_err(|_| wrong())
}

/// Every file below `folder`, under the name `prefix`.
fn collect(folder: &Path, prefix: &str, all: &mut BTreeMap<String, Vec<u8>>) -> Result<(), AuthoringError> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name =
            name.to_str().ok_or_else(|| AuthoringError::Content(name.to_string_lossy().into_owned()))?;
        let path = format!("{prefix}/{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, all)?;
        } else {
            all.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}
