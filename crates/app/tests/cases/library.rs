//! Trust data is opened once and kept until it changes or a minute has passed.

use std::sync::Arc;

use chrono::TimeDelta;
use zizhi_app::kept_library::Shelf;
use zizhi_app::verify_file::{Settings, verify_file};
use zizhi_model::{Limits, Verdict};

use crate::world::{Dossier, World};

#[test]
fn a_second_verification_uses_what_the_first_one_read() {
    let mut world = World::fresh();
    world.publish(1);
    let (shelf, folder) = (Shelf::default(), world.folder.path().join("data"));
    let path = world.write("a.zzdossier", &world.dossier(&Dossier::default()));
    let verify = || {
        let kept = shelf.library(&folder, world.now).unwrap();
        let limits = Limits::default();
        let settings = Settings {
            library: &kept.library,
            now: world.now,
            recipient: None,
            identities: &[],
            limits: &limits,
            memory: Some(&kept.memory),
        };
        assert_eq!(verify_file(&path, &settings).unwrap().verdict, Verdict::Passed);
        kept
    };
    let (first, second) = (verify(), verify());
    assert!(
        Arc::ptr_eq(&first, &second),
        "the very same library, with its packs and lists as they were read"
    );
}

#[test]
fn an_import_and_a_minute_open_it_anew() {
    let mut world = World::fresh();
    world.publish(2);
    let (shelf, folder) = (Shelf::default(), world.folder.path().join("data"));
    let at = |seconds| shelf.library(&folder, world.now + TimeDelta::seconds(seconds)).unwrap();
    let first = at(0);
    assert!(Arc::ptr_eq(&first, &at(59)), "still fresh");
    let later = at(61);
    assert!(!Arc::ptr_eq(&first, &later), "a minute is over");
    assert!(!Arc::ptr_eq(&later, &at(0)), "a clock that went back says nothing about age");
    let before = at(1);
    world.publish(1);
    let after = shelf.library(&folder, world.now + TimeDelta::seconds(1)).unwrap();
    assert!(!Arc::ptr_eq(&before, &after), "the kept file was replaced");
    let version =
        |kept: &zizhi_app::kept_library::KeptLibrary| kept.library.trust().basis().timestamp_version;
    assert!(version(&before) < version(&after));
    shelf.forget();
    let anew = shelf.library(&folder, world.now + TimeDelta::seconds(1)).unwrap();
    assert!(!Arc::ptr_eq(&after, &anew), "told to forget");
    let nothing = shelf.library(&world.folder.path().join("elsewhere"), world.now).unwrap();
    assert_eq!(nothing.library.trust().issuer_count(), 0, "a folder without trust data knows nothing");
}
