//! Bodies that are too large for a row: written once, never changed, removed when nothing needs them.
//!
//! A blob is named by whoever writes it, under a name that is used once, so that two writers never meet. What
//! the names mean and which blobs are needed is for the store to know.

use std::fs::{File, OpenOptions, create_dir_all, remove_file};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;

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
}

/// Whether a text can name a blob: lower-case hexadecimal digits and hyphens, 8 to 80 of them.
#[must_use]
pub fn is_name(text: &str) -> bool {
    (8..=80).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

/// Blobs as files of one directory, in 256 folders by their last two characters, which are random.
#[derive(Debug, Clone)]
pub struct Directory {
    root: PathBuf,
}

impl Directory {
    /// Uses `root`, and makes it if it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(root: &Path) -> io::Result<Self> {
        create_dir_all(root)?;
        Ok(Self { root: root.to_owned() })
    }

    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let folder = name.get(name.len().saturating_sub(2)..).filter(|_| is_name(name));
        let folder = folder.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.root.join(folder).join(name))
    }
}

#[async_trait]
impl Blobs for Directory {
    async fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<()> {
        let (path, root) = (self.path(name)?, self.root.clone());
        blocking(move || {
            let folder = path.parent().unwrap_or(&root);
            if !folder.exists() {
                create_dir_all(folder)?;
                File::open(&root)?.sync_all()?;
            }
            let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            // The name too: a file without an entry in its folder is lost.
            File::open(folder)?.sync_all()
        })
        .await
    }

    async fn get(&self, name: &str, offset: u64, len: u64) -> io::Result<Vec<u8>> {
        let path = self.path(name)?;
        blocking(move || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(offset))?;
            let len = usize::try_from(len).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
            let mut bytes = vec![0; len];
            file.read_exact(&mut bytes)?;
            Ok(bytes)
        })
        .await
    }

    async fn remove(&self, name: &str) -> io::Result<()> {
        let path = self.path(name)?;
        blocking(move || match remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        })
        .await
    }
}

async fn blocking<T, F>(work: F) -> io::Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> io::Result<T> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
