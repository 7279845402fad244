//! What the local database could not do, as a person may read it.

use zizhi_model::Text;
use zizhi_store::place::Unfit;
use zizhi_store::{BackupDefect, StoreError};

use crate::failure::{Cause, Failure};
use crate::stop::stopped;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let failure = match &error {
            StoreError::Io { path, source } => return unusable_file(path, source).because(error),
            StoreError::Stopped => return stopped(),
            StoreError::Full => fixed(
                "DB-FULL",
                (
                    "磁盘已满，这一步没有保存，已有的数据完好。",
                    "the disk is full; this step was not kept, what was there is whole",
                ),
                ("请腾出空间后再做一次。", "make room and do it again"),
            ),
            StoreError::ReadOnly => fixed(
                "DB-READ-ONLY",
                (
                    "数据库文件或所在文件夹不能写入，什么也没有保存。",
                    "the database or its folder cannot be written; nothing was kept",
                ),
                (
                    "请检查该文件夹的写入权限，或确认磁盘没有设为只读。",
                    "check that you may write to the folder, and that the disk is not read-only",
                ),
            ),
            StoreError::Place { path, unfit } => return unfit_place(path, unfit).because(error),
            StoreError::AlreadyOpen => fixed(
                "DB-IN-USE",
                (
                    "数据库已在另一个窗口或程序中打开，这里没有打开。",
                    "another window or program has the database open; it was not opened here",
                ),
                ("请使用已打开的那个窗口，或先把它关闭。", "use that window, or close it first"),
            ),
            StoreError::WrongKey => fixed(
                "DB-KEY",
                (
                    "密钥文件能打开，但打不开这个数据库：两者不是一套，或者数据库开头已损坏。没有作任何改动。",
                    "the key file opens, but its key does not open this database: they do not belong together, or the \
                     beginning of the database is damaged; nothing was changed",
                ),
                ("请从备份恢复；备份里两者是一套。", "restore a backup, which holds the two together"),
            ),
            StoreError::Newer { found, known } => Self::refused(
                "DB-NEWER",
                format!(
                    "数据库由更新版本的程序写成（版本 {found}，本程序只认到 {known}），没有打开，也没有改动。"
                ),
                format!(
                    "a newer program wrote this database (version {found}, this one knows up to {known}); it was neither opened nor changed"
                ),
                "请升级本程序后再打开。",
                "update this program, then open it",
            ),
            StoreError::Damaged(_) => fixed(
                "DB-DAMAGED",
                (
                    "数据库里的内容与存入时不符，操作没有进行。",
                    "the database no longer holds what was stored; nothing was done",
                ),
                (
                    "请从备份恢复，并保留这个文件以便检查。",
                    "restore a backup, and keep this file to be examined",
                ),
            ),
            StoreError::Absent(_) => fixed(
                "DB-ABSENT",
                (
                    "要处理的记录已经不在了，什么也没有改动。",
                    "the record is no longer there; nothing was changed",
                ),
                ("请刷新列表后再试。", "refresh the list and try again"),
            ),
            StoreError::Conflict(_) => fixed(
                "DB-CONFLICT",
                (
                    "与已有的记录冲突，这一步没有保存。",
                    "it contradicts what is stored; this step was not kept",
                ),
                ("请查看已有的记录后再决定。", "look at the record that is there, then decide"),
            ),
            StoreError::Backup(defect) => unusable_backup(defect),
            StoreError::Engine(_) => Self {
                cause: Cause::Internal,
                ..fixed(
                    "DB-ENGINE",
                    (
                        "数据库没有完成这一步，什么也没有保存。",
                        "the database did not finish this step; nothing was kept",
                    ),
                    (
                        "请再试一次；如仍出现，请把诊断信息告诉开发者。",
                        "try again; if it happens again, give the developers the diagnostics",
                    ),
                )
            },
        };
        // What the message says already is not said once more.
        match &error {
            StoreError::Damaged(_)
            | StoreError::Absent(_)
            | StoreError::Conflict(_)
            | StoreError::Engine(_) => failure.because(error),
            _ => failure,
        }
    }
}

fn fixed(
    code: &'static str,
    fact: (&'static str, &'static str),
    advice: (&'static str, &'static str),
) -> Failure {
    Failure::input(code, Text::fixed(fact.0, fact.1), Text::fixed(advice.0, advice.1))
}

fn unusable_file(path: &std::path::Path, source: &std::io::Error) -> Failure {
    let path = path.display();
    if source.kind() == std::io::ErrorKind::NotFound {
        return Failure::refused(
            "DB-NONE",
            format!("没有找到 {path}，操作没有进行。"),
            format!("{path} is not there; nothing was done"),
            "请确认数据文件夹是否正确；数据库不见了时，请从备份恢复。",
            "check the data folder; if the database is gone, restore a backup",
        );
    }
    Failure::refused(
        "DB-FILE",
        format!("{path} 不能使用，操作没有进行。"),
        format!("{path} cannot be used; nothing was done"),
        "请检查该文件的权限和磁盘是否正常。",
        "check the permissions of the file, and the disk",
    )
}

fn unfit_place(path: &std::path::Path, unfit: &Unfit) -> Failure {
    let path = path.display();
    let (zh, en) = match unfit {
        Unfit::Network(kind) => (
            format!("{path} 在网络盘上（{kind}），数据库放在那里可能损坏，没有打开。"),
            format!(
                "{path} is on a network file system ({kind}), where a database may be damaged; it was not opened"
            ),
        ),
        Unfit::Synchronised(program) => (
            format!("{path} 由 {program} 同步，数据库放在那里可能损坏，没有打开。"),
            format!("{path} is synchronised by {program}, which may damage a database; it was not opened"),
        ),
    };
    Failure::refused(
        "DB-PLACE",
        zh,
        en,
        "请把数据文件夹放在本机磁盘上；备份可以放在这里。",
        "put the data folder on a disk of this machine; backups may lie here",
    )
}

fn unusable_backup(defect: &BackupDefect) -> Failure {
    match defect {
        BackupDefect::NotABackup => fixed(
            "BACKUP-FORMAT",
            ("这个文件不是备份，数据库没有改动。", "this file is no backup; the database is as it was"),
            ("请选择 .zzbackup 文件。", "choose a .zzbackup file"),
        ),
        BackupDefect::Version(version) => Failure::refused(
            "BACKUP-NEWER",
            format!("备份由更新版本的程序制作（格式 {version}），没有读取，数据库没有改动。"),
            format!(
                "a newer program made this backup (format {version}); it was not read and the database is as it was"
            ),
            "请升级本程序后再恢复。",
            "update this program, then restore",
        ),
        BackupDefect::Incomplete => fixed(
            "BACKUP-INCOMPLETE",
            (
                "备份文件不完整（写到一半或复制中断），不能用来恢复，数据库没有改动。",
                "the backup is incomplete: its writing or copying was cut short; it cannot be restored and the database is as it was",
            ),
            (
                "请换用另一个备份，或从原处重新复制。",
                "use another backup, or copy this one again from where it came",
            ),
        ),
        BackupDefect::Altered => fixed(
            "BACKUP-DAMAGED",
            (
                "备份文件的内容已改变，不能用来恢复，数据库没有改动。",
                "the backup was altered or damaged; it cannot be restored and the database is as it was",
            ),
            ("请换用另一个备份。", "use another backup"),
        ),
        BackupDefect::Key => fixed(
            "BACKUP-KEY",
            (
                "给出的口令或恢复密钥不是这个备份的，数据库没有改动。",
                "the passphrase or recovery key is not this backup's; the database is as it was",
            ),
            (
                "请使用制作备份时的口令，或当时打印的恢复密钥。",
                "use the passphrase of that time, or the recovery key that was printed for it",
            ),
        ),
    }
}
