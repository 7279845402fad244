//! formats.md §1: what has to be there, in which form, and visible to everybody.

use serde_json::{Value, json};
use zizhi_model::CheckCode::KeyWeak;

use super::craft::{credential, digest, hiding, member, visible, with, without};
use super::{Defect, defect};
use crate::support::IAT;

pub fn defects() -> Vec<Defect> {
    let mut defects = hidden();
    defects.extend(missing());
    defects.extend(malformed());
    defects
}

/// A claim that everybody has to see, selectively disclosed.
fn hidden() -> Vec<Defect> {
    let hide = |name: &str, value: Value| {
        let text = member(1, name, &value);
        let mut payload = without(name);
        payload["_sd"] = json!([digest(&text)]);
        credential(&payload, &[text])
    };
    let why = "formats.md §1: always visible";
    let visible = visible();
    let was = |name: &str| visible[name].clone();
    let inside = |name: &str, inner: Value, text: &str| credential(&with(name, inner), &[text.to_owned()]);
    let jwk = member(1, "jwk", &visible["cnf"]["jwk"]);
    let list = member(1, "status_list", &visible["status"]["status_list"]);
    vec![
        defect("hidden-iss", "hidden-claim", why, hide("iss", was("iss"))),
        defect("hidden-sub", "hidden-claim", why, hide("sub", was("sub"))),
        defect("hidden-vct", "hidden-claim", why, hide("vct", was("vct"))),
        defect("hidden-iat", "hidden-claim", why, hide("iat", was("iat"))),
        defect("hidden-nbf", "hidden-claim", why, hide("nbf", json!(IAT))),
        defect("hidden-exp", "hidden-claim", why, hide("exp", json!(IAT + 1000))),
        defect("hidden-cnf", "hidden-claim", why, hide("cnf", was("cnf"))),
        defect("hidden-status", "hidden-claim", why, hide("status", was("status"))),
        defect("hidden-provenance", "hidden-claim", why, hide("provenance", was("provenance"))),
        defect("hidden-name", "hidden-claim", why, hide("name", was("name"))),
        defect("hidden-region", "hidden-claim", why, hide("region", was("region"))),
        defect(
            "hidden-status-list",
            "hidden-claim",
            "SD-JWT VC §2.2.2.3: nor anything inside it",
            inside("status", json!({ "_sd": [digest(&list)] }), &list),
        ),
        defect(
            "hidden-holder-key",
            "hidden-claim",
            "formats.md §1: the holder's key is always visible",
            inside("cnf", json!({ "_sd": [digest(&jwk)] }), &jwk),
        ),
    ]
}

/// A claim that has to be there.
fn missing() -> Vec<Defect> {
    let why = "formats.md §1: required";
    [
        "missing-iss",
        "missing-sub",
        "missing-vct",
        "missing-iat",
        "missing-cnf",
        "missing-provenance",
        "missing-name",
        "missing-region",
    ]
    .into_iter()
    .map(|name| {
        defect(name, "missing-claim", why, credential(&without(name.trim_start_matches("missing-")), &[]))
    })
    .chain([
        defect(
            "empty-payload",
            "missing-claim",
            "nothing at all must not bring a reader down",
            credential(&json!({}), &[]),
        ),
        defect(
            "cnf-without-key",
            "missing-claim",
            "formats.md §1: cnf.jwk",
            credential(&with("cnf", json!({ "kid": "x" })), &[]),
        ),
    ])
    .collect()
}

/// A claim of another form.
fn malformed() -> Vec<Defect> {
    let put = |name: &str, value: Value| credential(&with(name, value), &[]);
    // The identity element: every signature of a certain form holds under it.
    let weak = json!({ "jwk": { "kty": "OKP", "crv": "Ed25519", "x": "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" } });
    let declared = {
        let number = member(1, "number", &json!("x"));
        let mut payload = with("provenance", json!("declared"));
        payload["_sd"] = json!([digest(&number)]);
        credential(&payload, &[number])
    };
    vec![
        defect("iss-a-number", "claim-form", "RFC 7519 §4.1.1: a string", put("iss", json!(1))),
        defect("iss-null", "claim-form", "RFC 7519 §4.1.1: a string", put("iss", json!(null))),
        defect("sub-empty", "claim-form", "it names nobody", put("sub", json!(""))),
        defect("iat-a-text", "claim-form", "RFC 7519 §2: NumericDate", put("iat", json!("2026-09-21"))),
        defect("nbf-a-text", "claim-form", "RFC 7519 §2: NumericDate", put("nbf", json!("2026-09-21"))),
        defect("exp-a-text", "claim-form", "RFC 7519 §2: NumericDate", put("exp", json!("2026-09-21"))),
        defect("exp-null", "claim-form", "RFC 7519 §2: NumericDate, or not there", put("exp", json!(null))),
        defect(
            "vct-of-others",
            "claim-form",
            "formats.md §1: urn:zizhitong:credential:…",
            put("vct", json!("https://example.com/x")),
        ),
        defect(
            "vct-without-version",
            "claim-form",
            "formats.md §1: …:<major>",
            put("vct", json!("urn:zizhitong:credential:patent")),
        ),
        defect(
            "vct-version-zero-padded",
            "claim-form",
            "one type has one spelling",
            put("vct", json!("urn:zizhitong:credential:patent:01")),
        ),
        defect(
            "vct-with-underscore",
            "claim-form",
            "formats.md §1: `-` for `_`",
            put("vct", json!("urn:zizhitong:credential:tech_sme:1")),
        ),
        defect("vct-number", "claim-form", "formats.md §1: a string", put("vct", json!(1))),
        defect("region-a-name", "claim-form", "formats.md §0: six digits", put("region", json!("合肥市"))),
        defect("region-of-four", "claim-form", "formats.md §0: six digits", put("region", json!("3401"))),
        defect(
            "provenance-unknown",
            "claim-form",
            "formats.md §1: direct, attested, declared",
            put("provenance", json!("official")),
        ),
        defect("status-a-text", "claim-form", "formats.md §1: status_list", put("status", json!("valid"))),
        defect(
            "status-without-list",
            "claim-form",
            "formats.md §1: status_list",
            put("status", json!({ "other": 1 })),
        ),
        defect(
            "status-idx-negative",
            "claim-form",
            "a place is counted from 0",
            put("status", json!({ "status_list": { "uri": "https://x", "idx": -1 } })),
        ),
        defect(
            "status-idx-a-text",
            "claim-form",
            "a place is a number",
            put("status", json!({ "status_list": { "uri": "https://x", "idx": "1" } })),
        ),
        defect(
            "status-uri-missing",
            "claim-form",
            "formats.md §1: {uri, idx}",
            put("status", json!({ "status_list": { "idx": 1 } })),
        ),
        defect("declared-by-another", "declared-by-other", "formats.md §1: then `iss` = `sub`", declared),
        defect(
            "holder-key-weak",
            "holder-key",
            "formats.md §0: small-order keys are refused wherever they enter",
            put("cnf", weak),
        )
        .code(KeyWeak),
        defect(
            "holder-key-malformed",
            "holder-key",
            "cnf.jwk is a JWK",
            put("cnf", json!({ "jwk": { "kty": "OKP", "crv": "Ed25519" } })),
        ),
        defect("shadows-a-required-claim", "hidden-claim", "a second issuer behind the visible one", {
            let text = member(1, "iss", &json!("urn:uscc:91310117DEM000030B"));
            hiding(&[text])
        }),
    ]
}
