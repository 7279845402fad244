//! The outbox: putting documents there, and what becomes of them.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use zizhi_app::outbox::{Listed, discard, list, retry};
use zizhi_app::send_message::{Document, send as queue};
use zizhi_app::{Failure, SystemHost, vault};
use zizhi_model::Uscc;
use zizhi_model::civil::rfc3339;

use super::words::{kind_name, tell_why};
use crate::commands::shared::{OwnDatabase, both, uscc, words};
use crate::lang::Lang;
use crate::say::Voice;

/// 发送文件 / send a document
#[derive(Debug, Args)]
pub struct Send {
    /// 未加密的档案、决定、请求、凭证或吊销名单 / a dossier that is not sealed, a decision, a request, a credential or a status list
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 收件单位的统一社会信用代码；文件写明时可省略 / for whom, where the file does not say
    #[arg(long, value_name = "USCC", value_parser = uscc)]
    to: Option<Uscc>,
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 发件箱 / the outbox
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Outbox {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 尽快重新发送 / send it again as soon as possible
    Retry {
        /// 消息编号 / the message id
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        own: OwnDatabase,
    },
    /// 放弃，并写明理由 / give it up, and say why
    Discard {
        /// 消息编号 / the message id
        #[arg(value_name = "ID")]
        id: String,
        /// 理由 / why
        #[arg(long, value_name = "WORDS", value_parser = words)]
        reason: String,
        #[command(flatten)]
        own: OwnDatabase,
    },
}

/// Puts a document into the outbox.
pub fn send(args: &Send, voice: Voice) -> Result<ExitCode, Failure> {
    let (_, folder) = args.own.folders()?;
    let unlocked = vault::open(&folder, &args.own.passphrase.for_database(voice)?, &SystemHost)?;
    let queued = queue(&unlocked.database, &Document::File(args.file.clone()), args.to, &SystemHost)?;
    if args.json {
        let kind = queued.kind.as_str();
        voice.data(&json!({ "id": queued.id, "to": queued.recipient.as_str(), "kind": kind }).to_string());
    } else {
        voice.data(&queued.id);
        voice.talk(&match voice.lang {
            Lang::Zh => format!("已放入发件箱，下次同步时发给 {}", queued.recipient),
            Lang::En => format!("in the outbox; the next round sends it to {}", queued.recipient),
        });
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists the outbox, or does something about one message.
pub fn run(args: &Outbox, voice: Voice) -> Result<ExitCode, Failure> {
    let open = |own: &OwnDatabase| {
        let (_, folder) = own.folders()?;
        vault::open(&folder, &own.passphrase.for_database(voice)?, &SystemHost)
    };
    match &args.verb {
        None => {
            let (_, folder) = args.own.folders()?;
            let unlocked = vault::look(&folder, &args.own.passphrase.for_database(voice)?)?;
            let all = list(&unlocked.database)?;
            if args.json {
                voice.data(&Value::from_iter(all.iter().map(written)).to_string());
            } else {
                all.iter().for_each(|listed| tell(listed, voice));
            }
        }
        Some(Verb::Retry { id, own }) => retry(&open(own)?.database, id, &SystemHost)?,
        Some(Verb::Discard { id, reason, own }) => discard(&open(own)?.database, id, reason, &SystemHost)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn written(listed: &Listed) -> Value {
    json!({
        "id": listed.id, "to": listed.recipient.as_str(), "name": listed.name, "kind": listed.kind,
        "state": listed.state.as_str(), "created": rfc3339(listed.created), "attempts": listed.attempts,
        "uploaded": listed.uploaded, "next_at": listed.next_at.map(rfc3339), "code": listed.code,
        "fact": listed.words.as_ref().map(|(fact, _)| both(fact)),
        "advice": listed.words.as_ref().map(|(_, advice)| both(advice)),
        "reason": listed.reason, "sent": listed.sent.map(rfc3339),
    })
}

fn tell(listed: &Listed, voice: Voice) {
    let lang = voice.lang;
    let state = state_name(listed.state.as_str(), lang);
    let to = listed.name.as_deref().map_or_else(|| listed.recipient.to_string(), str::to_owned);
    voice.data(&format!("{}  {state}  {}  {to}", listed.id, kind_name(&listed.kind, lang)));
    tell_why(listed.words.as_ref(), listed.code.as_deref(), voice);
    if let Some(reason) = &listed.reason {
        voice.data(&format!("    {}{reason}", lang.pick("理由：", "reason: ")));
    }
}

fn state_name(state: &str, lang: Lang) -> &'static str {
    match state {
        "waiting" => lang.pick("待发", "waiting"),
        "sending" => lang.pick("发送中", "sending"),
        "sent" => lang.pick("已送达枢纽", "sent"),
        "refused" => lang.pick("没有转交到", "not passed on"),
        "resent" => lang.pick("已再次发送", "sent again"),
        "parked" => lang.pick("不能发送", "parked"),
        _ => lang.pick("已放弃", "discarded"),
    }
}
