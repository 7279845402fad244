//! What a holder can show, and to whom it is bound.

use serde_json::{Value, json};
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::present::{Binding, Choice, PresentError, choices, present};
use zizhi_credential::sdjwt::{KbPolicy, Unverified, rule};
use zizhi_credential::{Path, PathError};
use zizhi_crypto::{Algorithm, SigningKey};
use zizhi_model::CheckCode;

use crate::support::{AUD, IAT, NONCE, claims, holder, issued, issued_by, issuer, limits, stranger};

/// What a presentation of `paths` shows beyond what is always visible.
fn shown(paths: &[&str]) -> Value {
    let text = issued();
    let paths: Vec<Path<'_>> = paths.iter().map(|path| Path::parse(path).unwrap()).collect();
    let presentation = present(&text, Choice::Only(&paths), None, &limits()).unwrap();
    let unverified = Unverified::parse(&presentation, &limits()).unwrap();
    let disclosed = unverified.verify(issuer().public()).unwrap().disclose().unwrap();
    let mut payload = disclosed.payload().to_value();
    for name in ["cnf", "iat", "iss", "name", "provenance", "region", "status", "sub", "vct"] {
        payload.as_object_mut().unwrap().remove(name);
    }
    payload
}

#[test]
fn shows_one_claim() {
    assert_eq!(shown(&["number"]), json!({ "number": "HFUSP-2026-0117" }));
}

#[test]
fn shows_nothing() {
    assert_eq!(shown(&[]), json!({}));
}

#[test]
fn shows_a_member_in_its_object() {
    assert_eq!(shown(&["attested.method"]), json!({ "attested": { "method": "original" } }));
}

#[test]
fn shows_an_object_with_all_its_members() {
    assert_eq!(shown(&["attested"]), json!({ "attested": claims()["attested"] }));
}

#[test]
fn shows_one_element_of_an_array() {
    assert_eq!(shown(&["owners.1"]), json!({ "owners": ["量子传感"] }));
    assert_eq!(shown(&["owners[1]"]), json!({ "owners": ["量子传感"] }), "both spellings are read");
}

#[test]
fn shows_several() {
    assert_eq!(shown(&["rd_on_site", "owners[0]"]), json!({ "rd_on_site": true, "owners": ["合肥星河"] }));
}

#[test]
fn a_visible_claim_can_be_chosen_and_adds_nothing() {
    assert_eq!(shown(&["iss"]), json!({}));
}

#[test]
fn refuses_a_claim_that_is_not_there() {
    for path in ["numbre", "attested.by.whom", "owners[2]", "owners.first"] {
        let path = [Path::parse(path).unwrap()];
        let error = present(&issued(), Choice::Only(&path), None, &limits()).unwrap_err();
        assert!(matches!(error, PresentError::NoSuchClaim(_)), "{error}");
    }
}

#[test]
fn paths_are_read_strictly() {
    assert_eq!(Path::parse(""), Err(PathError::Empty));
    assert_eq!(Path::parse("a..b"), Err(PathError::Empty));
    assert_eq!(Path::parse("a[x]"), Err(PathError::Bracket));
    assert_eq!(Path::parse("a[1"), Err(PathError::Bracket));
    assert_eq!(Path::parse("a.b[1][2].c").unwrap().to_string(), "a.b[1][2].c");
}

#[test]
fn tells_what_can_be_chosen() {
    let paths: Vec<String> = choices(&issued(), &limits()).unwrap().iter().map(ToString::to_string).collect();
    for path in ["number", "attested", "attested.by", "owners", "owners[0]", "owners[1]"] {
        assert!(paths.contains(&path.to_owned()), "{path} is among {paths:?}");
    }
    assert_eq!(paths.len(), 14, "one for each disclosure");
}

#[test]
fn binds_to_one_verifier() {
    for algorithm in Algorithm::ALL {
        let issuer = SigningKey::generate(algorithm, &mut crate::support::Counting(5)).unwrap();
        let text = issued_by(&issuer, &claims());
        let presentation = bound(&text, &holder()).unwrap();
        let unverified = Unverified::parse(&presentation, &limits()).unwrap();
        assert!(unverified.has_key_binding(), "the holder signed");
        let verified = unverified.verify(issuer.public()).unwrap();
        let key = verified.holder_key().unwrap();
        let policy = policy();
        let binding = verified.key_binding().unwrap();
        assert_eq!(binding.check(&key, &policy), vec![], "every rule holds");
        assert_eq!(codes(&binding.check(&key, &KbPolicy { aud: "other", ..policy })), [CheckCode::KbAud]);
        assert_eq!(codes(&binding.check(&key, &KbPolicy { nonce: "other", ..policy })), [CheckCode::KbNonce]);
        assert_eq!(codes(&binding.check(stranger().public(), &policy)), [CheckCode::SigInvalid]);
    }
}

#[test]
fn the_window_of_a_key_binding_is_closed_on_both_sides() {
    let presentation = bound(&issued(), &holder()).unwrap();
    let unverified = Unverified::parse(&presentation, &limits()).unwrap();
    let verified = unverified.verify(issuer().public()).unwrap();
    let binding = verified.key_binding().unwrap();
    let holds = |change: &dyn Fn(KbPolicy<'static>) -> KbPolicy<'static>| {
        binding.check(holder().public(), &change(policy())).is_empty()
    };
    let iat = IAT + 100;
    assert!(holds(&|policy| KbPolicy { now: iat - 300, ..policy }), "within the skew of a slow clock");
    assert!(!holds(&|policy| KbPolicy { now: iat - 301, ..policy }), "in the future beyond the skew");
    assert!(holds(&|policy| KbPolicy { not_before: iat, ..policy }), "in the credential's own second");
    assert!(!holds(&|policy| KbPolicy { not_before: iat + 1, ..policy }), "before the credential was there");
    assert!(
        holds(&|policy| KbPolicy { reference: Some(iat + 300), ..policy }),
        "five minutes before the manifest"
    );
    assert!(
        !holds(&|policy| KbPolicy { reference: Some(iat + 301), ..policy }),
        "more than five minutes before"
    );
    assert!(
        holds(&|policy| KbPolicy { reference: Some(iat - 300), ..policy }),
        "five minutes after the manifest"
    );
    assert!(
        !holds(&|policy| KbPolicy { reference: Some(iat - 301), ..policy }),
        "more than five minutes after"
    );
    assert!(holds(&|policy| KbPolicy { now: i64::MAX, ..policy }), "read again years later");
}

#[test]
fn refuses_to_bind_another_holders_credential() {
    let error = bound(&issued(), &stranger()).unwrap_err();
    assert!(matches!(error, PresentError::OtherHolder), "{error}");
}

#[test]
fn refuses_to_present_a_presentation() {
    let presentation = bound(&issued(), &holder()).unwrap();
    let PresentError::Credential(error) = bound(&presentation, &holder()).unwrap_err() else { panic!() };
    assert_eq!(error.rule(), rule::KEY_BINDING_UNEXPECTED, "RFC 9901 §7.2");
    let error = Unverified::parse_issued(&presentation, &limits()).unwrap_err();
    assert_eq!(error.rule(), rule::KEY_BINDING_UNEXPECTED, "the same where a credential is taken in");
}

#[test]
fn without_the_issuers_key_the_rest_can_still_be_looked_at() {
    let presentation = bound(&issued(), &holder()).unwrap();
    let unverified = Unverified::parse(&presentation, &limits()).unwrap();
    let claimed = unverified.claimed().unwrap();
    let key = claimed.holder_key().unwrap();
    assert_eq!(claimed.key_binding().unwrap().check(&key, &policy()), vec![], "the holder's part holds");
    let (payload, claims) = claimed.into_contents().unwrap();
    assert_eq!(payload.get("number").unwrap().as_str(), Some("HFUSP-2026-0117"), "what was disclosed");
    assert_eq!(claims.type_id(), "incubatee-certificate", "what it says it is");

    let unreferenced = present(&issued(), Choice::All, None, &limits()).unwrap() + "WyJ4Il0~";
    let unverified = Unverified::parse(&unreferenced, &limits()).unwrap();
    let error = unverified.claimed().unwrap().into_contents().unwrap_err();
    assert_eq!(error.rule(), rule::UNREFERENCED_DISCLOSURE, "the same rules count");
}

#[test]
fn inspect_agrees_with_the_reader() {
    let presentation = bound(&issued(), &holder()).unwrap();
    let issuer = issuer();
    let expected =
        Expected { issuer: Some(issuer.public()), aud: Some(AUD), nonce: Some(NONCE), at: IAT + 200 };
    let found = inspect(format!("\n{presentation}\n").as_bytes(), &expected, &limits());
    assert_eq!(found.failures().count(), 0, "{:?}", found.checks);
    assert_eq!(found.disclosures.len(), 1, "one claim was chosen");
    assert_eq!(
        (found.disclosures[0].path.as_str(), &found.disclosures[0].value),
        ("number", &json!("HFUSP-2026-0117"))
    );

    let unbound = inspect(issued().as_bytes(), &expected, &limits());
    let codes: Vec<_> = unbound.failures().map(|check| check.code).collect();
    assert_eq!(codes, [CheckCode::KbMissing], "an audience was asked for and nothing is bound to it");
    let late = inspect(presentation.as_bytes(), &Expected { at: IAT - 1000, ..expected }, &limits());
    let codes: Vec<_> = late.failures().map(|check| check.code).collect();
    assert_eq!(codes, [CheckCode::KbTime, CheckCode::DateFuture], "inspect judges the dates");
}

fn codes(broken: &[(CheckCode, zizhi_model::check::Facts)]) -> Vec<CheckCode> {
    broken.iter().map(|(code, _)| *code).collect()
}

fn policy() -> KbPolicy<'static> {
    KbPolicy {
        aud: AUD,
        nonce: NONCE,
        not_before: IAT,
        reference: Some(IAT + 100),
        now: IAT + 200,
        skew: 300,
    }
}

fn bound(text: &str, key: &SigningKey) -> Result<String, PresentError> {
    let number = [Path::parse("number").unwrap()];
    let binding = Binding { key, aud: AUD, nonce: NONCE, iat: IAT + 100 };
    present(text, Choice::Only(&number), Some(&binding), &limits())
}
