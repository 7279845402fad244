//! 演练模式: the stories of the demonstration as somebody's day, in a folder of its own.
//!
//! Every drill begins afresh, at the time of the stories, and is removed at its end. Its passphrase is
//! known to all: nothing in it is worth protecting, and everything in it says 【演示】.

mod answer;
mod fill;

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use zizhi_store::{Profile, Role};
use zizhi_verify::Library;

use crate::demo::{self, Part, Story};
use crate::failure::{Failure, told};
use crate::import_trust::{Imported, import_trust};
use crate::trust_data::{self, TrustData};
use crate::vault::{self, HOLDER_USE, INCUBATOR_USES, Unlocked};
use crate::{FixedTime, Text, files, open_trust};

pub use answer::answer;

/// The passphrase of every drill, shown on its screen.
pub const PASSPHRASE: &str = "演练口令";

/// The file that marks a folder as a drill's, which may be removed.
const MARK: &str = ".zizhi-drill";

/// The folder in a drill with the files of the stories, to be dropped on the window.
const SAMPLES: &str = "samples";

/// A drill that began.
pub struct Began {
    /// Its database.
    pub unlocked: Unlocked,
    /// What time it is there.
    pub time: DateTime<Utc>,
}

/// Begins a drill of a story in `folder`, whose earlier drill is removed.
///
/// # Errors
/// `DRILL-FOLDER` if the folder holds something else; `IO-WRITE`; `DB-FULL`; `INTERNAL` if a part of the
/// stories cannot be made.
pub fn begin(folder: &Path, role: Role, story: Story) -> Result<Began, Failure> {
    end(folder)?;
    let samples = folder.join(SAMPLES);
    fs::create_dir_all(&samples).map_err(|error| Failure::unwritable(folder, error))?;
    files::write(&folder.join(MARK), b"")?;
    let props = demo::props(&samples, story)?;
    let host = FixedTime(props.now);
    let imported = import_trust(&props.trust, None, &TrustData::at(folder), &host)?;
    if let Imported::Refused(error) = imported {
        return Err(open_trust::refused(&error));
    }
    let (part, uses): (&Part, &[&str]) = match role {
        Role::Firm => (&props.firm, &[HOLDER_USE]),
        Role::Incubator | Role::Both => (&props.incubator, &INCUBATOR_USES),
    };
    let owner = Profile {
        uscc: part.uscc,
        name: part.name.to_owned(),
        role,
        region: Some(part.region),
        created: props.now,
    };
    let place = folder.join(vault::FOLDER);
    let unlocked = vault::create(&place, &owner, PASSPHRASE, &host)?.unlocked;
    vault::adopt_signing_key(
        &unlocked.database,
        &place,
        PASSPHRASE,
        (&part.key, uses, "演练密钥"),
        "",
        &host,
    )?;
    let (trust, _) = trust_data::kept_or_nothing(Some(folder), props.now)?;
    let library = Library::new(trust);
    match role {
        Role::Firm => {
            answer::prepare(folder, &props.incubator)?;
            fill::firm(&unlocked.database, &library, &props, &host)?;
        }
        Role::Incubator | Role::Both => {
            fill::incubator(&unlocked.database, &library, &props, story, &host)?;
        }
    }
    Ok(Began { unlocked, time: props.now })
}

/// Removes a drill, if there is one.
///
/// # Errors
/// `DRILL-FOLDER` if the folder holds something else; `IO-WRITE`.
pub fn end(folder: &Path) -> Result<(), Failure> {
    if !folder.exists() {
        return Ok(());
    }
    if !folder.join(MARK).is_file() {
        return Err(other_folder(folder));
    }
    fs::remove_dir_all(folder).map_err(|error| Failure::unwritable(folder, error))
}

fn other_folder(folder: &Path) -> Failure {
    Failure::input(
        "DRILL-FOLDER",
        told(
            format!("文件夹 {} 里有别的文件，演练没有开始，什么也没有删除。", folder.display()),
            format!(
                "the folder {} holds other files; no drill began and nothing was removed",
                folder.display()
            ),
        ),
        Text::fixed("请把这个文件夹移到别处后再试。", "move that folder away and try again"),
    )
}
