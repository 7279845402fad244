//! What one credential says: what was typed for all, what the register knows of the firm, and what the
//! organisation is. And why a firm cannot get one.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};
use zizhi_credential::types::TypeMetadata;
use zizhi_model::ids::check_number;
use zizhi_model::{Check, CheckCode, OrgId, Outcome, Provenance, Region, Text, civil};
use zizhi_store::{Firm, FirmState, Profile};
use zizhi_trust::IssuerRecord;
use zizhi_verify::Incubatee;

use super::numbers::Pattern;
use super::{IssuingBatch, attestation};
use crate::failure::{Failure, told};
use crate::incubator::Incubator;
use crate::issue_needs::attested_needs;
use crate::issue_types::{FROM_REGISTER, IssuableType, LEVEL, NUMBER, numbered_by_code};
use crate::register_firms::FirmFacts;
use crate::type_forms::{FormField, TypeForm, VALID_UNTIL, claims, value};

/// The type whose conditions the incubator vouches for.
const INCUBATEE: &str = "incubatee-certificate";
/// After so many months a certificate of incubation is issued anew at the latest (domain.md §2.2).
pub(crate) const MONTHS: i32 = 12;

/// Why a firm gets none.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// A stable code.
    pub code: &'static str,
    /// What is the case, and what to do.
    pub why: Text,
}

/// What is the same for all credentials of a batch.
pub(super) struct Terms<'a> {
    pub kind: String,
    pub title: Text,
    pub metadata: TypeMetadata,
    pub provenance: Provenance,
    pub pattern: Option<Pattern>,
    pub now: DateTime<Utc>,
    owner: &'a Profile,
    own_region: Option<Region>,
    pub today: NaiveDate,
    form: TypeForm,
    said: Map<String, Value>,
    subject: Arc<str>,
}

impl<'a> Terms<'a> {
    /// Reads what was typed and refuses what would be wrong for every firm.
    pub(super) fn new(
        incubator: &Incubator<'_>,
        owner: &'a Profile,
        record: Option<&IssuerRecord>,
        known: IssuableType,
        issuing: &IssuingBatch<'_>,
    ) -> Result<Self, Failure> {
        let IssuableType { metadata, form } = known;
        let today = incubator.today();
        let typed = issuing.typed.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let until = issuing.valid_until.map(|text| (VALID_UNTIL, text));
        let mut said = claims(&form, typed.chain(until))?;
        let has = |name: &str| form.fields.iter().any(|field| field.name == name);
        if issuing.provenance == Provenance::Direct {
            for name in ["issued_on", "valid_from"] {
                if has(name) {
                    said.entry(name).or_insert_with(|| today.to_string().into());
                }
            }
        }
        if let Some(level) = record.and_then(|record| record.level.as_deref()).filter(|_| has(LEVEL)) {
            said.entry(LEVEL).or_insert_with(|| level.into());
        }
        if issuing.provenance == Provenance::Attested {
            let attested = issuing.attested.as_ref().ok_or_else(attestation::none)?;
            said.insert("attested".to_owned(), attested.claim(&metadata, &owner.uscc, today)?);
        }
        if let Some(day) = Self::day(&said, VALID_UNTIL).filter(|day| *day < today) {
            return Err(over(day));
        }
        let pattern = pattern(&form, &said, issuing)?;
        let needs = match issuing.provenance {
            Provenance::Attested => attested_needs(&form),
            _ => Vec::new(),
        };
        let needed = |field: &&FormField| field.required || needs.contains(&field.name.as_str());
        let lacking = form.fields.iter().filter(|field| needed(field) && !said.contains_key(&field.name));
        let lacking =
            lacking.filter(|field| !FROM_REGISTER.contains(&field.name.as_str()) && field.name != NUMBER);
        let lacking: Vec<&FormField> = lacking.collect();
        if !lacking.is_empty() {
            return Err(incomplete(&lacking));
        }
        Ok(Self {
            kind: form.id.clone(),
            title: form.title.clone(),
            metadata,
            provenance: issuing.provenance,
            pattern,
            now: incubator.host.now(),
            owner,
            own_region: owner.region.or_else(|| record.map(|record| record.region)),
            today,
            form,
            said,
            subject: Arc::from("firm"),
        })
    }

    /// What the register knows of a firm, if it can get a credential.
    pub(super) fn look(&self, row: &Firm) -> Result<FirmFacts, Refused> {
        let facts = FirmFacts::of(row);
        if facts.holder.is_none() {
            return Err(no_key());
        }
        if self.region(&facts).is_none() {
            return Err(no_region());
        }
        let claims = self.claims(&facts, self.pattern.as_ref().map(Pattern::example).as_deref());
        let missing =
            self.form.fields.iter().filter(|field| field.required && !claims.contains_key(&field.name));
        let missing: Vec<&FormField> = missing.collect();
        if !missing.is_empty() {
            return Err(not_known(&missing));
        }
        if self.kind == INCUBATEE {
            self.incubatee(&facts, &claims)?;
        }
        Ok(facts)
    }

    /// The claims of one credential. Where none is given, the number is what the register knows of it.
    pub(super) fn claims(&self, facts: &FirmFacts, number: Option<&str>) -> Map<String, Value> {
        let mut claims = self.said.clone();
        for field in &self.form.fields {
            if !claims.contains_key(&field.name)
                && let Some(known) = self.known(facts, &field.name)
            {
                claims.insert(field.name.clone(), known);
            }
        }
        if self.kind == INCUBATEE && !claims.contains_key(VALID_UNTIL) {
            let year = civil::last_day_of_term(self.today, MONTHS);
            let until = Self::day(&claims, "incubation_deadline").map_or(year, |deadline| deadline.min(year));
            claims.insert(VALID_UNTIL.to_owned(), until.to_string().into());
        }
        let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        if let Some(number) = number {
            put(NUMBER, number.into());
        }
        put("iss", OrgId::from(self.owner.uscc).to_string().into());
        put("sub", OrgId::from(facts.uscc).to_string().into());
        put("vct", self.form.vct.as_str().into());
        put("iat", self.now.timestamp().into());
        put("provenance", self.provenance.as_str().into());
        put("name", facts.name.as_str().into());
        if let Some(region) = self.region(facts) {
            put("region", region.as_str().into());
        }
        claims
    }

    /// Where it is issued: where the firm is, or else the organisation.
    pub(super) fn region(&self, facts: &FirmFacts) -> Option<Region> {
        facts.region.or(self.own_region)
    }

    /// What a claim is called.
    pub(super) fn label(&self, name: &str) -> Option<Text> {
        self.form.fields.iter().find(|field| field.name == name).map(|field| field.label.clone())
    }

    /// A day among the claims.
    pub(super) fn day(claims: &Map<String, Value>, name: &str) -> Option<NaiveDate> {
        civil::parse_date(claims.get(name)?.as_str()?).ok()
    }

    /// What the register knows of a claim.
    fn known(&self, facts: &FirmFacts, name: &str) -> Option<Value> {
        let text = |known: &Option<String>| known.as_deref().map(Value::from);
        let day = |known: Option<NaiveDate>| known.map(|day| day.to_string().into());
        match name {
            NUMBER if numbered_by_code(&self.kind) => Some(facts.uscc.as_str().into()),
            "established_on" => day(facts.established_on),
            "entered_on" => day(facts.entered_on),
            "site_address" => text(&facts.site_address),
            "area_sqm" => facts.area_sqm.map(|area| area.to_string().into()),
            "rd_on_site" => facts.rd_on_site.map(Value::from),
            "field" => text(&facts.field),
            "agreement_no" => text(&facts.agreement_no),
            "incubation_deadline" => day(facts.incubation_deadline.or_else(|| term(facts).latest_deadline())),
            "former_names" if !facts.former_names.is_empty() => {
                Some(facts.former_names.iter().map(|(name, _)| Value::from(name.as_str())).collect())
            }
            _ => None,
        }
    }

    /// The conditions of an incubatee: what this organisation would vouch for.
    fn incubatee(&self, facts: &FirmFacts, claims: &Map<String, Value>) -> Result<(), Refused> {
        if facts.state != FirmState::In {
            return Err(gone(facts.state));
        }
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let incubatee = Incubatee {
            established_on: Self::day(claims, "established_on"),
            entered_on: Self::day(claims, "entered_on"),
            deadline: Self::day(claims, "incubation_deadline"),
            field: text("field"),
        };
        let failed = incubatee
            .checks(self.today, &self.subject)
            .into_iter()
            .find(|check| check.outcome == Outcome::Fail);
        if let Some(check) = failed {
            return Err(judged(&check));
        }
        match (Self::day(claims, VALID_UNTIL), incubatee.deadline) {
            (Some(until), Some(deadline)) if until > deadline => Err(beyond(until, deadline)),
            _ => Ok(()),
        }
    }
}

fn term(facts: &FirmFacts) -> Incubatee<'_> {
    Incubatee {
        established_on: facts.established_on,
        entered_on: facts.entered_on,
        deadline: facts.incubation_deadline,
        field: facts.field.as_deref(),
    }
}

/// The number or its pattern, where the type has one; judged as a reader will.
fn pattern(
    form: &TypeForm,
    said: &Map<String, Value>,
    issuing: &IssuingBatch<'_>,
) -> Result<Option<Pattern>, Failure> {
    let Some(field) = form.fields.iter().find(|field| field.name == NUMBER) else { return Ok(None) };
    let typed = said.get(NUMBER).and_then(Value::as_str);
    let given = issuing.number.map(str::trim).filter(|number| !number.is_empty());
    let Some(text) = given.or(typed) else {
        return if field.required { Err(incomplete(&[field])) } else { Ok(None) };
    };
    let pattern = Pattern::parse(text, issuing.firms.len())?;
    let example = pattern.example();
    value(field, &example)?;
    let kind = said.get("kind").and_then(Value::as_str);
    let wrong =
        check_number(&form.id, &example, kind).into_iter().find(|(_, outcome, _)| *outcome == Outcome::Fail);
    match wrong {
        None => Ok(Some(pattern)),
        Some((code, outcome, rule)) => {
            let check =
                Check::new(code, outcome, &Arc::from("number")).with("number", example).with("rule", rule);
            let text = check.text();
            Err(Failure::input(
                code.as_str(),
                told(format!("{}没有签发。", text.zh), format!("{} Nothing was issued.", text.en())),
                Text::fixed("请按证书原件核对编号。", "compare the number with the certificate"),
            ))
        }
    }
}

fn judged(check: &Check) -> Refused {
    let (text, advice) = (check.text(), zizhi_model::catalogue::advice(check.code));
    Refused {
        code: check.code.as_str(),
        why: told(format!("{}{}", text.zh, advice.zh), format!("{} {}", text.en(), advice.en())),
    }
}

/// The register does not have the firm.
pub(super) fn unknown_firm() -> Refused {
    Refused {
        code: "FIRM-NONE",
        why: Text::fixed("名册中没有这家企业，请重新选择。", "the register has no such firm; choose again"),
    }
}

fn no_key() -> Refused {
    Refused {
        code: "ISSUE-HOLDER",
        why: joined(
            (
                "名册中没有该企业的公钥，签发的凭证无法由它出示。",
                "the register has no public key of the firm, which could not present what is issued",
            ),
            (
                "请企业导出公钥文件（.jwk），录入名册后再签发。",
                "have it export its key (.jwk), enter it, and issue again",
            ),
        ),
    }
}

/// Fact and advice as one, for the row of a batch.
fn joined(fact: (&str, &str), advice: (&str, &str)) -> Text {
    told(format!("{}{}", fact.0, advice.0), format!("{}; {}", fact.1, advice.1))
}

fn no_region() -> Refused {
    Refused {
        code: "ISSUE-CLAIMS",
        why: Text::fixed(
            "名册中没有该企业的所在地区，请补充后再签发。",
            "the register does not say where the firm is; add its region and issue again",
        ),
    }
}

fn not_known(missing: &[&FormField]) -> Refused {
    let (zh, en) = labels(missing);
    Refused {
        code: "ISSUE-CLAIMS",
        why: told(
            format!("名册中缺少{zh}，请补充后再签发。"),
            format!("the register lacks {en}; add it and issue again"),
        ),
    }
}

fn gone(state: FirmState) -> Refused {
    let (zh, en) = match state {
        FirmState::Left => ("已迁出", "has left"),
        _ => ("已毕业", "has graduated"),
    };
    Refused {
        code: "FIRM-STATE",
        why: told(
            format!("该企业{zh}，不能再证明它在孵；状态有误时请先在名册中改正。"),
            format!(
                "the firm {en} and is no incubatee any more; if that is wrong, correct the register first"
            ),
        ),
    }
}

fn beyond(until: NaiveDate, deadline: NaiveDate) -> Refused {
    Refused {
        code: CheckCode::IncLimit.as_str(),
        why: told(
            format!(
                "有效期至{}晚于孵化截止日期{}，请改为不晚于孵化截止日期。",
                civil::date_zh(until),
                civil::date_zh(deadline)
            ),
            format!(
                "it would be valid until {until}, after incubation ends ({deadline}); choose an earlier day"
            ),
        ),
    }
}

fn over(day: NaiveDate) -> Failure {
    Failure::input(
        "ISSUE-DATES",
        told(
            format!("有效期至{}已经过去，没有签发。", civil::date_zh(day)),
            format!("the last day of validity, {day}, has passed; nothing was issued"),
        ),
        Text::fixed("请填写今天或以后的日期。", "choose today or a later day"),
    )
}

fn incomplete(missing: &[&FormField]) -> Failure {
    let (zh, en) = labels(missing);
    Failure::input(
        "ISSUE-CLAIMS",
        told(format!("没有填写{zh}，没有签发。"), format!("{en} is missing; nothing was issued")),
        Text::fixed("请填写后再签发。", "fill it in and issue again"),
    )
}

fn labels(fields: &[&FormField]) -> (String, String) {
    let zh: Vec<String> = fields.iter().map(|field| format!("“{}”", field.label.zh)).collect();
    let en: Vec<&str> = fields.iter().map(|field| field.label.en()).collect();
    (zh.join("、"), en.join(", "))
}
