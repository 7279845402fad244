//! What is kept of each entry while the file goes by.

use std::io::{Read, Seek};
use std::sync::Arc;

use zizhi_archive::{Archive, Visit};
use zizhi_crypto::digest::Sha256;
use zizhi_model::{CheckCode, Limits};

use super::{Credential, Observed, Opened, Role, from_archive, mimetype};
use crate::digest::Digest;
use crate::problem::{Problem, bytes};
use crate::{MANIFEST, MIMETYPE};

/// Bytes of all credentials together. They are kept in memory until they are verified, and a thousand
/// presentations of ordinary size stay far below.
pub(super) const CREDENTIALS_BYTES: u64 = 32 * 1024 * 1024;

/// Bytes of a wrong type that are kept to be shown.
const MIMETYPE_BYTES: u64 = 128;

pub(super) struct Collect<'a> {
    roles: Vec<Wanted>,
    limits: &'a Limits,
    opened: &'a mut Opened,
    raw: &'a mut dyn FnMut(&Arc<Vec<u8>>),
    current: Option<Current>,
    held: u64,
}

struct Wanted {
    role: Role,
    size: u64,
    /// Of two entries with one name, the first is taken; the second is a problem already.
    first: bool,
}

struct Current {
    index: usize,
    state: Sha256,
    size: u64,
    kept: Option<Vec<u8>>,
}

impl<'a> Collect<'a> {
    pub(super) fn new<R: Read + Seek>(
        archive: &Archive<R>,
        limits: &'a Limits,
        opened: &'a mut Opened,
        raw: &'a mut dyn FnMut(&Arc<Vec<u8>>),
    ) -> Self {
        let entries = archive.entries().iter().enumerate();
        let roles = entries.map(|(index, entry)| Wanted {
            role: Role::of(&entry.name),
            size: entry.size,
            first: archive.find(&entry.name) == Some(index),
        });
        Self { roles: roles.collect(), limits, opened, raw, current: None, held: 0 }
    }

    fn name(&self, index: usize) -> String {
        self.opened.entries.get(index).cloned().unwrap_or_default()
    }

    fn begin(&mut self, index: usize) -> Current {
        let limit = match self.roles.get(index) {
            Some(Wanted { role: Role::Mimetype, first: true, .. }) => Some(MIMETYPE_BYTES),
            Some(Wanted { role: Role::Manifest, first: true, .. }) => Some(self.limits.manifest_bytes),
            Some(Wanted { role: Role::Credential, first: true, .. }) => {
                Some(self.limits.credential_bytes.min(CREDENTIALS_BYTES.saturating_sub(self.held)))
            }
            _ => None,
        };
        let size = self.roles.get(index).map_or(0, |wanted| wanted.size);
        let kept = limit
            .filter(|limit| size <= *limit)
            .map(|_| Vec::with_capacity(usize::try_from(size).unwrap_or(0)));
        if let Some(limit) = limit.filter(|limit| size > *limit)
            && self.roles.get(index).is_some_and(|wanted| wanted.role != Role::Mimetype)
        {
            let problem = Problem::new(CheckCode::LimitSize, self.name(index)).with("actual", bytes(size));
            self.opened.problems.push(problem.with("limit", bytes(limit)));
        }
        self.held += kept.as_ref().map_or(0, |_| size);
        Current { index, state: Sha256::new(), size: 0, kept }
    }

    fn take(&mut self, index: usize) -> Current {
        match self.current.take() {
            Some(current) if current.index == index => current,
            _ => self.begin(index),
        }
    }

    fn keep(&mut self, index: usize, current: Current) {
        let Some(Wanted { role, first: true, .. }) = self.roles.get(index) else { return };
        match (role, current.kept) {
            (Role::Mimetype, Some(content)) if content == MIMETYPE.as_bytes() => {}
            (Role::Mimetype, Some(content)) => {
                let found = String::from_utf8_lossy(&content).into_owned();
                self.opened.problems.push(mimetype("other").with("found", found));
            }
            (Role::Mimetype, None) => self.opened.problems.push(mimetype("other")),
            (Role::Manifest, Some(content)) => match String::from_utf8(content) {
                Ok(text) => self.opened.manifest = Some(text),
                // A JWS is ASCII, so this cannot be one.
                Err(_) => self.opened.problems.push(Problem::new(CheckCode::SigInvalid, MANIFEST)),
            },
            (Role::Credential, Some(content)) => {
                let sha256 = Digest(current.state.finish());
                self.opened.credentials.push(Credential { path: self.name(index), bytes: content, sha256 });
            }
            (Role::Attachment, _) => {
                let sha256 = Digest(current.state.finish());
                self.opened.attachments.push(Observed { path: self.name(index), size: current.size, sha256 });
            }
            (Role::Manifest | Role::Credential | Role::Other, _) => {}
        }
    }
}

impl Visit for Collect<'_> {
    fn raw(&mut self, block: &Arc<Vec<u8>>) {
        (self.raw)(block);
    }

    fn content(&mut self, index: usize, content: &[u8]) {
        let mut current = self.take(index);
        current.size += content.len() as u64;
        if let Some(kept) = &mut current.kept {
            kept.extend_from_slice(content);
        }
        if matches!(self.roles.get(index), Some(Wanted { role: Role::Credential | Role::Attachment, .. })) {
            current.state.update(content);
        }
        self.current = Some(current);
    }

    fn end(&mut self, index: usize, outcome: Result<u64, zizhi_archive::Problem>) {
        let current = self.take(index);
        if let Err(problem) = outcome {
            // What can be read all the same is not the file that was packed; the manifest says what was signed.
            let listed = self.roles.get(index);
            let listed = matches!(listed, Some(Wanted { role: Role::Credential | Role::Attachment, .. }));
            let told = from_archive(&problem);
            let changed = listed && problem.detail == zizhi_archive::CHECKSUM;
            self.opened.problems.push(if changed { told.with("looks", "changed") } else { told });
        }
        self.keep(index, current);
    }
}
