//! What a firm says of itself in a dossier: the members of `facts` (docs/formats.md) as fields of a form,
//! and what was typed into them as JSON that can be signed.

use serde_json::{Map, Value};
use zizhi_credential::types::ValueKind;
use zizhi_credential::{Path, Step};
use zizhi_model::json::{self, Profile};
use zizhi_model::{Limits, Scenario, Text, catalogue};
use zizhi_rules::pack::{Checklist, Required, RulePack};

use crate::draft_body::TypedFact;
use crate::failure::{Failure, told};
use crate::firm::nfc;
use crate::type_forms::{FieldKind, FormField, value};

/// A member that the format gives a meaning, and for what it matters.
struct Known {
    path: &'static str,
    kind: FieldKind,
    value: ValueKind,
    scenarios: &'static [Scenario],
    choices: &'static [(&'static str, &'static str, &'static str)],
}

const BRANCH: &[Scenario] = &[Scenario::BranchOperation, Scenario::PartialRelocation];
const MOVE: &[Scenario] = &[Scenario::FullRelocation, Scenario::PartialRelocation];
const VOUCHER: &[Scenario] = &[Scenario::VoucherRedemption];
const WHEN_ASKED: &[Scenario] = &[];

const KNOWN: &[Known] = &[
    known("related[0].uscc", ValueKind::Uscc, BRANCH),
    known("related[0].name", ValueKind::Text, BRANCH),
    Known {
        choices: &[("branch", "分公司", "branch"), ("subsidiary", "子公司", "subsidiary")],
        ..known("related[0].relation", ValueKind::Choice, BRANCH)
    },
    Known {
        kind: FieldKind::Integer,
        ..known("rd_staff_at_destination_percent", ValueKind::Integer, &[Scenario::BranchOperation])
    },
    Known { kind: FieldKind::Date, ..known("registered_at_destination_on", ValueKind::Date, MOVE) },
    Known { kind: FieldKind::Boolean, ..known("claims_high_tech", ValueKind::Boolean, WHEN_ASKED) },
    Known {
        choices: &[
            ("incubatee", "在孵企业", "incubatee"),
            ("accelerator", "加速器企业", "accelerator firm"),
            ("tenant", "一般入驻", "tenant"),
        ],
        ..known("enters_as", ValueKind::Choice, WHEN_ASKED)
    },
    Known { kind: FieldKind::Money, ..known("redemption.amount_fen", ValueKind::Money, VOUCHER) },
    known("redemption.service_kind", ValueKind::Text, VOUCHER),
    known("redemption.provider", ValueKind::Uscc, VOUCHER),
    Known { kind: FieldKind::Date, ..known("redemption.invoice_on", ValueKind::Date, VOUCHER) },
    Known { kind: FieldKind::Money, ..known("redemption.other_holds_fen", ValueKind::Money, VOUCHER) },
    Known { kind: FieldKind::Boolean, ..known("redemption.related", ValueKind::Boolean, WHEN_ASKED) },
    Known {
        kind: FieldKind::Boolean,
        ..known("redemption.excluded_testing", ValueKind::Boolean, WHEN_ASKED)
    },
    Known { kind: FieldKind::Boolean, ..known("redemption.holder_changed", ValueKind::Boolean, WHEN_ASKED) },
];

const fn known(path: &'static str, value: ValueKind, scenarios: &'static [Scenario]) -> Known {
    Known { path, kind: FieldKind::Text, value, scenarios, choices: &[] }
}

/// The facts that matter for a scenario and a checklist: those that checks look at, and those that the
/// rules of the pack ask for.
#[must_use]
pub fn fields(scenario: Scenario, rules: Option<(&RulePack, &Checklist)>) -> Vec<FormField> {
    let asked = rules.map(asked).unwrap_or_default();
    let mut fields: Vec<FormField> = Vec::new();
    for known in KNOWN {
        if known.scenarios.contains(&scenario) || asked.iter().any(|path| path == known.path) {
            fields.push(known.field());
        }
    }
    for path in asked {
        if fields.iter().all(|field| field.name != path && !field.name.starts_with(&format!("{path}."))) {
            let label = label(&path);
            fields.push(FormField {
                name: path,
                label,
                kind: FieldKind::Text,
                value: ValueKind::Text,
                required: false,
                choices: Vec::new(),
            });
        }
    }
    fields
}

/// What a fact is called; its name where nobody says.
#[must_use]
pub fn label(name: &str) -> Text {
    catalogue::fact_label(name).unwrap_or_else(|| Text { zh: name.to_owned().into(), en: None })
}

/// A typed value as a person reads it: one of a list by what it is called.
#[must_use]
pub fn value_label<'v>(name: &str, value: &'v str) -> &'v str {
    let known = KNOWN.iter().find(|known| known.path == name);
    match value {
        "true" if known.is_some_and(|known| known.kind == FieldKind::Boolean) => return "是",
        "false" if known.is_some_and(|known| known.kind == FieldKind::Boolean) => return "否",
        _ => {}
    }
    let choice = known.and_then(|known| known.choices.iter().find(|(stored, ..)| *stored == value));
    choice.map_or(value, |(_, zh, _)| zh)
}

/// The members of `facts` that the rules of a checklist look at.
fn asked((pack, list): (&RulePack, &Checklist)) -> Vec<String> {
    let when = list.items.iter().filter_map(|item| match &item.required {
        Required::When(logic) => Some(logic),
        Required::Yes | Required::No => None,
    });
    let rules = list.items.iter().flat_map(|item| &item.rules).map(|rule| &rule.logic);
    let conditions = pack.equivalences.iter().flat_map(|rule| &rule.conditions).map(|it| &it.logic);
    let mut asked: Vec<String> = Vec::new();
    for logic in when.chain(rules).chain(conditions) {
        for access in logic.accesses().iter().filter(|access| !access.in_lambda) {
            let Some(path) = access.path.strip_prefix("dossier.facts.") else { continue };
            if !asked.iter().any(|known| known == path) {
                asked.push(path.to_owned());
            }
        }
    }
    asked
}

/// What was typed, as `facts`; beside it what could not be read, which is left out.
#[must_use]
pub fn facts(typed: &[TypedFact]) -> (Map<String, Value>, Vec<Failure>) {
    let mut facts = Map::new();
    let mut failures = Vec::new();
    for fact in typed {
        match read(fact) {
            Ok(None) => {}
            Ok(Some((path, value))) => {
                if !put(&mut facts, &path, value) {
                    failures.push(no_place(&fact.name));
                }
            }
            Err(failure) => failures.push(failure),
        }
    }
    (facts, failures)
}

fn read(fact: &TypedFact) -> Result<Option<(Path<'static>, Value)>, Failure> {
    let name = nfc(fact.name.trim());
    if name.is_empty() || fact.value.trim().is_empty() {
        return Ok(None);
    }
    let path = Path::parse(&name).map_err(|error| no_place(&name).because(error))?;
    // Every entry of `related` is of the form of the first.
    let form: Vec<Step<'_>> = path
        .steps()
        .map(|step| if let Step::Element(_) = step { Step::Element(0) } else { step.clone() })
        .collect();
    let form = form.into_iter().collect::<Path<'_>>().to_string();
    let value = match KNOWN.iter().find(|known| known.path == form) {
        Some(known) => value(&known.field(), &fact.value)?,
        None => Some(free(&fact.value)),
    };
    Ok(value.map(|value| (path, value)))
}

/// A value whose meaning only the rule pack knows: JSON where it clearly is, else text. A long number is
/// text, since it is rather a code.
fn free(text: &str) -> Value {
    let text = nfc(text.trim());
    let plain = matches!(text.as_str(), "true" | "false")
        || text.starts_with(['{', '['])
        || (text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
    let depth = Limits::default().json_depth.saturating_sub(4);
    let read = plain.then(|| json::read(text.as_bytes(), depth, Profile::Strict).ok()).flatten();
    read.map_or_else(|| Value::from(text.as_str()), |read| read.to_value())
}

/// Puts a value at a path; false if something of another kind is there already.
fn put(facts: &mut Map<String, Value>, path: &Path<'_>, value: Value) -> bool {
    /// Entries of a list: more than a firm has branches.
    const LONGEST: usize = 256;
    let mut steps = path.steps();
    let Some(Step::Member(first)) = steps.next() else { return false };
    let mut place = facts.entry(first.clone().into_owned()).or_insert(Value::Null);
    for step in steps {
        match step {
            Step::Member(name) => {
                if place.is_null() {
                    *place = Value::Object(Map::new());
                }
                let Value::Object(members) = place else { return false };
                place = members.entry(name.clone().into_owned()).or_insert(Value::Null);
            }
            Step::Element(index) => {
                if place.is_null() {
                    *place = Value::Array(Vec::new());
                }
                let Value::Array(entries) = place else { return false };
                if *index >= LONGEST {
                    return false;
                }
                if entries.len() <= *index {
                    entries.resize(*index + 1, Value::Null);
                }
                let Some(entry) = entries.get_mut(*index) else { return false };
                place = entry;
            }
        }
    }
    let free = place.is_null();
    if free {
        *place = value;
    }
    free
}

impl Known {
    fn field(&self) -> FormField {
        let choices = self.choices.iter().map(|(value, zh, en)| ((*value).to_owned(), Text::fixed(zh, en)));
        FormField {
            name: self.path.to_owned(),
            label: label(self.path),
            kind: self.kind,
            value: self.value,
            required: false,
            choices: choices.collect(),
        }
    }
}

fn no_place(name: &str) -> Failure {
    Failure::input(
        "DRAFT-FACT",
        told(
            format!("企业自述事实中的“{name}”写了两次，或不是字段的写法，没有采用。"),
            format!("the fact {name:?} stands there twice or is not how a fact is written; it is left out"),
        ),
        Text::fixed(
            "每个事实只写一次；写成 enters_as、redemption.amount_fen 或 related[0].uscc。",
            "write each fact once, as enters_as, redemption.amount_fen or related[0].uscc",
        ),
    )
}
