//! Text that a person reads, in Chinese first and in English.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One message in both languages. `zh` is the source; a missing `en` falls back to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: Cow<'static, str>,
    /// English; absent in data written by people who only write Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Cow<'static, str>>,
}

impl Text {
    /// A message known at compile time, in both languages.
    #[must_use]
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Some(Cow::Borrowed(en)) }
    }

    /// The English text, or the Chinese one where nobody translated it.
    #[must_use]
    pub fn en(&self) -> &str {
        self.en.as_deref().unwrap_or(&self.zh)
    }
}
