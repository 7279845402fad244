//! A voucher from a dossier to what is booked on it without a network.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tempfile::TempDir;
use zizhi_app::create_database::{Owner, Role, create_database};
use zizhi_app::demo::demo;
use zizhi_app::open_trust::open_trust;
use zizhi_app::stop::Stop;
use zizhi_app::voucher::book::{Booking, book};
use zizhi_app::voucher::take::take_file;
use zizhi_app::voucher::{Desk, RedemptionState, list};
use zizhi_app::{Algorithm, Failure, FixedTime};
use zizhi_crypto::{SigningKey, SystemRandom};
use zizhi_model::money::Fen;
use zizhi_model::{Region, Uscc, civil};
use zizhi_store::{Database, Entry, Voucher};
use zizhi_verify::Library;

const PLATFORM: &str = "12310000DEM00009XN";
const NUMBER: &str = "CSJQ-330421-2026-000017";
const PASSPHRASE: &str = "松江 孵化器 2026";

/// 上海材料表征平台【演示】 at the time of the stories, with the demo's files and trust data.
struct World {
    folder: TempDir,
    database: Database,
    library: Library,
    key: SigningKey,
    now: DateTime<Utc>,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        demo(folder.path()).unwrap();
        let now = civil::parse_time("2026-11-23T10:00:00+08:00").unwrap();
        let owner = Owner {
            uscc: PLATFORM,
            name: "上海材料表征平台【演示】",
            role: Role::Incubator,
            region: "310000",
        };
        let at = folder.path().join("database");
        let database = create_database(&at, &owner, PASSPHRASE, &FixedTime(now)).unwrap().unlocked.database;
        let library = library(folder.path(), now);
        let key = SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).unwrap();
        Self { folder, database, library, key, now }
    }

    fn take(&self, file: &str) -> Result<String, Failure> {
        let path = self.folder.path().join(file);
        take_file(&self.database, &path, &self.library, &[], &FixedTime(self.now))
    }

    /// Books so many fen without a network at this time.
    fn book(&self, fen: i64, now: DateTime<Utc>) -> Result<RedemptionState, Failure> {
        let (host, stop) = (FixedTime(now), Stop::default());
        let desk = Desk { database: &self.database, key: &self.key, ca: None, host: &host, stop: &stop };
        let invoice = self.folder.path().join("README.txt");
        let booking = Booking {
            voucher: NUMBER,
            amount: Fen(fen),
            kind: "检验检测",
            day: "2026-11-16".parse().unwrap(),
            region: Region::parse("310104").unwrap(),
            document: &invoice,
            hold: None,
            offline: true,
        };
        book(&desk, &booking, &self.library).map(|row| row.state)
    }

    fn row(&self) -> Voucher {
        self.database.reader().unwrap().voucher(NUMBER).unwrap().unwrap()
    }

    fn keep(&self, row: &Voucher) {
        let writer = self.database.writer().unwrap();
        writer.put_voucher(row).unwrap();
        writer.commit(&Entry::new(self.now, "王经办", "voucher.seen")).unwrap();
    }
}

fn library(folder: &Path, now: DateTime<Utc>) -> Library {
    Library::new(open_trust(&folder.join("trust/demo.zztrust"), None, None, now).unwrap())
}

#[test]
fn a_voucher_is_taken_from_a_dossier_that_passes_and_from_no_other() {
    let world = World::new();
    for (file, code) in [
        ("3-voucher/invoice-too-early.zzdossier", "VOUCHER-VERDICT"),
        ("3-voucher/mandatory-test.zzdossier", "VOUCHER-VERDICT"),
        ("3-voucher/two-desks.zzdossier", "VOUCHER-VERDICT"),
        ("3-voucher/none.zzdossier", "IO-READ"),
    ] {
        assert_eq!(world.take(file).unwrap_err().code, code, "{file}");
    }
    assert!(world.database.reader().unwrap().voucher(NUMBER).unwrap().is_none(), "nothing was kept");

    for _ in 0..2 {
        assert_eq!(world.take("3-voucher/dossier.zzdossier").unwrap(), NUMBER, "as often as one likes");
    }
    let page = list::page(&world.database, NUMBER, Some(&world.library)).unwrap();
    let line = &page.line;
    assert_eq!((line.seen, line.free(), line.entry.amount), (None, Fen(10_000_000), Fen(10_000_000)));
    assert_eq!(line.entry.kinds, ["检验检测", "研究开发"]);

    // The number of another fund's voucher is not mixed up with it.
    let other = Voucher { fund: Uscc::parse("91330110DEM000073U").unwrap(), ..world.row() };
    world.keep(&other);
    assert_eq!(world.take("3-voucher/dossier.zzdossier").unwrap_err().code, "VOUCHER-OTHER");
    assert_eq!(world.row(), other, "and what is known stays");
}

#[test]
fn without_a_network_no_more_is_booked_than_was_seen_and_only_for_some_days() {
    let world = World::new();
    world.take("3-voucher/dossier.zzdossier").unwrap();
    // The credential says that ¥97,000 are gone, and no ledger was seen.
    world.keep(&Voucher { balance: Some(300_000), ..world.row() });
    let line = list::page(&world.database, NUMBER, None).unwrap().line;
    assert_eq!(line.free(), Fen(300_000), "nor does the screen say more");
    assert_eq!(world.book(300_001, world.now).unwrap_err().code, "VOUCHER-OFFLINE");

    let week = world.now + TimeDelta::days(7);
    assert_eq!(world.book(200_000, week).unwrap(), RedemptionState::Provisional, "on the last day");
    let refused = world.book(100, week + TimeDelta::days(1)).unwrap_err();
    assert_eq!(refused.code, "VOUCHER-SEEN");
    assert!(refused.fact.zh.contains("8 天前"), "{refused:?}");

    // What the ledger said counts from then on, and for more than the credential.
    let view = json!({"entry": "", "revoked": null, "spent": 0, "held": 0, "redemptions": [], "holds": [], "conflicts": []});
    world.keep(&Voucher { view: Some(view), seen: Some(week), ..world.row() });
    assert_eq!(world.book(800_001, week + TimeDelta::days(1)).unwrap_err().code, "VOUCHER-OFFLINE");
    assert_eq!(world.book(800_000, week + TimeDelta::days(1)).unwrap(), RedemptionState::Provisional);
}

#[test]
fn with_a_clock_that_cannot_be_right_nothing_is_booked_without_a_network() {
    let world = World::new();
    world.take("3-voucher/dossier.zzdossier").unwrap();
    let writer = world.database.writer().unwrap();
    writer.note_signed_time(world.now).unwrap();
    writer.commit(&Entry::new(world.now, "王经办", "trust.imported")).unwrap();
    let behind = |minutes| world.now - TimeDelta::minutes(minutes);
    assert_eq!(world.book(100, behind(11)).unwrap_err().code, "VOUCHER-CLOCK");
    assert_eq!(world.book(100, behind(9)).unwrap(), RedemptionState::Provisional, "two clocks differ");
}
