//! Redeeming, holding, and asking for what is not answered.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use serde_json::json;
use zizhi_app::trust_data::kept_or_nothing;
use zizhi_app::voucher::book::{Booking, book, withdraw as take_back};
use zizhi_app::voucher::hold::{hold as ask_for, release as give_back};
use zizhi_app::voucher::list;
use zizhi_app::voucher::round::{Came, round};
use zizhi_app::voucher::{HoldState, Redemption, RedemptionState};
use zizhi_app::{Failure, Host as _, SystemHost};
use zizhi_model::money::Fen;
use zizhi_model::{Region, civil};
use zizhi_verify::Library;

use super::{Place, words};
use crate::commands::shared::{region, time, words as some_words};
use crate::lang::Lang;
use crate::say::Voice;
use crate::usage;

/// Exit code where the ledger refused.
const REFUSED: u8 = 1;
/// Exit code where something is not settled yet.
const OPEN: u8 = 3;

/// 核销 / redeem
#[derive(Debug, Args)]
pub struct Redeem {
    /// 券号 / the voucher's number
    #[arg(value_name = "NUMBER")]
    voucher: String,
    /// 抵扣金额，元 / the amount, in yuan
    #[arg(long, value_name = "YUAN", value_parser = yuan)]
    amount: Fen,
    /// 服务类别 / the kind of service
    #[arg(long, value_name = "KIND", value_parser = some_words)]
    kind: String,
    /// 服务或发票日期 / the day of the service or invoice
    #[arg(long, value_name = "DAY", value_parser = day)]
    day: NaiveDate,
    /// 服务地 / where the service was given
    #[arg(long, value_name = "CODE", value_parser = region)]
    region: Region,
    /// 发票或记录文件；只报送其摘要 / the invoice or record; only its digest is sent
    #[arg(long, value_name = "FILE")]
    document: PathBuf,
    /// 使用这项预约 / the hold to use
    #[arg(long, value_name = "ID")]
    hold: Option<String>,
    /// 预核销，不联系登记方 / provisional: the ledger is not asked now
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 撤回 / withdraw
#[derive(Debug, Args)]
pub struct Withdraw {
    /// 核销编号 / the redemption's key
    #[arg(value_name = "KEY")]
    key: String,
    /// 理由 / why
    #[arg(long, value_name = "WORDS", value_parser = some_words)]
    reason: String,
    #[command(flatten)]
    place: Place,
}

/// 预约 / hold
#[derive(Debug, Args)]
pub struct Hold {
    /// 券号 / the voucher's number
    #[arg(value_name = "NUMBER")]
    voucher: String,
    /// 金额，元 / the amount, in yuan
    #[arg(long, value_name = "YUAN", value_parser = yuan)]
    amount: Fen,
    /// 到期时间；此后发券单位可以关闭 / until when; afterwards the fund may close it
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: DateTime<Utc>,
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 释放 / release
#[derive(Debug, Args)]
pub struct Release {
    /// 券号 / the voucher's number
    #[arg(value_name = "NUMBER")]
    voucher: String,
    /// 预约编号 / the hold's id
    #[arg(value_name = "ID")]
    hold: String,
    #[command(flatten)]
    place: Place,
}

/// 补报 / ask again
#[derive(Debug, Args)]
pub struct Send {
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

fn yuan(text: &str) -> Result<Fen, String> {
    Fen::parse(text).map_err(|error| usage::either("金额写成元，如 14400 或 14400.50", &error.to_string()))
}

fn day(text: &str) -> Result<NaiveDate, String> {
    civil::parse_date(text)
        .map_err(|error| usage::either("日期写成 2026-11-16", &format!("{error}, such as 2026-11-16")))
}

/// Redeems.
pub fn redeem(args: &Redeem, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    let library = Library::new(kept_or_nothing(Some(&opened.data), SystemHost.now())?.0);
    let booking = Booking {
        voucher: &args.voucher,
        amount: args.amount,
        kind: &args.kind,
        day: args.day,
        region: args.region,
        document: &args.document,
        hold: args.hold.as_deref(),
        offline: args.offline,
    };
    let row = book(&opened.desk(), &booking, &library)?;
    if args.json {
        voice.data(&words::redemption(&row).to_string());
    } else {
        words::tell_redemption(&row, voice);
        let all = list::page(opened.desk().database, &row.voucher, None)?.redemptions;
        if list::same_document(&row, &all) {
            voice.advise(voice.lang.pick(
                "这张券上已有另一笔核销用的是同一份单据，请核对是否重复核销；重复的，请尽快与发券单位联系。",
                "another redemption of this voucher rests on the same document: see whether it was meant; if not, tell the fund soon",
            ));
        }
        if row.state == RedemptionState::Provisional {
            voice.advise(voice.lang.pick(
                "预核销不是到账，风险由本单位承担；联网后会自动补报，也可以执行 zizhi voucher send。",
                "provisional is not paid, and the risk is yours; it is sent by the next round, or by zizhi voucher send",
            ));
        }
    }
    Ok(ExitCode::from(match row.state {
        RedemptionState::Redeemed => 0,
        RedemptionState::Rejected => REFUSED,
        _ => OPEN,
    }))
}

/// Takes back.
pub fn withdraw(args: &Withdraw, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    take_back(&opened.desk(), &args.key, &args.reason)?;
    voice.talk(voice.lang.pick("已撤回", "withdrawn"));
    Ok(ExitCode::SUCCESS)
}

/// Holds.
pub fn hold(args: &Hold, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    let row = ask_for(&opened.desk(), &args.voucher, args.amount, args.until)?;
    if args.json {
        voice.data(&words::hold(&row).to_string());
    } else {
        voice.data(row.id.as_deref().unwrap_or(&row.key));
        voice.talk(words::pick(voice.lang, words::hold_word(row.state)));
    }
    Ok(ExitCode::from(match row.state {
        HoldState::Open => 0,
        HoldState::Asked => OPEN,
        _ => REFUSED,
    }))
}

/// Gives a hold back.
pub fn release(args: &Release, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    give_back(&opened.desk(), &args.voucher, &args.hold)?;
    voice.talk(voice.lang.pick("已释放", "released"));
    Ok(ExitCode::SUCCESS)
}

/// Asks for every answer that is not here.
pub fn send(args: &Send, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    let came = round(&opened.desk(), true)?;
    if args.json {
        voice.data(&written(&came).to_string());
    } else {
        tell(&came, voice);
    }
    Ok(ExitCode::from(match (came.rejected.len(), came.conflicted.len() + came.unknown) {
        (0, 0) => 0,
        (0, _) => OPEN,
        _ => REFUSED,
    }))
}

/// What a round with ledgers came to, as data.
pub fn written(came: &Came) -> serde_json::Value {
    let keys = |rows: &[Redemption]| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>();
    json!({
        "redeemed": keys(&came.redeemed), "conflicted": keys(&came.conflicted),
        "rejected": keys(&came.rejected), "unknown": came.unknown,
        "remarks": came.remarks.iter().map(|failure| failure.code).collect::<Vec<_>>(),
    })
}

/// Tells what a round with ledgers came to; nothing where nothing came of it.
pub fn tell(came: &Came, voice: Voice) {
    let rows = came.redeemed.iter().chain(&came.conflicted).chain(&came.rejected);
    rows.for_each(|row| words::tell_redemption(row, voice));
    if came.unknown > 0 {
        voice.talk(&match voice.lang {
            Lang::Zh => format!("创新券还有 {} 笔没有登记方的答复", came.unknown),
            Lang::En => format!("{} about vouchers have no answer of their ledger yet", came.unknown),
        });
    }
    for failure in &came.remarks {
        voice.talk(&format!("{} [{}]", voice.lang.of(&failure.fact), failure.code));
        voice.advise(&format!("{}{}", voice.lang.pick("建议：", "hint: "), voice.lang.of(&failure.advice)));
    }
}
