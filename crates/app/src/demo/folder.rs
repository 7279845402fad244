//! The folder that a person finds a demonstration in. What was made there before is replaced; what
//! somebody put there or changed is not touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use zizhi_crypto::digest;

use crate::failure::Failure;
use crate::files;

/// The file that lists what a demonstration left in a folder: a line for each file, SHA-256 in hexadecimal, two
/// spaces, path. While files are replaced a path may have two lines.
const LISTING: &str = ".zizhi-demo";

/// How the folder begins in which a demonstration is made before it is put into its place.
const WORK: &str = ".zizhi-demo-";

/// The largest file of a demonstration is a few hundred kilobytes.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// What files are, by their paths: one digest, or either of two.
type Listing = BTreeMap<String, Vec<String>>;

/// A demonstration that is being made in the folder it is for, apart from what is there.
pub(super) struct Making {
    place: PathBuf,
    work: tempfile::TempDir,
    replaced: Listing,
}

impl Making {
    /// Refuses a folder that holds something else, before any work is done for it.
    pub(super) fn begin(place: &Path) -> Result<Self, Failure> {
        let replaced = earlier(place)?;
        let unwritable = |error| Failure::unwritable(place, error);
        fs::create_dir_all(place).map_err(unwritable)?;
        // What a run left that was killed.
        for entry in fs::read_dir(place).map_err(unwritable)? {
            let entry = entry.map_err(unwritable)?;
            if is_work(&entry) {
                fs::remove_dir_all(entry.path()).map_err(unwritable)?;
            }
        }
        let work = tempfile::Builder::new().prefix(WORK).tempdir_in(place).map_err(unwritable)?;
        Ok(Self { place: place.to_owned(), work, replaced })
    }

    /// Where it is made.
    pub(super) fn path(&self) -> &Path {
        self.work.path()
    }

    /// Puts everything into its place, over what an earlier demonstration left there. A run that is killed
    /// meanwhile leaves files that the listing knows, old or new.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let (from, to) = (self.work.path(), self.place.as_path());
        let made = listing(from)?;
        for path in made.keys() {
            let blocked = Path::new(path).ancestors().skip(1).find(|above| to.join(above).is_file());
            if let Some(blocked) = blocked {
                return Err(occupied(&to.join(blocked)));
            }
            if taken(to, path) && !self.replaced.contains_key(path) {
                return Err(occupied(&to.join(path)));
            }
        }
        let mut either = self.replaced.clone();
        for (path, digests) in &made {
            either.entry(path.clone()).or_default().extend(digests.iter().cloned());
        }
        write(to, &either)?;
        let unwritable = |error| Failure::unwritable(to, error);
        for path in self.replaced.keys().filter(|path| !made.contains_key(*path)) {
            fs::remove_file(to.join(path)).map_err(unwritable)?;
        }
        for path in made.keys() {
            let target = to.join(path);
            fs::create_dir_all(target.parent().unwrap_or(to)).map_err(unwritable)?;
            fs::rename(from.join(path), &target).map_err(unwritable)?;
        }
        write(to, &made)
    }
}

fn write(folder: &Path, listing: &Listing) -> Result<(), Failure> {
    let lines =
        listing.iter().flat_map(|(path, digests)| digests.iter().map(move |it| format!("{it}  {path}\n")));
    files::write(&folder.join(LISTING), lines.collect::<String>().as_bytes())
}

fn is_work(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(WORK) && entry.file_type().is_ok_and(|kind| kind.is_dir())
}

/// What an earlier demonstration left in the folder and nobody changed.
fn earlier(place: &Path) -> Result<Listing, Failure> {
    if place.symlink_metadata().is_err() {
        return Ok(Listing::new());
    }
    if !place.is_dir() {
        return Err(occupied(place));
    }
    let unreadable = |error| Failure::unreadable(place, error);
    let list = place.join(LISTING);
    let text = if list.is_file() { files::read_text(&list, MAX_FILE_BYTES)? } else { String::new() };
    if text.is_empty() {
        for entry in fs::read_dir(place).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            if entry.file_name() != LISTING && !is_work(&entry) {
                return Err(if list.is_file() { unlisted(place) } else { occupied(&entry.path()) });
            }
        }
    }
    let mut known = Listing::new();
    for (digest, path) in text.lines().filter_map(|line| line.split_once("  ")) {
        known.entry(path.to_owned()).or_default().push(digest.to_owned());
    }
    known.retain(|path, _| taken(place, path));
    for (path, digests) in &known {
        let file = place.join(path);
        if !digests.contains(&hex_digest(&file)?) {
            return Err(changed(&file));
        }
    }
    Ok(known)
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
                found.insert(name.replace('\\', "/"), vec![hex_digest(&path)?]);
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

fn unlisted(path: &Path) -> Failure {
    Failure::refused(
        "DEMO-FOLDER",
        format!("{} 是早先版本生成的演示，没有记下它的文件，不能替换；没有改动任何文件。", path.display()),
        format!(
            "{} is from an earlier version, which did not list its files, and cannot be replaced; no file was touched",
            path.display()
        ),
        "请把这个文件夹移走或删除，或指定一个新文件夹。",
        "move that folder away or delete it, or name a new one",
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
