//! Making a message.

use std::io::{self, Read, Write};

use zizhi_crypto::digest::Sha256;
use zizhi_crypto::{SigningKey, sealed};

use super::{Envelope, EnvelopeError, size_class};
use crate::Digest;
use crate::object::sign;

/// Signs `envelope` and seals it with the body to the recipient's inbox. Returns the number of bytes that
/// were sealed, which is a size class.
///
/// The body has to be the one of which the envelope has length and digest.
///
/// # Errors
/// [`EnvelopeError`]; what was written before an error is of no use.
pub fn seal<S: AsRef<str>>(
    envelope: &Envelope,
    key: &SigningKey,
    recipients: &[S],
    body: impl Read,
    output: impl Write,
) -> Result<u64, EnvelopeError> {
    let mut line = sign(key, envelope)?;
    line.push('\n');
    let filled = (line.len() as u64).saturating_add(envelope.body_len);
    let padding = size_class(filled).saturating_sub(filled);
    // One byte more than was promised shows that there is more.
    let mut body =
        Hashing { input: body.take(envelope.body_len.saturating_add(1)), state: Sha256::new(), size: 0 };
    let sealed = line.as_bytes().chain(&mut body).chain(io::repeat(0).take(padding));
    let size = sealed::encrypt(recipients, sealed, output)?;
    if body.size != envelope.body_len {
        return Err(EnvelopeError::Length);
    }
    if Digest(body.state.finish()) != envelope.body_sha256 {
        return Err(EnvelopeError::Digest);
    }
    Ok(size)
}

/// As [`seal`], for a body at hand.
///
/// # Errors
/// As [`seal`].
pub fn seal_bytes<S: AsRef<str>>(
    envelope: &Envelope,
    key: &SigningKey,
    recipients: &[S],
    body: &[u8],
) -> Result<Vec<u8>, EnvelopeError> {
    let mut message = Vec::new();
    seal(envelope, key, recipients, body, &mut message)?;
    Ok(message)
}

struct Hashing<R> {
    input: R,
    state: Sha256,
    size: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.state.update(buffer.get(..count).unwrap_or_default());
        self.size += count as u64;
        Ok(count)
    }
}
