//! What the program was started with: a double-click on a dossier names one file, a link one case.

mod link;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use serde_json::Value;
use zizhi_wire::{Role, Story};

/// What the terminal answers, without a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// `--help`
    Help,
    /// `--version`
    Version,
}

/// `[--data FOLDER] [--drill firm|incubator [--story STORY]] [FILE…|LINK]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The folder of the local database and the trust data, where it is not the usual one.
    pub data: Option<PathBuf>,
    /// 演练模式 from the start, in this role.
    pub drill: Option<Role>,
    /// The story of the drill; the first if nothing is said.
    pub story: Option<Story>,
    /// Whether only help or the version is wanted.
    pub asked: Option<Asked>,
    /// Files to open, absolute. A path that is not Unicode is left out: the window could not name it back.
    pub files: Vec<String>,
    /// The number of a case that a link names.
    pub linked: Option<String>,
}

impl Arguments {
    /// Reads the words of the command line. Options that are not known are left alone.
    pub fn read(words: impl Iterator<Item = OsString>) -> Self {
        Self::read_within(words, None)
    }

    /// Reads what a second start was given, in the folder that it was started in. Where the data are and
    /// whether they are a drill's is not its to say.
    pub fn of_second_start(words: Vec<String>, folder: &Path) -> Self {
        let words = words.into_iter().skip(1).map(OsString::from);
        let Self { files, linked, .. } = Self::read_within(words, Some(folder));
        Self { files, linked, ..Self::default() }
    }

    fn read_within(mut words: impl Iterator<Item = OsString>, folder: Option<&Path>) -> Self {
        let mut found = Self::default();
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--data") => found.data = words.next().map(PathBuf::from),
                Some("--drill") => found.drill = serde_json::from_value(following(&mut words)).ok(),
                Some("--story") => found.story = serde_json::from_value(following(&mut words)).ok(),
                Some("--help" | "-h") => found.asked = Some(Asked::Help),
                Some("--version" | "-V") => found.asked = Some(Asked::Version),
                Some(option) if option.starts_with('-') => {}
                Some(link) if link::is_link(link) => found.linked = link::case_in(link).or(found.linked),
                _ => found.files.extend(absolute(&word, folder)),
            }
        }
        found
    }
}

/// What follows an option, as the wire reads its own words: a role, a story.
fn following(words: &mut impl Iterator<Item = OsString>) -> Value {
    words.next().as_deref().and_then(OsStr::to_str).into()
}

fn absolute(word: &OsString, folder: Option<&Path>) -> Option<String> {
    let path = folder.map_or_else(|| PathBuf::from(word), |folder| folder.join(word));
    std::path::absolute(path).ok()?.into_os_string().into_string().ok()
}

#[cfg(test)]
mod tests;
