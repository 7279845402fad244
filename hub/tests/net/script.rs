//! What people do in one history, and what befalls them, as its seed has it.

use std::time::Duration;

use zizhi_sync::{Id, Token};
use zizhi_testkit::dice::Dice;

use crate::world::{DESKS, NOW};

/// Something that happens at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody at this desk writes to the other organisation.
    Write { desk: usize, id: Id, len: usize },
    /// Somebody at this desk books a redemption under this key.
    Book { desk: usize, key: Token },
    /// The second organisation removes its first computer from the device list, at the other one and once the first
    /// has nothing left to send; its people go on at the other.
    Retire,
    /// Nothing passes between this desk and the hub any more.
    Cut { desk: usize },
    /// Requests of this desk arrive, and answers do not.
    Deaf { desk: usize },
    /// What passes is held back.
    Hold { desk: usize },
    /// The line is as before; what was held back arrives.
    Heal { desk: usize },
    /// The desk's clock is set: so many seconds ahead.
    Clock { desk: usize, ahead: i64 },
    /// A program is killed.
    Kill { who: &'static str },
    /// It is started again.
    Start { who: &'static str },
}

/// How the network is all the time.
#[derive(Debug, Clone, Copy)]
pub struct Weather {
    /// How often in a message a line breaks down.
    pub loss: f64,
    /// The longest that a message takes.
    pub latency: Duration,
}

/// One history before it happens.
#[derive(Debug, Clone)]
pub struct Script {
    pub seed: u64,
    pub events: Vec<(Duration, Event)>,
    pub weather: Weather,
    /// Whether anything goes wrong at all.
    pub rough: bool,
    /// When it has all been done, and the network becomes quiet.
    pub end: Duration,
}

/// Milliseconds in which things happen.
const BUSY: u64 = 45_000;

impl Script {
    /// The history of a seed.
    pub fn of(seed: u64) -> Self {
        let dice = Dice::of(seed, 1);
        let mut events = work(&dice);
        for _ in 0..dice.below(5) {
            let desk = any_desk(&dice);
            let trouble = match dice.below(3) {
                0 => Event::Cut { desk },
                1 => Event::Deaf { desk },
                _ => Event::Hold { desk },
            };
            during(&mut events, &dice, trouble, Event::Heal { desk });
        }
        for _ in 0..dice.below(3) {
            let desk = any_desk(&dice);
            let ahead = dice.one_of(&[-86_400, -400, -290, 120, 290, 400, 7200]);
            during(&mut events, &dice, Event::Clock { desk, ahead }, Event::Clock { desk, ahead: 0 });
        }
        for _ in 0..dice.below(4) {
            let who = dice.one_of(&["hub", DESKS[0], DESKS[1], DESKS[2]]);
            during(&mut events, &dice, Event::Kill { who }, Event::Start { who });
        }
        if dice.percent(50) {
            events.push((dice.time_below(BUSY), Event::Retire));
        }
        events.sort_by_key(|(when, _)| *when);
        let loss = dice.one_of(&[0.0, 0.001, 0.004, 0.01]);
        let latency = Duration::from_millis(dice.one_of(&[20, 80, 300]));
        let end = Duration::from_millis(BUSY);
        Self { seed, events, weather: Weather { loss, latency }, rough: true, end }
    }

    /// The same with lines that break all the time.
    pub fn in_a_storm(seed: u64) -> Self {
        let script = Self::of(seed);
        Self { weather: Weather { loss: 0.03, ..script.weather }, ..script }
    }

    /// The same work of the same people, and nothing goes wrong.
    pub fn in_order(seed: u64) -> Self {
        let script = Self::of(seed);
        let work = |event: &Event| matches!(event, Event::Write { .. } | Event::Book { .. } | Event::Retire);
        let events = script.events.into_iter().filter(|(_, event)| work(event)).collect();
        let weather = Weather { loss: 0.0, latency: Duration::from_millis(20) };
        Self { events, weather, rough: false, ..script }
    }
}

/// What people do.
fn work(dice: &Dice) -> Vec<(Duration, Event)> {
    let mut events = Vec::new();
    let large = dice.percent(20);
    for _ in 0..6 + dice.below(12) {
        let when = dice.time_below(BUSY);
        let milliseconds = i64::try_from(when.as_millis()).expect("a short history");
        let id = Id::new(NOW * 1000 + milliseconds, dice.bytes());
        events.push((when, Event::Write { desk: any_desk(dice), id, len: length(dice, large) }));
    }
    for number in 0..2 + dice.below(6) {
        let key = Token::parse(&format!("k{number}")).expect("a token");
        events.push((dice.time_below(BUSY), Event::Book { desk: any_desk(dice), key }));
    }
    events
}

/// Mostly a few bytes, sometimes more than stands in an answer or goes in one piece.
fn length(dice: &Dice, large: bool) -> usize {
    match dice.below(20) {
        0..3 if large => 4 * 1024 * 1024 + 1000,
        3 => 300 * 1024,
        4 => 100 * 1024,
        _ => 1 + dice.place(200),
    }
}

fn any_desk(dice: &Dice) -> usize {
    dice.place(DESKS.len())
}

/// One thing, and some seconds later what ends it.
fn during(events: &mut Vec<(Duration, Event)>, dice: &Dice, begins: Event, ends: Event) {
    let when = dice.time_below(BUSY);
    events.push((when, begins));
    events.push((when + Duration::from_millis(200) + dice.time_below(15_000), ends));
}
