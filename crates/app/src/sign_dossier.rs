//! Signs a draft: from here on it is a dossier, and the draft stays as it is.

use serde::Serialize;
use zizhi_crypto::SigningKey;
use zizhi_dossier::Digest;

use crate::Host;
use crate::draft::{DraftFolder, assemble};
use crate::failure::Failure;
use crate::output::Output;

/// What was signed.
#[derive(Debug, Clone, Serialize)]
pub struct SignedDossier {
    /// The dossier's identifier.
    pub id: String,
    /// SHA-256 of the file, base64url.
    pub sha256: String,
    /// Bytes of the file.
    pub size: u64,
}

/// Makes and signs the dossier.
///
/// # Errors
/// `IO-EXISTS`, `IO-WRITE`, `HOLDER-KEY`, `DRAFT-CHANGED`, `LIMIT-SIZE`, and those of a credential that
/// cannot be used. No half-made file is left.
pub fn sign_dossier(
    folder: &DraftFolder,
    key: &SigningKey,
    output: &Output<'_>,
    host: &dyn Host,
) -> Result<SignedDossier, Failure> {
    let file = output.begin()?;
    let unwritable = |error| Failure::unwritable(output.path, error);
    let writer = file.reopen().map_err(unwritable)?;
    let made = assemble(folder, key, std::io::BufWriter::with_capacity(256 * 1024, writer), host)?;
    let (digest, size) = Digest::of_reader(file.reopen().map_err(unwritable)?).map_err(unwritable)?;
    output.put(file)?;
    Ok(SignedDossier { id: made.manifest.jti, sha256: digest.base64url(), size })
}
