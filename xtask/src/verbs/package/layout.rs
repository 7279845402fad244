//! The folder that both packages are made of: every file where an installed program looks for it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::components;
use crate::shell::Shell;

/// Files of the repository, and where they go.
const COPIES: &[(&str, &str)] = &[
    ("packaging/zizhitong.desktop", "usr/share/applications/zizhitong.desktop"),
    ("packaging/zizhitong-link.desktop", "usr/share/applications/zizhitong-link.desktop"),
    ("packaging/zizhitong.xml", "usr/share/mime/packages/zizhitong.xml"),
    ("packaging/copyright", "usr/share/doc/zizhitong/copyright"),
    ("LICENSE", "usr/share/doc/zizhitong/LICENSE"),
    ("src-tauri/icons/32x32.png", "usr/share/icons/hicolor/32x32/apps/zizhitong.png"),
    ("src-tauri/icons/128x128.png", "usr/share/icons/hicolor/128x128/apps/zizhitong.png"),
    ("src-tauri/icons/128x128@2x.png", "usr/share/icons/hicolor/256x256/apps/zizhitong.png"),
    ("src-tauri/icons/icon.png", "usr/share/icons/hicolor/512x512/apps/zizhitong.png"),
    ("src-tauri/icons/icon.svg", "usr/share/icons/hicolor/scalable/apps/zizhitong.svg"),
];

/// The programs, by name: built under `target/release`, installed under `/usr/bin`.
pub const PROGRAMS: [&str; 2] = ["zizhitong", "zizhi"];

/// Where Tauri says that an installed program's resources are: the last part is its `productName`.
const RESOURCES: &str = "usr/lib/zizhitong";

/// A folder laid out like a machine's root.
pub struct Layout {
    /// The folder.
    pub root: PathBuf,
    /// Its files, relative to it, sorted.
    pub files: Vec<String>,
}

impl Layout {
    /// Lays everything out anew.
    pub fn make() -> Result<Self> {
        let root = folder().join("root");
        if root.is_dir() {
            fs::remove_dir_all(&root)?;
        }
        for program in PROGRAMS {
            copy(&crate::target().join("release").join(program), &root.join("usr/bin").join(program))?;
        }
        for (from, to) in COPIES {
            copy(&crate::root().join(from), &root.join(to))?;
        }
        let completions = Shell::at(&root.join("usr/bin/zizhi")).args(["completions", "bash"]).read()?;
        write(&root.join("usr/share/bash-completion/completions/zizhi"), &completions)?;
        let components = components::all()?;
        write(&root.join(RESOURCES).join("licences.json"), &components::list(&components)?)?;
        let texts = root.join("usr/share/doc/zizhitong/components.txt");
        write(&texts, &components::texts(&components)?)?;
        Shell::new("gzip -9 --no-name").arg(texts.display().to_string()).read()?;
        // Whatever mask this machine gives new files, others can read an installed one.
        Shell::new("chmod -R u=rwX,go=rX").arg(root.display().to_string()).read()?;
        let mut files = Vec::new();
        walk(&root, &root, &mut files)?;
        files.sort();
        Ok(Self { root, files })
    }

    /// Bytes of all files that `chosen` holds for.
    pub fn bytes(&self, chosen: impl Fn(&str) -> bool) -> Result<u64> {
        let chosen = self.files.iter().filter(|file| chosen(file));
        chosen.map(|file| Ok(fs::metadata(self.root.join(file))?.len())).sum()
    }
}

/// Where this verb puts what it makes.
pub fn folder() -> PathBuf {
    crate::target().join("package")
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: &str) -> Result<()> {
    above(path)?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Copies a file, and makes the folders above it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    above(to)?;
    fs::copy(from, to).map(drop).with_context(|| format!("cannot copy {}", from.display()))
}

fn above(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all).with_context(|| format!("above {}", path.display()))
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else {
            files.push(path.strip_prefix(root)?.display().to_string());
        }
    }
    Ok(())
}
