//! Between the wire's data and the program's.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_app::activity_log::{self, Told, Wanted};
use zizhi_app::backups::{Contents, Standing};
use zizhi_app::check_database::Examined;
use zizhi_app::find_anything;
use zizhi_crypto::digest;
use zizhi_model::civil::{self, rfc3339};
use zizhi_store::{Activity, BackupFile};
use zizhi_wire::*;

use crate::refusal::{refused, sentence};

/// Digits of a hash in a list; the whole of it is in the exported table.
const SHOWN: usize = 8;

/// The backup that was made at `now`.
pub(super) fn made(made: &BackupFile, now: DateTime<Utc>) -> BackupLine {
    BackupLine { path: made.path.display().to_string(), at: rfc3339(now), size: made.size }
}

pub(super) fn standing(standing: Standing) -> BackupStatus {
    let backups = standing.backups.into_iter().map(|backup| BackupLine {
        path: backup.path.display().to_string(),
        at: rfc3339(backup.at),
        size: backup.size,
    });
    BackupStatus {
        folder: standing.folder,
        backups: backups.collect(),
        drilled_at: standing.tried_at.map(rfc3339),
        due: standing.due.as_ref().map(sentence),
    }
}

pub(super) fn drilled(contents: &Contents) -> Drilled {
    let mut lines: Vec<Sentence> = contents.lines.iter().map(sentence).collect();
    lines.extend(contents.log.fault.as_ref().map(sentence));
    Drilled {
        at: contents.made.map(rfc3339).unwrap_or_default(),
        contents: lines,
        log_whole: contents.log.fault.is_none(),
    }
}

pub(super) fn wanted(find: &FindActivity) -> Result<Wanted, Refusal> {
    Ok(Wanted {
        text: find.text.clone(),
        action: find.action.clone().filter(|action| !action.is_empty()),
        from: find.from.as_deref().map(day).transpose()?,
        to: find.to.as_deref().map(day).transpose()?,
    })
}

fn day(text: &str) -> Result<NaiveDate, Refusal> {
    civil::parse_date(text).map_err(|error| Refusal {
        cause: Some(error.to_string()),
        ..refused(
            "FORM-DATE",
            (
                "日期不是 2026-11-23 这样的写法，没有查询。",
                "A date is not written as 2026-11-23 is; nothing was asked.",
            ),
            ("请重新选择日期。", "Choose the date again."),
        )
    })
}

pub(super) fn activity(entry: &Activity, told: &Told) -> ActivityLine {
    ActivityLine {
        seq: i64::try_from(entry.seq).unwrap_or(i64::MAX),
        at: rfc3339(entry.at),
        actor: entry.actor.clone(),
        action: entry.action.clone(),
        title: sentence(&activity_log::title(&entry.action)),
        done: sentence(&told.done),
        about: told.about.as_ref().map(sentence),
        reason: told.reason.clone(),
        object: activity_log::object(entry),
        hash: digest::hex(&entry.hash).chars().take(SHOWN).collect(),
    }
}

pub(super) fn checked(examined: &Examined) -> CheckedDatabase {
    CheckedDatabase {
        whole: examined.is_whole(),
        entries: examined.log.end.and_then(|end| i64::try_from(end.seq).ok()).unwrap_or(0),
        findings: examined.findings.iter().map(sentence).collect(),
    }
}

pub(super) fn hit(found: find_anything::Found) -> Hit {
    let find_anything::Found { kind, id, title, detail } = found;
    let kind = match kind {
        find_anything::Kind::Case => HitKind::Case,
        find_anything::Kind::Firm => HitKind::Firm,
        find_anything::Kind::Held => HitKind::Held,
        find_anything::Kind::Issued => HitKind::Issued,
        find_anything::Kind::Draft => HitKind::Draft,
    };
    Hit { kind, id, title, detail }
}
