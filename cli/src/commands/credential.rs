//! `zizhi credential`: issue, present and look at credentials.

mod recover;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use zizhi_app::inspect_credential::{Against, inspect_credential};
use zizhi_app::issue_credential::{Issuing, StatusPlace, issue_credential};
use zizhi_app::present_credential::{Disclose, For, choosable, present_credential};
use zizhi_app::{Failure, SystemHost};

use super::shared::{self, KeyFile, MaybeOut, TrustFrom, written};
use crate::render::claims;
use crate::render::style::safe;
use crate::say::Voice;

/// 凭证 / credentials
#[derive(Debug, Args)]
pub struct Credential {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 查看任何SD-JWT凭证：写了什么、披露了什么、谁签的、出示给谁 / look at any SD-JWT
    #[command(after_help = "示例 / Examples:
  zizhi credential inspect 在孵证明.zzcred --trust 长三角.zztrust
  zizhi credential inspect 出示.sdjwt --issuer-jwk 签发方.jwk \\
      --aud 91310117DEM000030B --nonce n-1 --json
  zizhi credential inspect vector.json --issuer-jwk issuer.jwk --at 2025-01-01T00:00:00Z --json

没有公钥也没有信任数据时，签名不核验，结论为待定。
Without a key and without trust data the signature is not checked, and the answer is pending.

退出码 / Exit codes: 0 成立 · 1 不成立 · 3 待定 · 2 文件无法读取")]
    Inspect(Inspect),
    /// 签发凭证 / issue a credential
    #[command(after_help = "示例 / Example:
  zizhi credential issue --key 孵化器.zzkey --claims 在孵证明.json --holder-jwk 企业.pub.jwk \\
      --status https://status.example/91340100DEM0000228/1#42 -o 在孵证明.zzcred

声明文件是一个JSON对象：iss、sub（urn:uscc:…）、vct、provenance、name、region 及该类型的字段；
iat 不写时填现在。金额以分为单位。格式见 docs/formats.md 的 Credential 一节。
The claims are one JSON object; iat is now if it is not there. See “Credential” in docs/formats.md.")]
    Issue(Issue),
    /// 选择字段出示给一个接收方 / present chosen claims to one verifier
    #[command(after_help = "示例 / Examples:
  zizhi credential present 高企.zzcred --key 企业.zzkey --disclose number --disclose valid_until \\
      --aud 91310117DEM000030B --nonce n-1 -o 高企.sdjwt
  zizhi credential present 高企.zzcred --key 企业.zzkey --disclose-all \\
      --aud https://verifier.example --nonce n-1")]
    Present(Present),
    /// 把本单位签发的凭证补登进数据库 / enter credentials that this organisation issued again
    #[command(after_help = "示例 / Examples:
  zizhi credential recover 签发/
  zizhi credential recover 在孵证明.zzcred --json
  zizhi credential recover --complete

从备份恢复之后，数据库不知道备份之后签发的凭证，也就不能撤销；从签发时写出的文件补登即可。
After a restore the database does not know what was issued after the backup, and cannot revoke it.

退出码 / Exit codes: 0 都已补登或原来就有 · 1 有文件没有补登 · 2 没有可用的文件")]
    Recover(recover::Recover),
    /// 列出凭证中可选择披露的字段 / list the claims that can be chosen
    #[command(after_help = "示例 / Example:
  zizhi credential claims 高企.zzcred")]
    Claims {
        /// 凭证文件 / the credential
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// 输出JSON / print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
struct Inspect {
    /// 凭证或出示文件：紧凑形式或JSON形式 / a credential or presentation, compact or JSON
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 签发方公钥（JWK或PEM） / the issuer's public key
    #[arg(long, value_name = "F")]
    issuer_jwk: Option<PathBuf>,
    /// 应为持有人的公钥 / the key that the holder should have
    #[arg(long, value_name = "F")]
    holder_jwk: Option<PathBuf>,
    /// 应出示给谁；给出后必须有持有人签名 / the audience; with it, key binding is required
    #[arg(long, value_name = "A")]
    aud: Option<String>,
    /// 应带的随机数 / the nonce
    #[arg(long, value_name = "N")]
    nonce: Option<String>,
    /// 检查时点（RFC 3339），默认现在 / the time, now by default
    #[arg(long, value_name = "TIME", value_parser = shared::time)]
    at: Option<DateTime<Utc>>,
    #[command(flatten)]
    trust: TrustFrom,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Issue {
    #[command(flatten)]
    key: KeyFile,
    /// 声明文件（JSON） / the claims
    #[arg(long, value_name = "F.json")]
    claims: PathBuf,
    /// 持有企业的公钥 / the holder's public key
    #[arg(long, value_name = "H")]
    holder_jwk: PathBuf,
    /// 在吊销名单中的位置 / its place in a status list
    #[arg(long, value_name = "URI#IDX", value_parser = shared::status_place)]
    status: Option<StatusPlace>,
    /// 占位摘要的个数，使字段数目看不出来 / digests of nothing, to hide the number of claims
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    decoys: u16,
    #[command(flatten)]
    out: MaybeOut,
}

#[derive(Debug, Args)]
struct Present {
    /// 凭证文件 / the credential
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    key: KeyFile,
    /// 要披露的字段，可多次 / a claim to disclose; may be repeated
    #[arg(long, value_name = "PATH", num_args = 1.., required_unless_present = "disclose_all", conflicts_with = "disclose_all")]
    disclose: Vec<String>,
    /// 披露全部字段 / disclose every claim
    #[arg(long)]
    disclose_all: bool,
    /// 接收方：统一社会信用代码或其他标识 / the verifier
    #[arg(long, value_name = "A", value_parser = shared::words)]
    aud: String,
    /// 接收方给出的随机数 / the verifier's nonce
    #[arg(long, value_name = "N", value_parser = shared::words)]
    nonce: String,
    #[command(flatten)]
    out: MaybeOut,
}

/// Runs the command.
pub fn run(args: &Credential, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Inspect(args) => inspect(args, voice),
        Verb::Issue(args) => issue(args, voice),
        Verb::Present(args) => present(args, voice),
        Verb::Recover(args) => recover::recover(args, voice),
        Verb::Claims { file, json } => {
            let choosable = choosable(file)?;
            if *json {
                voice.data(&serde_json::to_string(&choosable).unwrap_or_default());
            } else {
                voice.data(claims::choices(&choosable, voice).trim_end());
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn inspect(args: &Inspect, voice: Voice) -> Result<ExitCode, Failure> {
    let host = shared::host(args.at);
    let library = match &args.issuer_jwk {
        // With a key at hand nobody asks the register.
        Some(_) => None,
        None => args.trust.open_if_any(host.now())?,
    };
    let against = Against {
        issuer: args.issuer_jwk.as_deref(),
        holder: args.holder_jwk.as_deref(),
        aud: args.aud.as_deref(),
        nonce: args.nonce.as_deref(),
        library: library.as_ref(),
    };
    let found = inspect_credential(&args.file, &against, host.as_ref())?;
    if args.json {
        voice.data(&found.json.to_string());
    } else {
        voice.data(claims::page(&found, voice).trim_end());
    }
    Ok(shared::exit(found.outcome()))
}

fn issue(args: &Issue, voice: Voice) -> Result<ExitCode, Failure> {
    let key = args.key.open(voice)?;
    let issuing = Issuing {
        claims: &args.claims,
        holder: &args.holder_jwk,
        status: args.status.clone(),
        decoys: usize::from(args.decoys),
    };
    let place = args.out.place();
    let issued = issue_credential(&issuing, &key, place.as_ref(), &SystemHost)?;
    for remark in &issued.remarks {
        voice.talk(&format!("{}{}", voice.lang.pick("注意：", "note: "), safe(voice.lang.of(remark))));
    }
    deliver(&issued.text, &args.out, voice);
    Ok(ExitCode::SUCCESS)
}

fn present(args: &Present, voice: Voice) -> Result<ExitCode, Failure> {
    let key = args.key.open(voice)?;
    let disclose = if args.disclose_all { Disclose::All } else { Disclose::Only(args.disclose.clone()) };
    let to = For { aud: &args.aud, nonce: &args.nonce };
    let place = args.out.place();
    let text = present_credential(&args.file, &disclose, &to, &key, place.as_ref(), &SystemHost)?;
    deliver(&text, &args.out, voice);
    Ok(ExitCode::SUCCESS)
}

/// Tells where a text was written, or prints it.
fn deliver(text: &str, out: &MaybeOut, voice: Voice) {
    match &out.out {
        Some(path) => written(path, voice),
        None => voice.data(text),
    }
}
