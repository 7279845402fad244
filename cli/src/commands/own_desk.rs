//! The desk of an organisation: its own database, open, with the trust data that are kept beside it.

use std::path::Path;

use zizhi_app::firm::Firm;
use zizhi_app::incubator::Incubator;
use zizhi_app::plan_pack;
use zizhi_app::trust_data::{TrustData, kept_or_nothing};
use zizhi_app::vault::Unlocked;
use zizhi_app::{Failure, Host as _, SystemHost, Text, told, vault};
use zizhi_model::Region;
use zizhi_verify::Library;

use super::shared::{OwnDatabase, Passphrase, TrustFrom};
use crate::say::Voice;

/// An open database, what signs in it, and the trust data at hand.
pub struct OwnDesk {
    /// The database.
    pub unlocked: Unlocked,
    /// The trust data.
    pub library: Library,
    /// What opened it.
    pub secret: String,
}

impl OwnDesk {
    /// Opens it.
    pub fn open(own: &OwnDatabase, voice: Voice) -> Result<Self, Failure> {
        Self::at(own.data.as_deref(), &own.passphrase, voice)
    }

    /// Opens that of the data folder that a command names beside the trust data for work on files. Like the window it
    /// works by what was imported, so that a package named for this once is refused.
    pub fn beside(trust: &TrustFrom, passphrase: &Passphrase, voice: Voice) -> Result<Self, Failure> {
        only_kept(trust)?;
        Self::at(trust.data.as_deref(), passphrase, voice)
    }

    /// The trust data by which that desk works, before anything is asked of a person.
    pub fn library_beside(trust: &TrustFrom) -> Result<Library, Failure> {
        only_kept(trust)?;
        let data = TrustData::of(trust.data.as_deref())?.folder().to_owned();
        Ok(Library::new(kept_or_nothing(Some(&data), SystemHost.now())?.0))
    }

    fn at(data: Option<&Path>, passphrase: &Passphrase, voice: Voice) -> Result<Self, Failure> {
        let data = TrustData::of(data)?.folder().to_owned();
        let secret = passphrase.for_database(voice)?;
        let unlocked = vault::open(&data.join(vault::FOLDER), &secret, &SystemHost)?;
        let (trust, _) = kept_or_nothing(Some(&data), SystemHost.now())?;
        Ok(Self { unlocked, library: Library::new(trust), secret })
    }

    /// Who works at it.
    pub fn incubator(&self) -> Incubator<'_> {
        Incubator { database: &self.unlocked.database, library: &self.library, host: &SystemHost }
    }

    /// The same for the use cases of a firm, and those of both.
    pub fn firm(&self) -> Firm<'_> {
        Firm { database: &self.unlocked.database, library: &self.library, host: &SystemHost }
    }

    /// Refuses another version of a rule pack than that at hand: what is asked for or answered is what it says.
    pub fn has_pack(&self, region: &Region, wanted: &(String, i64)) -> Result<(), Failure> {
        is_version(plan_pack::rule_pack(&self.library, region, &wanted.0)?.version, wanted)
    }
}

/// Refuses another version of a rule pack than the one at hand.
pub fn is_version(here: u64, (id, version): &(String, i64)) -> Result<(), Failure> {
    if i64::try_from(here) == Ok(*version) { Ok(()) } else { Err(other_version(id, here, *version)) }
}

fn only_kept(trust: &TrustFrom) -> Result<(), Failure> {
    if trust.trust.is_some() { Err(only_imported()) } else { Ok(()) }
}

fn only_imported() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed(
            "在本地数据库上工作时用已导入的信任数据，不能另用 --trust；操作没有进行。",
            "work on the local database goes by the trust data that was imported, and takes no --trust; nothing was done",
        ),
        Text::fixed(
            "请先用 zizhi trust import 导入，再去掉 --trust 运行。",
            "import it with zizhi trust import, then run this without --trust",
        ),
    )
}

fn other_version(id: &str, here: u64, wanted: i64) -> Failure {
    Failure::input(
        "RULE-MISSING",
        told(
            format!("已导入的信任数据里，规则包 {id} 是第{here}版，不是第{wanted}版；操作没有进行。"),
            format!(
                "in the imported trust data the rule pack {id} has version {here} and not {wanted}; nothing was done"
            ),
        ),
        told(
            format!("请写 --rule-pack {id}@{here}，或先用 zizhi trust import 导入有第{wanted}版的信任数据。"),
            format!(
                "write --rule-pack {id}@{here}, or import trust data with version {wanted} (zizhi trust import)"
            ),
        ),
    )
}
