//! Backup and restore.

use super::store::damaged;
use crate::backup::BackupError;
use crate::failure::Failure;

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Occupied(path) => {
                let path = path.display();
                Self::of(
                    "COPY-OCCUPIED",
                    format!("文件夹 {path} 不是空的，没有写入：备份和恢复出的枢纽都要用单独的新文件夹。"),
                    format!("{path} is not empty, and nothing was written: a backup and a restored hub need a folder of their own"),
                    (
                        "请写一个还没有的文件夹，例如以日期命名。",
                        "name a folder that is not there yet, such as one with the day as its name",
                    ),
                )
            }
            BackupError::NoHub(path) => super::data::no_hub(&path),
            BackupError::NoCopy(path) => {
                let path = path.display();
                Self::of(
                    "COPY-INCOMPLETE",
                    format!("{path} 不是完整的枢纽备份（缺少 hub.id 或数据库），没有恢复。"),
                    format!("{path} is no whole backup of a hub (hub.id or the database is missing); nothing was restored"),
                    (
                        "请换用另一份备份；写到一半的备份没有 hub.id，不能使用。",
                        "use another backup; one that was cut short has no hub.id and cannot be used",
                    ),
                )
            }
            BackupError::File(path, source) => {
                let path = path.display();
                Self::of(
                    "COPY-FILE",
                    format!("{path} 不能读写，没有做完；没有做完的文件夹里没有 hub.id，不能当作枢纽或备份使用。"),
                    format!("{path} cannot be read or written, and this was not finished; a folder that is not finished has no hub.id and is neither hub nor backup"),
                    (
                        "请检查磁盘空间和权限，删除没有做完的文件夹，再执行一次。",
                        "check the room on the disk and the permissions, remove the folder that is not finished, and say it again",
                    ),
                )
                .because(source)
            }
            BackupError::Database(source) => Self::fixed(
                "COPY-FILE",
                (
                    "数据库没有复制完，备份没有做成；没有做完的文件夹里没有 hub.id，不能使用。",
                    "the database was not copied to its end, and there is no backup; a folder that is not finished has no hub.id and cannot be used",
                ),
                (
                    "请检查磁盘空间和权限，删除没有做完的文件夹，再执行一次。",
                    "check the room on the disk and the permissions, remove the folder that is not finished, and say it again",
                ),
            )
            .because(source),
            BackupError::Damaged(source) => damaged().because(source),
            BackupError::Copy(_) => Self::fixed(
                "COPY-FILE",
                (
                    "复制出的数据库不完整，备份没有做成；没有做完的文件夹里没有 hub.id，不能使用。",
                    "the copy of the database is not whole, and there is no backup; a folder that is not finished has no hub.id and cannot be used",
                ),
                (
                    "请换一块磁盘再备份一次；仍然如此的，是原来的数据库损坏，请用较早的备份恢复。",
                    "back up once more to another disk; if it comes out the same, the database itself is damaged: restore an earlier backup",
                ),
            )
            .because(error),
            BackupError::BadCopy(path, source) => {
                let path = path.display();
                Self::of(
                    "COPY-INCOMPLETE",
                    format!("备份 {path} 里的数据库已损坏，没有恢复。"),
                    format!("the database in the backup {path} is damaged; nothing was restored"),
                    ("请换用另一份备份。", "use another backup"),
                )
                .because(source)
            }
            BackupError::Store(source) => source.into(),
        }
    }
}
