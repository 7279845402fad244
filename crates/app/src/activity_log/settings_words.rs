//! Settings in a row of the log: which one was changed, from what to what.

use serde_json::Value;
use zizhi_model::Text;
use zizhi_store::Activity;

use super::several::join;
use crate::failure::told;
use crate::settings::OPERATOR;

/// What a change of settings says. A row of an earlier program has only their names.
pub(super) fn settings(entry: &Activity) -> Option<Text> {
    match entry.summary.get("settings")? {
        Value::Object(changed) => join(changed.iter().map(|(name, values)| match name.as_str() {
            OPERATOR => Some(at_desk(&entry.actor)),
            name => moved(name, values),
        })),
        Value::Array(names) => join(names.iter().map(|name| named(name.as_str()?))),
        _ => None,
    }
}

/// Who is at the desk from then on.
fn at_desk(actor: &str) -> Text {
    if actor.is_empty() {
        return Text::fixed("不再写明经办人", "no operator any more");
    }
    told(format!("经办人改为 {actor}"), format!("the operator is now {actor}"))
}

fn moved(name: &str, values: &Value) -> Option<Text> {
    let known = named(name)?;
    let (from, to) = (value(name, values.get(0)?), value(name, values.get(1)?));
    Some(told(
        format!("{}：{} → {}", known.zh, from.zh, to.zh),
        format!("{}: {} → {}", known.en(), from.en(), to.en()),
    ))
}

fn named(name: &str) -> Option<Text> {
    Some(match name {
        "idle_minutes" => Text::fixed("无操作后锁定", "locked after"),
        "four_eyes" => Text::fixed("决定需要复核人", "a decision needs a second person"),
        "backup_folder" => Text::fixed("备份文件夹", "folder for backups"),
        OPERATOR => Text::fixed("经办人", "operator"),
        _ => return None,
    })
}

fn value(name: &str, value: &Value) -> Text {
    match (name, value) {
        ("idle_minutes", Value::Number(minutes)) if minutes.as_u64() == Some(0) => {
            Text::fixed("从不", "never")
        }
        ("idle_minutes", Value::Number(minutes)) => {
            told(format!("{minutes} 分钟"), format!("{minutes} minutes"))
        }
        (_, Value::Bool(true)) => Text::fixed("是", "yes"),
        (_, Value::Bool(false)) => Text::fixed("否", "no"),
        (_, Value::String(text)) if !text.is_empty() => told(text.clone(), text.clone()),
        _ => Text::fixed("未填写", "none"),
    }
}
