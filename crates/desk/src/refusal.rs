//! Failures of use cases as refusals of the wire.

use zizhi_app::{Failure, Text};
use zizhi_wire::{Refusal, Sentence};

/// A text of the program as a sentence of the wire.
pub(crate) fn sentence(text: &Text) -> Sentence {
    Sentence { zh: text.zh.clone().into_owned(), en: text.en().to_owned() }
}

/// A failure as the window shows it. The error underneath goes along for the diagnostics.
pub(crate) fn refusal(failure: &Failure) -> Refusal {
    Refusal {
        code: failure.code.to_owned(),
        fact: sentence(&failure.fact),
        advice: sentence(&failure.advice),
        cause: failure.source.as_ref().map(ToString::to_string),
    }
}

/// A refusal in fixed words.
pub(crate) fn refused(code: &str, fact: (&str, &str), advice: (&str, &str)) -> Refusal {
    let sentence = |(zh, en): (&str, &str)| Sentence { zh: zh.to_owned(), en: en.to_owned() };
    Refusal { code: code.to_owned(), fact: sentence(fact), advice: sentence(advice), cause: None }
}
