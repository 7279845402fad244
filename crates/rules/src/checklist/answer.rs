//! What answers one item.
