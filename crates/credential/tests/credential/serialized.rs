//! SD-JWTs written in JSON (RFC 9901 §8): what is read, and what is not.

use serde_json::{Value, json};
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::json_serialization::{Form, read};
use zizhi_credential::present::{Binding, Choice, present};
use zizhi_model::CheckCode;

use crate::support::{AUD, IAT, NONCE, holder, issued, issuer, limits};

/// A presentation of everything, in its parts.
fn parts() -> (Vec<String>, Vec<String>, String, String) {
    let binding = Binding { key: &holder(), aud: AUD, nonce: NONCE, iat: IAT + 100 };
    let text = present(&issued(), Choice::All, Some(&binding), &limits()).unwrap();
    let pieces: Vec<&str> = text.split('~').collect();
    let jwt = pieces[0].split('.').map(str::to_owned).collect();
    let disclosures = pieces[1..pieces.len() - 1].iter().map(|&text| text.to_owned()).collect();
    (jwt, disclosures, (*pieces.last().unwrap()).to_owned(), text)
}

fn flattened() -> Value {
    let (jwt, disclosures, binding, _) = parts();
    json!({ "payload": jwt[1], "protected": jwt[0], "signature": jwt[2],
            "header": { "disclosures": disclosures, "kb_jwt": binding, "kid": "a" } })
}

fn general() -> Value {
    let flat = flattened();
    json!({ "payload": flat["payload"], "signatures": [
        { "protected": flat["protected"], "signature": flat["signature"], "header": flat["header"] },
        { "protected": flat["protected"], "signature": "AAAA", "header": { "kid": "b" } },
    ] })
}

fn refused(value: &Value) -> bool {
    read(value.to_string().as_bytes(), &limits()).is_err_and(|error| error.code() == CheckCode::SdjwtInvalid)
}

#[test]
fn both_forms_become_the_compact_text() {
    let text = parts().3;
    let flat = read(flattened().to_string().as_bytes(), &limits()).unwrap();
    assert_eq!((flat.form, &flat.compact, flat.further.len()), (Form::Flattened, &text, 0));
    let whole = read(general().to_string().as_bytes(), &limits()).unwrap();
    assert_eq!((whole.form, &whole.compact, whole.further.len()), (Form::General, &text, 1));
    assert_eq!(whole.kid.as_deref(), Some("a"), "the first header's");
}

#[test]
fn everything_is_checked_as_in_the_compact_form() {
    let key = issuer();
    let expected = Expected { issuer: Some(key.public()), aud: Some(AUD), nonce: Some(NONCE), at: IAT + 200 };
    for value in [flattened(), general()] {
        let found = inspect(value.to_string().as_bytes(), &expected, &limits());
        assert_eq!(found.failures().count(), 0, "{:?}", found.checks);
    }
    let mut value = flattened();
    value["header"]["disclosures"].as_array_mut().unwrap().swap(0, 1);
    let found = inspect(value.to_string().as_bytes(), &expected, &limits());
    let codes: Vec<_> = found.failures().map(|check| check.code).collect();
    assert_eq!(codes, [CheckCode::KbSdhash], "§8.1: the compact form is put together for sd_hash");
}

#[test]
fn an_sd_jwt_needs_no_unprotected_header() {
    let mut value = flattened();
    value.as_object_mut().unwrap().remove("header");
    assert!(!refused(&value), "no disclosures and no key binding are needed");
}

#[test]
fn refuses_what_is_neither_form() {
    let change = |how: &dyn Fn(&mut Value)| {
        let mut value = flattened();
        how(&mut value);
        value
    };
    assert!(refused(&change(&|value| drop(value.as_object_mut().unwrap().remove("payload")))), "no payload");
    assert!(
        refused(&change(&|value| drop(value.as_object_mut().unwrap().remove("protected")))),
        "nothing protected"
    );
    assert!(
        refused(&change(&|value| value["signatures"] = json!([]))),
        "RFC 7515 §7.2.2: both forms at once"
    );
    assert!(refused(&change(&|value| value["payload"] = json!("e30.e30"))), "a dot would shift the parts");
    assert!(refused(&change(&|value| value["header"]["disclosures"] = json!("x"))), "not a list");
    assert!(
        refused(&change(&|value| value["header"]["disclosures"] = json!(["e30~e30"]))),
        "a tilde would add one"
    );
    assert!(refused(&change(&|value| value["header"]["disclosures"] = json!([1]))), "not a text");
    assert!(refused(&change(&|value| value["header"]["kb_jwt"] = json!("x"))), "no JWT");
    assert!(refused(&change(&|value| value["header"]["kb_jwt"] = json!("a.b~c.d.e"))), "a tilde inside");
    assert!(
        refused(&change(&|value| value["header"]["alg"] = json!("none"))),
        "what decides has to be signed"
    );
    assert!(refused(&change(&|value| value["header"]["crit"] = json!([]))), "what decides has to be signed");
    assert!(refused(&json!([])), "no object");
    assert!(refused(&json!({ "payload": "e30", "signatures": [] })), "no signature at all");
    assert!(refused(&json!({ "payload": "e30", "signatures": [1] })), "no signature object");
}

#[test]
fn only_the_first_header_carries_disclosures() {
    for (name, value) in [("disclosures", json!(["e30"])), ("kb_jwt", json!("a.b.c"))] {
        let mut whole = general();
        whole["signatures"][1]["header"][name] = value;
        assert!(refused(&whole), "RFC 9901 §8.3: {name} in the second header");
    }
}

#[test]
fn limits_come_first() {
    let large = format!("{{\"payload\":\"{}\"}}", "A".repeat(2_000_000));
    assert_eq!(read(large.as_bytes(), &limits()).unwrap_err().code(), CheckCode::LimitSize);
    let deep = format!("{{\"payload\":{}", "[".repeat(1_000));
    assert_eq!(read(deep.as_bytes(), &limits()).unwrap_err().code(), CheckCode::LimitDepth);
    assert_eq!(read(b"{\"payload\":1,\"payload\":2}", &limits()).unwrap_err().code(), CheckCode::FmtJson);
}
