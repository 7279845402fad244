//! Where a live database may lie.
//!
//! SQLite's write-ahead log needs memory that both connections share and locks that work; a network
//! file system has neither. A program that synchronises folders copies the database and its log at
//! different moments, and the copies do not fit together. Backups may lie anywhere.

use std::path::{Component, Path};

/// Why a folder cannot hold a live database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A file system of another machine; the name is the system's word for its kind.
    #[error("the folder is on a network file system ({0})")]
    Network(String),
    /// A folder that a program copies to a cloud; the name is that of the program.
    #[error("the folder is synchronised by {0}")]
    Synchronised(&'static str),
}

/// File systems that live on another machine, or on the host of a virtual one, as `/proc/mounts`
/// names them.
const NETWORK: &[&str] = &[
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "vmhgfs",
];

/// User-space file systems (`fuse.NAME`) that stay on this machine; every other one counts as network.
const LOCAL_FUSE: &[&str] = &["bindfs", "encfs", "exfat", "fuse-overlayfs", "gocryptfs", "ntfs-3g", "cryfs"];

/// Beginnings of the names of folders that a program synchronises, lower case, and the program.
const SYNCHRONISED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("mobile documents", "iCloud"),
    ("坚果云", "坚果云"),
    ("我的坚果云", "坚果云"),
    ("nutstore", "坚果云"),
    ("百度网盘", "百度网盘"),
    ("百度网盘同步空间", "百度网盘"),
    ("百度云同步盘", "百度网盘"),
    ("baidunetdisk", "百度网盘"),
    ("baidusyncdisk", "百度网盘"),
    ("阿里云盘", "阿里云盘"),
    ("aliyundrive", "阿里云盘"),
    ("微云", "腾讯微云"),
    ("weiyun", "腾讯微云"),
    ("天翼云盘", "天翼云盘"),
    ("和彩云", "移动云盘"),
    ("移动云盘", "移动云盘"),
    ("wps云盘", "WPS 云盘"),
    ("wpsdrive", "WPS 云盘"),
    ("115同步盘", "115 网盘"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("seafile", "Seafile"),
    ("megasync", "MEGA"),
    ("pcloud", "pCloud"),
];

/// Files by which a program marks the root of a folder that it synchronises.
const MARKS: &[(&str, &str)] = &[
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".seafile-data", "Seafile"),
];

/// Judges an existing folder of this machine.
pub(crate) fn judge(folder: &Path) -> Result<(), Unfit> {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    // Other systems have no such table; there only the names speak, and Windows' `\\server\share`.
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    judge_by(&real, &mounts)?;
    let marked = |root: &Path| MARKS.iter().find(|(mark, _)| root.join(mark).exists());
    match real.ancestors().find_map(marked) {
        Some((_, program)) => Err(Unfit::Synchronised(program)),
        None => Ok(()),
    }
}

/// Judges an absolute path by its name and by a table of mounts in the form of `/proc/mounts`.
///
/// # Errors
/// [`Unfit`] says what kind of place it is.
pub fn judge_by(path: &Path, mounts: &str) -> Result<(), Unfit> {
    if let Some(kind) = file_system(path, mounts).filter(|kind| is_network(kind)) {
        return Err(Unfit::Network(kind.to_owned()));
    }
    for component in path.components() {
        match component {
            Component::Normal(name) => {
                let name = name.to_string_lossy().to_lowercase();
                if let Some((_, program)) = SYNCHRONISED.iter().find(|(start, _)| begins(&name, start)) {
                    return Err(Unfit::Synchronised(program));
                }
            }
            Component::Prefix(prefix)
                if matches!(
                    prefix.kind(),
                    std::path::Prefix::UNC(..) | std::path::Prefix::VerbatimUNC(..)
                ) =>
            {
                return Err(Unfit::Network("UNC".to_owned()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// `OneDrive`, `OneDrive - 学校`, `Dropbox (个人)`, but neither `dropboxes` nor `dropbox-client`.
fn begins(name: &str, start: &str) -> bool {
    let Some(rest) = name.strip_prefix(start) else { return false };
    !rest.starts_with(|next: char| next.is_alphanumeric() || "-_.".contains(next))
}

/// The kind of the file system that holds `path`: that of the longest mount point above it, and of two
/// equal ones the later, which covers the earlier.
fn file_system<'m>(path: &Path, mounts: &'m str) -> Option<&'m str> {
    let mut found: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(point), Some(kind)) = (fields.next(), fields.next()) else { continue };
        let point = unescaped(point);
        let depth = Path::new(&point).components().count();
        if path.starts_with(&point) && found.is_none_or(|(deepest, _)| depth >= deepest) {
            found = Some((depth, kind));
        }
    }
    found.map(|(_, kind)| kind)
}

/// `/proc/mounts` writes a space as `\040`, and so on.
fn unescaped(point: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(point.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

fn is_network(kind: &str) -> bool {
    match kind.strip_prefix("fuse.") {
        Some(name) => !LOCAL_FUSE.contains(&name),
        None => NETWORK.contains(&kind),
    }
}
