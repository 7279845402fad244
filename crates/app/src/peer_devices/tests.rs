//! Which list a hub may show after the one that stands, where some were missed and where a device was removed.

use tempfile::TempDir;
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom, sealed};
use zizhi_model::{Limits, OrgId, Uscc};
use zizhi_store::{Database, Entry, Profile, Role as Owner};
use zizhi_sync::api::Organisation;
use zizhi_sync::devices::{Device, DeviceList, Standing};
use zizhi_sync::invitation::Role;
use zizhi_sync::object;

use super::accept;
use crate::{Host as _, SystemHost, vault};

const OWN: &str = "91310117DEM000030B";
const PEER: &str = "91340100DEM000014D";
const NOW: i64 = 1_795_000_000;

/// A database, and whose lists a hub shows it.
struct Desk {
    database: Database,
    of: OrgId,
    _folder: TempDir,
}

impl Desk {
    /// One that believes in a list.
    fn with(of: &str, stands: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let owner = Profile {
            uscc: Uscc::parse(OWN).unwrap(),
            name: "松江科创孵化器【演示】".to_owned(),
            role: Owner::Incubator,
            region: None,
            created: SystemHost.now(),
        };
        let place = folder.path().join("database");
        let made = vault::create(&place, &owner, "松江 孵化器 2026", &SystemHost).unwrap();
        let of = OrgId::from(Uscc::parse(of).unwrap());
        let desk = Self { database: made.unlocked.database, of, _folder: folder };
        assert_eq!(desk.shown(stands), Ok(true), "the first list is believed");
        desk
    }

    /// Whether a list that the hub shows is taken as a new one; else the code.
    fn shown(&self, list: &str) -> Result<bool, &'static str> {
        let (name, role) = ("某单位【演示】".to_owned(), Role::Incubator);
        let found = Organisation { organisation: self.of, name, role, devices: list.to_owned() };
        let writer = self.database.writer().unwrap();
        let taken = accept(&writer, &found, &SystemHost);
        let taken = taken.map(|(_, changed)| changed).map_err(|failure| failure.code);
        if taken == Ok(true) {
            writer.commit(&Entry::new(SystemHost.now(), "", "devices.accepted")).unwrap();
        }
        taken
    }
}

fn key() -> SigningKey {
    SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).unwrap()
}

fn device(key: &SigningKey) -> Device {
    let kid = key.public().key_id().to_string();
    Device { key: key.public().clone(), name: kid, added: NOW }
}

fn inbox() -> String {
    sealed::generate_identity().1
}

fn signed(by: &SigningKey, list: &DeviceList) -> String {
    object::sign(by, list).unwrap()
}

fn kept(text: &str) -> Standing {
    Standing::kept(text, &Limits::default()).unwrap()
}

/// The lists of an organisation: `a` begins, adds `b`, adds `c`, and removes `b`.
fn chain(of: &str, [a, b, c]: [&SigningKey; 3]) -> [String; 4] {
    let of = OrgId::from(Uscc::parse(of).unwrap());
    let first = signed(a, &DeviceList::begin(of, device(a), inbox()));
    let second = signed(a, &DeviceList::adding(&kept(&first), device(b)));
    let third = signed(a, &DeviceList::adding(&kept(&second), device(c)));
    let kid = b.public().key_id().to_string();
    let fourth = signed(a, &DeviceList::removing(&kept(&third), &kid, inbox(), NOW));
    [first, second, third, fourth]
}

#[test]
fn lists_that_were_missed_take_a_signature_of_the_kept_list() {
    let (a, b, c) = (key(), key(), key());
    let [_, second, third, fourth] = chain(PEER, [&a, &b, &c]);
    let desk = Desk::with(PEER, &second);
    assert_eq!(desk.shown(&second), Ok(false), "nothing new");
    // One that the kept list does not name, although a list in between does.
    let fifth = DeviceList::renewing(&kept(&fourth), inbox(), NOW);
    assert_eq!(desk.shown(&signed(&c, &fifth)), Err("PEER-DEVICES"));
    assert_eq!(desk.shown(&signed(&key(), &fifth)), Err("PEER-DEVICES"), "nor a stranger");
    assert_eq!(desk.shown(&fourth), Ok(true), "the third was missed, and a device of the second signed");
    assert_eq!(desk.shown(&third), Err("PEER-DEVICES"), "there is no way back");
}

#[test]
fn a_removed_device_signs_nothing_for_who_knows_that_it_was_removed() {
    let (a, b, c) = (key(), key(), key());
    let [_, second, _, fourth] = chain(PEER, [&a, &b, &c]);
    let desk = Desk::with(PEER, &fourth);
    let next = DeviceList::renewing(&kept(&fourth), inbox(), NOW);
    assert_eq!(desk.shown(&signed(&b, &next)), Err("PEER-DEVICES"), "as the next list");
    assert_eq!(
        desk.shown(&signed(&b, &DeviceList { seq: 9, ..next.clone() })),
        Err("PEER-DEVICES"),
        "or later"
    );

    // docs/attacks.md names what is left: whoever has missed the removal takes its list, if a hub shows it.
    let late = Desk::with(PEER, &second);
    assert_eq!(late.shown(&signed(&b, &DeviceList { seq: 9, ..next })), Ok(true));
    assert_eq!(
        late.shown(&fourth),
        Err("PEER-DEVICES"),
        "the true one contradicts it then, and a person hears"
    );
}

#[test]
fn a_list_of_ones_own_organisation_is_told_in_its_own_words() {
    let (a, b, c) = (key(), key(), key());
    let [_, _, third, fourth] = chain(OWN, [&a, &b, &c]);
    let desk = Desk::with(OWN, &fourth);
    assert_eq!(desk.shown(&third), Err("DEVICES-OTHER"), "an older one");
    let next = DeviceList::renewing(&kept(&fourth), inbox(), NOW);
    assert_eq!(desk.shown(&signed(&b, &next)), Err("DEVICES-OTHER"), "one of a removed computer");
    assert_eq!(desk.shown(&signed(&c, &next)), Ok(true), "one that follows");
}
