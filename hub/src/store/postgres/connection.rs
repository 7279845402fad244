//! Connections: how they are made, and when one is not used again.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use tokio_postgres::{AsyncMessage, Client, Config, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Result, StoreError, address};

/// Set on every connection, whatever the role's own settings say: a commit waits for disk and standby, nothing
/// is cancelled by a clock, and warnings arrive. Whatever is sent outside of a transaction only reads: only a BEGIN that
/// says so may write ([`super::tx::once`]).
const SETTINGS: &str = "SET synchronous_commit = 'on'; SET statement_timeout = 0; SET lock_timeout = 0; \
    SET idle_in_transaction_session_timeout = 0; SET client_min_messages = 'warning'; \
    SET default_transaction_isolation = 'read committed'; SET standard_conforming_strings = on; \
    SET default_transaction_read_only = 'on'";

/// One connection with the statements it has prepared.
pub(super) struct Connection {
    pub(super) client: Client,
    pub(super) statements: Mutex<HashMap<String, Statement>>,
    /// How many warnings the server has sent.
    pub(super) warnings: Arc<AtomicU64>,
    /// Whether a transaction began that was not seen to end.
    pub(super) open: AtomicBool,
}

/// Makes connections for the pool.
pub(super) struct Connections {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Connections {
    pub(super) fn new(url: &str) -> Result<Self> {
        let (config, tls) = address::read(url)?;
        Ok(Self { config, tls })
    }
}

impl Manager for Connections {
    type Type = Connection;
    type Error = StoreError;

    async fn create(&self) -> Result<Connection> {
        let unavailable = |error: tokio_postgres::Error| StoreError::Unavailable(error.into());
        let (client, mut line) = self.config.connect(self.tls.clone()).await.map_err(unavailable)?;
        let warnings = Arc::new(AtomicU64::new(0));
        let heard = Arc::clone(&warnings);
        tokio::spawn(async move {
            // A warning is counted before the answer that follows it is handed on: one loop reads both.
            while let Some(Ok(message)) = poll_fn(|context| line.poll_message(context)).await {
                if let AsyncMessage::Notice(notice) = message {
                    if notice.parsed_severity() == Some(tokio_postgres::error::Severity::Warning) {
                        heard.fetch_add(1, Ordering::SeqCst);
                    }
                    tracing::warn!(code = notice.code().code(), "the database says something");
                }
            }
        });
        client.batch_execute(SETTINGS).await.map_err(unavailable)?;
        Ok(Connection { client, statements: Mutex::default(), warnings, open: AtomicBool::new(false) })
    }

    async fn recycle(&self, connection: &mut Connection, _: &Metrics) -> RecycleResult<StoreError> {
        if connection.open.load(Ordering::SeqCst) || connection.client.is_closed() {
            return Err(RecycleError::message("not at the end of a transaction"));
        }
        Ok(())
    }
}
