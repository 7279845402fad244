//! Credentials made by hand, which the issuing side would refuse to make.

use serde_json::{Value, json};
use zizhi_crypto::digest::sha256;
use zizhi_crypto::{SigningKey, b64};

use super::Offered;
use crate::support::{AUD, IAT, LIST, NONCE, holder, issuer};

/// The `n`-th salt: 128 bits, never the same twice.
pub fn salt(n: u8) -> String {
    b64::encode(&sha256(&[n])[..16])
}

/// A disclosure of anything.
pub fn disclosure(contents: &Value) -> String {
    b64::encode(contents.to_string().as_bytes())
}

/// The disclosure of a member.
pub fn member(n: u8, name: &str, value: &Value) -> String {
    disclosure(&json!([salt(n), name, value]))
}

/// The digest of a disclosure.
pub fn digest(disclosure: &str) -> String {
    b64::encode(&sha256(disclosure.as_bytes()))
}

/// The claims that have to be there.
pub fn visible() -> Value {
    json!({
        "iss": "urn:uscc:91340100DEM0000228",
        "sub": "urn:uscc:91340100DEM000014D",
        "vct": "urn:zizhitong:credential:incubatee-certificate:1",
        "iat": IAT,
        "cnf": { "jwk": holder().public().to_jwk() },
        "status": { "status_list": { "uri": LIST, "idx": 42 } },
        "provenance": "direct",
        "name": "合肥星河量子传感技术有限公司【演示】",
        "region": "340104",
        "_sd_alg": "sha-256",
    })
}

/// The visible claims with one more member, or with a member replaced.
pub fn with(name: &str, value: Value) -> Value {
    let mut payload = visible();
    payload[name] = value;
    payload
}

/// The visible claims without a member.
pub fn without(name: &str) -> Value {
    let mut payload = visible();
    payload.as_object_mut().unwrap().remove(name);
    payload
}

pub fn header() -> Value {
    json!({ "alg": "EdDSA", "typ": "dc+sd-jwt", "kid": issuer().public().key_id().as_str() })
}

/// A compact JWS over any text.
pub fn jws(header: &Value, payload: &str, key: &SigningKey) -> String {
    let input = format!("{}.{}", b64::encode(header.to_string().as_bytes()), b64::encode(payload.as_bytes()));
    let signature = b64::encode(&key.sign(input.as_bytes()).unwrap());
    format!("{input}.{signature}")
}

/// An issued credential over any payload text.
pub fn signed(payload: &str, disclosures: &[String]) -> String {
    assemble(&jws(&header(), payload, &issuer()), disclosures)
}

/// An issued credential over a payload.
pub fn credential(payload: &Value, disclosures: &[String]) -> String {
    signed(&payload.to_string(), disclosures)
}

/// A credential with `_sd` for all of the disclosures at the top.
pub fn hiding(disclosures: &[String]) -> String {
    let digests: Vec<String> = disclosures.iter().map(|text| digest(text)).collect();
    credential(&with("_sd", json!(digests)), disclosures)
}

pub fn assemble(jwt: &str, disclosures: &[String]) -> String {
    let mut text = format!("{jwt}~");
    for disclosure in disclosures {
        text.push_str(disclosure);
        text.push('~');
    }
    text
}

/// A plain sound credential: `number` and one owner disclosed, and an owner and a member held back.
pub fn plain() -> String {
    let number = member(1, "number", &json!("HFUSP-2026-0117"));
    let owner = disclosure(&json!([salt(2), "合肥星河"]));
    let owners = member(3, "owners", &json!([{ "...": digest(&owner) }, { "...": digest("held back") }]));
    let digests = json!([digest(&number), digest(&owners), digest("also held back")]);
    credential(&with("_sd", digests), &[number, owners, owner])
}

/// What a key binding has to say about `text`.
pub fn kb_claims(text: &str) -> Value {
    json!({ "iat": IAT + 100, "aud": AUD, "nonce": NONCE, "sd_hash": digest(text) })
}

/// `text` with a key binding of any claims.
pub fn bound(text: &str, claims: &Value) -> String {
    let kb = jws(&json!({ "alg": "EdDSA", "typ": "kb+jwt" }), &claims.to_string(), &holder());
    format!("{text}{kb}")
}

/// What every defect is one step away from.
pub fn sound() -> Vec<(&'static str, Offered, String)> {
    let text = plain();
    let elements = {
        let element = disclosure(&json!([salt(1), "a"]));
        let list = json!([{ "...": digest(&element) }]);
        credential(&with("fields", list), &[element])
    };
    vec![
        ("a credential", Offered::Issued, text.clone()),
        ("a credential without disclosures", Offered::Issued, credential(&visible(), &[])),
        ("an array element", Offered::Issued, elements),
        ("an old typ", Offered::Issued, {
            let mut header = header();
            header["typ"] = json!("vc+sd-jwt");
            assemble(&jws(&header, &visible().to_string(), &issuer()), &[])
        }),
        ("the newer name of EdDSA", Offered::Issued, {
            let mut header = header();
            header["alg"] = json!("Ed25519");
            assemble(&jws(&header, &visible().to_string(), &issuer()), &[])
        }),
        ("decoys inside what is visible", Offered::Issued, {
            let mut payload = visible();
            payload["status"]["_sd"] = json!([digest("nothing")]);
            payload["status"]["status_list"]["_sd"] = json!([digest("nothing more")]);
            credential(&payload, &[])
        }),
        ("an empty _sd", Offered::Issued, credential(&with("_sd", json!([])), &[])),
        ("a short life without status", Offered::Issued, {
            let mut payload = without("status");
            payload["exp"] = json!(IAT + 3600);
            credential(&payload, &[])
        }),
        ("as many disclosures as allowed", Offered::Issued, {
            let many: Vec<String> =
                (0..512).map(|n| disclosure(&json!([wide_salt(n), format!("claim{n}"), n]))).collect();
            hiding(&many)
        }),
        ("a presentation", Offered::Presented, bound(&text, &kb_claims(&text))),
    ]
}

/// More salts than a byte can number.
pub fn wide_salt(n: u32) -> String {
    b64::encode(&sha256(&n.to_be_bytes())[..16])
}
