//! Why a database cannot be made or opened, or a key not be used.

use std::path::Path;

use zizhi_crypto::KeyError;
use zizhi_crypto::keyfile::KeyfileError;
use zizhi_crypto::keywrap::PaperError;
use zizhi_crypto::sealed::SealedError;
use zizhi_crypto::vault::VaultError;
use zizhi_model::Text;

use super::{SHORTEST, SHORTEST_NUMBER};
use crate::failure::{Failure, told};

pub(super) fn exists(folder: &Path) -> Failure {
    Failure::refused(
        "DB-EXISTS",
        format!("{} 里已经有一个数据库，没有新建，也没有改动。", folder.display()),
        format!("there is a database in {} already; none was made and nothing was changed", folder.display()),
        "请用口令打开它；要另建一个，请换一个数据文件夹。",
        "open it with its passphrase; for another one, choose another data folder",
    )
}

pub(super) fn not_empty(folder: &Path) -> Failure {
    Failure::refused(
        "DB-FOLDER",
        format!("{} 里没有数据库，但有别的文件（可能是备份），没有新建。", folder.display()),
        format!("{} holds no database but other files, backups perhaps; none was made", folder.display()),
        "数据库不见了时请从备份恢复；确实要新建，请先把这个文件夹移到别处。",
        "if the database is gone, restore a backup; for a new one, move this folder away first",
    )
}

pub(super) fn none(folder: &Path) -> Failure {
    Failure::refused(
        "DB-NONE",
        format!("{} 里没有数据库，操作没有进行。", folder.display()),
        format!("there is no database in {}; nothing was done", folder.display()),
        "请先在窗口里新建数据库，或从备份恢复。",
        "make one in the window first, or restore a backup",
    )
}

pub(super) fn weak() -> Failure {
    Failure::refused(
        "PASSPHRASE-WEAK",
        format!(
            "口令太容易猜到，没有采用：至少要有{SHORTEST}个字符，全是数字的至少{SHORTEST_NUMBER}个，也不能像 12345678、88888888 那样连着。"
        ),
        format!(
            "the passphrase is too easy to guess and was not taken: it needs at least {SHORTEST} characters, {SHORTEST_NUMBER} where all are digits, and they must not run on like 12345678 or 88888888"
        ),
        "请用一句只有自己知道的话，中文也可以。",
        "use a sentence that only you know",
    )
}

/// What wrapping or unwrapping the root under a passphrase brought.
pub(super) fn unwrapped(error: KeyfileError) -> Failure {
    match &error {
        KeyfileError::Passphrase => Failure::input(
            "KEY-PASSPHRASE",
            Text::fixed(
                "口令不对，没有打开，也没有改动任何内容。",
                "the passphrase is wrong; nothing was opened or changed",
            ),
            Text::fixed(
                "请检查大小写和输入法后重试；忘记口令时，可以输入打印的恢复密钥。",
                "check case and input method and try again; if it is forgotten, type the printed recovery key",
            ),
        ),
        KeyfileError::Empty => Failure::input(
            "KEY-EMPTY",
            Text::fixed("没有给出口令，操作没有进行。", "there is no passphrase; nothing was done"),
            Text::fixed("请输入口令。", "give the passphrase"),
        ),
        KeyfileError::Derivation(_) => Failure::input(
            "KEY-MEMORY",
            Text::fixed(
                "内存不够，无法用口令解锁，没有作任何改动。",
                "there is not enough memory to use the passphrase; nothing was changed",
            ),
            Text::fixed("请关闭一些程序后再试。", "close some programs and try again"),
        )
        .because(error),
        KeyfileError::Version(version) => newer(*version),
        _ => damaged().because(error),
    }
}

pub(super) fn mistyped(slip: PaperError) -> Failure {
    let (zh, en) = match slip {
        PaperError::Character(at) => (
            format!("恢复密钥的第{at}个字符不会出现在恢复密钥中，没有打开。"),
            format!("character {at} cannot occur in a recovery key; nothing was opened"),
        ),
        _ => (
            "恢复密钥中有字符输错了，没有打开。".to_owned(),
            "a character of the recovery key is wrong; nothing was opened".to_owned(),
        ),
    };
    Failure::refused(
        "KEY-RECOVERY",
        zh,
        en,
        "请对照打印的恢复密钥逐组核对后重试。",
        "compare it group by group with the print and try again",
    )
}

pub(super) fn other_paper() -> Failure {
    Failure::input(
        "KEY-RECOVERY",
        Text::fixed(
            "恢复密钥书写正确，但不是这个数据库的，没有打开，也没有改动。",
            "the recovery key is well written, but not this database's; nothing was opened or changed",
        ),
        Text::fixed(
            "请找出新建这个数据库时打印的那一份。",
            "look for the one that was printed when this database was made",
        ),
    )
}

pub(super) fn lost() -> Failure {
    Failure::input(
        "KEYS-LOST",
        told(
            format!("数据库旁边的密钥文件 {} 不见了，口令单独打不开数据库。", zizhi_store::KEYS_FILE),
            format!(
                "{}, the key file beside the database, is gone; the passphrase alone cannot open it",
                zizhi_store::KEYS_FILE
            ),
        ),
        Text::fixed(
            "请输入打印的恢复密钥，打开后重设口令；或者从备份恢复，备份里有密钥文件。",
            "type the printed recovery key and set a new passphrase; or restore a backup, which holds the key file",
        ),
    )
}

pub(super) fn damaged() -> Failure {
    Failure::input(
        "KEYS-DAMAGED",
        told(
            format!("数据库旁边的密钥文件 {} 已损坏，没有打开，也没有改动。", zizhi_store::KEYS_FILE),
            format!(
                "{}, the key file beside the database, is damaged; nothing was opened or changed",
                zizhi_store::KEYS_FILE
            ),
        ),
        Text::fixed(
            "请输入打印的恢复密钥，打开后重设口令；或者从备份恢复。",
            "type the printed recovery key and set a new passphrase; or restore a backup",
        ),
    )
}

pub(super) fn newer(version: i64) -> Failure {
    Failure::refused(
        "KEYS-NEWER",
        format!("密钥文件由更新版本的程序写成（版本 {version}），没有打开，也没有改动。"),
        format!("a newer program wrote the key file (version {version}); nothing was opened or changed"),
        "请升级本程序后再打开。",
        "update this program, then open it",
    )
}

pub(super) fn no_key(use_: &str) -> Failure {
    Failure::refused(
        "KEY-NONE",
        format!("数据库里没有可用于“{}”的签名密钥，没有签名。", use_zh(use_)),
        format!("the database holds no signing key for {use_}; nothing was signed"),
        "请确认本机构的身份（企业或孵化器）是否正确；需要时添加一个签名密钥。",
        "check whether this organisation is set up as a firm or an incubator; add a signing key if needed",
    )
}

fn use_zh(use_: &str) -> &str {
    match use_ {
        "credential" => "签发凭证",
        "status" => "签发吊销名单",
        "decision" => "决定",
        "request" => "核验请求",
        "report" => "核验报告",
        _ => "签署档案",
    }
}

pub(super) fn damaged_key(kid: &str) -> Failure {
    Failure::refused(
        "KEY-SEALED",
        format!("签名密钥 {kid} 打不开：它的内容已损坏。没有签名。"),
        format!("signing key {kid} does not open: it is damaged; nothing was signed"),
        "请从备份恢复数据库；没有备份时，请换用新的密钥并通知名录管理方。",
        "restore a backup; without one, make a new key and tell who keeps the register",
    )
}

pub(super) fn unreadable_inbox(error: VaultError) -> Failure {
    Failure::input(
        "KEY-SEALED",
        Text::fixed(
            "收件密钥打不开：它的内容已损坏。数据库没有打开。",
            "an inbox key does not open: it is damaged; the database was not opened",
        ),
        Text::fixed("请从备份恢复数据库。", "restore a backup"),
    )
    .because(error)
}

pub(super) fn no_identity(error: SealedError) -> Failure {
    Failure::input(
        "KEY-SEALED",
        Text::fixed("所给的不是收件密钥，没有保存。", "what was given is no inbox key; nothing was kept"),
        Text::fixed("请向给出文件的人索取新的文件。", "ask whoever gave you the file for a new one"),
    )
    .because(error)
}

pub(super) fn no_algorithm(error: KeyError) -> Failure {
    Failure::input(
        "KEY-ALG",
        Text::fixed(
            "无法生成这种算法的密钥，没有写入任何内容。",
            "no key of this algorithm could be made; nothing was written",
        ),
        Text::fixed("请改用ES256。", "use ES256"),
    )
    .because(error)
}

pub(super) fn unsealed(error: VaultError) -> Failure {
    Failure::internal("密钥没有封存成功，没有保存。", "a key could not be sealed; nothing was kept")
        .because(error)
}

pub(super) fn unwritten(error: serde_json::Error) -> Failure {
    Failure::internal("密钥文件没有写成，没有保存。", "the key file could not be written; nothing was kept")
        .because(error)
}
