//! `zizhi decision`: the firm reads what the destination decided.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde_json::json;
use zizhi_app::Failure;
use zizhi_app::read_decision::{ReadDecision, read_decision};

use super::shared::{self, TrustFrom};
use crate::render::decision;
use crate::say::Voice;

/// 决定 / decisions
#[derive(Debug, Args)]
pub struct Decision {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 阅读决定：谁签的、针对哪份档案、结论和理由 / read a decision
    #[command(after_help = "示例 / Example:
  zizhi decision show 决定.zzdecision --trust 长三角.zztrust --dossier 星河.zzdossier

退出码 / Exit codes: 0 决定可信（不论结论） · 1 不成立或针对另一份档案 · 3 待定 · 2 文件无法读取
The exit code says whether the decision is genuine, not what it decides.")]
    Show(Show),
}

#[derive(Debug, Args)]
struct Show {
    /// 决定文件 / the decision
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 自己提交的档案，用来核对 / the dossier that was handed in, to compare with
    #[arg(long, value_name = "FILE")]
    dossier: Option<PathBuf>,
    /// 随附的核验报告，用来核对 / the report that came with it, to compare with
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    trust: TrustFrom,
    /// 查看时点，默认现在 / the time, now by default
    #[arg(long, value_name = "TIME", value_parser = shared::time)]
    at: Option<DateTime<Utc>>,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Decision, voice: Voice) -> Result<ExitCode, Failure> {
    let Verb::Show(args) = &args.verb;
    let host = shared::host(args.at);
    let library = args.trust.open(host.now())?;
    let (dossier, report) = (args.dossier.as_deref(), args.report.as_deref());
    let read: ReadDecision = read_decision(&args.file, dossier, report, &library, host.as_ref())?;
    if args.json {
        voice.data(&json!(read).to_string());
    } else {
        voice.data(decision::page(&read, voice).trim_end());
    }
    Ok(shared::exit(read.outcome()))
}
