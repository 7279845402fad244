//! 自检: the draft as a dossier under the firm's own key, judged as the destination would.

use zizhi_crypto::SigningKey;
use zizhi_model::Limits;
use zizhi_verify::{Library, Report};

use crate::Host;
use crate::draft::{DraftFolder, assemble};
use crate::failure::Failure;
use crate::verify_file::{Settings, verify_file};

/// What the destination would find now. The dossier is made in a temporary folder and removed again.
///
/// # Errors
/// As [`crate::sign_dossier::sign_dossier`].
pub fn check_dossier(
    folder: &DraftFolder,
    key: &SigningKey,
    library: &Library,
    host: &dyn Host,
) -> Result<Report, Failure> {
    let place = std::env::temp_dir();
    let unwritable = |error| Failure::unwritable(&place, error);
    let temporary = tempfile::tempdir().map_err(unwritable)?;
    let name = folder.folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let name = if name.is_empty() { "draft" } else { name.as_ref() };
    let path = temporary.path().join(format!("{name}.zzdossier"));
    let file = std::fs::File::create_new(&path).map_err(unwritable)?;
    assemble(folder, key, file, host)?;
    let limits = Limits::default();
    verify_file(
        &path,
        &Settings {
            library,
            now: host.now(),
            recipient: Some(*folder.draft.aud.uscc()),
            identities: &[],
            limits: &limits,
            memory: None,
        },
    )
}
