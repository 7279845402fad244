//! The root key as `keys.json` holds it, and the signing keys that lie sealed in the database.
//!
//! ```json
//! {"version":1,"passphrase":{…a wrapped key…},"sha256":"…"}
//! ```
//!
//! The digest is over `passphrase`, written compactly with its members in the order of their names; it
//! tells a file that rotted from a passphrase that was mistyped, and protects against nobody.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use zizhi_crypto::keyfile::KeyfileError;
use zizhi_crypto::keywrap::{self, Key, PaperError};
use zizhi_crypto::vault::Vault;
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, digest};
use zizhi_model::json::strict;
use zizhi_store::{Database, Entry, Reader, SigningKey as StoredKey, read_wrapped_keys};
use zizhi_trust::KeyUse;

use super::{HOLDER_USE, failures, vault};
use crate::Host;
use crate::failure::Failure;

const VERSION: i64 = 1;
const DEPTH: usize = 6;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: i64,
    passphrase: Value,
    sha256: String,
}

/// What showed who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The passphrase opened the wrapped root: it is the right one.
    Passphrase,
    /// A recovery key that is written correctly. Whether it is the right one is not known yet.
    Paper,
}

/// The text of `keys.json` for a root and a passphrase.
pub(super) fn wrapped(root: &Key, passphrase: &str, host: &dyn Host) -> Result<Vec<u8>, Failure> {
    let record = keywrap::wrap(root, passphrase, host.random().as_mut()).map_err(failures::unwrapped)?;
    let passphrase: Value = serde_json::from_str(&record).map_err(failures::unwritten)?;
    let sha256 = sum(&passphrase);
    let mut text = serde_json::to_vec_pretty(&File { version: VERSION, passphrase, sha256 })
        .map_err(failures::unwritten)?;
    text.push(b'\n');
    Ok(text)
}

/// The root that `secret`, a passphrase or a recovery key, gives.
pub(super) fn root(wrapped: Option<&[u8]>, secret: &str) -> Result<(Key, Proof), Failure> {
    let slip = match keywrap::from_paper(secret) {
        Ok(root) => return Ok((root, Proof::Paper)),
        // As long as a recovery key, so that it may well be meant as one.
        Err(error @ (PaperError::Check | PaperError::Character(_))) => Some(error),
        Err(PaperError::Length(_)) => None,
    };
    let file = read(wrapped.ok_or_else(failures::lost)?)?;
    match keywrap::unwrap(&file.passphrase.to_string(), secret) {
        Ok(root) => Ok((root, Proof::Passphrase)),
        Err(error) => Err(match (error, slip) {
            (KeyfileError::Passphrase, Some(slip)) => failures::mistyped(slip),
            (error, _) => failures::unwrapped(error),
        }),
    }
}

/// Whether the passphrase could open the root at all.
pub(super) fn examine(wrapped: Option<&[u8]>) -> Result<(), Failure> {
    read(wrapped.ok_or_else(failures::lost)?).map(drop)
}

fn read(bytes: &[u8]) -> Result<File, Failure> {
    let json = strict(bytes, DEPTH).map_err(|error| failures::damaged().because(error))?;
    let version = json.get("version").and_then(zizhi_model::Json::as_i64).ok_or_else(failures::damaged)?;
    if version != VERSION {
        return Err(failures::newer(version));
    }
    let file: File =
        serde_json::from_value(json.to_value()).map_err(|error| failures::damaged().because(error))?;
    if sum(&file.passphrase) == file.sha256 { Ok(file) } else { Err(failures::damaged()) }
}

fn sum(record: &Value) -> String {
    digest::hex(&digest::sha256(record.to_string().as_bytes()))
}

/// The newest signing key with a use, opened with the passphrase or the recovery key. `folder` is the
/// database's.
///
/// # Errors
/// `KEY-PASSPHRASE`, `KEY-RECOVERY`, `KEY-NONE` if there is no such key, `KEY-SEALED` if it is damaged;
/// `KEYS-LOST`, `KEYS-DAMAGED`, `KEYS-NEWER`, `KEY-MEMORY`; as every read of the database.
pub fn signing_key(
    database: &Database,
    folder: &Path,
    secret: &str,
    use_: KeyUse,
) -> Result<SigningKey, Failure> {
    opened(database, folder, secret, use_.as_str())
}

/// The key by which this firm holds credentials and signs dossiers.
///
/// # Errors
/// As [`signing_key`].
pub fn holder_key(database: &Database, folder: &Path, secret: &str) -> Result<SigningKey, Failure> {
    opened(database, folder, secret, HOLDER_USE)
}

/// The public half of the newest signing key with a use, which needs no passphrase.
///
/// # Errors
/// `KEY-NONE`; as every read of the database.
pub fn signing_public(database: &Database, use_: KeyUse) -> Result<PublicKey, Failure> {
    public(&stored(database, use_.as_str())?)
}

/// The public halves of all keys that ever had a use, those that sign today first. One that cannot be read
/// verifies nothing.
pub(crate) fn publics(reader: &Reader<'_>, use_: KeyUse) -> Result<Vec<PublicKey>, Failure> {
    let keys = reader.signing_keys()?;
    let used = keys.iter().filter(|key| key.uses.iter().any(|held| held == use_.as_str()));
    Ok(used.filter_map(|key| public(key).ok()).collect())
}

/// The public half of the firm's key.
///
/// # Errors
/// As [`signing_public`].
pub fn holder_public(database: &Database) -> Result<PublicKey, Failure> {
    public(&stored(database, HOLDER_USE)?)
}

/// Makes a signing key with some uses; from then on it is the one that signs. The earlier one is retired,
/// but stays, since what it signed stays.
///
/// # Errors
/// As [`signing_key`]; `KEY-ALG` if this build has no such algorithm.
pub fn add_signing_key(
    database: &Database,
    folder: &Path,
    secret: &str,
    (algorithm, uses, label): (Algorithm, &[&str], &str),
    actor: &str,
    host: &dyn Host,
) -> Result<PublicKey, Failure> {
    let key = SigningKey::generate(algorithm, host.random().as_mut()).map_err(failures::no_algorithm)?;
    adopt_signing_key(database, folder, secret, (&key, uses, label), actor, host)?;
    Ok(key.public().clone())
}

/// Takes in a signing key that was made elsewhere; from then on it is the one that signs.
///
/// # Errors
/// As [`signing_key`]; `DB-CONFLICT` if it is there already.
pub fn adopt_signing_key(
    database: &Database,
    folder: &Path,
    secret: &str,
    (key, uses, label): (&SigningKey, &[&str], &str),
    actor: &str,
    host: &dyn Host,
) -> Result<(), Failure> {
    let (root, proof) = root(read_wrapped_keys(folder)?.as_deref(), secret)?;
    let vault = vault(&root);
    if proof == Proof::Paper && !fits(database, &vault)? {
        return Err(failures::other_paper());
    }
    let stored = sealed(key, uses, label, &vault, host)?;
    let writer = database.writer()?;
    for earlier in writer.signing_keys()?.iter().filter(|earlier| earlier.retired.is_none()) {
        if earlier.uses.iter().any(|held| uses.contains(&held.as_str())) {
            writer.retire_signing_key(&earlier.kid, host.now())?;
        }
    }
    writer.add_signing_key(&stored)?;
    writer.commit(&Entry::new(host.now(), actor, "key.added").about("signing_key", &stored.kid))?;
    Ok(())
}

/// Makes the key of this device at a hub, with its sealed form for [`zizhi_store::Hub::sealed`].
///
/// # Errors
/// As [`signing_key`].
pub fn make_device_key(
    database: &Database,
    secret: &str,
    host: &dyn Host,
) -> Result<(SigningKey, Vec<u8>), Failure> {
    let (root, proof) = root(read_wrapped_keys(database.folder())?.as_deref(), secret)?;
    let vault = vault(&root);
    if proof == Proof::Paper && !fits(database, &vault)? {
        return Err(failures::other_paper());
    }
    let key =
        SigningKey::generate(Algorithm::EdDsa, host.random().as_mut()).map_err(failures::no_algorithm)?;
    let place = device_place(key.public().key_id().as_str());
    let sealed = vault
        .seal(&place, key.to_jwk_private_json().as_bytes(), host.random().as_mut())
        .map_err(failures::unsealed)?;
    Ok((key, sealed))
}

/// The key of this device at its hub; nothing if it has joined none.
///
/// # Errors
/// As [`signing_key`].
pub fn device_key(database: &Database, secret: &str) -> Result<Option<SigningKey>, Failure> {
    if database.reader()?.hub()?.is_none() {
        return Ok(None);
    }
    let (root, proof) = root(read_wrapped_keys(database.folder())?.as_deref(), secret)?;
    device(database, &vault(&root)).map_err(|failure| match proof {
        Proof::Passphrase => failure,
        Proof::Paper => failures::other_paper(),
    })
}

/// Opens a device key that is not a hub's yet, so that none is kept that could not sign.
///
/// # Errors
/// As [`signing_key`].
pub(crate) fn check_device_key(
    database: &Database,
    secret: &str,
    (kid, sealed): (&str, &[u8]),
) -> Result<(), Failure> {
    let (root, proof) = root(read_wrapped_keys(database.folder())?.as_deref(), secret)?;
    let opened = unsealed_device(kid, sealed, &vault(&root)).map(drop);
    opened.map_err(|failure| match proof {
        Proof::Passphrase => failure,
        Proof::Paper => failures::other_paper(),
    })
}

/// The key of this device at its hub, if it has asked one to take it in.
pub(super) fn device(database: &Database, vault: &Vault) -> Result<Option<SigningKey>, Failure> {
    let Some(hub) = database.reader()?.hub()? else { return Ok(None) };
    unsealed_device(&hub.device_kid, &hub.sealed, vault).map(Some)
}

fn unsealed_device(kid: &str, sealed: &[u8], vault: &Vault) -> Result<SigningKey, Failure> {
    let damaged = || failures::damaged_key(kid);
    let text = vault.open(&device_place(kid), sealed).map_err(|error| damaged().because(error))?;
    let key = SigningKey::from_jwk_bytes(&text).map_err(|error| damaged().because(error))?;
    if key.public().key_id().as_str() == kid { Ok(key) } else { Err(damaged()) }
}

/// A key as the database keeps it.
pub(super) fn sealed(
    key: &SigningKey,
    uses: &[&str],
    label: &str,
    vault: &Vault,
    host: &dyn Host,
) -> Result<StoredKey, Failure> {
    let kid = key.public().key_id().as_str().to_owned();
    let secret = key.to_jwk_private_json();
    let sealed = vault
        .seal(&key_place(&kid), secret.as_bytes(), host.random().as_mut())
        .map_err(failures::unsealed)?;
    Ok(StoredKey {
        kid,
        label: label.to_owned(),
        algorithm: key.algorithm().as_str().to_owned(),
        sealed,
        public_jwk: serde_json::to_value(key.public().to_jwk()).map_err(failures::unwritten)?,
        uses: uses.iter().map(|held| (*held).to_owned()).collect(),
        created: host.now(),
        retired: None,
    })
}

/// Whether a vault is this database's. One without a key tells nothing, and there is none.
pub(super) fn fits(database: &Database, vault: &Vault) -> Result<bool, Failure> {
    let keys = database.reader()?.signing_keys()?;
    Ok(keys.first().is_some_and(|key| vault.open(&key_place(&key.kid), &key.sealed).is_ok()))
}

fn opened(database: &Database, folder: &Path, secret: &str, use_: &str) -> Result<SigningKey, Failure> {
    let stored = stored(database, use_)?;
    let (root, proof) = root(read_wrapped_keys(folder)?.as_deref(), secret)?;
    unsealed(&stored, &vault(&root)).map_err(|failure| match proof {
        Proof::Passphrase => failure,
        Proof::Paper => failures::other_paper(),
    })
}

/// The newest key that signs, if there is one.
pub(super) fn newest(database: &Database, vault: &Vault) -> Result<Option<SigningKey>, Failure> {
    let keys = database.reader()?.signing_keys()?;
    let newest = keys.iter().find(|key| key.retired.is_none());
    newest.map(|stored| unsealed(stored, vault)).transpose()
}

fn unsealed(stored: &StoredKey, vault: &Vault) -> Result<SigningKey, Failure> {
    let damaged = || failures::damaged_key(&stored.kid);
    let text =
        vault.open(&key_place(&stored.kid), &stored.sealed).map_err(|error| damaged().because(error))?;
    let key = SigningKey::from_jwk_bytes(&text).map_err(|error| damaged().because(error))?;
    if key.public().key_id().as_str() == stored.kid { Ok(key) } else { Err(damaged()) }
}

fn stored(database: &Database, use_: &str) -> Result<StoredKey, Failure> {
    let keys = database.reader()?.signing_keys()?;
    let fits = |key: &StoredKey| key.retired.is_none() && key.uses.iter().any(|held| held == use_);
    keys.into_iter().find(fits).ok_or_else(|| failures::no_key(use_))
}

pub(crate) fn public(stored: &StoredKey) -> Result<PublicKey, Failure> {
    PublicKey::from_jwk_bytes(stored.public_jwk.to_string().as_bytes())
        .map_err(|error| failures::damaged_key(&stored.kid).because(error))
}

fn key_place(kid: &str) -> String {
    format!("signing key {kid}")
}

fn device_place(kid: &str) -> String {
    format!("device key {kid}")
}

pub(super) fn inbox_place(recipient: &str) -> String {
    format!("inbox {recipient}")
}
