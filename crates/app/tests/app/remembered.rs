//! What a computer that remembers a database holds: enough to read, and nothing that signs.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use zizhi_app::keychain::{Key, Keychain, KeychainError, NoKeychain, key_in};
use zizhi_app::{Failure, FixedTime, vault};
use zizhi_crypto::vault::{Vault, derive};
use zizhi_crypto::{b64, keywrap};
use zizhi_model::{Region, Uscc, civil};
use zizhi_store::{Database, Profile, Role};

const PASSPHRASE: &str = "松江 孵化器 2026";

fn host() -> FixedTime {
    FixedTime(civil::parse_time("2026-11-23T10:00:00+08:00").expect("a time"))
}

/// A keychain for one entry.
#[derive(Default)]
struct One(Mutex<Option<(String, Key)>>);

impl Keychain for One {
    fn get(&self, name: &str) -> Result<Option<Key>, KeychainError> {
        let entry = self.0.lock().expect("whole");
        Ok(entry.as_ref().filter(|(kept, _)| kept == name).map(|(_, key)| key.clone()))
    }

    fn put(&self, name: &str, key: &Key) -> Result<(), KeychainError> {
        *self.0.lock().expect("whole") = Some((name.to_owned(), key.clone()));
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeychainError> {
        self.0.lock().expect("whole").take_if(|(kept, _)| kept == name);
        Ok(())
    }
}

fn remember(database: &Database, secret: &str, keychain: &dyn Keychain) -> Result<(), Failure> {
    let halves = vault::halves(database, secret, &host())?;
    halves.hand_over(keychain)?;
    let before = halves.keep(database, &host())?;
    before.map_or(Ok(()), |orphan| orphan.remove(keychain))
}

struct World {
    _temp: tempfile::TempDir,
    folder: PathBuf,
    recovery: String,
    inbox: Vec<String>,
}

/// A closed database that `keychain` remembers.
fn world(keychain: &dyn Keychain) -> World {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path().join("database");
    let owner = Profile {
        uscc: Uscc::parse("91310117DEM000030B").expect("a code"),
        name: "松江科创孵化器【演示】".to_owned(),
        role: Role::Both,
        region: Region::parse("310117").ok(),
        created: host().0,
    };
    let created = vault::create(&folder, &owner, PASSPHRASE, &host()).expect("created");
    let open = created.unlocked;
    remember(&open.database, PASSPHRASE, keychain).expect("remembered");
    let (recovery, inbox) = (created.recovery_key.to_string(), open.inbox.identities().to_vec());
    World { _temp: temp, folder, recovery, inbox }
}

#[test]
fn it_opens_the_database_and_the_inbox() {
    let keychain = One::default();
    let world = world(&keychain);
    let reading = vault::ask(&world.folder, &keychain).expect("it answers").expect("it is remembered");
    let open = vault::open_reading(&world.folder, &reading).expect("open");
    assert_eq!(open.inbox.identities(), world.inbox, "what is sealed to this organisation is read");
    assert!(open.database.reader().expect("reads").profile().expect("reads").is_some());
}

#[test]
fn both_halves_together_hold_neither_the_root_nor_the_key_that_opens_the_signing_keys() {
    let keychain = One::default();
    let world = world(&keychain);
    let file = fs::read(world.folder.join("keychain.json")).expect("one half");
    let file: serde_json::Value = serde_json::from_slice(&file).expect("JSON");
    let (name, key) = keychain.0.lock().expect("whole").clone().expect("the other half");
    let id = file["id"].as_str().expect("an id");
    assert_eq!(name, format!("database-{id}"), "the entry is this database's own");

    let sealed = b64::decode(file["sealed"].as_str().expect("sealed")).expect("base64url");
    let opened = Vault::new(key).open(&format!("remembered {id}"), &sealed).expect("opened");
    let root = keywrap::from_paper(&world.recovery).expect("the root");
    let (first, lines) = opened.split_at(32);
    assert_eq!(first, derive(&root, "database").as_slice());
    let lines = std::str::from_utf8(lines).expect("text");
    let secrets: Vec<&str> =
        lines.lines().filter_map(|line| line.split_once(' ')).map(|line| line.1).collect();
    assert_eq!(secrets, world.inbox, "the inbox, and nothing behind it");
    for (what, key) in [("the root", root.clone()), ("the vault's key", derive(&root, "vault"))] {
        assert!(!opened.windows(32).any(|window| window == key.as_slice()), "{what}");
    }
}

#[test]
fn remembering_takes_the_passphrase_or_the_right_recovery_key() {
    let keychain = One::default();
    let (here, there) = (world(&keychain), world(&One::default()));
    let open = vault::open(&here.folder, PASSPHRASE, &host()).expect("open");
    let before = fs::read(here.folder.join("keychain.json")).expect("the half");
    for (secret, code) in [("不是这一句话", "KEY-PASSPHRASE"), (there.recovery.as_str(), "KEY-RECOVERY")]
    {
        let failure = remember(&open.database, secret, &keychain).expect_err(secret);
        assert_eq!(failure.code, code);
    }
    let failure = remember(&open.database, PASSPHRASE, &NoKeychain).expect_err("no keychain");
    assert_eq!(failure.code, "KEYCHAIN-NONE");
    assert_eq!(fs::read(here.folder.join("keychain.json")).expect("the half"), before, "nothing was changed");
    remember(&open.database, &here.recovery, &keychain).expect("the right paper");
}

#[test]
fn an_inbox_identity_that_came_later_is_not_missed_in_silence() {
    let keychain = One::default();
    let world = world(&keychain);
    let open = vault::open(&world.folder, PASSPHRASE, &host()).expect("open");
    let writer = open.database.writer().expect("writes");
    let (_, recipient) = zizhi_crypto::sealed::generate_identity();
    let later = zizhi_store::InboxIdentity { recipient, sealed: vec![0; 60], created: host().0 };
    writer.add_inbox_identity(&later).expect("added");
    writer.commit(&zizhi_store::Entry::new(host().0, "", "key.added")).expect("committed");
    drop(open);
    let reading = vault::ask(&world.folder, &keychain).expect("it answers").expect("it is remembered");
    let failure = vault::open_reading(&world.folder, &reading).err().expect("not all of it would be read");
    assert_eq!(failure.code, "KEYCHAIN-LOST");
}

#[test]
fn only_thirty_two_bytes_are_a_key() {
    for length in [0, 31, 33] {
        assert!(key_in(vec![7; length]).is_none(), "{length}");
    }
    assert_eq!(key_in(vec![7; 32]).expect("a key").as_slice(), [7; 32]);
}
