//! What a change of a firm says in the activity log: which fields, from what to what. Of a person and of a key the log
//! holds no more than that they were changed.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use zizhi_model::{Region, Text};
use zizhi_store::FirmState;

use crate::failure::told;
use crate::register_fields::Field;
use crate::register_firms::FirmFacts;

/// Characters of the longest value that a row of the log repeats.
const SHORT: usize = 40;

/// Fields by their names in the log.
const FIELDS: [(&str, Field); 14] = [
    ("uscc", Field::Uscc),
    ("name", Field::Name),
    ("former_names", Field::FormerName),
    ("region", Field::Region),
    ("established_on", Field::EstablishedOn),
    ("entered_on", Field::EnteredOn),
    ("incubation_deadline", Field::IncubationDeadline),
    ("site_address", Field::SiteAddress),
    ("area_sqm", Field::AreaSqm),
    ("rd_on_site", Field::RdOnSite),
    ("field", Field::Field),
    ("agreement_no", Field::AgreementNo),
    ("contact", Field::ContactName),
    ("holder_key", Field::HolderKey),
];

/// The fields that differ, each with its values before and after, or with nothing where they are not told.
pub(crate) fn changes(before: &FirmFacts, after: &FirmFacts) -> Value {
    let mut changed = Map::new();
    let mut note = |name: &str, from: Value, to: Value| {
        if from != to {
            changed.insert(name.to_owned(), json!([from, to]));
        }
    };
    let day = |day: Option<NaiveDate>| json!(day.map(|day| day.to_string()));
    let region = |region: Option<Region>| json!(region.map(|region| region.as_str().to_owned()));
    note("uscc", json!(before.uscc.as_str()), json!(after.uscc.as_str()));
    note("name", json!(before.name), json!(after.name));
    note("region", region(before.region), region(after.region));
    note("established_on", day(before.established_on), day(after.established_on));
    note("entered_on", day(before.entered_on), day(after.entered_on));
    note("incubation_deadline", day(before.incubation_deadline), day(after.incubation_deadline));
    note("site_address", json!(before.site_address), json!(after.site_address));
    note("area_sqm", json!(before.area_sqm), json!(after.area_sqm));
    note("rd_on_site", json!(before.rd_on_site), json!(after.rd_on_site));
    note("field", json!(before.field), json!(after.field));
    note("agreement_no", json!(before.agreement_no), json!(after.agreement_no));
    note("state", json!(before.state.as_str()), json!(after.state.as_str()));
    let contact = |facts: &FirmFacts| (facts.contact_name.clone(), facts.contact_phone.clone());
    for (name, differs) in [
        ("former_names", before.former_names != after.former_names),
        ("contact", contact(before) != contact(after)),
        ("holder_key", before.holder != after.holder),
    ] {
        if differs {
            changed.insert(name.to_owned(), Value::Null);
        }
    }
    Value::Object(changed)
}

/// What a row says of a changed field; nothing for a name that this program does not know.
pub(crate) fn words(name: &str, values: &Value) -> Option<Text> {
    let label = match name {
        "state" => Text::fixed("在园状态", "state"),
        name => FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| field.label())?,
    };
    let Some((from, to)) = values.get(0).zip(values.get(1)) else { return Some(label) };
    let (from, to) = (value(name, from), value(name, to));
    Some(told(
        format!("{}：{} → {}", label.zh, from.zh, to.zh),
        format!("{}: {} → {}", label.en(), from.en(), to.en()),
    ))
}

fn value(name: &str, value: &Value) -> Text {
    let text = match value {
        Value::Bool(true) => return Text::fixed("是", "yes"),
        Value::Bool(false) => return Text::fixed("否", "no"),
        Value::Number(number) => number.to_string(),
        Value::String(text) => match name {
            "region" => {
                Region::parse(text).map_or_else(|_| text.clone(), |region| region.label().into_owned())
            }
            "state" => return state(text),
            _ => text.clone(),
        },
        _ => return Text::fixed("未填写", "none"),
    };
    let short: String = text.chars().take(SHORT).collect();
    let shown = if short.len() < text.len() { format!("{short}…") } else { short };
    told(shown.clone(), shown)
}

fn state(text: &str) -> Text {
    FirmState::parse(text).map_or_else(|| told(text.to_owned(), text.to_owned()), state_name)
}

/// What it is called where a firm stands.
pub(crate) const fn state_name(state: FirmState) -> Text {
    match state {
        FirmState::In => Text::fixed("在孵", "in incubation"),
        FirmState::Graduated => Text::fixed("毕业", "graduated"),
        FirmState::Left => Text::fixed("退出", "left"),
    }
}
