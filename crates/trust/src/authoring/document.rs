//! The signed parts as they are written, and the envelope around them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, digest};
use zizhi_model::json;

use super::AuthoringError;
use crate::canonical;

/// Version of the TUF specification that is written.
pub(super) const SPEC: &str = "1.0.31";
/// What is written here nests no deeper.
const DEPTH: usize = 16;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Key {
    keytype: String,
    scheme: String,
    keyval: KeyValue,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyValue {
    public: String,
}

pub(super) type KeyMap = BTreeMap<String, Key>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    pub(super) keyids: Vec<String>,
    pub(super) threshold: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Root {
    pub(super) _type: String,
    pub(super) spec_version: String,
    pub(super) version: u64,
    pub(super) expires: String,
    pub(super) consistent_snapshot: bool,
    pub(super) keys: KeyMap,
    pub(super) roles: BTreeMap<String, Role>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Targets {
    pub(super) _type: String,
    pub(super) spec_version: String,
    pub(super) version: u64,
    pub(super) expires: String,
    pub(super) targets: BTreeMap<String, Target>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) delegations: Option<Delegations>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Target {
    pub(super) length: u64,
    pub(super) hashes: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Delegations {
    pub(super) keys: KeyMap,
    pub(super) roles: Vec<Delegation>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Delegation {
    pub(super) name: String,
    pub(super) keyids: Vec<String>,
    pub(super) threshold: u64,
    pub(super) terminating: bool,
    pub(super) paths: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MetaFile {
    pub(super) version: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Snapshot {
    pub(super) _type: String,
    pub(super) spec_version: String,
    pub(super) version: u64,
    pub(super) expires: String,
    pub(super) meta: BTreeMap<String, MetaFile>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Timestamp {
    pub(super) _type: String,
    pub(super) spec_version: String,
    pub(super) version: u64,
    pub(super) expires: String,
    pub(super) issued: String,
    pub(super) meta: BTreeMap<String, MetaFile>,
}

#[derive(Deserialize)]
pub(super) struct Envelope<T> {
    pub(super) signed: T,
}

/// TUF 1.0 §4.1: `YYYY-MM-DDTHH:MM:SSZ`.
pub(super) fn time(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A key as metadata lists it, and its id.
pub(super) fn key(public: &PublicKey) -> Result<(String, Key), AuthoringError> {
    if public.algorithm() != Algorithm::EdDsa {
        return Err(AuthoringError::Algorithm);
    }
    let word = "ed25519".to_owned();
    let key =
        Key { keytype: word.clone(), scheme: word, keyval: KeyValue { public: digest::hex(public.raw()) } };
    Ok((digest::hex(&digest::sha256(&canonical_form(&key)?)), key))
}

/// The canonical form, which is what gets signed.
fn canonical_form<T: Serialize>(signed: &T) -> Result<Vec<u8>, AuthoringError> {
    let text = serde_json::to_vec(signed).map_err(|_| AuthoringError::Sign)?;
    let value = json::strict(&text, DEPTH).map_err(|error| AuthoringError::Content(error.to_string()))?;
    Ok(canonical::write(&value))
}

/// Signs with every one of `keys` whose id is among `key_ids`, and writes the file. Gives the number
/// of signatures too.
pub(super) fn seal<T: Serialize>(
    signed: &T,
    keys: &[&SigningKey],
    key_ids: &[&String],
) -> Result<(Vec<u8>, Vec<String>), AuthoringError> {
    let body = canonical_form(signed)?;
    let mut signers = Vec::new();
    let mut signatures = Vec::new();
    for signing in keys {
        let Ok((key_id, _)) = key(signing.public()) else { continue };
        if !key_ids.contains(&&key_id) || signers.contains(&key_id) {
            continue;
        }
        let signature = signing.sign(&body).map_err(|_| AuthoringError::Sign)?;
        signatures.push(format!("{{\"keyid\":\"{key_id}\",\"sig\":\"{}\"}}", digest::hex(&signature)));
        signers.push(key_id);
    }
    // Nothing that is signed here has a control character, so its canonical form is JSON, and a
    // reader can check the signature on the bytes as they stand.
    let mut file = format!("{{\"signatures\":[{}],\"signed\":", signatures.join(",")).into_bytes();
    file.extend_from_slice(&body);
    file.push(b'}');
    Ok((file, signers))
}
