//! The tree that the provinces signed: publishing it, and finding one file of it (docs/hub.md §3).
//!
//! The hub checks no signature here: whoever reads the tree does, against keys that no hub has.

pub mod changes;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use zizhi_sync::Digest;

/// The file that says which other files are current.
pub const TIMESTAMP: &str = "metadata/timestamp.json";

/// The folders of a tree.
const FOLDERS: [&str; 3] = ["metadata", "targets", "status"];

/// The deepest path of a tree, in names.
const DEEPEST: usize = 8;

/// Whether `path` may name a file of the tree: names of visible ASCII without separators below one of the three
/// folders, none of them beginning with a dot.
#[must_use]
pub fn is_path(path: &str) -> bool {
    let names: Vec<&str> = path.split('/').collect();
    let name = |name: &&str| {
        !name.is_empty()
            && !name.starts_with('.')
            && name
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'_' | b'-'))
    };
    (2..=DEEPEST).contains(&names.len())
        && names.first().is_some_and(|first| FOLDERS.contains(first))
        && names.iter().all(name)
}

/// Whether a file may change under its name, so that a copy of it has to be asked about.
#[must_use]
pub fn may_change(path: &str) -> bool {
    path == TIMESTAMP || path.starts_with("status/")
}

/// Whether nothing is there: no such name, a folder, a name below a file, or a longer one than files have.
fn is_nothing(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{InvalidFilename, IsADirectory, NotADirectory, NotFound};
    matches!(kind, NotFound | IsADirectory | NotADirectory | InvalidFilename)
}

/// The bytes of a file with their digest; `None` if it is not there or its path is none.
///
/// # Errors
/// What the file system says.
pub fn read(root: &Path, path: &str) -> io::Result<Option<(Vec<u8>, Digest)>> {
    if !is_path(path) {
        return Ok(None);
    }
    match fs::read(root.join(path)) {
        Ok(bytes) => {
            let digest = Digest::of(&bytes);
            Ok(Some((bytes, digest)))
        }
        Err(error) if is_nothing(error.kind()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Replaces the tree under `root` by the one under `from`, and returns how many files it has. The timestamp
/// comes last, so that whoever reads meanwhile never learns of a file that is not there yet; what the new tree
/// lacks goes after that.
///
/// # Errors
/// `InvalidData` for a path that is none of a tree, and for a tree without a timestamp; else what the file
/// system says. The old tree stands until the timestamp is there.
pub fn publish(from: &Path, root: &Path) -> io::Result<usize> {
    let before = changes::Listing::of(root)?;
    let mut paths = files(from, &FOLDERS)?;
    paths.sort_by_key(|path| path == TIMESTAMP);
    if paths.last().is_none_or(|last| last != TIMESTAMP) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the tree has no metadata/timestamp.json"));
    }
    for path in &paths {
        replace(&from.join(path), &root.join(path))?;
    }
    for old in files(root, &FOLDERS)? {
        if !paths.contains(&old) {
            fs::remove_file(root.join(old))?;
        }
    }
    changes::record(root, &before)?;
    Ok(paths.len())
}

/// The paths of a tree below these folders, relative to its root.
fn files(root: &Path, folders: &[&str]) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders: Vec<String> = folders.iter().map(ToString::to_string).collect();
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if is_path(&path) {
                found.push(path);
            } else if !path.ends_with(NEW) {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("{path}: not a path of a tree"),
                ));
            }
        }
    }
    Ok(found)
}

/// The end of the name of a file that is being written.
const NEW: &str = ".~new";

fn replace(from: &Path, to: &Path) -> io::Result<()> {
    let bytes = fs::read(from)?;
    // What is there already stays untouched: most of a tree is the same as yesterday.
    if fs::read(to).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    write_whole(to, &bytes)
}

/// Writes a file so that it is there whole or as it was.
fn write_whole(to: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder)?;
    let mut new = to.as_os_str().to_owned();
    new.push(NEW);
    let new = PathBuf::from(new);
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, to)?;
    File::open(folder)?.sync_all()
}
