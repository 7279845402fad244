//! `zizhi status`: which credentials are not valid any more, as lists that their issuer signs.

mod settle;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde_json::json;
use zizhi_app::status_lists::{
    self, CheckWith, EXCEPTIONS, ListFacts, NewList, Place, build_list, read_list, set_places, value_at,
};
use zizhi_app::{Failure, Host as _, Output, SystemHost, Text};
use zizhi_model::{Uscc, civil};

use super::shared::{self, KeyFile, TrustFrom, written};
use crate::lang::Lang;
use crate::render::style::safe;
use crate::say::Voice;
use crate::usage;
pub use settle::{as_json, still_open};

/// 吊销名单 / status lists
#[derive(Debug, Args)]
pub struct Status {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 建立一份全部有效的吊销名单 / build a list on which everything is valid
    #[command(after_help = "示例 / Examples:
  zizhi status build --uri https://status.example/91340100DEM0000228/1 --entries 1024 \\
      --issuer 91340100DEM0000228 --key 孵化器.zzkey -o 名单.jwt
  zizhi status build --uri https://… --entries 1024 --key 孵化器.zzkey --trust-dir 信任数据/")]
    Build(Build),
    /// 修改凭证的状态并重新签名 / change a status and sign the list anew
    #[command(after_help = "示例 / Example:
  zizhi status set 名单.jwt --idx 42 --value revoked --key 孵化器.zzkey

名单在原处更新；签发时间总比原来晚，旧名单不能再冒充它。
The list is replaced where it is; its time is always later than before.")]
    Set(Set),
    /// 读取吊销名单 / read a list
    #[command(after_help = "示例 / Examples:
  zizhi status read 名单.jwt --idx 42 --trust 长三角.zztrust
  zizhi status read 名单.jwt --issuer-jwk 孵化器.pub.jwk --json

退出码 / Exit codes: 0 签名成立 · 1 签名不成立 · 3 签名没有核验 · 2 文件无法读取")]
    Read(Read),
    /// 恢复数据库之后核对吊销名单 / settle status lists after a restore
    #[command(after_help = "示例 / Examples:
  zizhi status settle
  zizhi status settle 吊销名单-松江-2026-11-23.jwt
  zizhi status settle 长三角.zztrust
  zizhi status settle --from-trust
  zizhi status settle --reason 登记簿第3页 --revoked SJ-2026-0001
  zizhi status settle --reason 备份之后没有上班

没有写进来的撤销会重新变为有效，所以先显示内容并请求确认；脚本中用 --yes。
What is left out becomes valid again, so it is shown and confirmed first; use --yes in scripts.

退出码 / Exit codes: 0 没有待核对的名单 · 3 还有待核对的 · 2 没有核对")]
    Settle(settle::Settle),
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("place").required(true).args(["out", "trust_dir"]))]
struct Build {
    /// 名单的标识，凭证里写的就是它 / its name, as credentials refer to it
    #[arg(long, value_name = "URI", value_parser = shared::words)]
    uri: String,
    /// 位置数 / places
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    entries: u64,
    /// 每个状态的位数：1、2、4、8 / bits of one status
    #[arg(long, value_name = "BITS", default_value_t = 2)]
    bits: u8,
    /// 签发单位，写入 iss / who issues it
    #[arg(long, value_name = "USCC", value_parser = shared::uscc)]
    issuer: Option<Uscc>,
    #[command(flatten)]
    key: KeyFile,
    /// 签发时间，默认现在 / when it is signed; now by default
    #[arg(long, value_name = "TIME", value_parser = shared::time)]
    iat: Option<DateTime<Utc>>,
    /// 失效时间 / until when it may be used
    #[arg(long, value_name = "TIME", value_parser = shared::time)]
    exp: Option<DateTime<Utc>>,
    /// 多少秒后应取新名单 / after how many seconds a reader should look again
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(1..))]
    ttl: Option<i64>,
    /// 输出文件 / where to write
    #[arg(short = 'o', long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// 信任数据文件夹：写到其中 status/<摘要>.jwt / a trust folder: write to its status/<sha256>.jwt
    #[arg(long, value_name = "DIR")]
    trust_dir: Option<PathBuf>,
    /// 替换已存在的文件 / replace a file that is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
struct Set {
    /// 吊销名单 / the list
    #[arg(value_name = "LIST")]
    list: PathBuf,
    /// 位置，可多次 / the place; may be repeated
    #[arg(long, value_name = "N", required = true)]
    idx: Vec<u64>,
    /// 状态：valid 有效、revoked 撤销、suspended 暂停、ended 注销 / the status
    #[arg(long, value_name = "VALUE", value_parser = status)]
    value: u8,
    #[command(flatten)]
    key: KeyFile,
    /// 原名单的签名公钥（密钥已更换时） / the key that signed it before, if that was replaced
    #[arg(long, value_name = "F")]
    signed_by: Option<PathBuf>,
    /// 输出文件；不给时就地更新 / where to write; in place by default
    #[arg(short = 'o', long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// 替换已存在的文件 / replace a file that is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
struct Read {
    /// 吊销名单，或 {"bits":…,"lst":…} / the list, or the bare object
    #[arg(value_name = "LIST")]
    list: PathBuf,
    /// 只看一个位置 / one place only
    #[arg(long, value_name = "N")]
    idx: Option<u64>,
    /// 签发方公钥 / the issuer's public key
    #[arg(long, value_name = "F")]
    issuer_jwk: Option<PathBuf>,
    #[command(flatten)]
    trust: TrustFrom,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

fn status(text: &str) -> Result<u8, String> {
    let zh = "可以是 valid、revoked、suspended、ended，或编号";
    status_lists::status_value(text).map_err(|error| usage::either(zh, &error))
}

/// Runs the command.
pub fn run(args: &Status, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Build(args) => build(args, voice),
        Verb::Set(args) => set(args, voice),
        Verb::Read(args) => read(args, voice),
        Verb::Settle(args) => settle::settle(args, voice),
    }
}

fn build(args: &Build, voice: Voice) -> Result<ExitCode, Failure> {
    let path = match (&args.out, &args.trust_dir) {
        (Some(out), _) => out.clone(),
        (None, Some(folder)) => status_lists::place_in(folder, &args.uri),
        (None, None) => return Err(nowhere()),
    };
    let key = args.key.open(voice)?;
    let new = NewList {
        uri: &args.uri,
        entries: args.entries,
        bits: args.bits,
        issuer: args.issuer,
        iat: args.iat.unwrap_or_else(|| SystemHost.now()).timestamp(),
        exp: args.exp.map(|exp| exp.timestamp()),
        ttl: args.ttl,
    };
    build_list(&new, &key, &Output { path: &path, force: args.force })?;
    written(&path, voice);
    Ok(ExitCode::SUCCESS)
}

fn set(args: &Set, voice: Voice) -> Result<ExitCode, Failure> {
    let key = args.key.open(voice)?;
    let output = match &args.out {
        Some(out) => Output { path: out, force: args.force },
        // The list itself is what is to be changed.
        None => Output { path: &args.list, force: true },
    };
    let places: Vec<Place> = args.idx.iter().map(|idx| Place { idx: *idx, value: args.value }).collect();
    let signed_by = args.signed_by.as_deref();
    set_places(&args.list, &places, &key, signed_by, &output, &SystemHost)?;
    written(output.path, voice);
    Ok(ExitCode::SUCCESS)
}

fn read(args: &Read, voice: Voice) -> Result<ExitCode, Failure> {
    let library = match &args.issuer_jwk {
        Some(_) => None,
        None => args.trust.open_if_any(SystemHost.now())?,
    };
    let with = match (&args.issuer_jwk, &library) {
        (Some(file), _) => CheckWith::Key(file),
        (None, Some(library)) => CheckWith::Register(library),
        (None, None) => CheckWith::Nothing,
    };
    let (facts, list) = read_list(&args.list, &with, &SystemHost)?;
    let one = args.idx.map(|idx| value_at(&list, idx).map(|value| Place { idx, value })).transpose()?;
    if args.json {
        let mut told = json!(facts);
        if let (Some(place), Some(members)) = (one, told.as_object_mut()) {
            members.insert("idx".to_owned(), place.idx.into());
            members.insert("value".to_owned(), place.value.into());
        }
        voice.data(&told.to_string());
    } else {
        tell(&facts, one, voice);
    }
    Ok(ExitCode::from(match facts.verified {
        Some(true) => 0,
        Some(false) => 1,
        None => 3,
    }))
}

fn tell(facts: &ListFacts, one: Option<Place>, voice: Voice) {
    let lang = voice.lang;
    let line =
        |place: &Place| format!("  {}  {}", place.idx, lang.of(&status_lists::status_name(place.value)));
    if let Some(place) = one {
        voice.data(&line(&place));
    } else {
        voice.data(&match lang {
            Lang::Zh => {
                format!("吊销名单  {} 个位置，其中 {} 个不是有效", facts.entries, facts.exception_count)
            }
            Lang::En => {
                format!("status list  {} places, {} of them not valid", facts.entries, facts.exception_count)
            }
        });
        facts.exceptions.iter().for_each(|place| voice.data(&line(place)));
        if facts.exception_count > EXCEPTIONS as u64 {
            voice.data("  …");
        }
    }
    let known = [
        (lang.pick("名称", "name"), facts.uri.as_deref()),
        (lang.pick("签发", "issuer"), facts.issuer.as_deref()),
    ];
    for (label, value) in known {
        if let Some(value) = value {
            voice.data(&format!("  {label}  {}", safe(value)));
        }
    }
    let times = [(lang.pick("签发时间", "signed"), facts.iat), (lang.pick("有效至", "expires"), facts.exp)];
    for (label, seconds) in times {
        if let Some(time) = seconds.and_then(civil::from_numeric_date) {
            voice.data(&format!("  {label}  {}", lang.pick(&civil::time_zh(time), &civil::time_en(time))));
        }
    }
    voice.data(&format!(
        "  {}",
        lang.pick(
            match facts.verified {
                Some(true) => "签名  ✓ 成立",
                Some(false) => "签名  ✗ 不成立，名单不能采信",
                None => "签名  ? 没有核验：请用 --issuer-jwk 或 --trust 给出签发方的公钥",
            },
            match facts.verified {
                Some(true) => "signature  ✓ holds",
                Some(false) => "signature  ✗ does not hold; the list cannot be relied on",
                None => "signature  ? not checked: give the issuer's key with --issuer-jwk or --trust",
            },
        )
    ));
}

fn nowhere() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed("没有说明名单写到哪里。", "nothing says where the list goes"),
        Text::fixed("请用 -o 或 --trust-dir。", "use -o or --trust-dir"),
    )
}
