//! Bodies that are too large for a row: written once, never changed, removed when nothing needs them.
//!
//! A blob is named by whoever writes it, under a name that is used once, so that two writers never meet. What
//! the names mean and which blobs are needed is for the store to know. They are files of one [`Directory`], or
//! objects of a [`Bucket`] that several copies of a hub share.

mod bucket;
mod carrier;
mod directory;

use std::io;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use zizhi_sync::HubId;

pub use bucket::Bucket;
pub use directory::Directory;

/// Where large bodies are kept.
///
/// # Errors
/// Every method: what the medium says. A name that is not of [`is_name`] is `InvalidInput`.
#[async_trait]
pub trait Blobs: Send + Sync {
    /// Writes a new blob. After `Ok` it survives a power cut.
    async fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<()>;

    /// Reads `len` bytes from `offset` on; fewer are an error.
    async fn get(&self, name: &str, offset: u64, len: u64) -> io::Result<Vec<u8>>;

    /// Removes a blob; one that is not there is removed already.
    async fn remove(&self, name: &str) -> io::Result<()>;

    /// The names of all blobs that were written before that time, in seconds since 1970.
    async fn written_before(&self, time: i64) -> io::Result<Vec<String>>;
}

/// Whether a text can name a blob: lower-case hexadecimal digits and hyphens, 8 to 80 of them.
#[must_use]
pub fn is_name(text: &str) -> bool {
    (8..=80).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

/// Opens what `place` names for a hub: `s3://bucket` or `s3://bucket/prefix`, or else `folder`.
///
/// # Errors
/// `InvalidInput` for an address of another form; what the medium says.
pub fn open(place: Option<&str>, folder: &Path, hub: &HubId) -> io::Result<Arc<dyn Blobs>> {
    match place {
        Some(place) => Ok(Arc::new(Bucket::open(place, hub)?)),
        None => Ok(Arc::new(Directory::open(folder)?)),
    }
}
