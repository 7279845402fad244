//! Where a person wants a result: written whole or not at all, and never over something that is there
//! unless they said so.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use zizhi_model::Text;

use crate::failure::{Failure, told};
use crate::files;

/// A file to be made.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// Its place.
    pub path: &'a Path,
    /// Whether a file that is there may be replaced.
    pub force: bool,
}

impl Output<'_> {
    /// Refuses a place that is taken, before any work is done for it.
    ///
    /// # Errors
    /// `IO-EXISTS`.
    pub fn check(&self) -> Result<(), Failure> {
        let taken = self.path.symlink_metadata().is_ok();
        if taken && self.force && !self.path.is_file() {
            return Err(no_file(self.path));
        }
        if taken && !self.force { Err(exists(self.path)) } else { Ok(()) }
    }

    /// Refuses two results in one place, or a result in the place of what it is made from: one would replace
    /// the other.
    ///
    /// # Errors
    /// `IO-SAME`.
    pub fn check_apart(&self, other: &Output<'_>) -> Result<(), Failure> {
        if place(self.path) == place(other.path) { Err(same(self.path)) } else { Ok(()) }
    }

    /// Writes a file that anybody may read.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.put(self.filled(bytes)?)
    }

    /// Writes a file that only its owner may read.
    pub(crate) fn write_secret(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.persist(self.filled(bytes)?)
    }

    /// A file with its content beside the place, to be given to [`Output::put`].
    pub(crate) fn filled(&self, bytes: &[u8]) -> Result<tempfile::NamedTempFile, Failure> {
        let mut file = self.begin()?;
        file.write_all(bytes).map_err(|error| Failure::unwritable(self.path, error))?;
        Ok(file)
    }

    /// A file beside the place, to be filled and given to [`Output::put`].
    pub(crate) fn begin(&self) -> Result<tempfile::NamedTempFile, Failure> {
        self.check()?;
        let folder =
            self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unwritable = |error| Failure::unwritable(self.path, error);
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        tempfile::NamedTempFile::new_in(folder).map_err(unwritable)
    }

    /// Puts a filled file into its place, for anybody to read.
    pub(crate) fn put(&self, file: tempfile::NamedTempFile) -> Result<(), Failure> {
        self.persist(file)?;
        files::share(self.path)
    }

    /// Puts a filled file into its place, for its owner only.
    pub(crate) fn persist(&self, file: tempfile::NamedTempFile) -> Result<(), Failure> {
        let unwritable = |error| Failure::unwritable(self.path, error);
        file.as_file().sync_all().map_err(unwritable)?;
        if self.force {
            file.persist(self.path).map_err(|error| unwritable(error.error))?;
        } else {
            file.persist_noclobber(self.path).map_err(|error| match error.error.kind() {
                std::io::ErrorKind::AlreadyExists => exists(self.path),
                _ => unwritable(error.error),
            })?;
        }
        Ok(())
    }
}

/// A path by which two names of one file are seen to be one, whether it is there or not.
fn place(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = whole.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, whole.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => whole,
    }
}

fn no_file(path: &Path) -> Failure {
    Failure::refused(
        "IO-EXISTS",
        format!("{} 不是普通文件，不能替换，没有写入任何内容。", path.display()),
        format!("{} is no ordinary file and cannot be replaced; nothing was written", path.display()),
        "请另选文件名。",
        "choose another name",
    )
}

fn same(path: &Path) -> Failure {
    Failure::refused(
        "IO-SAME",
        format!("{} 同时是另一个文件的位置，写入会盖掉它，没有写入任何内容。", path.display()),
        format!(
            "{} is the place of another file of this command, which would be replaced; nothing was written",
            path.display()
        ),
        "请给它们不同的文件名。",
        "give them different names",
    )
}

fn exists(path: &Path) -> Failure {
    Failure::input(
        "IO-EXISTS",
        told(
            format!("{} 已经存在，没有写入任何内容。", path.display()),
            format!("{} is there already; nothing was written", path.display()),
        ),
        Text::fixed(
            "请另选文件名；确要替换这个文件时加 --force。",
            "choose another name; to replace the file, add --force",
        ),
    )
}
