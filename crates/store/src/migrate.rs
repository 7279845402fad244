//! From the tables of an older version to those of this one: forward only, each step and its number in
//! one transaction, after a backup.

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{HookResult, M, Migrations};

use crate::check;
use crate::error::{Result, StoreError};
use crate::search::order;
use crate::table::subject;

/// What leads from one version to the next.
struct Step {
    sql: &'static str,
    /// What SQL cannot do, in the same transaction.
    then: fn(&Transaction<'_>) -> HookResult,
}

/// Every version's step, in order. A released step is never edited.
const STEPS: &[Step] = &[
    Step { sql: include_str!("../../../migrations/0001_init.sql"), then: |_| Ok(()) },
    Step {
        sql: include_str!("../../../migrations/0002_subject_states.sql"),
        then: |transaction| Ok(subject::index_states(transaction)?),
    },
    Step { sql: include_str!("../../../migrations/0003_sync.sql"), then: |_| Ok(()) },
    Step { sql: include_str!("../../../migrations/0004_vouchers.sql"), then: |_| Ok(()) },
    Step { sql: include_str!("../../../migrations/0005_private_ca.sql"), then: |_| Ok(()) },
    Step { sql: include_str!("../../../migrations/0006_refused_mail.sql"), then: |_| Ok(()) },
    Step { sql: include_str!("../../../migrations/0007_overdue_cases.sql"), then: |_| Ok(()) },
    Step {
        sql: include_str!("../../../migrations/0008_versions_names_codes.sql"),
        // It reads the columns of this version: a later step that adds one to these tables takes this over.
        then: |transaction| {
            order::fill(transaction)?;
            Ok(check::index_again(transaction)?)
        },
    },
    Step { sql: include_str!("../../../migrations/0009_few_among_many.sql"), then: |_| Ok(()) },
    Step { sql: include_str!("../../../migrations/0010_balance_of_a_voucher.sql"), then: |_| Ok(()) },
    Step { sql: include_str!("../../../migrations/0011_unsaved.sql"), then: |_| Ok(()) },
];

/// The version of the tables that this program works with.
#[expect(clippy::cast_possible_truncation, reason = "there are fewer than 2^32 migrations")]
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;

/// Applies every step that `connection` has not seen.
pub(crate) fn to_latest(connection: &mut Connection) -> Result<()> {
    let steps: Vec<M<'_>> =
        STEPS.iter().map(|step| M::up_with_hook(step.sql, step.then).foreign_key_check()).collect();
    Migrations::from_slice(&steps).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::Damaged(other.to_string()),
    })
}
