//! Placeholder.
use super::{Diagnostic, RulePack};
pub(super) struct Read {
    pub(super) pack: RulePack,
}
pub(super) fn pack(_bytes: &[u8]) -> Result<Read, Vec<Diagnostic>> {
    Err(Vec::new())
}
