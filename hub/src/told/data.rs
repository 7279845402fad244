//! The folder of a hub.

use crate::data::DataError;
use crate::failure::{Failure, told};

impl From<DataError> for Failure {
    fn from(error: DataError) -> Self {
        match error {
            DataError::File(path, source) => {
                let path = path.display();
                Self::of(
                    "SERVE-FOLDER",
                    format!("数据文件夹中的 {path} 不能读写，操作没有进行。"),
                    format!("{path} of the data folder cannot be read or written; nothing was done"),
                    (
                        "请检查 --data（ZIZHI_HUB_DATA）是否写对、磁盘有没有空间，以及文件夹和其中的文件是否都归运行枢纽的用户所有；作为系统服务时用 zizhi-hubctl 执行命令。",
                        "check --data (ZIZHI_HUB_DATA), that the disk has room, and that folder and files belong to the user whom the hub runs as; where it is a service, say commands with zizhi-hubctl",
                    ),
                )
                .because(source)
            }
            DataError::Open(path) => {
                let path = path.display();
                Self::new(
                    "SERVE-KEY-MODE",
                    told(
                        format!("枢纽私钥 {path} 允许别的用户读取，没有使用。"),
                        format!("others than its owner may read the hub's key {path}; it was not used"),
                    ),
                    told(
                        format!("请执行 chmod 0600 {path}；可能已被他人读取的，按运维手册更换密钥。"),
                        format!(
                            "say chmod 0600 {path}; if somebody may have read it, change the key as docs/operating.md says"
                        ),
                    ),
                )
            }
            DataError::Key(path, source) => {
                let path = path.display();
                Self::of(
                    "SERVE-KEY",
                    format!("{path} 里没有可用的私钥，操作没有进行。"),
                    format!("{path} holds no private key that can be used; nothing was done"),
                    (
                        "请从备份放回 hub.key。没有备份的：停止枢纽，把它移走，执行一次 serve（会新建密钥，并以 STORE-KEY 停下），再执行 key admit；然后把新的名片（card）交给名录登记方、各伙伴枢纽和桌面端。",
                        "put hub.key back from a backup. Without one: stop the hub, move the file away, run serve once (it makes a key and stops with STORE-KEY), then key admit; and give the new card to whoever keeps the register, to the peers and to the desktops",
                    ),
                )
                .because(source)
            }
            DataError::NoKey(path) => {
                let path = path.display();
                Self::of(
                    "SERVE-KEY",
                    format!("{path} 不见了，没有另造密钥，操作没有进行。"),
                    format!("{path} is gone; no other key was made and nothing was done"),
                    (
                        "请从备份或从同一枢纽正在运行的另一份复制 hub.key，权限 0600。",
                        "copy hub.key, with mode 0600, from a backup or from another copy of this hub that serves",
                    ),
                )
            }
            DataError::NoNext(path) => {
                let path = path.display();
                Self::of(
                    "KEY-NEXT",
                    format!("还没有下一把密钥（{path}），密钥没有更换。"),
                    format!("there is no next key yet ({path}); the key was not changed"),
                    (
                        "请先用 zizhi-hub key next 生成，并请省里登记，再更换。",
                        "make it first with zizhi-hub key next and have the province register it",
                    ),
                )
            }
            DataError::NoId(root) => {
                let root = root.display();
                Self::of(
                    "SERVE-ID",
                    format!("文件夹 {root} 里还没有枢纽，也没有给出编号，没有启动，没有建立任何文件。"),
                    format!("there is no hub in {root} yet and no id was given; nothing was started or made"),
                    (
                        "已有枢纽的，请用 --data（ZIZHI_HUB_DATA）指向它的文件夹；要新建的，加上 --id（ZIZHI_HUB_ID），写省级两位代码和名称，如 31-main。",
                        "for a hub that is there, name its folder by --data (ZIZHI_HUB_DATA); for a new one give --id (ZIZHI_HUB_ID), the province's two digits and a name, such as 31-main",
                    ),
                )
            }
            DataError::NoHub(root) => no_hub(&root),
            DataError::Id(path) => {
                let path = path.display();
                Self::of(
                    "SERVE-ID",
                    format!("{path} 里不是枢纽编号，操作没有进行。"),
                    format!("{path} holds no id of a hub; nothing was done"),
                    (
                        "请从备份放回 hub.id，它只有一行，如 31-main；编号一经使用不能更改。",
                        "put hub.id back from a backup: one line such as 31-main, which never changes once it was used",
                    ),
                )
            }
            DataError::OtherHub { found, given } => Self::of(
                "SERVE-OTHER",
                format!("这个文件夹属于枢纽 {found}，不是 {given}，没有启动。"),
                format!("the folder belongs to the hub {found} and not to {given}; nothing was started"),
                (
                    "请核对 --data 和 --id：两个枢纽要各用一个文件夹；编号一经使用不能更改，去掉 --id 即按原编号启动。",
                    "check --data and --id: each hub has a folder of its own, and an id never changes; without --id the hub starts under the one that it has",
                ),
            ),
            DataError::Held(root) => {
                let root = root.display();
                Self::of(
                    "STORE-HELD",
                    format!("另一个枢纽进程正在使用 {root}，同一数据库不能由两个进程写入；没有启动。"),
                    format!(
                        "another hub that runs has {root}, and two must not write one database; nothing was started"
                    ),
                    (
                        "请先停止那一个（systemctl stop zizhi-hub，或在启动它的地方按 Ctrl+C）；要多份运行的，用 PostgreSQL（--database-url），每份一个文件夹。",
                        "stop that one first (systemctl stop zizhi-hub, or Ctrl+C where it was started); several copies need PostgreSQL (--database-url) and a folder each",
                    ),
                )
            }
        }
    }
}

/// A folder that is no hub's.
pub(super) fn no_hub(root: &std::path::Path) -> Failure {
    let root = root.display();
    Failure::of(
        "SERVE-NONE",
        format!("文件夹 {root} 里没有枢纽，操作没有进行，没有建立任何文件。"),
        format!("there is no hub in {root}; nothing was done or made"),
        (
            "请用 --data（ZIZHI_HUB_DATA）指向枢纽的文件夹（里面有 hub.id）；作为系统服务时用 zizhi-hubctl。新枢纽由 zizhi-hub serve --id 建立。",
            "name the hub's folder, the one with hub.id, by --data (ZIZHI_HUB_DATA); where it is a service use zizhi-hubctl. A new hub is made by zizhi-hub serve --id",
        ),
    )
}
