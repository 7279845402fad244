//! A 32-byte key, such as a database's, in a form that can be stored or printed.
//!
//! [`wrap`] encrypts it under a passphrase:
//!
//! ```json
//! {"version":1,"kdf":{"name":"argon2id","memory_kib":65536,"passes":3,"lanes":1,"salt":"…"},
//!  "aead":"chacha20-poly1305","nonce":"…","ciphertext":"…"}
//! ```
//!
//! The AEAD authenticates every member before `ciphertext`, after the words `zizhi wrapped key`, so that
//! neither a key file nor anything else opens as a wrapped key.
//!
//! [`to_paper`] writes it for a person to keep in a safe: whoever has the paper has the key.

use ring::aead::{Aad, NONCE_LEN, Nonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;
use zizhi_model::json::strict;

use crate::digest::sha256;
use crate::keyfile::KeyfileError;
use crate::keyfile::{AEAD, Kdf, SALT, cipher};
use crate::{Random, b64};

/// A key that is wiped when dropped.
pub type Key = Zeroizing<[u8; KEY]>;

const VERSION: u32 = 1;
const CONTEXT: &[u8] = b"zizhi wrapped key\0";
const KEY: usize = 32;
const TAG: usize = 16;
const MAX_RECORD: usize = 4 * 1024;
const DEPTH: usize = 4;

/// Crockford's alphabet: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Two bytes of digest behind the key find a slip of the pen.
const CHECK: usize = 2;
/// Characters on paper: 34 bytes at 5 bits each.
const CHARACTERS: usize = ((KEY + CHECK) * 8).div_ceil(5);
const GROUP: usize = 5;

/// Why a text on paper is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// Characters are missing, or there are too many.
    #[error("a key on paper has 55 characters, this has {0}")]
    Length(usize),
    /// A character that never occurs.
    #[error("character {0} cannot occur in a key on paper")]
    Character(usize),
    /// All characters are possible, but one of them at least is wrong.
    #[error("the characters do not fit together")]
    Check,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    version: u32,
    kdf: Kdf,
    aead: String,
    nonce: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    ciphertext: String,
}

impl Record {
    /// What the AEAD authenticates: the record without its ciphertext.
    fn aad(&self) -> Result<Vec<u8>, KeyfileError> {
        let mut aad = CONTEXT.to_vec();
        serde_json::to_writer(&mut aad, self).map_err(|_| KeyfileError::Format)?;
        Ok(aad)
    }
}

/// Encrypts `key` under `passphrase` (Argon2id, 64 MiB, three passes: 0.1 to 0.5 s on an office machine).
///
/// # Errors
/// [`KeyfileError::Empty`], [`KeyfileError::Derivation`].
pub fn wrap(key: &[u8; KEY], passphrase: &str, random: &mut dyn Random) -> Result<String, KeyfileError> {
    if passphrase.is_empty() {
        return Err(KeyfileError::Empty);
    }
    let (mut salt, mut nonce) = ([0; SALT], [0; NONCE_LEN]);
    random.fill(&mut salt);
    random.fill(&mut nonce);
    let mut record = Record {
        version: VERSION,
        kdf: Kdf::with_salt(&salt),
        aead: AEAD.to_owned(),
        nonce: b64::encode(&nonce),
        ciphertext: String::new(),
    };
    let mut sealed = Zeroizing::new(Vec::with_capacity(KEY + TAG));
    sealed.extend_from_slice(key);
    cipher(passphrase, &record.kdf, &salt)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(record.aad()?), &mut *sealed)
        .map_err(|_| KeyfileError::Protection)?;
    record.ciphertext = b64::encode(&sealed);
    serde_json::to_string(&record).map_err(|_| KeyfileError::Format)
}

/// Decrypts what [`wrap`] made.
///
/// # Errors
/// [`KeyfileError`]. A record that was edited is [`KeyfileError::Passphrase`], as nothing tells it from
/// one that was not and a wrong passphrase.
pub fn unwrap(record: &str, passphrase: &str) -> Result<Key, KeyfileError> {
    if record.len() > MAX_RECORD {
        return Err(KeyfileError::Format);
    }
    let json = strict(record.as_bytes(), DEPTH)?;
    let version = json.get("version").and_then(zizhi_model::Json::as_i64).ok_or(KeyfileError::Format)?;
    if version != i64::from(VERSION) {
        return Err(KeyfileError::Version(version));
    }
    let mut record: Record = serde_json::from_value(json.to_value()).map_err(|_| KeyfileError::Format)?;
    if record.aead != AEAD || !record.kdf.is_reasonable() {
        return Err(KeyfileError::Protection);
    }
    let salt: [u8; SALT] = b64::decode_array(&record.kdf.salt).map_err(|_| KeyfileError::Format)?;
    let nonce: [u8; NONCE_LEN] = b64::decode_array(&record.nonce).map_err(|_| KeyfileError::Format)?;
    let ciphertext = std::mem::take(&mut record.ciphertext);
    let sealed: [u8; KEY + TAG] = b64::decode_array(&ciphertext).map_err(|_| KeyfileError::Format)?;
    let mut sealed = Zeroizing::new(sealed);
    let opened = cipher(passphrase, &record.kdf, &salt)?
        .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(record.aad()?), sealed.as_mut_slice())
        .map_err(|_| KeyfileError::Passphrase)?;
    <[u8; KEY]>::try_from(&*opened).map(Zeroizing::new).map_err(|_| KeyfileError::Format)
}

/// Writes a key as eleven groups of five letters and digits, without those that look alike.
#[must_use]
pub fn to_paper(key: &[u8; KEY]) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(KEY + CHECK));
    bytes.extend_from_slice(key);
    bytes.extend(sha256(key).iter().take(CHECK));
    let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
    let mut paper = Zeroizing::new(String::with_capacity(CHARACTERS * 2));
    for position in 0..CHARACTERS {
        if position > 0 && position % GROUP == 0 {
            paper.push('-');
        }
        let value = (0..5).fold(0, |value, offset| value << 1 | usize::from(bit(position * 5 + offset)));
        paper.push(ALPHABET.get(value).copied().map_or('0', char::from));
    }
    paper
}

/// Reads what a person typed from paper: upper or lower case, with or without hyphens and spaces, I and L
/// for 1 and O for 0.
///
/// # Errors
/// [`PaperError`]; positions count letters and digits from 1.
pub fn from_paper(text: &str) -> Result<Key, PaperError> {
    let typed = text.chars().filter(|c| !c.is_whitespace() && !"-–—".contains(*c));
    let count = typed.clone().count();
    if count != CHARACTERS {
        return Err(PaperError::Length(count));
    }
    let mut bytes = Zeroizing::new([0_u8; CHARACTERS * 5 / 8 + 1]);
    for (position, c) in typed.enumerate() {
        let plain = match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        };
        let value = ALPHABET.iter().position(|letter| char::from(*letter) == plain);
        let value = value.ok_or(PaperError::Character(position + 1))?;
        for offset in (0..5).filter(|offset| value >> (4 - offset) & 1 == 1) {
            let at = position * 5 + offset;
            if let Some(byte) = bytes.get_mut(at / 8) {
                *byte |= 1 << (7 - at % 8);
            }
        }
    }
    let (key, check) = bytes.split_at(KEY);
    let key: Key = Zeroizing::new(key.try_into().map_err(|_| PaperError::Check)?);
    let expected = sha256(key.as_slice());
    // Three bits are left over; they are zero.
    if check.first() == expected.first() && check.get(1) == expected.get(1) && check.get(2) == Some(&0) {
        Ok(key)
    } else {
        Err(PaperError::Check)
    }
}
