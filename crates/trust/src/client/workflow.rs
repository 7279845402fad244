//! The update workflow, in the order of TUF 1.0 §5. Clauses stand above what enforces them.

use std::sync::Arc;

use super::Round;
use super::roles::Loaded;
use super::state::{State, read_root};
use crate::error::{RoleDefect, TrustError};
use crate::metadata::{Envelope, Head, Root, Snapshot, Targets, Timestamp};

/// What came of a refresh.
#[derive(Debug)]
pub struct Attempt {
    /// What is trusted now. After an error it holds what was accepted before the error, which the
    /// specification lets a client keep; a caller that wants all or nothing keeps its old one.
    pub state: State,
    /// The checked metadata, or why there is none.
    pub outcome: Result<Loaded, TrustError>,
}

/// Goes from what was trusted to what the source offers now. Delegated roles are not read yet.
///
/// # Errors
/// Inside [`Attempt`]: [`TrustError::Rollback`] for anything older than what was trusted,
/// [`TrustError::Expired`] only if the options ask for it, [`TrustError::Invalid`] for the rest.
pub fn refresh(state: State, round: &Round<'_>) -> Attempt {
    let mut run = Run { state, round };
    let outcome = run.all();
    Attempt { state: run.state, outcome }
}

struct Run<'a> {
    state: State,
    round: &'a Round<'a>,
}

impl Run<'_> {
    fn all(&mut self) -> Result<Loaded, TrustError> {
        let root = self.root()?;
        let timestamp = self.timestamp(&root)?;
        let snapshot = self.snapshot(&root, &timestamp)?;
        let targets = self.targets(&root, &snapshot)?;
        Ok(Loaded::new(root, timestamp, snapshot, Arc::new(targets)))
    }

    /// §5.3 Update the root role.
    fn root(&mut self) -> Result<Root, TrustError> {
        let round = self.round;
        let limits = &round.options.limits;
        let invalid = invalid("root");
        // §5.3.1: the trusted root is the newest one that was trusted, not the one that was shipped.
        let mut root = read_root(&self.state.root, limits)?;
        for _ in 0..limits.root_steps {
            // §5.3.3: "Try downloading version N+1 of the root metadata file … If this file is not
            // available … then go to step 5.3.10."
            let expected = root.head.version + 1;
            let name = format!("{expected}.root.json");
            let found =
                round.source.metadata(&name, limits.root_bytes).map_err(|error| invalid(error.into()))?;
            let Some(bytes) = found else { break };
            let envelope = Envelope::parse(&bytes, limits.json_depth).map_err(invalid)?;
            let next = Root::read(&envelope).map_err(invalid)?;
            // §5.3.4: "MUST have been signed by: (1) a threshold of keys specified in the trusted
            // root metadata file (version N), and (2) a threshold of keys specified in the new root
            // metadata file being validated (version N+1)."
            envelope.verify(&root.root, &root.keys).map_err(invalid)?;
            envelope.verify(&next.root, &next.keys).map_err(invalid)?;
            // §5.3.5: "the version number of the new root metadata … must be exactly the version in
            // the trusted root metadata (version N) incremented by one."
            if next.head.version != expected {
                return Err(invalid(RoleDefect::Version { expected, found: next.head.version }));
            }
            // §5.3.6–§5.3.8: expiry does not matter for an intermediate root; it becomes the trusted
            // one and is kept.
            self.state.root = bytes;
            root = next;
        }
        // §5.3.10: "Check for a freeze attack."
        self.not_expired("root", &root.head)?;
        // §5.3.11: "If the timestamp and/or snapshot keys have been rotated, then delete the trusted
        // timestamp and snapshot metadata files." What the new keys did not sign is forgotten where
        // it is read below, so that a version number an attacker pushed up can be taken back.
        Ok(root)
    }

    /// §5.4 Update the timestamp role.
    fn timestamp(&mut self, root: &Root) -> Result<Timestamp, TrustError> {
        let round = self.round;
        let limits = &round.options.limits;
        let invalid = invalid("timestamp");
        let read = |bytes: &[u8]| -> Result<Timestamp, RoleDefect> {
            let envelope = Envelope::parse(bytes, limits.json_depth)?;
            envelope.verify(&root.timestamp, &root.keys)?;
            Timestamp::read(&envelope)
        };
        let trusted = remembered(&mut self.state.timestamp, read)?;

        // §5.4.1: "Download the timestamp metadata file … The filename … is timestamp.json."
        let found = round
            .source
            .metadata("timestamp.json", limits.timestamp_bytes)
            .map_err(|error| invalid(error.into()))?;
        let bytes = found.ok_or(RoleDefect::Missing).map_err(invalid)?;
        // §5.4.2: "The new timestamp metadata file MUST have been signed by a threshold of keys
        // specified in the trusted root metadata file."
        let offered = read(&bytes).map_err(invalid)?;

        if let Some(trusted) = trusted {
            // §5.4.3.1: "The version number of the trusted timestamp metadata file, if any, MUST be
            // less than the new timestamp metadata file's version number." The same version is not a
            // rollback; the trusted file counts and the new one is discarded.
            if offered.head.version < trusted.head.version {
                return Err(rollback("timestamp", trusted.head.version, offered.head.version));
            }
            if offered.head.version == trusted.head.version {
                self.not_expired("timestamp", &trusted.head)?;
                return Ok(trusted);
            }
            // §5.4.3.2: "The version number of the snapshot metadata file in the trusted timestamp
            // metadata file … MUST be less than or equal to its version number in the new timestamp
            // metadata file."
            if offered.snapshot.version < trusted.snapshot.version {
                return Err(rollback("snapshot", trusted.snapshot.version, offered.snapshot.version));
            }
        }
        // §5.4.4: "Check for a freeze attack."
        self.not_expired("timestamp", &offered.head)?;
        // §5.4.5: "Persist timestamp metadata."
        self.state.timestamp = Some(bytes);
        if let Some(issued) = offered.issued {
            self.state.saw_signed_time(issued.timestamp());
        }
        Ok(offered)
    }

    /// §5.5 Update the snapshot role.
    fn snapshot(&mut self, root: &Root, timestamp: &Timestamp) -> Result<Snapshot, TrustError> {
        let round = self.round;
        let limits = &round.options.limits;
        let invalid = invalid("snapshot");
        let promised = &timestamp.snapshot;
        let read = |bytes: &[u8]| -> Result<Snapshot, RoleDefect> {
            let envelope = Envelope::parse(bytes, limits.json_depth)?;
            // §5.5.3: "The new snapshot metadata file MUST have been signed by a threshold of keys
            // specified in the trusted root metadata file."
            envelope.verify(&root.snapshot, &root.keys)?;
            Snapshot::read(&envelope)
        };
        let trusted = remembered(&mut self.state.snapshot, read)?;
        if let (Some(trusted), Some(bytes)) = (&trusted, &self.state.snapshot)
            && trusted.head.version == promised.version
            && promised.check(bytes).is_ok()
        {
            self.not_expired("snapshot", &trusted.head)?;
            return Ok(trusted.clone());
        }

        // §5.5.1: "Download snapshot metadata file … VERSION_NUMBER.snapshot.json, where
        // VERSION_NUMBER is the version number of the snapshot metadata file listed in the timestamp."
        let name = file_name(root, "snapshot", promised.version);
        let max = promised.length.unwrap_or(u64::MAX).min(limits.snapshot_bytes);
        let found = round.source.metadata(&name, max).map_err(|error| invalid(error.into()))?;
        let bytes = found.ok_or(RoleDefect::Missing).map_err(invalid)?;
        // §5.5.2: "Check against timestamp role's snapshot hash."
        promised.check(&bytes).map_err(invalid)?;
        let offered = read(&bytes).map_err(invalid)?;
        // §5.5.4: "Check against timestamp role's snapshot version."
        same_version(promised.version, &offered.head).map_err(invalid)?;
        // §5.5.5: "The version number of the targets metadata file, and all delegated targets
        // metadata files, if any, in the trusted snapshot … MUST be less than or equal to its version
        // number in the new snapshot … any targets metadata filename that was listed in the trusted
        // snapshot … MUST continue to be listed."
        for (name, before) in trusted.iter().flat_map(|trusted| &trusted.meta) {
            let now = offered.meta.get(name).map_or(0, |file| file.version);
            if now < before.version {
                return Err(rollback(name.strip_suffix(".json").unwrap_or(name), before.version, now));
            }
        }
        // §5.5.6: "Check for a freeze attack."
        self.not_expired("snapshot", &offered.head)?;
        // §5.5.7: "Persist snapshot metadata."
        self.state.snapshot = Some(bytes);
        Ok(offered)
    }

    /// §5.6 Update the targets role, the top-level one.
    fn targets(&mut self, root: &Root, snapshot: &Snapshot) -> Result<Targets, TrustError> {
        let round = self.round;
        let limits = &round.options.limits;
        let invalid = invalid("targets");
        let promised = snapshot.meta.get("targets.json").ok_or(RoleDefect::NotInSnapshot).map_err(invalid)?;
        let read = |bytes: &[u8]| -> Result<Targets, RoleDefect> {
            // §5.6.2: "Check against snapshot role's targets hash."
            promised.check(bytes)?;
            let envelope = Envelope::parse(bytes, limits.json_depth)?;
            // §5.6.3: "The new targets metadata file MUST have been signed by a threshold of keys
            // specified in the trusted root metadata file."
            envelope.verify(&root.targets, &root.keys)?;
            let targets = Targets::read(&envelope)?;
            // §5.6.4: "The version number of the new targets metadata file MUST match the version
            // number in the trusted snapshot metadata."
            same_version(promised.version, &targets.head)?;
            Ok(targets)
        };
        // What is remembered protects nothing here, since the snapshot already did; it saves reading.
        if let Some(targets) = self.state.targets.as_deref().and_then(|bytes| read(bytes).ok()) {
            self.not_expired("targets", &targets.head)?;
            return Ok(targets);
        }
        // §5.6.1: "Download the top-level targets metadata file."
        let name = file_name(root, "targets", promised.version);
        let max = promised.length.unwrap_or(u64::MAX).min(limits.targets_bytes);
        let found = round.source.metadata(&name, max).map_err(|error| invalid(error.into()))?;
        let bytes = found.ok_or(RoleDefect::Missing).map_err(invalid)?;
        let targets = read(&bytes).map_err(invalid)?;
        // §5.6.5: "Check for a freeze attack."
        self.not_expired("targets", &targets.head)?;
        // §5.6.6: "Persist targets metadata."
        self.state.targets = Some(bytes);
        Ok(targets)
    }

    fn not_expired(&self, role: &'static str, head: &Head) -> Result<(), TrustError> {
        if self.round.refuses(head) {
            return Err(TrustError::Expired { role, expired: head.expires });
        }
        Ok(())
    }
}

/// Reads remembered metadata. What the keys of today did not sign is forgotten (§5.3.11); what
/// cannot be read at all is a damaged state, since it was read once: forgetting it would let an
/// older version in.
fn remembered<T>(
    slot: &mut Option<Vec<u8>>,
    read: impl Fn(&[u8]) -> Result<T, RoleDefect>,
) -> Result<Option<T>, TrustError> {
    let Some(bytes) = slot.as_deref() else { return Ok(None) };
    match read(bytes) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(RoleDefect::Threshold { .. }) => {
            *slot = None;
            Ok(None)
        }
        Err(_) => Err(TrustError::State),
    }
}

fn invalid(role: &'static str) -> impl Fn(RoleDefect) -> TrustError + Copy {
    move |defect| TrustError::Invalid { role, defect }
}

fn rollback(role: &str, trusted: u64, offered: u64) -> TrustError {
    TrustError::Rollback { role: role.to_owned(), trusted, offered }
}

pub(super) fn same_version(expected: u64, head: &Head) -> Result<(), RoleDefect> {
    if head.version == expected { Ok(()) } else { Err(RoleDefect::Version { expected, found: head.version }) }
}

/// §4 consistent snapshots: the version stands in the name.
pub(super) fn file_name(root: &Root, role: &str, version: u64) -> String {
    if root.consistent_snapshot { format!("{version}.{role}.json") } else { format!("{role}.json") }
}
