//! Why a backup cannot be made or read.

use std::path::Path;

use zizhi_store::StoreError;

use crate::failure::Failure;

/// Why a backup did not take the place of the database.
pub(super) enum Stopped {
    /// The store refused.
    Store(StoreError),
    /// What has to be known in it could not be written.
    Failed(Failure),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Stopped {
    /// As a failure, where `backup` was read.
    pub(super) fn told(backup: &Path) -> impl Fn(Self) -> Failure {
        move |stopped| match stopped {
            Self::Store(error) => of_backup(Some(backup))(error),
            Self::Failed(failure) => failure,
        }
    }
}

/// A store's error where `backup` is what was read, or `None` where a backup was written.
pub(super) fn of_backup(backup: Option<&Path>) -> impl Fn(StoreError) -> Failure {
    move |error| match error {
        StoreError::Io { path, source } if Some(path.as_path()) == backup => {
            Failure::unreadable(&path, source)
        }
        StoreError::Io { path, source } => Failure::unwritable(&path, source),
        other => other.into(),
    }
}

pub(super) fn no_folder(folder: &Path) -> Failure {
    Failure::refused(
        "BACKUP-FOLDER",
        format!("备份文件夹 {} 不在（U盘可能没有插上），没有备份。", folder.display()),
        format!(
            "the folder for backups, {}, is not there, perhaps a stick that is elsewhere; no backup was made",
            folder.display()
        ),
        "请插上U盘或连上该磁盘后再备份，或在设置中另选文件夹。",
        "plug it in and try again, or choose another folder in the settings",
    )
}
