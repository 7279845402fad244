//! Exchange by a folder or a stick.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use zizhi_app::exchange_folder::{Exchange, export as write_folder, import as read_folder};
use zizhi_app::trust_data::{TrustData, kept_or_nothing};
use zizhi_app::{Failure, Host as _, SystemHost, vault};
use zizhi_verify::Library;

use super::round::{message, remark, tell_message};
use crate::commands::shared::{OwnDatabase, both};
use crate::lang::Lang;
use crate::say::Voice;

/// Exit code where something was left out or parked.
const LEFT: u8 = 1;

/// 写到文件夹 / write to a folder
#[derive(Debug, Args)]
pub struct Export {
    /// 文件夹或 U 盘 / the folder or stick
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 从文件夹收取 / take in from a folder
#[derive(Debug, Args)]
pub struct Import {
    /// 文件夹或 U 盘 / the folder or stick
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Writes.
pub fn export(args: &Export, voice: Voice) -> Result<ExitCode, Failure> {
    let (data, folder) = args.own.folders()?;
    let secret = args.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let key = vault::device_key(&unlocked.database, &secret)?.ok_or_else(zizhi_app::hub_status::none)?;
    let library = Library::new(kept_or_nothing(Some(&data), SystemHost.now())?.0);
    let exchange = Exchange {
        database: &unlocked.database,
        library: &library,
        identities: unlocked.inbox.identities(),
        trust: &TrustData::at(&data),
        host: &SystemHost,
    };
    let written = write_folder(&exchange, &key, &args.folder)?;
    if args.json {
        let left: Vec<&String> = written.left_out.iter().collect();
        let said = json!({ "messages": written.messages, "left_out": left, "parked": written.parked, "public_files": written.public_files });
        voice.data(&said.to_string());
    } else {
        voice.data(&match voice.lang {
            Lang::Zh => {
                format!("写出 {} 条消息、{} 个信任数据文件", written.messages, written.public_files)
            }
            Lang::En => {
                format!(
                    "wrote {} messages and {} files of trust data",
                    written.messages, written.public_files
                )
            }
        });
        for id in &written.left_out {
            voice.talk(&format!(
                "{}{id}",
                voice.lang.pick(
                    "没有写出（还没有收件单位的设备清单，请先联网同步一次；它没有加入枢纽的，请把文件本身交给它）：",
                    "left out, as the recipient's device list is not here; synchronise once with a network, or hand over the file itself where the recipient has joined no hub: ",
                )
            ));
        }
        for id in &written.parked {
            voice.advise(&format!(
                "{}{id}",
                voice.lang.pick(
                    "没有写出（不能发送，原因见 zizhi sync outbox）：",
                    "left out, as it cannot be sent; zizhi sync outbox says why: ",
                )
            ));
        }
    }
    let whole = written.left_out.is_empty() && written.parked.is_empty();
    Ok(ExitCode::from(if whole { 0 } else { LEFT }))
}

/// Takes in.
pub fn import(args: &Import, voice: Voice) -> Result<ExitCode, Failure> {
    let (data, folder) = args.own.folders()?;
    let secret = args.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let library = Library::new(kept_or_nothing(Some(&data), SystemHost.now())?.0);
    let exchange = Exchange {
        database: &unlocked.database,
        library: &library,
        identities: unlocked.inbox.identities(),
        trust: &TrustData::at(&data),
        host: &SystemHost,
    };
    let done = read_folder(&exchange, &args.folder)?;
    if args.json {
        let applied: Vec<Value> = done.applied.iter().map(message).collect();
        let refused: Vec<Value> =
            done.refused.iter().map(|(file, code)| json!({ "file": file, "code": code })).collect();
        let trust_refused = done.trust_refused.as_ref().map(|failure| {
            json!({ "code": failure.code, "fact": both(&failure.fact), "advice": both(&failure.advice) })
        });
        let said = json!({
            "received": done.received, "applied": applied, "refused": refused, "trust": done.trust,
            "trust_older": done.trust_older, "trust_refused": trust_refused,
        });
        voice.data(&said.to_string());
    } else {
        voice.data(&match voice.lang {
            Lang::Zh => format!("收到 {} 条新消息", done.received),
            Lang::En => format!("received {} new messages", done.received),
        });
        done.applied.iter().for_each(|applied| tell_message(applied, voice));
        for (file, code) in &done.refused {
            voice.talk(&format!("{}{file} [{code}]", voice.lang.pick("没有收下：", "not taken in: ")));
        }
        if done.trust {
            voice.data(voice.lang.pick("信任数据已更新", "the trust data was refreshed"));
        }
        if done.trust_older {
            voice.talk(voice.lang.pick(
                "U 盘上的信任数据较旧，已保留本机的",
                "the trust data on the stick is older; that of this computer was kept",
            ));
        }
        if let Some(failure) = &done.trust_refused {
            voice.talk(voice.lang.pick("没有采用其中的信任数据：", "its trust data was not taken in:"));
            remark(failure, voice);
        }
    }
    let parked = done.applied.iter().any(|applied| applied.outcome.is_err());
    let left = parked || !done.refused.is_empty() || done.trust_refused.is_some();
    Ok(ExitCode::from(if left { LEFT } else { 0 }))
}
