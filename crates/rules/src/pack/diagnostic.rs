//! What is wrong with a pack, where, and what to do about it.

use std::fmt;

use serde::Serialize;
use zizhi_model::Text;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look before signing.
    Warning,
    /// Wrong.
    Error,
}

/// One remark about a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable code, `PACK-…`.
    pub code: &'static str,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
    /// The place as a JSON pointer (RFC 6901).
    pub path: String,
    /// What is the matter.
    pub message: Text,
    /// What to do.
    pub advice: Text,
}

impl fmt::Display for Diagnostic {
    /// `12:7: error[PACK-TYPE]: … (…)`, in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let Self { line, column, code, message, advice, .. } = self;
        write!(f, "{line}:{column}: {severity}[{code}]: {} ({})", message.en(), advice.en())
    }
}
