//! What a person chose. How the window looks is kept beside the database, since it is needed before the
//! database is open, and tells nothing of anybody; everything else is kept inside.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use zizhi_store::{Database, Entry, Reader};

use crate::failure::Failure;
use crate::{Host, files};

const FILE: &str = "settings.json";
const LIMIT: u64 = 16 * 1024;
/// The setting that says who is at the desk.
pub(crate) const OPERATOR: &str = "operator";

/// The language of the interface and of documents.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// The look of the window.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How the window looks.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The language.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// 大字模式
    pub large_text: bool,
}

/// What belongs to the organisation and the person at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habits {
    /// Minutes without input after which the database is locked; 0 never.
    pub idle_minutes: u32,
    /// Whether a decision needs a second person.
    pub four_eyes: bool,
    /// Where backups go besides the database's own folder.
    pub backup_folder: Option<String>,
    /// Who is at the desk, as documents and the activity log name them.
    pub operator: String,
}

impl Default for Habits {
    fn default() -> Self {
        Self { idle_minutes: 10, four_eyes: false, backup_folder: None, operator: String::new() }
    }
}

/// How the window looks. Settings that cannot be read are the usual ones: nobody should be kept from
/// their work by a lost preference.
#[must_use]
pub fn look(data: &Path) -> Look {
    let text = files::read_text(&data.join(FILE), LIMIT);
    text.ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps how the window looks.
///
/// # Errors
/// `IO-WRITE`.
pub fn save_look(data: &Path, look: &Look) -> Result<(), Failure> {
    let text = serde_json::to_vec_pretty(look)
        .map_err(|error| Failure::internal("设置没有保存。", "the settings were not kept").because(error))?;
    files::write(&data.join(FILE), &text)
}

/// What was chosen inside a database.
///
/// # Errors
/// As every read of the database.
pub fn habits(reader: &Reader<'_>) -> Result<Habits, Failure> {
    let usual = Habits::default();
    let number = reader.setting("idle_minutes")?.and_then(|value| u32::try_from(value.as_u64()?).ok());
    let text = |name| -> Result<Option<String>, Failure> {
        Ok(reader.setting(name)?.and_then(|value| value.as_str().map(str::to_owned)))
    };
    Ok(Habits {
        idle_minutes: number.unwrap_or(usual.idle_minutes),
        four_eyes: reader.setting("four_eyes")?.and_then(|value| value.as_bool()).unwrap_or(usual.four_eyes),
        backup_folder: text("backup_folder")?,
        operator: text(OPERATOR)?.unwrap_or_default(),
    })
}

/// Keeps what was chosen, and tells the activity log which of it changed, from what to what.
///
/// # Errors
/// As every write to the database.
pub fn save_habits(database: &Database, habits: &Habits, host: &dyn Host) -> Result<(), Failure> {
    let before = self::habits(&database.reader()?)?;
    let all: [(&str, Value, Value); 4] = [
        ("idle_minutes", json!(before.idle_minutes), json!(habits.idle_minutes)),
        ("four_eyes", json!(before.four_eyes), json!(habits.four_eyes)),
        ("backup_folder", json!(before.backup_folder), json!(habits.backup_folder)),
        (OPERATOR, json!(before.operator), json!(habits.operator)),
    ];
    let moved: Vec<_> = all.into_iter().filter(|(_, before, after)| before != after).collect();
    if moved.is_empty() {
        return Ok(());
    }
    let writer = database.writer()?;
    for (name, _, after) in &moved {
        writer.put_setting(name, after)?;
    }
    // Who is at the desk now is whose row it is; the log holds no name beside that.
    let said = |name, before, after| if name == OPERATOR { Value::Null } else { json!([before, after]) };
    let changed: Map<String, Value> =
        moved.into_iter().map(|(name, before, after)| (name.to_owned(), said(name, before, after))).collect();
    let entry = Entry::new(host.now(), &habits.operator, "setting.changed");
    writer.commit(&entry.with(json!({ "settings": changed })))?;
    Ok(())
}

/// Who is at the desk, for the activity log; empty if nobody was named.
///
/// # Errors
/// As every read of the database.
pub fn actor(reader: &Reader<'_>) -> Result<String, Failure> {
    Ok(habits(reader)?.operator)
}
