//! What is noted of a view in which a line is missing, and by whom.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tempfile::TempDir;
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_model::money::Fen;
use zizhi_model::{Limits, OrgId, Uscc};
use zizhi_store::{Database, Entry, Hub, Profile, Role};
use zizhi_sync::ledger::{RedemptionReceipt, Shown, VoucherEntry};
use zizhi_sync::{HubId, Id, Token, object};

use super::{Withheld, list, note};
use crate::{FixedTime, vault};

const FUND: &str = "11330000DEM000102T";
const FIRM: &str = "91330421DEM0000814";
const PLATFORM: &str = "12310000DEM00009XN";
const VOUCHER: &str = "ZJ-2026-000123";

fn org(uscc: &str) -> OrgId {
    OrgId::from(Uscc::parse(uscc).unwrap())
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

struct Desk {
    ledger: SigningKey,
    database: Database,
    _folder: TempDir,
}

impl Desk {
    /// The desk of an organisation at the hub in Zhejiang.
    fn of(uscc: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let owner = Profile {
            uscc: Uscc::parse(uscc).unwrap(),
            name: "某单位【演示】".to_owned(),
            role: Role::Incubator,
            region: None,
            created: now(),
        };
        let made =
            vault::create(&folder.path().join("database"), &owner, "浙江 创新券 2026", &FixedTime(now()));
        let database = made.unwrap().unlocked.database;
        let writer = database.writer().unwrap();
        writer
            .put_hub(&Hub {
                id: "33-main".to_owned(),
                url: "https://hub.example".to_owned(),
                card: String::new(),
                role: "voucher_fund".to_owned(),
                device_kid: String::new(),
                sealed: Vec::new(),
                joined: Some(now()),
                epoch: 1,
                cursor: 0,
                public_etag: None,
                clock_offset: 0,
                synced: None,
                code: None,
                wait_ms: 0,
                retry_at: None,
                ca: None,
            })
            .unwrap();
        writer.commit(&Entry::new(now(), "", "hub.joined")).unwrap();
        let ledger = SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).unwrap();
        Self { ledger, database, _folder: folder }
    }

    /// Hears a view in which of three redemptions, of 300, 200 and 500, only these are shown.
    fn hears(&self, seqs: &[u64], hours: i64) -> Vec<Withheld> {
        let entry = VoucherEntry {
            jti: Token::parse(VOUCHER).unwrap(),
            iss: org(FUND),
            sub: org(FIRM),
            amount: Fen(10_000),
            from: "2026-01-01".parse().unwrap(),
            until: "2026-12-31".parse().unwrap(),
            regions: Vec::new(),
            kinds: vec!["检验检测".to_owned()],
            redeemers: Vec::new(),
            iat: now().timestamp(),
        };
        let line = |seq: &u64| {
            let (amount, spent) = [(300, 300), (200, 500), (500, 1000)][usize::try_from(*seq).unwrap() - 1];
            let receipt = RedemptionReceipt {
                jti: Id::new(now().timestamp_millis(), [seq.to_le_bytes()[0]; 10]),
                voucher: entry.jti.clone(),
                redeemer: org(PLATFORM),
                key: Token::parse(&format!("desk-{seq}")).unwrap(),
                seq: *seq,
                amount: Fen(amount),
                spent: Fen(spent),
                hold: None,
                at: now().timestamp(),
                hub: HubId::parse("33-main").unwrap(),
                epoch: 1,
            };
            object::sign(&self.ledger, &receipt).unwrap()
        };
        let view = json!({"entry": object::sign(&self.ledger, &entry).unwrap(), "revoked": null, "spent": 1000,
            "held": 0, "redemptions": seqs.iter().map(line).collect::<Vec<_>>(), "holds": [], "conflicts": []});
        let keys = self.ledger.public().clone().into();
        let shown = Shown::read(view.to_string().as_bytes(), &entry.jti, &keys, &Limits::default()).unwrap();
        let host = FixedTime(now() + TimeDelta::hours(hours));
        let writer = self.database.writer().unwrap();
        note(&writer, &shown, &host).unwrap();
        writer.commit(&Entry::new(now(), "", "voucher.seen")).unwrap();
        list(&self.database).unwrap()
    }
}

#[test]
fn a_number_that_is_not_there_is_noted_with_its_time_and_forgotten_once_it_comes() {
    let desk = Desk::of(FUND);
    assert_eq!(desk.hears(&[1, 2, 3], 0), [], "everything is there");
    let missing = |numbers: &[u64], onwards, amount, hours| Withheld {
        voucher: VOUCHER.to_owned(),
        hub: "33-main".to_owned(),
        numbers: numbers.to_vec(),
        onwards,
        amount: Fen(amount),
        since: now() + TimeDelta::hours(hours),
    };
    assert_eq!(desk.hears(&[1, 3], 1), [missing(&[2], false, 200, 1)], "in the middle");
    assert_eq!(desk.hears(&[1, 3], 5), [missing(&[2], false, 200, 1)], "since it was noticed first");
    assert_eq!(
        desk.hears(&[1], 6),
        [missing(&[2], true, 700, 1)],
        "and what is counted behind the last line"
    );
    assert_eq!(desk.hears(&[], 7), [missing(&[1], true, 1000, 1)], "or where there is none");
    assert_eq!(desk.hears(&[1, 2, 3], 8), [], "it came");
}

#[test]
fn a_redeemer_who_is_shown_its_own_lines_only_misses_none() {
    assert_eq!(Desk::of(PLATFORM).hears(&[3], 0), [], "the others are none of its business");
    assert_eq!(Desk::of(FIRM).hears(&[3], 0).len(), 1, "the firm is shown all of them");
}
