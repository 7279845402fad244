//! Blobs on a file system.

use std::fs::{self, File, Metadata, OpenOptions, create_dir_all, remove_file};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use async_trait::async_trait;

use super::{Blobs, is_name};

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

    async fn written_before(&self, time: i64) -> io::Result<Vec<String>> {
        let root = self.root.clone();
        blocking(move || {
            let mut found = Vec::new();
            for shelf in fs::read_dir(root)? {
                let shelf = shelf?.path();
                if !shelf.is_dir() {
                    continue;
                }
                for blob in fs::read_dir(shelf)? {
                    let blob = blob?;
                    let name = blob.file_name().to_string_lossy().into_owned();
                    match blob.metadata() {
                        Ok(about) if is_name(&name) && seconds(&about)? < time => found.push(name),
                        Ok(_) => {}
                        // Somebody has removed it meanwhile.
                        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                        Err(error) => return Err(error),
                    }
                }
            }
            Ok(found)
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

/// When a file was written, in seconds since 1970.
fn seconds(about: &Metadata) -> io::Result<i64> {
    let since = about.modified()?.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
    i64::try_from(since.as_secs()).map_err(io::Error::other)
}
