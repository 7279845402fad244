//! From a draft to a sealed dossier, and looking into one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Args;
use serde_json::json;
use zizhi_app::check_dossier::{check_dossier, unwanted};
use zizhi_app::draft::{DraftFolder, Preview, preview};
use zizhi_app::open_dossier::{extract, open_dossier};
use zizhi_app::seal_dossier::{SealTo, seal_dossier};
use zizhi_app::sign_dossier::sign_dossier;
use zizhi_app::{Failure, Host as _, SystemHost, Text, hex_groups};
use zizhi_model::check::Fact;
use zizhi_model::{Outcome, Uscc};
use zizhi_verify::Report;

use super::super::shared::{self, KeyOrDatabase, Out, OwnDatabase, Passphrase, TrustFrom, written};
use super::{kept, receive};
use crate::lang::Lang;
use crate::render::style::safe;
use crate::render::{dossier, report};
use crate::say::Voice;

#[derive(Debug, Args)]
pub struct Check {
    /// 草稿文件夹，或本地数据库里草稿的编号 / the draft's folder, or the id of one in the local database
    #[arg(value_name = "DRAFT")]
    pub(super) draft: PathBuf,
    #[command(flatten)]
    pub(super) key: KeyOrDatabase,
    #[command(flatten)]
    pub(super) trust: TrustFrom,
    /// 核验时点，默认现在（用密钥文件时） / the time, now by default; with a key file
    #[arg(long, value_name = "TIME", value_parser = shared::time, requires = "key")]
    at: Option<DateTime<Utc>>,
    /// 输出JSON报告 / print the report as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub struct Sign {
    /// 草稿文件夹，或本地数据库里草稿的编号 / the draft's folder, or the id of one in the local database
    #[arg(value_name = "DRAFT")]
    pub(super) draft: PathBuf,
    #[command(flatten)]
    pub(super) key: KeyOrDatabase,
    /// 数据文件夹，数据库在其中 / the data folder that holds the database
    #[arg(long, value_name = "DIR", env = "ZIZHI_DATA")]
    pub(super) data: Option<PathBuf>,
    #[command(flatten)]
    pub(super) out: Out,
    /// 不再询问 / do not ask
    #[arg(long)]
    yes: bool,
    /// 输出JSON / print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub struct Seal {
    /// 已签署的档案，或本地数据库里已签署草稿的编号 / the signed dossier, or the id of a signed draft in the local database
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// 收件密钥；不给时从名录查档案写明的接收方 / the recipient; else the dossier's addressee, by the register
    #[arg(long, value_name = "age1…")]
    pub(super) to: Vec<String>,
    /// 另一接收方，收件密钥从名录查 / another recipient, by the register
    #[arg(long = "for", value_name = "USCC", value_parser = shared::uscc, conflicts_with = "to")]
    pub(super) registered: Option<Uscc>,
    #[command(flatten)]
    pub(super) trust: TrustFrom,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
    #[command(flatten)]
    pub(super) out: Out,
}

#[derive(Debug, Args)]
pub struct Open {
    /// 档案，可以是加密的 / the dossier, sealed or not
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// 打开加密档案的收件密钥文件 / file with the secret that opens sealed dossiers
    #[arg(long, value_name = "FILE")]
    pub(super) identity: Vec<PathBuf>,
    /// 把相符的附件取出到这里 / take the intact attachments out to here
    #[arg(long, value_name = "DIR")]
    extract: Option<PathBuf>,
    /// 经办人：收件，记入本地数据库的台账 / who takes it in as a case of the local database
    #[arg(long, value_name = "NAME", value_parser = shared::words, conflicts_with = "extract")]
    pub(super) operator: Option<String>,
    #[command(flatten)]
    pub(super) own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    pub(super) json: bool,
}

pub fn check(args: &Check, voice: Voice) -> Result<ExitCode, Failure> {
    if let Some(id) = kept::id(&args.draft) {
        return kept::check(args, id, voice);
    }
    let folder = DraftFolder::read(&args.draft)?;
    let host = shared::host(args.at);
    let library = args.trust.open(host.now())?;
    let key = args.key.file(voice)?;
    let found = check_dossier(&folder, &key, &library, host.as_ref())?;
    if args.json {
        voice.data(&json!(found).to_string());
    } else {
        voice.data(report::page(&found, &library.grounds(&found), voice.lang, voice.colour).trim_end());
        advise(&found, &args.draft, &unwanted(&folder, &library), voice);
        own_check(voice);
    }
    Ok(shared::exit_of(found.verdict))
}

/// What a verdict on one's own draft is worth.
pub(super) fn own_check(voice: Voice) {
    voice.talk(voice.lang.pick(
            "这是自检，用的是手头的信任数据；档案没有保存，结论以接收方的核验为准",
            "this was a check of your own on the trust data at hand; nothing was kept, and the destination's verification counts",
        ));
}

/// What a firm can do about its own draft before it signs: facts that rules ask for, attachments of a kind that
/// no item takes.
fn advise(found: &Report, folder: &Path, unwanted: &[(&str, &str)], voice: Voice) {
    const STATED: &str = "dossier.facts.";
    let missing = found.findings().filter_map(|check| match check.fact("missing") {
        Some(Fact::List(paths)) => Some(paths),
        _ => None,
    });
    let mut facts: Vec<&str> = missing.flatten().filter_map(|path| path.strip_prefix(STATED)).collect();
    facts.sort_unstable();
    facts.dedup();
    for fact in facts {
        let command =
            format!("zizhi dossier facts '{}' {}=…", safe(&folder.display().to_string()), safe(fact));
        voice.advise(&match voice.lang {
            Lang::Zh => format!("规则要看的自述事实 {} 还没有填写：{command}", safe(fact)),
            Lang::En => {
                format!("a rule asks for the fact {}, which is not stated yet: {command}", safe(fact))
            }
        });
    }
    for (name, kind) in unwanted {
        let (name, kind) = (safe(name), safe(kind));
        voice.talk(&match voice.lang {
            Lang::Zh => format!("附件 {name}（{kind}）：清单的各项都不要这一类材料，请核对 --kind"),
            Lang::En => format!(
                "the attachment {name} ({kind}): no item of the checklist asks for that kind; look at --kind"
            ),
        });
    }
}

pub fn sign(args: &Sign, voice: Voice) -> Result<ExitCode, Failure> {
    args.out.place().check()?;
    if let Some(id) = kept::id(&args.draft) {
        return kept::sign(args, id, voice);
    }
    let folder = DraftFolder::read(&args.draft)?;
    voice.advise(voice.lang.pick(
        "签署不核对清单：还缺什么、对方会得出什么结论，请先用 zizhi dossier check 自检",
        "signing does not look at the checklist: what is missing and what the destination will find, zizhi dossier check tells first",
    ));
    confirm(&preview(&folder)?, args, voice)?;
    let key = args.key.file(voice)?;
    let signed = sign_dossier(&folder, &key, &args.out.place(), &SystemHost)?;
    if args.json {
        voice.data(&json!(signed).to_string());
    } else {
        voice.data(&format!("{}  {}", voice.lang.pick("档案编号", "dossier"), signed.id));
        voice.data(&format!("{}  {}", voice.lang.pick("摘要    ", "sha-256"), hex_groups(&signed.sha256)));
    }
    written(&args.out.out, voice);
    Ok(ExitCode::SUCCESS)
}

/// Shows what will be signed, and has it confirmed unless that was said beforehand.
pub(super) fn confirm(shown: &Preview, args: &Sign, voice: Voice) -> Result<(), Failure> {
    voice.talk(voice.lang.pick("将签署以下内容：", "this will be signed:"));
    voice.talk(dossier::draft(shown, voice).trim_end());
    if args.yes {
        return Ok(());
    }
    let nothing = Text::fixed("没有得到确认，没有签署。", "nobody confirmed, so nothing was signed");
    shared::confirm(&nothing, voice.lang.pick("确认签署请输入 yes：", "type yes to sign:"), voice)
}

pub fn seal(args: &Seal, voice: Voice) -> Result<ExitCode, Failure> {
    if let Some(id) = kept::id(&args.file) {
        return kept::seal(args, id, voice);
    }
    let library = args.trust.open(SystemHost.now())?;
    let to = match args.registered {
        Some(uscc) => SealTo::Registered(&library, uscc),
        None if args.to.is_empty() => SealTo::Addressee(&library),
        None => SealTo::Recipients(&args.to),
    };
    for recipient in seal_dossier(&args.file, to, &args.out.place())? {
        voice.data(&recipient);
    }
    written(&args.out.out, voice);
    Ok(ExitCode::SUCCESS)
}

pub fn open(args: &Open, voice: Voice) -> Result<ExitCode, Failure> {
    if let Some(operator) = &args.operator {
        return receive::receive(args, operator, voice);
    }
    let identities = shared::identities(&args.identity)?;
    let (found, extracted) = match &args.extract {
        Some(into) => extract(&args.file, &identities, into)?,
        None => (open_dossier(&args.file, &identities)?, Vec::new()),
    };
    if args.json {
        voice.data(&json!({ "dossier": found, "extracted": extracted }).to_string());
    } else {
        voice.data(dossier::inside(&found, &extracted, voice).trim_end());
        voice.advise(voice.lang.pick(
            "这里只看清单和摘要，没有核验签发方、时效和规则；核验请用 zizhi verify，收件请加 --operator",
            "only manifest and digests were looked at; for issuers, dates and rules use zizhi verify, and to take it in add --operator",
        ));
    }
    let failed = found.checks.iter().any(|check| check.outcome == Outcome::Fail) || found.manifest.is_none();
    Ok(ExitCode::from(u8::from(failed)))
}
