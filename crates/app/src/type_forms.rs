//! Types of credential as forms: which claims a person fills in, and what was typed as claims.
//!
//! A type is data (SD-JWT VC type metadata), so a new type in the trust data is a new form here and needs
//! no code. Claims that everybody sees (`iss`, `name`, `region` …), the attestation and the list of
//! attachments are no fields: the program fills them in. Neither are objects and lists of objects, which a
//! form of one line for each claim cannot hold.

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;
use zizhi_credential::types::{
    ClaimMetadata, PathPart, SelectiveDisclosure, TypeMetadata, ValueKind, builtin,
};
use zizhi_model::money::Fen;
use zizhi_model::{OrgId, Provenance, Region, Text, Uscc, civil};
use zizhi_trust::Trust;

use crate::claim_lines::metadata;
use crate::failure::{Failure, told};
use crate::issue_values::is_decimal;

/// Claims that stand in every credential and are no fields.
const FILLED_IN: [&str; 2] = ["attested", "attachments"];
/// The last civil day of validity, which forms ask for by itself.
pub const VALID_UNTIL: &str = "valid_until";

/// A type as a form.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeForm {
    /// Its id, such as `financing-event`.
    pub id: String,
    /// The name of the type in credentials.
    pub vct: String,
    /// What it is called.
    pub title: Text,
    /// What it says.
    pub description: Text,
    /// How it may be stated.
    pub provenance: Vec<Provenance>,
    /// Its fields.
    pub fields: Vec<FormField>,
}

/// A claim as a field.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// The claim's name.
    pub name: String,
    /// What it is called.
    pub label: Text,
    /// How it is typed in.
    pub kind: FieldKind,
    /// How it is stored.
    pub value: ValueKind,
    /// Whether it has to be there.
    pub required: bool,
    /// The values to choose from, each with what it is called; empty for free entry.
    pub choices: Vec<(String, Text)>,
}

/// How a value is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// A civil date.
    Date,
    /// A whole number.
    Integer,
    /// Money, in 元.
    Money,
    /// Yes or no.
    Boolean,
    /// A region of six digits.
    Region,
    /// Several texts, one on a line.
    TextList,
}

/// Every type that is known: those that are built in, as the trust data has them, and those that only the
/// trust data has.
#[must_use]
pub fn known_types(trust: &Trust) -> Vec<TypeMetadata> {
    let own = builtin().iter().map(|own| metadata(&own.vct, Some(trust)).unwrap_or_else(|| own.clone()));
    let mut types: Vec<TypeMetadata> = own.collect();
    for path in trust.types() {
        let published = trust.type_metadata(&path).ok().flatten();
        if let Some(found) = published.and_then(|target| TypeMetadata::parse(&target.bytes).ok())
            && types.iter().all(|known| known.vct != found.vct)
        {
            types.push(found);
        }
    }
    types
}

/// The form of a type.
#[must_use]
pub fn form(metadata: &TypeMetadata) -> TypeForm {
    let all = || Provenance::ALL.to_vec();
    TypeForm {
        id: metadata.id().to_owned(),
        vct: metadata.vct.clone(),
        title: metadata.name(),
        description: description(metadata),
        provenance: if metadata.provenance.is_empty() { all() } else { metadata.provenance.clone() },
        fields: metadata.claims.iter().filter_map(|claim| field(claim, metadata)).collect(),
    }
}

/// What was typed, as claims. Empty values are left out; the mandatory ones are insisted on when the
/// statement is signed.
///
/// # Errors
/// `FORM-VALUE` naming the field whose text is not what it takes; `FORM-FIELD` for one that the type lacks.
pub fn claims<'t>(
    form: &TypeForm,
    typed: impl IntoIterator<Item = (&'t str, &'t str)>,
) -> Result<Map<String, Value>, Failure> {
    let mut claims = Map::new();
    for (name, text) in typed {
        let field = form.fields.iter().find(|field| field.name == name);
        let field = field.ok_or_else(|| no_field(&form.title, name))?;
        if let Some(value) = value(field, text)? {
            claims.insert(name.to_owned(), value);
        }
    }
    Ok(claims)
}

/// One typed text as the value it stands for; nothing where it is empty.
///
/// # Errors
/// `FORM-VALUE`.
pub fn value(field: &FormField, text: &str) -> Result<Option<Value>, Failure> {
    let text: String = text.trim().nfc().collect();
    if text.is_empty() {
        return Ok(None);
    }
    let folded = || text.nfkc().collect::<String>();
    let read = match field.kind {
        FieldKind::Date => civil::parse_date(&folded()).ok().map(|day| day.to_string().into()),
        FieldKind::Integer => folded().replace(',', "").parse::<i64>().ok().map(Value::from),
        FieldKind::Money => Fen::parse(&text).ok().map(|fen| fen.0.into()),
        FieldKind::Boolean => match folded().as_str() {
            "true" | "是" => Some(true.into()),
            "false" | "否" => Some(false.into()),
            _ => None,
        },
        FieldKind::Region => Region::parse(&folded()).ok().map(|region| region.as_str().into()),
        FieldKind::TextList => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Some(lines.map(Value::from).collect())
        }
        FieldKind::Text => plain(field, &text, &folded()),
    };
    read.map(Some).ok_or_else(|| no_value(field, &text))
}

fn plain(field: &FormField, text: &str, folded: &str) -> Option<Value> {
    if !field.choices.is_empty() {
        return field.choices.iter().find(|(value, _)| value == text).map(|(value, _)| value.as_str().into());
    }
    match field.value {
        ValueKind::Uscc => Uscc::parse_lenient(text).ok().map(|uscc| uscc.as_str().into()),
        ValueKind::Organisation => {
            let bare = text.strip_prefix("urn:uscc:").unwrap_or(text);
            Uscc::parse_lenient(bare).ok().map(|uscc| OrgId::from(uscc).to_string().into())
        }
        ValueKind::Decimal => is_decimal(folded).then(|| folded.into()),
        _ => Some(text.into()),
    }
}

fn field(claim: &ClaimMetadata, metadata: &TypeMetadata) -> Option<FormField> {
    let [PathPart::Member(name)] = claim.path.as_slice() else { return None };
    let filled_in = FILLED_IN.contains(&name.as_str()) || claim.sd == SelectiveDisclosure::Never;
    let kind = match claim.value {
        ValueKind::Object | ValueKind::Time | ValueKind::Digest => return None,
        ValueKind::List if lists_objects(name, metadata) => return None,
        ValueKind::List => FieldKind::TextList,
        ValueKind::Date => FieldKind::Date,
        ValueKind::Integer => FieldKind::Integer,
        ValueKind::Money => FieldKind::Money,
        ValueKind::Boolean => FieldKind::Boolean,
        ValueKind::Region => FieldKind::Region,
        _ => FieldKind::Text,
    };
    let raw = |text: &str| Text { zh: text.to_owned().into(), en: None };
    let choices = claim.choices.iter();
    let choices = choices.map(|choice| {
        (choice.value.clone(), claim.choice(&choice.value).unwrap_or_else(|| raw(&choice.value)))
    });
    (!filled_in).then(|| FormField {
        name: name.clone(),
        label: claim.label().unwrap_or_else(|| raw(name)),
        kind,
        value: claim.value,
        required: claim.mandatory,
        choices: choices.collect(),
    })
}

/// Whether the elements of the list `name` have members of their own.
fn lists_objects(name: &str, metadata: &TypeMetadata) -> bool {
    metadata.claims.iter().any(|claim| match claim.path.as_slice() {
        [PathPart::Member(list), PathPart::Every(()), PathPart::Member(_), ..] => list == name,
        _ => false,
    })
}

/// The sentence on what the type says, in both languages where it has both.
fn description(metadata: &TypeMetadata) -> Text {
    let in_language = |language: &str| {
        let display = metadata.display.iter().find(|display| display.locale.starts_with(language));
        display.and_then(|display| display.description.clone())
    };
    let (zh, en) = (in_language("zh"), in_language("en"));
    let source = zh.or_else(|| en.clone()).unwrap_or_default();
    Text { zh: source.into(), en: en.map(Into::into) }
}

fn no_value(field: &FormField, text: &str) -> Failure {
    let (zh, en) = match (field.kind, field.value) {
        _ if !field.choices.is_empty() => ("请从列表中选择。", "choose one of the list"),
        (FieldKind::Date, _) => ("日期请写成 2026-11-23。", "write a date as 2026-11-23"),
        (FieldKind::Integer, _) => ("请填写整数。", "give a whole number"),
        (FieldKind::Money, _) => (
            "金额请写成 28,800.00 或 120.00万元，最多到分。",
            "write an amount as 28,800.00 in 元, or 120.00万元, to the 分 at most",
        ),
        (FieldKind::Boolean, _) => ("请选择“是”或“否”。", "choose yes or no"),
        (FieldKind::Region, _) => {
            ("请选择地区，或填写六位行政区划代码。", "choose a region, or give its six digits")
        }
        (_, ValueKind::Uscc | ValueKind::Organisation) => (
            "请核对18位统一社会信用代码，尤其是最后一位校验位。",
            "look at the 18 characters of the code again, the last of which is a check character",
        ),
        (_, ValueKind::Decimal) => ("请填写数字，例如 12.5。", "give a number such as 12.5"),
        _ => ("请核对填写的内容。", "look at what was typed again"),
    };
    let label = &field.label;
    Failure::input(
        "FORM-VALUE",
        told(
            format!("“{}”填写的“{text}”不合要求，没有签署。", label.zh),
            format!("{text:?} is not what {} takes; nothing was signed", label.en()),
        ),
        Text::fixed(zh, en),
    )
}

fn no_field(title: &Text, name: &str) -> Failure {
    Failure::refused(
        "FORM-FIELD",
        format!("“{}”没有字段 {name}，没有签署。", title.zh),
        format!("{} has no field {name}; nothing was signed", title.en()),
        "该类型的定义可能已更新，请重新打开表单。",
        "its definition may have changed; open the form again",
    )
}
