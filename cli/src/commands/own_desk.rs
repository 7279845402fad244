//! The desk of an organisation: its own database, open, with the trust data that are kept beside it.

use zizhi_app::incubator::Incubator;
use zizhi_app::trust_data::kept_or_nothing;
use zizhi_app::vault::Unlocked;
use zizhi_app::{Failure, Host as _, SystemHost, vault};
use zizhi_verify::Library;

use super::shared::OwnDatabase;
use crate::say::Voice;

/// An open database, what signs in it, and the trust data at hand.
pub struct OwnDesk {
    unlocked: Unlocked,
    library: Library,
    /// What opened it.
    pub secret: String,
}

impl OwnDesk {
    /// Opens it.
    pub fn open(own: &OwnDatabase, voice: Voice) -> Result<Self, Failure> {
        let (data, folder) = own.folders()?;
        let secret = own.passphrase.for_database(voice)?;
        let unlocked = vault::open(&folder, &secret, &SystemHost)?;
        let (trust, _) = kept_or_nothing(Some(&data), SystemHost.now())?;
        Ok(Self { unlocked, library: Library::new(trust), secret })
    }

    /// Who works at it.
    pub fn incubator(&self) -> Incubator<'_> {
        Incubator { database: &self.unlocked.database, library: &self.library, host: &SystemHost }
    }
}
