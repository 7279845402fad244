//! `zizhi request`: how a destination asks a firm for a dossier.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde_json::json;
use zizhi_app::requests::{Asking, make_request, read_request, remark};
use zizhi_app::requests_stored::{self, NewRequest};
use zizhi_app::{Failure, Host as _, SystemHost, Text};
use zizhi_model::{Outcome, Region, Scenario, Uscc, civil};

use super::own_desk::{OwnDesk, is_version};
use super::shared::{self, KeyOrDatabase, Out, TrustFrom, written};
use crate::render::request;
use crate::render::style::safe;
use crate::say::Voice;

/// 索取请求 / requests
#[derive(Debug, Args)]
pub struct Request {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 生成并签署请求，发给企业 / make and sign a request for a firm
    #[command(after_help = "示例 / Example:
  zizhi request new --key 松江.zzkey --from 91310117DEM000030B \\
      --scenario branch_operation --region 310117 \\
      --checklist SJ-BRANCH --rule-pack sh-songjiang@3 --for 91340100DEM000014D -o 请求.zzrequest
  zizhi request new --data 数据 --scenario branch_operation --region 310117 \\
      --checklist SJ-BRANCH --rule-pack sh-songjiang@3 --for 91340100DEM000014D -o 请求.zzrequest

不给 --key 时用本地数据库：由其所有者提出，用其中的密钥签署，并记入数据库，窗口中可见；印出请求编号。
Without --key it is the local database that asks: its owner, with the key in it. The request is noted there, as the
window does, and its id is printed.

退出码 / Exit codes: 0 已生成 · 2 没有生成")]
    New(New),
    /// 查看请求：谁要什么、何时前答复、签名是否成立 / read a request
    #[command(after_help = "示例 / Example:
  zizhi request show 请求.zzrequest --trust 长三角.zztrust

退出码 / Exit codes: 0 成立 · 1 不成立或已过期 · 3 待定（如没有信任数据） · 2 文件无法读取")]
    Show(Show),
}

#[derive(Debug, Args)]
struct New {
    #[command(flatten)]
    key: KeyOrDatabase,
    /// 提出请求的单位（用密钥文件时） / the destination that asks, with a key file
    #[arg(long, value_name = "USCC", value_parser = shared::uscc, requires = "key")]
    from: Option<Uscc>,
    /// 情形：branch_operation 异地经营、full_relocation 整体迁移、partial_relocation 部分搬迁、voucher_redemption 创新券兑付、financing 融资事实表 / the scenario
    #[arg(long, value_name = "SCENARIO", value_parser = shared::scenario)]
    scenario: Scenario,
    /// 迁入地区，6位代码 / the destination's region
    #[arg(long, value_name = "REGION", value_parser = shared::region)]
    region: Region,
    /// 材料清单编号 / the checklist
    #[arg(long, value_name = "ID")]
    checklist: String,
    /// 规则包及版本 / the rule pack
    #[arg(long, value_name = "ID@VERSION", value_parser = shared::rule_pack)]
    rule_pack: (String, i64),
    /// 只请这家企业答复 / the only firm that may answer
    #[arg(long = "for", value_name = "USCC", value_parser = shared::uscc)]
    only_for: Option<Uscc>,
    /// 答复期限（天） / for how many days
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    #[command(flatten)]
    trust: TrustFrom,
    #[command(flatten)]
    out: Out,
}

#[derive(Debug, Args)]
struct Show {
    /// 请求文件 / the request
    #[arg(value_name = "FILE")]
    file: PathBuf,
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
pub fn run(args: &Request, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::New(args) => new(args, voice),
        Verb::Show(args) => show(args, voice),
    }
}

fn new(args: &New, voice: Voice) -> Result<ExitCode, Failure> {
    args.out.place().check()?;
    let Some(key) = &args.key.key else { return noted(args, voice) };
    let from = args.from.ok_or_else(nobody_asks)?;
    let key = args.key.passphrase.open_key(key, voice)?;
    let asking = Asking {
        from,
        scenario: args.scenario,
        region: args.region,
        checklist_id: args.checklist.clone(),
        rule_pack: args.rule_pack.clone(),
        only_for: args.only_for,
        days: args.days,
    };
    // What was imported is only looked at for a remark: signing needs none of it.
    let library = match args.trust.open_if_any(SystemHost.now()) {
        Err(failure) if args.trust.trust.is_some() => return Err(failure),
        opened => opened.ok().flatten(),
    };
    if let Some(remark) = library.and_then(|library| remark(&asking, &library, &SystemHost)) {
        voice.talk(&format!("{}{}", voice.lang.pick("注意：", "note: "), safe(voice.lang.of(&remark))));
    }
    make_request(&asking, &key, &args.out.place(), &SystemHost)?;
    written(&args.out.out, voice);
    Ok(ExitCode::SUCCESS)
}

/// The request of the local database, which notes it.
fn noted(args: &New, voice: Voice) -> Result<ExitCode, Failure> {
    let (library, wanted) = (OwnDesk::library_beside(&args.trust)?, (&*args.rule_pack.0, &*args.checklist));
    let today = civil::date_in_shanghai(SystemHost.now());
    let pack = requests_stored::terms(&library, &args.region, wanted, args.scenario, today)?;
    is_version(pack.version, &args.rule_pack)?;
    let desk = OwnDesk::beside(&args.trust, &args.key.passphrase, voice)?;
    let new = NewRequest {
        scenario: args.scenario,
        checklist_id: &args.checklist,
        pack_id: &args.rule_pack.0,
        destination: args.region,
        only_for: args.only_for,
        days: args.days,
        passphrase: &desk.secret,
        path: &args.out.out,
    };
    let (id, _) = requests_stored::make(&desk.firm(), &new)?;
    voice.data(&id);
    written(&args.out.out, voice);
    Ok(ExitCode::SUCCESS)
}

fn nobody_asks() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed("没有说明由谁提出请求，没有生成请求。", "nothing says who asks; no request was made"),
        Text::fixed(
            "用密钥文件时请加 --from；要由本地数据库的所有者提出，请去掉 --key。",
            "with a key file add --from; for the owner of the local database to ask, leave out --key",
        ),
    )
}

fn show(args: &Show, voice: Voice) -> Result<ExitCode, Failure> {
    let host = shared::host(args.at);
    let library = args.trust.open(host.now())?;
    let read = read_request(&args.file, &library, host.as_ref())?;
    let outcome = read.checks.iter().map(|check| check.outcome).max().unwrap_or(Outcome::Pending);
    if args.json {
        voice.data(&json!(read).to_string());
    } else {
        voice.data(request::page(&read, outcome, voice).trim_end());
    }
    Ok(shared::exit(outcome))
}
