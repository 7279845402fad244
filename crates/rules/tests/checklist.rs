//! What a checklist says about what was presented.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "helpers of tests stop at the first surprise"
)]

use serde_json::{Value, json};
use zizhi_model::{CheckCode, Outcome, Provenance};
use zizhi_rules::Scope;
use zizhi_rules::checklist::{
    Answer, Attachment, Input, ItemResult, ItemState, Requirement, Standing, evaluate,
};
use zizhi_rules::dcql::{Candidate, SD_JWT_VC};
use zizhi_rules::pack::RulePack;

/// A credential as a test writes it.
#[derive(Clone)]
struct Given {
    path: &'static str,
    claims: Value,
    provenance: Provenance,
    standing: Standing,
    answers: Vec<String>,
    unusable: Option<&'static str>,
}

fn credential(path: &'static str, kind: &str, claims: Value) -> Given {
    let mut claims = claims;
    claims["vct"] = json!(format!("urn:zizhitong:credential:{kind}:1"));
    Given {
        path,
        claims,
        provenance: Provenance::Direct,
        standing: Standing::Holds,
        answers: Vec::new(),
        unusable: None,
    }
}

/// A credential of which nothing is known but what the manifest says.
fn unusable(path: &'static str, beginning: &'static str) -> Given {
    Given { unusable: Some(beginning), standing: Standing::Fails, ..credential(path, "", json!({})) }
}

impl Given {
    fn from(self, provenance: Provenance) -> Self {
        Self { provenance, ..self }
    }

    fn standing(self, standing: Standing) -> Self {
        Self { standing, ..self }
    }

    fn answering(self, items: &[&str]) -> Self {
        Self { answers: items.iter().map(ToString::to_string).collect(), ..self }
    }
}

fn patent(path: &'static str, until: &str) -> Given {
    credential(path, "patent", json!({"number": "1", "valid_until": until}))
}

fn query(kinds: &[&str]) -> Value {
    let credentials: Vec<Value> = kinds
        .iter()
        .map(|kind| {
            json!({"id": kind, "format": "dc+sd-jwt", "claims": [{"path": ["number"]}],
                "meta": {"vct_values": [format!("urn:zizhitong:credential:{kind}:1")]}})
        })
        .collect();
    json!({ "credentials": credentials })
}

/// How the path of an attachment ends that is not what the manifest describes.
const ALTERED: &str = " (altered)";

/// The result of a checklist of one item, `patent`, that differs from a plain one as given.
fn item(extra: Value, credentials: &[Given], attachments: &[(&str, &[&str])]) -> ItemResult {
    let mut item = json!({"item_id": "patent", "title": {"zh": "专利"}, "required": "yes", "evidence": {"dcql": query(&["patent"])}});
    item.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    let pack = json!({"pack_id": "p", "version": 1, "publisher": "urn:uscc:91310117DEM000030B",
        "to_regions": ["31"], "valid_from": "2026-01-01", "checklists": [
            {"checklist_id": "c", "scenario": "branch_operation", "title": {"zh": "清单"}, "items": [item]}]});
    let pack = RulePack::parse(pack.to_string().as_bytes()).unwrap();

    let (now, firm, dossier) = (
        json!("2026-11-23T10:00:00+08:00"),
        json!({"uscc": "91340100DEM000014D"}),
        json!({"facts": {"moves": true}}),
    );
    let answers: Vec<Answer<'_>> = credentials
        .iter()
        .map(|given| Answer {
            path: given.path,
            candidate: Candidate {
                format: SD_JWT_VC,
                vct: given.claims["vct"].as_str().unwrap(),
                claims: (&given.claims).into(),
                authorities: &[],
                holder_bound: true,
            },
            provenance: given.provenance,
            standing: given.standing,
            answers: &given.answers,
            issuer: None,
            unusable: given.unusable,
        })
        .collect();
    let lists: Vec<Vec<String>> =
        attachments.iter().map(|(_, items)| items.iter().map(ToString::to_string).collect()).collect();
    let attachments: Vec<Attachment<'_>> = attachments
        .iter()
        .zip(&lists)
        .map(|((kind, _), answers)| Attachment {
            path: kind,
            kind: kind.strip_suffix(ALTERED).unwrap_or(kind),
            answers,
            intact: !kind.ends_with(ALTERED),
        })
        .collect();
    let facts = Scope { now: Some(&now), firm: Some(&firm), dossier: Some(&dossier), ..Scope::default() };
    let input = Input { facts, credentials: &answers, attachments: &attachments };
    evaluate(&pack.checklists[0], &input).remove(0)
}

/// A rule that a patent is in force at the time of verification.
fn in_force(severity: &str) -> Value {
    let time = |path: &str| json!({"plusTime": [{"var": path}, 0, "day"]});
    json!([{"rule_id": "R", "severity": severity, "message": {"zh": "已过期"},
        "logic": {"after": [time("credential.valid_until"), time("now")]}}])
}

fn codes(result: &ItemResult) -> Vec<(&'static str, Outcome)> {
    result.findings.iter().map(|finding| (finding.code.as_str(), finding.outcome)).collect()
}

#[test]
fn a_credential_that_matches_meets_the_item() {
    let result = item(json!({}), &[patent("a", "2030-01-01")], &[]);
    assert_eq!(result.state, ItemState::Met);
    assert_eq!(result.by, ["a"]);
    assert!(result.required() && result.findings.is_empty());
}

#[test]
fn nothing_that_answers_fails_a_required_item_and_warns_about_another() {
    let result = item(json!({}), &[], &[]);
    assert_eq!(result.state, ItemState::Missing);
    assert_eq!(codes(&result), [("CHK-MISSING", Outcome::Fail)]);
    let wanted = vec!["urn:zizhitong:credential:patent:1".to_owned()];
    assert!(result.findings[0].facts.contains(&("wanted", wanted.into())));
    let optional = item(json!({"required": "no"}), &[], &[]);
    assert_eq!(codes(&optional), [("CHK-MISSING", Outcome::Warning)]);
    assert!(!optional.required());
}

#[test]
fn a_credential_of_another_type_does_not_answer() {
    let result = item(json!({}), &[credential("a", "business-licence", json!({"number": "1"}))], &[]);
    assert_eq!(result.state, ItemState::Missing);
}

#[test]
fn a_credential_that_cannot_be_used_answers_for_its_type_but_badly() {
    let broken = unusable("a", "urn:zizhitong:credential:patent:");
    let result = item(json!({"rules": in_force("error")}), std::slice::from_ref(&broken), &[]);
    assert_eq!(result.state, ItemState::Insufficient, "it is there, and it is broken");
    assert_eq!(
        (codes(&result), result.by),
        (vec![], vec!["a".to_owned()]),
        "what is broken is told elsewhere"
    );

    let other = item(json!({}), &[unusable("a", "urn:zizhitong:credential:tech-sme:")], &[]);
    assert_eq!(other.state, ItemState::Missing, "a broken credential of another type answers nothing");
    let elsewhere = item(json!({}), &[broken.clone().answering(&["other"])], &[]);
    assert_eq!(elsewhere.state, ItemState::Missing, "it is offered for another item");
    let beside = item(json!({}), &[broken, patent("b", "2030-01-01")], &[]);
    assert_eq!((beside.state, beside.by), (ItemState::Met, vec!["b".to_owned()]), "a good one counts first");
}

#[test]
fn a_claim_that_was_not_disclosed_is_not_there() {
    let result = item(json!({}), &[credential("a", "patent", json!({}))], &[]);
    assert_eq!(result.state, ItemState::Missing);
}

#[test]
fn a_credential_offered_for_other_items_does_not_answer() {
    let result = item(json!({}), &[patent("a", "2030-01-01").answering(&["licence"])], &[]);
    assert_eq!(result.state, ItemState::Missing);
    let result = item(json!({}), &[patent("a", "2030-01-01").answering(&["licence", "patent"])], &[]);
    assert_eq!(result.state, ItemState::Met);
}

mod when {
    use super::*;

    fn when(logic: Value, credentials: &[Given]) -> ItemResult {
        item(json!({"required": "when", "when": logic}), credentials, &[])
    }

    #[test]
    fn it_holds_the_item_is_required() {
        let result = when(json!({"var": "dossier.facts.moves"}), &[]);
        assert_eq!(result.requirement, Requirement::Required);
        assert_eq!(codes(&result), [("CHK-MISSING", Outcome::Fail)]);
    }

    #[test]
    fn it_does_not_hold_the_item_is_optional() {
        let result = when(json!({"!": [{"var": "dossier.facts.moves"}]}), &[]);
        assert_eq!(result.requirement, Requirement::Optional);
        assert_eq!(codes(&result), [("CHK-MISSING", Outcome::Warning)]);
    }

    #[test]
    fn it_is_open_and_nothing_answers_the_item_stays_open() {
        let result = when(json!({"var": "dossier.facts.has_branch"}), &[]);
        assert_eq!(result.requirement, Requirement::Open);
        assert!(result.required(), "nothing shows that it is not required");
        assert_eq!(result.state, ItemState::Open);
        assert_eq!(codes(&result), [("RULE-OPEN", Outcome::Pending), ("CHK-MISSING", Outcome::Warning)]);
        assert!(result.findings[1].facts.contains(&("required", "open".into())), "not that it is optional");
    }

    #[test]
    fn it_is_open_and_the_item_is_met_anyway() {
        let result = when(json!({"var": "dossier.facts.has_branch"}), &[patent("a", "2030-01-01")]);
        assert_eq!(result.state, ItemState::Met);
        assert!(result.findings.is_empty(), "whether it was required no longer matters");
    }
}

mod evidence {
    use super::*;

    fn evidence(extra: Value, credentials: &[Given], attachments: &[(&str, &[&str])]) -> ItemResult {
        item(json!({ "evidence": extra }), credentials, attachments)
    }

    #[test]
    fn with_any_an_attachment_alone_is_enough() {
        let either = json!({"dcql": query(&["patent"]), "attachment_kinds": ["scan", "notice"], "any": true});
        let result = evidence(either.clone(), &[], &[("notice", &[])]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["notice".to_owned()]));
        let result = evidence(either.clone(), &[patent("a", "2030-01-01")], &[("notice", &[])]);
        assert_eq!(result.by, ["a"], "of equally good answers the signed one is taken");
        assert_eq!(evidence(either, &[], &[("lease", &[])]).state, ItemState::Missing);
    }

    #[test]
    fn without_any_all_of_it_is_needed() {
        let both = json!({"dcql": query(&["patent"]), "attachment_kinds": ["scan", "notice"]});
        let result = evidence(both.clone(), &[patent("a", "2030-01-01")], &[("scan", &[]), ("notice", &[])]);
        assert_eq!((result.state, result.by.len()), (ItemState::Met, 3));
        let result = evidence(both, &[patent("a", "2030-01-01")], &[("scan", &[])]);
        assert_eq!(result.state, ItemState::Insufficient, "something is there, but not all");
        assert_eq!(codes(&result), [("CHK-MISSING", Outcome::Fail)]);
        assert!(result.findings[0].facts.contains(&("wanted", vec!["notice".to_owned()].into())));
    }

    #[test]
    fn an_altered_attachment_answers_badly() {
        let scan = json!({"attachment_kinds": ["scan"]});
        let result = evidence(scan.clone(), &[], &[("scan (altered)", &[])]);
        assert_eq!((result.state, result.rests_on), (ItemState::Insufficient, Standing::Fails));
        assert!(result.findings.is_empty(), "the alteration is told about the attachment itself");
        let result = evidence(scan, &[], &[("scan (altered)", &[]), ("scan", &[])]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["scan".to_owned()]));
    }

    #[test]
    fn with_any_an_intact_attachment_of_another_kind_is_enough() {
        let either = json!({"attachment_kinds": ["scan", "notice"], "any": true});
        let result = evidence(either, &[], &[("scan (altered)", &[]), ("notice", &[])]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["notice".to_owned()]));
    }

    #[test]
    fn an_altered_attachment_spoils_what_needs_it_beside_a_credential() {
        let both = json!({"dcql": query(&["patent"]), "attachment_kinds": ["scan"]});
        let result = evidence(both, &[patent("a", "2030-01-01")], &[("scan (altered)", &[])]);
        assert_eq!((result.state, result.rests_on), (ItemState::Insufficient, Standing::Fails));
        let either = json!({"dcql": query(&["patent"]), "attachment_kinds": ["scan"], "any": true});
        let result = evidence(either, &[patent("a", "2030-01-01")], &[("scan (altered)", &[])]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["a".to_owned()]));
    }

    #[test]
    fn an_attachment_offered_for_other_items_does_not_answer() {
        let scan = json!({"attachment_kinds": ["scan"]});
        assert_eq!(evidence(scan.clone(), &[], &[("scan", &["licence"])]).state, ItemState::Missing);
        assert_eq!(evidence(scan, &[], &[("scan", &["patent"])]).state, ItemState::Met);
    }

    #[test]
    fn an_item_without_evidence_is_answered_by_what_names_it() {
        let named = patent("a", "2030-01-01").answering(&["patent"]);
        assert_eq!(evidence(json!({}), &[named], &[]).state, ItemState::Met);
        assert_eq!(
            evidence(json!({}), &[patent("a", "2030-01-01")], &[("scan", &[])]).state,
            ItemState::Missing
        );
        assert_eq!(evidence(json!({}), &[], &[("scan", &["patent"])]).state, ItemState::Met);
    }

    #[test]
    fn two_credentials_can_be_needed_together() {
        let pair = json!({"dcql": query(&["patent", "business-licence"])});
        let licence = credential("b", "business-licence", json!({"number": "1"}));
        let result = evidence(pair.clone(), &[patent("a", "2030-01-01"), licence.clone()], &[]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["a".to_owned(), "b".to_owned()]));
        let result = evidence(pair, &[licence], &[]);
        assert_eq!((result.state, result.by), (ItemState::Insufficient, vec!["b".to_owned()]));
    }
}

mod several {
    use super::*;

    #[test]
    fn the_one_that_holds_is_relied_on() {
        let result = item(
            json!({}),
            &[patent("bad", "2030-01-01").standing(Standing::Fails), patent("good", "2030-01-01")],
            &[],
        );
        assert_eq!((result.state, result.rests_on), (ItemState::Met, Standing::Holds));
        assert_eq!(result.by, ["good"]);
    }

    #[test]
    fn a_failed_one_that_stands_alone_makes_the_item_insufficient() {
        let result = item(json!({}), &[patent("bad", "2030-01-01").standing(Standing::Fails)], &[]);
        assert_eq!((result.state, result.rests_on), (ItemState::Insufficient, Standing::Fails));
        assert!(result.findings.is_empty(), "the credential's own checks say what failed");
    }

    #[test]
    fn a_pending_one_that_stands_alone_leaves_the_item_open() {
        let result = item(json!({}), &[patent("a", "2030-01-01").standing(Standing::Pending)], &[]);
        assert_eq!((result.state, result.rests_on), (ItemState::Open, Standing::Pending));
    }

    #[test]
    fn an_attachment_that_would_do_is_taken_before_a_failed_credential() {
        let either =
            json!({"evidence": {"dcql": query(&["patent"]), "attachment_kinds": ["scan"], "any": true}});
        let result = item(either, &[patent("bad", "2030-01-01").standing(Standing::Fails)], &[("scan", &[])]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["scan".to_owned()]));
    }

    #[test]
    fn the_best_result_of_the_rules_counts() {
        let given = [patent("over", "2025-01-01"), patent("in_force", "2030-01-01")];
        let result = item(json!({"rules": in_force("error")}), &given, &[]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["in_force".to_owned()]));
    }

    #[test]
    fn a_pending_one_that_keeps_the_rules_is_better_than_a_sound_one_that_breaks_them() {
        let given =
            [patent("over", "2025-01-01"), patent("pending", "2030-01-01").standing(Standing::Pending)];
        let result = item(json!({"rules": in_force("error")}), &given, &[]);
        assert_eq!((result.state, result.by), (ItemState::Open, vec!["pending".to_owned()]));
    }

    #[test]
    fn the_option_of_a_set_that_holds_is_chosen() {
        let mut either = query(&["patent", "software-copyright"]);
        either["credential_sets"] = json!([{"options": [["patent"], ["software-copyright"]]}]);
        let given = [
            patent("bad", "2030-01-01").standing(Standing::Fails),
            credential("good", "software-copyright", json!({"number": "2"})),
        ];
        let result = item(json!({"evidence": {"dcql": either}}), &given, &[]);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["good".to_owned()]));
    }
}

mod rules {
    use super::*;

    #[test]
    fn a_false_rule_weighs_by_its_severity() {
        for (severity, outcome, state) in [
            ("error", Outcome::Fail, ItemState::Insufficient),
            ("warning", Outcome::Warning, ItemState::Met),
            ("info", Outcome::Info, ItemState::Met),
        ] {
            let result = item(json!({"rules": in_force(severity)}), &[patent("a", "2025-01-01")], &[]);
            assert_eq!((codes(&result), result.state), (vec![("RULE-FALSE", outcome)], state));
            assert!(result.findings[0].facts.contains(&("credential", "a".to_owned().into())));
            assert_eq!(result.findings[0].message.as_ref().unwrap().zh, "已过期");
        }
    }

    #[test]
    fn a_rule_on_a_fact_that_was_not_disclosed_leaves_the_item_open() {
        let result = item(
            json!({"rules": in_force("error")}),
            &[credential("a", "patent", json!({"number": "1"}))],
            &[],
        );
        assert_eq!((codes(&result), result.state), (vec![("RULE-OPEN", Outcome::Pending)], ItemState::Open));
        let missing = vec!["credential.valid_until".to_owned()];
        assert!(result.findings[0].facts.contains(&("missing", missing.into())));
    }

    #[test]
    fn a_rule_about_a_credential_is_open_where_only_an_attachment_answers() {
        let either = json!({"evidence": {"attachment_kinds": ["scan"]}, "rules": in_force("error")});
        let result = item(either, &[], &[("scan", &[])]);
        assert_eq!((codes(&result), result.state), (vec![("RULE-OPEN", Outcome::Pending)], ItemState::Open));
    }

    #[test]
    fn rules_are_not_asked_where_nothing_answers() {
        let result = item(json!({"rules": in_force("error")}), &[], &[]);
        assert_eq!(codes(&result), [("CHK-MISSING", Outcome::Fail)]);
    }

    #[test]
    fn data_that_does_not_fit_is_explained_in_both_languages() {
        let rules =
            json!([{"rule_id": "R", "severity": "error", "logic": {">": [{"var": "credential.number"}, 0]}}]);
        let result = item(json!({ "rules": rules }), &[patent("a", "2030-01-01")], &[]);
        let message = result.findings[0].message.clone().unwrap();
        assert_eq!(message.zh, "规则 R 无法判断：> 需要整数");
        assert_eq!(message.en(), "rule R cannot be decided: > needs whole numbers");
    }
}

mod provenance {
    use super::*;

    fn at_least(least: &str, given: &[Given]) -> ItemResult {
        item(json!({ "provenance_min": least }), given, &[])
    }

    #[test]
    fn weaker_than_wanted_is_a_warning() {
        let result = at_least("attested", &[patent("a", "2030-01-01").from(Provenance::Declared)]);
        assert_eq!(
            (codes(&result), result.state),
            (vec![("PROV-LOW", Outcome::Warning)], ItemState::Insufficient)
        );
        assert_eq!(result.findings[0].code, CheckCode::ProvLow);
    }

    #[test]
    fn as_strong_as_wanted_or_stronger_is_none() {
        for given in [Provenance::Attested, Provenance::Direct] {
            let result = at_least("attested", &[patent("a", "2030-01-01").from(given)]);
            assert_eq!((codes(&result), result.state), (vec![], ItemState::Met));
        }
    }

    #[test]
    fn the_stronger_of_two_is_relied_on() {
        let given = [patent("weak", "2030-01-01").from(Provenance::Declared), patent("strong", "2030-01-01")];
        let result = at_least("direct", &given);
        assert_eq!((result.state, result.by), (ItemState::Met, vec!["strong".to_owned()]));
    }
}
