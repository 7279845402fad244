//! DCQL: the published queries, what is refused, and what a query matches.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "helpers of tests stop at the first surprise"
)]

use std::path::PathBuf;

use serde_json::{Value, json};
use zizhi_rules::dcql::{Authority, Candidate, Query, QueryResult, SD_JWT_VC};

fn credential() -> Value {
    // The credential of OpenID4VP 1.0 §7.3, with more to select from.
    json!({
        "vct": "urn:zizhitong:credential:patent:1",
        "name": "Arthur Dent",
        "address": {"street_address": "42 Market Street", "locality": "Milliways", "postal_code": "12345"},
        "degrees": [
            {"type": "Bachelor of Science", "university": "University of Betelgeuse"},
            {"type": "Master of Science", "university": "University of Betelgeuse"},
        ],
        "nationalities": ["British", "Betelgeusian"],
        "mixed": [{"a": 1}, "text"],
        "empty": [], "nothing": null, "age": 42, "adult": true,
    })
}

fn candidate(claims: &Value) -> Candidate<'_> {
    Candidate {
        format: SD_JWT_VC,
        vct: claims["vct"].as_str().unwrap_or_default(),
        claims: claims.into(),
        authorities: &[],
        holder_bound: true,
    }
}

fn asked(claims: Value) -> Value {
    json!({"credentials": [{"id": "c", "format": "dc+sd-jwt", "meta": {}, "claims": claims}]})
}

fn answer(query: &Value, credentials: &[Value]) -> QueryResult {
    let candidates: Vec<Candidate<'_>> = credentials.iter().map(candidate).collect();
    Query::parse(query).unwrap().evaluate(&candidates)
}

mod vectors {
    use super::*;

    fn published(name: &str) -> Query {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let path = root.join("../../tests/data/vectors/dcql-openid4vp-1.0").join(name).with_extension("json");
        Query::parse(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).unwrap()
    }

    /// The credentials that the published queries ask for; each lacks the claims named.
    fn wallet(lacking: &[&str]) -> Vec<Value> {
        let mut wallet = vec![
            json!({"vct": "https://credentials.example.com/identity_credential", "given_name": "Erika",
                "family_name": "Doe", "postal_code": "90210", "locality": "X", "region": "Y",
                "date_of_birth": "1990-01-01", "address": {"street_address": "1 Road"}}),
            json!({"vct": "https://credentials.example.com/reduced_identity_credential",
                "given_name": "Erika", "family_name": "Doe"}),
            json!({"vct": "https://cred.example/residence_credential", "postal_code": "1", "locality": "X", "region": "Y"}),
        ];
        for credential in &mut wallet {
            for claim in lacking {
                credential.as_object_mut().unwrap().remove(*claim);
            }
        }
        wallet
    }

    fn run(name: &str, lacking: &[&str]) -> QueryResult {
        let wallet = wallet(lacking);
        let candidates: Vec<Candidate<'_>> = wallet.iter().map(candidate).collect();
        published(name).evaluate(&candidates)
    }

    macro_rules! queries {
        ($($test:ident: $name:literal, $lacking:tt => $satisfied:literal;)+) => {
            $(#[test] fn $test() { assert_eq!(run($name, &$lacking).satisfied, $satisfied); })+
        };
    }

    queries! {
        simple: "simple", [] => true;
        simple_without_an_address: "simple", ["address"] => false;
        simple_mdoc_matches_nothing: "simple_mdoc", [] => false;
        complex_mdoc_matches_nothing: "complex_mdoc", [] => false;
        multi_credentials_needs_the_mdoc_too: "multi_credentials", [] => false;
        value_matching: "value_matching_simple", [] => true;
        value_matching_without_the_claim: "value_matching_simple", ["postal_code"] => false;
        claims_alternatives: "claims_alternatives", [] => true;
        claims_alternatives_by_the_second: "claims_alternatives", ["region"] => true;
        claims_alternatives_by_none: "claims_alternatives", ["date_of_birth"] => false;
        credentials_alternatives: "credentials_alternatives", [] => true;
        credentials_alternatives_by_two_reduced_ones: "credentials_alternatives", ["address"] => true;
        credentials_alternatives_by_none: "credentials_alternatives", ["given_name"] => false;
    }

    #[test]
    fn the_first_claim_set_that_can_be_satisfied_is_chosen() {
        assert_eq!(run("claims_alternatives", &[]).matches[0][0].claim_set, Some(0));
        let second = run("claims_alternatives", &["region"]);
        assert_eq!(second.matches[0][0].claim_set, Some(1));
        assert_eq!(second.matches[0][0].claims, [0, 1, 4]);
    }

    #[test]
    fn an_answer_rests_on_the_first_option_that_is_satisfied() {
        let query = published("credentials_alternatives");
        assert_eq!(query.answered(&run("credentials_alternatives", &[])), [0], "pid alone");
        assert_eq!(
            query.answered(&run("credentials_alternatives", &["address"])),
            [2, 3],
            "the reduced pair"
        );
    }
}

mod form {
    use super::*;

    macro_rules! refuses {
        ($($name:ident: $query:tt => $message:literal;)+) => {
            $(#[test] fn $name() {
                assert_eq!(Query::parse(&json!($query)).unwrap_err().to_string(), $message);
            })+
        };
    }

    refuses! {
        no_object: [] => ": an object belongs here";
        no_credentials: {} => ": \"credentials\" is missing";
        credentials_empty: {"credentials": []} => "/credentials: this list must not be empty";
        unknown_member: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}}], "purpose": "x"} => "/purpose: the specification has no member \"purpose\"";
        unknown_member_of_meta: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {"vct": "x"}}]} => "/credentials/0/meta/vct: the specification has no member \"vct\"";
        id_missing: {"credentials": [{"format": "dc+sd-jwt", "meta": {}}]} => "/credentials/0: \"id\" is missing";
        id_empty: {"credentials": [{"id": "", "format": "dc+sd-jwt", "meta": {}}]} => "/credentials/0/id: an id is made of letters, digits, '_' and '-'";
        id_with_a_dot: {"credentials": [{"id": "a.b", "format": "dc+sd-jwt", "meta": {}}]} => "/credentials/0/id: an id is made of letters, digits, '_' and '-'";
        id_in_chinese: {"credentials": [{"id": "执照", "format": "dc+sd-jwt", "meta": {}}]} => "/credentials/0/id: an id is made of letters, digits, '_' and '-'";
        id_twice: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}}, {"id": "a", "format": "dc+sd-jwt", "meta": {}}]} => "/credentials/1/id: the id \"a\" is used twice";
        format_missing: {"credentials": [{"id": "a", "meta": {}}]} => "/credentials/0: \"format\" is missing";
        meta_missing: {"credentials": [{"id": "a", "format": "dc+sd-jwt"}]} => "/credentials/0: \"meta\" is missing";
        vct_values_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {"vct_values": []}}]} => "/credentials/0/meta/vct_values: this list must not be empty";
        vct_values_no_text: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {"vct_values": [1]}}]} => "/credentials/0/meta/vct_values/0: a text belongs here";
        multiple_no_truth_value: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "multiple": "yes"}]} => "/credentials/0/multiple: true or false belongs here";
        claims_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": []}]} => "/credentials/0/claims: this list must not be empty";
        path_missing: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"id": "x"}]}]} => "/credentials/0/claims/0: \"path\" is missing";
        path_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": []}]}]} => "/credentials/0/claims/0/path: this list must not be empty";
        path_with_a_negative_index: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["a", -1]}]}]} => "/credentials/0/claims/0/path/1: a text, null or a whole number from 0 belongs here";
        path_with_a_fraction: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["a", 1.5]}]}]} => "/credentials/0/claims/0/path/1: a text, null or a whole number from 0 belongs here";
        path_with_a_truth_value: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": [true]}]}]} => "/credentials/0/claims/0/path/0: a text, null or a whole number from 0 belongs here";
        values_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["a"], "values": []}]}]} => "/credentials/0/claims/0/values: this list must not be empty";
        values_null: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["a"], "values": [null]}]}]} => "/credentials/0/claims/0/values/0: a text, a whole number or a truth value belongs here";
        values_fraction: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["a"], "values": [0.5]}]}]} => "/credentials/0/claims/0/values/0: a text, a whole number or a truth value belongs here";
        claim_id_twice: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"id": "x", "path": ["a"]}, {"id": "x", "path": ["b"]}]}]} => "/credentials/0/claims/1/id: the id \"x\" is used twice";
        same_claim_twice: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["a"]}, {"path": ["a"]}]}]} => "/credentials/0/claims/1/path: another query points to the same claim";
        claim_sets_alone: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claim_sets": [["x"]]}]} => "/credentials/0/claim_sets: claim_sets needs claims";
        claim_sets_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"id": "x", "path": ["a"]}], "claim_sets": []}]} => "/credentials/0/claim_sets: this list must not be empty";
        claim_set_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"id": "x", "path": ["a"]}], "claim_sets": [[]]}]} => "/credentials/0/claim_sets/0: this list must not be empty";
        claim_set_of_unknown: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"id": "x", "path": ["a"]}], "claim_sets": [["y"]]}]} => "/credentials/0/claim_sets/0/0: there is nothing with the id \"y\"";
        claim_without_id_beside_claim_sets: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"id": "x", "path": ["a"]}, {"path": ["b"]}], "claim_sets": [["x"]]}]} => "/credentials/0/claims/1: \"id\" is missing";
        credential_sets_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}}], "credential_sets": []} => "/credential_sets: this list must not be empty";
        options_missing: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}}], "credential_sets": [{}]} => "/credential_sets/0: \"options\" is missing";
        option_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}}], "credential_sets": [{"options": [[]]}]} => "/credential_sets/0/options/0: this list must not be empty";
        option_of_unknown: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}}], "credential_sets": [{"options": [["b"]]}]} => "/credential_sets/0/options/0/0: there is nothing with the id \"b\"";
        authorities_empty: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "trusted_authorities": []}]} => "/credentials/0/trusted_authorities: this list must not be empty";
        authority_without_values: {"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}, "trusted_authorities": [{"type": "aki"}]}]} => "/credentials/0/trusted_authorities/0: \"values\" is missing";
    }

    #[test]
    fn more_entries_than_anybody_needs_are_refused() {
        let claims: Vec<Value> = (0..300).map(|index| json!({"path": [index]})).collect();
        let error = Query::parse(&asked(json!(claims))).unwrap_err();
        assert_eq!(error.to_string(), "/credentials/0/claims: more than 256 entries");
    }

    #[test]
    fn somebody_elses_query_may_hold_members_without_meaning_here() {
        let query = json!({
            "credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {"x": 1}, "y": 2,
                "claims": [{"path": ["a"], "z": 3}, {"path": ["a"]}]}],
            "purpose": "x",
        });
        assert!(Query::parse(&query).is_err());
        assert!(Query::parse_foreign(&query).is_ok());
    }
}

mod claims {
    use super::*;

    macro_rules! paths {
        ($($name:ident: $claim:tt => $found:literal;)+) => {
            $(#[test] fn $name() {
                let result = answer(&asked(json!([$claim])), &[credential()]);
                assert_eq!(result.satisfied, $found);
            })+
        };
    }

    paths! {
        a_member: {"path": ["name"]} => true;
        an_object: {"path": ["address"]} => true;
        a_member_of_an_object: {"path": ["address", "street_address"]} => true;
        a_member_that_is_not_there: {"path": ["address", "country"]} => false;
        a_member_of_a_text: {"path": ["name", "first"]} => false;
        every_element: {"path": ["degrees", null, "type"]} => true;
        every_element_of_nothing: {"path": ["empty", null]} => false;
        every_element_of_an_object: {"path": ["address", null]} => false;
        an_element: {"path": ["nationalities", 1]} => true;
        an_element_beyond_the_end: {"path": ["nationalities", 2]} => false;
        an_element_of_an_object: {"path": ["address", 0]} => false;
        a_key_into_an_array: {"path": ["nationalities", "1"]} => false;
        one_element_of_the_wrong_type_ends_it: {"path": ["mixed", null, "a"]} => false;
        a_claim_that_is_null_is_there: {"path": ["nothing"]} => true;
        below_null_there_is_nothing: {"path": ["nothing", "a"]} => false;
        one_value: {"path": ["name"], "values": ["Arthur Dent"]} => true;
        one_of_several_values: {"path": ["name"], "values": ["Ford", "Arthur Dent"]} => true;
        another_value: {"path": ["name"], "values": ["arthur dent"]} => false;
        a_number: {"path": ["age"], "values": [42]} => true;
        a_number_is_no_text: {"path": ["age"], "values": ["42"]} => false;
        a_truth_value: {"path": ["adult"], "values": [true]} => true;
        a_truth_value_is_no_number: {"path": ["adult"], "values": [1]} => false;
        a_value_among_the_elements: {"path": ["degrees", null, "type"], "values": ["Master of Science"]} => true;
        a_value_among_none_of_the_elements: {"path": ["nationalities", null], "values": ["Vogon"]} => false;
        an_array_is_no_value: {"path": ["nationalities"], "values": ["British"]} => false;
    }

    #[test]
    fn without_claims_the_credential_alone_is_asked_for() {
        let query = json!({"credentials": [{"id": "c", "format": "dc+sd-jwt", "meta": {}}]});
        let result = answer(&query, &[json!({})]);
        assert!(result.satisfied);
        assert!(result.matches[0][0].claims.is_empty());
    }
}

mod credentials {
    use super::*;

    fn query(extra: Value) -> Query {
        let mut query = json!({"id": "c", "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:zizhitong:credential:patent:1"]}});
        query.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        Query::parse(&json!({ "credentials": [query] })).unwrap()
    }

    #[test]
    fn the_type_must_be_one_of_those_named() {
        let ours = credential();
        let other = json!({"vct": "urn:zizhitong:credential:patent:2"});
        let result = query(json!({})).evaluate(&[candidate(&other), candidate(&ours)]);
        assert_eq!(result.matches[0].iter().map(|found| found.candidate).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_credential_of_another_format_does_not_match() {
        let ours = credential();
        let foreign = Candidate { format: "mso_mdoc", ..candidate(&ours) };
        assert!(!query(json!({})).evaluate(&[foreign]).satisfied);
    }

    #[test]
    fn holder_binding_is_required_unless_the_query_waives_it() {
        let ours = credential();
        let unbound = Candidate { holder_bound: false, ..candidate(&ours) };
        assert!(!query(json!({})).evaluate(&[unbound]).satisfied);
        let waived = query(json!({"require_cryptographic_holder_binding": false}));
        assert!(waived.evaluate(&[unbound]).satisfied);
    }

    #[test]
    fn one_value_of_one_trusted_authority_is_enough() {
        let ours = credential();
        let known = [
            Authority { kind: "aki", value: "key-1" },
            Authority { kind: "openid_federation", value: "urn:uscc:1" },
        ];
        let from = Candidate { authorities: &known, ..candidate(&ours) };
        let trusting = |kind: &str, values: &[&str]| {
            let authorities = json!([{"type": "aki", "values": ["key-9"]}, {"type": kind, "values": values}]);
            query(json!({ "trusted_authorities": authorities })).evaluate(&[from]).satisfied
        };
        assert!(trusting("aki", &["key-0", "key-1"]));
        assert!(trusting("openid_federation", &["urn:uscc:1"]));
        assert!(!trusting("openid_federation", &["key-1"]), "the type counts, too");
        assert!(!trusting("somebody-elses", &["urn:uscc:1"]), "an unknown type matches nothing");
    }

    #[test]
    fn every_credential_query_is_needed_without_sets() {
        let query = json!({"credentials": [
            {"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["name"]}]},
            {"id": "b", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["number"]}]},
        ]});
        let result = answer(&query, &[credential()]);
        assert!(!result.satisfied);
        assert_eq!(result.unmet, [1]);
        let both = answer(&query, &[credential(), json!({"number": "1"})]);
        assert!(both.satisfied, "two credentials may answer together");
    }

    #[test]
    fn an_optional_set_may_stay_unanswered() {
        let query = |required: bool| {
            json!({
                "credentials": [
                    {"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["name"]}]},
                    {"id": "b", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["number"]}]},
                ],
                "credential_sets": [{"options": [["a"]]}, {"required": required, "options": [["b"]]}],
            })
        };
        let result = answer(&query(false), &[credential()]);
        assert!(result.satisfied);
        assert_eq!(result.sets[1].option, None);
        assert!(!answer(&query(true), &[credential()]).satisfied);
    }

    #[test]
    fn a_query_of_optional_sets_alone_is_satisfied_by_nothing() {
        let query = json!({
            "credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {}}],
            "credential_sets": [{"required": false, "options": [["a"]]}],
        });
        assert!(answer(&query, &[]).satisfied);
    }

    #[test]
    fn one_credential_may_answer_several_queries() {
        let query = json!({"credentials": [
            {"id": "a", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["name"]}]},
            {"id": "b", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": ["age"]}]},
        ]});
        assert!(answer(&query, &[credential()]).satisfied);
    }
}
