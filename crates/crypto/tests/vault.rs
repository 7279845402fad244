//! Keys from one root, and what is sealed under them.
#![cfg(test)]

mod support;

use support::Repeatable;
use zeroize::Zeroizing;
use zizhi_crypto::digest::hex;
use zizhi_crypto::vault::{Vault, VaultError, derive};

fn vault(byte: u8) -> Vault {
    Vault::new(Zeroizing::new([byte; 32]))
}

#[test]
fn each_purpose_has_a_key_of_its_own_and_always_the_same() {
    let root = Zeroizing::new([7; 32]);
    let (database, vault) = (derive(&root, "database"), derive(&root, "vault"));
    assert_ne!(database, vault, "two purposes");
    assert_ne!(database, derive(&Zeroizing::new([8; 32]), "database"), "two roots");
    assert_eq!(
        hex(database.as_slice()),
        "9741adcdf2fafa7bac6beb5ebe2269d8939a82b1627a6b3290768e075f3c36c3",
        "a database that was made stays one that can be opened"
    );
}

#[test]
fn what_is_sealed_opens_in_its_place_only() {
    let sealed = vault(1).seal("key a", b"secret", &mut Repeatable(1)).expect("sealed");
    assert_eq!(vault(1).open("key a", &sealed).expect("opened").as_slice(), b"secret");
    assert!(!sealed.windows(6).any(|window| window == b"secret"), "not in the clear");
    let refused =
        [("another key", vault(2).open("key a", &sealed)), ("elsewhere", vault(1).open("key b", &sealed))];
    for (what, result) in refused {
        assert_eq!(result.expect_err(what), VaultError::Refused, "{what}");
    }
}

#[test]
fn no_bit_of_it_can_be_changed() {
    let sealed = vault(1).seal("", b"secret", &mut Repeatable(1)).expect("sealed");
    for bit in 0..sealed.len() * 8 {
        let mut other = sealed.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        vault(1).open("", &other).expect_err("one bit differs");
    }
    for length in 0..sealed.len() {
        vault(1).open("", &sealed[..length]).expect_err("cut short");
    }
}
