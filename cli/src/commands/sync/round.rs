//! One round.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use zizhi_app::apply_messages::Applied;
use zizhi_app::case_notices::notices;
use zizhi_app::stop::Stop;
use zizhi_app::sync_hub::{Synced, Syncing, sync};
use zizhi_app::trust_data::{TrustData, kept_or_nothing};
use zizhi_app::vault::Unlocked;
use zizhi_app::voucher::Desk;
use zizhi_app::voucher::list::undecided;
use zizhi_app::voucher::round::{Came, round};
use zizhi_app::{Failure, Host as _, SystemHost, vault};
use zizhi_verify::Library;

use super::Desk as Place;
use crate::commands::shared::both;
use crate::commands::voucher::redeem;
use crate::commands::voucher::words::tell_undecided;
use crate::lang::Lang;
use crate::say::Voice;

/// Exit code where a message was parked or refused.
const PARKED: u8 = 1;

/// 同步一次 / one round
#[derive(Debug, Args)]
pub struct Once {
    #[command(flatten)]
    pub desk: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs one round.
pub fn run(args: &Once, voice: Voice) -> Result<ExitCode, Failure> {
    let (data, folder) = args.desk.own.folders()?;
    let secret = args.desk.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let key = vault::device_key(&unlocked.database, &secret)?.ok_or_else(zizhi_app::hub_status::none)?;
    let ca = args.desk.certificates()?;
    let library = Library::new(kept_or_nothing(Some(&data), SystemHost.now())?.0);
    let trust = TrustData::at(&data);
    let syncing = Syncing {
        database: &unlocked.database,
        library: &library,
        trust: &trust,
        identities: unlocked.inbox.identities(),
        key: &key,
        ca: ca.as_deref(),
        host: &SystemHost,
        stop: &Stop::default(),
        asked: true,
    };
    let done = sync(&syncing)?;
    // Ledgers of other provinces answer whether or not the own hub does.
    let at_ledgers = Desk {
        database: &unlocked.database,
        key: &key,
        ca: ca.as_deref(),
        host: &SystemHost,
        stop: &Stop::default(),
    };
    let vouchers = round(&at_ledgers, true);
    if args.json {
        voice.data(&written(&done, vouchers.as_ref().ok()).to_string());
    } else {
        tell(&done, voice);
        tell_moved(&unlocked, &done, voice)?;
        vouchers.iter().for_each(|came| redeem::tell(came, voice));
        tell_undecided(&undecided(&unlocked.database)?, voice);
    }
    vouchers?;
    let parked =
        done.parked + done.refused + done.applied.iter().filter(|applied| applied.outcome.is_err()).count();
    match done.cut {
        Some(failure) => Err(failure),
        None => Ok(ExitCode::from(if parked > 0 { PARKED } else { 0 })),
    }
}

fn written(done: &Synced, vouchers: Option<&Came>) -> Value {
    let applied: Vec<Value> = done.applied.iter().map(message).collect();
    json!({
        "received": done.received, "sent": done.sent, "parked": done.parked, "later": done.later, "refused": done.refused,
        "restored": done.restored, "applied": applied,
        "vouchers": vouchers.map(redeem::written),
        "remarks": done.remarks.iter().map(|failure| failure.code).collect::<Vec<_>>(),
        "trust": done.trust.as_ref().map(|it| json!({
            "code": it.refused.as_ref().map(|refused| refused.code), "rejudged": it.rejudged.rejudged, "moved": it.rejudged.moved,
        })),
    })
}

/// What became of a message, as data.
pub fn message(applied: &Applied) -> Value {
    let kind = applied.kind.map(|kind| kind.as_str());
    let mut told = json!({ "id": applied.id, "from": applied.sender.as_str(), "kind": kind });
    let outcome = match &applied.outcome {
        Ok((about, id)) => json!({ "became": about, "as": id }),
        Err(failure) => {
            json!({ "code": failure.code, "fact": both(&failure.fact), "advice": both(&failure.advice) })
        }
    };
    if let (Some(told), Value::Object(outcome)) = (told.as_object_mut(), outcome) {
        told.extend(outcome);
    }
    told
}

fn tell(done: &Synced, voice: Voice) {
    let lang = voice.lang;
    voice.data(&match lang {
        Lang::Zh => format!("收到 {} 条，发出 {} 条", done.received, done.sent),
        Lang::En => format!("received {}, sent {}", done.received, done.sent),
    });
    done.applied.iter().for_each(|applied| tell_message(applied, voice));
    done.remarks.iter().for_each(|failure| remark(failure, voice));
    if done.restored {
        voice.talk(lang.pick(
            "枢纽曾被恢复，没有新回执的消息会再次提供。",
            "the hub was restored; what has no receipt since is offered again",
        ));
    }
    if done.parked + done.later > 0 {
        voice.advise(&match lang {
            Lang::Zh => {
                format!("{} 条不能发送，{} 条稍后再发；见 zizhi sync outbox", done.parked, done.later)
            }
            Lang::En => format!(
                "{} cannot be sent and {} are tried again later; see zizhi sync outbox",
                done.parked, done.later
            ),
        });
    }
    if done.refused > 0 {
        voice.advise(&match lang {
            Lang::Zh => {
                format!("{} 条没有转交到收件单位，对方没有收到；见 zizhi sync outbox", done.refused)
            }
            Lang::En => format!(
                "{} were not passed on, and the recipients do not have them; see zizhi sync outbox",
                done.refused
            ),
        });
    }
    if let Some(trust) = &done.trust {
        match &trust.refused {
            None => voice.data(lang.pick("信任数据已更新", "the trust data was refreshed")),
            Some(refused) => remark(refused, voice),
        }
        // A firm judges nothing again; what moved is how its own credentials stand.
        if trust.rejudged.rejudged == 0 && trust.rejudged.moved > 0 {
            voice.data(&match lang {
                Lang::Zh => format!("{} 份凭证的状态有变动", trust.rejudged.moved),
                Lang::En => format!("{} credentials stand otherwise than before", trust.rejudged.moved),
            });
        }
        if trust.rejudged.rejudged > 0 {
            voice.data(&match lang {
                Lang::Zh => {
                    format!("重新核验 {} 件，结论变化 {} 件", trust.rejudged.rejudged, trust.rejudged.moved)
                }
                Lang::En => format!(
                    "judged {} again, of which {} moved",
                    trust.rejudged.rejudged, trust.rejudged.moved
                ),
            });
        }
    }
}

/// Tells whose verdicts moved just now, from what to what, and why.
fn tell_moved(unlocked: &Unlocked, done: &Synced, voice: Voice) -> Result<(), Failure> {
    let moved = done.trust.as_ref().map_or(0, |trust| trust.rejudged.moved);
    if moved == 0 {
        return Ok(());
    }
    for notice in notices(&unlocked.database)?.iter().filter(|notice| !notice.seen).take(moved) {
        voice.talk(voice.lang.of(&notice.told));
    }
    Ok(())
}

/// Tells what became of a message.
pub fn tell_message(applied: &Applied, voice: Voice) {
    let (lang, sender) = (voice.lang, applied.sender);
    match &applied.outcome {
        Ok(_) => {
            let kind = applied.kind.map_or("?", |kind| super::words::kind_name(kind.as_str(), lang));
            voice.data(&match lang {
                Lang::Zh => format!("收下 {sender} 的{kind}"),
                Lang::En => format!("took in a {kind} from {sender}"),
            });
        }
        Err(failure) => {
            voice.talk(&match lang {
                Lang::Zh => format!("搁置 {sender} 的一条消息："),
                Lang::En => format!("parked a message from {sender}:"),
            });
            remark(failure, voice);
        }
    }
}

/// Tells what went wrong with a part, while the rest went on.
pub fn remark(failure: &Failure, voice: Voice) {
    let lang = voice.lang;
    voice.talk(lang.of(&failure.fact));
    voice.advise(&format!("{}{}", lang.pick("建议：", "hint: "), lang.of(&failure.advice)));
    voice.talk(&format!("{}{}", lang.pick("代码：", "code: "), failure.code));
}
