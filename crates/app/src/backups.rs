//! 备份: makes one while work goes on, tells when one is due, tries one without touching anything, and puts
//! one in the place of the database.
//!
//! A backup is the encrypted database with its wrapped keys: the passphrase of that day opens it, and the
//! recovery key always does.

mod contents;
mod failures;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use zizhi_crypto::digest;
use zizhi_model::{Text, civil};
use zizhi_store::{
    BackupFile, Database, Entry, Progress, Reader, backups_by_day_in, read_backup_header, restore,
};
use zizhi_trust::Trust;

use crate::after_restore::{AfterRestore, Before, set_right, still_open};
use crate::failure::{Failure, told};
use crate::files::file_name;
use crate::vault::{self, Unlocked};
use crate::{Host, settings};
pub use contents::Contents;
use failures::{Stopped, no_folder, of_backup};

/// A backup that is older than this is no help.
const MONTH: TimeDelta = TimeDelta::days(31);

/// Settings of the database: when a backup was made and when one was tried, RFC 3339.
const MADE_AT: &str = "backup_made_at";
const TRIED_AT: &str = "backup_tried_at";
/// A setting of the database: by what its backups are told from others'.
const SERIES: &str = "backup_series";

/// A backup that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupAt {
    /// Its path.
    pub path: PathBuf,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Bytes.
    pub size: u64,
}

/// A database that came from a backup.
pub struct Restored {
    /// It is open.
    pub unlocked: Unlocked,
    /// The database that was there before, if one was.
    pub kept: Option<PathBuf>,
    /// What is open now.
    pub open: AfterRestore,
}

/// Where backups stand.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The folder that was chosen.
    pub folder: Option<String>,
    /// What is there and in the database's own folder, the newest first.
    pub backups: Vec<BackupAt>,
    /// When a backup was last tried.
    pub tried_at: Option<DateTime<Utc>>,
    /// Why one is due, if it is.
    pub due: Option<Text>,
}

/// Where backups stand.
///
/// # Errors
/// As every read of the database. Folders and files that cannot be read are left out: a stick may be
/// elsewhere today.
pub fn standing(database: &Database, host: &dyn Host) -> Result<Standing, Failure> {
    let due = due(database, host)?;
    let reader = database.reader()?;
    let folder = settings::habits(&reader)?.backup_folder;
    let mut days = backups_by_day_in(&own_folder(database, &reader)?).unwrap_or_default();
    if let Some(chosen) = &folder {
        days.extend(backups_by_day_in(&folder_in(Path::new(chosen), &reader)?).unwrap_or_default());
    }
    let mut backups: Vec<BackupAt> = days.into_iter().filter_map(|(_, path)| backup_at(path)).collect();
    backups.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.path.cmp(&b.path)));
    Ok(Standing { folder, backups, tried_at: time(&reader, TRIED_AT)?, due })
}

/// Why a backup is due, if it is: none was made yet, or none since the newest key, or not for a month.
///
/// # Errors
/// As every read of the database.
pub fn due(database: &Database, host: &dyn Host) -> Result<Option<Text>, Failure> {
    let reader = database.reader()?;
    let Some(made) = time(&reader, MADE_AT)? else {
        if reader.setting(SERIES)?.is_some() {
            return Ok(Some(Text::fixed(
                "从备份恢复之后还没有做过备份。",
                "No backup was made since this database was restored from one.",
            )));
        }
        return Ok(Some(Text::fixed(
            "还没有备份：这台机器坏了，密钥和数据就没有了。",
            "There is no backup yet: if this machine breaks, keys and data are gone.",
        )));
    };
    if reader.signing_keys()?.iter().any(|key| key.created > made) {
        return Ok(Some(Text::fixed(
            "上次备份之后新建了签名密钥，它还不在任何备份里。",
            "A signing key was made after the last backup and is in none.",
        )));
    }
    let age = host.now() - made;
    Ok((age > MONTH).then(|| {
        told(
            format!("上次备份是{}天前。", age.num_days()),
            format!("The last backup was made {} days ago.", age.num_days()),
        )
    }))
}

/// Makes the backup of the day in the folder of the settings, or without one in the database's own folder.
/// A folder given here is remembered if none was chosen yet, and used in any case. Gives nothing if
/// `progress` stopped it.
///
/// # Errors
/// `BACKUP-FOLDER`, `DB-FULL`, `DB-READ-ONLY`, `IO-WRITE`, `DB-DAMAGED`.
pub fn make_backup(
    database: &Database,
    folder: Option<&Path>,
    host: &dyn Host,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<BackupFile>, Failure> {
    let (mut habits, own) = {
        let reader = database.reader()?;
        let habits = settings::habits(&reader)?;
        let chosen =
            folder.map(Path::to_owned).or_else(|| habits.backup_folder.as_deref().map(PathBuf::from));
        let own = match chosen {
            Some(chosen) if !chosen.is_dir() => return Err(no_folder(&chosen)),
            Some(chosen) => folder_in(&chosen, &reader)?,
            None => own_folder(database, &reader)?,
        };
        (habits, own)
    };
    fs::create_dir_all(&own).map_err(|error| Failure::unwritable(&own, error))?;
    // Before the backup, so that what is restored from it goes on there.
    if let Some(folder) = folder.filter(|_| habits.backup_folder.is_none()) {
        habits.backup_folder = Some(folder.display().to_string());
        settings::save_habits(database, &habits, host)?;
    }
    let made = database.backup_of_the_day_in(&own, host.now(), progress).map_err(of_backup(None))?;
    let Some(made) = made else { return Ok(None) };
    let name = file_name(&made.path);
    let writer = database.writer()?;
    writer.put_setting(MADE_AT, &json!(civil::rfc3339(host.now())))?;
    writer.commit(&Entry::new(host.now(), &habits.operator, "backup.made").about("backup", &name))?;
    Ok(Some(made))
}

/// Whether a backup was made today.
///
/// # Errors
/// As every read of the database.
pub fn made_today(database: &Database, host: &dyn Host) -> Result<bool, Failure> {
    let made = time(&database.reader()?, MADE_AT)?;
    let today = civil::date_in_shanghai(host.now());
    Ok(made.is_some_and(|made| civil::date_in_shanghai(made) == today))
}

/// Tries a backup: restores it into a folder of its own in `data`, reads all of it, and removes it again.
///
/// # Errors
/// `IO-READ`, `BACKUP-FORMAT`, `BACKUP-NEWER`, `BACKUP-INCOMPLETE`, `BACKUP-DAMAGED`, `BACKUP-KEY`,
/// `KEY-PASSPHRASE`, `KEY-RECOVERY`, `DB-NEWER`, `DB-FULL`, `IO-WRITE`.
pub fn try_backup(data: &Path, backup: &Path, secret: &str) -> Result<Contents, Failure> {
    let header = read_backup_header(backup).map_err(of_backup(Some(backup)))?;
    let key = vault::database_key(Some(&header.wrapped_keys), secret)?;
    let unwritable = |error| Failure::unwritable(data, error);
    fs::create_dir_all(data).map_err(unwritable)?;
    let place = tempfile::Builder::new().prefix(".trial-").tempdir_in(data).map_err(unwritable)?;
    restore(place.path(), backup, &key, |_, _| Ok(())).map_err(of_backup(Some(backup)))?;
    let database = Database::open(place.path(), &key)?;
    let contents = contents::read(&database, header.created)?;
    database.close()?;
    place.close().map_err(unwritable)?;
    Ok(contents)
}

/// Notes in the database at the desk that the backup at `path` was tried.
///
/// # Errors
/// As every write to the database.
pub fn note_trial(
    database: &Database,
    path: &Path,
    contents: &Contents,
    host: &dyn Host,
) -> Result<(), Failure> {
    let actor = settings::actor(&database.reader()?)?;
    let writer = database.writer()?;
    writer.put_setting(TRIED_AT, &json!(civil::rfc3339(host.now())))?;
    let made = contents.made.map(civil::rfc3339);
    let summary = json!({ "made": made, "file": file_name(path) });
    writer.commit(&Entry::new(host.now(), &actor, "backup.drilled").with(summary))?;
    Ok(())
}

/// Puts a backup in the place of the database in `folder`, which must not be open, and opens it with the
/// same secret. The old database is kept beside it; the log of the new one tells its name. What an incubator
/// has to know of the time after the backup is in the new one from its first moment; `trust` is what is at
/// hand, whose lists may be newer than the backup's.
///
/// # Errors
/// As [`try_backup`]; `DB-IN-USE`. The database is as it was then.
pub fn restore_backup(
    folder: &Path,
    backup: &Path,
    secret: &str,
    trust: Option<&Trust>,
    host: &dyn Host,
) -> Result<Restored, Failure> {
    let header = read_backup_header(backup).map_err(of_backup(Some(backup)))?;
    let key = vault::database_key(Some(&header.wrapped_keys), secret)?;
    let opens = vault::opens_inboxes(Some(&header.wrapped_keys), secret)?;
    fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, error))?;
    let file = file_name(backup);
    let restored = restore(folder, backup, &key, |restored, replaced| -> Result<(), Stopped> {
        let before = Before { file: &file, replaced, opens: &opens };
        let (writer, entry) =
            set_right(restored, &before, header.created, trust, host).map_err(Stopped::Failed)?;
        // From here on it is another database than the one that was backed up, with backups of its own.
        let mut series = [0; 2];
        host.random().fill(&mut series);
        writer.put_setting(SERIES, &json!(digest::hex(&series)))?;
        writer.put_setting(MADE_AT, &Value::Null)?;
        // That a backup works it cannot tell of itself.
        writer.put_setting(TRIED_AT, &json!(civil::rfc3339(host.now())))?;
        writer.commit(&entry)?;
        Ok(())
    });
    let kept = restored.map_err(Stopped::told(backup))?.kept;
    let unlocked = vault::open(folder, secret, host)?;
    let open = still_open(&unlocked.database.reader()?, trust)?;
    Ok(Restored { unlocked, kept, open })
}

/// The folder for this database's backups beside it.
fn own_folder(database: &Database, reader: &Reader<'_>) -> Result<PathBuf, Failure> {
    Ok(database.backups_folder().join(series(reader)?))
}

/// The folder for this database's backups in one that was chosen, where those of others may lie as well: of another
/// organisation, and of the same one from before a restore or on another computer.
fn folder_in(chosen: &Path, reader: &Reader<'_>) -> Result<PathBuf, Failure> {
    let owner = reader.profile()?;
    let uscc = owner.as_ref().map_or("", |owner| owner.uscc.as_str());
    Ok(chosen.join(format!("zizhitong-{uscc}-{}", series(reader)?)))
}

/// What the backups of this database are told from others' by: four characters, other ones after each restore.
fn series(reader: &Reader<'_>) -> Result<String, Failure> {
    if let Some(Value::String(series)) = reader.setting(SERIES)? {
        return Ok(series);
    }
    let first = reader.log_hash(1)?.unwrap_or_default();
    Ok(digest::hex(first.get(..2).unwrap_or_default()))
}

fn backup_at(path: PathBuf) -> Option<BackupAt> {
    let at = read_backup_header(&path).ok()?.created?;
    let size = fs::metadata(&path).ok()?.len();
    Some(BackupAt { path, at, size })
}

fn time(reader: &Reader<'_>, setting: &str) -> Result<Option<DateTime<Utc>>, Failure> {
    let value = reader.setting(setting)?;
    Ok(value.and_then(|value| civil::parse_time(value.as_str()?).ok()))
}
