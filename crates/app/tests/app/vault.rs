//! Who can open a database and sign, and what each fault is told as.

use std::fs;
use std::path::{Path, PathBuf};

use zizhi_app::{Failure, FixedTime, vault};
use zizhi_model::{Region, Uscc, civil};
use zizhi_store::{Database, KEYS_FILE, Profile, Role};
use zizhi_trust::KeyUse;

const PASSPHRASE: &str = "松江 孵化器 2026";
const NEXT: &str = "另一句只有自己知道的话";

fn host() -> FixedTime {
    FixedTime(civil::parse_time("2026-11-23T10:00:00+08:00").expect("a time"))
}

fn owner(role: Role) -> Profile {
    Profile {
        uscc: Uscc::parse("91310117DEM000030B").expect("a code"),
        name: "松江科创孵化器【演示】".to_owned(),
        role,
        region: Region::parse("310117").ok(),
        created: host().0,
    }
}

struct World {
    _temp: tempfile::TempDir,
    folder: PathBuf,
    recovery: String,
}

/// A closed database.
fn world(role: Role) -> World {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path().join("database");
    let created = vault::create(&folder, &owner(role), PASSPHRASE, &host()).expect("created");
    let recovery = created.recovery_key.to_string();
    World { _temp: temp, folder, recovery }
}

fn code<T>(result: Result<T, Failure>) -> &'static str {
    let failure = result.err().expect("a failure");
    assert!(
        !failure.fact.zh.is_empty() && failure.advice.zh.ends_with('。'),
        "a fact and an advice: {failure}"
    );
    failure.code
}

#[test]
fn the_passphrase_and_the_recovery_key_open_and_nothing_else() {
    let world = world(Role::Incubator);
    for (what, secret) in [
        ("the passphrase", PASSPHRASE.to_owned()),
        ("the recovery key", world.recovery.clone()),
        ("typed in lower case without hyphens", world.recovery.to_lowercase().replace('-', " ")),
    ] {
        let open = vault::open(&world.folder, &secret, &host())
            .unwrap_or_else(|failure| panic!("{what}: {failure}"));
        assert_eq!(open.inbox.identities().len(), 1, "{what}: the inbox identity");
        assert!(open.inbox.identities()[0].starts_with("AGE-SECRET-KEY-1"), "{what}");
    }
    for wrong in ["", "松江 孵化器 2025", "松江 孵化器 2026 "] {
        assert_eq!(code(vault::open(&world.folder, wrong, &host())), "KEY-PASSPHRASE", "{wrong:?}");
    }
}

#[test]
fn a_mistyped_recovery_key_is_told_from_one_of_another_database() {
    let (here, there) = (world(Role::Firm), world(Role::Firm));
    let last = here.recovery.chars().last().expect("a character");
    let mut slip = here.recovery.clone();
    slip.pop();
    slip.push(if last == '7' { '8' } else { '7' });
    assert_eq!(code(vault::open(&here.folder, &slip, &host())), "KEY-RECOVERY");
    let failure = vault::open(&here.folder, &there.recovery, &host()).err().expect("another database's");
    assert_eq!(failure.code, "KEY-RECOVERY");
    assert!(failure.fact.zh.contains("不是这个数据库的"), "{failure}");
}

#[test]
fn a_lost_key_file_is_made_good_by_the_recovery_key() {
    let world = world(Role::Firm);
    fs::remove_file(world.folder.join(KEYS_FILE)).expect("removed");
    assert_eq!(code(vault::open(&world.folder, PASSPHRASE, &host())), "KEYS-LOST");

    let open = vault::open(&world.folder, &world.recovery, &host()).expect("by recovery key");
    vault::change_passphrase(&open.database, &world.recovery, NEXT, "", &host()).expect("a new passphrase");
    drop(open);
    vault::open(&world.folder, NEXT, &host()).expect("with the new passphrase");
    vault::open(&world.folder, &world.recovery, &host()).expect("the recovery key stays");
}

#[test]
fn a_damaged_key_file_is_not_taken_for_a_wrong_passphrase() {
    let world = world(Role::Firm);
    let path = world.folder.join(KEYS_FILE);
    let text = fs::read_to_string(&path).expect("keys");
    let cut = &text[..text.len() / 2];
    let rotten = text.replacen("\"ciphertext\": \"", "\"ciphertext\": \"A", 1);
    assert_ne!(rotten, text, "the file has this member");
    let newer = text.replacen("\"version\": 1,\n  \"passphrase\"", "\"version\": 9,\n  \"passphrase\"", 1);
    for (what, bytes, expected) in [
        ("cut short", cut, "KEYS-DAMAGED"),
        ("another character", &rotten, "KEYS-DAMAGED"),
        ("empty", "", "KEYS-DAMAGED"),
        ("of a newer program", &newer.replacen("\"version\": 1", "\"version\": 9", 1), "KEYS-NEWER"),
    ] {
        fs::write(&path, bytes).expect("written");
        assert_eq!(code(vault::open(&world.folder, PASSPHRASE, &host())), expected, "{what}");
        vault::open(&world.folder, &world.recovery, &host())
            .unwrap_or_else(|failure| panic!("{what}: {failure}"));
    }
}

#[test]
fn a_key_signs_only_for_its_uses_and_only_with_the_passphrase() {
    let world = world(Role::Incubator);
    let open = vault::open(&world.folder, PASSPHRASE, &host()).expect("open");
    let sign = |secret: &str, use_| vault::signing_key(&open.database, &world.folder, secret, use_);
    let decision = sign(PASSPHRASE, KeyUse::Decision).expect("the key");
    let credential = sign(&world.recovery, KeyUse::Credential).expect("by recovery key");
    assert_eq!(decision.public(), credential.public(), "one key for all uses at the start");
    assert_eq!(*decision.public(), vault::signing_public(&open.database, KeyUse::Report).expect("public"));
    assert_eq!(code(sign("a wrong one", KeyUse::Decision)), "KEY-PASSPHRASE");
    assert_eq!(code(vault::holder_key(&open.database, &world.folder, PASSPHRASE)), "KEY-NONE", "no firm");

    let other = self::world(Role::Firm);
    assert_eq!(code(sign(&other.recovery, KeyUse::Decision)), "KEY-RECOVERY", "another database's paper");
    let firm = vault::open(&other.folder, PASSPHRASE, &host()).expect("open");
    let holder = vault::holder_key(&firm.database, &other.folder, PASSPHRASE).expect("the firm's");
    assert_eq!(*holder.public(), vault::holder_public(&firm.database).expect("public"));
}

#[test]
fn a_new_key_takes_over_and_the_old_one_stays() {
    let world = world(Role::Incubator);
    let open = vault::open(&world.folder, PASSPHRASE, &host()).expect("open");
    let before = vault::signing_public(&open.database, KeyUse::Status).expect("the first");
    let made = vault::add_signing_key(
        &open.database,
        &world.folder,
        PASSPHRASE,
        (zizhi_app::Algorithm::EdDsa, &vault::INCUBATOR_USES, "2027年密钥"),
        "",
        &host(),
    )
    .expect("added");
    let now = vault::signing_key(&open.database, &world.folder, PASSPHRASE, KeyUse::Status).expect("signs");
    assert_eq!(*now.public(), made);
    let keys = open.database.reader().expect("reads").signing_keys().expect("keys");
    assert_eq!(keys.len(), 2);
    let old = keys.iter().find(|key| key.kid == before.key_id().as_str()).expect("stays");
    assert!(old.retired.is_some(), "and signs no more");
}

#[test]
fn a_weak_passphrase_is_refused_and_the_old_one_holds() {
    let world = world(Role::Firm);
    let open = vault::open(&world.folder, PASSPHRASE, &host()).expect("open");
    for weak in ["", "short", "aaaaaaaaaaaaaa", "111111112", "12345678", "abcd1234", "19880512"] {
        let result = vault::change_passphrase(&open.database, PASSPHRASE, weak, "", &host());
        assert_eq!(code(result), "PASSPHRASE-WEAK", "{weak:?}");
    }
    let result = vault::change_passphrase(&open.database, "a wrong one", NEXT, "", &host());
    assert_eq!(code(result), "KEY-PASSPHRASE");
    drop(open);
    vault::open(&world.folder, PASSPHRASE, &host()).expect("as before");
}

#[test]
fn a_second_opening_is_refused_while_the_first_lasts() {
    let world = world(Role::Firm);
    let first = vault::open(&world.folder, PASSPHRASE, &host()).expect("open");
    assert_eq!(code(vault::open(&world.folder, PASSPHRASE, &host())), "DB-IN-USE");
    drop(first);
    vault::open(&world.folder, PASSPHRASE, &host()).expect("free again");
}

#[test]
fn a_database_is_made_whole_or_not_at_all() {
    let world = world(Role::Firm);
    assert_eq!(code(vault::create(&world.folder, &owner(Role::Firm), PASSPHRASE, &host())), "DB-EXISTS");
    let temp = tempfile::tempdir().expect("a folder");
    assert_eq!(code(vault::open(temp.path(), PASSPHRASE, &host())), "DB-NONE");

    let taken = temp.path().join("taken");
    fs::create_dir_all(taken.join("backups")).expect("a folder");
    assert_eq!(code(vault::create(&taken, &owner(Role::Firm), PASSPHRASE, &host())), "DB-FOLDER");

    let synced = temp.path().join("OneDrive/database");
    assert_eq!(code(vault::create(&synced, &owner(Role::Firm), PASSPHRASE, &host())), "DB-PLACE");
    assert!(!synced.exists() && !synced.with_extension("new").exists(), "nothing was left");
    assert!(!Path::new(&format!("{}.new", synced.display())).exists(), "nothing was left");

    // What a crash left of an earlier attempt is in nobody's way.
    let folder = temp.path().join("database");
    fs::create_dir_all(temp.path().join("database.new/rubbish")).expect("a folder");
    vault::create(&folder, &owner(Role::Firm), PASSPHRASE, &host()).expect("created");
    assert!(Database::exists(&folder) && !temp.path().join("database.new").exists());
}

/// The system's own tree takes no folder of ours, not even from the superuser.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_a_sentence() {
    let failure = vault::create(Path::new("/sys/zizhi/database"), &owner(Role::Firm), PASSPHRASE, &host());
    let code = code(failure);
    assert!(["DB-READ-ONLY", "DB-FILE"].contains(&code), "{code}");
}

#[test]
fn a_folder_below_a_file_is_a_sentence() {
    let temp = tempfile::tempdir().expect("a folder");
    fs::write(temp.path().join("file"), b"").expect("a file");
    let failure = vault::create(&temp.path().join("file/database"), &owner(Role::Firm), PASSPHRASE, &host());
    assert_eq!(code(failure), "DB-FILE");
}
