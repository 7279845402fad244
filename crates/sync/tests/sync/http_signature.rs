//! Signed requests: the profile, and every way around it that was thought of.

use zizhi_crypto::{Algorithm, PublicKey, SigningKey, b64};
use zizhi_sync::api::Code;
use zizhi_sync::http_signature::{
    AuthError, BodyDigest, LIFETIME, Request, SKEW, Stamp, Unverified, Verified, body, content_digest, sign,
    signature_base,
};
use zizhi_sync::{Digest, Id};

use crate::support::{NOW, id, key, key_of};

const URI: &str = "https://hub.example/v1/messages?a=1";
const STAMP: Stamp = Stamp { created: NOW, expires: NOW + LIFETIME, nonce: [9; 16] };

/// A request as it arrives, so that a test can change any part of it.
#[derive(Clone)]
struct Sent {
    method: String,
    uri: String,
    fields: Vec<(String, String)>,
    body: Option<Digest>,
}

impl Sent {
    fn request<T>(&self, use_it: impl FnOnce(&Request<'_>) -> T) -> T {
        let fields: Vec<_> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        use_it(&Request { method: &self.method, target_uri: &self.uri, fields: &fields, body: self.body })
    }

    fn verify(&self, key: &PublicKey, now: i64) -> Result<Verified, AuthError> {
        self.request(|request| Unverified::read(request)?.verify(key, now))
    }

    fn get(&self, name: &str) -> &str {
        &self.fields.iter().find(|(found, _)| found == name).expect("a field").1
    }

    fn with(mut self, name: &str, change: impl FnOnce(&str) -> String) -> Self {
        let field = self.fields.iter_mut().find(|(found, _)| found == name).expect("a field");
        field.1 = change(&field.1);
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(found, _)| found != name);
        self
    }

    fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}

fn plain(fields: &[(&str, &str)], content: &[u8]) -> Sent {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Sent { method: "POST".to_owned(), uri: URI.to_owned(), fields, body: body(content) }
}

fn signed_by(key: &SigningKey, mut sent: Sent, stamp: &Stamp) -> Sent {
    let added = sent.request(|request| sign(request, key, stamp)).expect("a signature");
    sent.fields.extend(added.into_iter().map(|(name, value)| (name.to_owned(), value)));
    sent
}

/// A message on its way up.
fn message() -> Sent {
    let id: Id = id(1);
    let fields = [
        ("Content-Type", "application/age"),
        ("Idempotency-Key", &id.to_string()),
        ("Zizhi-To", "urn:uscc:91330421DEM0000814"),
        ("User-Agent", "anything"),
    ];
    signed_by(&key(1), plain(&fields, b"content"), &STAMP)
}

fn refused(sent: &Sent) -> AuthError {
    sent.verify(key(1).public(), NOW).expect_err("this request must be refused")
}

/// Signs whatever `Signature-Input` says about the message, as the owner of a key can.
fn resigned(parameters: &str, components: &[(&str, &str)]) -> Sent {
    let base = signature_base(components.iter().copied(), parameters);
    let signature = key(1).sign(base.as_bytes()).unwrap();
    message()
        .with("signature-input", |_| format!("zizhi={parameters}"))
        .with("signature", |_| format!("zizhi=:{}:", b64::encode_standard(&signature)))
}

#[test]
fn a_signed_request_is_accepted_with_its_nonce() {
    let verified = message().verify(key(1).public(), NOW).unwrap();
    assert_eq!(verified.keyid(), key(1).public().key_id().as_str());
    assert_eq!(verified.nonce(), &[9; 16]);
    assert_eq!(verified.created(), NOW);
    assert_eq!(verified.remember_until(), STAMP.expires + SKEW, "so long would it be accepted again");
}

#[test]
fn both_algorithms_sign_requests() {
    let elliptic = key_of(Algorithm::Es256, 1);
    let sent = signed_by(&elliptic, plain(&[], b""), &STAMP);
    sent.verify(elliptic.public(), NOW).expect("ES256 without a body");
    let sent = signed_by(&key(1), plain(&[], b""), &STAMP);
    sent.verify(key(1).public(), NOW).expect("Ed25519 without a body");
}

#[test]
fn the_fields_are_written_as_the_rfc_writes_them() {
    let sent = message();
    assert_eq!(sent.get("content-digest"), content_digest(&Digest::of(b"content")));
    let kid = key(1).public().key_id().to_string();
    assert_eq!(
        sent.get("signature-input"),
        format!(
            "zizhi=(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\" \"idempotency-key\" \
             \"zizhi-to\");created={NOW};expires={};nonce=\"{}\";keyid=\"{kid}\";tag=\"zizhi-hub-1\"",
            NOW + LIFETIME,
            b64::encode(&[9; 16])
        )
    );
}

#[test]
fn everything_that_is_covered_matters() {
    let sent = message();
    let cases = [
        ("method", Sent { method: "PUT".to_owned(), ..sent.clone() }),
        ("path", Sent { uri: "https://hub.example/v1/vouchers?a=1".to_owned(), ..sent.clone() }),
        ("host", Sent { uri: "https://evil.example/v1/messages?a=1".to_owned(), ..sent.clone() }),
        ("a longer query", Sent { uri: format!("{URI}&b=2"), ..sent.clone() }),
        ("no query", Sent { uri: "https://hub.example/v1/messages".to_owned(), ..sent.clone() }),
        ("scheme", Sent { uri: URI.replace("https", "http"), ..sent.clone() }),
        ("content-type", sent.clone().with("Content-Type", |_| "application/json".to_owned())),
        ("idempotency-key", sent.clone().with("Idempotency-Key", |_| id(2).to_string())),
        ("zizhi-to", sent.clone().with("Zizhi-To", |_| "urn:uscc:91340100DEM0000228".to_owned())),
    ];
    for (what, changed) in cases {
        assert_eq!(refused(&changed), AuthError::Signature, "{what} is under the signature");
    }
    sent.with("User-Agent", |_| "something else".to_owned())
        .verify(key(1).public(), NOW)
        .expect("what nobody asked to cover is free");
}

#[test]
fn the_body_matters() {
    let sent = message();
    assert_eq!(refused(&Sent { body: body(b"other"), ..sent.clone() }), AuthError::Digest);
    assert_eq!(refused(&Sent { body: None, ..sent.clone() }), AuthError::Digest, "a body was promised");
    let digest = content_digest(&Digest::of(b"other"));
    let swapped = Sent { body: body(b"other"), ..sent.clone() }.with("content-digest", |_| digest);
    assert_eq!(refused(&swapped), AuthError::Signature, "the digest is under the signature");
    assert_eq!(refused(&sent.clone().without("content-digest")), AuthError::Missing("content-digest"));
    assert_eq!(refused(&sent.without("Content-Type")), AuthError::Missing("content-type"));
}

#[test]
fn a_digest_in_another_way_is_refused() {
    for value in [
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
        "sha-256=abc",
        "sha-256",
        "md5=:AAAA:",
        "",
    ] {
        let sent = message().with("content-digest", |_| value.to_owned());
        assert_eq!(refused(&sent), AuthError::Form("content-digest"), "{value}: sha-256 is asked for");
    }
}

#[test]
fn a_body_in_pieces_has_the_digest_of_the_whole() {
    let mut pieces = BodyDigest::default();
    assert_eq!(pieces.clone().finish(), (None, 0), "no bytes are no body");
    pieces.update(b"con");
    pieces.update(b"tent");
    assert_eq!(pieces.finish(), (body(b"content"), 7));
}

#[test]
fn what_must_be_covered_is() {
    let kid = key(1).public().key_id().to_string();
    let (sent, id) = (message(), id(1).to_string());
    let digest = sent.get("content-digest").to_owned();
    let all = [
        ("@method", "POST"),
        ("@target-uri", URI),
        ("content-digest", digest.as_str()),
        ("content-type", "application/age"),
        ("idempotency-key", &id),
        ("zizhi-to", "urn:uscc:91330421DEM0000814"),
    ];
    let parameters = |components: &[(&str, &str)]| {
        let names: Vec<_> = components.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let nonce = b64::encode(&[9; 16]);
        format!(
            "({});created={NOW};expires={};nonce=\"{nonce}\";keyid=\"{kid}\";tag=\"zizhi-hub-1\"",
            names.join(" "),
            NOW + 60
        )
    };
    let control = resigned(&parameters(&all), &all);
    control.verify(key(1).public(), NOW).expect("the control case is sound");
    for left_out in 0..all.len() {
        let mut fewer = all.to_vec();
        let (name, _) = fewer.remove(left_out);
        assert_eq!(
            refused(&resigned(&parameters(&fewer), &fewer)),
            AuthError::Uncovered(name),
            "{name} is free"
        );
    }
    let mut turned = all;
    turned.reverse();
    resigned(&parameters(&turned), &turned)
        .verify(key(1).public(), NOW)
        .expect("any order, as long as it is signed");

    let mut twice = all.to_vec();
    twice.push(all[0]);
    assert_eq!(refused(&resigned(&parameters(&twice), &twice)), AuthError::Covers, "the same twice");
    let mut more = all.to_vec();
    more.push(("user-agent", "anything"));
    assert_eq!(refused(&resigned(&parameters(&more), &more)), AuthError::Covers, "something unknown");
    let parameter = parameters(&all).replace("\"@method\"", "\"@method\";req");
    assert_eq!(refused(&resigned(&parameter, &all)), AuthError::Covers, "a component with a parameter");
    let token = parameters(&all).replace("\"@method\"", "method");
    assert_eq!(refused(&resigned(&token, &all)), AuthError::Covers, "a component that is no string");

    let five = parameters(&all);
    for (from, to, expected) in [
        (";tag=\"zizhi-hub-1\"", "", AuthError::Form("tag")),
        ("zizhi-hub-1", "zizhi-hub-2", AuthError::Form("tag")),
        (";tag=\"zizhi-hub-1\"", ";tag=zizhi-hub-1", AuthError::Form("tag")),
        (";nonce=", ";once=", AuthError::Form("nonce")),
        (";expires=", ";expired=", AuthError::Form("expires")),
        (";created=", ";created=1.5;x=", AuthError::Form("created")),
        (";keyid=", ";keyid=1;key=", AuthError::Form("keyid")),
        (";tag", ";alg=\"ed25519\";tag", AuthError::Parameter),
        (";tag", ";alg=\"none\";tag", AuthError::Parameter),
        (";tag", ";more;tag", AuthError::Parameter),
    ] {
        assert!(five.contains(from), "{from}");
        assert_eq!(refused(&resigned(&five.replacen(from, to, 1), &all)), expected, "{from} as {to}");
    }
    let short = five.replace(&b64::encode(&[9; 16]), &b64::encode(&[9; 15]));
    assert_eq!(refused(&resigned(&short, &all)), AuthError::Form("nonce"), "120 bits are not 128");
    let padded = five.replace(&b64::encode(&[9; 16]), &format!("{}==", b64::encode(&[9; 16])));
    assert_eq!(refused(&resigned(&padded, &all)), AuthError::Form("nonce"), "a nonce has one spelling");
}

#[test]
fn white_space_and_order_do_not_make_a_second_signature() {
    // RFC 9421 §3.2: what is signed is the canonical form, however the field is spelt.
    let sent = message().with("signature-input", |value| {
        value.replace("(\"@method\" ", "( \"@method\"   ").replace(";created", "; created") + "  "
    });
    sent.verify(key(1).public(), NOW).expect("spelt otherwise, the same to every reader");
    let moved = message().with("signature-input", |value| {
        let (list, _) = value.split_once(";tag=").unwrap();
        list.replace(");created", ");tag=\"zizhi-hub-1\";created")
    });
    assert_eq!(refused(&moved), AuthError::Signature, "the order of parameters is under the signature");
    let moved = message().with("signature-input", |value| {
        value.replace("\"@method\" \"@target-uri\"", "\"@target-uri\" \"@method\"")
    });
    assert_eq!(refused(&moved), AuthError::Signature, "and so is that of the components");
}

#[test]
fn fields_are_there_once() {
    let covered =
        ["content-type", "idempotency-key", "zizhi-to", "content-digest", "signature", "signature-input"];
    for name in covered {
        let again = message().and(&name.to_uppercase(), "x");
        let error = refused(&again);
        assert!(matches!(error, AuthError::Repeated(found) if found == name), "{name} twice: {error:?}");
    }
    let error = refused(&message().and("upload-offset", "0"));
    assert_eq!(error, AuthError::Uncovered("upload-offset"), "added on the way");
    let error = refused(&message().and("Zizhi-From", "urn:uscc:91330421DEM0000814"));
    assert_eq!(error, AuthError::Uncovered("zizhi-from"), "added on the way");
}

#[test]
fn fields_that_are_not_there_or_not_readable_are_named() {
    assert_eq!(refused(&message().without("signature")), AuthError::Missing("signature"));
    assert_eq!(refused(&message().without("signature-input")), AuthError::Missing("signature-input"));
    for (name, value) in [
        ("signature-input", "zizhi=(\"@method\""),
        ("signature-input", "zizhi=1"),
        ("signature-input", "zizhi"),
        ("signature", "zizhi=abc"),
        ("signature", "zizhi=(:AAAA:)"),
        ("signature", "zizhi=:AAAA:;x"),
        ("signature", "zizhi=:!!!!:"),
    ] {
        let error = refused(&message().with(name, |_| value.to_owned()));
        assert!(matches!(error, AuthError::Form(found) if found == name), "{name}: {value}: {error:?}");
    }
    let other = message().with("signature-input", |value| value.replacen("zizhi", "sig1", 1));
    assert_eq!(refused(&other), AuthError::Label);
    let other = message().with("signature", |value| value.replacen("zizhi", "sig1", 1));
    assert_eq!(refused(&other), AuthError::Label);
    let long = message().with("signature", |value| format!("{value}, x=\"{}\"", "y".repeat(4096)));
    assert_eq!(refused(&long), AuthError::Form("signature"), "the bound comes before the parser");
    let line = message().with("Zizhi-To", |value| format!("{value}\n\"@method\": GET"));
    assert_eq!(refused(&line), AuthError::Form("zizhi-to"), "a value is one line of the base");
}

#[test]
fn signatures_of_others_are_passed_over() {
    let sent = message()
        .with("signature-input", |value| format!("proxy=(\"@authority\");alg=\"hmac-sha256\", {value}"))
        .with("signature", |value| format!("proxy=:AAAA:, {value}"));
    sent.verify(key(1).public(), NOW).expect("a proxy may sign too");
}

#[test]
fn a_short_or_long_signature_is_no_signature() {
    for bytes in [vec![], vec![0; 63], vec![0; 65], vec![0; 64]] {
        let sent = message().with("signature", |_| format!("zizhi=:{}:", b64::encode_standard(&bytes)));
        assert_eq!(refused(&sent), AuthError::Signature, "{} bytes", bytes.len());
    }
}

#[test]
fn time_is_allowed_to_the_second() {
    let sent = message();
    let at = |now: i64| sent.verify(key(1).public(), now).map(|_| ());
    assert_eq!(at(NOW - SKEW), Ok(()), "the device's clock is 300 s ahead");
    assert_eq!(at(NOW - SKEW - 1), Err(AuthError::Time), "301 s");
    assert_eq!(at(NOW + LIFETIME + SKEW), Ok(()), "it is 300 s behind, and the signature at its end");
    assert_eq!(at(NOW + LIFETIME + SKEW + 1), Err(AuthError::Time), "a second later");
    assert_eq!(at(i64::MAX), Err(AuthError::Time), "and nothing overflows");
    assert_eq!(at(i64::MIN), Err(AuthError::Time), "on either side");
}

#[test]
fn a_signature_lives_three_hundred_seconds_at_most() {
    let with = |created: i64, expires: i64| {
        let sent = signed_by(&key(1), plain(&[], b""), &Stamp { created, expires, ..STAMP });
        sent.verify(key(1).public(), NOW).map(|_| ())
    };
    assert_eq!(with(NOW, NOW + LIFETIME), Ok(()));
    assert_eq!(with(NOW, NOW + LIFETIME + 1), Err(AuthError::Time));
    assert_eq!(with(NOW, NOW), Ok(()), "at once");
    assert_eq!(with(NOW, NOW - 1), Err(AuthError::Time), "over before it began");
}

#[test]
fn only_the_named_key_verifies() {
    assert_eq!(
        message().verify(key(2).public(), NOW),
        Err(AuthError::Key),
        "the look-up was for another key"
    );
    let claimed = message().with("signature-input", |value| {
        value.replace(key(1).public().key_id().as_str(), key(2).public().key_id().as_str())
    });
    assert_eq!(claimed.verify(key(2).public(), NOW), Err(AuthError::Signature), "key 2 did not sign");
    let keyid = message().request(|request| Unverified::read(request).unwrap().keyid().to_owned());
    assert_eq!(keyid, key(1).public().key_id().as_str(), "the hub looks it up by this");
}

#[test]
fn every_error_has_its_code() {
    for (error, code) in [
        (AuthError::Missing("signature"), Code::AuthMissing),
        (AuthError::Uncovered("@method"), Code::AuthMissing),
        (AuthError::Label, Code::AuthMissing),
        (AuthError::Time, Code::AuthTime),
        (AuthError::Key, Code::AuthKey),
        (AuthError::Digest, Code::AuthSignature),
        (AuthError::Signature, Code::AuthSignature),
    ] {
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(code.status(), 401, "{code}");
    }
}
