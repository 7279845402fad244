//! Requests and manifests: what is signed is read, and what is not as it should be is named.

use crate::support::{DESTINATION, FIRM, Fixed, draft, key, object};
use serde_json::{Value, json};
use zizhi_crypto::{Algorithm, SigningKey, jws};
use zizhi_dossier::manifest::{self, AttachmentRef, CredentialRef};
use zizhi_dossier::request::{self, Request, RulePackRef};
use zizhi_dossier::{Digest, ReadError, ids};
use zizhi_model::check::Fact;
use zizhi_model::region::Region;
use zizhi_model::{CheckCode, Limits, OrgId, Scenario, Uscc};

fn limits() -> Limits {
    Limits::default()
}

fn request() -> Request {
    Request {
        iss: OrgId(Uscc::parse(DESTINATION).unwrap()),
        iat: 1_794_000_000,
        exp: 1_796_000_000,
        jti: ids::uuid_v7(chrono::DateTime::from_timestamp(1_794_000_000, 0).unwrap(), &mut Fixed(3)),
        nonce: "n-0S6_WzA2Mj".to_owned(),
        scenario: Scenario::FullRelocation,
        destination_region: Region::parse("340104").unwrap(),
        checklist_id: "HF-MOVE".to_owned(),
        rule_pack: RulePackRef { id: "hf-yaohai".to_owned(), version: 3 },
        only_for: Some(Uscc::parse(FIRM).unwrap()),
        other: object(r#"{"remark":"一并提交租赁合同"}"#),
    }
}

fn full_manifest() -> manifest::Manifest {
    let mut manifest = draft();
    manifest.request = Some("a.b.c".to_owned());
    manifest.credentials = vec![CredentialRef {
        path: "credentials/001.sdjwt".to_owned(),
        sha256: Digest::of(b"a"),
        kind: "patent".to_owned(),
        answers: vec!["ip".to_owned()],
    }];
    manifest.attachments = vec![AttachmentRef {
        path: format!("attachments/{}", Digest::of(b"b")),
        sha256: Digest::of(b"b"),
        size: 1,
        media_type: "application/pdf".to_owned(),
        name: "b.pdf".to_owned(),
        kind: "lease".to_owned(),
        answers: vec![],
    }];
    manifest.other = object(r#"{"schema":2}"#);
    manifest
}

/// Signs a manifest after `change` was made to its JSON, and reads it.
fn read_changed(change: impl FnOnce(&mut Value)) -> Result<manifest::Manifest, ReadError> {
    let mut payload = serde_json::to_value(full_manifest()).unwrap();
    change(&mut payload);
    let text = jws::sign(&key(), manifest::TYP, &payload).unwrap();
    manifest::Unverified::parse(&text, &limits())?.verify().map(manifest::Verified::into_manifest)
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Value), code: CheckCode, member: &str) {
    let error = read_changed(change).expect_err("the change is refused");
    assert_eq!(error.code(), code, "{error}");
    let named = error.facts().into_iter().find(|(name, _)| *name == "member").map(|(_, fact)| fact);
    assert_eq!(named, Some(Fact::from(member.to_owned())), "{error}");
}

#[test]
fn a_request_comes_back_as_it_was_signed() {
    let text = request::sign(&key(), &request()).unwrap();
    let unverified = request::Unverified::parse(&text, &limits()).unwrap();
    assert_eq!(unverified.issuer(), Some(request().iss));
    assert_eq!(unverified.peek().unwrap(), request());
    let verified = unverified.verify(key().public()).unwrap();
    assert_eq!(*verified.request(), request());
    assert_eq!(verified.key_id(), key().public().key_id());
    assert!(
        request::Unverified::parse(&format!("{text}\n"), &limits()).is_ok(),
        "an editor may add a newline"
    );
}

#[test]
fn a_request_of_another_key_or_type_is_refused() {
    let other = SigningKey::generate(Algorithm::EdDsa, &mut Fixed(8)).unwrap();
    let text = request::sign(&key(), &request()).unwrap();
    let error = request::Unverified::parse(&text, &limits()).unwrap().verify(other.public()).unwrap_err();
    assert_eq!(error.code(), CheckCode::SigInvalid);
    let es256 = SigningKey::generate(Algorithm::Es256, &mut Fixed(9)).unwrap();
    let error = request::Unverified::parse(&text, &limits()).unwrap().verify(es256.public()).unwrap_err();
    assert_eq!(error.code(), CheckCode::SigAlg);
    let manifest = jws::sign(&key(), manifest::TYP, &request()).unwrap();
    let error = request::Unverified::parse(&manifest, &limits()).unwrap().verify(key().public()).unwrap_err();
    assert_eq!(error.code(), CheckCode::SigTyp, "one object is not taken for another");
}

#[test]
fn a_request_lacks_nothing() {
    for member in
        ["iss", "iat", "exp", "jti", "nonce", "scenario", "destination_region", "checklist_id", "rule_pack"]
    {
        let mut payload = serde_json::to_value(request()).unwrap();
        payload.as_object_mut().unwrap().remove(member);
        let text = jws::sign(&key(), request::TYP, &payload).unwrap();
        let error = request::Unverified::parse(&text, &limits()).unwrap().verify(key().public()).unwrap_err();
        assert_eq!(error.code(), CheckCode::FmtJson, "{member}");
        assert!(error.facts().contains(&("member", Fact::from(member.to_owned()))), "{member}");
    }
}

#[test]
fn a_request_id_is_written_as_uuid_7_and_read_as_any_name() {
    let mut payload = serde_json::to_value(request()).unwrap();
    payload["jti"] = json!("9f1c0a52-8f5b-4d0e-9c57-0d2f0b7a1e11");
    let text = jws::sign(&key(), request::TYP, &payload).unwrap();
    let read = request::Unverified::parse(&text, &limits()).unwrap().verify(key().public()).unwrap();
    assert_eq!(read.request().jti, payload["jti"], "no check speaks of its form (formats.md §6)");

    let earlier = ids::uuid_v7(chrono::DateTime::from_timestamp(1_794_000_000, 0).unwrap(), &mut Fixed(1));
    let later = ids::uuid_v7(chrono::DateTime::from_timestamp(1_794_000_001, 0).unwrap(), &mut Fixed(1));
    assert!(ids::is_uuid_v7(&earlier) && ids::is_uuid_v7(&later), "{earlier} {later}");
    assert!(earlier < later, "they sort by time");
    for wrong in ["", "019a9c40-1234-7abc-cdef-0123456789ab", "019A9C40-1234-7ABC-8DEF-0123456789AB"] {
        assert!(!ids::is_uuid_v7(wrong), "{wrong}");
    }
}

#[test]
fn the_firm_of_a_request_is_read_in_both_forms() {
    for form in [FIRM.to_owned(), format!("urn:uscc:{FIRM}")] {
        let mut payload = serde_json::to_value(request()).unwrap();
        payload["for"] = json!(form);
        let text = jws::sign(&key(), request::TYP, &payload).unwrap();
        let request = request::Unverified::parse(&text, &limits()).unwrap().peek().unwrap();
        assert_eq!(request.only_for, Some(Uscc::parse(FIRM).unwrap()));
    }
    let open = Request { only_for: None, ..request() };
    let text = request::sign(&key(), &open).unwrap();
    assert_eq!(request::Unverified::parse(&text, &limits()).unwrap().peek().unwrap(), open);
}

#[test]
fn a_manifest_comes_back_as_it_was_signed() {
    for algorithm in [Algorithm::EdDsa, Algorithm::Es256, Algorithm::Sm2Sm3] {
        let key = SigningKey::generate(algorithm, &mut Fixed(11)).unwrap();
        let manifest = manifest::Manifest { key: key.public().clone(), ..full_manifest() };
        let text = manifest::sign(&key, &manifest).unwrap();
        let unverified = manifest::Unverified::parse(&text, &limits()).unwrap();
        assert_eq!(unverified.key().unwrap(), *key.public());
        assert_eq!(unverified.peek().unwrap(), manifest);
        assert_eq!(*unverified.verify().unwrap().manifest(), manifest);
    }
}

#[test]
fn a_manifest_has_the_members_of_the_format() {
    let payload = serde_json::to_value(full_manifest()).unwrap();
    let members: Vec<_> = payload.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "iss",
        "aud",
        "iat",
        "jti",
        "nonce",
        "request",
        "cnf",
        "scenario",
        "origin_region",
        "destination_region",
        "firm",
        "checklist_id",
        "rule_pack",
        "credentials",
        "attachments",
        "facts",
        "consents",
        "schema",
    ];
    expected.sort_unstable();
    let mut members = members;
    members.sort_unstable();
    assert_eq!(members, expected);
    assert_eq!(payload["iss"], json!(format!("urn:uscc:{FIRM}")));
    assert_eq!(payload["firm"]["uscc"], json!(FIRM));
    assert_eq!(payload["firm"]["former_names"][0]["until"], json!("2024-05-31"));
    assert_eq!(payload["cnf"]["jwk"]["crv"], json!("Ed25519"));
    assert_eq!(payload["credentials"][0]["type"], json!("patent"));
    assert_eq!(payload["attachments"][0]["sha256"].as_str().unwrap().len(), 43, "digests are base64url");
}

#[test]
fn digests_are_read_in_both_forms() {
    let digest = Digest::of(b"a");
    for form in [digest.base64url(), digest.hex(), digest.hex().to_uppercase()] {
        let read = read_changed(|payload| payload["credentials"][0]["sha256"] = json!(form)).unwrap();
        assert_eq!(read.credentials[0].sha256, digest);
    }
    for wrong in ["", "abc", &digest.hex()[1..], &format!("{}=", digest.base64url())] {
        refused(
            |payload| payload["credentials"][0]["sha256"] = json!(wrong),
            CheckCode::FmtJson,
            "credentials[0].sha256",
        );
    }
}

#[test]
fn a_manifest_signed_by_another_key_than_its_own_is_refused() {
    let other = SigningKey::generate(Algorithm::EdDsa, &mut Fixed(8)).unwrap();
    let text = jws::sign(&other, manifest::TYP, &full_manifest()).unwrap();
    let error = manifest::Unverified::parse(&text, &limits()).unwrap().verify().unwrap_err();
    assert_eq!(error.code(), CheckCode::SigInvalid);
    let text = jws::sign(&key(), request::TYP, &full_manifest()).unwrap();
    let error = manifest::Unverified::parse(&text, &limits()).unwrap().verify().unwrap_err();
    assert_eq!(error.code(), CheckCode::SigTyp);
}

#[test]
fn a_bad_signature_is_named_before_a_missing_member() {
    let mut payload = serde_json::to_value(full_manifest()).unwrap();
    payload.as_object_mut().unwrap().remove("nonce");
    let other = SigningKey::generate(Algorithm::EdDsa, &mut Fixed(8)).unwrap();
    let text = jws::sign(&other, manifest::TYP, &payload).unwrap();
    let error = manifest::Unverified::parse(&text, &limits()).unwrap().verify().unwrap_err();
    assert_eq!(error.code(), CheckCode::SigInvalid);
}

#[test]
fn each_missing_member_is_named() {
    for member in [
        "iss",
        "aud",
        "iat",
        "jti",
        "nonce",
        "cnf",
        "scenario",
        "origin_region",
        "destination_region",
        "firm",
        "checklist_id",
        "rule_pack",
        "credentials",
    ] {
        refused(|payload| drop(payload.as_object_mut().unwrap().remove(member)), CheckCode::FmtJson, member);
    }
    for (list, member) in
        [("credentials", "path"), ("credentials", "type"), ("attachments", "size"), ("attachments", "kind")]
    {
        let place = format!("{list}[0].{member}");
        refused(
            |payload| drop(payload[list][0].as_object_mut().unwrap().remove(member)),
            CheckCode::FmtJson,
            &place,
        );
    }
}

#[test]
fn members_that_may_be_absent_are_empty_then() {
    let read = read_changed(|payload| {
        for member in ["request", "attachments", "facts", "consents", "schema"] {
            payload.as_object_mut().unwrap().remove(member);
        }
        payload["firm"].as_object_mut().unwrap().remove("former_names");
        payload["credentials"][0].as_object_mut().unwrap().remove("answers");
    })
    .unwrap();
    assert!(read.attachments.is_empty() && read.facts.0.is_empty() && read.consents.is_empty());
    assert!(read.firm.former_names.is_empty() && read.credentials[0].answers.is_empty());
    assert_eq!(read.request, None);
}

#[test]
fn each_member_of_the_wrong_kind_is_named() {
    let json = CheckCode::FmtJson;
    refused(|payload| payload["iat"] = json!("1795000000"), json, "iat");
    refused(|payload| payload["scenario"] = json!("holiday"), json, "scenario");
    refused(|payload| payload["origin_region"] = json!("33"), json, "origin_region");
    refused(|payload| payload["credentials"] = json!({}), json, "credentials");
    refused(|payload| payload["credentials"][0] = json!("credentials/001.sdjwt"), json, "credentials[0]");
    refused(|payload| payload["attachments"][0]["size"] = json!(-1), json, "attachments[0].size");
    refused(
        |payload| payload["firm"]["former_names"][0]["until"] = json!("31.5.2024"),
        json,
        "firm.former_names[0].until",
    );
    refused(|payload| payload["rule_pack"]["version"] = json!("3"), json, "rule_pack.version");
    refused(|payload| payload["credentials"][0]["answers"] = json!([1]), json, "credentials[0].answers");
    refused(|payload| payload["nonce"] = json!(""), json, "nonce");
    refused(|payload| payload["facts"] = json!([]), json, "facts");
    refused(|payload| payload["firm"]["uscc"] = json!("91330421DEM0000815"), CheckCode::FmtUscc, "firm.uscc");
    refused(|payload| payload["aud"] = json!(DESTINATION), CheckCode::FmtUscc, "aud");
}

#[test]
fn a_weak_or_foreign_key_is_refused() {
    let small_order =
        json!({"kty": "OKP", "crv": "Ed25519", "x": "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"});
    refused(|payload| payload["cnf"]["jwk"] = small_order, CheckCode::KeyWeak, "cnf.jwk");
    let rsa = json!({"kty": "RSA", "n": "AQAB", "e": "AQAB"});
    refused(|payload| payload["cnf"]["jwk"] = rsa, CheckCode::SigAlg, "cnf.jwk");
}

#[test]
fn ambiguous_json_is_refused() {
    let sign = |payload: &str| jws::sign_bytes(&key(), manifest::TYP, payload.as_bytes()).unwrap();
    for payload in [r#"{"iss":"a","iss":"b"}"#, r#"{"iat":1.5}"#, "{\"name\":\"e\u{301}\"}", "[1,", ""] {
        let text = sign(payload);
        let error = manifest::Unverified::parse(&text, &limits()).map(drop).unwrap_err();
        let expected = if payload.is_empty() { CheckCode::SigInvalid } else { CheckCode::FmtJson };
        assert_eq!(error.code(), expected, "{payload}");
    }
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let error = manifest::Unverified::parse(&sign(&deep), &limits()).map(drop).unwrap_err();
    assert_eq!(error.code(), CheckCode::LimitDepth);
    let small = Limits { manifest_bytes: 10, ..limits() };
    let error = manifest::Unverified::parse(&sign("{}"), &small).map(drop).unwrap_err();
    assert_eq!(error.code(), CheckCode::LimitSize);
}
