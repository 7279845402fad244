//! Keys in the files that a person names: a private or public JWK, PEM, or our own sealed key file.

use std::path::{Path, PathBuf};

use zizhi_crypto::keyfile::{self, KeyfileError};
use zizhi_crypto::{PublicKey, SigningKey};
use zizhi_model::Text;

use crate::failure::{Failure, told};
use crate::files;

/// Bytes of the largest key file of any form.
const LIMIT: u64 = 64 * 1024;
/// Endings of key files that are looked for in a folder.
const ENDINGS: [&str; 4] = ["jwk", "json", "pem", "zzkey"];

/// The signing keys in files, and in the files of folders. A folder may hold other keys, too: which of
/// them are needed is for whoever signs.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `FMT-TEXT`, `KEY-FILE`; `KEY-NONE` if there is none at all.
pub(crate) fn signing_keys(paths: &[PathBuf], passphrase: Option<&str>) -> Result<Vec<SigningKey>, Failure> {
    let mut keys = Vec::new();
    for path in paths {
        if path.is_dir() {
            for file in key_files(path)? {
                keys.push(signing_key(&file, passphrase)?);
            }
        } else {
            keys.push(signing_key(path, passphrase)?);
        }
    }
    if keys.is_empty() { Err(none()) } else { Ok(keys) }
}

fn key_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::unreadable(folder, error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if ENDINGS.contains(&ending) && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The signing key in one file.
pub(crate) fn signing_key(path: &Path, passphrase: Option<&str>) -> Result<SigningKey, Failure> {
    let text = files::read_text(path, LIMIT)?;
    if text.trim_start().starts_with("-----BEGIN") {
        return SigningKey::from_pem(&text).map_err(|error| unusable(path).because(error));
    }
    if is_key_file(&text) {
        let passphrase = passphrase.ok_or_else(|| sealed(path))?;
        return keyfile::open(&text, passphrase).map_err(|error| match error {
            KeyfileError::Passphrase => wrong_passphrase(path),
            error => unusable(path).because(error),
        });
    }
    SigningKey::from_jwk_bytes(text.trim().as_bytes()).map_err(|error| unusable(path).because(error))
}

/// Whether a file is a sealed key file, which needs a passphrase.
pub(crate) fn is_sealed(path: &Path) -> Result<bool, Failure> {
    Ok(is_key_file(&files::read_text(path, LIMIT)?))
}

/// Only our own key file has such a member, and it has no JWK's.
fn is_key_file(text: &str) -> bool {
    text.contains("\"ciphertext\"")
}

/// The public key in one file: a public JWK or PEM, or the public half of a private one. The public half
/// of a sealed key file is what the file says of itself.
pub(crate) fn public_key(path: &Path) -> Result<PublicKey, Failure> {
    let text = files::read_text(path, LIMIT)?;
    let text = text.trim();
    if is_key_file(text) {
        return keyfile::public(text).map_err(|error| unusable(path).because(error));
    }
    let read = if text.contains("-----BEGIN PRIVATE KEY-----") {
        SigningKey::from_pem(text).map(|key| key.public().clone())
    } else if text.starts_with("-----BEGIN") {
        PublicKey::from_pem(text)
    } else {
        SigningKey::from_jwk_bytes(text.as_bytes())
            .map(|key| key.public().clone())
            .or_else(|_| PublicKey::from_jwk_bytes(text.as_bytes()))
    };
    read.map_err(|error| unusable(path).because(error))
}

fn unusable(path: &Path) -> Failure {
    Failure::input(
        "KEY-FILE",
        told(
            format!("{} 中没有可用的密钥。", path.display()),
            format!("{} holds no usable key", path.display()),
        ),
        Text::fixed(
            "请提供JWK（JSON）或PEM格式的密钥文件，或本程序的加密密钥文件及其口令。",
            "give a key as JWK (JSON) or PEM, or a sealed key file of this program with its passphrase",
        ),
    )
}

fn sealed(path: &Path) -> Failure {
    Failure::input(
        "KEY-PASSPHRASE",
        told(
            format!("{} 是加密的密钥文件，没有给出口令。", path.display()),
            format!("{} is a sealed key file, and no passphrase was given", path.display()),
        ),
        Text::fixed(
            "请把口令放在环境变量 ZIZHI_PASSPHRASE 中，或用 --passphrase-file 指定口令文件（有此选项的命令）。",
            "put the passphrase into the environment variable ZIZHI_PASSPHRASE, or name a file with it with --passphrase-file where the command has that",
        ),
    )
}

fn wrong_passphrase(path: &Path) -> Failure {
    Failure::refused(
        "KEY-PASSPHRASE",
        format!("口令打不开 {}，没有作任何改动。", path.display()),
        format!("the passphrase does not open {}; nothing was changed", path.display()),
        "请检查大小写和输入法后重试；口令无法找回，遗失时请用备份或更换密钥。",
        "check case and input method and try again; a lost passphrase cannot be recovered, use a backup or a new key",
    )
}

fn none() -> Failure {
    Failure::input(
        "KEY-NONE",
        Text::fixed(
            "没有找到用来签名的密钥，没有作任何改动。",
            "there is no key to sign with; nothing was changed",
        ),
        Text::fixed(
            "请用 --key 给出密钥文件或装有密钥的文件夹。",
            "name key files, or a folder of them, with --key",
        ),
    )
}
