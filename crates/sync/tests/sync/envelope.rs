//! Messages: sealed, opened, and every way in which they are not what they say.

use zizhi_crypto::jws::JwsError;
use zizhi_crypto::sealed::{self, SealedError};
use zizhi_model::Limits;
use zizhi_sync::Digest;
use zizhi_sync::ObjectError;
use zizhi_sync::envelope::{
    Envelope, EnvelopeError, Kind, Unverified, open, open_bytes, seal, seal_bytes, size_class,
};
use zizhi_sync::object::sign;

use crate::support::{envelope, firm, forge, hold, inbox, key, limits, other_firm};

const BODY: &[u8] = "一份通知".as_bytes();

/// Seals any plaintext, as anybody can.
fn sealed_as_is(recipient: &str, plaintext: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    sealed::encrypt(&[recipient], plaintext, &mut message).unwrap();
    message
}

/// A plaintext made of its parts, with `padding` after the body.
fn plaintext(envelope: &Envelope, body: &[u8], padding: &[u8]) -> Vec<u8> {
    [sign(&key(1), envelope).unwrap().as_bytes(), b"\n", body, padding].concat()
}

/// As many zeros as make a size class full.
fn zeros(envelope: &Envelope, body: &[u8]) -> Vec<u8> {
    let filled = plaintext(envelope, body, &[]).len() as u64;
    vec![0; usize::try_from(size_class(filled) - filled).unwrap()]
}

fn opened(plaintext: &[u8]) -> Result<Unverified<Vec<u8>>, EnvelopeError> {
    let (identity, recipient) = inbox();
    open_bytes(&[identity], &sealed_as_is(&recipient, plaintext), &limits())
}

fn verified(plaintext: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    Ok(opened(plaintext)?.verify(key(1).public(), &other_firm())?.into_body())
}

#[test]
fn what_was_sealed_comes_out_and_says_from_whom() {
    let (identity, recipient) = inbox();
    let sent = envelope(BODY);
    let message = seal_bytes(&sent, &key(1), &[recipient], BODY).unwrap();
    let read = open_bytes(&[identity], &message, &limits()).unwrap();
    assert_eq!(read.peek().iss, firm(), "the sender is there to look up the key");
    assert_eq!(read.kid().as_deref(), Some(key(1).public().key_id().as_str()), "and so is the key");
    let read = read.verify(key(1).public(), &other_firm()).unwrap();
    assert_eq!(*read.envelope(), sent);
    assert_eq!(read.key_id(), key(1).public().key_id());
    assert_eq!(read.into_body(), BODY);
}

#[test]
fn bodies_of_every_length_come_back_and_show_their_class_only() {
    let (identity, recipient) = inbox();
    for length in [1, 200, 300, 5000, 65_000, 66_000, 1_048_000, 1_048_576, 2_200_000] {
        let body = vec![7; length];
        let sent = envelope(&body);
        let mut message = Vec::new();
        let size = seal(&sent, &key(1), &[&recipient], body.as_slice(), &mut message).unwrap();
        assert_eq!(size, size_class(size), "what is sealed is a class");
        let read = open_bytes(&[&identity], &message, &limits()).unwrap();
        assert_eq!(read.verify(key(1).public(), &other_firm()).unwrap().into_body(), body, "{length} bytes");
    }
}

#[test]
fn size_classes_double_up_to_a_mebibyte_and_then_step() {
    const MIB: u64 = 1024 * 1024;
    for (length, class) in [
        (0, 1024),
        (1, 1024),
        (1024, 1024),
        (1025, 2048),
        (4096, 4096),
        (MIB / 2 + 1, MIB),
        (MIB, MIB),
        (MIB + 1, 2 * MIB),
        (2 * MIB + 1, 3 * MIB),
        (5 * MIB, 5 * MIB),
    ] {
        assert_eq!(size_class(length), class, "{length} bytes");
    }
}

#[test]
fn a_message_cut_anywhere_gives_nothing() {
    let (identity, recipient) = inbox();
    let body = vec![3; 150_000];
    let message = seal_bytes(&envelope(&body), &key(1), &[recipient], &body).unwrap();
    for cut in [0, 10, 100, 200, 300, 66_000, 131_500, message.len() - 1] {
        let outcome = open_bytes(&[&identity], &message[..cut], &limits()).map(|_| ());
        assert!(
            matches!(outcome, Err(EnvelopeError::Sealed(SealedError::Damaged | SealedError::Format))),
            "cut at {cut}: its end was not seen: {outcome:?}"
        );
    }
}

#[test]
fn a_cut_message_is_damaged_even_where_its_line_is_bad() {
    let (identity, recipient) = inbox();
    let message = sealed_as_is(&recipient, &vec![b'x'; 200_000]);
    let outcome = open_bytes(&[identity], &message[..message.len() - 5], &limits()).map(|_| ());
    assert!(
        matches!(outcome, Err(EnvelopeError::Sealed(SealedError::Damaged))),
        "nothing before the end counts, not even a reason to refuse: {outcome:?}"
    );
}

#[test]
fn a_changed_byte_anywhere_is_refused() {
    let (identity, recipient) = inbox();
    let message = seal_bytes(&envelope(BODY), &key(1), &[recipient], BODY).unwrap();
    for at in (0..message.len()).step_by(5) {
        let mut changed = message.clone();
        changed[at] ^= 1;
        let outcome = open_bytes(&[&identity], &changed, &limits())
            .and_then(|read| read.verify(key(1).public(), &other_firm()));
        assert!(outcome.is_err(), "byte {at} is under a seal");
    }
}

#[test]
fn a_message_for_another_key_stays_shut() {
    let message = seal_bytes(&envelope(BODY), &key(1), &[inbox().1], BODY).unwrap();
    let outcome = open_bytes(&[inbox().0], &message, &limits()).map(|_| ());
    assert!(matches!(outcome, Err(EnvelopeError::Sealed(SealedError::OtherRecipient))), "{outcome:?}");
}

#[test]
fn a_message_for_another_organisation_is_refused() {
    let sent = envelope(BODY);
    let read = opened(&plaintext(&sent, BODY, &zeros(&sent, BODY))).unwrap();
    let outcome = read.verify(key(1).public(), &firm()).map(|_| ());
    assert!(
        matches!(outcome, Err(EnvelopeError::Audience(found)) if found == other_firm()),
        "whoever got it could have sealed it again: {outcome:?}"
    );
}

#[test]
fn a_message_under_another_key_is_refused() {
    let sent = envelope(BODY);
    let read = opened(&plaintext(&sent, BODY, &zeros(&sent, BODY))).unwrap();
    let outcome = read.verify(key(2).public(), &other_firm()).map(|_| ());
    assert!(matches!(outcome, Err(EnvelopeError::Object(ObjectError::Kid))), "{outcome:?}");
}

#[test]
fn what_follows_the_body_is_zeros_up_to_the_class() {
    let sent = envelope(BODY);
    let right = zeros(&sent, BODY);
    verified(&plaintext(&sent, BODY, &right)).expect("the control case is sound");
    let mut last = right.clone();
    *last.last_mut().unwrap() = 1;
    let mut first = right.clone();
    first[0] = 1;
    let none: &[u8] = &[];
    for (padding, why) in [
        (last.as_slice(), "the last byte is no zero"),
        (&first, "the first byte is no zero"),
        (none, "there is no padding"),
        (&right[1..], "one zero is missing"),
        (&[right.as_slice(), &[0]].concat(), "there is one zero more"),
        (&[right.as_slice(), &vec![0; 1024]].concat(), "a class more than it needs"),
    ] {
        let outcome = verified(&plaintext(&sent, BODY, padding));
        assert!(matches!(outcome, Err(EnvelopeError::Padding)), "{why}: {outcome:?}");
    }
}

#[test]
fn the_body_has_the_signed_length_and_digest() {
    let sent = envelope(BODY);
    let other: Vec<u8> = BODY.iter().map(|byte| byte ^ 1).collect();
    let outcome = verified(&plaintext(&sent, &other, &zeros(&sent, BODY)));
    assert!(matches!(outcome, Err(EnvelopeError::Digest)), "another body: {outcome:?}");

    let longer = Envelope { body_len: sent.body_len + 5000, ..sent.clone() };
    let outcome = verified(&plaintext(&longer, BODY, &zeros(&longer, BODY)));
    assert!(matches!(outcome, Err(EnvelopeError::Length)), "the end came before the body did: {outcome:?}");

    let shorter = Envelope { body_len: sent.body_len - 1, ..sent.clone() };
    let outcome = verified(&plaintext(&shorter, BODY, &zeros(&shorter, BODY)));
    assert!(matches!(outcome, Err(EnvelopeError::Digest)), "the digest is of all of it: {outcome:?}");
}

#[test]
fn an_unknown_kind_is_refused() {
    let text = serde_json::to_string(&envelope(BODY)).unwrap().replace("notice", "firmware");
    let line = forge(&key(1), "envelope+jwt", &text);
    let outcome = opened(&[line.as_bytes(), b"\n", BODY].concat()).map(|_| ());
    assert!(matches!(outcome, Err(EnvelopeError::Object(ObjectError::Form(_)))), "{outcome:?}");
}

#[test]
fn another_object_in_front_is_no_envelope() {
    let line = sign(&key(1), &hold()).unwrap();
    let outcome = opened(&[line.as_bytes(), b"\n", BODY].concat()).map(|_| ());
    assert!(matches!(outcome, Err(EnvelopeError::Object(ObjectError::Jws(JwsError::Typ)))), "{outcome:?}");
}

#[test]
fn a_message_begins_with_a_line() {
    let line = sign(&key(1), &envelope(BODY)).unwrap();
    for (text, why) in [
        (Vec::new(), "nothing at all"),
        (line.clone().into_bytes(), "the line does not end"),
        (vec![b'x'; 100_000], "no line of a sensible length"),
        ([&[0xff, 0xfe][..], b"\n"].concat(), "no text"),
    ] {
        let outcome = opened(&text).map(|_| ());
        assert!(matches!(outcome, Err(EnvelopeError::Line)), "{why}: {outcome:?}");
    }
    let outcome = opened(format!("{line}\r\n").as_bytes()).map(|_| ());
    assert!(matches!(outcome, Err(EnvelopeError::Object(_))), "a line ends in one byte: {outcome:?}");
}

#[test]
fn a_body_longer_than_the_limit_is_not_written_out() {
    let tight = Limits { file_bytes: 1000, ..limits() };
    let (identity, recipient) = inbox();
    let body = vec![1; 1001];
    let message = seal_bytes(&envelope(&body), &key(1), &[&recipient], &body).unwrap();
    let mut sink = Vec::new();
    let outcome = open(&[&identity], message.as_slice(), &mut sink, &tight).map(|_| ());
    assert!(matches!(outcome, Err(EnvelopeError::Size(1000))), "{outcome:?}");
    assert!(sink.is_empty(), "the limit stands before the first byte");
    let body = vec![1; 1000];
    let message = seal_bytes(&envelope(&body), &key(1), &[&recipient], &body).unwrap();
    open_bytes(&[identity], &message, &tight).expect("the limit itself is allowed");
}

#[test]
fn a_message_that_goes_on_and_on_is_given_up() {
    let tight = Limits { file_bytes: 1000, ..limits() };
    let (identity, recipient) = inbox();
    let message = sealed_as_is(&recipient, &vec![b'\n'; 5 << 20]);
    let outcome = open_bytes(&[identity], &message, &tight).map(|_| ());
    assert!(matches!(outcome, Err(EnvelopeError::Size(_))), "{outcome:?}");
}

#[test]
fn a_body_that_was_not_announced_is_not_sealed() {
    let sent = envelope(BODY);
    for (body, expected_length) in
        [(&BODY[1..], true), (&[BODY, b"x"].concat()[..], true), (&vec![0; BODY.len()][..], false)]
    {
        let outcome = seal_bytes(&sent, &key(1), &[inbox().1], body).map(|_| ());
        if expected_length {
            assert!(matches!(outcome, Err(EnvelopeError::Length)), "{outcome:?}");
        } else {
            assert!(matches!(outcome, Err(EnvelopeError::Digest)), "{outcome:?}");
        }
    }
    let empty = Envelope { body_len: 0, body_sha256: Digest::of(b""), ..sent };
    assert!(seal_bytes(&empty, &key(1), &[inbox().1], b"").is_err(), "a message says something");
}

#[test]
fn a_body_is_of_the_kind_that_it_says() {
    let jws = |typ: &str| forge(&key(1), typ, "{}").into_bytes();
    let bodies = [
        (Kind::Dossier, b"PK\x03\x04rest".to_vec()),
        (Kind::Dossier, b"age-encryption.org/v1\n-> X25519".to_vec()),
        (Kind::Request, jws("dossier-request+jwt")),
        (Kind::StatusList, jws("statuslist+jwt")),
        (Kind::Receipt, jws("mail-receipt+jwt")),
        (Kind::Receipt, jws("redemption-receipt+jwt")),
    ];
    for (kind, body) in &bodies {
        for candidate in Kind::ALL {
            let expected = candidate == *kind || candidate == Kind::Notice;
            assert_eq!(candidate.fits(body), expected, "{} as {}", kind.as_str(), candidate.as_str());
        }
    }
    let credential = jws("dc+sd-jwt");
    assert!(Kind::Credential.fits(&credential) && Kind::Decision.fits(&credential), "one form for both");
    assert!(!Kind::Request.fits(b"") && !Kind::Request.fits(b"no jws"), "no form, no kind");
    for kind in Kind::ALL {
        assert_eq!(
            serde_json::to_string(&kind).unwrap(),
            format!("\"{}\"", kind.as_str()),
            "one word for each"
        );
    }
}
