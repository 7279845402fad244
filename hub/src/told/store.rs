//! The database of a hub.

use crate::backup::is_damage;
use crate::failure::{Failure, told};
use crate::store::StoreError;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Role(role) => Self::new(
                "STORE-ROLE",
                told(
                    format!(
                        "数据库角色 {role} 是超级用户或有 BYPASSRLS，行级安全这道隔开各单位的墙对它不起作用；没有运行。"
                    ),
                    format!(
                        "the database role {role} is a superuser or has BYPASSRLS: row-level security, the second wall between organisations, does not hold for it; nothing was run"
                    ),
                ),
                told(
                    format!("角色是枢纽专用的，执行 ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS；否则按运维手册另建一个。"),
                    format!(
                        "if the role is the hub's own, say ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS; else make one as docs/operating.md says"
                    ),
                ),
            ),
            StoreError::Plain => Self::fixed(
                "STORE-TLS",
                (
                    "数据库在另一台机器上，地址没有说明线路如何保护，没有连接。",
                    "the database is on another machine, and its address does not say how the line is protected; nothing was connected",
                ),
                TLS,
            ),
            StoreError::SslMode(mode) => Self::of(
                "STORE-TLS",
                format!("数据库地址里的 sslmode={mode} 会接受别人能读的线路，没有连接。"),
                format!("sslmode={mode} would take a line that somebody else reads; nothing was connected"),
                TLS,
            ),
            StoreError::Roots(path, source) => {
                let path = path.display();
                Self::of(
                    "STORE-CA",
                    format!("{path} 里没有可用的证书，无法核实数据库服务器，没有连接。"),
                    format!("{path} holds no certificates by which the database's could be checked; nothing was connected"),
                    (
                        "请在数据库地址里用 sslrootcert=文件 指定证书机构的 PEM 文件，并让运行枢纽的用户能读。",
                        "name a PEM file of its authorities by sslrootcert=FILE in the database's address, readable for the hub's user",
                    ),
                )
                .because(source)
            }
            StoreError::Newer { found, known } => Self::of(
                "STORE-NEWER",
                format!("数据库由更新版本的枢纽写成（版本 {found}，本程序只认到 {known}），没有打开，没有改动。"),
                format!("a newer hub wrote the database (version {found}, this one knows up to {known}); it was neither opened nor changed"),
                (
                    "请安装新版本的 zizhi-hub；多份运行的，各份装同一版本。",
                    "install the newer zizhi-hub; all copies of a hub have the same version",
                ),
            ),
            StoreError::Unavailable(_) | StoreError::Busy => Self::fixed(
                "STORE-DOWN",
                ("数据库没有应答，操作没有进行。", "the database does not answer; nothing was done"),
                (
                    "请核对 --database-url（ZIZHI_HUB_DATABASE_URL）的地址和密码，看 PostgreSQL 是否在运行、网络是否可达；数据库恢复后再执行一次。",
                    "check address and password of --database-url (ZIZHI_HUB_DATABASE_URL), whether PostgreSQL runs, and the network; say the command once more when it is back",
                ),
            )
            .because(error),
            StoreError::OutcomeUnknown => Self::fixed(
                "OUTCOME-UNKNOWN",
                (
                    "提交时数据库中断，不知道这一步有没有完成。",
                    "the line to the database was cut in the commit; whether this step was done is not known",
                ),
                (
                    "请在数据库恢复后查看（zizhi-hub peer list、zizhi-hub organisation list），没有完成的再执行一次：重复执行没有害处。",
                    "look once the database is back (zizhi-hub peer list, zizhi-hub organisation list) and say it again if it was not: twice does no harm",
                ),
            ),
            StoreError::Corrupt(_) => damaged().because(error),
            StoreError::Sqlite(ref engine) if is_damage(engine) => damaged().because(error),
            StoreError::Sqlite(engine) => failed().because(engine),
            StoreError::Postgres(engine) => failed().because(engine),
            StoreError::Stopped => failed().because(error),
        }
    }
}

fn failed() -> Failure {
    Failure::fixed(
        "STORE-FAILED",
        ("数据库不能使用，操作没有进行。", "the database cannot be used; nothing was done"),
        (
            "请检查数据库文件（或 --database-url 的地址、库和角色）的权限和磁盘空间；别的进程占用时，稍后再试。",
            "check the permissions of the database file (or address, database and role of --database-url) and the room on the disk; where another process has it, try again later",
        ),
    )
}

const TLS: (&str, &str) = (
    "请在数据库地址里写 sslmode=verify-full；线路已另行保护的，写 sslmode=disable。",
    "say sslmode=verify-full in the database's address, or sslmode=disable if the line is protected otherwise",
);

pub(super) fn damaged() -> Failure {
    Failure::fixed(
        "STORE-DAMAGED",
        ("数据库的内容已损坏，操作没有进行。", "what the database holds is damaged; nothing was done"),
        (
            "请停止枢纽，保留原来的数据，用最近的备份恢复（zizhi-hub restore；PostgreSQL 用它自己的办法，再执行 raise-epoch）；备份以后的核销要先与回执核对。",
            "stop the hub, keep what is there, and restore the newest backup (zizhi-hub restore; PostgreSQL by its own means, then raise-epoch); redemptions after it have to be compared with receipts first",
        ),
    )
}
