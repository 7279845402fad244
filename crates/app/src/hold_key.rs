//! The firm's public key for an issuer, who puts it into what it issues.

use std::path::Path;

use crate::failure::Failure;
use crate::firm::Firm;
use crate::keys::{PublicForm, public_text};
use crate::output::Output;
use crate::vault;

/// Writes the key as JSON (RFC 7517) and gives the digest of the file.
///
/// # Errors
/// `KEY-NONE`, `IO-WRITE`.
pub fn export(firm: &Firm<'_>, path: &Path) -> Result<zizhi_dossier::Digest, Failure> {
    let key = vault::holder_public(firm.database)?;
    let text = public_text(&key, PublicForm::Jwk);
    Output { path, force: true }.write(text.as_bytes())?;
    Ok(zizhi_dossier::Digest::of(text.as_bytes()))
}
