//! Arguments that several commands share: times, codes, keys with their passphrase, places for results,
//! trust data.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Args;
use zizhi_app::issue_credential::StatusPlace;
use zizhi_app::{
    Failure, FixedTime, Host, Output, SigningKey, SystemHost, Text, keys, open_trust, trust_data, vault,
};
use zizhi_model::{Outcome, Region, Scenario, Uscc, Verdict, civil};
use zizhi_verify::Library;

use crate::say::Voice;
use crate::usage;

/// The environment variable with the passphrase of sealed key files.
pub const PASSPHRASE: &str = "ZIZHI_PASSPHRASE";

/// A time of RFC 3339.
pub fn time(text: &str) -> Result<DateTime<Utc>, String> {
    civil::parse_time(text).map_err(|error| {
        let zh = "时间要写全日期、时刻和时区，如 2026-11-23T10:00:00+08:00";
        usage::either(zh, &format!("{error}, such as 2026-11-23T10:00:00+08:00"))
    })
}

/// A unified social credit code, as typed.
pub fn uscc(text: &str) -> Result<Uscc, String> {
    let code = text.trim();
    Uscc::parse_lenient(code.strip_prefix("urn:uscc:").unwrap_or(code)).map_err(|error| {
        let zh = "统一社会信用代码为18位数字或大写字母，末位是校验位；请对照营业执照核对";
        usage::either(zh, &error.to_string())
    })
}

/// A region of six digits.
pub fn region(text: &str) -> Result<Region, String> {
    Region::parse(text)
        .map_err(|error| usage::either("地区写6位行政区划代码，如 310117（松江区）", &error.to_string()))
}

/// A scenario by its identifier.
pub fn scenario(text: &str) -> Result<Scenario, String> {
    Scenario::parse(text).ok_or_else(|| {
        let known: Vec<String> =
            Scenario::ALL.iter().map(|known| format!("{known} ({})", known.zh())).collect();
        let known = known.join(", ");
        usage::either(&format!("可以是 {known}"), &format!("one of {known}"))
    })
}

/// `ID@VERSION` of a rule pack.
pub fn rule_pack(text: &str) -> Result<(String, i64), String> {
    let parts = text.rsplit_once('@').filter(|(id, _)| !id.is_empty());
    let parts = parts.and_then(|(id, version)| Some((id.to_owned(), version.parse().ok()?)));
    parts.ok_or_else(|| {
        usage::either(
            "规则包写成 编号@版本，如 sh-songjiang@3",
            "a rule pack is written ID@VERSION, such as sh-songjiang@3",
        )
    })
}

/// `URI#IDX` in a status list.
pub fn status_place(text: &str) -> Result<StatusPlace, String> {
    StatusPlace::parse(text)
        .map_err(|error| usage::either("位置写成 名单地址#序号，如 https://example.org/status/1#42", &error))
}

/// Words that must not be missing, such as a name or a nonce.
pub fn words(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err(usage::either("不能为空", "it must not be empty"));
    }
    Ok(text.to_owned())
}

/// A signing key.
#[derive(Debug, Args)]
pub struct KeyFile {
    /// 签名密钥文件：本程序的密钥文件、私有JWK或PEM（PKCS#8） / the signing key: a key file, private JWK or PEM
    #[arg(long, value_name = "K")]
    pub key: PathBuf,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

/// Where the passphrase of a key file comes from.
#[derive(Debug, Clone, Args)]
pub struct Passphrase {
    /// 口令文件；不给时用环境变量 ZIZHI_PASSPHRASE，再不然在终端询问 / file with the passphrase; else the environment variable, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// A signing key, or the local database with the key in it.
#[derive(Debug, Args)]
pub struct KeyOrDatabase {
    /// 签名密钥文件；不给时用本地数据库和其中的密钥 / the signing key; without it, the local database and the key in it
    #[arg(long, value_name = "K")]
    pub key: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

impl KeyFile {
    /// Opens the key, and says so where its file is not protected.
    pub fn open(&self, voice: Voice) -> Result<SigningKey, Failure> {
        self.passphrase.open_key(&self.key, voice)
    }
}

impl KeyOrDatabase {
    /// Opens the key file, where there has to be one.
    pub fn file(&self, voice: Voice) -> Result<SigningKey, Failure> {
        let key = self.key.as_deref().ok_or_else(no_key)?;
        self.passphrase.open_key(key, voice)
    }
}

impl Passphrase {
    /// Opens a key file, and says so where it is not protected.
    pub fn open_key(&self, key: &Path, voice: Voice) -> Result<SigningKey, Failure> {
        if !keys::needs_passphrase(key)? {
            let key = keys::open_key(key, None)?;
            voice.talk(voice.lang.pick(
                "注意：这个密钥文件没有口令保护，任何能读它的人都能签名",
                "note: this key file has no passphrase; whoever can read it can sign",
            ));
            return Ok(key);
        }
        let prompt = voice.lang.pick("密钥口令：", "passphrase: ");
        let passphrase = self.given()?.map_or_else(|| ask(prompt), |given| Ok(Some(given)))?;
        keys::open_key(key, passphrase.as_deref())
    }

    /// The passphrase for a new key: asked for twice where it comes from a person.
    pub fn for_new_key(&self, voice: Voice) -> Result<String, Failure> {
        if let Some(given) = self.given()? {
            if vault::check_passphrase(&given).is_err() {
                voice.talk(voice.lang.pick(
                    "注意：这个口令很容易猜到，拿到密钥文件的人就能签名；请用一句只有自己知道的话",
                    "note: this passphrase is easily guessed, and whoever gets the key file can then sign; use a sentence that only you know",
                ));
            }
            return Ok(given);
        }
        let first = ask(voice.lang.pick("为新密钥设置口令：", "passphrase for the new key: "))?;
        let Some(first) = first else { return Err(nobody_to_ask()) };
        let again = ask(voice.lang.pick("再输入一次：", "once more: "))?;
        if again.as_ref() != Some(&first) {
            return Err(differ());
        }
        vault::check_passphrase(&first).map(|()| first)
    }

    /// What opens the local database: its passphrase, or the recovery key.
    pub fn for_database(&self, voice: Voice) -> Result<String, Failure> {
        let given = self.given()?;
        let prompt = voice.lang.pick("数据库口令或恢复密钥：", "passphrase or recovery key: ");
        given.map_or_else(|| ask(prompt), |given| Ok(Some(given)))?.ok_or_else(nobody_to_ask)
    }

    fn given(&self) -> Result<Option<String>, Failure> {
        match &self.passphrase_file {
            Some(file) => keys::read_passphrase(file).map(Some),
            None => Ok(std::env::var(PASSPHRASE).ok().filter(|value| !value.is_empty())),
        }
    }
}

/// Asks on the terminal without showing what is typed; nothing where nobody can be asked.
fn ask(prompt: &str) -> Result<Option<String>, Failure> {
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Ok(None);
    }
    rpassword::prompt_password(prompt).map(Some).map_err(|error| nobody_to_ask().because(error))
}

fn nobody_to_ask() -> Failure {
    Failure::input(
        "KEY-PASSPHRASE",
        Text::fixed("没有给出口令，没有作任何改动。", "no passphrase was given; nothing was changed"),
        Text::fixed(
            "请用 --passphrase-file 指定口令文件，或设置环境变量 ZIZHI_PASSPHRASE，或在终端上运行。",
            "name a file with --passphrase-file, set ZIZHI_PASSPHRASE, or run this on a terminal",
        ),
    )
}

fn no_key() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed(
            "草稿在文件夹里，没有给出签名密钥，操作没有进行。",
            "the draft is in a folder and no signing key is named; nothing was done",
        ),
        Text::fixed(
            "请用 --key 指定密钥文件；本地数据库里的草稿请给出编号（zizhi dossier new 印出，不带文件夹）。",
            "name the key file with --key; a draft of the local database is named by its id, as zizhi dossier new prints it without a folder",
        ),
    )
}

fn differ() -> Failure {
    Failure::input(
        "KEY-PASSPHRASE",
        Text::fixed("两次输入的口令不同，没有生成密钥。", "the two passphrases differ; no key was made"),
        Text::fixed("请重新运行并仔细输入。", "run this again and type with care"),
    )
}

/// Where a result goes.
#[derive(Debug, Args)]
pub struct Out {
    /// 输出文件 / where to write
    #[arg(short = 'o', long, value_name = "OUT")]
    pub out: PathBuf,
    /// 替换已存在的文件 / replace a file that is there
    #[arg(long)]
    pub force: bool,
}

/// Where a result goes, standard output if nothing is said.
#[derive(Debug, Args)]
pub struct MaybeOut {
    /// 输出文件；不给时写到标准输出 / where to write; standard output by default
    #[arg(short = 'o', long, value_name = "OUT")]
    pub out: Option<PathBuf>,
    /// 替换已存在的文件 / replace a file that is there
    #[arg(long)]
    pub force: bool,
}

impl Out {
    /// The place.
    pub fn place(&self) -> Output<'_> {
        Output { path: &self.out, force: self.force }
    }
}

impl MaybeOut {
    /// The place, if one was named.
    pub fn place(&self) -> Option<Output<'_>> {
        self.out.as_deref().map(|path| Output { path, force: self.force })
    }
}

/// Trust data: named, or what was imported.
#[derive(Debug, Args)]
pub struct TrustFrom {
    /// 信任数据：.zztrust 文件或文件夹；不给时用已导入的 / trust data: a package or a folder; else what was imported
    #[arg(long, value_name = "T")]
    pub trust: Option<PathBuf>,
    /// 作为起点的根文件 / the root to start from
    #[arg(long, value_name = "FILE", requires = "trust")]
    pub root: Option<PathBuf>,
    /// 数据文件夹，已导入的信任数据在其中 / the data folder that holds the imported trust data
    #[arg(long, value_name = "DIR", env = "ZIZHI_DATA")]
    pub data: Option<PathBuf>,
}

impl TrustFrom {
    /// Opens it. Without any, trust data that knows nothing.
    pub fn open(&self, now: DateTime<Utc>) -> Result<Library, Failure> {
        let trust = match &self.trust {
            Some(path) => open_trust::open_trust(path, self.root.as_deref(), None, now)?,
            None => trust_data::kept_or_nothing(self.data.as_deref(), now)?.0,
        };
        Ok(Library::new(trust))
    }

    /// Opens it if it was named or something was imported.
    pub fn open_if_any(&self, now: DateTime<Utc>) -> Result<Option<Library>, Failure> {
        let library = self.open(now)?;
        Ok((self.trust.is_some() || library.trust().issuer_count() > 0).then_some(library))
    }
}

/// A text as data: in both languages.
pub fn both(text: &Text) -> serde_json::Value {
    serde_json::json!({ "zh": text.zh, "en": text.en() })
}

/// Where a person's data lie, and how their database opens.
#[derive(Debug, Args)]
pub struct OwnDatabase {
    /// 数据文件夹，数据库在其中 / the data folder that holds the database
    #[arg(long, value_name = "DIR", env = "ZIZHI_DATA")]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

impl OwnDatabase {
    /// The data folder, and the database's in it.
    pub fn folders(&self) -> Result<(PathBuf, PathBuf), Failure> {
        let data = trust_data::TrustData::of(self.data.as_deref())?.folder().to_owned();
        let database = data.join(vault::FOLDER);
        Ok((data, database))
    }
}

/// The clock: the machine's, or the time that was set by hand.
pub fn host(at: Option<DateTime<Utc>>) -> Box<dyn Host> {
    match at {
        Some(at) => Box::new(FixedTime(at)),
        None => Box::new(SystemHost),
    }
}

/// The secrets that open sealed files.
pub fn identities(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let read = paths.iter().map(|path| zizhi_app::read_identities(path));
    Ok(read.collect::<Result<Vec<_>, _>>()?.concat())
}

/// The exit code of an outcome.
pub fn exit(outcome: Outcome) -> ExitCode {
    ExitCode::from(match outcome {
        Outcome::Fail => 1,
        Outcome::Pending => 3,
        Outcome::Pass | Outcome::Info | Outcome::Warning => 0,
    })
}

/// The exit code of a verdict.
pub fn exit_of(verdict: Verdict) -> ExitCode {
    ExitCode::from(match verdict {
        Verdict::Failed => 1,
        Verdict::Pending => 3,
        Verdict::Passed | Verdict::PassedWithConditions => 0,
    })
}

/// Tells on standard error where a result was written.
pub fn written(path: &Path, voice: Voice) {
    voice.talk(&format!("{}{}", voice.lang.pick("已写入 ", "written to "), path.display()));
}

/// Asks on the terminal; where nobody can be asked, or something else than `yes` comes, `nothing` is the case.
pub fn confirm(nothing: &Text, prompt: &str, voice: Voice) -> Result<(), Failure> {
    let nobody = || {
        Failure::input(
            "CONFIRM",
            nothing.clone(),
            Text::fixed(
                "请在终端上运行并输入 yes，或加 --yes。",
                "run this on a terminal and type yes, or add --yes",
            ),
        )
    };
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(nobody());
    }
    voice.talk(prompt);
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(|error| nobody().because(error))?;
    if answer.trim() == "yes" { Ok(()) } else { Err(nobody()) }
}
