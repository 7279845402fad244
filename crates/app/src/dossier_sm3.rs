//! 档案SM3摘要: the digest by which people in China compare a dossier. Paper shows it; the report itself has SHA-256
//! only, as formats.md says.

use std::io::Read;
use std::path::Path;

use zizhi_crypto::b64;
use zizhi_crypto::digest::{Sha256, Sm3};
use zizhi_model::Limits;
use zizhi_store::Reader;

use crate::failure::Failure;
use crate::verify_file::plain_file;

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// SM3 of the dossier at `path`, unsealed. Nothing where it cannot be read any more, or is another one than that
/// with `sha256` (base64url), which was verified.
#[must_use]
pub fn sm3_of_file(path: &Path, identities: &[String], limits: &Limits, sha256: &str) -> Option<[u8; 32]> {
    let file = plain_file(path, identities, limits).ok()?;
    let (own, sm3) = digests(file.take(limits.file_bytes)).ok()?;
    (b64::encode(&own) == sha256).then_some(sm3)
}

/// SM3 of a dossier that is kept; nothing where it is not.
///
/// # Errors
/// As every read of the database.
pub(crate) fn sm3_of_original(reader: &Reader<'_>, sha256: &[u8; 32]) -> Result<Option<[u8; 32]>, Failure> {
    let Some(original) = reader.open_original(sha256)? else { return Ok(None) };
    let (own, sm3) = match digests(original) {
        Ok(digests) => digests,
        Err(_) => return Ok(None),
    };
    Ok((own == *sha256).then_some(sm3))
}

/// SHA-256 and SM3 of the same bytes.
fn digests(mut bytes: impl Read) -> std::io::Result<([u8; 32], [u8; 32])> {
    let (mut sha256, mut sm3) = (Sha256::new(), Sm3::new());
    let mut piece = vec![0; PIECE];
    loop {
        let read = bytes.read(&mut piece)?;
        let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
        sha256.update(read);
        sm3.update(read);
    }
    Ok((sha256.finish(), sm3.finish()))
}
