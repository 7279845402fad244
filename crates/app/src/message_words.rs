//! Why a message waits or is parked, in words that are kept with it.

use chrono::NaiveDate;
use serde_json::{Value, json};
use zizhi_model::{Text, civil};
use zizhi_sync::api::Code;
use zizhi_sync::round::Cause;

use crate::failure::{Failure, told};

/// The words of a failure as they are kept. `folder`, where the file lay for the moment, is left out.
pub(crate) fn of_failure(failure: &Failure, folder: &str) -> Value {
    let plain = |text: &str| match folder {
        "" => text.to_owned(),
        folder => text.replace(&format!("{folder}/"), ""),
    };
    json!({
        "fact": { "zh": plain(&failure.fact.zh), "en": plain(failure.fact.en()) },
        "advice": { "zh": failure.advice.zh, "en": failure.advice.en() },
    })
}

/// The words of a hub's refusal as they are kept.
pub(crate) fn of_cause(cause: Cause) -> Value {
    let ((zh, en), (advice_zh, advice_en)) = (cause.fact(), cause.advice());
    json!({ "fact": { "zh": zh, "en": en }, "advice": { "zh": advice_zh, "en": advice_en } })
}

/// The words for a message that did not get from the own hub to its recipient, as they are kept: the recipient's hub
/// refused it, or the own one cannot read it.
pub(crate) fn of_refused(code: &str, day: NaiveDate) -> Value {
    let date = civil::date_zh(day);
    let refused = |why: &str, why_en: &str| {
        (
            format!("收件单位的枢纽自{date}起拒收：{why}。对方没有收到这条消息"),
            format!(
                "The recipient's hub has refused it since {day}: {why_en}. The recipient does not have this message"
            ),
        )
    };
    let again = (
        "请再次发送，消息会换一个编号；仍被拒收的，请把代码告诉本单位枢纽的运维人员。急用时写到 U 盘带去",
        "Send it again, under another id. If it is refused once more, tell your hub's operator the code. If it is urgent, take it on a stick",
    );
    let ((zh, en), (advice, advice_en)) = match Code::parse(code) {
        Some(Code::OrgUnknown) => (
            refused("对方枢纽上没有这个单位", "it has no such organisation"),
            (
                "请向收件单位问清它加入了哪个枢纽，告诉本单位枢纽的运维人员，之后再次发送。急用时写到 U 盘带去",
                "Ask the recipient which hub it has joined, tell your hub's operator, and send it again then. If it is urgent, take it on a stick",
            ),
        ),
        Some(Code::MailOther) => {
            (refused("对方枢纽上已有同一编号的另一条消息", "it has another message of this id"), again)
        }
        Some(Code::RequestInvalid | Code::RequestSize | Code::UploadDigest) => (
            refused(
                "消息送到时的形式、大小或摘要不符合要求",
                "the form, size or digest in which it came there is not accepted",
            ),
            again,
        ),
        Some(Code::HubFailed) => (
            (
                format!("自{date}起，本单位的枢纽已无法读取这条消息，没有转交。对方没有收到这条消息"),
                format!(
                    "Your own hub has not been able to read it since {day} and did not pass it on. The recipient does not have this message"
                ),
            ),
            (
                "请再次发送，消息会换一个编号，并把代码告诉本单位枢纽的运维人员。急用时写到 U 盘带去",
                "Send it again, under another id, and tell your hub's operator the code. If it is urgent, take it on a stick",
            ),
        ),
        _ => (
            refused(
                "对方枢纽不接受本单位枢纽转来的这条消息",
                "it does not accept this message from your hub",
            ),
            (
                "请把代码告诉本单位枢纽的运维人员，由双方枢纽查明后再次发送。急用时写到 U 盘带去",
                "Tell your hub's operator the code, and send it again once the two hubs have settled it. If it is urgent, take it on a stick",
            ),
        ),
    };
    json!({ "fact": { "zh": zh, "en": en }, "advice": { "zh": advice, "en": advice_en } })
}

/// Fact and advice of what was kept.
pub(crate) fn kept(words: &Value) -> Option<(Text, Text)> {
    let text = |name: &str| {
        let said = |lang: &str| words.get(name)?.get(lang)?.as_str().map(str::to_owned);
        Some(told(said("zh")?, said("en")?))
    };
    Some((text("fact")?, text("advice")?))
}

/// The failure of a whole round.
pub(crate) fn failure(cause: Cause) -> Failure {
    let ((zh, en), (advice_zh, advice_en)) = (cause.fact(), cause.advice());
    Failure::input(
        cause.as_str(),
        told(format!("{zh}。"), en.to_owned()),
        told(format!("{advice_zh}。"), advice_en.to_owned()),
    )
}

/// The failure of joining a hub, which nobody tries again by itself.
pub(crate) fn at_join(cause: Cause) -> Failure {
    let plain = failure(cause);
    match cause {
        Cause::Unreachable => Failure {
            fact: Text::fixed("枢纽没有应答，没有加入。", "the hub does not answer; it was not joined"),
            advice: Text::fixed(
                "请核对网络和枢纽地址（协议、主机、端口与邀请函所附的完全相同，通常以 https:// 开头），然后用同一份邀请函再加入一次；程序不会自动重试。",
                "check the network and the address (scheme, host and port exactly as they came with the invitation, mostly https://), then join once more with the same invitation; the program does not try again by itself",
            ),
            ..plain
        },
        Cause::Hub(Code::AuthSignature) => Failure {
            fact: Text::fixed(
                "枢纽不接受加入请求的签名，没有加入。",
                "the hub does not accept the signature of the request; it was not joined",
            ),
            advice: Text::fixed(
                "枢纽地址必须与邀请函所附的完全相同：同一台机器的另一种写法（例如用 127.0.0.1 代替 localhost，或另一个域名）也不行。地址相同的，请检查网络中是否有设备改写了请求，再用同一份邀请函加入一次。",
                "the address has to be exactly the one that came with the invitation; another name of the same machine, such as 127.0.0.1 for localhost, does not do. If it is, see whether something on the network rewrites requests, then join once more with the same invitation",
            ),
            ..plain
        },
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_own_hub_cannot_read_was_refused_by_nobody() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
        let fact = |code: &str| kept(&of_refused(code, day)).map(|(fact, _)| fact.zh.to_string());
        assert_eq!(
            fact("HUB-FAILED").as_deref(),
            Some("自2026年11月23日起，本单位的枢纽已无法读取这条消息，没有转交。对方没有收到这条消息")
        );
        assert_eq!(
            fact("ORG-UNKNOWN").as_deref(),
            Some("收件单位的枢纽自2026年11月23日起拒收：对方枢纽上没有这个单位。对方没有收到这条消息")
        );
    }
}
