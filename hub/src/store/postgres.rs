//! The store of a hub of several copies: PostgreSQL 15 or later, with a synchronous standby in production.
//!
//! Only SQL that compatible distributed engines accept: no LISTEN, no advisory locks, retry on 40001. No
//! statement has a time limit: cancelling one that waits for its standby would make a commit look replicated.

mod address;
mod connection;
mod joining;
mod ledger;
mod lines;
mod mail;
mod members;
mod migrate;
mod relay;
mod tx;
mod uploads;
mod vouchers;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use deadpool::managed::Pool;
use futures_util::future::BoxFuture;
use zizhi_model::OrgId;

use self::connection::Connections;
use self::tx::Tx;
use super::error::End;
use super::{
    BegunAgain, Claimed, Closing, Decided, Decision, Delivered, Device, DeviceList, Enrolled, Enrolment,
    Finished, Held, HoldClosed, Member, Message, Moved, NewHold, NewMessage, NewRedemption, NewUpload,
    NewVoucher, Opened, Organisation, Page, Part, Peer, PeerAdded, Provider, Queue, Redeemed, Remote,
    Replaced, Result, Revoked, Route, Settled, Standby, Store, StoreError, Stored, Stuck, Swept, Term,
    Upload, Voucher, VoucherLines,
};

/// How often a transaction is tried that others got in the way of.
const TRIES: u32 = 12;

/// A hub's data in PostgreSQL.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool<Connections>,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        f.debug_struct("Postgres").field("pool", &self.pool.status()).finish_non_exhaustive()
    }
}

/// In whose name a transaction reads rows that belong to organisations.
#[derive(Debug, Clone, Copy)]
enum Name {
    /// An organisation's request.
    Org(OrgId),
    /// The hub's own upkeep, and what belongs to nobody.
    Hub,
}

/// One transaction that runs one of the functions below.
macro_rules! transaction {
    ($store:ident, $name:expr, $work:path $(, $argument:expr)*) => {
        $store.transact($name, move |tx| Box::pin(async move { $work(&tx $(, $argument)*).await })).await
    };
}

impl Postgres {
    /// Connects with at most `connections` connections and brings the database to the newest version.
    ///
    /// # Errors
    /// [`StoreError::Plain`], [`StoreError::SslMode`], [`StoreError::Roots`], [`StoreError::Role`],
    /// [`StoreError::Newer`], [`StoreError::Unavailable`], [`StoreError::Postgres`].
    pub async fn open(url: &str, connections: usize) -> Result<Self> {
        let pool = Pool::builder(Connections::new(url)?)
            .max_size(connections.max(1))
            .build()
            .map_err(|error| StoreError::Unavailable(error.into()))?;
        let store = Self { pool };
        transaction!(store, Name::Hub, held_by_fences)?;
        transaction!(store, Name::Hub, migrate::run)?;
        Ok(store)
    }

    /// Runs `work` in a transaction in the name of `name`, again where others got in its way.
    async fn transact<'a, T, F>(&self, name: Name, work: F) -> Result<T>
    where
        F: Fn(Arc<Tx>) -> BoxFuture<'a, Result<End<T>>> + Send + Sync,
        T: Send,
    {
        for attempt in 0..TRIES {
            let connection = self.pool.get().await.map_err(|error| StoreError::Unavailable(error.into()))?;
            match tx::once(connection, name, &work).await {
                Ok(Some(answer)) => return Ok(answer),
                Err(StoreError::Postgres(error)) if !tx::again(&error) => return Err(error.into()),
                Ok(None) | Err(StoreError::Postgres(_)) => {}
                Err(error) => return Err(error),
            }
            // Rows are locked in one order, so those that meet are few and a short wait parts them.
            tokio::time::sleep(Duration::from_millis(u64::from(attempt * attempt))).await;
        }
        Err(StoreError::Busy)
    }
}

/// The organisation in a column that this program wrote.
fn org(text: &str) -> Result<OrgId> {
    OrgId::parse(text).map_err(|_| StoreError::Corrupt("organisation"))
}

/// In whose name a message is stored. What a peer may bring depends on what it brought for others.
fn name(from: OrgId, route: &Route) -> Name {
    if matches!(route, Route::From { .. }) { Name::Hub } else { Name::Org(from) }
}

/// Row-level security stops neither a superuser nor a role with BYPASSRLS, and says so nowhere.
async fn held_by_fences(tx: &Tx) -> Result<End<()>> {
    let past = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)";
    match tx.one(past, &[]).await? {
        Some(row) => Err(StoreError::Role(row.try_get(0)?)),
        None => Ok(End::Rollback(())),
    }
}

async fn epoch(tx: &Tx) -> Result<i64> {
    let row = tx.one("SELECT epoch FROM hub", &[]).await?.ok_or(StoreError::Corrupt("epoch"))?;
    Ok(row.try_get(0)?)
}

async fn tell_epoch(tx: &Tx) -> Result<End<i64>> {
    Ok(End::Rollback(epoch(tx).await?))
}

async fn raise_epoch(tx: &Tx) -> Result<End<i64>> {
    tx.run("UPDATE hub SET epoch = epoch + 1", &[]).await?;
    Ok(End::Commit(epoch(tx).await?))
}

async fn known_keys(tx: &Tx) -> Result<Vec<String>> {
    let rows = tx.all("SELECT kid FROM hub_keys ORDER BY number DESC", &[]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

async fn keys(tx: &Tx, kid: &str) -> Result<End<Vec<String>>> {
    let known = known_keys(tx).await?;
    if !known.is_empty() {
        return Ok(End::Rollback(known));
    }
    // Two copies that start for the first time meet at this row; the second finds the key of the first.
    tx.one("SELECT epoch FROM hub FOR UPDATE", &[]).await?;
    let first =
        "INSERT INTO hub_keys (kid, number) SELECT $1::text, 1 WHERE NOT EXISTS (SELECT 1 FROM hub_keys)";
    tx.run(first, &[&kid]).await?;
    Ok(End::Commit(known_keys(tx).await?))
}

async fn admit_key(tx: &Tx, kid: &str, alone: bool) -> Result<End<()>> {
    if alone {
        tx.run("DELETE FROM hub_keys", &[]).await?;
    }
    let newest = "INSERT INTO hub_keys (kid, number) SELECT $1::text, coalesce(max(number), 0) + 1 FROM hub_keys \
         ON CONFLICT (kid) DO UPDATE SET number = excluded.number";
    tx.run(newest, &[&kid]).await?;
    Ok(End::Commit(()))
}

async fn would_write(tx: &Tx) -> Result<End<()>> {
    // FOR UPDATE is refused on a standby and while the server takes no writes.
    tx.one("SELECT epoch FROM hub FOR UPDATE", &[]).await?;
    Ok(End::Rollback(()))
}

async fn beat(tx: &Tx, copy: &str, at: i64) -> Result<End<Standby>> {
    // A row for each copy: one that hangs keeps no other one waiting.
    let sql =
        "INSERT INTO heartbeats (copy, at) VALUES ($1, $2) ON CONFLICT (copy) DO UPDATE SET at = excluded.at";
    tx.run(sql, &[&copy, &at]).await?;
    let awaited = "SELECT current_setting('synchronous_standby_names') <> '' \
         AND current_setting('synchronous_commit') NOT IN ('off', 'local')";
    let row = tx.one(awaited, &[]).await?.ok_or(StoreError::Corrupt("setting"))?;
    Ok(End::Commit(if row.try_get(0)? { Standby::Awaited } else { Standby::Missing }))
}

#[async_trait]
impl Store for Postgres {
    async fn epoch(&self) -> Result<i64> {
        transaction!(self, Name::Hub, tell_epoch)
    }

    async fn raise_epoch(&self) -> Result<i64> {
        transaction!(self, Name::Hub, raise_epoch)
    }

    async fn keys(&self, kid: &str) -> Result<Vec<String>> {
        transaction!(self, Name::Hub, keys, kid)
    }

    async fn admit_key(&self, kid: &str, alone: bool) -> Result<()> {
        transaction!(self, Name::Hub, admit_key, kid, alone)
    }

    async fn ready(&self) -> Result<()> {
        transaction!(self, Name::Hub, would_write)
    }

    async fn beat(&self, copy: &str, at: i64) -> Result<Standby> {
        transaction!(self, Name::Hub, beat, copy, at)
    }

    async fn enrol(&self, enrolment: &Enrolment) -> Result<Enrolled> {
        transaction!(self, Name::Hub, joining::enrol, enrolment)
    }

    async fn organisation(&self, org: OrgId) -> Result<Option<Organisation>> {
        transaction!(self, Name::Hub, joining::organisation, org)
    }

    async fn providers(&self) -> Result<Vec<Provider>> {
        transaction!(self, Name::Hub, joining::providers)
    }

    async fn device(&self, kid: &str) -> Result<Option<Device>> {
        transaction!(self, Name::Hub, joining::device, kid)
    }

    async fn replace_devices(&self, org: OrgId, list: &DeviceList) -> Result<Replaced> {
        transaction!(self, Name::Org(org), joining::replace, org, list)
    }

    async fn members(&self) -> Result<Vec<Member>> {
        transaction!(self, Name::Hub, members::all)
    }

    async fn remove_device(&self, org: OrgId, kid: &str, at: i64) -> Result<bool> {
        transaction!(self, Name::Hub, members::remove_device, org, kid, at)
    }

    async fn begin_again(&self, org: OrgId, invitation: &str, at: i64) -> Result<BegunAgain> {
        transaction!(self, Name::Hub, members::begin_again, org, invitation, at)
    }

    async fn remember_nonce(&self, kid: &str, nonce: &str, expires: i64) -> Result<bool> {
        transaction!(self, Name::Hub, joining::remember, kid, nonce, expires)
    }

    async fn deliver(&self, message: &NewMessage, route: &Route, quota: i64) -> Result<Delivered> {
        transaction!(self, name(message.from, route), mail::deliver, message, route, quota)
    }

    async fn mail(&self, org: OrgId, after: i64, items: usize, bytes: i64, inline: i64) -> Result<Page> {
        transaction!(self, Name::Org(org), mail::page, org, after, items, bytes, inline)
    }

    async fn message(&self, org: OrgId, id: &str) -> Result<Option<Message>> {
        transaction!(self, Name::Org(org), mail::message, org, id)
    }

    async fn acknowledge(&self, org: OrgId, ids: &[String]) -> Result<Vec<String>> {
        transaction!(self, Name::Org(org), mail::acknowledge, org, ids)
    }

    async fn open_upload(&self, upload: &NewUpload, route: &Route, quota: i64) -> Result<Opened> {
        // It has to see that an id is another sender's, and compares the sender itself.
        transaction!(self, Name::Hub, uploads::open, upload, route, quota)
    }

    async fn upload(&self, org: OrgId, id: &str) -> Result<Option<Upload>> {
        transaction!(self, Name::Org(org), uploads::show, org, id)
    }

    async fn add_part(&self, org: OrgId, id: &str, part: &Part) -> Result<Option<Stored>> {
        transaction!(self, Name::Org(org), uploads::add, org, id, part)
    }

    async fn finish_upload(
        &self,
        message: &NewMessage,
        upload: &str,
        route: &Route,
        quota: i64,
    ) -> Result<Finished> {
        transaction!(self, name(message.from, route), uploads::finish, message, upload, route, quota)
    }

    async fn drop_upload(&self, org: OrgId, id: &str) -> Result<bool> {
        transaction!(self, Name::Org(org), uploads::drop, org, id)
    }

    async fn sweep(&self, now: i64, messages_before: i64, uploads_before: i64) -> Result<Swept> {
        transaction!(self, Name::Hub, uploads::sweep, now, messages_before, uploads_before)
    }

    async fn add_peer(&self, peer: &Peer) -> Result<PeerAdded> {
        transaction!(self, Name::Hub, relay::add_peer, peer)
    }

    async fn remove_peer(&self, hub: &str) -> Result<bool> {
        transaction!(self, Name::Hub, relay::remove_peer, hub)
    }

    async fn peers(&self) -> Result<Vec<Peer>> {
        transaction!(self, Name::Hub, relay::peers)
    }

    async fn remote(&self, org: OrgId) -> Result<Option<Remote>> {
        transaction!(self, Name::Hub, relay::remote, org)
    }

    async fn keep_remote(&self, remote: &Remote) -> Result<bool> {
        transaction!(self, Name::Hub, relay::keep_remote, remote)
    }

    async fn move_mailbox(&self, to: &Remote, now: i64) -> Result<Option<Moved>> {
        transaction!(self, Name::Hub, relay::move_mailbox, to, now)
    }

    async fn claim(&self, hub: &str, large: bool, now: i64, until: i64, count: i64) -> Result<Vec<Claimed>> {
        transaction!(self, Name::Hub, relay::claim, hub, large, now, until, count)
    }

    async fn settle(&self, message: &str, settled: &Settled) -> Result<Vec<String>> {
        transaction!(self, Name::Hub, relay::settle, message, settled)
    }

    async fn queues(&self) -> Result<Vec<Queue>> {
        transaction!(self, Name::Hub, relay::queues)
    }

    async fn stuck(&self, hub: &str) -> Result<Vec<Stuck>> {
        transaction!(self, Name::Hub, relay::stuck, hub)
    }

    async fn retry(&self, hub: &str, message: Option<&str>, now: i64) -> Result<u64> {
        transaction!(self, Name::Hub, relay::retry, hub, message, now)
    }

    async fn discard(&self, message: &str) -> Result<Option<Stuck>> {
        transaction!(self, Name::Hub, relay::discard, message)
    }

    async fn named(&self, blobs: &[String]) -> Result<Vec<String>> {
        transaction!(self, Name::Hub, uploads::named, blobs)
    }

    async fn enter_voucher(&self, voucher: &NewVoucher) -> Result<Stored> {
        transaction!(self, Name::Org(voucher.fund), vouchers::enter, voucher)
    }

    async fn voucher(&self, id: &str) -> Result<Option<Voucher>> {
        transaction!(self, Name::Hub, vouchers::show, id)
    }

    async fn voucher_lines(&self, id: &str) -> Result<Option<VoucherLines>> {
        transaction!(self, Name::Hub, lines::of_voucher, id)
    }

    async fn redeem(&self, redemption: &NewRedemption, term: Term) -> Result<Redeemed> {
        transaction!(self, Name::Org(redemption.redeemer), ledger::redeem, redemption, term)
    }

    async fn hold(&self, hold: &NewHold, term: Term) -> Result<Held> {
        transaction!(self, Name::Org(hold.redeemer), vouchers::hold, hold, term)
    }

    async fn close_hold(&self, closing: &Closing) -> Result<HoldClosed> {
        transaction!(self, Name::Hub, vouchers::close, closing)
    }

    async fn revoke_voucher(&self, id: &str, reason: &str, at: i64) -> Result<Revoked> {
        transaction!(self, Name::Hub, vouchers::revoke, id, reason, at)
    }

    async fn decide_conflict(&self, voucher: &str, conflict: &str, decision: &Decision) -> Result<Decided> {
        transaction!(self, Name::Hub, ledger::decide, voucher, conflict, decision)
    }
}
