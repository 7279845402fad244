//! Files read within a bound and written whole or not at all.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, told};
use zizhi_model::Text;

/// The name of a file without its folders, as messages and the activity log give it.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads a file of at most `limit` bytes.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| Failure::unreadable(path, error))?;
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::unreadable(path, error))?;
    if bytes.len() as u64 > limit {
        return Err(Failure::input(
            "LIMIT-SIZE",
            told(
                format!("{} 超过了 {limit} 字节的上限，没有读取。", path.display()),
                format!("{} is over the limit of {limit} bytes and was not read", path.display()),
            ),
            Text::fixed("请确认选对了文件。", "check that this is the right file"),
        ));
    }
    Ok(bytes)
}

/// Reads at most the first `limit` bytes of a file, for a reader that has its own bound and words for it.
pub(crate) fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| Failure::unreadable(path, error))?;
    file.take(limit).read_to_end(&mut bytes).map_err(|error| Failure::unreadable(path, error))?;
    Ok(bytes)
}

/// What of a folder ends in one of these, in small letters; in the order of the names. Folders inside it are not
/// entered.
pub(crate) fn ending_in(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::unreadable(folder, error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        // Another system may have written them in capitals.
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a text file of at most `limit` bytes.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, Failure> {
    String::from_utf8(read(path, limit)?).map_err(|error| {
        Failure::input(
            "FMT-TEXT",
            told(
                format!("{} 不是UTF-8文本，没有读取。", path.display()),
                format!("{} is not UTF-8 text and was not read", path.display()),
            ),
            Text::fixed(
                "请确认选对了文件，并以UTF-8编码保存。",
                "check that this is the right file, saved as UTF-8",
            ),
        )
        .because(error)
    })
}

/// Writes a file for others to read, as [`write`] does; without this only its owner could.
pub(crate) fn write_shared(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes)?;
    share(path)
}

/// Lets others read a file.
pub(crate) fn share(path: &Path) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let readable = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(path, readable).map_err(|error| Failure::unwritable(path, error))?;
    }
    Ok(())
}

/// Writes a file beside its place and then puts it there, so that a crash leaves the old one or the new.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let unwritable = |error| Failure::unwritable(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(unwritable)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(unwritable)?;
    file.persist(path).map_err(|error| Failure::unwritable(path, error.error))?;
    Ok(())
}
