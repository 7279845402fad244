//! What the codes of the activity log are called.

use std::borrow::Cow;

use zizhi_model::Text;

/// Every code with its name in Chinese and English.
pub const ACTIONS: &[(&str, &str, &str)] = &[
    ("backup.drilled", "演练恢复备份", "Tried a backup"),
    ("backup.made", "制作备份", "Made a backup"),
    ("backup.restored", "从备份恢复", "Restored a backup"),
    ("key.added", "添加签名密钥", "Added a signing key"),
    ("session.created", "新建数据库", "Made the database"),
    ("session.passphrase_changed", "更改口令", "Changed the passphrase"),
    ("setting.changed", "更改设置", "Changed settings"),
    ("trust.imported", "导入信任数据", "Imported trust data"),
    ("trust.time_seen", "记下信任数据的时间", "Noted the time of the trust data"),
];

/// What a code is called. A code of a newer program is its own name.
#[must_use]
pub fn title(action: &str) -> Text {
    let known = ACTIONS.iter().find(|(code, ..)| *code == action);
    known.map_or_else(
        || Text { zh: Cow::Owned(action.to_owned()), en: Some(Cow::Owned(action.to_owned())) },
        |(_, zh, en)| Text::fixed(zh, en),
    )
}
