//! Why a round or a message did not go through, with the words for it.

use crate::api::Code;

/// Why a hub did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// It refused, and said why.
    Hub(Code),
    /// It did not answer.
    Unreachable,
    /// Nobody who is trusted here has issued the certificate of its server.
    Issuer,
    /// The certificate of its server cannot be used for another reason.
    Certificate,
    /// Its answer is not one that docs/hub.md has.
    Answer,
    /// What it gave as a receipt is not one for this message.
    Receipt,
    /// A message that it announced is not the one that it gave.
    Message,
    /// Its epoch is lower than one that was seen: mail might be lost unseen.
    Epoch,
}

impl Cause {
    /// Causes that are no code of a hub.
    pub const OWN: [Self; 7] = [
        Self::Unreachable,
        Self::Issuer,
        Self::Certificate,
        Self::Answer,
        Self::Receipt,
        Self::Message,
        Self::Epoch,
    ];

    /// The code as it is stored and shown.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hub(code) => code.as_str(),
            Self::Unreachable => "HUB-UNREACHABLE",
            Self::Issuer => "HUB-ISSUER",
            Self::Certificate => "HUB-CERTIFICATE",
            Self::Answer => "HUB-ANSWER",
            Self::Receipt => "HUB-RECEIPT",
            Self::Message => "HUB-MESSAGE",
            Self::Epoch => "HUB-EPOCH",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::OWN
            .into_iter()
            .find(|cause| cause.as_str() == text)
            .or_else(|| Code::parse(text).map(Self::Hub))
    }

    /// The fact in Chinese and in English.
    #[must_use]
    pub const fn fact(self) -> (&'static str, &'static str) {
        match self {
            Self::Hub(code) => (code.zh(), code.en()),
            Self::Unreachable => ("枢纽没有应答", "The hub does not answer"),
            Self::Issuer => (
                "枢纽出示的证书不是本机信任的机构签发的，没有与它往来",
                "The hub's certificate was issued by nobody who is trusted here; nothing was exchanged with it",
            ),
            Self::Certificate => (
                "枢纽出示的证书不能使用（过期、与地址不符或算法不支持），没有与它往来",
                "The hub's certificate cannot be used (it is over, for another address, or of an algorithm that is not supported); nothing was exchanged with it",
            ),
            Self::Answer => {
                ("枢纽的应答不符合接口约定", "The hub's answer is not one that its interface has")
            }
            Self::Receipt => {
                ("枢纽给出的回执不是这条消息的", "What the hub gave as a receipt is not one for this message")
            }
            Self::Message => (
                "枢纽送来的消息与它通告的长度或摘要不符",
                "A message from the hub has not the length or digest that it announced",
            ),
            Self::Epoch => (
                "枢纽的纪元比以前见过的低，它可能被恢复到旧的状态",
                "The hub's epoch is lower than one seen before; it may have been set back",
            ),
        }
    }

    /// What to do, in Chinese and in English.
    #[must_use]
    pub const fn advice(self) -> (&'static str, &'static str) {
        match self {
            Self::Hub(code) => (code.advice_zh(), code.advice_en()),
            Self::Unreachable => (
                "无需操作，程序稍后会自动重试；急用时可改用 U 盘交换",
                "Nothing needs doing; the program tries again by itself. If it is urgent, exchange by USB stick",
            ),
            Self::Issuer => (
                "请向枢纽运维人员或所在孵化器的信息技术人员索取 CA 证书文件（PEM）：加入时选在“机构自建 CA 证书”一栏；已经加入的，在该枢纽的“证书签发机构”处更换（命令行用 --ca）",
                "Ask the hub's operator or the IT of your incubator for the file of its CA certificate (PEM). Give it as “Private CA certificate” when joining, or, once joined, under “Certificate authority” of that hub (on the command line: --ca)",
            ),
            Self::Certificate => (
                "请核对枢纽地址和本机的日期时间；都正确时请联系枢纽运维人员更换证书",
                "Check the hub's address and this machine's date and time; if both are right, have the hub's operator renew the certificate",
            ),
            Self::Answer => (
                "请核对枢纽地址，并将软件升级到与枢纽相同的版本",
                "Check the hub's address, and update the program to the hub's version",
            ),
            // Most often the hub has another key by now, which newer trust data name.
            Self::Receipt => (
                "请先取得最新的信任数据（再同步一次，或导入最新的信任数据文件），然后重试：枢纽换了密钥时要这样才能得知。仍然如此的，请联系枢纽运维人员；消息保留在本机，不会丢失",
                "Fetch trust data first (sync once more, or import the newest trust file), then try again: a new key of the hub is named in them. Only if it stays, tell the hub's operator; the messages stay on this machine and are not lost",
            ),
            Self::Message | Self::Epoch => (
                "请联系枢纽运维人员；消息保留在本机，不会丢失",
                "Tell the hub's operator; the messages stay on this machine and are not lost",
            ),
        }
    }
}
