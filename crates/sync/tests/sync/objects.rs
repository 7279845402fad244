//! Signed objects: what every kind refuses.

use zizhi_crypto::jws::JwsError;
use zizhi_crypto::{Algorithm, b64};
use zizhi_model::JsonError;
use zizhi_sync::devices::DeviceList;
use zizhi_sync::devices::pairing::{DeviceAnswer, DeviceRequest};
use zizhi_sync::envelope::Envelope;
use zizhi_sync::hub_card::HubCard;
use zizhi_sync::invitation::Invitation;
use zizhi_sync::ledger::{Hold, RedemptionReceipt, SettlementNotice, SettlementRequest, VoucherEntry};
use zizhi_sync::object::{Fault, Unverified, sign};
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{HubId, Id, ObjectError, Payload, Token};

use crate::support::{
    NOW, accept, device_answer, device_list, device_request, entry, envelope, forge, hold, hub_card, id,
    invitation, key, key_of, limits, mail_receipt, one_of_each, payload_of, redemption_receipt, rewritten,
    settlement_notice, settlement_request,
};

#[test]
fn an_object_passes_for_itself_and_for_no_other_kind() {
    fn only<P: Payload>(texts: &[(&'static str, String)], key: &zizhi_crypto::PublicKey) {
        for (typ, text) in texts {
            let outcome = accept::<P>(text, key).map(|_| ());
            if *typ == P::TYP {
                outcome.unwrap_or_else(|error| panic!("{typ} is itself: {error}"));
            } else {
                assert!(
                    matches!(outcome, Err(ObjectError::Jws(JwsError::Typ))),
                    "{typ} must not pass for {}: its type differs",
                    P::TYP
                );
            }
        }
    }
    let key = key(1);
    let texts = one_of_each(&key);
    assert_eq!(texts.len(), 12, "docs/hub.md §1 has twelve objects");
    only::<Envelope>(&texts, key.public());
    only::<Invitation>(&texts, key.public());
    only::<DeviceList>(&texts, key.public());
    only::<HubCard>(&texts, key.public());
    only::<MailReceipt>(&texts, key.public());
    only::<VoucherEntry>(&texts, key.public());
    only::<Hold>(&texts, key.public());
    only::<RedemptionReceipt>(&texts, key.public());
    only::<SettlementRequest>(&texts, key.public());
    only::<SettlementNotice>(&texts, key.public());
    only::<DeviceRequest>(&texts, key.public());
    only::<DeviceAnswer>(&texts, key.public());
}

#[test]
fn what_was_signed_is_what_is_read() {
    let key = key(1);
    assert_eq!(accept::<VoucherEntry>(&sign(&key, &entry()).unwrap(), key.public()).unwrap(), entry());
    assert_eq!(
        accept::<Invitation>(&sign(&key, &invitation()).unwrap(), key.public()).unwrap(),
        invitation()
    );
    let card = hub_card(&key);
    assert_eq!(accept::<HubCard>(&sign(&key, &card).unwrap(), key.public()).unwrap(), card);
    let receipt = redemption_receipt();
    assert_eq!(accept::<RedemptionReceipt>(&sign(&key, &receipt).unwrap(), key.public()).unwrap(), receipt);
}

#[test]
fn a_changed_character_anywhere_is_refused() {
    let key = key(1);
    for (typ, text) in one_of_each(&key) {
        for at in (0..text.len()).step_by(7) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            let accepted = match typ {
                "envelope+jwt" => accept::<Envelope>(&changed, key.public()).is_ok(),
                "invitation+jwt" => accept::<Invitation>(&changed, key.public()).is_ok(),
                "device-list+jwt" => accept::<DeviceList>(&changed, key.public()).is_ok(),
                "hub+jwt" => accept::<HubCard>(&changed, key.public()).is_ok(),
                "mail-receipt+jwt" => accept::<MailReceipt>(&changed, key.public()).is_ok(),
                "voucher-entry+jwt" => accept::<VoucherEntry>(&changed, key.public()).is_ok(),
                "voucher-hold+jwt" => accept::<Hold>(&changed, key.public()).is_ok(),
                "settlement-request+jwt" => accept::<SettlementRequest>(&changed, key.public()).is_ok(),
                "device-request+jwt" => accept::<DeviceRequest>(&changed, key.public()).is_ok(),
                "device-answer+jwt" => accept::<DeviceAnswer>(&changed, key.public()).is_ok(),
                "settlement-notice+jwt" => accept::<SettlementNotice>(&changed, key.public()).is_ok(),
                _ => accept::<RedemptionReceipt>(&changed, key.public()).is_ok(),
            };
            assert!(!accepted, "{typ}: character {at} is under the signature");
        }
    }
}

#[test]
fn each_member_matters_and_none_may_be_missing_or_added() {
    fn each<P: Payload>(payload: &P) {
        let key = key(1);
        let text = serde_json::to_string(&payload.wire()).unwrap();
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
        for name in members.keys().filter(|name| *name != "hold") {
            let mut without = members.clone();
            without.remove(name);
            let text = forge(&key, P::TYP, &serde_json::to_string(&without).unwrap());
            let outcome = accept::<P>(&text, key.public()).map(|_| ());
            // Some are there or not by what another one says: that is a rule of the object.
            let refused = matches!(outcome, Err(ObjectError::Form(_) | ObjectError::Fault(_)));
            assert!(refused, "{}: {name} is required", P::TYP);
            let mut wrong = members.clone();
            wrong.insert(name.clone(), serde_json::Value::Bool(true));
            let text = forge(&key, P::TYP, &serde_json::to_string(&wrong).unwrap());
            assert!(accept::<P>(&text, key.public()).is_err(), "{}: {name} is no truth value", P::TYP);
        }
        let added = text.replacen('{', r#"{"note":"x","#, 1);
        let outcome = accept::<P>(&forge(&key, P::TYP, &added), key.public()).map(|_| ());
        assert!(matches!(outcome, Err(ObjectError::Form(_))), "{}: an unknown member is refused", P::TYP);
    }
    each(&envelope(b"body"));
    each(&invitation());
    each(&hub_card(&key(1)));
    each(&mail_receipt());
    each(&entry());
    each(&hold());
    each(&redemption_receipt());
    each(&settlement_request());
    each(&settlement_notice());
    each(&device_request(&key(1)));
    each(&device_answer(&key(1)));
}

fn refused_as_json(text: &str, expected: fn(&JsonError) -> bool) {
    let key = key(1);
    let outcome = accept::<MailReceipt>(text, key.public());
    assert!(
        matches!(&outcome, Err(ObjectError::Json(error)) if expected(error)),
        "formats.md §0 has one reading of a text: {outcome:?}"
    );
}

#[test]
fn refuses_a_key_twice_a_fraction_and_another_normal_form() {
    let key = key(1);
    let receipt = mail_receipt();
    let changed = |from: &str, to: &str| rewritten(&key, &receipt, from, to);
    refused_as_json(&changed(r#""seq":1"#, r#""seq":1,"seq":2"#), |e| {
        matches!(e, JsonError::DuplicateKey(_))
    });
    refused_as_json(&changed(r#""seq":1"#, r#""seq":1.0"#), |e| *e == JsonError::Float);
    refused_as_json(&changed(r#""seq":1"#, r#""seq":1e400"#), |e| *e == JsonError::Float);
    refused_as_json(&changed(r#""seq":1"#, r#""seq":-0"#), |e| *e == JsonError::Float);
    refused_as_json(&changed(r#""seq":1"#, "\"seq\":\"e\u{301}\""), |e| *e == JsonError::NotNfc);
    refused_as_json(&changed(r#""seq":1"#, r#""seq":9223372036854775808"#), |e| *e == JsonError::Float);
}

#[test]
fn a_list_of_values_is_no_object() {
    let key = key(1);
    let list = device_list(&key);
    let text = serde_json::to_string(&list.wire()).unwrap();
    let device = serde_json::to_string(&list.wire().devices[0]).unwrap();
    let values: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&device).unwrap();
    let positional =
        serde_json::json!([values["kid"], values["jwk"], values["name"], values["added"]]).to_string();
    let text = forge(&key, DeviceList::TYP, &text.replace(&device, &positional));
    let outcome = accept::<DeviceList>(&text, key.public());
    assert!(matches!(outcome, Err(ObjectError::Spelling)), "serde alone would take it: {outcome:?}");
    let null = rewritten(&key, &list, r#""seq":1"#, r#""seq":1,"previous":null"#);
    let outcome = accept::<DeviceList>(&null, key.public());
    assert!(matches!(outcome, Err(ObjectError::Spelling)), "an absent member is not there: {outcome:?}");
}

#[test]
fn the_algorithm_is_the_keys_and_not_the_headers() {
    let (ed, es) = (key(1), key_of(Algorithm::Es256, 1));
    let text = sign(&ed, &hold()).unwrap();
    let (_, rest) = text.split_once('.').unwrap();
    for alg in ["ES256", "none", "HS256", "RS256"] {
        let header = format!(
            r#"{{"alg":"{alg}","typ":"voucher-hold+jwt","kid":"{}"}}"#,
            ed.public().key_id().as_str()
        );
        let confused = format!("{}.{rest}", b64::encode(header.as_bytes()));
        let outcome = accept::<Hold>(&confused, ed.public());
        assert!(
            matches!(outcome, Err(ObjectError::Jws(JwsError::Alg))),
            "{alg} is not the key's: {outcome:?}"
        );
    }
    let header =
        format!(r#"{{"alg":"EdDSA","typ":"voucher-hold+jwt","kid":"{}"}}"#, es.public().key_id().as_str());
    let confused = format!("{}.{rest}", b64::encode(header.as_bytes()));
    let outcome = accept::<Hold>(&confused, es.public());
    assert!(
        matches!(outcome, Err(ObjectError::Jws(JwsError::Alg))),
        "an ES256 key makes no EdDSA: {outcome:?}"
    );
}

#[test]
fn a_key_in_the_header_means_nothing() {
    let (owner, thief) = (key(1), key(2));
    let payload = payload_of(&sign(&owner, &hold()).unwrap());
    let jwk = serde_json::to_string(&thief.public().to_jwk()).unwrap();
    let kid = owner.public().key_id().as_str();
    let header = format!(r#"{{"alg":"EdDSA","typ":"voucher-hold+jwt","kid":"{kid}","jwk":{jwk}}}"#);
    let signed = format!("{}.{}", b64::encode(header.as_bytes()), b64::encode(payload.as_bytes()));
    let text = format!("{signed}.{}", b64::encode(&thief.sign(signed.as_bytes()).unwrap()));
    let outcome = accept::<Hold>(&text, owner.public());
    assert!(matches!(outcome, Err(ObjectError::Jws(JwsError::Signature))), "only the caller's key counts");
}

#[test]
fn the_header_has_to_name_the_key_that_verifies() {
    let key = key(1);
    let payload = payload_of(&sign(&key, &hold()).unwrap());
    for header in [
        r#"{"alg":"EdDSA","typ":"voucher-hold+jwt"}"#.to_owned(),
        r#"{"alg":"EdDSA","typ":"voucher-hold+jwt","kid":"../../etc"}"#.to_owned(),
    ] {
        let signed = format!("{}.{}", b64::encode(header.as_bytes()), b64::encode(payload.as_bytes()));
        let text = format!("{signed}.{}", b64::encode(&key.sign(signed.as_bytes()).unwrap()));
        let outcome = accept::<Hold>(&text, key.public());
        assert!(matches!(outcome, Err(ObjectError::Kid)), "{header}: the look-up was for another key");
    }
}

#[test]
fn an_object_has_no_white_space_around_it_and_a_bound() {
    let key = key(1);
    let text = sign(&key, &hold()).unwrap();
    for around in [format!("{text}\n"), format!(" {text}"), format!("{text}=")] {
        assert!(accept::<Hold>(&around, key.public()).is_err(), "its digest names it");
    }
    let long = "A".repeat(zizhi_sync::OBJECT_BYTES + 1);
    let outcome = Unverified::<Hold>::parse(&long, &limits()).map(|_| ());
    assert!(matches!(outcome, Err(ObjectError::Size(_))), "the bound comes before the parser");
}

#[test]
fn what_breaks_a_rule_is_not_signed() {
    let mut receipt = mail_receipt();
    receipt.seq = 0;
    assert!(
        matches!(sign(&key(1), &receipt), Err(ObjectError::Fault(Fault::Number("seq")))),
        "places start at 1"
    );
    receipt.seq = 1;
    receipt.at = -1;
    assert!(
        matches!(sign(&key(1), &receipt), Err(ObjectError::Fault(Fault::Time("at")))),
        "1970 is the beginning"
    );
}

#[test]
fn a_receipt_is_for_one_message_only() {
    let receipt = mail_receipt();
    let (from, to) = (receipt.from, receipt.to);
    assert!(receipt.is_for(id(1), &from, &to, receipt.sha256, 7), "this is the message");
    assert!(!receipt.is_for(id(9), &from, &to, receipt.sha256, 7), "another id");
    assert!(!receipt.is_for(id(1), &to, &to, receipt.sha256, 7), "another sender");
    assert!(!receipt.is_for(id(1), &from, &from, receipt.sha256, 7), "another recipient");
    assert!(!receipt.is_for(id(1), &from, &to, zizhi_sync::Digest::of(b""), 7), "another body");
    assert!(!receipt.is_for(id(1), &from, &to, receipt.sha256, 8), "another length");
}

#[test]
fn ids_have_one_spelling() {
    let made = Id::new(NOW * 1000, [0xff; 10]);
    assert!(made.to_string().ends_with("-7fff-bfff-ffffffffffff"), "version 7 and its variant: {made}");
    assert_eq!(Id::parse(&made.to_string()), Ok(made), "what is written is read");
    assert_eq!(made.milliseconds(), NOW * 1000, "the time is in front");
    assert!(Id::new(NOW * 1000 + 1, [0; 10]) > made, "later ones sort behind");
    let text = made.to_string();
    for wrong in [
        text.to_uppercase(),
        text.replace('-', ""),
        text.replacen("-7", "-4", 1),
        text.replacen("-b", "-c", 1),
        format!("{{{text}}}"),
        text[..35].to_owned(),
    ] {
        assert!(Id::parse(&wrong).is_err(), "{wrong} is no UUID of version 7 in its one form");
    }
}

#[test]
fn names_of_hubs_and_tokens_are_narrow() {
    for name in ["33-main", "31-a", "00-abcdefghij0123456789"] {
        HubId::parse(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    for name in
        ["33", "33-", "3-main", "33-Main", "33-a-b", "33-abcdefghij01234567890", "浙江-main", "33-main\n"]
    {
        assert!(HubId::parse(name).is_err(), "{name} is no hub");
    }
    for name in ["a", "ZJ-2026_1.2", &"x".repeat(64)] {
        Token::parse(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    for name in ["", ".", "..", "-a", "a/b", "a b", "a%2f", "券", &"x".repeat(65)] {
        assert!(Token::parse(name).is_err(), "{name} is no token");
    }
}
