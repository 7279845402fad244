//! The language of a document. Data keeps its own: a firm's name is never translated.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::{Text, civil};

/// The language that a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub(crate) const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The side of a text that is in this language.
    pub(crate) fn of(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => text.en(),
        }
    }

    /// A day in running text.
    pub(crate) fn date(self, day: NaiveDate) -> String {
        match self {
            Self::Zh => civil::date_zh(day),
            Self::En => day.to_string(),
        }
    }

    /// A moment in running text.
    pub(crate) fn time(self, at: DateTime<Utc>) -> String {
        match self {
            Self::Zh => civil::time_zh(at),
            Self::En => civil::time_en(at),
        }
    }

    /// A moment as data gives it, RFC 3339; what is no moment is shown as it stands.
    pub(crate) fn told_time(self, text: &str) -> String {
        civil::parse_time(text).map_or_else(|_| text.to_owned(), |at| self.time(at))
    }

    /// How old something is, in whole days.
    pub(crate) fn age(self, seconds: i64) -> String {
        let days = seconds.max(0) / 86_400;
        match self {
            Self::Zh if days == 0 => "不足1天".to_owned(),
            Self::Zh => format!("已{days}天"),
            Self::En if days == 0 => "less than a day old".to_owned(),
            Self::En if days == 1 => "1 day old".to_owned(),
            Self::En => format!("{days} days old"),
        }
    }

    /// Something and, in brackets, what goes with it.
    pub(crate) fn with(self, text: &str, beside: &str) -> String {
        match self {
            Self::Zh => format!("{text}（{beside}）"),
            Self::En => format!("{text} ({beside})"),
        }
    }

    /// Several things in one line.
    pub(crate) fn list(self, items: &[String]) -> String {
        items.join(self.pick("、", ", "))
    }
}
