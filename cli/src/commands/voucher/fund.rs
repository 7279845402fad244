//! The fund's verbs.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use zizhi_app::voucher::Decision;
use zizhi_app::voucher::fund::{self, Credential};
use zizhi_app::{Failure, Text};

use super::Place;
use crate::commands::shared::words;
use crate::say::Voice;

/// 登记 / enter
#[derive(Debug, Args)]
pub struct Enter {
    /// 本单位签发的创新券凭证 / the voucher's credential, issued by this fund
    #[arg(value_name = "CREDENTIAL")]
    credential: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// 撤销 / revoke
#[derive(Debug, Args)]
pub struct Revoke {
    /// 券号 / the voucher's number
    #[arg(value_name = "NUMBER")]
    voucher: String,
    /// 理由 / why
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: String,
    #[command(flatten)]
    place: Place,
}

/// 裁定 / decide
#[derive(Debug, Args)]
pub struct Decide {
    /// 券号 / the voucher's number
    #[arg(value_name = "NUMBER")]
    voucher: String,
    /// 裁定编号 / the conflict's id
    #[arg(value_name = "ID")]
    conflict: String,
    /// 予以核销或不予核销 / redeemed or not
    decision: Word,
    /// 理由 / why
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: String,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Word {
    /// 予以核销：额度此时足够才成立 / redeemed, if the amount is there by now
    Accepted,
    /// 不予核销 / not redeemed
    Rejected,
}

/// 关闭预约 / close a hold
#[derive(Debug, Args)]
pub struct CloseHold {
    /// 券号 / the voucher's number
    #[arg(value_name = "NUMBER")]
    voucher: String,
    /// 预约编号 / the hold's id
    #[arg(value_name = "ID")]
    hold: String,
    /// 理由 / why
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: String,
    #[command(flatten)]
    place: Place,
}

/// Enters a voucher.
pub fn enter(args: &Enter, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    let id = fund::enter(&opened.desk(), Credential::File(&args.credential))?;
    voice.data(&id);
    voice.talk(voice.lang.pick("已在登记方登记", "entered in the ledger"));
    Ok(ExitCode::SUCCESS)
}

/// Revokes a voucher.
pub fn revoke(args: &Revoke, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    fund::revoke(&opened.desk(), &args.voucher, &args.reason)?;
    voice.talk(voice.lang.pick("已撤销", "revoked"));
    Ok(ExitCode::SUCCESS)
}

/// Decides a conflict.
pub fn decide(args: &Decide, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    let decision = match args.decision {
        Word::Accepted => Decision::Accepted,
        Word::Rejected => Decision::Rejected,
    };
    let redeemed = fund::decide(&opened.desk(), &args.voucher, &args.conflict, decision, &args.reason)
        .map_err(for_the_fund)?;
    voice.talk(if redeemed {
        voice.lang.pick("已裁定：予以核销", "decided: redeemed")
    } else {
        voice.lang.pick("已裁定：不予核销", "decided: not redeemed")
    });
    Ok(ExitCode::SUCCESS)
}

/// What a redeemer is told of a voucher that is used up, for the one who decides.
fn for_the_fund(failure: Failure) -> Failure {
    if failure.code != "VOUCHER-OVERDRAWN" {
        return failure;
    }
    Failure {
        fact: Text::fixed(
            "券上的余额仍不够这一笔，没有裁定。",
            "what is left of the voucher is still not enough for it; nothing was decided",
        ),
        advice: Text::fixed(
            "请用 zizhi voucher show 看余额被哪些核销和预约占用：到期的预约可用 zizhi voucher close-hold 关闭后再裁定；余额不会再有的，裁定为 rejected。",
            "see with zizhi voucher show which redemptions and holds take it: close a hold that is over with zizhi voucher close-hold and decide again; if it will never be there, decide rejected",
        ),
        ..failure
    }
}

/// Closes a hold.
pub fn close_hold(args: &CloseHold, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    fund::close_hold(&opened.desk(), &args.voucher, &args.hold, &args.reason)?;
    voice.talk(voice.lang.pick("已关闭", "closed"));
    Ok(ExitCode::SUCCESS)
}
