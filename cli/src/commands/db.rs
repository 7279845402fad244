//! `zizhi db`: the local database, examined, backed up and restored.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;
use zizhi_app::after_restore::AfterRestore;
use zizhi_app::backups::{Contents, make_backup, restore_backup, try_backup};
use zizhi_app::check_database::check_database;
use zizhi_app::stop::Stop;
use zizhi_app::trust_data::kept_or_nothing;
use zizhi_app::{Failure, Host as _, SystemHost, vault};
use zizhi_model::civil::rfc3339;

use super::shared::{OwnDatabase, both, written};
use super::status;
use crate::say::Voice;

/// Exit code for a database that is damaged.
const DAMAGED: u8 = 1;

/// 本地数据库 / the local database
#[derive(Debug, Args)]
pub struct Db {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 检查整个数据库和操作日志，不作改动 / examine the whole database and its log; changes nothing
    #[command(after_help = "示例 / Examples:
  zizhi db check
  zizhi db check --data 数据 --passphrase-file 口令.txt --json

退出码 / Exit codes: 0 完好 · 1 有损坏 · 2 打不开（口令不对、正在使用、没有数据库）")]
    Check {
        #[command(flatten)]
        own: OwnDatabase,
        /// 输出JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// 制作当天的备份，保留最近7天和之前4周 / make the backup of the day; keeps seven days and four weeks
    #[command(after_help = "示例 / Examples:
  zizhi db backup
  zizhi db backup /media/U盘

备份是加密的，用当时的口令或恢复密钥打开；信任数据不在其中，可以重新导入。
A backup is encrypted; the passphrase of its day or the recovery key opens it. Trust data is not in it and can be imported again.

退出码 / Exit codes: 0 已备份 · 2 没有备份")]
    Backup {
        /// 放备份的文件夹；不给时用设置中的，再不然放在数据库旁边 / the folder; else that of the settings, else beside the database
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        #[command(flatten)]
        own: OwnDatabase,
        /// 输出JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// 从备份恢复；原数据库保留在旁边 / restore a backup; the present database is kept beside it
    #[command(after_help = "示例 / Examples:
  zizhi db restore zizhi-2026-11-23.zzbackup --trial
  zizhi db restore zizhi-2026-11-23.zzbackup

口令是制作备份时的口令，或恢复密钥。--trial 只演练，不改动数据库。
The passphrase is that of the backup's day, or the recovery key. --trial touches nothing.

退出码 / Exit codes: 0 已恢复，或演练成功 · 1 备份中的操作日志不完整 · 2 不能恢复，数据库没有改动")]
    Restore {
        /// 备份文件（.zzbackup） / the backup
        #[arg(value_name = "FILE")]
        backup: PathBuf,
        /// 只演练 / only try it
        #[arg(long)]
        trial: bool,
        #[command(flatten)]
        own: OwnDatabase,
        /// 输出JSON / print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub fn run(args: &Db, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Check { own, json } => check(own, *json, voice),
        Verb::Backup { folder, own, json } => backup(folder.as_deref(), own, *json, voice),
        Verb::Restore { backup, trial, own, json } => restore(backup, *trial, own, *json, voice),
    }
}

fn check(own: &OwnDatabase, as_json: bool, voice: Voice) -> Result<ExitCode, Failure> {
    let (_, folder) = own.folders()?;
    let unlocked = vault::look(&folder, &own.passphrase.for_database(voice)?)?;
    let examined = check_database(&unlocked.database, &Stop::default())?;
    let entries = examined.log.end.map(|end| end.seq);
    if as_json {
        let findings: Vec<_> = examined.findings.iter().map(both).collect();
        voice.data(
            &json!({ "whole": examined.is_whole(), "entries": entries, "findings": findings }).to_string(),
        );
    } else if examined.is_whole() {
        voice.data(voice.lang.pick("数据库完好", "the database is whole"));
        let entries = entries.unwrap_or_default();
        voice.data(&format!("{}{entries}", voice.lang.pick("操作日志条数：", "rows of the activity log: ")));
    } else {
        examined.findings.iter().for_each(|finding| voice.data(voice.lang.of(finding)));
        voice.advise(voice.lang.pick(
            "请保留这个数据库以便检查，并从备份恢复（zizhi db restore）。",
            "keep this database to be examined, and restore a backup (zizhi db restore)",
        ));
    }
    Ok(ExitCode::from(if examined.is_whole() { 0 } else { DAMAGED }))
}

fn backup(
    folder: Option<&Path>,
    own: &OwnDatabase,
    as_json: bool,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let (_, database) = own.folders()?;
    let unlocked = vault::open(&database, &own.passphrase.for_database(voice)?, &SystemHost)?;
    let made = make_backup(&unlocked.database, folder, &SystemHost, &mut |_| ControlFlow::Continue(()))?;
    // Nobody stops it, so that there is one.
    let Some(made) = made else { return Ok(ExitCode::FAILURE) };
    if as_json {
        voice.data(&json!({ "path": made.path, "size": made.size }).to_string());
    } else {
        voice.data(&made.path.display().to_string());
        written(&made.path, voice);
    }
    Ok(ExitCode::SUCCESS)
}

fn restore(
    backup: &Path,
    trial: bool,
    own: &OwnDatabase,
    as_json: bool,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let (data, database) = own.folders()?;
    let secret = own.passphrase.for_database(voice)?;
    // What cannot be restored is found out before anything is touched.
    let contents = try_backup(&data, backup, &secret)?;
    let (kept, open) = match trial {
        true => (None, None),
        false => {
            // Trust data that is damaged or not there tells nothing of lists, and keeps nobody from a restore.
            let trust = kept_or_nothing(Some(&data), SystemHost.now()).ok();
            let trust = trust.as_ref().map(|(trust, _)| trust);
            let restored = restore_backup(&database, backup, &secret, trust, &SystemHost)?;
            (restored.kept, Some(restored.open))
        }
    };
    tell(&contents, kept.as_deref(), open.as_ref(), as_json, voice);
    Ok(ExitCode::from(if contents.log.fault.is_none() { 0 } else { DAMAGED }))
}

/// Tells what was in a backup, and after a restore what is `open`; a trial leaves nothing open.
fn tell(contents: &Contents, kept: Option<&Path>, open: Option<&AfterRestore>, as_json: bool, voice: Voice) {
    let made = contents.made.map(rfc3339);
    if as_json {
        let lines: Vec<_> = contents.lines.iter().map(both).collect();
        let log_whole = contents.log.fault.is_none();
        let all = json!({
            "restored": open.is_some(),
            "made": made,
            "contents": lines,
            "log_whole": log_whole,
            "kept": kept,
            "open": open.map(status::as_json),
        });
        voice.data(&all.to_string());
        return;
    }
    if let Some(made) = made {
        voice.data(&format!("{}{made}", voice.lang.pick("备份时间：", "made at: ")));
    }
    contents.lines.iter().chain(&contents.log.fault).for_each(|line| voice.data(voice.lang.of(line)));
    if let Some(kept) = kept {
        let kept = kept.display();
        voice.talk(&format!(
            "{}{kept}",
            voice.lang.pick("原数据库保留为 ", "the database that was there is kept as ")
        ));
    }
    let Some(open) = open else {
        voice.talk(
            voice.lang.pick("演练成功，数据库没有改动。", "the trial went well; the database is as it was"),
        );
        return;
    };
    voice.talk(voice.lang.pick("已恢复。", "restored"));
    if let Some(next) = &open.next_case {
        let text = voice.lang.pick(
            "备份之后收下的档案和作出的决定不在这个数据库里；收件和决定的编号从 {} 起，以免与已经发出的重复。请按纸质回执和通知补收备份之后的档案。",
            "cases received and decisions made after the backup are not in this database; their numbers go on from {}, so that none on paper is given twice; receive the dossiers of after the backup again, by the receipts and notices on paper",
        );
        voice.talk(&text.replace("{}", next));
    }
    if open.open > 0 {
        status::still_open(open, voice);
    }
}
