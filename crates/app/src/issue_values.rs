//! What is looked at in a statement from a file before it is signed, since what is signed cannot be mended.
//! A day that does not exist and an amount that is none are refused: no reader could use them. Everything else
//! that does not agree with the type's metadata is remarked on, for types may be stated more freely than the
//! metadata at hand says.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use zizhi_credential::types::{self, ClaimMetadata, PathPart, TypeMetadata, ValueKind};
use zizhi_credential::{Path, Step};
use zizhi_model::{OrgId, Provenance, Region, Text, Uscc, civil};

use crate::failure::{Failure, told};

/// Claims of the statement itself, which every type has (formats.md §1).
const OF_EVERY_TYPE: [&str; 12] = [
    "iss",
    "sub",
    "vct",
    "vct#integrity",
    "iat",
    "nbf",
    "exp",
    "provenance",
    "name",
    "region",
    "status",
    "cnf",
];

/// What there is to remark on the claims of a statement.
///
/// # Errors
/// `ISSUE-VALUE` naming a claim that must be a day or an amount and is none.
pub(crate) fn remarks(
    claims: &Map<String, Value>,
    metadata: Option<&TypeMetadata>,
) -> Result<Vec<Text>, Failure> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let Some(metadata) = metadata else {
        return Ok(text("vct").map(unknown_type).into_iter().collect());
    };
    let mut remarks = Vec::new();
    let stated = text("provenance").and_then(Provenance::parse);
    if let Some(stated) = stated
        && !(metadata.provenance.is_empty() || metadata.provenance.contains(&stated))
    {
        remarks.push(not_so_stated(stated, metadata));
    }
    let mut unlisted = Vec::new();
    for (name, value) in claims {
        let mut at = vec![Step::Member(name.as_str().into())];
        walk(value, &mut at, metadata, &mut unlisted, &mut remarks)?;
    }
    if !unlisted.is_empty() {
        remarks.push(not_listed(&unlisted, metadata));
    }
    Ok(remarks)
}

/// What there is to remark on the days that a statement names, seen from `today`.
pub(crate) fn days(claims: &Map<String, Value>, today: NaiveDate) -> Vec<Text> {
    let day = |name: &str| civil::parse_date(claims.get(name)?.as_str()?).ok();
    let mut remarks = Vec::new();
    for name in ["valid_until", "incubation_deadline"] {
        if let Some(end) = day(name).filter(|end| *end < today) {
            remarks.push(told(format!("{name} {end} 已经过去"), format!("{name} {end} has passed")));
        }
    }
    for name in ["issued_on", "established_on", "entered_on", "graduated_on"] {
        if let Some(later) = day(name).filter(|later| *later > today) {
            remarks
                .push(told(format!("{name} {later} 还没有到"), format!("{name} {later} is in the future")));
        }
    }
    let orders =
        [("established_on", "entered_on"), ("issued_on", "valid_until"), ("valid_from", "valid_until")];
    for (first, second) in orders {
        if let (Some(before), Some(after)) = (day(first), day(second))
            && before > after
        {
            remarks.push(told(
                format!("{first} {before} 晚于 {second} {after}"),
                format!("{first} {before} is after {second} {after}"),
            ));
        }
    }
    remarks
}

fn walk<'c>(
    value: &'c Value,
    at: &mut Vec<Step<'c>>,
    metadata: &TypeMetadata,
    unlisted: &mut Vec<String>,
    remarks: &mut Vec<Text>,
) -> Result<(), Failure> {
    let path: Path<'_> = at.iter().cloned().collect();
    match metadata.claim(&path) {
        Some(claim) if fits(claim, value) => {}
        Some(claim) if matches!(claim.value, ValueKind::Date | ValueKind::Money) => {
            return Err(unfit(claim, &path, value));
        }
        Some(claim) => remarks.push(unusual(claim, &path, value)),
        None if is_of_every_type(at) => return Ok(()),
        // The elements of a list of words have no line of their own.
        None if matches!(at.last(), Some(Step::Element(_))) => {}
        None => {
            unlisted.push(path.to_string());
            return Ok(());
        }
    }
    let mut inside = |step, value| {
        at.push(step);
        let done = walk(value, at, metadata, unlisted, remarks);
        at.pop();
        done
    };
    match value {
        Value::Object(members) => {
            members.iter().try_for_each(|(name, value)| inside(Step::Member(name.as_str().into()), value))
        }
        Value::Array(elements) => {
            elements.iter().enumerate().try_for_each(|(index, value)| inside(Step::Element(index), value))
        }
        _ => Ok(()),
    }
}

fn is_of_every_type(at: &[Step<'_>]) -> bool {
    matches!(at.first(), Some(Step::Member(name)) if OF_EVERY_TYPE.contains(&name.as_ref()))
}

fn fits(claim: &ClaimMetadata, value: &Value) -> bool {
    let text = value.as_str();
    match claim.value {
        ValueKind::Date => text.is_some_and(|text| civil::parse_date(text).is_ok()),
        ValueKind::Time | ValueKind::Integer | ValueKind::Money => value.is_i64(),
        ValueKind::Decimal => text.is_some_and(is_decimal),
        ValueKind::Boolean => value.is_boolean(),
        ValueKind::Choice => text.is_some_and(|text| {
            claim.choices.is_empty() || claim.choices.iter().any(|choice| choice.value == text)
        }),
        ValueKind::Uscc => text.is_some_and(|text| Uscc::parse(text).is_ok()),
        ValueKind::Organisation => text.is_some_and(|text| OrgId::parse(text).is_ok()),
        ValueKind::Region => text.is_some_and(|text| Region::parse(text).is_ok()),
        ValueKind::Object => value.is_object(),
        ValueKind::List => value.is_array(),
        // What is wrong with the number of a certificate the verifier knows better.
        ValueKind::Url
        | ValueKind::Digest
        | ValueKind::HighTechNumber
        | ValueKind::TechSmeNumber
        | ValueKind::TechContractNumber
        | ValueKind::PatentNumber
        | ValueKind::SoftwareCopyrightNumber
        | ValueKind::Text => text.is_some_and(|text| !text.trim().is_empty()),
    }
}

/// Whether a text is a decimal number: digits, perhaps a point with digits after it, perhaps a minus.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    digits(whole) && digits(fraction)
}

fn unfit(claim: &ClaimMetadata, path: &Path<'_>, value: &Value) -> Failure {
    let (fact, advice) = (unusual(claim, path, value), form(claim));
    Failure::input(
        "ISSUE-VALUE",
        told(format!("{}，没有签发。", fact.zh), format!("{}; nothing was issued", fact.en())),
        told(format!("请写成{}。", advice.zh), format!("write {}", advice.en())),
    )
}

fn unusual(claim: &ClaimMetadata, path: &Path<'_>, value: &Value) -> Text {
    let label = claim.label();
    let (zh, en) = label.map_or((String::new(), String::new()), |label| {
        (format!("（{}）", label.zh), format!(" ({})", label.en()))
    });
    let form = form(claim);
    told(
        format!("声明中的 {path}{zh}是 {value}，不是{}", form.zh),
        format!("the claim {path}{en} is {value}, which is not {}", form.en()),
    )
}

/// What a claim takes.
fn form(claim: &ClaimMetadata) -> Text {
    match claim.value {
        ValueKind::Date => {
            Text::fixed("真实的日期，如 \"2026-11-23\"", "a day that there is, such as \"2026-11-23\"")
        }
        ValueKind::Time => Text::fixed("自1970年起的整秒数", "whole seconds since 1970"),
        ValueKind::Integer => Text::fixed("不加引号的整数", "a whole number without quotes"),
        ValueKind::Money => Text::fixed("以分为单位、不加引号的整数", "a whole number of 分 without quotes"),
        ValueKind::Decimal => {
            Text::fixed("加引号的数字，如 \"12.5\"", "a number in quotes, such as \"12.5\"")
        }
        ValueKind::Boolean => Text::fixed("true 或 false", "true or false"),
        ValueKind::Choice => {
            let choices: Vec<&str> = claim.choices.iter().map(|choice| choice.value.as_str()).collect();
            told(format!("{} 之一", choices.join("、")), format!("one of {}", choices.join(", ")))
        }
        ValueKind::Uscc => Text::fixed("18位统一社会信用代码", "a code of 18 characters"),
        ValueKind::Organisation => {
            Text::fixed("urn:uscc: 加18位统一社会信用代码", "urn:uscc: and a code of 18 characters")
        }
        ValueKind::Region => Text::fixed("6位行政区划代码", "a region of six digits"),
        ValueKind::Object => Text::fixed("JSON对象", "a JSON object"),
        ValueKind::List => Text::fixed("JSON数组", "a JSON array"),
        _ => Text::fixed("加引号的文字", "words in quotes"),
    }
}

fn not_so_stated(stated: Provenance, metadata: &TypeMetadata) -> Text {
    let title = metadata.name();
    told(
        format!("“{}”通常不以 {stated}（{}）签发", title.zh, stated.zh()),
        format!("{} is not usually {}", title.en(), stated.en()),
    )
}

fn not_listed(names: &[String], metadata: &TypeMetadata) -> Text {
    let title = metadata.name();
    let listed: Vec<&str> = metadata
        .claims
        .iter()
        .filter_map(|claim| match claim.path.as_slice() {
            [PathPart::Member(name)] if !OF_EVERY_TYPE.contains(&name.as_str()) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let listed = listed.join(" ");
    told(
        format!("“{}”没有字段 {}，请核对拼写；该类型的字段：{listed}", title.zh, names.join("、")),
        format!("{} has no claim {}, look at the spelling; it has: {listed}", title.en(), names.join(", ")),
    )
}

fn unknown_type(vct: &str) -> Text {
    let known: Vec<&str> = types::builtin().iter().map(TypeMetadata::id).collect();
    let known = known.join(" ");
    told(
        format!(
            "不认识类型 {vct}，没有检查该类型的必填字段，请核对拼写；urn:zizhitong:credential:类型:1 中的类型有：{known}"
        ),
        format!(
            "the type {vct} is not known here, so what it requires was not checked, look at the spelling; TYPE in urn:zizhitong:credential:TYPE:1 is one of: {known}"
        ),
    )
}
