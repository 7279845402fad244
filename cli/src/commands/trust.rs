//! `zizhi trust`: the register of issuers, its keys and rules, as data to import, look at and publish.

mod author;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use zizhi_app::import_trust::{Accepted, Imported, import_trust};
use zizhi_app::refresh_trust::{Refresh, refresh_trust};
use zizhi_app::trust_data::TrustData;
use zizhi_app::{Failure, Host as _, SystemHost, open_trust, show_trust};
use zizhi_model::Uscc;

use super::shared;
use crate::lang::Lang;
use crate::render::style::safe;
use crate::render::trust;
use crate::say::Voice;

/// Exit code for something refused.
const REFUSED: u8 = 1;
/// Exit code for something that could not be decided.
const PENDING: u8 = 3;

/// 信任数据 / trust data
#[derive(Debug, Args)]
pub struct Trust {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 导入信任数据包或文件夹，拒绝回退 / import a package or folder; refuses to go back
    #[command(after_help = "示例 / Examples:
  zizhi trust import 长三角.zztrust
  zizhi trust import 长三角.zztrust --root 1.root.json --data 数据/

第一次导入后，请把显示的根指纹与纸质文件核对。
After the first import, compare the root's fingerprint with the paper.

退出码 / Exit codes: 0 已导入 · 3 已导入，但有过期或不可用的部分 · 1 被拒绝，未作改动 · 2 文件无法读取")]
    Import(Import),
    /// 查看信任数据：版本、时间、根指纹、各省、规则包 / show versions, age, fingerprint, provinces, packs
    #[command(after_help = "示例 / Examples:
  zizhi trust show
  zizhi trust show 长三角.zztrust --json
  zizhi trust show --issuer 91340100DEM0000228

退出码 / Exit codes: 0 一切有效 · 1 名录中没有该机构 · 3 有过期或不可用的部分 · 2 文件无法读取")]
    Show(Show),
    /// 从HTTPS地址更新已导入的信任数据 / refresh what was imported over HTTPS
    #[command(after_help = "示例 / Examples:
  zizhi trust refresh https://信任数据发布方的地址/trust
  zizhi trust refresh https://…/trust --root 1.root.json   （首次使用 / the first time）

退出码 / Exit codes: 0 已更新 · 3 已更新，但有过期或不可用的部分 · 1 被拒绝或未取得，未作改动 · 2 地址或文件无法使用")]
    Refresh(RefreshArgs),
    #[command(flatten)]
    Author(author::Author),
}

/// Where the trust data of this person is kept.
#[derive(Debug, Args)]
struct Data {
    /// 数据文件夹 / the data folder
    #[arg(id = "data", long, value_name = "DIR", env = "ZIZHI_DATA")]
    folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Import {
    /// .zztrust 文件或文件夹 / a package or a folder
    #[arg(value_name = "T")]
    package: PathBuf,
    /// 作为起点的根文件（首次导入时） / the root to start from, at the first import
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Show {
    /// 要查看的文件或文件夹，默认为已导入的 / a package or a folder; else what was imported
    #[arg(value_name = "T")]
    package: Option<PathBuf>,
    /// 作为起点的根文件 / the root to start from
    #[arg(long, value_name = "FILE", requires = "package")]
    root: Option<PathBuf>,
    /// 查看一家机构的登记 / show the record of one issuer
    #[arg(long, value_name = "USCC", value_parser = shared::uscc)]
    issuer: Option<Uscc>,
    #[command(flatten)]
    data: Data,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct RefreshArgs {
    /// 信任数据文件夹的地址（https） / address of the folder
    #[arg(value_name = "URL")]
    url: String,
    /// 作为起点的根文件（首次使用时） / the root to start from, the first time
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    /// 服务器证书的签发者（PEM），代替公共的 / who may vouch for the server, in place of the public authorities
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// 另外要取的吊销名单 / another status list to fetch
    #[arg(long, value_name = "URI")]
    status: Vec<String>,
    /// 每个文件最多等待的秒数 / longest time for one file, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    #[command(flatten)]
    data: Data,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Trust, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Import(args) => {
            let data = TrustData::of(args.data.folder.as_deref())?;
            let imported = import_trust(&args.package, args.root.as_deref(), &data, &SystemHost)?;
            let accepted = matches!(imported, Imported::Accepted(_));
            let code = told(imported, args.json, voice);
            if accepted {
                kept(&data, args.data.folder.is_some(), voice);
            }
            Ok(code)
        }
        Verb::Show(args) => show(args, voice),
        Verb::Refresh(args) => refresh(args, voice),
        Verb::Author(args) => author::run(args, voice),
    }
}

/// Says where imported trust data is, and how later commands find it.
fn kept(data: &TrustData, named: bool, voice: Voice) {
    let at = safe(&data.folder().display().to_string());
    voice.talk(&match (voice.lang, named) {
        (Lang::Zh, false) => format!("信任数据存放在 {at}；以后的命令不用再写 --trust"),
        (Lang::En, false) => format!("the trust data is kept in {at}; later commands need no --trust"),
        (Lang::Zh, true) => format!("信任数据存放在 {at}；以后的命令用同样的 --data 或 ZIZHI_DATA 就不用写 --trust"),
        (Lang::En, true) => format!(
            "the trust data is kept in {at}; later commands with the same --data or ZIZHI_DATA need no --trust"
        ),
    });
}

fn refresh(args: &RefreshArgs, voice: Voice) -> Result<ExitCode, Failure> {
    /// However many files there are.
    const WHOLE: Duration = Duration::from_secs(3600);
    let data = TrustData::of(args.data.folder.as_deref())?;
    let order = Refresh {
        url: args.url.clone(),
        pin: args.root.clone(),
        ca: args.ca.clone(),
        status: args.status.clone(),
        per_file: Duration::from_secs(args.timeout),
        whole: WHOLE,
    };
    Ok(told(refresh_trust(&order, &data, &SystemHost)?, args.json, voice))
}

/// Tells what became of an import.
fn told(imported: Imported, json: bool, voice: Voice) -> ExitCode {
    match imported {
        Imported::Accepted(accepted) => {
            let Accepted { trust: shown, before } = *accepted;
            if json {
                voice.data(&serde_json::to_string(&shown).unwrap_or_default());
            } else {
                voice.talk(&trust::imported(&shown, before, voice));
                voice.data(&trust::page(&shown, voice));
            }
            ExitCode::from(if shown.checks.is_empty() { 0 } else { PENDING })
        }
        Imported::Refused(error) => {
            crate::say::tell(&open_trust::refused(&error), voice);
            ExitCode::from(REFUSED)
        }
    }
}

fn show(args: &Show, voice: Voice) -> Result<ExitCode, Failure> {
    let data = TrustData::of(args.data.folder.as_deref())?;
    let now = SystemHost.now();
    let (found, kept) = show_trust::look(args.package.as_deref(), args.root.as_deref(), &data, now)?;
    if let Some(uscc) = &args.issuer {
        let issuer = show_trust::issuer(&found, uscc)?;
        let code = if issuer.is_some() { 0 } else { REFUSED };
        if args.json {
            voice.data(&serde_json::to_string(&issuer).unwrap_or_default());
        } else if let Some(issuer) = &issuer {
            voice.data(&trust::issuer(issuer, voice));
        } else {
            voice.talk(&trust::no_issuer(uscc, found.provinces().len(), voice));
        }
        return Ok(ExitCode::from(code));
    }
    let shown = match &args.package {
        Some(package) => show_trust::describe_package(&found, package, now)?,
        None => show_trust::describe(&found, kept),
    };
    voice.data(&if args.json {
        serde_json::to_string(&shown).unwrap_or_default()
    } else {
        trust::page(&shown, voice)
    });
    Ok(ExitCode::from(if shown.checks.is_empty() { 0 } else { PENDING }))
}
