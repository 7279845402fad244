//! Failures of use cases as refusals of the wire.

mod advice;

use zizhi_app::{Failure, Text};
use zizhi_wire::{Refusal, Sentence};

/// A text of the program as a sentence of the wire.
pub(crate) fn sentence(text: &Text) -> Sentence {
    Sentence { zh: text.zh.clone().into_owned(), en: text.en().to_owned() }
}

/// A failure as the window shows it. The error underneath goes along for the diagnostics.
pub(crate) fn refusal(failure: &Failure) -> Refusal {
    let told = told(failure.code, &failure.fact, &failure.advice);
    Refusal { cause: failure.source.as_ref().map(ToString::to_string), ..told }
}

/// What the program told, with an advice for whoever has a window.
pub(crate) fn told(code: &str, fact: &Text, advice: &Text) -> Refusal {
    let advice = advice::in_the_window(code, advice).map_or_else(|| sentence(advice), spoken);
    Refusal { code: code.to_owned(), fact: sentence(fact), advice, cause: None }
}

/// A refusal in fixed words.
pub(crate) fn refused(code: &str, fact: (&str, &str), advice: (&str, &str)) -> Refusal {
    Refusal { code: code.to_owned(), fact: spoken(fact), advice: spoken(advice), cause: None }
}

fn spoken((zh, en): (&str, &str)) -> Sentence {
    Sentence { zh: zh.to_owned(), en: en.to_owned() }
}
