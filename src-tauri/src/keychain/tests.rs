#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use zizhi_app::keychain::{Key, Keychain as _, KeychainError};

use super::{SERVICE, SystemKeychain};

/// Says what a test does that was started again inside a login of its own.
const PART: &str = "ZIZHITONG_KEYCHAIN_PART";

const NAME: &str = "database-00112233445566778899aabbccddeeff";

/// Runs `test` of this module again, to play `part`, behind `lead`, a command that runs another, but not for ever.
fn again(test: &str, part: &str, lead: &[&str]) {
    let own = env::current_exe().expect("a test knows its program");
    let test = format!("keychain::tests::{test}");
    let mut command = Command::new("timeout");
    command.arg("120").args(lead).arg(own).args(["--exact", &test, "--nocapture"]).env(PART, part);
    let output = command.stdin(Stdio::null()).output().expect("it begins");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("1 passed"), "{part}: {said}");
}

/// The same in a login whose keyring lies in `home` and is unlocked with `word`. Without a screen nobody can be
/// asked for another one.
fn in_a_login(test: &str, part: &str, home: &Path, word: &str) {
    let folder = home.display();
    let login = format!(
        "printf {word} | gnome-keyring-daemon --unlock --components=secrets > /dev/null || exit; exec \"$@\""
    );
    let (home, runtime) = (format!("HOME={folder}"), format!("XDG_RUNTIME_DIR={folder}"));
    let data = format!("XDG_DATA_HOME={folder}/data");
    let screenless = ["env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", &home, &runtime, &data];
    let lead = [screenless.as_slice(), &["dbus-run-session", "--", "sh", "-c", &login, "sh"]].concat();
    again(test, part, &lead);
}

#[test]
fn a_key_is_kept_by_a_real_secret_service_and_removed_again() {
    if env::var_os(PART).is_none() {
        let home = tempfile::tempdir().expect("a folder");
        let test = "a_key_is_kept_by_a_real_secret_service_and_removed_again";
        return in_a_login(test, "whole", home.path(), "right");
    }
    let keychain = SystemKeychain;
    let (one, two) = (Key::new([1; 32]), Key::new([0xfe; 32]));
    assert!(keychain.get(NAME).expect("it answers").is_none(), "nothing is there yet");
    for key in [&one, &two] {
        keychain.put(NAME, key).expect("it keeps");
        let kept = keychain.get(NAME).expect("it answers").expect("it kept");
        assert_eq!(kept.as_slice(), key.as_slice(), "what was kept last");
    }
    assert!(keychain.get("database-0").expect("it answers").is_none(), "each name is its own");
    keyring::Entry::new(SERVICE, NAME).and_then(|entry| entry.set_secret(b"short")).expect("it keeps");
    assert!(keychain.get(NAME).expect("it answers").is_none(), "what others put there is no key of ours");
    for _ in 0..2 {
        keychain.remove(NAME).expect("removed, and the second time there is nothing to remove");
    }
    assert!(keychain.get(NAME).expect("it answers").is_none(), "it is gone");
}

#[test]
fn what_an_earlier_login_kept_is_there_unless_the_keyring_stays_locked() {
    let keychain = SystemKeychain;
    let key = Key::new([1; 32]);
    match env::var(PART).as_deref() {
        Ok("keep") => keychain.put(NAME, &key).expect("it keeps"),
        Ok("find") => {
            let kept = keychain.get(NAME).expect("it answers").expect("it kept");
            assert_eq!(kept.as_slice(), key.as_slice());
        }
        Ok(_) => {
            let other = keychain.put("database-0", &key).err();
            for failed in [keychain.get(NAME).err(), keychain.put(NAME, &key).err(), other] {
                assert!(matches!(failed, Some(KeychainError::Refused(Some(_)))), "{failed:?}");
            }
        }
        Err(_) => {
            let home = tempfile::tempdir().expect("a folder");
            let test = "what_an_earlier_login_kept_is_there_unless_the_keyring_stays_locked";
            for (part, word) in [("keep", "right"), ("find", "right"), ("locked", "wrong"), ("find", "right")]
            {
                in_a_login(test, part, home.path(), word);
            }
        }
    }
}

#[test]
fn a_login_without_a_bus_has_no_keychain() {
    if env::var_os(PART).is_none() {
        let lead = ["env", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"];
        return again("a_login_without_a_bus_has_no_keychain", "no bus", &lead);
    }
    let keychain = SystemKeychain;
    let put = keychain.put(NAME, &Key::new([1; 32])).err();
    for failed in [keychain.get(NAME).err(), put, keychain.remove(NAME).err()] {
        assert!(matches!(failed, Some(KeychainError::Absent(Some(_)))), "{failed:?}");
    }
}

#[test]
fn a_bus_without_a_secret_service_has_no_keychain() {
    if env::var_os(PART).is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("bus.conf");
        // It names no folder with services, so that it starts none by itself.
        let text = format!(
            "<busconfig><type>session</type><listen>unix:dir={}</listen><policy context=\"default\">\
             <allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>",
            folder.path().display()
        );
        fs::write(&config, text).expect("written");
        let config = format!("--config-file={}", config.display());
        return again(
            "a_bus_without_a_secret_service_has_no_keychain",
            "no service",
            &["dbus-run-session", &config, "--"],
        );
    }
    let failed = SystemKeychain.get(NAME).err();
    assert!(matches!(failed, Some(KeychainError::Absent(Some(_)))), "{failed:?}");
}
