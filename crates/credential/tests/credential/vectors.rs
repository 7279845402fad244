//! The examples of RFC 9901 and of SD-JWT VC, as their authors publish them.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use zizhi_credential::inspect::{Expected, Inspection, inspect};
use zizhi_credential::json_serialization::Form;
use zizhi_crypto::PublicKey;
use zizhi_model::{CheckCode, Limits, Outcome};

/// A time at which all examples are valid, five seconds after the newest key binding.
const AT: i64 = 1_795_476_294;

macro_rules! examples {
    ($($name:ident: $folder:literal, $extension:literal, $form:ident, $binding:literal;)+) => {
        $(
            mod $name {
                use super::*;

                #[test]
                fn the_issued_text_is_accepted() {
                    let found = look($folder, &format!("sd_jwt_issuance.{}", $extension), false);
                    assert_eq!(failed(&found), vec![], "its authors call it valid");
                    assert!(found.payload.is_some(), "all rules hold, so there is a payload");
                    assert_eq!(found.form, Form::$form, "the form is told as it is");
                }

                #[test]
                fn the_presentation_says_what_its_authors_say() {
                    let found = look($folder, &format!("sd_jwt_presentation.{}", $extension), $binding);
                    assert_eq!(failed(&found), vec![], "its authors call it valid");
                    assert_eq!(found.payload.as_ref(), Some(&json($folder, "verified_contents.json")),
                        "the processed payload is defined to the last member");
                    assert_eq!(found.key_binding.is_some(), $binding, "key binding is there or not");
                    assert_eq!(found.checks.iter().any(|check| (check.code, check.outcome) == (CheckCode::KbSdhash, Outcome::Pass)),
                        $binding, "and holds where it is there");
                    assert!(!found.payload.unwrap().to_string().contains("_sd"), "no digest is left over");
                }

                #[test]
                fn another_issuer_key_is_refused() {
                    let text = read($folder, &format!("sd_jwt_presentation.{}", $extension));
                    let other = holder();
                    let expected = Expected { issuer: Some(&other), aud: None, nonce: None, at: AT };
                    let found = inspect(text.as_bytes(), &expected, &Limits::default());
                    assert_eq!(failed(&found), vec![CheckCode::SigInvalid], "the holder did not sign it");
                }
            }
        )+

        #[test]
        fn no_example_is_left_out() {
            let listed: usize = [$($folder),+].len();
            let folders = ["rfc9901", "sdjwtvc"].iter().map(|set| fs::read_dir(data(set)).unwrap().count());
            assert_eq!(folders.sum::<usize>(), listed, "every folder of examples has its line above");
        }
    };
}

examples! {
    address_only_flat: "rfc9901/address_only_flat", "txt", Compact, false;
    address_only_recursive: "rfc9901/address_only_recursive", "txt", Compact, false;
    address_only_structured: "rfc9901/address_only_structured", "txt", Compact, false;
    address_only_structured_one_open: "rfc9901/address_only_structured_one_open", "txt", Compact, false;
    arf_pid: "rfc9901/arf-pid", "txt", Compact, true;
    complex_eidas: "rfc9901/complex_eidas", "txt", Compact, false;
    complex_eidas_proposal: "rfc9901/complex_eidas_proposal", "txt", Compact, false;
    complex_ekyc: "rfc9901/complex_ekyc", "txt", Compact, false;
    json_serialization_flattened: "rfc9901/json_serialization_flattened", "json", Flattened, true;
    json_serialization_general: "rfc9901/json_serialization_general", "json", General, true;
    jsonld: "rfc9901/jsonld", "txt", Compact, true;
    simple: "rfc9901/simple", "txt", Compact, true;
    simple_structured: "rfc9901/simple_structured", "txt", Compact, false;
    w3c_vc: "rfc9901/w3c-vc", "txt", Compact, true;
    w3c_vc_for_slide_deck: "rfc9901/w3c-vc_for_slide_deck", "txt", Compact, false;
    sdjwtvc_01: "sdjwtvc/01", "txt", Compact, true;
    sdjwtvc_02: "sdjwtvc/02", "txt", Compact, false;
    sdjwtvc_03_pid: "sdjwtvc/03-pid", "txt", Compact, true;
}

#[test]
fn the_second_signature_of_the_general_form_counts_too() {
    let text = read("rfc9901/json_serialization_general", "sd_jwt_presentation.json");
    // The second issuer key of the example's specification.yml.
    let second = PublicKey::from_jwk_bytes(
        br#"{"kty":"EC","crv":"P-256","x":"bN-hp3IN0GZB3OlaQnHDPhY4nZsZbQyo4wY-y1NWCvA","y":"vaSsH5jt9zt3aQvTvrSaFYLyjPG9Ug-2vntoNXlCbVU"}"#,
    )
    .unwrap();
    let expected = Expected { issuer: Some(&second), aud: None, nonce: None, at: AT };
    let found = inspect(text.as_bytes(), &expected, &Limits::default());
    assert_eq!(failed(&found), vec![], "RFC 7515 §5.2: one signature that holds is enough");
}

/// Inspects an example under its set's issuer key; the key binding against its set's audience.
fn look(folder: &str, file: &str, binding: bool) -> Inspection {
    let keys = keys(folder);
    let issuer = PublicKey::from_jwk_bytes(keys["ijwk"].to_string().as_bytes()).unwrap();
    let asked = |member: &str| binding.then(|| keys[member].as_str().unwrap().to_owned());
    let (aud, nonce) = (asked("aud"), asked("nonce"));
    let expected = Expected { issuer: Some(&issuer), aud: aud.as_deref(), nonce: nonce.as_deref(), at: AT };
    inspect(read(folder, file).as_bytes(), &expected, &Limits::default())
}

fn holder() -> PublicKey {
    let keys = keys("rfc9901/simple");
    let jwk = serde_json::json!({ "kty": "EC", "crv": "P-256", "x": keys["hx"], "y": keys["hy"] });
    PublicKey::from_jwk_bytes(jwk.to_string().as_bytes()).unwrap()
}

fn keys(folder: &str) -> Value {
    let sets: Vec<Value> = serde_json::from_str(&fs::read_to_string(data("keys.json")).unwrap()).unwrap();
    let set = folder.split('/').next().unwrap();
    sets.into_iter().find(|keys| keys["set"] == set).unwrap()
}

fn failed(found: &Inspection) -> Vec<CheckCode> {
    found.failures().map(|check| check.code).collect()
}

fn json(folder: &str, file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(data(folder).join(file)).unwrap()).unwrap()
}

/// The texts are broken into lines of 68 characters for print, inside strings too.
fn read(folder: &str, file: &str) -> String {
    fs::read_to_string(data(folder).join(file)).unwrap().split_ascii_whitespace().collect()
}

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/vectors").join(name)
}
