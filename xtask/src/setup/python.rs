//! The Python side of the comparisons: a virtual environment under `target`, filled from one committed list.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::once;
use crate::shell::Shell;

/// The interpreter of the virtual environment, made if needed; `None` when no list is committed.
pub fn venv() -> Result<Option<PathBuf>> {
    let list = crate::root().join("tests/interop/requirements.txt");
    let Ok(wanted) = fs::read_to_string(&list) else { return Ok(None) };
    let folder = crate::target().join("interop/venv");
    let python = folder.join("bin/python");
    once(&folder, &wanted, || {
        let folder = folder.display().to_string();
        Shell::new("python3 -m venv --clear").arg(folder).read()?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        Shell::at(&python).args(pip).arg(list.display().to_string()).read().map(drop)
    })?;
    Ok(Some(python))
}
