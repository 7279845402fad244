//! Who takes part: a hub in a folder that every history begins with, and two organisations with three desks, as decision 21 has
//! them: of two computers of one organisation the first of the device list takes the mail in.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use tempfile::TempDir;
use zizhi_crypto::{PublicKey, SigningKey};
use zizhi_model::money::Fen;
use zizhi_model::{Limits, OrgId, Region};
use zizhi_sync::devices::{self, DeviceList};
use zizhi_sync::invitation::Role;
use zizhi_sync::ledger::VoucherEntry;
use zizhi_sync::{Digest, Token, api, object};

use crate::common::org;
use crate::http::{self, Party, ask, device, inbox, new_key, party, world_in};

pub use crate::http::{NOW, ORIGIN, settings};

/// The desks' names: one of the first organisation, two of the second.
pub const DESKS: [&str; 3] = ["a", "b1", "b2"];
/// What the voucher is worth, in fen.
pub const AMOUNT: i64 = 10_000;
/// What each redemption is for: four fit, in whatever order they come.
pub const EACH: i64 = 2_500;

/// Everything that is the same in every history.
pub struct World {
    folder: TempDir,
    pub fund: Party,
    pub desks: [Desk; 3],
    /// The device list of the second organisation without its first computer, signed by the other one.
    pub removal: String,
    pub hub_key: PublicKey,
}

/// A desk: its organisation and its device's key.
pub struct Desk {
    pub org: OrgId,
    pub key: Arc<SigningKey>,
    /// Whether it is the first of its organisation's device list.
    pub takes_mail: bool,
}

/// What is made once for all histories.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(begin())
    })
}

async fn begin() -> World {
    let folder = folder();
    let hub = http::world_in(tempfile::tempdir().expect("a folder"), folder.path(), settings());
    let fund = hub.joined(1, Role::VoucherFund).await;
    let firm = hub.joined(2, Role::Firm).await;
    let one = hub.joined(3, Role::ServiceProvider).await;
    // Two devices from the first list on.
    let (first, second) = (party(4), new_key());
    let mut list = DeviceList::begin(first.org, device(&first.key), inbox());
    list.devices.push(device(&second));
    let list_jws = object::sign(&first.key, &list).expect("a list");
    let two = hub.joins(Party { list_jws, ..first }, Role::ServiceProvider).await;
    let entry = object::sign(&fund.key, &entry(&fund, &firm)).expect("an entry");
    let put = ask("PUT", format!("/v1/vouchers/{}", voucher().as_str())).json(&api::PutVoucher { entry });
    hub.from(&fund, put).await.is(201);
    let hub_key = hub.data.key.public().clone();
    let removal = removal(&two, &second);
    let desk = |org, key, takes_mail| Desk { org, key: Arc::new(key), takes_mail };
    let desks = [desk(one.org, one.key, true), desk(two.org, two.key, true), desk(two.org, second, false)];
    World { folder, fund, desks, removal, hub_key }
}

impl World {
    /// A folder of the hub as every history begins.
    pub fn copy(&self) -> TempDir {
        let copy = folder();
        copy_into(self.folder.path(), copy.path());
        copy
    }

    /// The organisation to which a desk writes.
    pub fn other(&self, desk: usize) -> OrgId {
        if desk == 0 { self.desks[1].org } else { self.desks[0].org }
    }
}

/// A folder in memory where the system has such a place: thousands of transactions wait for no disk. Power cuts are
/// not what is simulated here.
fn folder() -> TempDir {
    let memory: PathBuf = ["/dev", "shm"].iter().collect();
    let place = if memory.is_dir() { memory } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("zizhi-net-").tempdir_in(place).expect("a folder")
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&to).expect("a folder");
            copy_into(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// The hub of a history that is over, to be asked without a network.
pub fn after(root: &Path) -> http::World {
    world_in(tempfile::tempdir().expect("a folder"), root, settings())
}

pub fn voucher() -> Token {
    Token::parse("SH-2026-0001").expect("a token")
}

fn day(text: &str) -> NaiveDate {
    zizhi_model::civil::parse_date(text).expect("a day")
}

fn entry(fund: &Party, firm: &Party) -> VoucherEntry {
    VoucherEntry {
        jti: voucher(),
        iss: fund.org,
        sub: firm.org,
        amount: Fen(AMOUNT),
        from: day("2026-01-01"),
        until: day("2026-12-31"),
        regions: Vec::new(),
        kinds: vec!["检验检测".to_owned()],
        redeemers: vec![org(3), org(4)],
        iat: NOW,
    }
}

/// The list of this organisation without the device that it began with, signed by the other one.
fn removal(organisation: &Party, other: &SigningKey) -> String {
    let standing = devices::first(&organisation.list_jws, &Limits::default()).expect("a list");
    let kid = organisation.key.public().key_id().as_str();
    let list = DeviceList::removing(&standing, kid, inbox(), NOW);
    object::sign(other, &list).expect("a list")
}

/// What a desk books at that time.
pub fn redemption(made: i64) -> api::Redemption {
    api::Redemption {
        redeemer: None,
        amount: Fen(EACH),
        kind: "检验检测".to_owned(),
        day: day("2026-03-01"),
        region: Region::parse("310104").expect("a region"),
        document: Digest::of(b"invoice"),
        hold: None,
        made,
    }
}
