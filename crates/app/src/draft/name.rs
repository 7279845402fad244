//! What an attachment may be called: the same in a folder and in the database.

use crate::failure::Failure;
use crate::firm::nfc;

/// A name for people, as it was typed: one that can be signed, and that stays one file when it is taken out again on any
/// system.
pub(crate) fn named(name: &str) -> Result<String, Failure> {
    let name = nfc(name.trim());
    if zizhi_archive::is_safe_path(&name) && !name.contains('/') { Ok(name) } else { Err(no_name(&name)) }
}

fn no_name(name: &str) -> Failure {
    let short: String = name.chars().take(60).collect();
    Failure::refused(
        "DRAFT-NAME",
        format!("“{short}”不能用作附件名，没有改动。"),
        format!("{short:?} cannot be the name of an attachment; nothing was changed"),
        "请给它普通的文件名：不为空，不含斜杠、冒号等符号和换行，不超过255字节；文件本身叫这个名称的，先改文件名，再附加。",
        "give it a plain file name: not empty, without slashes, colons and the like and without line breaks, at most 255 bytes; rename a file that is called so, then attach it",
    )
}
