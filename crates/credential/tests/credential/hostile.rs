//! Any bytes at all.

use proptest::prelude::*;
use serde_json::Value;
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::json_serialization;
use zizhi_credential::present::{Binding, Choice, choices, present};
use zizhi_credential::sdjwt::{KbPolicy, Unverified};
use zizhi_credential::status::{Bits, StatusList, UnverifiedToken};
use zizhi_credential::types::TypeMetadata;
use zizhi_credential::{Path, sdjwt};

use crate::support::{AUD, IAT, NONCE, holder, issued, issuer, limits};

/// Everything that takes bytes from outside.
fn try_all(bytes: &[u8]) {
    let issuer = issuer();
    let expected =
        Expected { issuer: Some(issuer.public()), aud: Some(AUD), nonce: Some(NONCE), at: IAT + 200 };
    let found = inspect(bytes, &expected, &limits());
    assert!(!found.checks.is_empty(), "whatever it is, something is said about it");
    let _ = inspect(bytes, &Expected { issuer: None, aud: None, nonce: None, at: 0 }, &limits());
    let _ = json_serialization::read(bytes, &limits());
    let _ = TypeMetadata::parse(bytes);
    let _ = StatusList::inflate(Bits::Two, bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = read(text);
        let _ = choices(text, &limits());
        let _ = Path::parse(text);
        if let Ok(token) = UnverifiedToken::parse(text, &limits()) {
            let _ = token.verify(issuer.public(), None);
        }
    }
}

/// What a verifier makes of a text: the processed payload, or `None`.
fn read(text: &str) -> Option<Value> {
    let limits = limits();
    let unverified = Unverified::parse(text, &limits).ok()?;
    let verified = unverified.verify(issuer().public()).ok()?;
    let binding = verified.key_binding()?;
    let holder = verified.holder_key().ok()?;
    let policy =
        KbPolicy { aud: AUD, nonce: NONCE, not_before: IAT, reference: None, now: IAT + 200, skew: 300 };
    let held = binding.check(&holder, &policy).is_empty();
    let disclosed = verified.disclose().ok()?;
    held.then(|| disclosed.payload().to_value())
}

fn presentation() -> String {
    let binding = Binding { key: &holder(), aud: AUD, nonce: NONCE, iat: IAT + 100 };
    let chosen = ["number", "owners[0]", "attested.by"].map(|path| Path::parse(path).unwrap());
    present(&issued(), Choice::Only(&chosen), Some(&binding), &limits()).unwrap()
}

#[test]
fn any_one_byte_changed_is_noticed() {
    let text = presentation();
    assert!(read(&text).is_some(), "as it is, it holds");
    for place in 0..text.len() {
        // Every byte becomes a neighbour in the alphabet, a separator, and something outside both.
        for other in [b'A', b'B', b'.', b'~', b'=', b' '] {
            let mut bytes = text.clone().into_bytes();
            if bytes[place] == other {
                continue;
            }
            bytes[place] = other;
            let altered = String::from_utf8(bytes).unwrap();
            assert_eq!(read(&altered), None, "byte {place} turned into {:?}", char::from(other));
        }
    }
}

#[test]
fn any_one_byte_left_out_is_noticed() {
    let text = presentation();
    for place in 0..text.len() {
        let altered = format!("{}{}", &text[..place], &text[place + 1..]);
        assert_eq!(read(&altered), None, "byte {place} left out");
    }
}

#[test]
fn a_long_chain_of_nothing_costs_little() {
    for text in ["~".repeat(1_000_000), ".".repeat(1_000_000), format!("a.b.c{}", "~a".repeat(400_000))] {
        try_all(text.as_bytes());
    }
    let deep = format!("{{\"payload\":{}", "[".repeat(500_000));
    try_all(deep.as_bytes());
    assert_eq!(
        Unverified::parse(&"A".repeat(2_000_000), &limits()).unwrap_err().rule(),
        sdjwt::rule::SIZE,
        "limits come first"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        try_all(&bytes);
    }

    #[test]
    fn any_text_of_the_right_kind_is_survived(text in "[A-Za-z0-9_.~{}\":,\\[\\]-]{0,400}") {
        try_all(text.as_bytes());
    }

    #[test]
    fn any_damage_to_a_presentation_is_survived_and_never_tells_another_story(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let text = presentation();
        let truth = read(&text);
        let mut bytes = text.clone().into_bytes();
        for (place, byte) in changes {
            *place.get_mut(&mut bytes) = byte;
        }
        try_all(&bytes);
        if let Ok(altered) = std::str::from_utf8(&bytes)
            && altered != text
        {
            let story = read(altered);
            prop_assert!(story.is_none() || story == truth, "{altered}");
        }
    }
}
