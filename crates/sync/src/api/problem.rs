//! The body of every answer that is an error (RFC 9457 with members of ours).

use serde::{Deserialize, Serialize};

use super::Code;
#[cfg(feature = "openapi")]
use super::schema;
use crate::Id;

/// What went wrong, for people and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The status of the answer.
    #[cfg_attr(feature = "openapi", schema(minimum = 400, maximum = 599))]
    pub status: u16,
    /// Which rule.
    pub code: Code,
    /// The fact in Chinese.
    pub title: String,
    /// The fact in English.
    pub title_en: String,
    /// Whether the same request may succeed later.
    pub retry: bool,
    /// The hub's time, in seconds since 1970, with `AUTH-TIME`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time, required = false))]
    pub time: Option<i64>,
    /// The bytes that the hub has, with `UPLOAD-OFFSET`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = u64, required = false))]
    pub offset: Option<u64>,
    /// The conflict that was kept, with the refusal of a redemption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Id, required = false))]
    pub conflict: Option<Id>,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self {
            status: code.status(),
            code,
            title: code.zh().to_owned(),
            title_en: code.en().to_owned(),
            retry: code.retry(),
            time: None,
            offset: None,
            conflict: None,
        }
    }
}
