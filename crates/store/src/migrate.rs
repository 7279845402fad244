//! From the tables of an older version to those of this one: forward only, each step and its number in
//! one transaction, after a backup.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::{Result, StoreError};

/// Every version's step, in order. A released step is never edited.
pub(crate) const STEPS: &[&str] = &[include_str!("../../../migrations/0001_init.sql")];

/// The version of the tables that this program works with.
#[expect(clippy::cast_possible_truncation, reason = "there are fewer than 2^32 migrations")]
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;

/// Applies every step that `connection` has not seen.
pub(crate) fn to_latest(connection: &mut Connection) -> Result<()> {
    let steps: Vec<M<'_>> = STEPS.iter().map(|step| M::up(step).foreign_key_check()).collect();
    Migrations::from_slice(&steps).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::Damaged(other.to_string()),
    })
}
