//! What a decision says, read from what was signed: by whoever made it and whoever it is about, in the window and at the
//! command line, in the same parts and words.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use zizhi_crypto::{b64, digest};
use zizhi_model::{Text, civil};
use zizhi_report::Reason;
use zizhi_store::{Decision as Row, DecisionOutcome};

use crate::decide::Wanted;
use crate::failure::told;
use crate::inspect_credential::payload_of;

/// A decision as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldDecision {
    /// What was decided.
    pub outcome: DecisionOutcome,
    /// Why: a code, and words.
    pub reasons: Vec<(String, String)>,
    /// What has to be added.
    pub supplements: Vec<Wanted>,
    /// On which day.
    pub decided_on: NaiveDate,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
    /// Who prepared it.
    pub operator: String,
    /// Who checked it.
    pub reviewer: Option<String>,
    /// SHA-256 of the report that it rests on, hexadecimal.
    pub report_sha256: String,
    /// The dossier that it decides.
    pub dossier_id: String,
}

/// A part of a decision: what it is called, and everything that it says there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionPart {
    /// What it is called.
    pub label: Text,
    /// What it says.
    pub values: Vec<Text>,
}

impl ToldDecision {
    /// What a payload says; nothing if it is no decision.
    pub(crate) fn of_payload(payload: &Value) -> Option<Self> {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let list = |name: &str| payload.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let code = |it: &Value| text(it, "code").unwrap_or_else(|| Reason::OWN.to_owned());
        let reasons = list("reasons").into_iter().filter_map(|it| Some((code(&it), text(&it, "text")?)));
        let report = text(payload, "report_sha256").unwrap_or_default();
        Some(Self {
            outcome: DecisionOutcome::parse(&text(payload, "outcome")?)?,
            reasons: reasons.collect(),
            supplements: list("supplements").iter().filter_map(wanted).collect(),
            decided_on: civil::parse_date(&text(payload, "decided_on")?).ok()?,
            signed_at: civil::from_numeric_date(payload.get("iat").and_then(Value::as_i64)?)?,
            operator: text(payload, "operator").unwrap_or_default(),
            reviewer: text(payload, "reviewer"),
            report_sha256: b64::decode(&report).map_or(report, |bytes| digest::hex(&bytes)),
            dossier_id: text(payload, "dossier_id")?,
        })
    }

    /// What a kept decision says.
    pub(crate) fn of_row(row: &Row) -> Option<Self> {
        Self::of_payload(&payload_of(std::str::from_utf8(&row.bytes).ok()?.trim()).ok()?)
    }

    /// Whether another one decides differently.
    pub(crate) fn differs(&self, other: &Self) -> bool {
        (self.outcome, &self.reasons, &self.supplements)
            != (other.outcome, &other.reasons, &other.supplements)
    }

    /// Until when the first of what has to be added is waited for; nothing where nothing is asked for.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        let asks = matches!(
            self.outcome,
            DecisionOutcome::SupplementRequired | DecisionOutcome::AcceptedWithConditions
        );
        self.supplements.iter().filter(|_| asks).filter_map(|wanted| wanted.due).min()
    }

    /// What it says beside its outcome, in the order in which it is read; a part that says nothing is left out.
    #[must_use]
    pub fn parts(&self) -> Vec<DecisionPart> {
        let person = |name: &str| {
            let named = Some(name).filter(|name| !name.is_empty());
            named.map(|name| told(name.to_owned(), name.to_owned())).into_iter().collect()
        };
        let parts = [
            (Text::fixed("理由", "Reasons"), self.reasons.iter().map(reason).collect()),
            (Text::fixed("需补充", "To be added"), self.supplements.iter().map(supplement).collect()),
            (
                Text::fixed("决定日期", "Decided on"),
                vec![told(civil::date_zh(self.decided_on), self.decided_on.to_string())],
            ),
            (Text::fixed("经办人", "Handled by"), person(&self.operator)),
            (Text::fixed("复核人", "Reviewed by"), self.reviewer.as_deref().map(person).unwrap_or_default()),
        ];
        let parts = parts.into_iter().map(|(label, values)| DecisionPart { label, values });
        parts.filter(|part| !part.values.is_empty()).collect()
    }

    /// Whether its outcome and parts show all that a claim of its payload says: other programs may write it otherwise.
    pub(crate) fn shows(&self, claim: &str, payload: &Value) -> bool {
        let Some(value) = payload.get(claim) else { return false };
        let each = value.as_array();
        match claim {
            "outcome" | "decided_on" => true,
            "operator" | "reviewer" => value.is_string(),
            "reasons" => each.is_some_and(|each| each.len() == self.reasons.len()),
            "supplements" => each.is_some_and(|each| {
                let dated =
                    |(said, shown): (&Value, &Wanted)| said.get("due").is_none() || shown.due.is_some();
                each.len() == self.supplements.len() && each.iter().zip(&self.supplements).all(dated)
            }),
            _ => false,
        }
    }
}

/// What an outcome is called.
#[must_use]
pub const fn outcome_name(outcome: DecisionOutcome) -> Text {
    match outcome {
        DecisionOutcome::Accepted => Text::fixed("认可", "accepted"),
        DecisionOutcome::AcceptedWithConditions => Text::fixed("有条件认可", "accepted with conditions"),
        DecisionOutcome::SupplementRequired => Text::fixed("需补充材料", "supplements required"),
        DecisionOutcome::Rejected => Text::fixed("不予认可", "not accepted"),
    }
}

/// The item of what lies beyond a checklist.
const BEYOND: &str = "other";

/// What has to be added, as decisions and timelines write it.
pub(crate) fn wanted(value: &Value) -> Option<Wanted> {
    let said = |name: &str| value.get(name).and_then(Value::as_str);
    Some(Wanted {
        item_id: said("item_id").unwrap_or(BEYOND).to_owned(),
        text: said("text")?.to_owned(),
        due: said("due").and_then(|due| civil::parse_date(due).ok()),
    })
}

/// A reason in words; the code of those that are nobody's but the decider's own says nothing.
fn reason((code, text): &(String, String)) -> Text {
    if code == Reason::OWN {
        return told(text.clone(), text.clone());
    }
    told(format!("{text}（{code}）"), format!("{text} ({code})"))
}

fn supplement(wanted: &Wanted) -> Text {
    let text = &wanted.text;
    match wanted.due {
        Some(day) => told(format!("{text}，期限 {day}"), format!("{text}, due {day}")),
        None => told(text.clone(), text.clone()),
    }
}
