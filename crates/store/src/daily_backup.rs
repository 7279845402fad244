//! Daily backups: one for each day, of which some are kept.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use zizhi_model::civil;

use crate::backup::{BackupFile, FOLDER, Progress, SUFFIX};
use crate::database::Database;
use crate::error::{Result, StoreError};

const PREFIX: &str = "zizhi-";
const KEEP_DAYS: usize = 7;
const KEEP_WEEKS: usize = 4;

impl Database {
    /// The database's own folder for backups, which need not exist yet.
    #[must_use]
    pub fn backups_folder(&self) -> PathBuf {
        self.folder().join(FOLDER)
    }

    /// Makes the backup of a day in a folder that holds the backups of this database only, then removes those that
    /// are no longer kept: of the last seven days that have one all stay, of the four weeks before the latest of
    /// each.
    ///
    /// # Errors
    /// As [`Database::backup`].
    pub fn backup_of_the_day_in(
        &self,
        folder: &Path,
        at: DateTime<Utc>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<BackupFile>> {
        let made = self.backup(&of_day(folder, civil::date_in_shanghai(at)), at, progress)?;
        if made.is_some() {
            for day in no_longer_kept(days_in(folder)?) {
                let old = of_day(folder, day);
                fs::remove_file(&old).map_err(StoreError::io(&old))?;
            }
        }
        Ok(made)
    }
}

/// The days that have a backup in a folder, the latest first, and where it is. A folder that is not there
/// has none.
///
/// # Errors
/// [`StoreError::Io`].
pub fn backups_by_day_in(folder: &Path) -> Result<Vec<(NaiveDate, PathBuf)>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    Ok(days_in(folder)?.into_iter().map(|day| (day, of_day(folder, day))).collect())
}

fn of_day(folder: &Path, day: NaiveDate) -> PathBuf {
    folder.join(format!("{PREFIX}{day}{SUFFIX}"))
}

/// The days that have a backup, the latest first. Files with other names are left alone.
fn days_in(folder: &Path) -> Result<Vec<NaiveDate>> {
    let mut days = Vec::new();
    for entry in fs::read_dir(folder).map_err(StoreError::io(folder))? {
        let name = entry.map_err(StoreError::io(folder))?.file_name();
        let day = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
        days.extend(day.and_then(|day| civil::parse_date(day).ok()));
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    Ok(days)
}

/// Of the days of all backups, the latest first, those whose backup is not kept.
fn no_longer_kept(days: Vec<NaiveDate>) -> Vec<NaiveDate> {
    let mut weeks = Vec::new();
    let older = days.into_iter().skip(KEEP_DAYS);
    older
        .filter(|day| {
            let week = (day.iso_week().year(), day.iso_week().week());
            let latest_of_its_week = weeks.last() != Some(&week);
            if latest_of_its_week {
                weeks.push(week);
            }
            !latest_of_its_week || weeks.len() > KEEP_WEEKS
        })
        .collect()
}
