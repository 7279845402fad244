//! Files of credentials in a folder: written beside their places first, so that the folder gets all of
//! them or none. And names of files that are free in a folder.

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use zizhi_model::Text;
use zizhi_model::text::hides;

use crate::failure::{Failure, told};

/// Bytes of a file name; systems take 255, and a copy needs room for its own mark.
const NAME_BYTES: usize = 180;
/// Up to so many files are each brought to the disk before they get their names. More of them would take
/// minutes; the database has them anyway.
const SYNCED: usize = 64;

/// A folder that files are being written for.
pub(crate) struct Folder {
    target: PathBuf,
    aside: tempfile::TempDir,
}

/// Names that were given, so that none is given twice.
#[derive(Default)]
pub(crate) struct Names(HashSet<String>);

impl Folder {
    /// Makes the folder where it is not there, and a place beside the files' own in it.
    pub(crate) fn begin(target: &Path) -> Result<Self, Failure> {
        let unwritable = |error| Failure::unwritable(target, error);
        fs::create_dir_all(target).map_err(unwritable)?;
        let aside = tempfile::Builder::new().prefix(".zizhi-").tempdir_in(target).map_err(unwritable)?;
        Ok(Self { target: target.to_owned(), aside })
    }

    /// The folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Writes a file beside its place.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.aside.path().join(name);
        let written = fs::File::create_new(&path).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| Failure::unwritable(&self.target.join(name), error))
    }

    /// Gives every file its name.
    ///
    /// # Errors
    /// `ISSUE-FILES` with the first one that did not get it.
    pub(crate) fn publish<'n>(self, names: impl ExactSizeIterator<Item = &'n str>) -> Result<(), Failure> {
        let synced = names.len() <= SYNCED;
        for name in names {
            let (from, to) = (self.aside.path().join(name), self.target.join(name));
            let synced = if synced { fs::File::open(&from).and_then(|file| file.sync_all()) } else { Ok(()) };
            synced.and_then(|()| fs::rename(&from, &to)).map_err(|error| unpublished(&to).because(error))?;
        }
        Ok(())
    }
}

impl Names {
    /// The name of a file for `number` and `firm` that is free in `folder` and was not given before.
    pub(crate) fn of(&mut self, folder: &Path, number: &str, firm: &str) -> String {
        self.free(folder, &format!("{number} {firm}"), "zzcred")
    }

    /// The name with this ending that is free in `folder` and was not given before; a copy is numbered.
    pub(crate) fn free(&mut self, folder: &Path, stem: &str, ending: &str) -> String {
        let stem = safe(stem);
        let mut name = format!("{stem}.{ending}");
        let mut copy = 2;
        // Some systems take letters of either case for the same.
        while self.0.contains(&name.to_lowercase()) || folder.join(&name).symlink_metadata().is_ok() {
            name = format!("{stem} ({copy}).{ending}");
            copy += 1;
        }
        self.0.insert(name.to_lowercase());
        name
    }
}

/// A name that every system takes: no separators, no marks that one of them keeps for itself, no dot or
/// space at the ends, no device's name, no marks that turn the direction of text.
fn safe(name: &str) -> String {
    let plain = name.chars().map(|c| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c if hides(c) => '_',
        c => c,
    });
    let plain: String = plain.collect();
    let mut short = plain.trim_matches([' ', '.']);
    while short.len() > NAME_BYTES {
        let cut = short.char_indices().next_back().map_or(0, |(at, _)| at);
        short = short.get(..cut).unwrap_or_default();
    }
    let short = short.trim_end_matches([' ', '.']);
    let first = short.split(['.', ' ']).next().unwrap_or_default().to_ascii_uppercase();
    let numbered = |device: &str| {
        first
            .strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes().first().is_some_and(u8::is_ascii_digit))
    };
    let device =
        matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT");
    match (short.is_empty(), device) {
        (true, _) => "_".to_owned(),
        (_, true) => format!("_{short}"),
        _ => short.to_owned(),
    }
}

fn unpublished(path: &Path) -> Failure {
    Failure::input(
        "ISSUE-FILES",
        told(
            format!("凭证已签发并存入数据库，但文件 {} 没有写成。", path.display()),
            format!(
                "the credentials were issued and are in the database, but the file {} was not written",
                path.display()
            ),
        ),
        Text::fixed(
            "请不要重新签发：在“已签发”中选中它们，导出到另一个文件夹。",
            "do not issue them again: choose them among what was issued, and write them to another folder",
        ),
    )
}
