//! `zizhi key`: the keys of a firm or an incubator.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use zizhi_app::keys::{self, KeyFacts, PublicForm};
use zizhi_app::{Algorithm, Failure, Output, SystemHost};

use super::shared::{MaybeOut, Out, Passphrase, written};
use crate::say::Voice;
use crate::usage;

/// 密钥 / keys
#[derive(Debug, Args)]
pub struct Key {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 生成一把签名密钥，用口令加密保存 / make a signing key, kept behind a passphrase
    #[command(after_help = "示例 / Examples:
  zizhi key new -o 企业.zzkey
  zizhi key new --alg SM2-SM3 -o 企业国密.zzkey --passphrase-file 口令.txt

公钥另存为 企业.pub.jwk，交给签发方登记。口令无法找回。
The public key goes to 企业.pub.jwk, for the issuer. A lost passphrase cannot be recovered.")]
    New(New),
    /// 显示密钥编号和公钥，不需要口令 / show the key's id and public half; needs no passphrase
    #[command(after_help = "示例 / Example:
  zizhi key show 企业.zzkey --json")]
    Show {
        /// 密钥文件 / a key file, JWK or PEM
        #[arg(value_name = "KEY")]
        file: PathBuf,
        /// 输出JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// 导出公钥；私钥不导出 / export the public key; never the private one
    #[command(after_help = "示例 / Examples:
  zizhi key export 企业.zzkey --public --format jwk -o 企业公钥.jwk
  zizhi key export 企业.zzkey --public --format pem")]
    Export {
        /// 密钥文件 / a key file, JWK or PEM
        #[arg(value_name = "KEY")]
        file: PathBuf,
        /// 只导出公钥（必填，以免误解） / the public half only; must be said
        #[arg(long, required = true)]
        public: bool,
        /// 格式 / the form
        #[arg(long, value_enum, default_value = "jwk")]
        format: Form,
        #[command(flatten)]
        out: MaybeOut,
    },
    /// 生成收件密钥（age），别人据此给本单位加密 / make an inbox key; others seal to it
    #[command(after_help = "示例 / Example:
  zizhi key inbox -o 收件密钥.txt

显示的 age1… 交给别人；文件本身能打开发给本单位的加密档案，请妥善保管。
Give the age1… to others; the file opens what is sealed to you, so keep it safe.")]
    Inbox(Out),
}

#[derive(Debug, Args)]
struct New {
    /// 算法 / the algorithm
    #[arg(long, value_name = "ALG", default_value = "ES256", value_parser = algorithm)]
    alg: Algorithm,
    #[command(flatten)]
    out: Out,
    /// 公钥文件，默认与密钥文件同名、以 .pub.jwk 结尾 / where the public key goes
    #[arg(long, value_name = "FILE")]
    public: Option<PathBuf>,
    #[command(flatten)]
    passphrase: Passphrase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Jwk,
    Pem,
}

fn algorithm(text: &str) -> Result<Algorithm, String> {
    Algorithm::parse(text)
        .ok_or_else(|| usage::either("可以是 ES256、EdDSA 或 SM2-SM3", "ES256, EdDSA or SM2-SM3"))
}

/// Runs the command.
pub fn run(args: &Key, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::New(args) => new(args, voice)?,
        Verb::Show { file, json } => tell(&keys::show_key(file)?, None, *json, voice),
        Verb::Export { file, public: _, format, out } => export(file, *format, out, voice)?,
        Verb::Inbox(out) => {
            voice.data(&keys::make_inbox(&out.place())?);
            written(&out.out, voice);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn new(args: &New, voice: Voice) -> Result<(), Failure> {
    let secret = args.out.place();
    let public = args.public.clone().unwrap_or_else(|| args.out.out.with_extension("pub.jwk"));
    let public = Output { path: &public, force: args.out.force };
    // Nobody should think of a passphrase for a file that will not be written.
    secret.check()?;
    public.check()?;
    secret.check_apart(&public)?;
    let passphrase = args.passphrase.for_new_key(voice)?;
    let made = keys::make_key(args.alg, &passphrase, &secret, &public, &SystemHost)?;
    tell(&made, Some(public.path), args.json, voice);
    written(secret.path, voice);
    Ok(())
}

fn export(file: &Path, format: Form, out: &MaybeOut, voice: Voice) -> Result<(), Failure> {
    let form = match format {
        Form::Jwk => PublicForm::Jwk,
        Form::Pem => PublicForm::Pem,
    };
    let text = keys::export_key(file, form)?;
    match out.place() {
        Some(place) => {
            keys::write_public(&text, &place)?;
            written(place.path, voice);
        }
        None => voice.data(text.trim_end()),
    }
    Ok(())
}

fn tell(facts: &KeyFacts, public: Option<&Path>, as_json: bool, voice: Voice) {
    let lang = voice.lang;
    if as_json {
        let public = public.map(|path| path.display().to_string());
        voice.data(
            &json!({ "kid": facts.kid, "alg": facts.alg, "jwk": facts.jwk, "public_file": public })
                .to_string(),
        );
        return;
    }
    voice.data(&format!("{}  {}", lang.pick("密钥编号", "key id   "), facts.kid));
    voice.data(&format!("{}  {}", lang.pick("算法    ", "algorithm"), facts.alg));
    let jwk = serde_json::to_string(&facts.jwk).unwrap_or_default();
    voice.data(&format!("{}  {jwk}", lang.pick("公钥    ", "public   ")));
    if let Some(path) = public {
        voice.talk(&format!("{}{}", lang.pick("公钥已写入 ", "public key written to "), path.display()));
    }
}
