//! Pieces of large messages that are being fetched, kept from round to round in a folder beside the database: a file for
//! each message, named by its id and the digest that it is to have. They are sealed as they came.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use zizhi_model::Limits;
use zizhi_sync::http_signature::BodyDigest;
use zizhi_sync::round::Begun;
use zizhi_sync::{Digest, Id};

use crate::failure::Failure;

/// The folder.
const FOLDER: &str = "arriving";
/// The end of a name.
const END: &str = ".part";
/// The most that is kept between two rounds, in messages of the largest size.
const LARGEST: u64 = 2;

/// The folder of the pieces.
pub(super) struct Pieces(PathBuf);

impl Pieces {
    /// Those beside the database in this folder.
    pub(super) fn of(database: &Path) -> Self {
        Self(database.join(FOLDER))
    }

    /// What is there. A file that cannot be read is as good as none: its message begins anew.
    pub(super) fn begun(&self) -> Begun {
        let mut begun = Begun::default();
        for (id, sha256, path) in self.files() {
            if let Ok(digest) = digest_of(&path) {
                begun.pieces.insert(id, (sha256, digest));
            }
        }
        begun
    }

    /// Puts a piece at its place, and lets go of what was kept behind it.
    pub(super) fn keep(&self, id: Id, sha256: Digest, from: u64, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.path(id, sha256);
        let unwritable = |error| Failure::unwritable(&path, error);
        if from == 0 && bytes.is_empty() {
            return self.forget(id, sha256);
        }
        fs::create_dir_all(&self.0).map_err(unwritable)?;
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(unwritable)?;
        file.set_len(from).map_err(unwritable)?;
        file.seek(SeekFrom::Start(from)).map_err(unwritable)?;
        file.write_all(bytes).map_err(unwritable)
    }

    /// A message that is whole.
    pub(super) fn open(&self, id: Id, sha256: Digest) -> Result<File, Failure> {
        let path = self.path(id, sha256);
        File::open(&path).map_err(|error| Failure::unreadable(&path, error))
    }

    /// Lets go of one message.
    pub(super) fn forget(&self, id: Id, sha256: Digest) -> Result<(), Failure> {
        let path = self.path(id, sha256);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::unwritable(&path, error)),
            _ => Ok(()),
        }
    }

    /// Lets go of all but these, once the mailbox was read to its end. What cannot be removed is tried again then.
    pub(super) fn only(&self, ids: &BTreeSet<Id>) {
        for (id, _, path) in self.files() {
            if !ids.contains(&id) {
                drop(fs::remove_file(path));
            }
        }
        // It goes with its last file.
        drop(fs::remove_dir(&self.0));
    }

    /// Lets go of the newest messages where more is kept than has to be: they come last in the mailbox.
    pub(super) fn bound(&self) {
        let most = Limits::default().file_bytes.saturating_mul(LARGEST);
        let mut bytes = 0_u64;
        for (_, _, path) in self.files() {
            bytes = bytes.saturating_add(fs::metadata(&path).map_or(0, |file| file.len()));
            if bytes > most {
                drop(fs::remove_file(path));
            }
        }
    }

    fn path(&self, id: Id, sha256: Digest) -> PathBuf {
        self.0.join(format!("{id}.{sha256}{END}"))
    }

    /// The messages, in the order of their ids, which is that of their making.
    fn files(&self) -> Vec<(Id, Digest, PathBuf)> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut files: Vec<(Id, Digest, PathBuf)> = entries.filter_map(|entry| named(entry.path())).collect();
        files.sort();
        files
    }
}

fn named(path: PathBuf) -> Option<(Id, Digest, PathBuf)> {
    let (id, sha256) = path.file_name()?.to_str()?.strip_suffix(END)?.split_once('.')?;
    Some((Id::parse(id).ok()?, Digest::parse(sha256)?, path))
}

fn digest_of(path: &Path) -> io::Result<BodyDigest> {
    let (mut file, mut digest) = (File::open(path)?, BodyDigest::default());
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(digest),
            count => digest.update(buffer.get(..count).unwrap_or_default()),
        }
    }
}
