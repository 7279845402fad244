//! Makes, opens and shows the keys of a firm or an incubator. A secret is written only behind a
//! passphrase, and never shown.

use std::path::Path;

use serde::Serialize;
use zizhi_crypto::{Algorithm, Jwk, PublicKey, SigningKey, keyfile, sealed};

use crate::failure::Failure;
use crate::output::Output;
use crate::{Host, files, read_keys};

/// A key, as far as others may see it.
#[derive(Debug, Clone, Serialize)]
pub struct KeyFacts {
    /// RFC 7638 thumbprint.
    pub kid: String,
    /// `ES256`, `EdDSA` or `SM2-SM3`.
    pub alg: &'static str,
    /// The public key.
    pub jwk: Jwk,
}

/// How a public key is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicForm {
    /// JSON (RFC 7517).
    Jwk,
    /// PEM `PUBLIC KEY`.
    Pem,
}

/// Makes a key, writes it behind `passphrase` to `secret`, and its public half to `public`.
///
/// # Errors
/// `IO-EXISTS`, `IO-SAME`, `IO-WRITE`; `KEY-PASSPHRASE` if the passphrase is empty; `KEY-ALG` if this build has no
/// such algorithm.
pub fn make_key(
    algorithm: Algorithm,
    passphrase: &str,
    secret: &Output<'_>,
    public: &Output<'_>,
    host: &dyn Host,
) -> Result<KeyFacts, Failure> {
    secret.check()?;
    public.check()?;
    secret.check_apart(public)?;
    let mut random = host.random();
    let key = SigningKey::generate(algorithm, random.as_mut()).map_err(|error| {
        Failure::refused(
            "KEY-ALG",
            format!("无法生成 {algorithm} 密钥，没有写入任何内容。"),
            format!("no {algorithm} key could be made; nothing was written"),
            "请改用 --alg ES256，或使用带国密功能的版本。",
            "use --alg ES256, or a build with the national algorithms",
        )
        .because(error)
    })?;
    let text = keyfile::seal(&key, passphrase, random.as_mut()).map_err(|error| {
        Failure::refused(
            "KEY-PASSPHRASE",
            "没有可用的口令，密钥没有保存。".to_owned(),
            "there is no usable passphrase, so the key was not kept".to_owned(),
            "请给出不为空的口令，并妥善保管：口令无法找回。",
            "give a passphrase that is not empty, and keep it safe: it cannot be recovered",
        )
        .because(error)
    })?;
    secret.write_secret(text.as_bytes())?;
    public.write(public_text(key.public(), PublicForm::Jwk).as_bytes())?;
    Ok(facts(key.public()))
}

/// Whether a key file needs a passphrase. JWK and PEM files hold their secret in the open.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `FMT-TEXT`.
pub fn needs_passphrase(path: &Path) -> Result<bool, Failure> {
    read_keys::is_sealed(path)
}

/// Reads a passphrase from a file; the end of its line does not count.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `FMT-TEXT`.
pub fn read_passphrase(path: &Path) -> Result<String, Failure> {
    const LIMIT: u64 = 4096;
    let text = files::read_text(path, LIMIT)?;
    Ok(text.strip_suffix('\n').map_or(text.as_str(), |line| line.trim_end_matches('\r')).to_owned())
}

/// Opens a signing key: a key file with its passphrase, a private JWK, or PEM PKCS#8.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `FMT-TEXT`, `KEY-FILE`, `KEY-PASSPHRASE`.
pub fn open_key(path: &Path, passphrase: Option<&str>) -> Result<SigningKey, Failure> {
    read_keys::signing_key(path, passphrase)
}

/// The public half of any key file, without its passphrase.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `FMT-TEXT`, `KEY-FILE`.
pub fn show_key(path: &Path) -> Result<KeyFacts, Failure> {
    Ok(facts(&read_keys::public_key(path)?))
}

/// The public half of any key file as text.
///
/// # Errors
/// As [`show_key`].
pub fn export_key(path: &Path, form: PublicForm) -> Result<String, Failure> {
    Ok(public_text(&read_keys::public_key(path)?, form))
}

/// Writes the text of a public key to a file.
///
/// # Errors
/// `IO-EXISTS`, `IO-WRITE`.
pub fn write_public(text: &str, output: &Output<'_>) -> Result<(), Failure> {
    output.write(text.as_bytes())
}

/// Makes the key that opens what is sealed to an organisation, writes it in the form of `age-keygen`,
/// and gives the `age1…` that others seal to.
///
/// # Errors
/// `IO-EXISTS`, `IO-WRITE`.
pub fn make_inbox(output: &Output<'_>) -> Result<String, Failure> {
    output.check()?;
    let (secret, recipient) = sealed::generate_identity();
    output.write_secret(format!("# public key: {recipient}\n{}\n", secret.as_str()).as_bytes())?;
    Ok(recipient)
}

/// The fingerprint of a public key in groups of four, as two people compare it by telephone.
#[must_use]
pub fn fingerprint(key: &PublicKey) -> String {
    let kid = zizhi_crypto::b64::decode(key.key_id().as_str()).unwrap_or_default();
    zizhi_crypto::digest::hex_groups(&kid)
}

fn facts(key: &PublicKey) -> KeyFacts {
    KeyFacts { kid: key.key_id().as_str().to_owned(), alg: key.algorithm().as_str(), jwk: key.to_jwk() }
}

pub(crate) fn public_text(key: &PublicKey, form: PublicForm) -> String {
    match form {
        // Strings only: writing them as JSON has nothing to fail on.
        PublicForm::Jwk => serde_json::to_string(&key.to_jwk()).unwrap_or_default() + "\n",
        PublicForm::Pem => key.to_pem(),
    }
}
