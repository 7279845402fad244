//! Bringing a database to the newest version.

use super::{End, Result, StoreError, Tx};

/// The steps of the database, in order; a released one is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/postgres/0001_first.sql"),
    include_str!("../../../migrations/postgres/0002_relay.sql"),
    include_str!("../../../migrations/postgres/0003_fences.sql"),
    include_str!("../../../migrations/postgres/0004_parked.sql"),
    include_str!("../../../migrations/postgres/0005_refused.sql"),
    include_str!("../../../migrations/postgres/0006_keys.sql"),
    include_str!("../../../migrations/postgres/0007_members.sql"),
    include_str!("../../../migrations/postgres/0008_heartbeats.sql"),
    include_str!("../../../migrations/postgres/0009_ledger_fences.sql"),
];

/// Runs the steps that are missing and records them, in the transaction that the caller ends.
pub(super) async fn run(tx: &Tx) -> Result<End<()>> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    // Two copies that start at once meet at this lock; the second finds the work done.
    tx.batch(
        "CREATE TABLE IF NOT EXISTS migrations (step BIGINT PRIMARY KEY, applied TIMESTAMPTZ NOT NULL DEFAULT now()); \
         LOCK TABLE migrations IN EXCLUSIVE MODE",
    )
    .await?;
    let row = tx.one("SELECT coalesce(max(step), 0) FROM migrations", &[]).await?;
    let found: i64 = row.ok_or(StoreError::Corrupt("migrations"))?.try_get(0)?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (number, step) in (1_i64..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or_default()) {
        tx.batch(step).await?;
        tx.run("INSERT INTO migrations (step) VALUES ($1)", &[&number]).await?;
    }
    Ok(End::Commit(()))
}
