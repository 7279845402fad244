//! A decision as the claims of a credential of type `recognition-decision` (formats.md §6).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use zizhi_model::{CheckCode, OrgId, catalogue, civil};

use super::subject::Judged;
use super::{Decision, report_digest};
use crate::failure::Failure;

/// The type.
pub(crate) const VCT: &str = "urn:zizhitong:credential:recognition-decision:1";

/// The claims that are signed.
pub(super) fn claims(
    decision: &Decision<'_>,
    judged: &Judged,
    now: DateTime<Utc>,
) -> Result<Map<String, Value>, Failure> {
    let reasons = decision.reasons.iter().map(|reason| explained(reason, judged));
    let reasons = reasons.collect::<Result<Vec<Value>, Failure>>()?;
    let supplements = decision.supplements.iter().map(|wanted| {
        let mut entry = json!({ "item_id": wanted.item_id, "text": wanted.text });
        if let (Some(due), Some(members)) = (wanted.due, entry.as_object_mut()) {
            members.insert("due".to_owned(), due.to_string().into());
        }
        entry
    });
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| {
        claims.insert(name.to_owned(), value);
    };
    put("iss", OrgId::from(decision.by).to_string().into());
    put("sub", judged.firm.to_string().into());
    put("vct", VCT.into());
    put("iat", now.timestamp().into());
    if decision.status.is_none() {
        put("exp", (now + TimeDelta::hours(24)).timestamp().into());
    }
    put("provenance", "direct".into());
    put("name", judged.firm_name.clone().into());
    put("region", judged.region.clone().into());
    put("outcome", decision.outcome.as_str().into());
    put("dossier_sha256", judged.dossier_sha256.clone().into());
    put("dossier_id", judged.dossier_id.clone().into());
    put("report_sha256", report_digest(&judged.report).into());
    put("reasons", reasons.into());
    put("supplements", supplements.collect::<Vec<Value>>().into());
    put("decided_on", civil::date_in_shanghai(now).to_string().into());
    put("operator", decision.operator.clone().into());
    if let Some(reviewer) = &decision.reviewer {
        put("reviewer", reviewer.clone().into());
    }
    if let Some(number) = &decision.number {
        put("number", number.clone().into());
    }
    Ok(claims)
}

/// A reason with words: its own, else those of the report, else those of the catalogue.
fn explained((code, text): &(String, Option<String>), judged: &Judged) -> Result<Value, Failure> {
    let known = || CheckCode::parse(code).map(|code| catalogue::title(code).zh.into_owned());
    let words = text.clone().or_else(|| judged.said(code)).or_else(known);
    let words = words.ok_or_else(|| {
        Failure::refused(
            "DECIDE-REASON",
            format!("理由代码 {code} 不在检查目录中，也没有说明文字，没有签署。"),
            format!("{code} is no code of the catalogue and has no words of its own; nothing was signed"),
            "请给这条理由写上说明（命令行用 --reason 代码=说明）。",
            "give the reason words of its own (on the command line: --reason CODE=TEXT)",
        )
    })?;
    Ok(json!({ "code": code, "text": words }))
}
