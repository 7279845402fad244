//! Every code of docs/hub.md, with its status, its words and its advice.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $code:literal, $status:literal, $retry:literal,
        $zh:literal, $en:literal, $advice_zh:literal, $advice_en:literal; )+) => {
        /// What a hub refuses, and why.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( $(#[doc = $doc])+ $name, )+ }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The status of the answer.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// Whether the same request may succeed later.
            #[must_use]
            pub const fn retry(self) -> bool {
                match self { $(Self::$name => $retry),+ }
            }

            /// The fact in Chinese.
            #[must_use]
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh),+ }
            }

            /// The fact in English.
            #[must_use]
            pub const fn en(self) -> &'static str {
                match self { $(Self::$name => $en),+ }
            }

            /// What to do, in Chinese.
            #[must_use]
            pub const fn advice_zh(self) -> &'static str {
                match self { $(Self::$name => $advice_zh),+ }
            }

            /// What to do, in English.
            #[must_use]
            pub const fn advice_en(self) -> &'static str {
                match self { $(Self::$name => $advice_en),+ }
            }
        }
    };
}

codes! {
    /// The body or the path is not what this address takes.
    RequestInvalid = "REQUEST-INVALID", 400, false,
        "请求内容的格式不符合接口约定", "The request does not have the form that this address takes",
        "请将软件升级到与枢纽相同的版本后重试", "Update the program to the hub's version and try again";
    /// The body is longer than this address takes.
    RequestSize = "REQUEST-SIZE", 413, false,
        "请求内容超过允许的大小", "The request is larger than this address takes",
        "较大的文件请分段上传", "Send larger files in pieces";
    /// There is nothing at this path, or nothing of the asker's business.
    NotFound = "NOT-FOUND", 404, false,
        "枢纽上没有所请求的内容", "The hub has nothing at this address",
        "请核对编号；已确认收取或超过 180 天的消息会被清除", "Check the id; messages go once acknowledged, or after 180 days";
    /// This method is none of this path.
    RequestMethod = "REQUEST-METHOD", 405, false,
        "这个地址不接受这种请求方法", "This address does not take this method",
        "请将软件升级到与枢纽相同的版本后重试", "Update the program to the hub's version and try again";
    /// The range is outside the message.
    RequestRange = "REQUEST-RANGE", 416, false,
        "请求的范围超出消息长度", "The range is outside the message",
        "程序会从头下载", "The program fetches it from the start";
    /// Too many requests at once.
    HubBusy = "HUB-BUSY", 503, true,
        "枢纽正忙，本次请求未处理", "The hub is busy and has not dealt with this request",
        "无需操作，程序稍后会自动重试", "Nothing needs doing; the program tries again by itself";
    /// The hub itself failed.
    HubFailed = "HUB-FAILED", 500, true,
        "枢纽内部出错，本次请求未完成", "The hub failed inside and has not completed this request",
        "程序稍后会自动重试；若持续出现，请联系枢纽运维人员", "The program tries again by itself; if it stays so, tell the hub's operator";
    /// No signature, or what must be covered is not.
    AuthMissing = "AUTH-MISSING", 401, false,
        "请求没有完整的设备签名", "The request has no complete signature of a device",
        "请将软件升级到与枢纽相同的版本后重试", "Update the program to the hub's version and try again";
    /// `created` or `expires` outside what is allowed.
    AuthTime = "AUTH-TIME", 401, true,
        "本机时间与枢纽时间相差超过 5 分钟", "This machine's clock and the hub's are more than 5 minutes apart",
        "请校准本机日期和时间后重试", "Set this machine's date and time right and try again";
    /// No device with this key.
    AuthKey = "AUTH-KEY", 401, false,
        "枢纽上没有登记这台设备的密钥", "The hub knows no device with this key",
        "请在已登记的设备上把本机加入设备清单", "Add this machine to the device list from a device that is on it";
    /// The signature or the content digest does not fit.
    AuthSignature = "AUTH-SIGNATURE", 401, false,
        "请求的签名或内容摘要不符", "The signature of the request or the digest of its content does not fit",
        "请检查网络中是否有设备改写了请求，再重试", "See whether something on the network rewrites requests, and try again";
    /// This nonce was used before.
    AuthReplay = "AUTH-REPLAY", 401, false,
        "同一份签名请求已经收到过", "This very signed request was received before",
        "程序会用新的签名重试；若不是本机重发，请通知枢纽运维人员", "The program signs anew; if this machine did not repeat it, tell the hub's operator";
    /// The device's organisation may not do this.
    AuthForbidden = "AUTH-FORBIDDEN", 403, false,
        "本单位无权进行此操作", "This organisation may not do this",
        "请由有权单位办理，或向枢纽运维人员申请相应角色", "Leave it to an organisation that may, or ask the hub's operator for the role";
    /// No such organisation at this hub or at one that it knows.
    OrgUnknown = "ORG-UNKNOWN", 404, false,
        "本单位的枢纽和与它互通的枢纽上都没有该单位", "Neither your hub nor any that it exchanges mail with has this organisation",
        "请核对统一社会信用代码，并问对方加入了哪个枢纽：还没有加入的，请它先加入；已加入的，把枢纽告诉本单位枢纽的运维人员，由双方互通后再发。急用时写到 U 盘带去", "Check the code, and ask the recipient which hub it has joined: if none, have it join one; else tell your hub's operator which, and send again once the two exchange mail. If it is urgent, take it on a stick";
    /// Not an invitation, its signature, or not for this organisation or hub.
    InviteInvalid = "INVITE-INVALID", 422, false,
        "邀请函无效，或不是发给本单位、本枢纽的", "The invitation does not hold, or is for another organisation or hub",
        "请向发出邀请的单位索取新的邀请函", "Ask whoever invited you for a new invitation";
    /// The invitation is over.
    InviteExpired = "INVITE-EXPIRED", 422, false,
        "邀请函已过期", "The invitation has expired",
        "请向发出邀请的单位索取新的邀请函", "Ask whoever invited you for a new invitation";
    /// The invitation was used by another list.
    InviteUsed = "INVITE-USED", 422, false,
        "邀请函已被使用", "The invitation was used already",
        "若不是本单位使用，请立即通知发出邀请的单位", "If it was not your organisation, tell whoever invited you at once";
    /// The device list breaks a rule.
    DevicesInvalid = "DEVICES-INVALID", 422, false,
        "设备清单不符合规则", "The device list breaks a rule",
        "请在已登记的设备上重新生成设备清单", "Make the device list again on a device that is on it";
    /// The device list does not follow the one that stands.
    DevicesStale = "DEVICES-STALE", 409, false,
        "设备清单不是接在现行清单之后的", "The device list does not follow the one that stands",
        "请先同步，再在现行清单上修改", "Synchronise first, then change the list that stands";
    /// The same id with another body, sender or recipient.
    MailOther = "MAIL-OTHER", 422, false,
        "同一消息编号已用于另一份内容", "This message id was used for another content",
        "请重新生成并发送该消息", "Make and send the message again";
    /// The mailbox is full.
    MailQuota = "MAIL-QUOTA", 507, true,
        "收件单位的信箱已满", "The recipient's mailbox is full",
        "程序稍后会自动重试；请提醒收件单位同步", "The program tries again by itself; ask the recipient to synchronise";
    /// The content of a message is gone at the hub itself.
    MailLost = "MAIL-LOST", 410, false,
        "枢纽上这条消息的内容已丢失，没有收下", "The hub has lost the content of this message; it was not taken in",
        "请对方再次发送，并把代码告诉枢纽运维人员；运维人员从备份恢复后，可以再次处理", "Ask the sender to send it again, and tell the hub's operator the code; once the operator has restored it, it can be taken in again";
    /// No such upload.
    UploadUnknown = "UPLOAD-UNKNOWN", 404, false,
        "没有这次上传，或已超过 72 小时被清除", "There is no such upload, or it went after 72 hours",
        "程序会从头上传", "The program starts over";
    /// The piece does not begin where the upload ends.
    UploadOffset = "UPLOAD-OFFSET", 409, true,
        "上传的位置与枢纽已有的不一致", "The piece does not begin where the upload ends",
        "程序会从枢纽给出的位置继续", "The program goes on where the hub says";
    /// Length or digest do not fit.
    UploadDigest = "UPLOAD-DIGEST", 422, false,
        "上传内容的长度或摘要不符，已作废", "Length or digest of the upload do not fit, and it was thrown away",
        "程序会从头上传；若反复出现，请检查文件是否被改动", "The program starts over; if it repeats, see whether the file changes";
    /// Another entry has this id.
    VoucherOther = "VOUCHER-OTHER", 409, false,
        "该创新券编号已登记了另一份内容", "Another entry has this voucher's id",
        "请核对券号；确需变更的，撤销后另行发券", "Check the id; to change a voucher, revoke it and issue another";
    /// Not in this ledger, or none of the asker's business.
    VoucherUnknown = "VOUCHER-UNKNOWN", 404, false,
        "登记方查不到该创新券", "This ledger has no such voucher",
        "请核对券号和发券地", "Check the id and where it was issued";
    /// The voucher was revoked.
    VoucherRevoked = "VOUCHER-REVOKED", 409, false,
        "创新券已被撤销", "The voucher was revoked",
        "请联系发券单位", "Ask the fund";
    /// The day is not in the voucher's period, or the period is over: for 90 days in the case of a redemption, which is then
    /// kept as a conflict.
    VoucherPeriod = "VOUCHER-PERIOD", 409, false,
        "日期不在创新券有效期内，或有效期已过", "The day is outside the voucher's period, or the period is over",
        "请核对发票或记录日期；有效期满 90 天后才送达的核销列为待裁定，由发券单位裁定", "Check the day of the invoice or record; what arrives more than 90 days after the period waits for the fund's decision";
    /// Kind or region is not in the voucher's scope.
    VoucherScope = "VOUCHER-SCOPE", 409, false,
        "服务类别或地区不在创新券适用范围内", "The kind of service or the region is outside the voucher's scope",
        "请核对券面适用范围和所填内容；不符的不能核销", "Check the voucher's scope and what was entered; nothing outside of it is redeemed";
    /// Not a redeemer of this voucher.
    VoucherRedeemer = "VOUCHER-REDEEMER", 409, false,
        "本机构不在创新券可用机构之列", "This organisation is not a redeemer of the voucher",
        "请由券面列明的服务机构办理", "Leave it to a provider that the voucher lists";
    /// More than is left.
    VoucherOverdrawn = "VOUCHER-OVERDRAWN", 409, false,
        "超过创新券可用余额，已记为待裁定", "More than is left of the voucher; kept for a decision",
        "请勿向企业承诺抵扣，等待发券单位裁定", "Promise the firm nothing, and wait for the fund's decision";
    /// Another body under the same key.
    KeyOther = "KEY-OTHER", 422, false,
        "同一请求编号已用于另一份内容", "This key was used for another request",
        "请重新发起", "Begin anew";
    /// Whether it was stored durably is not known yet.
    OutcomeUnknown = "OUTCOME-UNKNOWN", 503, true,
        "核销结果尚未确认", "The outcome is not known yet",
        "预核销，未到账；程序会用同一编号再次查询", "Provisional until the receipt is here; the program asks again under the same key";
    /// No such hold.
    HoldUnknown = "HOLD-UNKNOWN", 409, false,
        "没有这笔预约", "There is no such hold",
        "请核对预约编号", "Check the hold's id";
    /// The hold is another redeemer's.
    HoldOther = "HOLD-OTHER", 409, false,
        "这笔预约属于另一机构", "The hold is another organisation's",
        "请使用本机构的预约", "Use a hold of your own";
    /// The hold is closed.
    HoldClosed = "HOLD-CLOSED", 409, false,
        "这笔预约已经结束", "The hold is closed",
        "请重新预约，或不使用预约直接核销", "Ask for a new hold, or redeem without one";
    /// The fund may not close the hold yet.
    HoldEarly = "HOLD-EARLY", 409, true,
        "预约尚未到期，发券单位不能关闭", "The hold is not over, so the fund cannot close it",
        "请等待到期，或由持有机构释放", "Wait until it is over, or let its redeemer release it";
    /// No such conflict, or one that was decided.
    ConflictUnknown = "CONFLICT-UNKNOWN", 409, false,
        "没有这项待裁定，或已经裁定", "There is no such conflict, or it was decided",
        "请刷新后查看裁定结果", "Look at the voucher again for what was decided";
}

impl Code {
    /// Reads a code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a code that this version does not know"))
    }
}
