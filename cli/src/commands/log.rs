//! `zizhi log`: whether the activity log is what was written.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;
use zizhi_app::activity_log::{self, Place, Proof};
use zizhi_app::{Failure, vault};
use zizhi_model::civil::rfc3339;

use super::shared::{OwnDatabase, both};
use crate::say::Voice;
use crate::usage;

/// Exit code for a log that was altered.
const ALTERED: u8 = 1;

/// 操作日志 / the activity log
#[derive(Debug, Args)]
pub struct Log {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 从第一条起重新计算，并验证每个签名 / compute it again from the first row and verify every signature
    #[command(after_help = "示例 / Examples:
  zizhi log verify
  zizhi log verify --through 128:6c0e…

显示的“末条”可以抄下来另行保存；以后用 --through 证明日志仍然经过它。
Write the end that is shown down somewhere else; later, --through proves that the log still goes through it.

退出码 / Exit codes: 0 完整 · 1 被改动、有缺失，或不经过所给的位置 · 2 打不开数据库")]
    Verify {
        /// 以前抄下的末条，序号:摘要 / an end that was written down earlier
        #[arg(long, value_name = "SEQ:HASH", value_parser = place)]
        through: Option<Place>,
        #[command(flatten)]
        own: OwnDatabase,
        /// 输出JSON / print JSON
        #[arg(long)]
        json: bool,
    },
}

fn place(text: &str) -> Result<Place, String> {
    Place::parse(text).ok_or_else(|| {
        usage::either(
            "写成 行号:摘要，如 128:6c0e…，摘要64位",
            "a row and its hash, such as 128:6c0e… with 64 digits",
        )
    })
}

/// Runs the command.
pub fn run(args: &Log, voice: Voice) -> Result<ExitCode, Failure> {
    let Verb::Verify { through, own, json } = &args.verb;
    let (_, folder) = own.folders()?;
    let unlocked = vault::look(&folder, &own.passphrase.for_database(voice)?)?;
    let reader = unlocked.database.reader()?;
    let proof = activity_log::verify(&reader)?;
    let through = through.map(|place| activity_log::goes_through(&reader, &place)).transpose()?;
    let whole = proof.fault.is_none() && through != Some(false);
    if *json {
        as_json(&proof, whole, through, voice);
    } else {
        as_text(&proof, through, voice);
    }
    Ok(ExitCode::from(if whole { 0 } else { ALTERED }))
}

fn as_json(proof: &Proof, whole: bool, through: Option<bool>, voice: Voice) {
    let signed = proof.signed.map(|(seq, at)| json!({ "seq": seq, "at": rfc3339(at) }));
    let fault = proof.fault.as_ref().map(both);
    let all = json!({
        "whole": whole,
        "entries": proof.end.map(|end| end.seq),
        "end": proof.place().map(|place| place.to_string()),
        "heads": proof.heads,
        "signed": signed,
        "goes_through": through,
        "fault": fault,
    });
    voice.data(&all.to_string());
}

fn as_text(proof: &Proof, through: Option<bool>, voice: Voice) {
    let lang = voice.lang;
    match (&proof.fault, proof.place()) {
        (Some(fault), _) => voice.data(lang.of(fault)),
        (None, place) => {
            voice.data(lang.pick("操作日志完整", "the activity log is whole"));
            if let Some(place) = place {
                voice.data(&format!("{}{place}", lang.pick("末条：", "its end: ")));
            }
        }
    }
    voice.data(&format!("{}{}", lang.pick("成立的签名：", "signatures that hold: "), proof.heads));
    if let Some((seq, at)) = proof.signed {
        let at = rfc3339(at);
        voice.data(&match lang {
            crate::lang::Lang::Zh => format!("最近一次签名：第{seq}条，{at}"),
            crate::lang::Lang::En => format!("the newest: row {seq}, {at}"),
        });
    }
    match through {
        Some(true) => voice.data(lang.pick("日志经过所给的位置", "it goes through the place given")),
        Some(false) => voice.data(lang.pick(
            "日志不经过所给的位置：它之前有记录被改动或删去",
            "it does not go through the place given: rows before it were changed or removed",
        )),
        None => {}
    }
}
