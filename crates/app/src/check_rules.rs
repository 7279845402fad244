//! Checks a rule pack the way a compiler checks a program, before anybody signs it.

use std::path::Path;

use zizhi_rules::pack::{MAX_PACK_BYTES, lint};

use crate::failure::Failure;
use crate::files;

pub use zizhi_rules::pack::{Diagnostic, Severity};

/// A rule pack that was checked.
#[derive(Debug)]
pub struct CheckedRules {
    /// What there is to say, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The text; what was not UTF-8 in it is replaced.
    pub text: String,
}

impl CheckedRules {
    /// How many remarks have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|remark| remark.severity == severity).count()
    }

    /// The line of the text that a remark is about, without its end.
    #[must_use]
    pub fn line(&self, remark: &Diagnostic) -> &str {
        let index = (remark.line as usize).saturating_sub(1);
        self.text.split('\n').nth(index).map_or("", |line| line.trim_end_matches('\r'))
    }
}

/// Checks the rule pack at `path`.
///
/// # Errors
/// `IO-READ` if it cannot be read. A file that is too large or no JSON has been read and gets its remark.
pub fn check_rules(path: &Path) -> Result<CheckedRules, Failure> {
    // One byte more than a pack may have: the linter says itself that it is too large.
    let bytes = files::read_up_to(path, MAX_PACK_BYTES as u64 + 1)?;
    Ok(CheckedRules { diagnostics: lint(&bytes), text: String::from_utf8_lossy(&bytes).into_owned() })
}
