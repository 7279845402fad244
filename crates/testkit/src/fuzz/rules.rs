//! Targets for what destinations write: CertLogic, DCQL, rule packs.

use serde_json::Value;
use zizhi_model::json::{self, Profile};
use zizhi_rules::certlogic::{self as logic, Truth};
use zizhi_rules::dcql::{Candidate, Query, SD_JWT_VC, select};
use zizhi_rules::pack::{RulePack, Severity, lint};

use super::pieces;

/// JSON as the command line reads it.
fn value(bytes: &[u8]) -> Option<Value> {
    const DEPTH: usize = 64;
    json::read(bytes, DEPTH, Profile::Foreign).ok().map(|value| value.to_value())
}

/// An expression, and the data it is evaluated on.
pub fn certlogic(data: &[u8]) {
    let all = pieces(data);
    let (Some(expression), facts) = (all.first().and_then(|piece| value(piece)), all.get(1)) else { return };
    let facts = facts.and_then(|piece| value(piece)).unwrap_or(Value::Null);
    let Ok(expression) = logic::parse(&expression) else { return };
    drop(expression.misfits());
    drop(expression.accesses());
    let plain = logic::evaluate(&expression, &facts);
    let judged = logic::judge(&expression, &facts);
    let clauses = logic::trace(&expression, &facts);
    assert!(clauses.len() <= 64, "a trace is bounded");
    match judged.result {
        // What no missing fact touched is the same under both readings.
        Truth::True => assert!(plain.is_ok(), "what holds can be evaluated"),
        Truth::False => assert!(plain.is_ok(), "what was decided can be evaluated"),
        Truth::Open { .. } => assert!(judged.value.is_null(), "what is open has no value"),
    }
    assert!(logic::judge(&expression, &facts).value == judged.value, "the same again gives the same");
}

/// A query, and the credentials it is asked of.
pub fn dcql(data: &[u8]) {
    let all = pieces(data);
    let Some((query, credentials)) = all.split_first() else { return };
    let Some(query) = value(query) else { return };
    let strict = Query::parse(&query);
    let foreign = Query::parse_foreign(&query);
    assert!(strict.is_err() || foreign.is_ok(), "what is good for a pack is good for anybody");
    let Ok(query) = foreign else { return };
    let claims: Vec<Value> = credentials.iter().filter_map(|piece| value(piece)).collect();
    let candidates: Vec<Candidate<'_>> = claims
        .iter()
        .map(|claims| Candidate {
            format: SD_JWT_VC,
            vct: claims.get("vct").and_then(Value::as_str).unwrap_or_default(),
            claims: claims.into(),
            authorities: &[],
            holder_bound: true,
        })
        .collect();
    let result = query.evaluate(&candidates);
    assert!(result.matches.len() == query.credentials.len(), "every credential query gets an answer");
    for (wanted, matches) in query.credentials.iter().zip(&result.matches) {
        for found in matches {
            let claims = claims.get(found.candidate);
            assert!(claims.is_some(), "a match is one of the candidates");
            for index in &found.claims {
                let path = wanted.claims.get(*index).map(|claim| claim.path.as_slice());
                let there = path.zip(claims).and_then(|(path, claims)| select(claims, path));
                assert!(there.is_some(), "a claim that is selected is there");
            }
        }
    }
}

/// A rule pack.
pub fn rule_pack(data: &[u8]) {
    let remarks = lint(data);
    let lines = 1 + data.iter().filter(|byte| **byte == b'\n').count();
    for remark in &remarks {
        assert!(remark.line >= 1 && remark.column >= 1, "places count from 1");
        assert!((remark.line as usize) <= lines, "line {} of {lines}", remark.line);
    }
    assert!(remarks.is_sorted_by_key(|remark| (remark.line, remark.column)), "remarks come in order");
    let errors = remarks.iter().any(|remark| remark.severity == Severity::Error);
    match RulePack::parse(data) {
        Ok(_) => {}
        Err(found) => {
            assert!(errors, "a pack is refused with a reason");
            assert!(found.iter().any(|remark| remark.severity == Severity::Error), "an error is among them");
        }
    }
}
