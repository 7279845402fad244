//! What a credential says, line by line, in the words of its type metadata.

use serde::Serialize;
use serde_json::Value;
use zizhi_credential::types::{self, ClaimMetadata, TypeMetadata, ValueKind};
use zizhi_credential::{Path, Step};
use zizhi_crypto::{b64, digest};
use zizhi_model::money::Fen;
use zizhi_model::{OrgId, Region, Text, civil};
use zizhi_trust::Trust;

use crate::failure::told;

/// Claims that only machines read, or that stand above the page.
const NOT_SHOWN: [&str; 4] = ["cnf", "status", "vct", "vct#integrity"];

/// One claim with its value. An object or array is its members' lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimLine {
    /// Where it stands, as `--disclose` takes it.
    pub path: String,
    /// What it is called; nothing if the type does not say.
    pub label: Option<Text>,
    /// Its value for a person.
    pub value: Text,
    /// How deep it stands: 0 at the top.
    pub depth: usize,
}

/// The metadata of a type: from the trust data if it has it, else what is built in.
pub(crate) fn metadata(vct: &str, trust: Option<&Trust>) -> Option<TypeMetadata> {
    let published = trust.into_iter().flat_map(|trust| {
        let wanted = vct.strip_prefix("urn:zizhitong:credential:").and_then(|rest| rest.split(':').next());
        let path = wanted.map(|id| format!("types/{id}.json"));
        path.and_then(|path| trust.type_metadata(&path).ok().flatten())
    });
    let mut published = published.filter_map(|target| TypeMetadata::parse(&target.bytes).ok());
    published.find(|metadata| metadata.vct == vct).or_else(|| types::find(vct).cloned())
}

/// The claims of a processed payload, in the order of the metadata.
pub(crate) fn claim_lines(payload: &Value, metadata: Option<&TypeMetadata>) -> Vec<ClaimLine> {
    let Some(members) = payload.as_object() else { return Vec::new() };
    let place = |name: &str| {
        let claims = metadata.map(|metadata| metadata.claims.as_slice()).unwrap_or_default();
        let path: Path<'_> = std::iter::once(Step::Member(name.into())).collect();
        claims.iter().position(|claim| claim.is_at(&path)).unwrap_or(usize::MAX)
    };
    let mut names: Vec<&String> = members.keys().filter(|name| !NOT_SHOWN.contains(&name.as_str())).collect();
    names.sort_by_key(|name| place(name));
    let mut lines = Vec::new();
    for name in names {
        let Some(value) = members.get(name) else { continue };
        walk(value, &[Step::Member(name.as_str().into())], metadata, &mut lines);
    }
    lines
}

fn walk(value: &Value, at: &[Step<'_>], metadata: Option<&TypeMetadata>, lines: &mut Vec<ClaimLine>) {
    let path: Path<'_> = at.iter().cloned().collect();
    let claim = metadata.and_then(|metadata| metadata.claim(&path));
    let line = |value| ClaimLine {
        path: path.to_string(),
        label: claim.and_then(ClaimMetadata::label),
        value,
        depth: at.len().saturating_sub(1),
    };
    let below = |step| [at, &[step]].concat();
    match value {
        Value::Object(members) if !members.is_empty() => {
            lines.push(line(Text::fixed("", "")));
            for (name, value) in members {
                walk(value, &below(Step::Member(name.as_str().into())), metadata, lines);
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            lines.push(line(Text::fixed("", "")));
            for (index, value) in elements.iter().enumerate() {
                walk(value, &below(Step::Element(index)), metadata, lines);
            }
        }
        plain => lines.push(line(shown(plain, claim))),
    }
}

/// A value as a person reads it; as it stands where it is not what its kind says.
fn shown(value: &Value, claim: Option<&ClaimMetadata>) -> Text {
    let raw = || match value {
        Value::Array(elements) if elements.is_empty() => Text::fixed("无", "none"),
        Value::Object(members) if members.is_empty() => Text::fixed("无", "none"),
        Value::Null => Text::fixed("无", "none"),
        Value::String(text) => same(text.clone()),
        other => same(other.to_string()),
    };
    let kind = claim.map(|claim| claim.value).unwrap_or_default();
    let read = match (kind, value) {
        (ValueKind::Choice, Value::String(text)) => claim.and_then(|claim| claim.choice(text)),
        (ValueKind::Boolean, Value::Bool(true)) => Some(Text::fixed("是", "yes")),
        (ValueKind::Boolean, Value::Bool(false)) => Some(Text::fixed("否", "no")),
        (ValueKind::Time, Value::Number(seconds)) => seconds
            .as_i64()
            .and_then(civil::from_numeric_date)
            .map(|time| told(civil::time_zh(time), civil::time_en(time))),
        (ValueKind::Money, Value::Number(fen)) => {
            fen.as_i64().map(|fen| told(Fen(fen).yuan(), Fen(fen).yuan()))
        }
        (ValueKind::Region, Value::String(code)) => {
            Region::parse(code).ok().map(|region| same(region.label().into_owned()))
        }
        (ValueKind::Organisation, Value::String(org)) => {
            OrgId::parse(org).ok().map(|org| same(org.uscc().to_string()))
        }
        (ValueKind::Digest, Value::String(text)) => b64::decode(text)
            .ok()
            .filter(|bytes| bytes.len() == 32)
            .map(|bytes| same(digest::hex_groups(&bytes))),
        _ => None,
    };
    read.unwrap_or_else(raw)
}

/// A name of data, which is the same in every language.
pub(crate) fn same(text: String) -> Text {
    Text { zh: text.into(), en: None }
}
