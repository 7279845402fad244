//! A signing key in a file that only its passphrase opens.
//!
//! ```json
//! {"version":1,
//!  "kdf":{"name":"argon2id","memory_kib":65536,"passes":3,"lanes":1,"salt":"…"},
//!  "aead":"chacha20-poly1305","nonce":"…",
//!  "public":{"kty":"EC","crv":"P-256","x":"…","y":"…"},
//!  "ciphertext":"…","checksum":"…"}
//! ```
//!
//! The AEAD protects the secret and, as associated data, every member before `ciphertext`. `checksum`
//! is a plain SHA-256 over all of that: it tells a file that rotted from a passphrase that was
//! mistyped, and protects against nobody. Someone who edits the file on purpose and mends the checksum
//! gets [`KeyfileError::Passphrase`], as nothing can tell the two apart.

use argon2::{Argon2, Block, Params, Version};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize as _, Zeroizing};
use zizhi_model::JsonError;
use zizhi_model::json::strict;

use crate::digest::Sha256;
use crate::{Jwk, KeyError, PublicKey, Random, SigningKey, b64};

const VERSION: u32 = 1;
const KDF: &str = "argon2id";
pub(crate) const AEAD: &str = "chacha20-poly1305";

/// 64 MiB and three passes: 0.1 to 0.5 s on an office machine.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// What a file may ask for: room to raise the cost later, none to exhaust the reader's machine.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 4;
/// Under this, whoever wrote the file did not mean to protect the key.
const MIN_MEMORY_KIB: u32 = 19 * 1024;

pub(crate) const SALT: usize = 16;
const SECRET: usize = 32;
const TAG: usize = 16;
const MAX_FILE: usize = 8 * 1024;
const DEPTH: usize = 4;

/// Why a key file cannot be written or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyfileError {
    /// Not a key file.
    #[error("not a key file")]
    Format,
    /// Not JSON, or ambiguous JSON.
    #[error("not a key file: {0}")]
    Json(#[from] JsonError),
    /// Written by a newer program.
    #[error("a key file of version {0}, which this program does not know")]
    Version(i64),
    /// Asks for a key derivation or cipher that is unknown, or for unreasonable costs.
    #[error("the key file asks for a protection that this program does not offer")]
    Protection,
    /// The bytes are not the ones that were written.
    #[error("the key file is damaged")]
    Damaged,
    /// The passphrase is wrong, or somebody edited the file on purpose.
    #[error("the passphrase is wrong")]
    Passphrase,
    /// A key file without a passphrase would only look protected.
    #[error("the passphrase is empty")]
    Empty,
    /// The key inside cannot be used, or is not the one outside.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// There is not enough memory to derive the key.
    #[error("the key could not be derived: {0}")]
    Derivation(argon2::Error),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kdf {
    name: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    pub(crate) salt: String,
}

impl Kdf {
    /// What is written today.
    pub(crate) fn with_salt(salt: &[u8; SALT]) -> Self {
        Self {
            name: KDF.to_owned(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            salt: b64::encode(salt),
        }
    }

    /// Whether a file asks for a derivation that is known, costs enough to protect and not too much to
    /// read.
    pub(crate) fn is_reasonable(&self) -> bool {
        self.name == KDF
            && (MIN_MEMORY_KIB..=MAX_MEMORY_KIB).contains(&self.memory_kib)
            && (1..=MAX_PASSES).contains(&self.passes)
            && (1..=MAX_LANES).contains(&self.lanes)
    }
}

/// What the AEAD authenticates, in the order in which it is written.
#[derive(Serialize)]
struct Protected<'a> {
    version: u32,
    kdf: &'a Kdf,
    aead: &'a str,
    nonce: &'a str,
    public: &'a Jwk,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    kdf: Kdf,
    aead: String,
    nonce: String,
    public: Jwk,
    ciphertext: String,
    checksum: String,
}

impl File {
    fn protected(&self) -> Result<Vec<u8>, KeyfileError> {
        let Self { version, kdf, aead, nonce, public, .. } = self;
        serde_json::to_vec(&Protected { version: *version, kdf, aead, nonce, public })
            .map_err(|_| KeyfileError::Format)
    }

    fn expected_checksum(&self) -> Result<String, KeyfileError> {
        let mut hash = Sha256::new();
        hash.update(&self.protected()?);
        hash.update(self.ciphertext.as_bytes());
        Ok(b64::encode(&hash.finish()))
    }
}

/// Writes `key` as the text of a key file.
///
/// # Errors
/// [`KeyfileError::Empty`], [`KeyfileError::Derivation`].
pub fn seal(key: &SigningKey, passphrase: &str, random: &mut dyn Random) -> Result<String, KeyfileError> {
    if passphrase.is_empty() {
        return Err(KeyfileError::Empty);
    }
    let (mut salt, mut nonce) = ([0; SALT], [0; NONCE_LEN]);
    random.fill(&mut salt);
    random.fill(&mut nonce);
    let mut file = File {
        version: VERSION,
        kdf: Kdf::with_salt(&salt),
        aead: AEAD.to_owned(),
        nonce: b64::encode(&nonce),
        public: key.public().to_jwk(),
        ciphertext: String::new(),
        checksum: String::new(),
    };
    let cipher = cipher(passphrase, &file.kdf, &salt)?;
    let mut sealed = Zeroizing::new(Vec::with_capacity(SECRET + TAG));
    sealed.extend_from_slice(key.secret().as_slice());
    cipher
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(file.protected()?),
            &mut *sealed,
        )
        .map_err(|_| KeyfileError::Protection)?;
    file.ciphertext = b64::encode(&sealed);
    file.checksum = file.expected_checksum()?;
    let mut text = serde_json::to_string_pretty(&file).map_err(|_| KeyfileError::Format)?;
    text.push('\n');
    Ok(text)
}

/// Opens the text of a key file.
///
/// # Errors
/// [`KeyfileError`].
pub fn open(text: &str, passphrase: &str) -> Result<SigningKey, KeyfileError> {
    let file = parse(text)?;
    if file.expected_checksum()? != file.checksum {
        return Err(KeyfileError::Damaged);
    }
    let salt: [u8; SALT] = b64::decode_array(&file.kdf.salt).map_err(|_| KeyfileError::Format)?;
    let nonce: [u8; NONCE_LEN] = b64::decode_array(&file.nonce).map_err(|_| KeyfileError::Format)?;
    let sealed: [u8; SECRET + TAG] = b64::decode_array(&file.ciphertext).map_err(|_| KeyfileError::Format)?;
    let public = PublicKey::try_from(&file.public)?;

    let cipher = cipher(passphrase, &file.kdf, &salt)?;
    let mut sealed = Zeroizing::new(sealed);
    let opened = cipher
        .open_in_place(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(file.protected()?),
            sealed.as_mut_slice(),
        )
        .map_err(|_| KeyfileError::Passphrase)?;
    let secret = Zeroizing::new(<[u8; SECRET]>::try_from(&*opened).map_err(|_| KeyfileError::Format)?);
    let key = SigningKey::from_secret(public.algorithm(), &secret)?;
    if *key.public() == public { Ok(key) } else { Err(KeyError::Mismatch.into()) }
}

/// The public half, which can be read without the passphrase, and so is a claim of the file only.
///
/// # Errors
/// [`KeyfileError`], but never `Passphrase`.
pub fn public(text: &str) -> Result<PublicKey, KeyfileError> {
    let file = parse(text)?;
    if file.expected_checksum()? != file.checksum {
        return Err(KeyfileError::Damaged);
    }
    Ok(PublicKey::try_from(&file.public)?)
}

fn parse(text: &str) -> Result<File, KeyfileError> {
    if text.len() > MAX_FILE {
        return Err(KeyfileError::Format);
    }
    let json = strict(text.as_bytes(), DEPTH)?;
    let version = json.get("version").and_then(zizhi_model::Json::as_i64).ok_or(KeyfileError::Format)?;
    if version != i64::from(VERSION) {
        return Err(KeyfileError::Version(version));
    }
    let file: File = serde_json::from_value(json.to_value()).map_err(|_| KeyfileError::Format)?;
    let reasonable = file.aead == AEAD && file.kdf.is_reasonable();
    if reasonable { Ok(file) } else { Err(KeyfileError::Protection) }
}

pub(crate) fn cipher(passphrase: &str, kdf: &Kdf, salt: &[u8; SALT]) -> Result<LessSafeKey, KeyfileError> {
    // One passphrase has one form, however the keyboard or system composed its characters.
    let passphrase = Zeroizing::new(passphrase.nfc().collect::<String>());
    let params =
        Params::new(kdf.memory_kib, kdf.passes, kdf.lanes, Some(SECRET)).map_err(KeyfileError::Derivation)?;
    let mut blocks = vec![Block::default(); params.block_count()];
    let mut key = Zeroizing::new([0; SECRET]);
    let derived = Argon2::new(argon2::Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(passphrase.as_bytes(), salt, key.as_mut_slice(), &mut blocks);
    blocks.iter_mut().for_each(|block| block.zeroize());
    derived.map_err(KeyfileError::Derivation)?;
    let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).map_err(|_| KeyfileError::Protection)?;
    Ok(LessSafeKey::new(key))
}
