//! Listing, showing and taking vouchers, and joining ledgers.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use zizhi_app::trust_data::kept_or_nothing;
use zizhi_app::voucher::{ledger, list as vouchers, take as taking};
use zizhi_app::{Failure, Host as _, SystemHost, vault};
use zizhi_model::Uscc;
use zizhi_verify::Library;

use super::{Place, words};
use crate::commands::shared::uscc;
use crate::say::Voice;

/// 列表 / the list
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 一张券 / one voucher
#[derive(Debug, Args)]
pub struct Show {
    /// 券号 / the voucher's number
    #[arg(value_name = "NUMBER")]
    voucher: String,
    /// 发券单位的统一社会信用代码；本机还没有这张券时需要 / the fund, where this desk does not know the voucher
    #[arg(long, value_name = "USCC", value_parser = uscc)]
    fund: Option<Uscc>,
    /// 只看本机的记录 / only what is known here
    #[arg(long, conflicts_with = "fund")]
    offline: bool,
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 登记 / take
#[derive(Debug, Args)]
pub struct Take {
    /// 企业的档案，加密或未加密 / the firm's dossier, sealed or not
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 加入外省枢纽 / join another hub
#[derive(Debug, Args)]
pub struct Join {
    /// 邀请函文件 / the file with the invitation
    #[arg(value_name = "INVITATION")]
    invitation: PathBuf,
    /// 枢纽地址：协议、主机和端口 / the hub's address: scheme, host and port
    #[arg(long, value_name = "URL")]
    hub: String,
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Lists.
pub fn list(args: &List, voice: Voice) -> Result<ExitCode, Failure> {
    let unlocked = args.place.look(voice)?;
    let all = vouchers::list(&unlocked.database, None, "", None, usize::MAX)?.lines;
    if args.json {
        voice.data(&Value::from_iter(all.iter().map(words::line)).to_string());
    } else {
        all.iter().for_each(|line| words::tell_line(line, voice));
        words::tell_undecided(&vouchers::undecided(&unlocked.database)?, voice);
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows one, after asking its ledger.
pub fn show(args: &Show, voice: Voice) -> Result<ExitCode, Failure> {
    let page = if args.offline {
        vouchers::page(&args.place.look(voice)?.database, &args.voucher, None)?
    } else {
        let opened = args.place.open(voice)?;
        let desk = opened.desk();
        let fund = match args.fund {
            Some(fund) => fund,
            None => vouchers::page(desk.database, &args.voucher, None)?.line.fund.0,
        };
        taking::ask(&desk, &args.voucher, &fund)?;
        vouchers::page(desk.database, &args.voucher, None)?
    };
    if args.json {
        voice.data(&words::page(&page).to_string());
    } else {
        words::tell_page(&page, voice);
    }
    Ok(ExitCode::SUCCESS)
}

/// Takes the voucher of a dossier.
pub fn take(args: &Take, voice: Voice) -> Result<ExitCode, Failure> {
    let (data, folder) = args.place.own.folders()?;
    let unlocked = vault::open(&folder, &args.place.own.passphrase.for_database(voice)?, &SystemHost)?;
    let library = Library::new(kept_or_nothing(Some(&data), SystemHost.now())?.0);
    let identities = unlocked.inbox.identities();
    let id = taking::take_file(&unlocked.database, &args.dossier, &library, identities, &SystemHost)?;
    let page = vouchers::page(&unlocked.database, &id, None)?;
    if args.json {
        voice.data(&words::page(&page).to_string());
    } else {
        words::tell_page(&page, voice);
    }
    Ok(ExitCode::SUCCESS)
}

/// Joins the hub of another province.
pub fn join(args: &Join, voice: Voice) -> Result<ExitCode, Failure> {
    let invitation = std::fs::read_to_string(&args.invitation)
        .map_err(|error| Failure::unreadable(&args.invitation, error))?;
    let opened = args.place.open(voice)?;
    let joined = ledger::join(&opened.desk(), &invitation, &args.hub)?;
    if args.json {
        let told =
            json!({ "hub": joined.hub, "url": joined.url, "hub_key": joined.hub_key, "role": joined.role });
        voice.data(&told.to_string());
    } else {
        voice.data(&joined.hub);
        voice.talk(&format!(
            "{}{}",
            voice.lang.pick("请与对方核对枢纽公钥指纹：", "compare the hub's key with its operator: "),
            joined.hub_key
        ));
    }
    Ok(ExitCode::SUCCESS)
}
