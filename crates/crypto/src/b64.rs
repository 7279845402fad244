//! Strict base64url (RFC 4648 §5 without padding), the only binary encoding in our JSON.
//!
//! One byte string has one encoding: padding, spaces, the `+/` alphabet and left-over bits that are
//! not zero are refused, since a second spelling of a signature is a second file with one meaning.

use data_encoding::{BASE64, BASE64URL_NOPAD, DecodeKind};

/// Why a text is not strict base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum B64Error {
    /// A character outside the alphabet; padding and white space are such.
    #[error("a character at offset {0} that base64url does not have")]
    Symbol(usize),
    /// No byte string has an encoding of this length.
    #[error("a length that base64url cannot have")]
    Length,
    /// The last character carries bits beyond the last byte.
    #[error("bits left over after the last byte")]
    TrailingBits,
    /// Decodes, but not to the number of bytes that was asked for.
    #[error("not {0} bytes")]
    Size(usize),
}

/// Encodes without padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// Encodes in the usual alphabet with padding (RFC 4648 §4), as `data:` addresses want it. Nothing of ours
/// is signed or read in this form.
#[must_use]
pub fn encode_standard(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Appends the encoding of `bytes` to `text`.
pub fn encode_into(bytes: &[u8], text: &mut String) {
    BASE64URL_NOPAD.encode_append(bytes, text);
}

/// Decodes.
///
/// # Errors
/// [`B64Error`] for anything but the one encoding of a byte string.
pub fn decode(text: impl AsRef<[u8]>) -> Result<Vec<u8>, B64Error> {
    let mut bytes = Vec::new();
    decode_into(text, &mut bytes)?;
    Ok(bytes)
}

/// Decodes into a buffer that is used again and again; what it held is gone, also after an error.
///
/// # Errors
/// As [`decode`].
pub fn decode_into(text: impl AsRef<[u8]>, bytes: &mut Vec<u8>) -> Result<(), B64Error> {
    let text = text.as_ref();
    bytes.clear();
    let size = BASE64URL_NOPAD.decode_len(text.len()).map_err(|_| B64Error::Length)?;
    bytes.resize(size, 0);
    match BASE64URL_NOPAD.decode_mut(text, bytes) {
        Ok(_) => Ok(()),
        Err(partial) => {
            bytes.clear();
            Err(reason(partial.error))
        }
    }
}

/// Decodes exactly `N` bytes, without allocating.
///
/// # Errors
/// As [`decode`], and [`B64Error::Size`].
pub fn decode_array<const N: usize>(text: impl AsRef<[u8]>) -> Result<[u8; N], B64Error> {
    let text = text.as_ref();
    if BASE64URL_NOPAD.decode_len(text.len()).map_err(|_| B64Error::Length)? != N {
        return Err(B64Error::Size(N));
    }
    let mut bytes = [0; N];
    BASE64URL_NOPAD.decode_mut(text, &mut bytes).map_err(|partial| reason(partial.error))?;
    Ok(bytes)
}

fn reason(error: data_encoding::DecodeError) -> B64Error {
    match error.kind {
        DecodeKind::Length => B64Error::Length,
        DecodeKind::Trailing => B64Error::TrailingBits,
        DecodeKind::Symbol | DecodeKind::Padding => B64Error::Symbol(error.position),
    }
}
