//! A real bus of our own, and on it what stands for logind and for a desktop: nobody locks a screen or closes a lid here.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::{OwnedFd, OwnedObjectPath, Value};

use super::{Lock, heed_logind, heed_screen_saver};

/// How long something may take on a busy machine.
const SOON: Duration = Duration::from_secs(30);
const OWN: &str = "/org/freedesktop/login1/session/_32";
const ANOTHER: &str = "/org/freedesktop/login1/session/_39";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// A message bus; it ends with the test.
struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    fn new() -> Self {
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--print-address"]);
        let mut daemon = command.stdout(Stdio::piped()).spawn().expect("it begins");
        let mut address = String::new();
        let told = daemon.stdout.take().expect("its output");
        BufReader::new(told).read_line(&mut address).expect("it tells its address");
        Self { daemon, address: address.trim().to_owned() }
    }

    fn connect(&self) -> Connection {
        Builder::address(self.address.as_str()).and_then(Builder::build).expect("connected")
    }

    /// Whoever listens by `heed`, and what it locks.
    fn listener(&self, heed: fn(&Connection, &Lock) -> zbus::Result<()>) -> Receiver<()> {
        let (sender, locks) = channel();
        let bus = self.connect();
        thread::spawn(move || heed(&bus, &move || sender.send(()).unwrap_or_default()));
        locks
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        drop(self.daemon.kill());
        drop(self.daemon.wait());
    }
}

/// Stands for logind. It keeps its ends of the delays that it granted.
#[derive(Clone, Default)]
struct Logind {
    delays: Arc<Mutex<Vec<UnixStream>>>,
    grants: bool,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    #[expect(clippy::unused_self, reason = "an interface's method has a self")]
    fn get_session(&self, name: &str) -> zbus::fdo::Result<OwnedObjectPath> {
        assert_eq!(name, "auto", "the caller's own");
        Ok(OwnedObjectPath::try_from(OWN).expect("a path"))
    }

    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> zbus::fdo::Result<OwnedFd> {
        assert_eq!((what, mode), ("sleep", "delay"), "sleep is delayed and never forbidden");
        if !self.grants {
            return Err(zbus::fdo::Error::AccessDenied("no".to_owned()));
        }
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        self.delays.lock().expect("not poisoned").push(ours);
        Ok(std::os::fd::OwnedFd::from(theirs).into())
    }
}

impl Logind {
    fn at(self, bus: &Bus) -> Connection {
        let builder = Builder::address(bus.address.as_str()).expect("an address");
        let builder = builder.serve_at("/org/freedesktop/login1", self).expect("served");
        builder.name("org.freedesktop.login1").and_then(Builder::build).expect("connected")
    }

    /// Whether the delay that was granted as number `index` is still wanted.
    fn is_delayed(&self, index: usize) -> bool {
        self.delays.lock().expect("not poisoned").get(index).is_some_and(|mut end| end.write(&[0]).is_ok())
    }
}

fn prepare_for_sleep(logind: &Connection, begins: bool) {
    let manager = "org.freedesktop.login1.Manager";
    logind
        .emit_signal(None::<&str>, "/org/freedesktop/login1", manager, "PrepareForSleep", &begins)
        .expect("told");
}

/// Tells something until it was heard: the listener may only just have begun.
fn until_locked(locks: &Receiver<()>, tell: impl Fn()) {
    let begun = Instant::now();
    loop {
        tell();
        if locks.recv_timeout(Duration::from_millis(300)).is_ok() {
            break;
        }
        assert!(begun.elapsed() < SOON, "it never locks");
    }
    // What was told more than once.
    while locks.recv_timeout(Duration::from_millis(300)).is_ok() {}
}

/// What must not lock, told to somebody who surely listens; `tell` is followed by what does lock, once.
fn exactly_one_lock(locks: &Receiver<()>, tell: impl FnOnce()) {
    tell();
    assert!(locks.recv_timeout(SOON).is_ok(), "the last of it locks");
    assert!(locks.recv_timeout(Duration::from_millis(300)).is_err(), "and nothing else of it");
}

fn eventually(holds: impl Fn() -> bool, claim: &str) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < SOON, "{claim}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn it_locks_before_sleep_and_lets_the_computer_sleep_then() {
    let bus = Bus::new();
    let logind = Logind { grants: true, ..Logind::default() };
    let told = logind.clone().at(&bus);
    let locks = bus.listener(heed_logind);
    eventually(|| logind.is_delayed(0), "sleep waits for the lock");
    exactly_one_lock(&locks, || prepare_for_sleep(&told, true));
    eventually(|| !logind.is_delayed(0), "behind the lock nothing delays sleep");
    prepare_for_sleep(&told, false);
    eventually(|| logind.is_delayed(1), "after waking the next sleep waits again");
    assert!(locks.try_recv().is_err(), "waking locks nothing");
}

#[test]
fn without_leave_to_delay_sleep_it_locks_all_the_same() {
    let bus = Bus::new();
    let told = Logind::default().at(&bus);
    until_locked(&bus.listener(heed_logind), || prepare_for_sleep(&told, true));
}

#[test]
fn it_locks_with_its_own_session_and_with_no_other() {
    let bus = Bus::new();
    let told = Logind::default().at(&bus);
    let lock = |path: &str, member: &str| {
        told.emit_signal(None::<&str>, path, SESSION, member, &()).expect("told");
    };
    let hint = |path: &str, property: &str, value: bool| {
        let changed = std::collections::HashMap::from([(property, Value::from(value))]);
        let body = (SESSION, changed, Vec::<&str>::new());
        told.emit_signal(None::<&str>, path, PROPERTIES, "PropertiesChanged", &body).expect("told");
    };
    let locks = bus.listener(heed_logind);
    until_locked(&locks, || lock(OWN, "Lock"));
    exactly_one_lock(&locks, || {
        lock(ANOTHER, "Lock");
        hint(ANOTHER, "LockedHint", true);
        told.emit_signal(None::<&str>, OWN, PROPERTIES, "PropertiesChanged", &1_u32).expect("told");
        prepare_for_sleep(&told, false);
        lock(OWN, "Unlock");
        hint(OWN, "IdleHint", true);
        hint(OWN, "LockedHint", false);
        hint(OWN, "LockedHint", true);
    });
}

#[test]
fn it_locks_with_the_screen_saver_of_any_desktop() {
    let bus = Bus::new();
    let desktop = bus.connect();
    let active = |path: &str, interface: &str, active: bool| {
        desktop.emit_signal(None::<&str>, path, interface, "ActiveChanged", &active).expect("told");
    };
    let locks = bus.listener(heed_screen_saver);
    until_locked(&locks, || active("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", true));
    exactly_one_lock(&locks, || {
        active("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", false);
        active("/x", "org.example.Other", true);
        desktop
            .emit_signal(None::<&str>, "/x", "org.example.ScreenSaver", "ActiveChanged", &"yes")
            .expect("told");
        active("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", true);
    });
}

#[test]
fn when_the_bus_goes_the_listening_ends() {
    let bus = Bus::new();
    let locks = bus.listener(heed_screen_saver);
    drop(bus);
    let ended = locks.recv_timeout(SOON);
    assert_eq!(ended, Err(RecvTimeoutError::Disconnected), "nothing is locked, and nobody listens for ever");
}
