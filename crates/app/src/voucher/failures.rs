//! What can go wrong with a voucher before its ledger is asked.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::money::Fen;
use zizhi_model::{Text, Uscc, civil};
use zizhi_sync::api::Code;
use zizhi_sync::ledger::{RedemptionReceipt, ScopeRefusal};
use zizhi_sync::round::Cause;

use super::book::SEEN_DAYS;
use crate::after_restore::Restored;
use crate::failure::{Failure, told};
use crate::message_words::failure;

pub(super) fn number() -> Failure {
    Failure::input(
        "VOUCHER-NUMBER",
        Text::fixed(
            "券号只能有1到64个字母、数字、点、下划线和连字符，操作没有进行。",
            "a voucher's number has 1 to 64 letters, digits, dots, underscores and hyphens; nothing was done",
        ),
        Text::fixed("请核对券号。", "check the number"),
    )
}

pub(super) fn absent() -> Failure {
    Failure::input(
        "VOUCHER-ABSENT",
        Text::fixed(
            "本机没有这张券，操作没有进行。",
            "this desk does not know the voucher; nothing was done",
        ),
        Text::fixed(
            "请先从已收件的档案登记这张券（zizhi voucher take），或联网按券号查询（zizhi voucher show 券号 --fund 发券单位代码）。",
            "take it from a dossier first (zizhi voucher take), or ask its ledger (zizhi voucher show NUMBER --fund CODE)",
        ),
    )
}

pub(super) fn no_ledger(fund: &Uscc) -> Failure {
    Failure::input(
        "VOUCHER-LEDGER",
        told(
            format!("本机没有加入 {fund} 所在省份的登记枢纽，没有联系登记方。"),
            format!("this desk has not joined the hub of the province of {fund}; no ledger was asked"),
        ),
        Text::fixed(
            "请向发券单位索取该省枢纽的邀请函，再用 zizhi voucher join 加入；在此之前只能预核销。",
            "ask the fund for an invitation to that hub and join it with zizhi voucher join; until then only provisional redemptions can be booked",
        ),
    )
}

pub(super) fn no_voucher((zh, en): (&str, &str)) -> Failure {
    Failure::input(
        "VOUCHER-TERMS",
        told(
            format!("凭证中没有可用的“{zh}”，这张券没有登记。"),
            format!("the credential says nothing usable about {en}; the voucher was not taken"),
        ),
        Text::fixed(
            "请对方重新出示创新券并提供券号、额度、有效期、适用地区和服务类别。",
            "ask for the voucher again, disclosing number, quota, validity, regions and kinds of service",
        ),
    )
}

pub(super) fn verdict() -> Failure {
    Failure::input(
        "VOUCHER-VERDICT",
        Text::fixed(
            "这份档案的核验结论不是通过或有条件通过，券没有登记。",
            "the dossier's verdict is neither passed nor passed with conditions; the voucher was not taken",
        ),
        Text::fixed(
            "请先处理核验结果中的问题；待联网复核的，导入最新数据后再试。",
            "deal with what the report says first; where it is pending, import newer data and try again",
        ),
    )
}

pub(super) fn scope(refusal: ScopeRefusal) -> Failure {
    let code = refusal.code();
    let (fact_zh, fact_en) = (code.zh(), code.en());
    Failure::input(
        code.as_str(),
        told(format!("{fact_zh}，没有记账。"), format!("{fact_en}; nothing was booked")),
        told(format!("{}。", code.advice_zh()), code.advice_en().to_owned()),
    )
    .because(refusal)
}

pub(super) fn amount() -> Failure {
    Failure::input(
        "VOUCHER-AMOUNT",
        Text::fixed("金额要大于零，没有记账。", "the amount has to be more than nothing; nothing was booked"),
        Text::fixed("请填写抵扣金额，单位为元。", "give the amount to be offset, in yuan"),
    )
}

pub(super) fn passed(until: DateTime<Utc>) -> Failure {
    Failure::input(
        "VOUCHER-UNTIL",
        told(
            format!("预约的到期时间 {} 已经过了，没有预约。", civil::time_zh(until)),
            format!("a hold until {} would be over already; nothing was held", civil::time_en(until)),
        ),
        Text::fixed("请选择今天或以后的日期。", "choose a day that is not before today"),
    )
}

pub(super) fn past_the_end(last: NaiveDate) -> Failure {
    Failure::input(
        "VOUCHER-UNTIL",
        told(
            format!("这张券的有效期到 {last} 为止，预约不能超过它，没有预约。"),
            format!("the voucher ends with {last}, and a hold cannot go beyond; nothing was held"),
        ),
        told(format!("请选择 {last} 或以前的日期。"), format!("choose {last} or a day before it")),
    )
}

pub(super) fn overdrawn(left: Fen) -> Failure {
    Failure::input(
        "VOUCHER-BALANCE",
        told(
            format!("金额超过这张券可用的余额 {}，没有记账。", left.yuan()),
            format!("the amount is more than the {} that are left; nothing was booked", left.yuan()),
        ),
        Text::fixed("请核对金额。", "check the amount"),
    )
}

pub(super) fn offline(left: Fen) -> Failure {
    Failure::input(
        "VOUCHER-OFFLINE",
        told(
            format!("未联网时这张券最多还能预核销 {}，没有记账。", left.yuan()),
            format!(
                "without a network no more than {} can be booked on this voucher; nothing was booked",
                left.yuan()
            ),
        ),
        Text::fixed(
            "请联网后核销；计划离线使用的，先联网预约额度（zizhi voucher hold）。",
            "redeem with a network; where being offline is planned, hold an amount first (zizhi voucher hold)",
        ),
    )
}

pub(super) fn dated() -> Failure {
    Failure::input(
        "VOUCHER-DATED",
        Text::fixed(
            "信任数据已过有效期，不能预核销，没有记账。",
            "the trust data are past their time, and nothing can be booked on them; nothing was booked",
        ),
        Text::fixed(
            "请联网核销，或先导入最新的信任数据。",
            "redeem with a network, or import newer trust data",
        ),
    )
}

pub(super) fn clock() -> Failure {
    Failure::input(
        "VOUCHER-CLOCK",
        Text::fixed(
            "本机时钟早于信任数据的签署时间，不可靠，不能预核销，没有记账。",
            "the clock of this computer is behind data that are signed already and cannot be right; nothing was booked",
        ),
        Text::fixed(
            "请校准日期和时间后再试，或联网核销。",
            "set date and time right and try again, or redeem with a network",
        ),
    )
}

pub(super) fn seen_long_ago(days: i64) -> Failure {
    Failure::input(
        "VOUCHER-SEEN",
        told(
            format!("这张券的余额是 {days} 天前看到的，超过 {SEEN_DAYS} 天，不能预核销，没有记账。"),
            format!(
                "what is left of the voucher was seen {days} days ago, more than {SEEN_DAYS}; nothing was booked"
            ),
        ),
        Text::fixed(
            "请联网核销，或联网查询一次余额后再预核销；计划离线使用的，先联网预约额度（zizhi voucher hold）。",
            "redeem with a network, or look at the ledger once with a network; where being offline is planned, hold an amount first (zizhi voucher hold)",
        ),
    )
}

pub(super) fn revoked() -> Failure {
    Failure::input(
        "VOUCHER-REVOKED",
        Text::fixed("这张券已被撤销，没有记账。", "the fund has revoked the voucher; nothing was booked"),
        Text::fixed("请与发券单位联系。", "ask the fund"),
    )
}

pub(super) fn no_redemption() -> Failure {
    Failure::input(
        "REDEMPTION-ABSENT",
        Text::fixed("没有这笔核销，操作没有进行。", "there is no such redemption; nothing was done"),
        Text::fixed("请刷新列表后再试。", "refresh the list and try again"),
    )
}

pub(super) fn under_way() -> Failure {
    Failure::input(
        "REDEMPTION-SENT",
        Text::fixed(
            "这笔核销已经报给登记方，不能撤回。",
            "the ledger was asked for this redemption; it cannot be taken back",
        ),
        Text::fixed(
            "联网后会得到登记方的答复；确需冲销的，请与发券单位联系。",
            "its answer comes with the network; if it has to be undone, ask the fund",
        ),
    )
}

pub(super) fn no_hold() -> Failure {
    Failure::input(
        "HOLD-ABSENT",
        Text::fixed(
            "没有这项预约，或它已经结束，操作没有进行。",
            "there is no such hold, or it is over; nothing was done",
        ),
        Text::fixed("请刷新列表后再试。", "refresh the list and try again"),
    )
}

pub(super) fn hold_in_use() -> Failure {
    Failure::input(
        "HOLD-IN-USE",
        Text::fixed(
            "这项预约已有一笔核销在等登记方答复，操作没有进行。",
            "a redemption that names this hold waits for the ledger; nothing was done",
        ),
        Text::fixed(
            "请等答复到达；没有报出去的可以先撤回。一项预约只用于一笔核销。",
            "wait for the answer, or withdraw what was not sent; a hold is for one redemption",
        ),
    )
}

/// Why a ledger gave no answer.
pub(super) fn unanswered(cause: Cause) -> Failure {
    match cause {
        Cause::Unreachable => not_current(),
        other => of_ledger(other),
    }
}

/// What a cause means for what is asked once and not again by itself.
pub(super) fn not_done(cause: Cause) -> Failure {
    match cause {
        Cause::Hub(Code::HubBusy) => Failure {
            fact: Text::fixed(
                "登记方现在不能答复，没有办成：它可能正忙；在外省的，也可能问不到本单位所在枢纽的设备清单。",
                "the ledger cannot answer now, and nothing was done. It may be busy, or, in another province, unable to ask this organisation's hub for its devices",
            ),
            advice: Text::fixed(
                "不会自动再报，请稍后再办一次。超过一天仍是这样的，请告诉本单位所在枢纽和登记方所在枢纽的运维人员：双方要互相登记为对端（zizhi-hub peer add），登记方才能核对本单位的设备。",
                "it is not asked for again by itself; do it once more in a while. If it stays so for more than a day, tell the operators of your hub and of the ledger's: each has to add the other as a peer (zizhi-hub peer add), so that the ledger can ask which devices you have",
            ),
            ..failure(cause)
        },
        other => unanswered(other),
    }
}

/// What a cause means where it is a ledger that says so. One that is busy may be one that hears nothing of this
/// organisation's devices: it asks the organisation's hub for them (docs/hub.md §6).
pub(super) fn of_ledger(cause: Cause) -> Failure {
    let failure = failure(cause);
    if cause != Cause::Hub(Code::HubBusy) {
        return failure;
    }
    Failure {
        fact: Text::fixed(
            "登记方现在不能答复，本机的记录保留，会自动再报：它可能正忙；在外省的，也可能问不到本单位所在枢纽的设备清单。",
            "the ledger cannot answer now; what is booked here stays and is asked for again by itself. It may be busy, or, in another province, unable to ask this organisation's hub for its devices",
        ),
        advice: Text::fixed(
            "请稍候。超过一天仍是这样的，请告诉本单位所在枢纽和登记方所在枢纽的运维人员：双方要互相登记为对端（zizhi-hub peer add），登记方才能核对本单位的设备。",
            "wait a while. If it stays so for more than a day, tell the operators of your hub and of the ledger's: each has to add the other as a peer (zizhi-hub peer add), so that the ledger can ask which devices you have",
        ),
        ..failure
    }
}

fn not_current() -> Failure {
    Failure::input(
        "VOUCHER-CURRENT",
        Text::fixed(
            "登记方没有应答，不知道它是否收到；本机的记录没有改动。",
            "the ledger did not answer, and whether it heard is not known; nothing changed here",
        ),
        Text::fixed(
            "请联网后再试；同一操作做两次不会重复生效。",
            "try again with a network; doing the same twice has no second effect",
        ),
    )
}

pub(super) fn other_fund() -> Failure {
    Failure::input(
        "VOUCHER-OTHER",
        Text::fixed(
            "本机已有同一券号、另一发券单位或企业的券，没有登记。",
            "this desk has a voucher of the same number of another fund or firm; it was not taken",
        ),
        Text::fixed("请与双方核对券号。", "check the number with both"),
    )
}

pub(super) fn ledger_taken(hub: &str) -> Failure {
    Failure::input(
        "LEDGER-OTHER",
        told(
            format!("本机已有 {hub}，邀请函指向的枢纽与它不是同一个，没有加入。"),
            format!(
                "this desk has {hub} already, and the invitation leads to another hub; it was not joined"
            ),
        ),
        Text::fixed(
            "请用电话等其他方式向该省枢纽的运维人员核对编号和公钥指纹。",
            "compare id and key with that hub's operator by telephone",
        ),
    )
}

pub(super) fn nothing_to_settle() -> Failure {
    Failure::input(
        "SETTLE-NOTHING",
        Text::fixed(
            "没有已核销而未申请兑付的款项，没有生成申请。",
            "nothing is redeemed and not yet asked for; no request was made",
        ),
        Text::fixed(
            "预核销的款项要先联网取得登记方的回执。",
            "what is provisional first needs the ledger's receipt",
        ),
    )
}

pub(super) fn no_settlement() -> Failure {
    Failure::input(
        "SETTLE-ABSENT",
        Text::fixed(
            "没有这份兑付申请，或它已经答复，操作没有进行。",
            "there is no such request, or it was answered; nothing was done",
        ),
        Text::fixed("请刷新列表后再试。", "refresh the list and try again"),
    )
}

pub(super) fn unfit_answer() -> Failure {
    Failure::input(
        "SETTLE-ANSWER",
        Text::fixed(
            "兑付要写付款编号（1到64个字），退回要写理由（1到500个字），没有签署。",
            "paying needs the payment's number (1 to 64 characters), giving back a reason (1 to 500); nothing was signed",
        ),
        Text::fixed("请补充后再试。", "add it and try again"),
    )
}

pub(super) fn settlement_unfit(zh: &str, en: &str) -> Failure {
    Failure::input(
        "SETTLE-RECEIPTS",
        told(format!("{zh}。"), en.to_owned()),
        Text::fixed("请与对方核对；收到的内容保留在本机。", "ask the other side; what came is kept here"),
    )
}

/// What was redeemed before a restore may have been paid by the database that was lost.
pub(super) fn settlement_restored(restored: Restored, receipts: &[RedemptionReceipt]) -> Failure {
    let Restored { at, made } = restored;
    let day = |time| civil::date_in_shanghai(time);
    let from = made.map(day).map_or_else(|| "一份备份".to_owned(), |made| format!("{made} 的备份"));
    let from_en = made.map(day).map_or_else(|| "a backup".to_owned(), |made| format!("a backup of {made}"));
    let line = |it: &RedemptionReceipt| format!("{}#{}", it.voucher.as_str(), it.seq);
    let some: Vec<String> = receipts.iter().take(3).map(line).collect();
    let (some, count, at) = (some.join("、"), receipts.len(), day(at));
    Failure::refused(
        "SETTLE-RESTORED",
        format!(
            "数据库于 {at} 从{from}恢复，备份之后的付款不在里面。这份申请中有 {count} 笔核销（{some}）发生在恢复之前，可能已经付过，没有签署。"
        ),
        format!(
            "the database was restored on {at} from {from_en} and does not know what was paid after that; {count} redemptions of this request ({some}) are of before the restore and may have been paid already, so nothing was signed"
        ),
        "请对照银行的付款记录，并请对方出示它收到的兑付通知；确认没有付过的，勾选已核对后再兑付（命令行 --looked），已经付过的，请退回并写明付款编号。",
        "compare with the bank's record of payments, and ask the other side for the notice it may have; if it was not paid, confirm that you have looked (--looked) and pay it, and if it was, return it and give the payment's number",
    )
}

pub(super) fn settlement_unpayable(why: &str) -> Failure {
    Failure::input(
        "SETTLE-RECEIPTS",
        told(
            format!("这份申请有问题，不能兑付：{why}"),
            "something is wrong with this request, as it says; it cannot be paid".to_owned(),
        ),
        Text::fixed(
            "请退回并写明理由，对方改正后重新申请。",
            "return it and say why; the other side asks again",
        ),
    )
}

pub(super) fn reason() -> Failure {
    Failure::input(
        "VOUCHER-REASON",
        Text::fixed(
            "理由要有1到500个字，操作没有进行。",
            "a reason has 1 to 500 characters; nothing was done",
        ),
        Text::fixed("请写明理由。", "say why"),
    )
}
