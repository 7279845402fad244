//! Linting.
use super::Diagnostic;
/// Everything to know about a pack before signing it, in the order of the text.
#[must_use]
pub fn lint(_bytes: &[u8]) -> Vec<Diagnostic> {
    Vec::new()
}
