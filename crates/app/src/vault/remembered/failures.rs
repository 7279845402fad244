//! Why the keychain does not open a database, or does not remember it.

use zizhi_model::Text;

use crate::failure::Failure;
use crate::keychain::KeychainError;

/// It was asked to open the database.
pub(super) fn not_given(error: KeychainError) -> Failure {
    let failure = match &error {
        KeychainError::Absent(_) => Failure::input(
            "KEYCHAIN-NONE",
            Text::fixed(
                "系统钥匙串没有运行，数据库没有自动打开，数据没有受影响。",
                "the system's keychain is not running, so the database did not open by itself; no data are affected",
            ),
            Text::fixed(
                "请输入口令打开。系统钥匙串恢复后，下次启动又会自动打开。",
                "open it with the passphrase; once the keychain runs again, the next start opens it by itself",
            ),
        ),
        KeychainError::Refused(_) => Failure::input(
            "KEYCHAIN-REFUSED",
            Text::fixed(
                "系统钥匙串锁着，或没有同意交出密钥，数据库没有自动打开，数据没有受影响。",
                "the system's keychain is locked or gave no key, so the database did not open by itself; no data are affected",
            ),
            Text::fixed(
                "请输入口令打开。系统钥匙串解锁以后，下次启动又会自动打开。",
                "open it with the passphrase; once the keychain is unlocked, the next start opens it by itself",
            ),
        ),
    };
    failure.because(error)
}

/// It was asked to remember.
pub(super) fn not_kept(error: KeychainError) -> Failure {
    let failure = match &error {
        KeychainError::Absent(_) => Failure::input(
            "KEYCHAIN-NONE",
            Text::fixed(
                "系统钥匙串没有运行，这台电脑没有记住数据库，下次启动仍要输入口令。",
                "the system's keychain is not running; this computer does not remember the database, and the next start asks for the passphrase",
            ),
            Text::fixed(
                "请照常使用。要记住的，先启用系统钥匙串（Linux 上如 gnome-keyring、KWallet），重新启动本程序，解锁时再勾选一次。",
                "work as usual; to have it remembered, start the keychain (gnome-keyring or KWallet on Linux), start this program again, and tick the box when you unlock",
            ),
        ),
        KeychainError::Refused(_) => Failure::input(
            "KEYCHAIN-REFUSED",
            Text::fixed(
                "系统钥匙串锁着，或没有同意保存，这台电脑没有记住数据库，下次启动仍要输入口令。",
                "the system's keychain is locked or refused; this computer does not remember the database, and the next start asks for the passphrase",
            ),
            Text::fixed(
                "请照常使用。要记住的，先解锁系统钥匙串，下次解锁数据库时再勾选一次。",
                "work as usual; to have it remembered, unlock the keychain and tick the box at the next unlocking",
            ),
        ),
    };
    failure.because(error)
}

/// One half is gone, or the two do not belong together any more.
pub(super) fn lost() -> Failure {
    Failure::input(
        "KEYCHAIN-LOST",
        Text::fixed(
            "系统钥匙串里打开这个数据库的条目不见了，或已经不相符，数据库没有自动打开，数据没有受影响。",
            "the keychain's entry for this database is gone or fits no more, so the database did not open by itself; no data are affected",
        ),
        Text::fixed(
            "请输入口令打开；保持“在这台电脑上记住”勾选着，就会重新记住。",
            "open it with the passphrase; if the box to remember it stays ticked, it is remembered anew",
        ),
    )
}

/// Forgotten, but for the keychain's half.
pub(super) fn left_behind(entry: &str, error: KeychainError) -> Failure {
    Failure::refused(
        "KEYCHAIN-LEFT",
        format!("这台电脑不再记住数据库，但系统钥匙串里的条目 {entry} 没有删除成功；它单独打不开任何内容。"),
        format!(
            "this computer remembers the database no more, but the keychain's entry {entry} could not be removed; alone it opens nothing"
        ),
        "不必处理；也可以在系统的钥匙串管理程序里删除这个条目。",
        "nothing need be done; the entry can be removed in the system's own keychain program",
    )
    .because(error)
}
