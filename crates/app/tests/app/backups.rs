//! When a backup is due, and that one is made, tried and found again.

use std::ops::ControlFlow;

use zizhi_app::create_database::{Owner, Role, create_database};
use zizhi_app::{Algorithm, FixedTime, backups, vault};
use zizhi_model::civil;

const PASSPHRASE: &str = "松江 孵化器 2026";

fn at(time: &str) -> FixedTime {
    FixedTime(civil::parse_time(time).expect("a time"))
}

#[test]
fn a_backup_is_due_for_a_new_key_and_after_a_month() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path().join("database");
    let owner = Owner {
        uscc: "91310117DEM000030B",
        name: "松江科创孵化器【演示】",
        role: Role::Incubator,
        region: "310117",
    };
    let began = at("2026-11-23T10:00:00+08:00");
    let database = create_database(&folder, &owner, PASSPHRASE, &began).expect("made").unlocked.database;
    let due = |time: &str| {
        let due = backups::due(&database, &at(time)).expect("read");
        due.map(|text| text.zh.into_owned())
    };
    assert!(due("2026-11-23T10:00:00+08:00").is_some_and(|text| text.contains("还没有备份")));

    let made =
        backups::make_backup(&database, None, &began, &mut |_| ControlFlow::Continue(())).expect("made");
    assert!(made.is_some_and(|made| made.path.exists()));
    assert_eq!(due("2026-11-23T10:00:01+08:00"), None, "made a second ago");
    assert_eq!(due("2026-12-24T10:00:00+08:00"), None, "thirty-one days are a month");
    assert_eq!(due("2026-12-24T10:00:01+08:00").as_deref(), Some("上次备份是31天前。"));

    let later = at("2026-11-24T10:00:00+08:00");
    let key = (Algorithm::Es256, &vault::INCUBATOR_USES[..], "2027年密钥");
    vault::add_signing_key(&database, &folder, PASSPHRASE, key, "", &later).expect("a new key");
    assert!(due("2026-11-24T10:00:00+08:00").is_some_and(|text| text.contains("签名密钥")));
    backups::make_backup(&database, None, &later, &mut |_| ControlFlow::Continue(())).expect("made");
    assert_eq!(due("2026-11-24T10:00:00+08:00"), None);
    assert!(backups::made_today(&database, &later).expect("read"));
    assert!(!backups::made_today(&database, &at("2026-11-25T00:00:00+08:00")).expect("read"), "a new day");
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path().join("database");
    let owner =
        Owner { uscc: "91340100DEM000014D", name: "企业【演示】", role: Role::Firm, region: "340104" };
    let host = at("2026-11-23T10:00:00+08:00");
    let database = create_database(&folder, &owner, PASSPHRASE, &host).expect("made").unlocked.database;
    let made =
        backups::make_backup(&database, None, &host, &mut |_| ControlFlow::Break(())).expect("stopped");
    assert!(made.is_none());
    let standing = backups::standing(&database, &host).expect("read");
    assert!(standing.backups.is_empty() && standing.due.is_some(), "nothing was made, and it stays due");
    let own = std::fs::read_dir(folder.join("backups")).expect("listed").next().expect("its folder");
    let left = std::fs::read_dir(own.expect("read").path()).expect("listed").count();
    assert_eq!(left, 0, "no half backup");
}
