//! The holder's signature: RFC 9901 §4.3 and §7.3.

use serde_json::{Value, json};
use zizhi_model::CheckCode::{
    FmtJson, KbAud, KbMissing, KbNonce, KbSdhash, KbTime, SdjwtInvalid, SigAlg, SigCrit, SigInvalid, SigTyp,
};

use super::craft::{bound, digest, hiding, jws, kb_claims, member, plain};
use super::{Defect, defect};
use crate::support::{IAT, holder, issuer, stranger};

pub fn defects() -> Vec<Defect> {
    let mut defects = signature();
    defects.extend(claims());
    defects.extend(presentation());
    defects.into_iter().map(Defect::presented).collect()
}

fn signature() -> Vec<Defect> {
    let text = plain();
    let claims = kb_claims(&text).to_string();
    let headed = |header: Value| format!("{text}{}", jws(&header, &claims, &holder()));
    let by = |key| format!("{text}{}", jws(&json!({ "alg": "EdDSA", "typ": "kb+jwt" }), &claims, &key));
    vec![
        defect(
            "kb-missing",
            "",
            "RFC 9901 §7.3 2: required by the verifier, not by the holder",
            text.clone(),
        )
        .code(KbMissing),
        defect("kb-typ-jwt", "", "RFC 9901 §7.3 5.d", headed(json!({ "alg": "EdDSA", "typ": "JWT" })))
            .code(SigTyp),
        defect("kb-typ-missing", "", "RFC 9901 §7.3 5.d", headed(json!({ "alg": "EdDSA" }))).code(SigTyp),
        defect(
            "kb-alg-none",
            "algorithm",
            "RFC 9901 §7.3 5.b",
            headed(json!({ "alg": "none", "typ": "kb+jwt" })),
        )
        .code(SigAlg),
        defect(
            "kb-alg-of-another-key",
            "algorithm",
            "formats.md §0: the algorithm is the key's",
            headed(json!({ "alg": "ES256", "typ": "kb+jwt" })),
        )
        .code(SigAlg),
        defect(
            "kb-crit",
            "crit",
            "RFC 7515 §4.1.11",
            headed(json!({ "alg": "EdDSA", "typ": "kb+jwt", "crit": ["x"] })),
        )
        .code(SigCrit),
        defect("kb-key-in-header", "signature", "formats.md §0: a key in the header means nothing", {
            let header = json!({ "alg": "EdDSA", "typ": "kb+jwt", "jwk": stranger().public().to_jwk() });
            format!("{text}{}", jws(&header, &claims, &stranger()))
        })
        .code(SigInvalid),
        defect("kb-by-a-stranger", "signature", "RFC 9901 §7.3 5.c: by the key of cnf", by(stranger()))
            .code(SigInvalid),
        defect("kb-by-the-issuer", "signature", "RFC 9901 §7.3 5.c: by the key of cnf", by(issuer()))
            .code(SigInvalid),
    ]
}

fn claims() -> Vec<Defect> {
    let text = plain();
    let change = |name: &str, value: Value| {
        let mut claims = kb_claims(&text);
        claims[name] = value;
        bound(&text, &claims)
    };
    let lose = |name: &str| {
        let mut claims = kb_claims(&text);
        claims.as_object_mut().unwrap().remove(name);
        bound(&text, &claims)
    };
    let kb = |payload: &str| {
        format!("{text}{}", jws(&json!({ "alg": "EdDSA", "typ": "kb+jwt" }), payload, &holder()))
    };
    let repeated = kb_claims(&text).to_string().replacen('{', "{\"aud\":\"x\",", 1);
    vec![
        defect("kb-aud-missing", "", "RFC 9901 §4.3: required", lose("aud")).code(KbAud),
        defect(
            "kb-aud-of-another",
            "",
            "RFC 9901 §7.3 5.f: made for another verifier",
            change("aud", json!("urn:uscc:91330110DEM000073U")),
        )
        .code(KbAud),
        defect(
            "kb-aud-an-array",
            "",
            "RFC 9901 §4.3: a single string",
            change("aud", json!([crate::support::AUD])),
        )
        .code(KbAud),
        defect("kb-nonce-missing", "", "RFC 9901 §4.3: required", lose("nonce")).code(KbNonce),
        defect(
            "kb-nonce-of-another",
            "",
            "RFC 9901 §7.3 5.f: made for another transaction",
            change("nonce", json!("another")),
        )
        .code(KbNonce),
        defect("kb-nonce-a-number", "", "RFC 9901 §4.3: a string", change("nonce", json!(1))).code(KbNonce),
        defect("kb-sd-hash-missing", "", "RFC 9901 §4.3: required", lose("sd_hash")).code(KbSdhash),
        defect("kb-sd-hash-of-another", "", "RFC 9901 §7.3 5.g", change("sd_hash", json!(digest("another"))))
            .code(KbSdhash),
        defect(
            "kb-sd-hash-of-the-jwt",
            "",
            "RFC 9901 §4.3.1: over the disclosures too",
            change("sd_hash", json!(digest(text.split('~').next().unwrap()))),
        )
        .code(KbSdhash),
        defect("kb-iat-missing", "missing", "RFC 9901 §4.3: required", lose("iat")).code(KbTime),
        defect("kb-iat-a-text", "missing", "RFC 7519 §2: NumericDate", change("iat", json!("today")))
            .code(KbTime),
        defect(
            "kb-iat-in-the-future",
            "future",
            "RFC 9901 §7.3 5.e: beyond the skew",
            change("iat", json!(IAT + 1061)),
        )
        .code(KbTime),
        defect(
            "kb-iat-before-the-credential",
            "before-credential",
            "formats.md §6: KB-TIME",
            change("iat", json!(IAT - 1)),
        )
        .code(KbTime),
        defect(
            "kb-expired",
            "expired",
            "RFC 9901 §7.3 5.h: a JWT in all other respects",
            change("exp", json!(IAT + 101)),
        )
        .code(KbTime),
        defect(
            "kb-not-yet",
            "not-yet",
            "RFC 9901 §7.3 5.h: a JWT in all other respects",
            change("nbf", json!(IAT + 1061)),
        )
        .code(KbTime),
        defect("kb-repeats-a-key", "json", "formats.md §0: which of the two counts?", kb(&repeated))
            .code(FmtJson),
        defect("kb-an-array", "json", "RFC 9901 §4.3: a JWT", kb("[]")).code(FmtJson),
    ]
}

/// A key binding that belongs to another presentation.
fn presentation() -> Vec<Defect> {
    let (number, field) = (member(1, "number", &json!("x")), member(2, "field", &json!("y")));
    let whole = hiding(&[number.clone(), field.clone()]);
    let binding = bound(&whole, &kb_claims(&whole)).split_off(whole.len());
    let dropped = whole.replace(&format!("{field}~"), "");
    let swapped = whole.replace(&format!("{number}~{field}~"), &format!("{field}~{number}~"));
    let added = {
        let shown = dropped.clone();
        let binding = bound(&shown, &kb_claims(&shown)).split_off(shown.len());
        format!("{whole}{binding}")
    };
    vec![
        defect(
            "kb-disclosure-dropped",
            "",
            "RFC 9901 §4.3.1: what was shown is what was signed",
            format!("{dropped}{binding}"),
        )
        .code(KbSdhash),
        defect("kb-disclosure-added", "", "RFC 9901 §4.3.1: what was shown is what was signed", added)
            .code(KbSdhash),
        defect(
            "kb-disclosures-in-another-order",
            "",
            "RFC 9901 §4.3.1: the text, not the claims",
            format!("{swapped}{binding}"),
        )
        .code(KbSdhash),
        defect("kb-of-another-credential", "", "RFC 9901 §4.3.1", format!("{}{binding}", plain()))
            .code(KbSdhash),
        defect(
            "kb-twice",
            "missing-tilde",
            "RFC 9901 §4: one key binding",
            format!("{whole}{binding}.{binding}"),
        )
        .code(SdjwtInvalid),
        defect("kb-iat-far-from-the-manifest", "far-from-manifest", "formats.md §6: more than 5 min", {
            let mut claims = kb_claims(&whole);
            claims["iat"] = json!(IAT + 100 + 301);
            bound(&whole, &claims)
        })
        .code(KbTime),
    ]
}
