//! Locks when the person goes away: the screen was locked, or the computer goes to sleep.
//!
//! Linux tells it on two buses: logind on the system's, the screen saver on the session's. Whatever else a bus tells is
//! left alone, and where there is no bus nothing happens. Time without input is the interface's affair
//! (`ui/src/shell/useIdleLock.ts`).

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;

use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::{OwnedFd, OwnedObjectPath, OwnedValue};
use zbus::{MatchRule, Message};

use crate::remark;

const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: (&str, &str) = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager");
const SESSION: &str = "org.freedesktop.login1.Session";

/// What each desktop's screen saver has its interface end with: `org.gnome.ScreenSaver`.
const SCREEN_SAVER: &str = ".ScreenSaver";

/// What locks.
type Lock = dyn Fn() + Send + Sync;

/// Listens to both buses, beside the window and until the program ends.
pub fn begin(lock: impl Fn() + Send + Sync + 'static) {
    let lock: Arc<Lock> = Arc::new(lock);
    let beside = |bus: fn() -> zbus::Result<Connection>, heed: fn(&Connection, &Lock) -> zbus::Result<()>| {
        let lock = Arc::clone(&lock);
        thread::spawn(move || {
            if let Err(error) = bus().and_then(|bus| heed(&bus, lock.as_ref())) {
                remark(&format!(
                    "the window is not locked with the screen or before sleep\n  cause: {error}"
                ));
            }
        });
    };
    beside(Connection::system, heed_logind);
    beside(Connection::session, heed_screen_saver);
}

/// Locks before sleep, and when logind tells this session to lock or that it is. Returns when the bus is gone.
fn heed_logind(bus: &Connection, lock: &Lock) -> zbus::Result<()> {
    let told = MessageIterator::from(bus);
    for member in ["PrepareForSleep", "Lock", "PropertiesChanged"] {
        listen(bus, MatchRule::builder().sender(LOGIND)?.member(member)?)?;
    }
    let own = own_session(bus);
    let mut delay = delay_of_sleep(bus);
    for message in told {
        let message = message?;
        match member(&message).as_deref() {
            Some("PrepareForSleep") if says_yes(&message) => {
                lock();
                delay = None;
            }
            Some("PrepareForSleep") => delay = delay_of_sleep(bus),
            Some("Lock") if is_of(&message, own.as_ref()) => lock(),
            Some("PropertiesChanged") if is_of(&message, own.as_ref()) && says_locked(&message) => lock(),
            _ => {}
        }
    }
    drop(delay);
    Ok(())
}

/// Locks when the screen saver of the desktop begins. Returns when the bus is gone.
fn heed_screen_saver(bus: &Connection, lock: &Lock) -> zbus::Result<()> {
    let told = MessageIterator::from(bus);
    listen(bus, MatchRule::builder().member("ActiveChanged")?)?;
    for message in told {
        let message = message?;
        let header = message.header();
        let saver = header.interface().is_some_and(|interface| interface.ends_with(SCREEN_SAVER));
        if saver && member(&message).as_deref() == Some("ActiveChanged") && says_yes(&message) {
            lock();
        }
    }
    Ok(())
}

fn listen(bus: &Connection, rule: zbus::match_rule::Builder<'_>) -> zbus::Result<()> {
    DBusProxy::new(bus)?.add_match_rule(rule.msg_type(Type::Signal).build()).map_err(Into::into)
}

/// What a signal is called.
fn member(message: &Message) -> Option<String> {
    let header = message.header();
    (header.message_type() == Type::Signal).then(|| header.member().map(ToString::to_string)).flatten()
}

/// This login. Unknown to an older logind, which then speaks of any.
fn own_session(bus: &Connection) -> Option<OwnedObjectPath> {
    let (path, interface) = MANAGER;
    let answer = bus.call_method(Some(LOGIND), path, Some(interface), "GetSession", &"auto").ok()?;
    answer.body().deserialize().ok()
}

fn is_of(message: &Message, session: Option<&OwnedObjectPath>) -> bool {
    let header = message.header();
    session.is_none_or(|session| header.path().is_some_and(|path| path == &**session))
}

/// Whether a signal says yes. What says anything else than yes or no is nobody's word, and no reason to stop listening.
fn says_yes(message: &Message) -> bool {
    message.body().deserialize().unwrap_or(false)
}

/// Whether a session's change of properties is that it was locked, as desktops report it.
fn says_locked(message: &Message) -> bool {
    let body = message.body();
    let changed: zbus::Result<(String, HashMap<String, OwnedValue>, Vec<String>)> = body.deserialize();
    changed.is_ok_and(|(interface, changed, _)| {
        let hint = changed.get("LockedHint").and_then(|hint| bool::try_from(hint).ok());
        interface == SESSION && hint == Some(true)
    })
}

/// Makes sleep wait until it is dropped, a few seconds at most. Where that is not granted, sleep may be faster, and
/// the lock comes with the waking.
fn delay_of_sleep(bus: &Connection) -> Option<OwnedFd> {
    let (path, interface) = MANAGER;
    let asked = ("sleep", "资质通", "锁定数据库 / locks its database", "delay");
    let answer = bus.call_method(Some(LOGIND), path, Some(interface), "Inhibit", &asked).ok()?;
    answer.body().deserialize().ok()
}

#[cfg(test)]
mod tests;
