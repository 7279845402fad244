//! Disclosures and digests: RFC 9901 §7.1, step 3 to 5, and §4.

use serde_json::{Value, json};
use zizhi_crypto::b64;

use super::craft::{credential, digest, disclosure, hiding, member, plain, salt, visible, with};
use super::{Defect, defect};

pub fn defects() -> Vec<Defect> {
    let mut defects = places();
    defects.extend(contents());
    defects.extend(names());
    defects.extend(counts());
    defects
}

/// Where digests may stand.
fn places() -> Vec<Defect> {
    let inner = member(1, "site", &json!({ "_sd": "x" }));
    let element = disclosure(&json!([salt(1), "a"]));
    let alg = member(1, "site", &json!({ "_sd_alg": "sha-256" }));
    vec![
        defect(
            "sd-a-string",
            "sd-form",
            "RFC 9901 §4.2.4.1: an array",
            credential(&with("_sd", json!("x")), &[]),
        ),
        defect(
            "sd-an-object",
            "sd-form",
            "RFC 9901 §4.2.4.1: an array",
            credential(&with("_sd", json!({})), &[]),
        ),
        defect(
            "sd-holds-a-number",
            "sd-form",
            "RFC 9901 §4.2.4.1: of strings",
            credential(&with("_sd", json!([1])), &[]),
        ),
        defect(
            "sd-a-string-below",
            "sd-form",
            "RFC 9901 §4.2.4.1: at any level",
            credential(&with("site", json!({ "_sd": "x" })), &[]),
        ),
        defect(
            "sd-a-string-in-a-disclosure",
            "sd-form",
            "RFC 9901 §4.2.4.1: in what is disclosed too",
            hiding(&[inner]),
        ),
        defect(
            "ellipsis-beside-a-member",
            "ellipsis-form",
            "RFC 9901 §4.2.4.2: no other keys",
            credential(&with("fields", json!([{ "...": digest(&element), "x": 1 }])), &[element]),
        ),
        defect(
            "ellipsis-a-number",
            "ellipsis-form",
            "RFC 9901 §4.2.4.2: a string",
            credential(&with("fields", json!([{ "...": 1 }])), &[]),
        ),
        defect(
            "ellipsis-outside-an-array",
            "ellipsis-form",
            "RFC 9901 §4.1: only to convey a digest",
            credential(&with("site", json!({ "...": "x" })), &[]),
        ),
        defect(
            "ellipsis-at-the-top",
            "ellipsis-form",
            "RFC 9901 §4.1: only to convey a digest",
            credential(&with("...", json!("x")), &[]),
        ),
        defect(
            "sd-alg-below",
            "sd-alg-nested",
            "RFC 9901 §4.1.1: at the top only",
            credential(&with("site", json!({ "_sd_alg": "sha-256" })), &[]),
        ),
        defect("sd-alg-in-a-disclosure", "sd-alg-nested", "RFC 9901 §4.1.1: at the top only", hiding(&[alg])),
        defect(
            "sd-alg-unknown",
            "sd-alg",
            "RFC 9901 §7.1 2.e: it has to be understood",
            credential(&with("_sd_alg", json!("sha-1")), &[]),
        ),
        defect(
            "sd-alg-in-capitals",
            "sd-alg",
            "RFC 9901 §4.1.1: case counts",
            credential(&with("_sd_alg", json!("SHA-256")), &[]),
        ),
        defect(
            "sd-alg-a-number",
            "sd-alg",
            "RFC 9901 §4.1.1: a string",
            credential(&with("_sd_alg", json!(256)), &[]),
        ),
        defect(
            "sd-alg-sm3-beside-eddsa",
            "sd-alg",
            "formats.md §1: sm3 beside SM2-SM3 only",
            credential(&with("_sd_alg", json!("sm3")), &[]),
        ),
    ]
}

/// What a disclosure is.
fn contents() -> Vec<Defect> {
    let hides = |contents: Value| hiding(&[disclosure(&contents)]);
    let element = |contents: Value| {
        let text = disclosure(&contents);
        credential(&with("fields", json!([{ "...": digest(&text) }])), &[text])
    };
    let padded = format!("{}=", disclosure(&json!([salt(1), "ab", 1])));
    let garbage = b64::encode(b"not json");
    vec![
        defect(
            "disclosure-padded",
            "disclosure-encoding",
            "RFC 9901 §4.2: base64url without padding",
            hiding(&[padded]),
        ),
        defect(
            "disclosure-not-base64url",
            "disclosure-encoding",
            "RFC 9901 §4.2: base64url",
            hiding(&["WyJh!".into()]),
        ),
        defect("disclosure-not-json", "disclosure-encoding", "RFC 9901 §4.2: JSON", hiding(&[garbage])),
        defect(
            "disclosure-an-object",
            "member-disclosure-form",
            "RFC 9901 §4.2.1: an array",
            hides(json!({ "salt": salt(1) })),
        ),
        defect(
            "member-of-two",
            "member-disclosure-form",
            "RFC 9901 §7.1 3.c.ii: three elements",
            hides(json!([salt(1), "value"])),
        ),
        defect(
            "member-of-four",
            "member-disclosure-form",
            "RFC 9901 §7.1 3.c.ii: three elements",
            hides(json!([salt(1), "n", 1, 2])),
        ),
        defect(
            "member-of-none",
            "member-disclosure-form",
            "RFC 9901 §7.1 3.c.ii: three elements",
            hides(json!([])),
        ),
        defect(
            "element-of-three",
            "element-disclosure-form",
            "RFC 9901 §7.1 3.c.iii: two elements",
            element(json!([salt(1), "n", 1])),
        ),
        defect(
            "element-of-one",
            "element-disclosure-form",
            "RFC 9901 §7.1 3.c.iii: two elements",
            element(json!([salt(1)])),
        ),
        defect(
            "element-an-object",
            "element-disclosure-form",
            "RFC 9901 §4.2.2: an array",
            element(json!({})),
        ),
        defect("salt-a-number", "salt-form", "RFC 9901 §4.2.1: a string", hides(json!([1, "number", "x"]))),
        defect("element-salt-a-number", "salt-form", "RFC 9901 §4.2.2: a string", element(json!([1, "x"]))),
        defect("name-a-number", "name-form", "RFC 9901 §4.2.1: a string", hides(json!([salt(1), 1, "x"]))),
        defect("name-null", "name-form", "RFC 9901 §4.2.1: a string", hides(json!([salt(1), null, "x"]))),
        defect(
            "salt-short",
            "short-salt",
            "formats.md §1: 128 bits at least",
            hides(json!(["AAAAAAAAAAAAAAAAAAAAA", "number", "x"])),
        ),
        defect(
            "salt-empty",
            "short-salt",
            "formats.md §1: 128 bits at least",
            hides(json!(["", "number", "x"])),
        ),
        defect(
            "salt-reused",
            "reused-salt",
            "formats.md §1: a salt of its own for each",
            hiding(&[member(1, "number", &json!("x")), member(1, "field", &json!("y"))]),
        ),
    ]
}

/// What a claim may be called.
fn names() -> Vec<Defect> {
    let below = {
        let text = member(1, "city", &json!("合肥"));
        credential(&with("site", json!({ "city": "上海", "_sd": [digest(&text)] })), &[text])
    };
    let shadow = {
        let text = member(1, "field", &json!("x"));
        let mut payload = with("field", json!("y"));
        payload["_sd"] = json!([digest(&text)]);
        credential(&payload, &[text])
    };
    vec![
        defect(
            "name-sd",
            "reserved-name",
            "RFC 9901 §7.1 3.c.ii.2",
            hiding(&[member(1, "_sd", &json!(["x"]))]),
        ),
        defect(
            "name-ellipsis",
            "reserved-name",
            "RFC 9901 §7.1 3.c.ii.2",
            hiding(&[member(1, "...", &json!("x"))]),
        ),
        defect(
            "name-sd-alg",
            "reserved-name",
            "RFC 9901 §4.1.1: not chosen afterwards",
            hiding(&[member(1, "_sd_alg", &json!("sha-256"))]),
        ),
        defect("shadows-a-visible-claim", "shadowed-claim", "RFC 9901 §7.1 3.c.ii.3", shadow),
        defect("shadows-a-visible-claim-below", "shadowed-claim", "RFC 9901 §7.1 3.c.ii.3", below),
        defect(
            "one-name-twice",
            "shadowed-claim",
            "RFC 9901 §7.1 3.c.ii.3: the first is there already",
            hiding(&[member(1, "number", &json!("x")), member(2, "number", &json!("y"))]),
        ),
    ]
}

/// How often a digest and a disclosure may be there.
fn counts() -> Vec<Defect> {
    let number = member(1, "number", &json!("x"));
    let once = digest(&number);
    let twice_in_sd = credential(&with("_sd", json!([once, once])), std::slice::from_ref(&number));
    let held_back = credential(&with("_sd", json!([digest("y"), digest("y")])), &[]);
    let two_places = {
        let mut payload = with("_sd", json!([once]));
        payload["site"] = json!({ "_sd": [once] });
        credential(&payload, std::slice::from_ref(&number))
    };
    let array_and_object = {
        let mut payload = with("_sd", json!([digest("y")]));
        payload["fields"] = json!([{ "...": digest("y") }]);
        credential(&payload, &[])
    };
    let in_a_disclosure = {
        let site = member(2, "site", &json!({ "_sd": [digest("y")] }));
        let payload = with("_sd", json!([digest(&site), digest("y")]));
        credential(&payload, &[site])
    };
    let orphan = {
        let city = member(1, "city", &json!("合肥"));
        let site = member(2, "site", &json!({ "_sd": [digest(&city)] }));
        credential(&with("_sd", json!([digest(&site)])), &[city])
    };
    let sent_twice = {
        let text = hiding(std::slice::from_ref(&number));
        format!("{text}{number}~")
    };
    let stranger = member(9, "number", &json!("GR202534990001"));
    let respelled = {
        let text = hiding(std::slice::from_ref(&number));
        // The same contents with a space more: another text, so another digest.
        let other = b64::encode(&[&b64::decode(&number).unwrap()[..], b" "].concat());
        text.replace(&number, &other)
    };
    vec![
        defect("digest-twice-in-one-place", "repeated-digest", "RFC 9901 §7.1 4", twice_in_sd),
        defect("digest-twice-held-back", "repeated-digest", "RFC 9901 §7.1 4: disclosed or not", held_back),
        defect("digest-in-two-objects", "repeated-digest", "RFC 9901 §7.1 4", two_places),
        defect("digest-in-array-and-object", "repeated-digest", "RFC 9901 §7.1 4", array_and_object),
        defect(
            "digest-again-in-a-disclosure",
            "repeated-digest",
            "RFC 9901 §7.1 4: recursively too",
            in_a_disclosure,
        ),
        defect(
            "disclosure-sent-twice",
            "repeated-disclosure",
            "RFC 9901 §7.1 5: a second one refers to nothing",
            sent_twice,
        ),
        defect(
            "disclosure-unreferenced",
            "unreferenced-disclosure",
            "RFC 9901 §7.1 5",
            format!("{}{stranger}~", plain()),
        ),
        defect(
            "disclosure-without-any-digest",
            "unreferenced-disclosure",
            "RFC 9901 §7.1 5",
            credential(&visible(), &[stranger]),
        ),
        defect(
            "disclosure-without-its-parent",
            "unreferenced-disclosure",
            "RFC 9901 §7.1 5: its digest is not there yet",
            orphan,
        ),
        defect(
            "disclosure-altered",
            "unreferenced-disclosure",
            "RFC 9901 §7.1 5: another text, another digest",
            respelled,
        ),
        defect("disclosure-empty", "unreferenced-disclosure", "RFC 9901 §7.1 5", format!("{}~", plain())),
    ]
}
