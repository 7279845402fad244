//! Why a message waits or is parked, in words that are kept with it.

use serde_json::{Value, json};
use zizhi_model::Text;
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
