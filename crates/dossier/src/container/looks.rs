//! What a file that is no dossier seems to be, so that a person who chose the wrong one is told so.

use std::io::{self, Read};

/// Beginnings of files that people keep beside dossiers.
const BEGINNINGS: [(&[u8], &str); 15] = [
    // Credentials, requests, decisions and reports of ours are signed JSON in base64url.
    (b"eyJ", "signed"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"RIFF", "media"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"\x1aE\xdf\xa3", "media"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
];

/// The kind of file by how it begins: a word of the catalogue, or nothing for what could be a damaged dossier.
///
/// # Errors
/// Only if bytes cannot be fetched.
pub fn looks(reader: &mut impl Read) -> io::Result<Option<&'static str>> {
    let mut head = Vec::with_capacity(256);
    reader.take(256).read_to_end(&mut head)?;
    let known = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning));
    Ok(match known {
        Some((_, word)) => Some(word),
        // ISO/IEC 14496-12: pictures of telephones (HEIC) and recordings name their kind after a length.
        None if head
            .get(4..10)
            .is_some_and(|brand| brand.starts_with(b"ftyphe") || brand.starts_with(b"ftypmi")) =>
        {
            Some("image")
        }
        None if head.get(4..8) == Some(b"ftyp") => Some("media"),
        None if head.is_empty() => Some("empty"),
        None if is_text(&head) => Some("text"),
        None => None,
    })
}

/// Text has no control characters but those between lines; its last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let readable = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(head.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !readable.is_empty() && readable.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}
