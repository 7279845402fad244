//! Sealed files: age v1 with X25519 recipients, as the public `age` tool reads and writes them.
//!
//! Sealing hides; it does not say who sealed. Whatever comes out is as untrusted as what went in.

use std::io::{self, BufReader, Read, Write};
use std::iter;

use age::secrecy::ExposeSecret as _;
use age::x25519;
use zeroize::Zeroizing;

/// Bytes of header that are read before giving up: room for more recipients than [`MAX_RECIPIENTS`].
const MAX_HEADER: usize = 64 * 1024;
/// An organisation has a handful of keys; a file for more readers than this is a mistake.
const MAX_RECIPIENTS: usize = 256;
/// Secret keys tried against one file. With the bound on the header it bounds the work.
const MAX_IDENTITIES: usize = 64;
/// The size of the buffer between age and the file: one chunk of age's stream.
const BUFFER: usize = 64 * 1024;

const FIRST_LINE: &[u8] = b"age-encryption.org/v1\n";

/// Why a file cannot be sealed or unsealed.
#[derive(Debug, thiserror::Error)]
pub enum SealedError {
    /// Not an age v1 file, or one whose header somebody damaged.
    #[error("not a sealed file")]
    Format,
    /// The header is longer than any that we would write.
    #[error("the header of the sealed file is too long")]
    Header,
    /// Sealed to others: none of the keys at hand opens it.
    #[error("the file is sealed to another recipient")]
    OtherRecipient,
    /// Truncated or altered. What was written to the output before is worthless.
    #[error("the sealed file is truncated or altered")]
    Damaged,
    /// Not an `age1…` recipient. Its place in the list is given.
    #[error("recipient {0} is not an age recipient")]
    Recipient(usize),
    /// Not an `AGE-SECRET-KEY-1…` identity. Its place in the list is given.
    #[error("identity {0} is not an age identity")]
    Identity(usize),
    /// No recipient or identity, or more than allowed.
    #[error("no recipients or identities, or too many")]
    Count,
    /// Reading or writing failed.
    #[error("reading or writing failed: {0}")]
    Io(#[source] io::Error),
}

/// Makes a key pair: the secret `AGE-SECRET-KEY-1…` and the recipient `age1…`.
#[must_use]
pub fn generate_identity() -> (Zeroizing<String>, String) {
    let identity = x25519::Identity::generate();
    let secret = Zeroizing::new(identity.to_string().expose_secret().to_owned());
    (secret, identity.to_public().to_string())
}

/// The recipient `age1…` of a secret `AGE-SECRET-KEY-1…`.
///
/// # Errors
/// [`SealedError::Identity`].
pub fn recipient_of(identity: &str) -> Result<String, SealedError> {
    let identity: x25519::Identity = identity.trim().parse().map_err(|_| SealedError::Identity(0))?;
    Ok(identity.to_public().to_string())
}

/// Whether `text` is an `age1…` recipient.
#[must_use]
pub fn is_recipient(text: &str) -> bool {
    text.parse::<x25519::Recipient>().is_ok()
}

/// Seals everything that `input` gives to all `recipients`, each of whom can open it alone. Returns
/// the number of bytes sealed.
///
/// # Errors
/// [`SealedError`]; what was written before an error is of no use.
pub fn encrypt<S: AsRef<str>>(
    recipients: &[S],
    mut input: impl Read,
    output: impl Write,
) -> Result<u64, SealedError> {
    if recipients.is_empty() || recipients.len() > MAX_RECIPIENTS {
        return Err(SealedError::Count);
    }
    let recipients = recipients
        .iter()
        .enumerate()
        .map(|(at, text)| text.as_ref().parse().map_err(|_| SealedError::Recipient(at)))
        .collect::<Result<Vec<x25519::Recipient>, _>>()?;
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|error| match error {
        age::EncryptError::Io(error) => SealedError::Io(error),
        _ => SealedError::Count,
    })?;
    let mut writer = encryptor.wrap_output(output).map_err(SealedError::Io)?;
    let size = io::copy(&mut input, &mut writer).map_err(SealedError::Io)?;
    writer.finish().and_then(|mut output| output.flush()).map_err(SealedError::Io)?;
    Ok(size)
}

/// Unseals with whichever of `identities` fits. Returns the number of bytes unsealed.
///
/// **Use the output only after `Ok`.** The bytes come out as they are decrypted, before the end of the
/// file has been seen: after an error they may be a truncated beginning of what was sealed.
///
/// # Errors
/// [`SealedError`].
pub fn decrypt<S: AsRef<str>>(
    identities: &[S],
    mut input: impl Read,
    mut output: impl Write,
) -> Result<u64, SealedError> {
    if identities.is_empty() || identities.len() > MAX_IDENTITIES {
        return Err(SealedError::Count);
    }
    let identities = identities
        .iter()
        .enumerate()
        .map(|(at, text)| text.as_ref().trim().parse().map_err(|_| SealedError::Identity(at)))
        .collect::<Result<Vec<x25519::Identity>, _>>()?;
    let start = header(&mut input)?;
    let input = BufReader::with_capacity(BUFFER, start.as_slice().chain(input));
    let decryptor = age::Decryptor::new_buffered(input).map_err(refusal)?;
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(refusal)?;

    let mut buffer = Zeroizing::new(vec![0; BUFFER]);
    let mut size = 0_u64;
    loop {
        let count = reader.read(&mut buffer).map_err(broken)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        output.write_all(bytes).map_err(SealedError::Io)?;
        size += bytes.len() as u64;
    }
    output.flush().map_err(SealedError::Io)?;
    Ok(size)
}

/// Reads at least the header, and gives up where it does not end: age itself would go on for ever.
fn header(input: &mut impl Read) -> Result<Vec<u8>, SealedError> {
    /// The line that ends the header starts with this (age v1, "header MAC").
    const LAST_LINE: &[u8] = b"\n--- ";
    let mut start = Vec::with_capacity(1024);
    let mut seen = 0;
    for piece in iter::repeat_n(1024_u64, MAX_HEADER / 1024) {
        let count = input.take(piece).read_to_end(&mut start).map_err(SealedError::Io)?;
        let prefix = FIRST_LINE.len().min(start.len());
        if start.get(..prefix) != FIRST_LINE.get(..prefix) {
            return Err(SealedError::Format);
        }
        // The mark may lie across two pieces.
        let fresh = start.get(seen..).unwrap_or_default();
        if fresh.windows(LAST_LINE.len()).any(|window| window == LAST_LINE) {
            return Ok(start);
        }
        if count == 0 {
            return Err(SealedError::Format);
        }
        seen = start.len().saturating_sub(LAST_LINE.len());
    }
    Err(SealedError::Header)
}

fn refusal(error: age::DecryptError) -> SealedError {
    match error {
        age::DecryptError::NoMatchingKeys => SealedError::OtherRecipient,
        age::DecryptError::Io(error) => broken(error),
        age::DecryptError::DecryptionFailed | age::DecryptError::InvalidMac => SealedError::Damaged,
        _ => SealedError::Format,
    }
}

/// age reports a chunk that does not authenticate, and an early end, as these kinds.
fn broken(error: io::Error) -> SealedError {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => SealedError::Damaged,
        _ => SealedError::Io(error),
    }
}
