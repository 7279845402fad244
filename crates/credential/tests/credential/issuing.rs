//! What an issuer may sign, and that it reads back as it was stated.

use serde_json::{Map, Value, json};
use zizhi_credential::issue::{IssueError, Statement, issue};
use zizhi_credential::sdjwt::{StatusRef, Unverified, rule};
use zizhi_credential::types;
use zizhi_crypto::{Algorithm, SigningKey};
use zizhi_model::Provenance;

use crate::support::{Counting, IAT, LIST, claims, holder, issued, issued_by, issuer, limits};

#[test]
fn reads_back_what_was_stated() {
    let text = issued();
    let key = issuer();
    let unverified = Unverified::parse_issued(&text, &limits()).unwrap();
    assert_eq!(unverified.issuer(), Some("urn:uscc:91340100DEM0000228"), "the issuer is told before the key");
    assert_eq!(unverified.kid(), Some(key.public().key_id().as_str()), "and so is the key's id");
    assert_eq!(unverified.alg(), "EdDSA", "and the algorithm");
    let verified = unverified.verify(key.public()).unwrap();
    assert_eq!(&verified.holder_key().unwrap(), holder().public(), "the holder's key is the one given");
    let disclosed = verified.disclose().unwrap();

    let mut expected = claims();
    expected.insert("cnf".into(), json!({ "jwk": holder().public().to_jwk() }));
    expected.insert("status".into(), json!({ "status_list": { "uri": LIST, "idx": 42 } }));
    assert_eq!(disclosed.payload().to_value(), Value::Object(expected), "with all disclosures, all is there");
    assert_eq!(disclosed.undisclosed_count(), 0, "nothing is held back and there are no decoys");

    let typed = disclosed.claims();
    assert_eq!((typed.type_id(), typed.type_version()), ("incubatee-certificate", 1), "vct taken apart");
    assert_eq!((typed.issued_at, typed.provenance), (IAT, Provenance::Direct), "typed claims");
    assert_eq!(typed.status.as_ref().unwrap().idx, 42, "typed status");
}

#[test]
fn hides_everything_that_need_not_be_seen() {
    let text = issued();
    let jwt = text.split('~').next().unwrap();
    let unverified = format!("{jwt}~");
    let unverified = Unverified::parse(&unverified, &limits()).unwrap();
    let disclosed = unverified.verify(issuer().public()).unwrap().disclose().unwrap();
    let mut names: Vec<String> =
        disclosed.payload().as_object().unwrap().iter().map(|(name, _)| name.to_owned()).collect();
    names.sort();
    let visible = ["cnf", "iat", "iss", "name", "provenance", "region", "status", "sub", "vct"];
    assert_eq!(names, visible, "the table of formats.md §1 and nothing else");
    assert_eq!(disclosed.undisclosed_count(), 9, "one digest for each claim that is hidden");
}

#[test]
fn hides_members_and_elements_each_on_its_own() {
    let text = issued();
    // 9 claims, the 3 members of `attested` and the 2 elements of `owners`.
    assert_eq!(text.split('~').count() - 2, 14, "one disclosure each");
}

#[test]
fn the_order_of_digests_says_nothing() {
    let text = issued();
    let unverified = Unverified::parse(&text, &limits()).unwrap();
    let verified = unverified.verify(issuer().public()).unwrap();
    let digests: Vec<&str> = verified
        .signed_payload()
        .get("_sd")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|digest| digest.as_str().unwrap())
        .collect();
    assert!(digests.is_sorted(), "sorted digests forget the order of the claims");
}

#[test]
fn decoys_are_taken_for_claims_held_back() {
    let key = issuer();
    let holder = holder();
    let claims = claims();
    let statement = Statement { decoys: 5, ..statement(&claims, &holder) };
    let text = issue(&statement, &key, &mut Counting(7)).unwrap();
    let unverified = Unverified::parse(&text, &limits()).unwrap();
    let disclosed = unverified.verify(key.public()).unwrap().disclose().unwrap();
    assert_eq!(disclosed.undisclosed_count(), 5, "a decoy is a digest without a disclosure");
}

#[test]
fn signs_with_every_algorithm() {
    for algorithm in Algorithm::ALL {
        let key = SigningKey::generate(algorithm, &mut Counting(9)).unwrap();
        let text = issued_by(&key, &claims());
        let unverified = Unverified::parse(&text, &limits()).unwrap();
        let verified = unverified.verify(key.public()).unwrap();
        let hash = verified.signed_payload().get("_sd_alg").unwrap().as_str().unwrap().to_owned();
        let expected = if algorithm == Algorithm::Sm2Sm3 { "sm3" } else { "sha-256" };
        assert_eq!(hash, expected, "formats.md §1: sm3 beside SM2-SM3 only");
        assert_eq!(verified.disclose().unwrap().undisclosed_count(), 0, "every digest is found again");
    }
}

#[test]
fn refuses_a_missing_claim() {
    for claim in ["iss", "sub", "vct", "iat", "provenance", "name", "region"] {
        let mut claims = claims();
        claims.remove(claim);
        let error = refusal(&claims);
        let IssueError::Claims(error) = error else { panic!("{claim}: {error}") };
        assert_eq!((error.rule(), error.claim()), (rule::MISSING_CLAIM, Some(claim)), "{claim} is required");
    }
}

#[test]
fn refuses_what_a_reader_would_refuse() {
    let cases: [(&str, Value, &str); 6] = [
        ("number", json!(1.5), "a float"),
        ("number", json!("e\u{301}"), "text that is not NFC"),
        ("_sd", json!([]), "a name that SD-JWT keeps"),
        ("nested", json!([{ "...": "x" }]), "a name that SD-JWT keeps, deep inside"),
        ("_sd_alg", json!("sha-256"), "a name that SD-JWT keeps"),
        ("cnf", json!({}), "a second holder"),
    ];
    for (name, value, why) in cases {
        let mut claims = claims();
        claims.insert(name.into(), value);
        assert!(
            matches!(refusal(&claims), IssueError::Json(_) | IssueError::Reserved(_) | IssueError::Twice(_)),
            "{why}"
        );
    }
}

#[test]
fn insists_on_a_status_beyond_a_day() {
    let holder = holder();
    let mut claims = claims();
    let without = |claims: &Map<String, Value>| {
        issue(&Statement { status: None, ..statement(claims, &holder) }, &issuer(), &mut Counting(7))
    };
    assert!(matches!(without(&claims), Err(IssueError::Status)), "no exp at all is beyond a day");
    claims.insert("exp".into(), json!(IAT + 24 * 60 * 60 + 1));
    assert!(matches!(without(&claims), Err(IssueError::Status)), "a second more than a day");
    claims.insert("exp".into(), json!(IAT + 24 * 60 * 60));
    assert!(without(&claims).is_ok(), "formats.md §1: exp ≤ iat + 24 h needs none");
}

#[test]
fn insists_on_what_the_type_requires() {
    let holder = holder();
    let metadata = types::find("urn:zizhitong:credential:incubatee-certificate:1");
    let mut claims = claims();
    claims.remove("entered_on");
    let statement = Statement { metadata, ..statement(&claims, &holder) };
    let error = issue(&statement, &issuer(), &mut Counting(7)).unwrap_err();
    assert!(matches!(&error, IssueError::Mandatory(claim) if claim == "entered_on"), "{error}");
}

#[test]
fn refuses_more_than_a_reader_takes() {
    let mut claims = claims();
    claims.insert("many".into(), (0..600).collect());
    assert!(matches!(refusal(&claims), IssueError::Size), "formats.md §5: 512 disclosures");
}

fn refusal(claims: &Map<String, Value>) -> IssueError {
    issue(&statement(claims, &holder()), &issuer(), &mut Counting(7)).unwrap_err()
}

fn statement<'s>(claims: &'s Map<String, Value>, holder: &'s SigningKey) -> Statement<'s> {
    Statement {
        claims,
        holder: holder.public(),
        status: Some(StatusRef { uri: LIST.into(), idx: 42 }),
        decoys: 0,
        metadata: None,
    }
}
