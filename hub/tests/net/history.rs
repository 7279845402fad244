//! One history, from its script to its end.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use turmoil::{Builder, Sim};
use zizhi_hub::line::Line;
use zizhi_sync::Digest;
use zizhi_testkit::dice::Dice;

use crate::desk::{self, Care, Keys, Machine};
use crate::ending::State;
use crate::hub;
use crate::in_step::Disk;
use crate::script::{Event, Script};
use crate::stage::{Stage, Tally};
use crate::world::{DESKS, NOW, World, world};

/// What the simulation's time moves by. Within it timers still come to the millisecond.
const TICK: Duration = Duration::from_millis(10);
/// How long it may take, after the last trouble, until everything is where it belongs.
const PATIENCE: Duration = Duration::from_secs(240);
/// Rounds in which nothing happens any more, before it is believed.
const CALM: u32 = 2;
/// How often a line that has broken down by itself works again, for each message that is tried.
const REPAIR: f64 = 0.2;

/// What came of a history.
pub struct Ended {
    pub found: State,
    pub in_order: State,
    /// What tells it apart from every other.
    pub digest: Digest,
    pub counts: Tally,
    /// Everything that happened.
    pub told: String,
}

/// The history of a script, with desks that are made so.
pub fn play(script: &Script, ways: (Care, Keys)) -> Ended {
    let world = world();
    let stage = Rc::new(Stage::default());
    stage.rough.set(script.rough);
    let folder = world.copy();
    let hub = hub::Machine {
        root: folder.path().to_owned(),
        line: Line::new(None).expect("a line"),
        disk: Rc::new(Disk::new(Dice::of(script.seed, 2), Rc::clone(&stage))),
        stage: Rc::clone(&stage),
    };
    let desks: Vec<Rc<Machine>> =
        (0..DESKS.len()).map(|at| machine(world, at, script.seed, ways, &stage)).collect();
    let mut course = Course::begin(script, &hub, &desks, &stage);
    course.trouble(script);
    course.quiet(script.seed);
    drop(course);
    let found = State::found(world, folder.path(), &desks);
    let in_order = State::in_order(world, script);
    stage.note_at(Duration::ZERO, "end", &format!("{found:?}"));
    Ended { found, in_order, digest: stage.digest(), counts: stage.counts(), told: stage.told() }
}

fn machine(world: &World, at: usize, seed: u64, ways: (Care, Keys), stage: &Rc<Stage>) -> Rc<Machine> {
    Rc::new(Machine {
        name: DESKS[at],
        org: world.desks[at].org,
        key: world.desks[at].key.clone(),
        hub_key: world.hub_key.clone(),
        ways,
        dice: Dice::of(seed, 3 + at as u64),
        ahead: 0.into(),
        stage: Rc::clone(stage),
        stored: desk::Stored::joined(world.desks[at].takes_mail || ways.0 == Care::BothTake).into(),
        retired: false.into(),
        calm: 0.into(),
    })
}

/// A history under way.
struct Course<'a> {
    sim: Sim<'a>,
    desks: &'a [Rc<Machine>],
    stage: &'a Stage,
    dice: Dice,
    /// What is still to happen, by its time and in the order in which it was thought of.
    ahead: BTreeMap<(Duration, usize), Event>,
    thought_of: usize,
}

impl<'a> Course<'a> {
    fn begin(script: &Script, hub: &hub::Machine, desks: &'a [Rc<Machine>], stage: &'a Stage) -> Self {
        let mut sim = Builder::new()
            .rng_seed(script.seed)
            .tick_duration(TICK)
            .tcp_capacity(1024)
            .max_message_latency(script.weather.latency)
            .fail_rate(script.weather.loss)
            .repair_rate(REPAIR)
            .build();
        let hub = hub.clone();
        sim.host("hub", move || hub::run(hub.clone()));
        for desk in desks {
            let desk = Rc::clone(desk);
            sim.host(desk.name, move || desk::run(Rc::clone(&desk)));
        }
        let dice = Dice::of(script.seed, 9);
        let mut course = Self { sim, desks, stage, dice, ahead: BTreeMap::new(), thought_of: 0 };
        script.events.iter().for_each(|(when, event)| course.later(*when, event.clone()));
        course
    }

    fn later(&mut self, when: Duration, event: Event) {
        self.thought_of += 1;
        self.ahead.insert((when, self.thought_of), event);
    }

    /// Everything that the script has, until its end.
    fn trouble(&mut self, script: &Script) {
        while self.sim.elapsed() < script.end || !self.ahead.is_empty() {
            let now = self.sim.elapsed();
            assert!(
                now < script.end + PATIENCE,
                "seed {}: a computer never has nothing to send",
                script.seed
            );
            // Who is down then is started again, and nobody dies any more.
            self.stage.rough.set(script.rough && now < script.end);
            while let Some(next) = self.ahead.first_entry().filter(|next| next.key().0 <= now) {
                let event = next.remove();
                self.happens(event);
            }
            self.step();
        }
    }

    fn step(&mut self) {
        self.sim.step().expect("no program fails");
        // Who died at its work is started again after a while.
        for who in self.stage.fallen.take() {
            self.sim.crash(who);
            let when = self.sim.elapsed() + Duration::from_millis(100) + self.dice.time_below(4_000);
            self.later(when, Event::Start { who });
        }
    }

    fn happens(&mut self, event: Event) {
        self.stage.note_at(self.sim.elapsed(), "", &format!("{event:?}"));
        // Where a computer was removed people go to the next.
        let machine = |desk: usize| &self.desks[desk + usize::from(self.desks[desk].retired.get())];
        match event {
            Event::Write { desk, id, len } => {
                let bytes = crate::ending::content(&id, len);
                machine(desk).stored.borrow_mut().write(id, world().other(desk), bytes);
            }
            Event::Book { desk, key } => {
                let made = NOW + i64::try_from(self.sim.elapsed().as_secs()).expect("a short history");
                machine(desk).stored.borrow_mut().book(key, made);
            }
            Event::Retire => self.retire(),
            Event::Cut { desk } => self.sim.partition(DESKS[desk], "hub"),
            Event::Deaf { desk } => self.sim.partition_oneway("hub", DESKS[desk]),
            Event::Hold { desk } => self.sim.hold(DESKS[desk], "hub"),
            Event::Heal { desk } => self.heal(desk),
            Event::Clock { desk, ahead } => self.desks[desk].ahead.set(ahead),
            Event::Kill { who } => {
                self.stage.count("killed");
                self.sim.crash(who);
            }
            Event::Start { who } => {
                if !self.sim.is_host_running(who) {
                    self.sim.bounce(who);
                }
            }
        }
    }

    /// The second organisation removes its first computer, or somewhat later if that one has something to send.
    fn retire(&mut self) {
        let (first, second) = (&self.desks[1], &self.desks[2]);
        if first.stored.borrow().is_empty() {
            first.retired.set(true);
            second.stored.borrow_mut().removes = true;
        } else {
            let when = self.sim.elapsed() + Duration::from_secs(1);
            self.later(when, Event::Retire);
        }
    }

    fn heal(&self, desk: usize) {
        self.sim.release(DESKS[desk], "hub");
        self.sim.repair(DESKS[desk], "hub");
    }

    /// The network works, every clock is right, every program runs: rounds are played until nothing happens.
    fn quiet(&mut self, seed: u64) {
        self.stage.rough.set(false);
        self.sim.set_fail_rate(0.0);
        self.stage.note_at(self.sim.elapsed(), "", "all is quiet");
        if !self.sim.is_host_running("hub") {
            self.sim.bounce("hub");
        }
        for (at, desk) in self.desks.iter().enumerate() {
            self.heal(at);
            desk.ahead.set(0);
            desk.hurry();
            self.sim.bounce(desk.name);
        }
        let until = self.sim.elapsed() + PATIENCE;
        let all = |holds: &dyn Fn(&Machine) -> bool| {
            self.desks.iter().filter(|desk| !desk.retired.get()).all(|desk| holds(desk))
        };
        let mut settled = false;
        while !(settled && all(&|desk| desk.calm.get() >= CALM)) {
            let now = all(&|desk| desk.stored.borrow().is_settled());
            if now && !settled {
                self.desks.iter().for_each(|desk| desk.calm.set(0));
            }
            settled = now;
            self.sim.step().expect("no program fails");
            assert!(
                self.sim.elapsed() < until,
                "seed {seed}: something never comes to an end\n{}",
                self.stage.told()
            );
        }
        self.stage.note_at(self.sim.elapsed(), "", "nothing happens any more");
    }
}
