//! 自检: what the destination would find now. A dossier is made from the draft under the firm's own key in a
//! private folder, judged by the steps of the destination, and removed.

use std::fs::File;

use zizhi_model::Limits;

use crate::draft::{Preview, assemble};
use crate::draft_body::read;
use crate::draft_folder::materialise;
use crate::failure::Failure;
use crate::firm::Firm;
use crate::vault;
use crate::verify_file::Settings;
use crate::verify_view::{VerifiedView, verify_view};

/// The verdict that the destination would come to with the trust data at hand.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-FIELD`, `DRAFT-FACT`, `FORM-VALUE`, `HOLD-ABSENT`, `LIMIT-SIZE`, `IO-WRITE`; those of
/// the key.
pub fn check(firm: &Firm<'_>, id: &str, passphrase: &str) -> Result<VerifiedView, Failure> {
    let owner = firm.owner()?;
    let kept = read(&firm.database.reader()?, id)?;
    let key = vault::holder_key(firm.database, firm.database.folder(), passphrase)?;
    let work = materialise(firm, &kept, owner.uscc, &key)?;
    let path = work.path("draft.zzdossier");
    let file = File::create_new(&path).map_err(|error| Failure::unwritable(&path, error))?;
    assemble(&work.folder, &key, file, firm.host)?;
    let limits = Limits::default();
    let settings = Settings {
        library: firm.library,
        now: firm.host.now(),
        recipient: Some(kept.aud),
        identities: &[],
        limits: &limits,
        memory: None,
    };
    verify_view(&path, &settings)
}

/// What would be signed now, as a person reads it before.
///
/// # Errors
/// As [`check`].
pub fn preview(firm: &Firm<'_>, id: &str, passphrase: &str) -> Result<Preview, Failure> {
    let owner = firm.owner()?;
    let kept = read(&firm.database.reader()?, id)?;
    let key = vault::holder_key(firm.database, firm.database.folder(), passphrase)?;
    crate::draft::preview(&materialise(firm, &kept, owner.uscc, &key)?.folder)
}
