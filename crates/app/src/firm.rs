//! What every use case of the firm's side works with: its database, the trust data at hand, time and
//! randomness.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization as _;
use zizhi_dossier::ids;
use zizhi_model::{Text, civil};
use zizhi_store::{Database, Entry, Profile};
use zizhi_verify::Library;

use crate::failure::Failure;
use crate::{Host, settings};

/// The firm at its desk.
#[derive(Clone, Copy)]
pub struct Firm<'a> {
    /// Its open database.
    pub database: &'a Database,
    /// The trust data at hand.
    pub library: &'a Library,
    /// Time and randomness.
    pub host: &'a dyn Host,
}

impl Firm<'_> {
    /// Whose database it is.
    ///
    /// # Errors
    /// `PROFILE-NONE` if nobody said so; as every read of the database.
    pub fn owner(&self) -> Result<Profile, Failure> {
        self.database.reader()?.profile()?.ok_or_else(no_profile)
    }

    /// The civil day it is in China.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        civil::date_in_shanghai(self.host.now())
    }

    /// A new id.
    pub(crate) fn new_id(&self) -> String {
        ids::uuid_v7(self.host.now(), self.host.random().as_mut())
    }

    /// An entry for the activity log, by whoever is at the desk.
    pub(crate) fn entry(&self, action: &str) -> Result<Entry, Failure> {
        let actor = settings::actor(&self.database.reader()?)?;
        Ok(Entry::new(self.host.now(), &actor, action))
    }
}

/// The database does not say whose it is.
pub(crate) fn no_profile() -> Failure {
    Failure::input(
        "PROFILE-NONE",
        Text::fixed(
            "还没有填写本企业的名称和代码，操作没有进行。",
            "this database does not say whose it is; nothing was done",
        ),
        Text::fixed(
            "请先在“我的企业”中填写名称、统一社会信用代码和所在地区。",
            "first give the firm's name, code and region",
        ),
    )
}

/// Text as it may be signed: formats.md §0 wants Unicode normalisation form C. Everything else stays as it
/// was typed.
pub(crate) fn nfc(text: &str) -> String {
    text.nfc().collect()
}
