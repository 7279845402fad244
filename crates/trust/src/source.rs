//! Where the files of a trust package come from.
//!
//! A source gives bytes and vouches for nothing. The one over HTTPS belongs to the host.

mod folder;
mod package;

pub use folder::Folder;
pub use package::Package;

use crate::error::SourceError;

/// A place that holds the tree of formats.md §3. `Ok(None)` means that there is no such file.
///
/// Every method refuses a file of more than `max` bytes without reading it whole.
pub trait Source: Send + Sync {
    /// The file `name` under `metadata/`, such as `1.root.json` or `timestamp.json`.
    ///
    /// # Errors
    /// [`SourceError`] if the file is there and cannot be had.
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError>;

    /// The file `path` under `targets/`, by its consistent-snapshot name, such as
    /// `issuers/34/<sha256>.<uscc>.json`.
    ///
    /// # Errors
    /// As [`Source::metadata`]; also for a path that leaves the folder.
    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError>;

    /// The file `<uri_sha256_hex>.jwt` under `status/`.
    ///
    /// # Errors
    /// As [`Source::metadata`].
    fn status(&self, uri_sha256_hex: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError>;

    /// The number of the lowest-numbered root, which is the pin when nobody gave one (formats.md
    /// §6). A source that cannot list its files has none.
    ///
    /// # Errors
    /// As [`Source::metadata`].
    fn lowest_root(&self) -> Result<Option<u64>, SourceError> {
        Ok(None)
    }
}

/// Refuses what could leave the folder it is put into, or mean something else there, on any system.
fn safe_path(path: &str) -> Result<&str, SourceError> {
    if zizhi_archive::is_safe_path(path) && !path.ends_with('/') {
        Ok(path)
    } else {
        Err(SourceError::Path(path.to_owned()))
    }
}

/// The number in `<number>.root.json`.
pub(crate) fn root_number(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".root.json")?;
    if digits.is_empty() || digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}
