//! What came, and what became of it.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use zizhi_app::inbox_messages::{Listed, list, retry};
use zizhi_app::{Failure, SystemHost, vault};
use zizhi_model::civil::rfc3339;

use super::words::{kind_name, tell_why};
use crate::commands::shared::{OwnDatabase, both};
use crate::lang::Lang;
use crate::say::Voice;

/// 收到的消息 / what came
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Inbox {
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
    /// 下次同步或导入时再次处理 / take it in again with the next round or import
    Retry {
        /// 消息编号 / the message id
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        own: OwnDatabase,
    },
}

/// Lists what came, or has one message taken in again.
pub fn run(args: &Inbox, voice: Voice) -> Result<ExitCode, Failure> {
    let own = match &args.verb {
        Some(Verb::Retry { own, .. }) => own,
        None => &args.own,
    };
    let (_, folder) = own.folders()?;
    let secret = own.passphrase.for_database(voice)?;
    match &args.verb {
        Some(Verb::Retry { id, .. }) => {
            let unlocked = vault::open(&folder, &secret, &SystemHost)?;
            retry(&unlocked.database, id, &SystemHost)?;
        }
        None => {
            let unlocked = vault::look(&folder, &secret)?;
            let all = list(&unlocked.database)?;
            if args.json {
                voice.data(&Value::from_iter(all.iter().map(written)).to_string());
            } else {
                all.iter().for_each(|listed| tell(listed, voice));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn written(listed: &Listed) -> Value {
    json!({
        "id": listed.id, "from": listed.sender.as_str(), "name": listed.name, "kind": listed.kind,
        "state": listed.state.as_str(), "received": rfc3339(listed.received), "code": listed.code,
        "fact": listed.words.as_ref().map(|(fact, _)| both(fact)),
        "advice": listed.words.as_ref().map(|(_, advice)| both(advice)),
        "became": listed.about.as_ref().map(|(kind, _)| kind),
        "as": listed.about.as_ref().map(|(_, id)| id),
    })
}

fn tell(listed: &Listed, voice: Voice) {
    let lang = voice.lang;
    let state = state_name(listed.state.as_str(), lang);
    let kind = listed.kind.as_deref().map_or("?", |kind| kind_name(kind, lang));
    let from = listed.name.as_deref().map_or_else(|| listed.sender.to_string(), str::to_owned);
    voice.data(&format!("{}  {state}  {kind}  {from}", listed.id));
    tell_why(listed.words.as_ref(), listed.code.as_deref(), voice);
}

fn state_name(state: &str, lang: Lang) -> &'static str {
    match state {
        "stored" => lang.pick("等待处理", "waiting"),
        "applied" => lang.pick("已收下", "taken in"),
        _ => lang.pick("被搁置", "parked"),
    }
}
