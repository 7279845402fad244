//! How the person at the desk wants to see a table: filters that were given a name, and columns that are left out. Filters
//! hold names of firms, so they are kept inside the database. What they say is the interface's own affair.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use zizhi_model::Text;
use zizhi_model::text::hides;
use zizhi_store::{Database, Reader};

use crate::Host;
use crate::failure::Failure;
use crate::hub_join::entry;

/// The setting that holds them, by table.
const SETTING: &str = "table_views";
/// Named filters of one table.
const FILTERS: usize = 30;
/// Characters of a filter's name.
const NAME: usize = 30;
/// Bytes of a filter, and of the name of a table or column.
const BYTES: usize = 4096;

/// How one table is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableViews {
    /// In the order in which they were named.
    pub filters: Vec<NamedFilter>,
    /// The keys of columns that are left out.
    pub hidden: Vec<String>,
}

/// A filter that somebody gave a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedFilter {
    /// Its name, once in a table.
    pub name: String,
    /// What it asks for, as the interface writes it.
    pub filter: String,
}

/// How `table` is wanted; as it comes where nobody said.
///
/// # Errors
/// As every read of the database.
pub fn get(reader: &Reader<'_>, table: &str) -> Result<TableViews, Failure> {
    let kept = all(reader)?.remove(table);
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

/// Keeps how `table` is wanted.
///
/// # Errors
/// `VIEW-NAME` for a name that is empty, too long, cannot be seen, or is there twice; `VIEW-MANY`; as every write to the
/// database.
pub fn save(
    database: &Database,
    table: &str,
    views: &TableViews,
    host: &dyn Host,
) -> Result<TableViews, Failure> {
    let mut views = views.clone();
    for (place, filter) in views.filters.iter_mut().enumerate() {
        filter.name = filter.name.trim().to_owned();
        let length = filter.name.chars().count();
        if place >= FILTERS {
            return Err(many());
        }
        if !(1..=NAME).contains(&length) || filter.name.chars().any(hides) {
            return Err(name());
        }
    }
    let twice = |(place, filter): (usize, &NamedFilter)| {
        views.filters.iter().skip(place + 1).any(|other| other.name == filter.name)
    };
    if views.filters.iter().enumerate().any(twice) {
        return Err(name());
    }
    let words = views.filters.iter().map(|filter| &filter.filter).chain(&views.hidden);
    if views.hidden.len() > FILTERS
        || words.map(String::len).chain([table.len()]).any(|length| length > BYTES)
    {
        return Err(many());
    }
    let entry = entry(database, "views.saved", host)?;
    let writer = database.writer()?;
    let mut kept = all(&writer)?;
    kept.insert(table.to_owned(), json!(views));
    if kept.len() > FILTERS {
        return Err(many());
    }
    writer.put_setting(SETTING, &Value::Object(kept))?;
    writer.commit(&entry)?;
    Ok(views)
}

fn all(reader: &Reader<'_>) -> Result<Map<String, Value>, Failure> {
    // What cannot be read is wanted by nobody any more.
    Ok(match reader.setting(SETTING)? {
        Some(Value::Object(kept)) => kept,
        _ => Map::new(),
    })
}

fn name() -> Failure {
    Failure::input(
        "VIEW-NAME",
        Text::fixed(
            "方案名称不能用，没有保存：要有1到30个字，不能与已有的相同。",
            "this name cannot be used, and nothing was kept: it needs 1 to 30 characters, and not those of another one",
        ),
        Text::fixed("请换一个名称。", "choose another name"),
    )
}

fn many() -> Failure {
    Failure::input(
        "VIEW-MANY",
        Text::fixed(
            "保存的方案太多或太长，没有保存。",
            "there are too many of them, or one is too long; nothing was kept",
        ),
        Text::fixed("请先删去不用的方案。", "remove those that nobody uses first"),
    )
}
