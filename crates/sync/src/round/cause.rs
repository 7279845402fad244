//! Why a round or a message did not go through, with the words for it.

use crate::api::Code;

/// Why a hub did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// It refused, and said why.
    Hub(Code),
    /// It did not answer.
    Unreachable,
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
    const OWN: [Self; 5] = [Self::Unreachable, Self::Answer, Self::Receipt, Self::Message, Self::Epoch];

    /// The code as it is stored and shown.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hub(code) => code.as_str(),
            Self::Unreachable => "HUB-UNREACHABLE",
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
            Self::Answer => (
                "请核对枢纽地址，并将软件升级到与枢纽相同的版本",
                "Check the hub's address, and update the program to the hub's version",
            ),
            Self::Receipt | Self::Message | Self::Epoch => (
                "请联系枢纽运维人员；消息保留在本机，不会丢失",
                "Tell the hub's operator; the messages stay on this machine and are not lost",
            ),
        }
    }
}
