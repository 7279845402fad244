//! One transaction: how it begins, and what is known when it ends.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use deadpool::managed::Object;
use futures_util::future::{self, BoxFuture};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Row, Statement};

use super::connection::{Connection, Connections};
use super::{End, Name, Result, StoreError};

/// A transaction under way. Only `work` and [`once`] share it.
pub(super) struct Tx {
    connection: Object<Connections>,
}

pub(super) type Params<'p> = &'p [&'p (dyn ToSql + Sync)];

impl Tx {
    /// Runs a statement and returns its rows.
    pub(super) async fn all(&self, sql: &str, params: Params<'_>) -> Result<Vec<Row>> {
        Ok(self.connection.client.query(&self.prepared(sql).await?, params).await?)
    }

    /// Runs a statement that gives one row or none.
    pub(super) async fn one(&self, sql: &str, params: Params<'_>) -> Result<Option<Row>> {
        Ok(self.connection.client.query_opt(&self.prepared(sql).await?, params).await?)
    }

    /// Runs a statement and returns how many rows it touched.
    pub(super) async fn run(&self, sql: &str, params: Params<'_>) -> Result<u64> {
        Ok(self.connection.client.execute(&self.prepared(sql).await?, params).await?)
    }

    /// Runs several statements without parameters.
    pub(super) async fn batch(&self, sql: &str) -> Result<()> {
        Ok(self.connection.client.batch_execute(sql).await?)
    }

    async fn prepared(&self, sql: &str) -> Result<Statement> {
        let known =
            self.connection.statements.lock().unwrap_or_else(PoisonError::into_inner).get(sql).cloned();
        if let Some(statement) = known {
            return Ok(statement);
        }
        let statement = self.connection.client.prepare(sql).await?;
        let mut statements = self.connection.statements.lock().unwrap_or_else(PoisonError::into_inner);
        statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// Whether the same transaction may be tried again: serialisation, deadlock, or a row that another one had
/// inserted meanwhile and that will now be seen.
pub(super) fn again(error: &Error) -> bool {
    let again =
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::UNIQUE_VIOLATION];
    error.code().is_some_and(|code| again.contains(code))
}

/// Runs `work` once; `None` if it wants to look again. A future that is dropped on the way leaves `open` set,
/// and the pool throws that connection away instead of handing out half a transaction.
pub(super) async fn once<'a, T, F>(connection: Object<Connections>, name: Name, work: &F) -> Result<Option<T>>
where
    F: Fn(Arc<Tx>) -> BoxFuture<'a, Result<End<T>>> + Send + Sync,
    T: Send,
{
    let tx = Arc::new(Tx { connection });
    let Connection { client, open, .. } = &*tx.connection;
    open.store(true, Ordering::SeqCst);
    // One round trip for both. An organisation's name has no character that would need quoting: its parser
    // lets digits and capital letters through.
    let name = match name {
        Name::Org(org) => org.to_string(),
        Name::Hub => "*".to_owned(),
    };
    let begin = format!("BEGIN READ WRITE; SELECT set_config('app.org', '{name}', true)");
    let begin =
        async { client.batch_execute(&begin).await.map_err(|error| StoreError::Unavailable(error.into())) };
    // The first statement is sent behind it without waiting: the server takes both in this order. Where the transaction
    // does not begin on a line that goes on, that statement runs alone, and can write nothing: outside of a transaction
    // that says READ WRITE the connection only reads. The work is dropped, and the connection is thrown away.
    let ended = async { Ok(work(Arc::clone(&tx)).await) };
    let ((), ended) = future::try_join(begin, ended).await?;
    let answer = match ended {
        Ok(End::Commit(answer)) => {
            commit(&tx.connection).await?;
            Ok(Some(answer))
        }
        ended => {
            client.batch_execute("ROLLBACK").await.map_err(|error| StoreError::Unavailable(error.into()))?;
            ended.map(|end| match end {
                End::Commit(answer) | End::Rollback(answer) => Some(answer),
                End::Again => None,
            })
        }
    };
    open.store(false, Ordering::SeqCst);
    answer
}

/// Commits, and says so only if it is certain. After an error the connection is not used again.
async fn commit(connection: &Connection) -> Result<()> {
    let before = connection.warnings.load(Ordering::SeqCst);
    let committed = connection.client.batch_execute("COMMIT").await;
    match committed {
        // Cancelling the wait for the standby makes COMMIT succeed with a warning whose text depends on the
        // server's language, so any warning counts.
        Ok(()) if connection.warnings.load(Ordering::SeqCst) != before => Err(StoreError::OutcomeUnknown),
        Ok(()) => Ok(()),
        // An answer that says why it rolled back is certain. Anything else is a cut line.
        Err(error) if error.code().is_some_and(rolls_back) => Err(error.into()),
        Err(_) => Err(StoreError::OutcomeUnknown),
    }
}

/// Classes of errors of COMMIT after which nothing is stored: integrity, serialisation, a failed transaction.
fn rolls_back(code: &SqlState) -> bool {
    ["23", "25", "40"].iter().any(|class| code.code().starts_with(class))
}
