//! The tree in a folder on disk.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{Source, root_number, safe_path};
use crate::error::SourceError;

/// A folder that holds `metadata/`, `targets/` and `status/`.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The tree in `folder`. Nothing is read yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    fn read(&self, under: &str, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let name = format!("{under}/{}", safe_path(path)?);
        let failed =
            |error: std::io::Error| SourceError::Read { name: name.clone(), reason: error.to_string() };
        let file = match File::open(self.0.join(&name)) {
            Ok(file) => file,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(failed(error)),
        };
        if !file.metadata().map_err(failed)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        // One byte more than allowed tells a file that is too large from one that just fits.
        file.take(max.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > max {
            return Err(SourceError::TooLarge { name, max });
        }
        Ok(Some(bytes))
    }
}

impl Source for Folder {
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
        let name = "metadata";
        let failed =
            |error: std::io::Error| SourceError::Read { name: name.to_owned(), reason: error.to_string() };
        let listing = match std::fs::read_dir(self.0.join(name)) {
            Ok(listing) => listing,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(failed(error)),
        };
        let mut lowest = None;
        for entry in listing {
            let entry = entry.map_err(failed)?;
            let number = entry.file_name().to_str().and_then(root_number);
            lowest = match (lowest, number) {
                (Some(lowest), Some(number)) => Some(number.min(lowest)),
                (lowest, number) => lowest.or(number),
            };
        }
        Ok(lowest)
    }
}
