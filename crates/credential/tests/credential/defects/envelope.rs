//! The text around the claims: form, header, signature, JSON.

use serde_json::{Value, json};
use zizhi_crypto::b64;
use zizhi_model::CheckCode::{FmtJson, LimitCount, LimitDepth, SigAlg, SigCrit, SigInvalid, SigTyp};

use super::craft::{
    assemble, bound, credential, disclosure, header, hiding, jws, kb_claims, member, plain, signed, visible,
    wide_salt, with,
};
use super::{Defect, defect};
use crate::support::{issuer, stranger};

pub fn defects() -> Vec<Defect> {
    let mut defects = form();
    defects.extend(signature());
    defects.extend(json_text());
    defects.extend(limits());
    defects
}

fn form() -> Vec<Defect> {
    let text = plain();
    let jwt = text.split('~').next().unwrap().to_owned();
    let (input, signature) = jwt.rsplit_once('.').unwrap();
    let padded = format!("{input}.{signature}==~");
    let parts: Vec<&str> = jwt.split('.').collect();
    vec![
        defect("no-sd-jwt", "missing-tilde", "a text that is nothing of the kind", "hello".into()),
        defect("bare-jwt", "missing-tilde", "RFC 9901 §4: the JWT is followed by a tilde", jwt.clone()),
        defect(
            "last-tilde-missing",
            "missing-tilde",
            "RFC 9901 §4: a text without key binding ends with a tilde",
            text.trim_end_matches('~').to_owned(),
        ),
        defect(
            "two-part-jwt",
            "form",
            "RFC 7515 §7.1: a JWS has three parts",
            format!("{}.{}~", parts[0], parts[1]).replace('.', ""),
        ),
        defect("four-part-jwt", "jws-form", "RFC 7515 §7.1: a JWS has three parts", format!("{jwt}.AAAA~"))
            .code(SigInvalid),
        defect(
            "key-binding-on-issued",
            "key-binding-unexpected",
            "RFC 9901 §7.2: an issuer hands out no key binding",
            bound(&text, &kb_claims(&text)),
        ),
        defect("signature-padded", "jws-form", "RFC 7515 §2: base64url without padding", padded)
            .code(SigInvalid),
        defect(
            "payload-not-base64url",
            "jws-form",
            "RFC 7515 §2: base64url",
            format!("{}.{}+.{}~", parts[0], parts[1], parts[2]),
        )
        .code(SigInvalid),
        defect(
            "newline-inside",
            "jws-form",
            "RFC 7515 §2: no line breaks",
            format!("{}.\n{}.{}~", parts[0], parts[1], parts[2]),
        )
        .code(SigInvalid),
    ]
}

fn signature() -> Vec<Defect> {
    let headed = |name: &str, value: Value| {
        let mut header = header();
        header[name] = value;
        assemble(&jws(&header, &visible().to_string(), &issuer()), &[])
    };
    let unsigned = |alg: &str| {
        let header = json!({ "alg": alg, "typ": "dc+sd-jwt" });
        format!(
            "{}.{}.~",
            b64::encode(header.to_string().as_bytes()),
            b64::encode(visible().to_string().as_bytes())
        )
    };
    let without = |name: &str| {
        let mut header = header();
        header.as_object_mut().unwrap().remove(name);
        assemble(&jws(&header, &visible().to_string(), &issuer()), &[])
    };
    let text = plain();
    let jwt: Vec<&str> = text.split('~').next().unwrap().split('.').collect();
    let altered = b64::encode(with("name", json!("别的企业")).to_string().as_bytes());
    let other = jws(&header(), &visible().to_string(), &stranger());
    let flipped = {
        let mut signature = b64::decode(jwt[2]).unwrap();
        signature[10] ^= 1;
        format!("{}.{}.{}~", jwt[0], jwt[1], b64::encode(&signature))
    };
    vec![
        defect("alg-none", "algorithm", "RFC 9901 §7.1 2.a: `none` is never accepted", unsigned("none"))
            .code(SigAlg),
        defect(
            "alg-none-in-capitals",
            "algorithm",
            "RFC 9901 §7.1 2.a: however it is written",
            unsigned("NoNe"),
        )
        .code(SigAlg),
        defect(
            "alg-hmac",
            "algorithm",
            "RFC 8725 §3.1: a public key is no secret",
            headed("alg", json!("HS256")),
        )
        .code(SigAlg),
        defect(
            "alg-of-another-key",
            "algorithm",
            "formats.md §0: the algorithm is the key's",
            headed("alg", json!("ES256")),
        )
        .code(SigAlg),
        defect("alg-missing", "algorithm", "RFC 7515 §4.1.1: it is required", without("alg")).code(SigAlg),
        defect(
            "crit-unknown",
            "crit",
            "RFC 7515 §4.1.11: what is critical has to be understood",
            headed("crit", json!(["b64"])),
        )
        .code(SigCrit),
        defect("crit-empty", "crit", "RFC 7515 §4.1.11: it must not be empty", headed("crit", json!([])))
            .code(SigCrit),
        defect("typ-missing", "typ", "formats.md §1: the type is required", without("typ")).code(SigTyp),
        defect(
            "typ-jwt",
            "typ",
            "formats.md §1: any other JWT of the issuer is no credential",
            headed("typ", json!("JWT")),
        )
        .code(SigTyp),
        defect("typ-key-binding", "typ", "a key binding is no credential", headed("typ", json!("kb+jwt")))
            .code(SigTyp),
        defect(
            "typ-in-capitals",
            "typ",
            "formats.md §0: exactly the one given",
            headed("typ", json!("DC+SD-JWT")),
        )
        .code(SigTyp),
        defect("signature-altered", "signature", "one bit of the signature", flipped).code(SigInvalid),
        defect("signature-missing", "signature", "an empty signature", format!("{}.{}.~", jwt[0], jwt[1]))
            .code(SigInvalid),
        defect(
            "payload-altered",
            "signature",
            "another name under the same signature",
            format!("{}.{altered}.{}~", jwt[0], jwt[2]),
        )
        .code(SigInvalid),
        defect("signed-by-another", "signature", "another key under the issuer's id", assemble(&other, &[]))
            .code(SigInvalid),
    ]
}

fn json_text() -> Vec<Defect> {
    let visible = visible().to_string();
    let and = |more: &str| signed(&visible.replacen('{', &format!("{{{more},"), 1), &[]);
    let raw_header = |text: &str| {
        let input = format!("{}.{}", b64::encode(text.as_bytes()), b64::encode(visible.as_bytes()));
        let signature = b64::encode(&issuer().sign(input.as_bytes()).unwrap());
        format!("{input}.{signature}~")
    };
    let hiding_text = |text: &str| {
        let disclosure = b64::encode(text.as_bytes());
        hiding(&[disclosure])
    };
    vec![
        defect(
            "payload-repeats-a-key",
            "json",
            "formats.md §0: which of the two counts?",
            and(r#""iss":"urn:uscc:91310117DEM000030B""#),
        )
        .code(FmtJson),
        defect("payload-with-a-float", "json", "formats.md §0: no floats", and(r#""area":1.5"#))
            .code(FmtJson),
        defect(
            "payload-not-nfc",
            "json",
            "formats.md §0: one text has one spelling",
            and("\"field\":\"e\u{301}\""),
        )
        .code(FmtJson),
        defect("payload-an-array", "json", "RFC 9901 §4.1: the payload is an object", signed("[]", &[]))
            .code(FmtJson),
        defect("payload-not-json", "json", "RFC 9901 §4.1: the payload is JSON", signed("{iss:1}", &[]))
            .code(FmtJson),
        defect(
            "payload-with-a-tail",
            "json",
            "nothing follows the object",
            signed(&format!("{visible} {{}}"), &[]),
        )
        .code(FmtJson),
        defect("payload-not-utf8", "json", "JSON is UTF-8", {
            let input = format!(
                "{}.{}",
                b64::encode(header().to_string().as_bytes()),
                b64::encode(b"{\"iss\":\"\xff\"}")
            );
            let signature = b64::encode(&issuer().sign(input.as_bytes()).unwrap());
            format!("{input}.{signature}~")
        })
        .code(FmtJson),
        defect(
            "header-repeats-a-key",
            "json",
            "two algorithms in one header",
            raw_header(r#"{"alg":"EdDSA","typ":"dc+sd-jwt","alg":"none"}"#),
        )
        .code(FmtJson),
        defect(
            "header-alg-number",
            "json",
            "RFC 7515 §4.1.1: a string",
            raw_header(r#"{"alg":1,"typ":"dc+sd-jwt"}"#),
        )
        .code(FmtJson),
        defect("header-not-json", "json", "RFC 7515 §4: a JSON object", raw_header("alg=EdDSA"))
            .code(FmtJson),
        defect(
            "disclosure-repeats-a-key",
            "json",
            "formats.md §0 counts for what is hidden too",
            hiding_text(&format!("[{:?},\"site\",{{\"a\":1,\"a\":2}}]", wide_salt(1))),
        )
        .code(FmtJson),
        defect(
            "disclosure-with-a-float",
            "json",
            "formats.md §0 counts for what is hidden too",
            hiding_text(&format!("[{:?},\"area\",1.5]", wide_salt(1))),
        )
        .code(FmtJson),
    ]
}

fn limits() -> Vec<Defect> {
    let many: Vec<String> =
        (0..513).map(|n| disclosure(&json!([wide_salt(n), format!("claim{n}"), n]))).collect();
    let deep = (0..40).fold(json!(1), |value, _| json!([value]));
    // Each disclosure is flat, but each stands inside the one before.
    let chain = (0..40_u8).rev().fold((Vec::new(), json!(1)), |(mut all, value), n| {
        let text = member(n, "x", &value);
        let value = json!({ "_sd": [super::craft::digest(&text)] });
        all.push(text);
        (all, value)
    });
    let mut payload = visible();
    payload["_sd"] = chain.1["_sd"].clone();
    vec![
        defect("too-many-disclosures", "disclosures", "formats.md §5: 512 at most", hiding(&many))
            .code(LimitCount),
        defect("too-deep", "depth", "formats.md §5: JSON depth 32", credential(&with("x", deep), &[]))
            .code(LimitDepth),
        defect(
            "too-deep-by-disclosures",
            "depth",
            "formats.md §5: JSON depth 32, put together as well",
            credential(&payload, &chain.0),
        )
        .code(LimitDepth),
    ]
}
