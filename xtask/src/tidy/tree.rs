//! The files of the repository: those that are committed, or would be with the next `git add`.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::shell::Shell;

/// One file, its path relative to the root and with `/` between folders.
#[derive(Debug)]
pub struct Entry {
    /// The path.
    pub path: String,
    /// The text; `None` for a file that is not UTF-8.
    pub text: Option<String>,
}

/// All files.
#[derive(Debug)]
pub struct Tree {
    /// The workspace's root.
    pub root: PathBuf,
    /// Sorted by path.
    pub entries: Vec<Entry>,
}

impl Tree {
    /// Reads the repository that this program was compiled in.
    pub fn read() -> Result<Self> {
        let listed = Shell::new("git ls-files -z --cached --others --exclude-standard").read()?;
        let root = crate::root();
        let mut entries: Vec<Entry> = listed
            .split('\0')
            .filter(|path| !path.is_empty())
            .filter_map(|path| {
                // A file that was deleted but is still in the index has nothing to say.
                let bytes = fs::read(root.join(path)).ok()?;
                Some(Entry { path: path.to_owned(), text: String::from_utf8(bytes).ok() })
            })
            .collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries.dedup_by(|a, b| a.path == b.path);
        Ok(Self { root, entries })
    }

    /// The text of one file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.entries.iter().find(|entry| entry.path == path)?.text.as_deref()
    }
}

impl Entry {
    /// Whether this is code that a person writes here.
    #[must_use]
    pub fn is_code(&self) -> bool {
        let code = [".rs", ".ts", ".tsx", ".mjs", ".js", ".py", ".css"];
        code.iter().any(|end| self.path.ends_with(end)) && !self.is_foreign() && !self.path.contains("/gen/")
    }

    /// Whether this is test data, which is kept as it was made: damaged files, and vectors of others.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.path.contains("tests/data/")
            || self.path.starts_with("fuzz/corpus/")
            || self.path.starts_with("fuzz/regressions/")
    }
}
