//! Joining a hub, inviting to it, and how this device stands with it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use zizhi_app::hub_invite::{Inviting, invite as make_invitation};
use zizhi_app::hub_join::{Joining, join as join_hub};
use zizhi_app::hub_status::hub_status;
use zizhi_app::voucher::list::undecided;
use zizhi_app::voucher::withheld::{self, Withheld};
use zizhi_app::{Failure, SystemHost, keys, vault};
use zizhi_model::Uscc;
use zizhi_model::civil::rfc3339;

use super::Desk;
use crate::commands::shared::{Out, OwnDatabase, uscc, words, written};
use crate::commands::voucher::words::tell_undecided;
use crate::lang::Lang;
use crate::say::Voice;

/// 加入枢纽 / join a hub
#[derive(Debug, Args)]
pub struct Join {
    /// 邀请函文件 / the file with the invitation
    #[arg(value_name = "INVITATION")]
    invitation: PathBuf,
    /// 枢纽地址，如 https://hub.example / the hub's address
    #[arg(long, value_name = "URL")]
    hub: String,
    /// 本机在设备清单中的名称 / what this device is called in the device list
    #[arg(long, value_name = "NAME", value_parser = words)]
    device: Option<String>,
    #[command(flatten)]
    desk: Desk,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 邀请企业 / invite a firm
#[derive(Debug, Args)]
pub struct Invite {
    /// 企业的统一社会信用代码 / the firm's unified social credit code
    #[arg(value_name = "USCC", value_parser = uscc)]
    firm: Uscc,
    /// 企业名称 / its name
    #[arg(long, value_name = "NAME", value_parser = words)]
    name: String,
    /// 有效天数 / days for which it is open
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = clap::value_parser!(i64).range(1..=30))]
    days: i64,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    own: OwnDatabase,
}

/// 枢纽和待办 / the hub and what waits
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Joins.
pub fn join(args: &Join, voice: Voice) -> Result<ExitCode, Failure> {
    let invitation = keys::read_passphrase(&args.invitation)?;
    let (_, folder) = args.desk.own.folders()?;
    let secret = args.desk.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let ca = args.desk.certificates()?;
    let joining = Joining {
        invitation: &invitation,
        url: &args.hub,
        ca: ca.as_deref(),
        device: args.device.as_deref(),
        passphrase: &secret,
    };
    let joined = join_hub(&unlocked.database, &joining, &SystemHost)?;
    if args.json {
        let said = json!({
            "hub": joined.hub, "hub_key": joined.hub_key, "role": joined.role, "device": joined.device_kid,
        });
        voice.data(&said.to_string());
    } else {
        voice.data(&format!("{}{}", voice.lang.pick("已加入枢纽 ", "joined the hub "), joined.hub));
        voice.data(&format!("{}{}", voice.lang.pick("枢纽公钥指纹：", "key of the hub: "), joined.hub_key));
    }
    Ok(ExitCode::SUCCESS)
}

/// Invites.
pub fn invite(args: &Invite, voice: Voice) -> Result<ExitCode, Failure> {
    let (_, folder) = args.own.folders()?;
    let secret = args.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let inviting = Inviting {
        firm: args.firm,
        name: &args.name,
        days: args.days,
        passphrase: &secret,
        output: args.out.place(),
    };
    make_invitation(&unlocked.database, &inviting, &SystemHost)?;
    written(&args.out.out, voice);
    Ok(ExitCode::SUCCESS)
}

/// Shows how this device stands with its hub.
pub fn status(args: &Status, voice: Voice) -> Result<ExitCode, Failure> {
    let (_, folder) = args.own.folders()?;
    let unlocked = vault::look(&folder, &args.own.passphrase.for_database(voice)?)?;
    let status = hub_status(&unlocked.database)?;
    let withheld = withheld::list(&unlocked.database)?;
    let undecided = undecided(&unlocked.database)?;
    if args.json {
        let said = json!({
            "hub": status.hub, "url": status.url, "hub_key": status.hub_key, "role": status.role,
            "device": status.device_kid, "synced": status.synced.map(rfc3339), "code": status.code,
            "retry_at": status.retry_at.map(rfc3339), "clock_offset": status.clock_offset,
            "waiting": status.waiting, "outbox_parked": status.outbox_parked,
            "outbox_refused": status.outbox_refused,
            "stored": status.stored, "inbox_parked": status.inbox_parked, "undecided": undecided.iter().map(|(_, count)| count).sum::<usize>(),
            "withheld": withheld.iter().map(|it| json!({
                "voucher": it.voucher, "hub": it.hub, "numbers": it.numbers, "onwards": it.onwards, "amount": it.amount.0,
                "since": rfc3339(it.since),
            })).collect::<Vec<_>>(),
        });
        voice.data(&said.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let lang = voice.lang;
    let line = |zh: &'static str, en: &'static str, value: &str| {
        voice.data(&format!("{}{value}", lang.pick(zh, en)));
    };
    line("枢纽：", "hub: ", &format!("{} {}", status.hub, status.url));
    line("枢纽公钥指纹：", "key of the hub: ", &status.hub_key);
    let never = lang.pick("从未", "never").to_owned();
    line("上次同步：", "last round: ", &status.synced.map_or(never, rfc3339));
    if let Some(code) = &status.code {
        line("上次没有完成：", "the last one did not go through: ", code);
    }
    line("待发：", "to be sent: ", &status.waiting.to_string());
    line("不能发送：", "cannot be sent: ", &status.outbox_parked.to_string());
    line("没有转交到：", "not passed on: ", &status.outbox_refused.to_string());
    line("收到未处理：", "came, not taken in yet: ", &status.stored.to_string());
    line("收到被搁置：", "came, parked: ", &status.inbox_parked.to_string());
    withheld.iter().for_each(|it| tell_withheld(it, voice));
    tell_undecided(&undecided, voice);
    Ok(ExitCode::SUCCESS)
}

/// Tells what a ledger counts and does not show, and what to do.
fn tell_withheld(it: &Withheld, voice: Voice) {
    let numbers: Vec<String> = it.numbers.iter().map(ToString::to_string).collect();
    let (voucher, hub, amount, since) = (&it.voucher, &it.hub, it.amount.yuan(), rfc3339(it.since));
    voice.data(&match voice.lang {
        Lang::Zh => format!(
            "登记方 {hub} 没有出示券 {voucher} 的第 {} 笔{}核销，共 {amount}，自 {since} 起 [LEDGER-WITHHELD]",
            numbers.join("、"),
            if it.onwards { "及以后的" } else { "" }
        ),
        Lang::En => format!(
            "the ledger {hub} does not show redemption {}{} of the voucher {voucher}, {amount} in all, since {since} [LEDGER-WITHHELD]",
            numbers.join(", "),
            if it.onwards { " and later ones" } else { "" }
        ),
    });
    voice.data(&match voice.lang {
        Lang::Zh => "    建议：请用电话向该枢纽运维人员查问这些笔；持有回执的服务机构不受影响，兑付以回执为准".to_owned(),
        Lang::En => "    hint: ask that hub's operator about them by telephone; whoever holds a receipt loses nothing, and receipts are what is paid".to_owned(),
    });
}
