//! What outbox and inbox say alike.

use zizhi_model::Text;

use crate::lang::Lang;
use crate::say::Voice;

/// Tells under a message's line why it waits or is parked, where that is known.
pub fn tell_why(words: Option<&(Text, Text)>, code: Option<&str>, voice: Voice) {
    let lang = voice.lang;
    if let (Some((fact, advice)), Some(code)) = (words, code) {
        voice.data(&format!("    {} [{code}]", lang.of(fact)));
        voice.data(&format!("    {}{}", lang.pick("建议：", "hint: "), lang.of(advice)));
    }
}

/// What a kind of message is called.
pub fn kind_name(kind: &str, lang: Lang) -> &'static str {
    match kind {
        "dossier" => lang.pick("档案", "dossier"),
        "decision" => lang.pick("决定", "decision"),
        "request" => lang.pick("请求", "request"),
        "credential" => lang.pick("凭证", "credential"),
        "status_list" => lang.pick("吊销名单", "status list"),
        "receipt" => lang.pick("回执", "receipt"),
        _ => lang.pick("通知", "notice"),
    }
}
