//! The tree in a `.zztrust`, which is a ZIP of it.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use zizhi_archive::{Archive, ArchiveError, Bounds};

use super::{Source, root_number, safe_path};
use crate::error::SourceError;
use crate::limits::TrustLimits;

/// An open `.zztrust`. Its directory is read once; a file is read when asked for.
pub struct Package(Mutex<Archive<Box<dyn ReadSeek>>>);

/// What a package can be read from.
trait ReadSeek: Read + Seek + Send {}

impl<R: Read + Seek + Send> ReadSeek for R {}

impl Package {
    /// Opens the package at `path`.
    ///
    /// # Errors
    /// [`SourceError::Read`] if there is no such file, [`SourceError::Package`] if it is not a sound
    /// ZIP within `limits`.
    pub fn open(path: &Path, limits: &TrustLimits) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|error| SourceError::Read {
            name: path.display().to_string(),
            reason: error.to_string(),
        })?;
        Self::from_reader(file, limits)
    }

    /// Opens the package that `reader` gives.
    ///
    /// # Errors
    /// [`SourceError::Package`] if it is not a sound ZIP within `limits`.
    pub fn from_reader(
        reader: impl Read + Seek + Send + 'static,
        limits: &TrustLimits,
    ) -> Result<Self, SourceError> {
        let bounds = Bounds {
            file_bytes: limits.package_bytes,
            entry_bytes: limits.targets_bytes.max(limits.target_bytes).max(limits.status_bytes),
            entries: limits.package_entries,
            ratio: limits.ratio,
        };
        let reader: Box<dyn ReadSeek> = Box::new(reader);
        Archive::open(reader, &bounds)
            .map(|archive| Self(Mutex::new(archive)))
            .map_err(|error| refused(&error))
    }

    fn read(&self, under: &str, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let name = format!("{under}/{}", safe_path(path)?);
        // A poisoned lock means that another thread panicked between two reads; every read begins by
        // going to its place in the file.
        let mut archive = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(index) = archive.find(&name) else { return Ok(None) };
        if archive.entries().get(index).is_some_and(|entry| entry.size > max) {
            return Err(SourceError::TooLarge { name, max });
        }
        archive.read(index, max).map(Some).map_err(|error| refused(&error))
    }
}

impl Source for Package {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.read("metadata", name, max)
    }

    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.read("targets", path, max)
    }

    fn status(&self, uri_sha256_hex: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.read("status", &format!("{uri_sha256_hex}.jwt"), max)
    }

    fn lowest_root(&self) -> Result<Option<u64>, SourceError> {
        let archive = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let names = archive.entries().iter().filter_map(|entry| entry.name.strip_prefix("metadata/"));
        Ok(names.filter_map(root_number).min())
    }
}

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Package").finish_non_exhaustive()
    }
}

fn refused(error: &ArchiveError) -> SourceError {
    SourceError::Package { code: error.code(), reason: error.to_string() }
}
