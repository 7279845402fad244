//! Files that the program was started with: a double-click on a dossier names one.

use std::ffi::OsString;

use serde::Serialize;
use tauri::State;

/// What the command line named, as text for the window.
///
/// A path that is not Unicode is left out: the window could not name it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// The dossier to verify at once.
    pub dossier: Option<String>,
    /// The trust package or folder, from `--trust PATH`.
    pub trust: Option<String>,
}

impl Opened {
    /// Reads `[--trust PATH] [FILE]`; the first file counts and anything else is left alone.
    pub fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Self {
        let mut words = arguments.filter_map(|word| absolute(&word));
        let mut opened = Self::default();
        while let Some((word, path)) = words.next() {
            match word.as_str() {
                "--trust" => opened.trust = words.next().map(|(_, path)| path),
                _ if word.starts_with('-') => {}
                _ => opened.dossier = opened.dossier.or(Some(path)),
            }
        }
        opened
    }
}

fn absolute(word: &OsString) -> Option<(String, String)> {
    let path = std::path::absolute(word).ok()?.into_os_string().into_string().ok()?;
    Some((word.to_str()?.to_owned(), path))
}

/// The files that the program was started with.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "the command macro hands the state over by value")]
pub fn opened_files(opened: State<'_, Opened>) -> Opened {
    opened.inner().clone()
}

#[cfg(test)]
mod tests;
