//! The store of a hub on one machine: one SQLite file, one writer.

mod joining;
mod ledger;
mod lines;
mod mail;
mod members;
mod relay;
mod uploads;
mod vouchers;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use zizhi_model::OrgId;

use super::error::End;
use super::{
    BegunAgain, Claimed, Closing, Decided, Decision, Delivered, Device, DeviceList, Enrolled, Enrolment,
    Finished, Held, HoldClosed, Member, Message, Moved, NewHold, NewMessage, NewRedemption, NewUpload,
    NewVoucher, Opened, Organisation, Page, Part, Peer, PeerAdded, Provider, Queue, Redeemed, Remote,
    Replaced, Result, Revoked, Route, Settled, Standby, Store, StoreError, Stored, Stuck, Swept, Term,
    Upload, Voucher, VoucherLines,
};

/// The steps of the database, in order; a released one is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_first.sql"),
    include_str!("../../migrations/sqlite/0002_relay.sql"),
    include_str!("../../migrations/sqlite/0003_fences.sql"),
    include_str!("../../migrations/sqlite/0004_parked.sql"),
    include_str!("../../migrations/sqlite/0005_refused.sql"),
    include_str!("../../migrations/sqlite/0006_keys.sql"),
    include_str!("../../migrations/sqlite/0007_members.sql"),
    include_str!("../../migrations/sqlite/0008_heartbeats.sql"),
    include_str!("../../migrations/sqlite/0009_ledger_fences.sql"),
];

/// A hub's data in one SQLite file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    connections: Arc<Mutex<Connections>>,
}

/// Two connections to one file, of which one at a time is used.
#[derive(Debug)]
struct Connections {
    /// What it commits is on the disk, through a power cut too.
    lasting: Connection,
    /// What it commits is whole, and may be gone after a power cut.
    passing: Connection,
}

impl Sqlite {
    /// How long another process (a backup, an operator's shell) may keep the file locked.
    pub(crate) const BUSY: Duration = Duration::from_secs(10);

    /// Opens the file, or makes it, and brings it to the newest version.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::Sqlite`].
    pub fn open(path: &Path) -> Result<Self> {
        let mut lasting = connect(path, "FULL")?;
        migrate(&mut lasting)?;
        let passing = connect(path, "NORMAL")?;
        Ok(Self { connections: Arc::new(Mutex::new(Connections { lasting, passing })) })
    }

    /// Runs one transaction that may write. It goes on to its end even if nobody waits for it any more.
    async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<End<T>> + Send + 'static,
    {
        self.run(|all| all.lasting.transaction_with_behavior(TransactionBehavior::Immediate), work).await
    }

    /// Runs one transaction that writes what promises nothing to anybody, and does not wait for the disk.
    async fn write_passing<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<End<T>> + Send + 'static,
    {
        self.run(|all| all.passing.transaction_with_behavior(TransactionBehavior::Immediate), work).await
    }

    /// Runs one transaction that reads one moment.
    async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        self.run(|all| all.lasting.transaction(), move |tx| work(tx).map(End::Rollback)).await
    }

    async fn run<T, B, F>(&self, begin: B, work: F) -> Result<T>
    where
        T: Send + 'static,
        B: FnOnce(&mut Connections) -> rusqlite::Result<Transaction<'_>> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<End<T>> + Send + 'static,
    {
        let connections = Arc::clone(&self.connections);
        tokio::task::spawn_blocking(move || {
            // A panic inside a transaction rolled it back when it was dropped; the connection is sound.
            let mut connections = connections.lock().unwrap_or_else(PoisonError::into_inner);
            let tx = begin(&mut connections)?;
            match work(&tx)? {
                End::Commit(answer) => {
                    tx.commit()?;
                    Ok(answer)
                }
                End::Rollback(answer) => Ok(answer),
                // With one writer nobody is faster.
                End::Again => Err(StoreError::Busy),
            }
        })
        .await
        .map_err(|_| StoreError::Stopped)?
    }
}

/// A connection to the hub's file that waits for the disk as `synchronous` says.
fn connect(path: &Path, synchronous: &str) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Sqlite::BUSY)?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA fullfsync = ON; \
         PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    ))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<()> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    // The step and its number are written in one transaction: a crash leaves both or neither.
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for step in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or_default()) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    Ok(tx.commit()?)
}

/// The organisation in a column that this program wrote.
fn org(text: &str) -> Result<OrgId> {
    OrgId::parse(text).map_err(|_| StoreError::Corrupt("organisation"))
}

fn epoch(tx: &Transaction<'_>) -> Result<i64> {
    Ok(tx.prepare_cached("SELECT epoch FROM hub")?.query_row([], |row| row.get(0))?)
}

fn keys(tx: &Transaction<'_>, kid: &str) -> Result<Vec<String>> {
    let first = "INSERT INTO hub_keys (kid, number) SELECT ?1, 1 WHERE NOT EXISTS (SELECT 1 FROM hub_keys)";
    tx.execute(first, [kid])?;
    let mut statement = tx.prepare_cached("SELECT kid FROM hub_keys ORDER BY number DESC")?;
    let known = statement.query_map([], |row| row.get(0))?;
    Ok(known.collect::<rusqlite::Result<_>>()?)
}

fn admit_key(tx: &Transaction<'_>, kid: &str, alone: bool) -> Result<()> {
    if alone {
        tx.execute("DELETE FROM hub_keys", [])?;
    }
    let newest = "INSERT INTO hub_keys (kid, number) SELECT ?1, coalesce(max(number), 0) + 1 FROM hub_keys WHERE true \
         ON CONFLICT (kid) DO UPDATE SET number = excluded.number";
    tx.execute(newest, [kid])?;
    Ok(())
}

#[async_trait]
impl Store for Sqlite {
    async fn epoch(&self) -> Result<i64> {
        self.read(epoch).await
    }

    async fn raise_epoch(&self) -> Result<i64> {
        self.write(|tx| {
            tx.execute("UPDATE hub SET epoch = epoch + 1", [])?;
            epoch(tx).map(End::Commit)
        })
        .await
    }

    async fn keys(&self, kid: &str) -> Result<Vec<String>> {
        let kid = kid.to_owned();
        self.write(move |tx| keys(tx, &kid).map(End::Commit)).await
    }

    async fn admit_key(&self, kid: &str, alone: bool) -> Result<()> {
        let kid = kid.to_owned();
        self.write(move |tx| admit_key(tx, &kid, alone).map(End::Commit)).await
    }

    async fn ready(&self) -> Result<()> {
        self.write(|tx| epoch(tx).map(|_| End::Rollback(()))).await
    }

    async fn beat(&self, _: &str, _: i64) -> Result<Standby> {
        Ok(Standby::NotMeant)
    }

    async fn enrol(&self, enrolment: &Enrolment) -> Result<Enrolled> {
        let enrolment = enrolment.clone();
        self.write(move |tx| joining::enrol(tx, &enrolment)).await
    }

    async fn organisation(&self, org: OrgId) -> Result<Option<Organisation>> {
        self.read(move |tx| joining::organisation(tx, org)).await
    }

    async fn providers(&self) -> Result<Vec<Provider>> {
        self.read(joining::providers).await
    }

    async fn device(&self, kid: &str) -> Result<Option<Device>> {
        let kid = kid.to_owned();
        self.read(move |tx| joining::device(tx, &kid)).await
    }

    async fn replace_devices(&self, org: OrgId, list: &DeviceList) -> Result<Replaced> {
        let list = list.clone();
        self.write(move |tx| joining::replace(tx, org, &list)).await
    }

    async fn members(&self) -> Result<Vec<Member>> {
        self.read(members::all).await
    }

    async fn remove_device(&self, org: OrgId, kid: &str, at: i64) -> Result<bool> {
        let kid = kid.to_owned();
        self.write(move |tx| members::remove_device(tx, org, &kid, at)).await
    }

    async fn begin_again(&self, org: OrgId, invitation: &str, at: i64) -> Result<BegunAgain> {
        let invitation = invitation.to_owned();
        self.write(move |tx| members::begin_again(tx, org, &invitation, at)).await
    }

    async fn remember_nonce(&self, kid: &str, nonce: &str, expires: i64) -> Result<bool> {
        let (kid, nonce) = (kid.to_owned(), nonce.to_owned());
        self.write_passing(move |tx| joining::remember(tx, &kid, &nonce, expires)).await
    }

    async fn deliver(&self, message: &NewMessage, route: &Route, quota: i64) -> Result<Delivered> {
        let (message, route) = (message.clone(), route.clone());
        self.write(move |tx| mail::deliver(tx, &message, &route, quota)).await
    }

    async fn mail(&self, org: OrgId, after: i64, items: usize, bytes: i64, inline: i64) -> Result<Page> {
        self.read(move |tx| mail::page(tx, org, after, items, bytes, inline)).await
    }

    async fn message(&self, org: OrgId, id: &str) -> Result<Option<Message>> {
        let id = id.to_owned();
        self.read(move |tx| mail::message(tx, org, &id)).await
    }

    async fn acknowledge(&self, org: OrgId, ids: &[String]) -> Result<Vec<String>> {
        let ids = ids.to_vec();
        self.write(move |tx| mail::acknowledge(tx, org, &ids)).await
    }

    async fn open_upload(&self, upload: &NewUpload, route: &Route, quota: i64) -> Result<Opened> {
        let (upload, route) = (upload.clone(), route.clone());
        self.write(move |tx| uploads::open(tx, &upload, &route, quota)).await
    }

    async fn upload(&self, org: OrgId, id: &str) -> Result<Option<Upload>> {
        let id = id.to_owned();
        self.read(move |tx| uploads::find(tx, org, &id)).await
    }

    async fn add_part(&self, org: OrgId, id: &str, part: &Part) -> Result<Option<Stored>> {
        let (id, part) = (id.to_owned(), part.clone());
        self.write(move |tx| uploads::add(tx, org, &id, &part)).await
    }

    async fn finish_upload(
        &self,
        message: &NewMessage,
        upload: &str,
        route: &Route,
        quota: i64,
    ) -> Result<Finished> {
        let (message, upload, route) = (message.clone(), upload.to_owned(), route.clone());
        self.write(move |tx| uploads::finish(tx, &message, &upload, &route, quota)).await
    }

    async fn drop_upload(&self, org: OrgId, id: &str) -> Result<bool> {
        let id = id.to_owned();
        self.write(move |tx| uploads::drop(tx, org, &id)).await
    }

    async fn sweep(&self, now: i64, messages_before: i64, uploads_before: i64) -> Result<Swept> {
        self.write(move |tx| uploads::sweep(tx, now, messages_before, uploads_before)).await
    }

    async fn add_peer(&self, peer: &Peer) -> Result<PeerAdded> {
        let peer = peer.clone();
        self.write(move |tx| relay::add_peer(tx, &peer)).await
    }

    async fn remove_peer(&self, hub: &str) -> Result<bool> {
        let hub = hub.to_owned();
        self.write(move |tx| relay::remove_peer(tx, &hub)).await
    }

    async fn peers(&self) -> Result<Vec<Peer>> {
        self.read(relay::peers).await
    }

    async fn remote(&self, org: OrgId) -> Result<Option<Remote>> {
        self.read(move |tx| relay::remote(tx, org)).await
    }

    async fn keep_remote(&self, remote: &Remote) -> Result<bool> {
        let remote = remote.clone();
        self.write(move |tx| relay::keep_remote(tx, &remote)).await
    }

    async fn move_mailbox(&self, to: &Remote, now: i64) -> Result<Option<Moved>> {
        let to = to.clone();
        self.write(move |tx| relay::move_mailbox(tx, &to, now)).await
    }

    async fn claim(&self, hub: &str, large: bool, now: i64, until: i64, count: i64) -> Result<Vec<Claimed>> {
        let hub = hub.to_owned();
        self.write(move |tx| relay::claim(tx, (&hub, large), now, until, count)).await
    }

    async fn settle(&self, message: &str, settled: &Settled) -> Result<Vec<String>> {
        let (message, settled) = (message.to_owned(), settled.clone());
        self.write(move |tx| relay::settle(tx, &message, &settled)).await
    }

    async fn queues(&self) -> Result<Vec<Queue>> {
        self.read(relay::queues).await
    }

    async fn stuck(&self, hub: &str) -> Result<Vec<Stuck>> {
        let hub = hub.to_owned();
        self.read(move |tx| relay::stuck(tx, &hub)).await
    }

    async fn retry(&self, hub: &str, message: Option<&str>, now: i64) -> Result<u64> {
        let (hub, message) = (hub.to_owned(), message.map(str::to_owned));
        self.write(move |tx| relay::retry(tx, &hub, message.as_deref(), now)).await
    }

    async fn discard(&self, message: &str) -> Result<Option<Stuck>> {
        let message = message.to_owned();
        self.write(move |tx| relay::discard(tx, &message)).await
    }

    async fn named(&self, blobs: &[String]) -> Result<Vec<String>> {
        let blobs = blobs.to_vec();
        self.read(move |tx| uploads::named(tx, blobs)).await
    }

    async fn enter_voucher(&self, voucher: &NewVoucher) -> Result<Stored> {
        let voucher = voucher.clone();
        self.write(move |tx| vouchers::enter(tx, &voucher)).await
    }

    async fn voucher(&self, id: &str) -> Result<Option<Voucher>> {
        let id = id.to_owned();
        self.read(move |tx| vouchers::find(tx, &id)).await
    }

    async fn voucher_lines(&self, id: &str) -> Result<Option<VoucherLines>> {
        let id = id.to_owned();
        self.read(move |tx| lines::of_voucher(tx, &id)).await
    }

    async fn redeem(&self, redemption: &NewRedemption, term: Term) -> Result<Redeemed> {
        let redemption = redemption.clone();
        self.write(move |tx| ledger::redeem(tx, &redemption, term)).await
    }

    async fn hold(&self, hold: &NewHold, term: Term) -> Result<Held> {
        let hold = hold.clone();
        self.write(move |tx| vouchers::hold(tx, &hold, term)).await
    }

    async fn close_hold(&self, closing: &Closing) -> Result<HoldClosed> {
        let closing = closing.clone();
        self.write(move |tx| vouchers::close(tx, &closing)).await
    }

    async fn revoke_voucher(&self, id: &str, reason: &str, at: i64) -> Result<Revoked> {
        let (id, reason) = (id.to_owned(), reason.to_owned());
        self.write(move |tx| vouchers::revoke(tx, &id, &reason, at)).await
    }

    async fn decide_conflict(&self, voucher: &str, conflict: &str, decision: &Decision) -> Result<Decided> {
        let (voucher, conflict, decision) = (voucher.to_owned(), conflict.to_owned(), decision.clone());
        self.write(move |tx| ledger::decide(tx, &voucher, &conflict, &decision)).await
    }
}
