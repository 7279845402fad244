//! Spanned JSON.
/// Bytes of a pack that are read at all.
pub const MAX_PACK_BYTES: usize = 4 * 1024 * 1024;
