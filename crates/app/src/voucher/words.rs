//! One word for each thing about vouchers, for lists, tables and the command line.

use zizhi_store::RedemptionState;

use super::list::Part;

/// How far a redemption got, in Chinese and in English (domain: states of a voucher).
#[must_use]
pub const fn redemption(state: RedemptionState) -> (&'static str, &'static str) {
    match state {
        RedemptionState::Provisional => ("预核销，未到账", "provisional, not paid"),
        RedemptionState::Redeemed => ("已核销", "redeemed"),
        RedemptionState::Conflicted => ("重复核销待裁定", "conflicted, to be decided"),
        RedemptionState::Rejected => ("已拒绝", "rejected"),
        RedemptionState::Withdrawn => ("已撤回", "withdrawn"),
        RedemptionState::SettlementRequested => ("申请兑付", "settlement requested"),
        RedemptionState::Settled => ("已兑付", "settled"),
    }
}

/// What an organisation is to a voucher, in Chinese and in English.
#[must_use]
pub const fn part(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Fund => ("发券单位", "fund"),
        Part::Firm => ("用券企业", "firm"),
        Part::Redeemer => ("服务机构", "redeemer"),
    }
}
