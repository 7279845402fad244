//! The folder that a person finds a demonstration in. What was made there before is replaced; what
//! somebody put there or changed is not touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use zizhi_crypto::digest;

use crate::failure::Failure;
use crate::files;

/// The file that lists what a demonstration left in a folder: path to SHA-256 in hexadecimal.
const LISTING: &str = ".zizhi-demo";

/// The largest file of a demonstration is a few hundred kilobytes.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

type Listing = BTreeMap<String, String>;

/// A demonstration that is being made beside the folder it is for.
pub(super) struct Making {
    place: PathBuf,
    work: tempfile::TempDir,
    replaced: Listing,
}

impl Making {
    /// Refuses a folder that holds something else, before any work is done for it.
    pub(super) fn begin(place: &Path) -> Result<Self, Failure> {
        let replaced = earlier(place)?;
        let place = std::path::absolute(place).map_err(|error| Failure::unwritable(place, error))?;
        let beside = place.parent().unwrap_or(&place);
        fs::create_dir_all(beside).map_err(|error| Failure::unwritable(&place, error))?;
        let work = tempfile::Builder::new().prefix(".zizhi-demo-").tempdir_in(beside);
        let work = work.map_err(|error| Failure::unwritable(&place, error))?;
        Ok(Self { place, work, replaced })
    }

    /// Where it is made.
    pub(super) fn path(&self) -> &Path {
        self.work.path()
    }

    /// Puts everything into its place, over what an earlier demonstration left there.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let (from, to) = (self.work.path(), self.place.as_path());
        let made = listing(from)?;
        if let Some(foreign) = made.keys().find(|path| !self.replaced.contains_key(*path) && taken(to, path))
        {
            return Err(occupied(&to.join(foreign)));
        }
        let unwritable = |error| Failure::unwritable(to, error);
        for path in self.replaced.keys().filter(|path| !made.contains_key(*path)) {
            fs::remove_file(to.join(path)).map_err(unwritable)?;
        }
        for path in made.keys() {
            let target = to.join(path);
            fs::create_dir_all(target.parent().unwrap_or(to)).map_err(unwritable)?;
            fs::rename(from.join(path), &target).map_err(unwritable)?;
        }
        let text: String = made.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
        files::write(&to.join(LISTING), text.as_bytes())
    }
}

/// What an earlier demonstration left in the folder and nobody changed.
fn earlier(place: &Path) -> Result<Listing, Failure> {
    if !place.exists() {
        return Ok(Listing::new());
    }
    let unreadable = |error| Failure::unreadable(place, error);
    let list = place.join(LISTING);
    if !list.is_file() {
        let empty = place.is_dir() && fs::read_dir(place).map_err(unreadable)?.next().is_none();
        return if empty { Ok(Listing::new()) } else { Err(occupied(place)) };
    }
    let text = files::read_text(&list, MAX_FILE_BYTES)?;
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    let mut left = Listing::new();
    for (digest, path) in lines.filter(|(_, path)| taken(place, path)) {
        let file = place.join(path);
        if hex_digest(&file)? != digest {
            return Err(changed(&file));
        }
        left.insert(path.to_owned(), digest.to_owned());
    }
    Ok(left)
}

/// Every file below a folder.
fn listing(folder: &Path) -> Result<Listing, Failure> {
    let mut found = Listing::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        let unreadable = |error| Failure::unreadable(&here, error);
        for entry in fs::read_dir(&here).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(name) = path.strip_prefix(folder).ok().and_then(Path::to_str) {
                found.insert(name.replace('\\', "/"), hex_digest(&path)?);
            }
        }
    }
    Ok(found)
}

/// Whether something stands there; a path that leads out of the folder is nobody's.
fn taken(folder: &Path, path: &str) -> bool {
    let inside = Path::new(path).components().all(|it| matches!(it, std::path::Component::Normal(_)));
    inside && folder.join(path).symlink_metadata().is_ok()
}

fn hex_digest(path: &Path) -> Result<String, Failure> {
    Ok(digest::hex(&digest::sha256(&files::read(path, MAX_FILE_BYTES)?)))
}

fn occupied(path: &Path) -> Failure {
    Failure::refused(
        "DEMO-FOLDER",
        format!("{} 不是以前的演示留下的，没有生成演示，没有改动任何文件。", path.display()),
        format!(
            "{} is not from an earlier demonstration; none was made and no file was touched",
            path.display()
        ),
        "请指定一个空文件夹或新文件夹。",
        "name an empty or a new folder",
    )
}

fn changed(path: &Path) -> Failure {
    Failure::refused(
        "DEMO-FOLDER",
        format!("{} 在演示生成之后被改动过，没有重新生成，没有改动任何文件。", path.display()),
        format!(
            "{} was changed since it was made; nothing was made anew and no file was touched",
            path.display()
        ),
        "请指定一个新文件夹；不再需要这个文件时，先把它移走。",
        "name a new folder, or move the file away if it is no longer wanted",
    )
}
