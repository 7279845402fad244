//! One PEM block (RFC 7468), read strictly enough that there is one reading.

use data_encoding::BASE64;

use crate::key::KeyError;

/// Longer than any key we read, by far.
const MAX_CHARACTERS: usize = 4096;
const LINE: usize = 64;

/// The bytes of the only block in `text`, which must have the given label.
pub(crate) fn decode(text: &str, label: &'static str) -> Result<Vec<u8>, KeyError> {
    let refuse = || KeyError::Pem(label);
    if text.len() > MAX_CHARACTERS {
        return Err(refuse());
    }
    let body = text
        .trim()
        .strip_prefix("-----BEGIN ")
        .and_then(|rest| rest.strip_prefix(label))
        .and_then(|rest| rest.strip_prefix("-----"))
        .and_then(|rest| rest.strip_suffix("-----"))
        .and_then(|rest| rest.strip_suffix(label))
        .and_then(|rest| rest.strip_suffix("-----END "))
        .ok_or_else(refuse)?;
    let mut base64 = zeroize::Zeroizing::new(Vec::with_capacity(body.len()));
    base64.extend(body.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    BASE64.decode(&base64).map_err(|_| refuse())
}

/// One block with lines of 64 characters, as OpenSSL writes it.
pub(crate) fn encode(bytes: &[u8], label: &str) -> String {
    let base64 = zeroize::Zeroizing::new(BASE64.encode(bytes));
    let mut text = String::with_capacity(base64.len() + base64.len() / LINE + 2 * label.len() + 40);
    for piece in ["-----BEGIN ", label, "-----\n"] {
        text.push_str(piece);
    }
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = more;
    }
    for piece in ["-----END ", label, "-----\n"] {
        text.push_str(piece);
    }
    text
}
