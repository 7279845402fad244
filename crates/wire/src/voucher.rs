//! 创新券: the vouchers of a desk, what was booked on them and what their ledgers said, settlements and statements.
//! Amounts are texts as people read them, `¥14,400.00`; what is typed is in 元.

use crate::{AuthorityLine, Refusal};

wire! {
    /// A search among vouchers.
    pub struct FindVouchers {
        /// What the number, or the code of fund or firm, begins with; empty for all.
        pub text: String,
        /// Continue after this cursor.
        pub after: Option<String>,
        /// At most so many.
        pub limit: u32,
    }

    /// The vouchers of this desk.
    pub struct Vouchers {
        /// The newest first.
        pub vouchers: Vec<VoucherLine>,
        /// The cursor of the next page, if there is more.
        pub next: Option<String>,
    }

    /// What stands between this desk, funds and redeemers, and the ledgers.
    pub struct VoucherAccounts {
        /// Requests for settlement of both directions, the newest first.
        pub settlements: Vec<SettlementLine>,
        /// The ledgers that can be asked, the own hub's first.
        pub ledgers: Vec<LedgerLine>,
        /// 发券单位 with redemptions that are not asked for yet, each with the sum.
        pub owed: Vec<OwedLine>,
    }

    /// A voucher for a list.
    pub struct VoucherLine {
        /// 券号
        pub id: String,
        /// What this organisation is to it.
        pub part: VoucherPart,
        /// The fund's code.
        pub fund: String,
        /// The fund's name in the register, where it is known.
        pub fund_name: Option<String>,
        /// The code of the firm that holds it.
        pub firm: String,
        /// 额度
        pub amount: String,
        /// What is neither redeemed nor held nor booked here, as far as this desk knows.
        pub free: String,
        /// 预核销，未到账; absent where nothing is.
        pub provisional: Option<String>,
        /// The first day.
        pub from: String,
        /// The last day.
        pub until: String,
        /// When the ledger was heard last; absent where it never was.
        pub seen: Option<String>,
        /// How it stands.
        pub state: VoucherState,
        /// Redemptions that wait for the fund's decision.
        pub undecided: u32,
    }

    /// A voucher in full.
    pub struct VoucherPage {
        /// The voucher.
        pub line: VoucherLine,
        /// 已核销, by everybody, as the ledger said last; absent where it was never heard.
        pub spent: Option<String>,
        /// 已预约, by everybody.
        pub held: Option<String>,
        /// Why the fund revoked it.
        pub revoked: Option<String>,
        /// The kinds of service that it pays for.
        pub kinds: Vec<String>,
        /// Where, as leading digits of regions; none for everywhere.
        pub regions: Vec<String>,
        /// Codes of those who may redeem it; none for everybody.
        pub redeemers: Vec<String>,
        /// What this desk booked, the newest first.
        pub redemptions: Vec<RedemptionLine>,
        /// The holds that this organisation may see, the newest first.
        pub holds: Vec<VoucherHold>,
        /// The ledger's receipts that this organisation may see, the newest first.
        pub receipts: Vec<ReceiptLine>,
        /// Redemptions that did not fit, the undecided first.
        pub conflicts: Vec<ConflictLine>,
    }

    /// A redemption that this desk booked.
    pub struct RedemptionLine {
        /// Its key.
        pub key: String,
        /// How much.
        pub amount: String,
        /// The kind of service.
        pub kind: String,
        /// The day of the service or invoice.
        pub day: String,
        /// The file of the invoice or record.
        pub document: String,
        /// When it was booked.
        pub made: String,
        /// How far it got.
        pub state: RedemptionState,
        /// When the ledger redeemed it.
        pub redeemed: Option<String>,
        /// Whether it can be taken back: the ledger was never asked.
        pub withdrawable: bool,
        /// Whether another redemption of this voucher here rests on the same file.
        pub same_document: bool,
        /// What the ledger said, where that was no receipt.
        pub why: Option<Refusal>,
        /// What a person said.
        pub reason: Option<String>,
    }

    /// A hold.
    pub struct VoucherHold {
        /// The ledger's id of it; absent while its answer is not here.
        pub id: Option<String>,
        /// Who has it.
        pub redeemer: String,
        /// Whether it is this desk's own.
        pub own: bool,
        /// To how much.
        pub amount: String,
        /// Until when the fund may not close it.
        pub until: String,
        /// What became of it.
        pub state: VoucherHoldState,
        /// Whether its time is over.
        pub over: bool,
        /// Why it was not given or was closed.
        pub reason: Option<String>,
    }

    /// A receipt of the ledger.
    pub struct ReceiptLine {
        /// Its id.
        pub id: String,
        /// Who redeemed.
        pub redeemer: String,
        /// Its number among the voucher's redemptions.
        pub seq: u32,
        /// How much.
        pub amount: String,
        /// When.
        pub at: String,
    }

    /// A redemption that did not fit.
    pub struct ConflictLine {
        /// The ledger's id of it.
        pub id: String,
        /// Who wanted to redeem.
        pub redeemer: String,
        /// How much.
        pub amount: String,
        /// The kind of service.
        pub kind: String,
        /// The day of the service or invoice.
        pub day: String,
        /// When the desk booked it, by its own clock.
        pub made: String,
        /// Why it did not fit.
        pub why: Refusal,
        /// Whether the fund lets it be redeemed; absent while it has not decided.
        pub accepted: Option<bool>,
        /// What the fund said.
        pub reason: Option<String>,
    }

    /// A request for settlement.
    pub struct SettlementLine {
        /// Its id.
        pub id: String,
        /// Whether this desk made it; else it came here.
        pub made: bool,
        /// The fund, or the redeemer.
        pub other: String,
        /// The sum.
        pub amount: String,
        /// When it was made or came.
        pub at: String,
        /// What became of it.
        pub state: SettlementState,
        /// The day of the payment or refusal.
        pub day: Option<String>,
        /// The payment's number, or why it was given back.
        pub said: Option<String>,
        /// What has to be looked at before it is paid: after a restore it may have been paid before.
        pub look: Option<Refusal>,
        /// Its vouchers, each once with its sum.
        pub parts: Vec<SettlementPart>,
    }

    /// A voucher in a request for settlement.
    pub struct SettlementPart {
        /// 券号
        pub voucher: String,
        /// How much.
        pub amount: String,
    }

    /// A ledger that can be asked.
    pub struct LedgerLine {
        /// The hub's id: two digits of its province and a name.
        pub hub: String,
        /// Its address.
        pub url: String,
        /// Its key as people compare it.
        pub key: String,
        /// Whether it is this device's own hub.
        pub own: bool,
        /// Who may vouch for its server; nobody where it is the public authorities.
        pub ca: Vec<AuthorityLine>,
    }

    /// What a fund owes for redemptions that are not asked for yet.
    pub struct OwedLine {
        /// The fund's code.
        pub fund: String,
        /// The sum.
        pub amount: String,
        /// How many redemptions.
        pub count: u32,
    }

    /// A voucher to ask a ledger for.
    pub struct AskLedger {
        /// 券号
        pub id: String,
        /// The fund's code.
        pub fund: String,
    }

    /// A redemption to book.
    pub struct RedeemVoucher {
        /// 券号
        pub id: String,
        /// How much, in 元.
        pub amount: String,
        /// The kind of service.
        pub kind: String,
        /// The day of the service or invoice.
        pub day: String,
        /// The region where the service was given.
        pub region: String,
        /// The file of the invoice or record; only its digest leaves this desk.
        pub document: String,
        /// The hold that it closes.
        pub hold: Option<String>,
        /// 预核销: the ledger is not asked now.
        pub offline: bool,
    }

    /// An amount to hold.
    pub struct HoldVoucher {
        /// 券号
        pub id: String,
        /// How much, in 元.
        pub amount: String,
        /// The last day on which the fund may not close it.
        pub until: String,
    }

    /// Something of a voucher, with a reason.
    pub struct VoucherReason {
        /// 券号
        pub id: String,
        /// The redemption's key, or the hold's id; empty for the voucher itself.
        pub of: String,
        /// Why.
        pub reason: String,
    }

    /// A conflict to decide.
    pub struct DecideConflict {
        /// 券号
        pub id: String,
        /// The conflict.
        pub conflict: String,
        /// Whether it is redeemed.
        pub accepted: bool,
        /// Why.
        pub reason: String,
    }

    /// A request for settlement to answer: one of the two is given.
    pub struct AnswerSettlement {
        /// The request.
        pub id: String,
        /// The payment's number.
        pub paid: Option<String>,
        /// Whether somebody has looked at what the request says that has to be looked at.
        #[serde(default)]
        pub looked: bool,
        /// Why it is given back.
        pub returned: Option<String>,
    }

    /// The hub of another province to join for its ledger.
    pub struct JoinLedger {
        /// The file of the invitation.
        pub invitation: String,
        /// The hub's address: scheme, host and port.
        pub url: String,
        /// The file of certificates (PEM) of those who may vouch for its server; absent for the public authorities.
        pub ca: Option<String>,
    }

    /// A statement to write.
    pub struct ExportStatement {
        /// The first day; absent for all.
        pub from: Option<String>,
        /// The last day; absent for all.
        pub until: Option<String>,
        /// Where, `.pdf`, `.xlsx` or `.csv`.
        pub path: String,
        /// The language of a page.
        pub language: crate::Language,
    }
}

words! {
    /// What this organisation is to a voucher.
    pub enum VoucherPart {
        /// 发券单位
        Fund,
        /// 用券企业
        Firm,
        /// 服务机构
        Redeemer,
    }

    /// How a voucher stands.
    pub enum VoucherState {
        /// It can be used.
        Open,
        /// Its first day is to come.
        Early,
        /// Its last day is over.
        Over,
        /// The fund has revoked it.
        Revoked,
        /// Nothing is left.
        Spent,
    }

    /// How far a redemption got.
    pub enum RedemptionState {
        /// 预核销，未到账
        Provisional,
        /// 已核销
        Redeemed,
        /// 重复核销待裁定
        Conflicted,
        /// 已拒绝
        Rejected,
        /// 已撤回
        Withdrawn,
        /// 申请兑付
        SettlementRequested,
        /// 已兑付
        Settled,
    }

    /// What became of a hold.
    pub enum VoucherHoldState {
        /// The ledger was asked, and no answer is known.
        Asked,
        /// It holds.
        Open,
        /// A redemption closed it.
        Redeemed,
        /// It was given back.
        Released,
        /// The fund closed it.
        Closed,
        /// The ledger did not give it.
        Refused,
    }

    /// What became of a request for settlement.
    pub enum SettlementState {
        /// The fund has not answered.
        Waiting,
        /// 已兑付
        Paid,
        /// It was given back.
        Returned,
    }
}
