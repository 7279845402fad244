//! What each check code means to a person: in Chinese and English, with advice.

use crate::check::Check;
use crate::text::Text;

/// The catalogue's text for a check, with its facts put in.
#[must_use]
pub fn render(check: &Check) -> Text {
    Text::fixed(check.code.as_str(), check.code.as_str())
}

/// What the check is about, as a noun phrase.
#[must_use]
pub fn title(code: crate::check::CheckCode) -> Text {
    Text::fixed(code.as_str(), code.as_str())
}

/// What to do when it does not hold, and who.
#[must_use]
pub fn advice(code: crate::check::CheckCode) -> Text {
    Text::fixed(code.as_str(), code.as_str())
}
