//! What is typed and not saved: it outlives the lock and the program, and the page is let keep it before either.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zizhi_wire::Event;

use crate::world::{PASSPHRASE, World};

const FORM: &str = "cases cases.accept case-1";

fn open_incubator() -> World {
    let world = World::new();
    world.create("incubator");
    world
}

fn keep(world: &World, typed: &str) {
    world.ask("unsaved.keep", json!({"form": FORM, "typed": typed}));
}

fn kept(world: &World) -> Value {
    let mut read = world.ask("unsaved.read", json!({}));
    let form =
        read["forms"].as_array_mut().and_then(|forms| forms.iter_mut().find(|one| one["form"] == FORM));
    form.map_or(Value::Null, |form| form["typed"].take())
}

fn unlock(world: &World) {
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
}

#[test]
fn what_was_typed_outlives_the_lock_and_the_program_until_it_is_dropped() {
    let world = open_incubator();
    assert_eq!(kept(&world), Value::Null);
    keep(&world, "补正材料当面");
    keep(&world, "补正材料当面核对过");
    world.ask("session.lock", json!({}));
    assert_eq!(
        world.refused("unsaved.read", json!({})).code,
        "SESSION-LOCKED",
        "what may hold names stays inside"
    );
    assert_eq!(
        world.refused("unsaved.keep", json!({"form": FORM, "typed": ""})).code,
        "SESSION-LOCKED",
        "and nothing goes in"
    );
    unlock(&world);
    assert_eq!(kept(&world), "补正材料当面核对过");
    world.desk.end();
    let next = world.again();
    unlock(&next);
    assert_eq!(kept(&next), "补正材料当面核对过");
    next.ask("unsaved.drop", json!({"form": FORM}));
    assert_eq!(kept(&next), Value::Null);
}

#[test]
fn what_is_too_long_is_refused_and_leaves_what_was_kept() {
    let world = open_incubator();
    keep(&world, "短的");
    let refusal = world.refused("unsaved.keep", json!({"form": FORM, "typed": "长".repeat(22_000)}));
    assert_eq!(refusal.code, "UNSAVED-LARGE");
    assert!(refusal.fact.zh.contains("64 KiB"), "how much it may be: {refusal:?}");
    assert_eq!(kept(&world), "短的");
    keep(&world, &"长".repeat(21_000));
    assert_eq!(kept(&world).as_str().map(str::len), Some(63_000), "a long one that fits");
}

#[test]
fn what_nobody_came_back_to_for_thirty_days_is_gone() {
    let world = open_incubator();
    keep(&world, "没写完");
    world.desk.end();
    for (day, there) in [("2026-12-23T10:00:00+08:00", true), ("2026-12-23T10:00:01+08:00", false)] {
        let later = world.later(day);
        unlock(&later);
        assert_eq!(kept(&later) != Value::Null, there, "{day}");
        later.desk.end();
    }
}

#[test]
fn the_activity_log_does_not_tell_of_typing() {
    let world = open_incubator();
    let find = json!({"text": "", "action": null, "from": null, "to": null, "before": null, "limit": 99});
    let entries = || world.ask("upkeep.activity", find.clone())["entries"].as_array().expect("entries").len();
    let before = entries();
    keep(&world, "没写完");
    world.ask("unsaved.drop", json!({"form": FORM}));
    assert_eq!(entries(), before);
}

/// Lets the page answer what it is asked, as it does, while `ask` waits for it.
fn with_a_page<T: Send>(world: &World, ask: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let asking = scope.spawn(ask);
        while !world.events().contains(&Event::KeepNow) && !asking.is_finished() {
            thread::sleep(Duration::from_millis(2));
        }
        keep(world, "最后一个字");
        world.ask("session.kept", json!({}));
        asking.join().expect("no panic")
    })
}

#[test]
fn a_page_keeps_the_last_word_before_the_window_closes() {
    let world = open_incubator();
    world.ask("session.listening", json!({}));
    assert!(with_a_page(&world, || world.desk.have_typed_kept()), "it said so");
    assert_eq!(kept(&world), "最后一个字");
}

#[test]
fn a_page_keeps_the_last_word_before_a_lock_from_outside() {
    let world = open_incubator();
    world.ask("session.listening", json!({}));
    with_a_page(&world, || world.desk.lock_when_away()).expect("locked");
    let events = world.events();
    let place = |wanted: &Event| events.iter().position(|event| event == wanted);
    assert!(place(&Event::KeepNow) < place(&Event::Locked), "{events:?}");
    assert_eq!(world.ask("session.status", json!({}))["database"], "locked");
    unlock(&world);
    assert_eq!(kept(&world), "最后一个字");
}

#[test]
fn a_page_that_hangs_or_is_not_there_keeps_no_window_open() {
    let world = open_incubator();
    let begun = Instant::now();
    assert!(world.desk.have_typed_kept(), "nobody listens, and nothing was typed");
    assert!(!world.events().contains(&Event::KeepNow), "nobody is asked");
    assert!(begun.elapsed() < Duration::from_secs(1));
    world.ask("session.listening", json!({}));
    assert!(!world.desk.have_typed_kept(), "no answer came");
    assert!(begun.elapsed() < Duration::from_secs(5), "about two seconds");
}
