//! A store of each kind, and rows to put into it.

use std::ops::Deref;

use tempfile::TempDir;
use zizhi_hub::store::{
    Body, DeviceList, Enrolled, Enrolment, NewMessage, NewRedemption, NewVoucher, Postgres, Sqlite, Store,
    Stored, Term,
};

use crate::common::org;
use crate::common::server::shared;

/// A store that is empty, and what has to live as long as it.
pub struct Engine {
    store: Box<dyn Store>,
    /// Where PostgreSQL is reached, for looking behind the store.
    pub address: Option<String>,
    _folder: Option<TempDir>,
}

impl Deref for Engine {
    type Target = dyn Store;

    fn deref(&self) -> &Self::Target {
        self.store.as_ref()
    }
}

pub fn sqlite() -> Engine {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Sqlite::open(&folder.path().join("hub.sqlite")).expect("a new database opens");
    Engine { store: Box::new(store), address: None, _folder: Some(folder) }
}

pub async fn postgres() -> Engine {
    let address = shared().await.database().await;
    let store = Postgres::open(&address, 10).await.expect("a new database opens");
    Engine { store: Box::new(store), address: Some(address), _folder: None }
}

/// The end of a voucher that no test reaches by accident.
pub const TERM: Term = Term { ends: i64::MAX, books_until: i64::MAX };
/// A quota that no test reaches by accident.
pub const ROOM: i64 = 1 << 40;

pub fn list(n: u32, seq: i64, previous: Option<&str>) -> DeviceList {
    DeviceList {
        seq,
        jws: format!("list {n}.{seq}"),
        sha256: format!("digest {n}.{seq}"),
        previous: previous.map(str::to_owned),
        devices: vec![(format!("kid {n}.{seq}"), "{}".to_owned())],
    }
}

pub fn enrolment(n: u32) -> Enrolment {
    Enrolment {
        org: org(n),
        name: format!("公司 {n}"),
        role: "firm".to_owned(),
        invitation: format!("invitation {n}"),
        list: list(n, 1, None),
        mailbox: true,
        at: 1_000,
    }
}

/// Enrols the organisations with these numbers.
pub async fn enrol(store: &dyn Store, numbers: &[u32]) {
    for n in numbers {
        let enrolled = store.enrol(&enrolment(*n)).await.expect("an answer");
        assert_eq!(enrolled, Enrolled::New, "organisation {n} is new");
    }
}

pub fn message(id: &str, from: u32, to: u32, body: &[u8]) -> NewMessage {
    NewMessage {
        id: id.to_owned(),
        from: org(from),
        to: org(to),
        len: i64::try_from(body.len()).expect("short"),
        sha256: format!("digest of {}", String::from_utf8_lossy(body)),
        body: Body::Inline(body.to_vec()),
        receipt: format!("receipt of {id}"),
        at: 2_000,
    }
}

/// Enters a voucher of fund 1 for firm 2.
pub async fn voucher(store: &dyn Store, id: &str, amount: i64) {
    let new = NewVoucher {
        id: id.to_owned(),
        fund: org(1),
        firm: org(2),
        amount,
        entry: format!("entry {id} {amount}"),
        at: 3_000,
    };
    assert_eq!(store.enter_voucher(&new).await.expect("an answer"), Stored::New, "the voucher is new");
}

pub fn redemption(voucher: &str, redeemer: u32, key: &str, amount: i64) -> NewRedemption {
    NewRedemption {
        voucher: voucher.to_owned(),
        redeemer: org(redeemer),
        key: key.to_owned(),
        request: format!("{amount}"),
        amount,
        kind: "检验检测".to_owned(),
        day: "2026-03-01".to_owned(),
        region: "310000".to_owned(),
        document: "digest".to_owned(),
        hold: None,
        made: 3_900,
        id: format!("receipt {voucher} {redeemer} {key}"),
        at: 4_000,
    }
}
