//! The JavaScript side: the interface's own packages, and those that tests compare with.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::once;
use crate::shell::Shell;

/// Packages of the comparisons, installed under `target`; `None` when no list is committed.
///
/// They are installed from a copy, so that the committed folder never holds a `node_modules`.
pub fn interop() -> Result<Option<PathBuf>> {
    let from = crate::root().join("tests/interop");
    if !from.join("package.json").is_file() {
        return Ok(None);
    }
    let folder = crate::target().join("interop/node");
    fs::create_dir_all(&folder)?;
    let sources = [
        ("package.json", from.join("package.json")),
        ("package-lock.json", from.join("package-lock.json")),
        (".npmrc", crate::root().join(".npmrc")),
    ];
    for (name, source) in sources {
        let copy = folder.join(name);
        if source.is_file() {
            fs::copy(&source, copy).with_context(|| format!("cannot copy {}", source.display()))?;
        } else if copy.is_file() {
            // A lock that npm wrote here for an earlier list would contradict the present one.
            fs::remove_file(copy)?;
        }
    }
    install(&folder)?;
    Ok(Some(folder))
}

/// Packages of the interface.
pub fn interface() -> Result<()> {
    install(&crate::root().join("ui"))
}

fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let inputs =
        fs::read_to_string(folder.join("package.json"))? + &fs::read_to_string(&lock).unwrap_or_default();
    let verb = if lock.is_file() { "ci" } else { "install" };
    let modules = folder.join("node_modules");
    once(&modules, &inputs, || {
        // No package here needs its install script: what they would fetch is not wanted.
        let line = format!("npm {verb} --no-audit --no-fund --ignore-scripts --loglevel=error");
        Shell::new(&line).within(folder).read().map(drop)
    })
}
