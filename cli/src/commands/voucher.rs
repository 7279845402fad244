//! `zizhi voucher`: what a fund, a redeemer and a firm do with innovation vouchers.

mod fund;
pub mod redeem;
mod settle;
mod show;
pub mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use zizhi_app::stop::Stop;
use zizhi_app::vault::Unlocked;
use zizhi_app::voucher::Desk;
use zizhi_app::{Failure, SigningKey, SystemHost, vault};

use super::shared::OwnDatabase;
use crate::say::Voice;

/// 创新券 / innovation vouchers
#[derive(Debug, Args)]
pub struct Voucher {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 列出本机的券 / list the vouchers of this desk
    List(show::List),
    /// 查看一张券；联网时先问登记方 / show a voucher, as its ledger has it where there is a network
    #[command(after_help = "示例 / Examples:
  zizhi voucher show CSJQ-330421-2026-000017 --fund 11330000DEM000102T
  zizhi voucher show CSJQ-330421-2026-000017 --offline

退出码 / Exit codes: 0 已显示 · 2 没有这张券，或登记方拒绝")]
    Show(show::Show),
    /// 服务机构从企业的档案登记券 / a redeemer takes the voucher of a dossier
    #[command(after_help = "示例 / Example:
  zizhi voucher take 兑付.zzdossier

先核验档案，结论为通过或有条件通过才登记。
The dossier is verified first; it has to pass.

退出码 / Exit codes: 0 已登记 · 2 没有登记")]
    Take(show::Take),
    /// 加入外省枢纽，以便核销该省的券 / join the hub of another province for its ledger
    #[command(after_help = "示例 / Example:
  zizhi voucher join 邀请函.jwt --hub https://hub.zj.example

邀请函由发券单位所在省份的枢纽运维人员发放。先用 zizhi sync join 加入本省枢纽。
The operator of that hub gives the invitation. Join your own hub first (zizhi sync join).

退出码 / Exit codes: 0 已加入 · 2 没有加入")]
    Join(show::Join),
    /// 核销：记账并向登记方申请；没有网络时为预核销 / redeem; provisional without a network
    #[command(after_help = "示例 / Examples:
  zizhi voucher redeem 券号 --amount 14400 --kind 检验检测 --day 2026-11-16 \\
    --region 310104 --document 发票.pdf
  zizhi voucher redeem 券号 --amount 5000 --kind 检验检测 --day 2026-11-16 \\
    --region 310104 --document 发票.pdf --offline

预核销不是到账：登记方的回执到手才算。离线时每张券最多预核销1万元，预约的额度除外。
Provisional is not paid: only the ledger's receipt is. Offline at most ¥10,000 on one voucher, holds apart.

退出码 / Exit codes: 0 已核销 · 3 预核销或待裁定 · 1 登记方拒绝 · 2 没有记账")]
    Redeem(redeem::Redeem),
    /// 撤回没有报给登记方的预核销 / take back what the ledger was never asked for
    Withdraw(redeem::Withdraw),
    /// 预约额度，供计划中的离线核销使用 / hold an amount for planned use without a network
    Hold(redeem::Hold),
    /// 释放预约 / give a hold back
    Release(redeem::Release),
    /// 向登记方补报预核销，取回裁定结果 / ask the ledgers for every answer that is not here
    #[command(after_help = "示例 / Example:
  zizhi voucher send

zizhi sync 也会做这件事。
zizhi sync does this as well.

退出码 / Exit codes: 0 没有未了结的 · 3 还有预核销或待裁定 · 1 有被拒绝的")]
    Send(redeem::Send),
    /// 发券单位向登记方登记自己签发的券 / a fund enters a voucher that it issued
    Enter(fund::Enter),
    /// 发券单位撤销券 / a fund revokes a voucher
    Revoke(fund::Revoke),
    /// 发券单位裁定重复核销 / a fund decides about a redemption that did not fit
    #[command(after_help = "示例 / Examples:
  zizhi voucher decide 券号 裁定编号 accepted --reason 另一笔已退回
  zizhi voucher decide 券号 裁定编号 rejected --reason 同一服务重复报账

编号见 zizhi voucher show 券号。
The id is in zizhi voucher show NUMBER.

退出码 / Exit codes: 0 已裁定 · 2 没有裁定")]
    Decide(fund::Decide),
    /// 发券单位关闭到期的预约 / a fund closes a hold that is over
    CloseHold(fund::CloseHold),
    /// 服务机构申请兑付 / a redeemer asks a fund for its money
    Settle(settle::Settle),
    /// 列出兑付申请 / list the requests for settlement
    Settlements(settle::Settlements),
    /// 发券单位答复兑付申请 / a fund answers a request
    #[command(after_help = "示例 / Examples:
  zizhi voucher answer 申请编号 --paid 2026-0117
  zizhi voucher answer 申请编号 --returned 发票抬头有误

退出码 / Exit codes: 0 已答复 · 2 没有答复")]
    Answer(settle::Answer),
    /// 对账单 / a statement
    #[command(after_help = "示例 / Examples:
  zizhi voucher statement
  zizhi voucher statement --from 2026-11-01 --until 2026-11-30 -o 对账单.xlsx
  zizhi voucher statement --from 2026-11-01 --until 2026-11-30 -o 对账单.pdf

退出码 / Exit codes: 0 已生成 · 2 没有生成")]
    Statement(settle::Statement),
}

/// Where a person's data lie, and certificates for ledgers.
#[derive(Debug, Args)]
pub struct Place {
    #[command(flatten)]
    own: OwnDatabase,
    /// 枢纽证书的签发者（PEM），代替公共的；加入时给出的会保存 / PEM certificates that vouch for hubs, in the place of the public ones; kept when joining
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// An open database with this device's key.
struct Opened {
    unlocked: Unlocked,
    key: SigningKey,
    ca: Option<Vec<u8>>,
    stop: Stop,
    data: PathBuf,
}

impl Opened {
    fn desk(&self) -> Desk<'_> {
        Desk {
            database: &self.unlocked.database,
            key: &self.key,
            ca: self.ca.as_deref(),
            host: &SystemHost,
            stop: &self.stop,
        }
    }
}

impl Place {
    /// Opens the database for asking ledgers.
    fn open(&self, voice: Voice) -> Result<Opened, Failure> {
        let (data, folder) = self.own.folders()?;
        let secret = self.own.passphrase.for_database(voice)?;
        let unlocked = vault::open(&folder, &secret, &SystemHost)?;
        let key = vault::device_key(&unlocked.database, &secret)?.ok_or_else(zizhi_app::hub_status::none)?;
        let read = |path: &PathBuf| std::fs::read(path).map_err(|error| Failure::unreadable(path, error));
        let ca = self.ca.as_ref().map(read).transpose()?;
        Ok(Opened { unlocked, key, ca, stop: Stop::default(), data })
    }

    /// Opens the database for reading what is known here.
    fn look(&self, voice: Voice) -> Result<Unlocked, Failure> {
        let (_, folder) = self.own.folders()?;
        vault::look(&folder, &self.own.passphrase.for_database(voice)?)
    }
}

/// Runs the command.
pub fn run(args: &Voucher, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::List(args) => show::list(args, voice),
        Verb::Show(args) => show::show(args, voice),
        Verb::Take(args) => show::take(args, voice),
        Verb::Join(args) => show::join(args, voice),
        Verb::Redeem(args) => redeem::redeem(args, voice),
        Verb::Withdraw(args) => redeem::withdraw(args, voice),
        Verb::Hold(args) => redeem::hold(args, voice),
        Verb::Release(args) => redeem::release(args, voice),
        Verb::Send(args) => redeem::send(args, voice),
        Verb::Enter(args) => fund::enter(args, voice),
        Verb::Revoke(args) => fund::revoke(args, voice),
        Verb::Decide(args) => fund::decide(args, voice),
        Verb::CloseHold(args) => fund::close_hold(args, voice),
        Verb::Settle(args) => settle::settle(args, voice),
        Verb::Settlements(args) => settle::list(args, voice),
        Verb::Answer(args) => settle::answer(args, voice),
        Verb::Statement(args) => settle::statement(args, voice),
    }
}
