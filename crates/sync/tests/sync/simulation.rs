//! Rounds over a network that does what it likes: requests and answers are lost, doubled and late, desktops
//! crash between any two steps, and the hub is restored from old backups. Whatever happened, once the line is
//! quiet everybody has every message once, and every sender a receipt of the hub as it is.
//!
//! A seed replays. A desktop that moves its cursor before it stores is the control: it must lose mail.

mod desk;
mod hub;

use std::collections::BTreeMap;

use zizhi_model::OrgId;
use zizhi_sync::Id;
use zizhi_sync::round::{Answer, Ask};
use zizhi_testkit::dice::Dice;

use crate::support::{self, firm, other_firm};
use desk::{Care, Desk};
use hub::Hub;

const SEEDS: u64 = 1000;

/// The hub, and what happens between it and the desktops.
pub struct Network {
    pub hub: Hub,
    pub dice: Dice,
    pub quiet: bool,
    /// Requests that will arrive a second time, later.
    late: Vec<(OrgId, Ask, Vec<u8>)>,
}

impl Network {
    /// The answer to a request; nothing if request or answer is lost.
    pub fn carry(&mut self, from: OrgId, ask: &Ask, body: &[u8]) -> Option<Answer> {
        if self.quiet {
            return Some(self.hub.answer(from, ask, body));
        }
        if self.dice.percent(20) && !self.late.is_empty() {
            let at = usize::try_from(self.dice.roll()).unwrap_or(0) % self.late.len();
            let (from, ask, body) = self.late.swap_remove(at);
            self.hub.answer(from, &ask, &body);
        }
        match self.dice.roll() % 100 {
            0..8 => None,
            8..16 => {
                self.hub.answer(from, ask, body);
                None
            }
            16..20 => {
                self.hub.answer(from, ask, body);
                Some(self.hub.answer(from, ask, body))
            }
            20..24 => {
                self.late.push((from, ask.clone(), body.to_vec()));
                Some(self.hub.answer(from, ask, body))
            }
            24..26 => Some(self.hub.busy()),
            _ => Some(self.hub.answer(from, ask, body)),
        }
    }
}

/// One history; the messages that were sent and are nowhere, or are there twice.
fn play(seed: u64, care: Care) -> Vec<Id> {
    let dice = Dice::new(seed);
    let people = [firm(), other_firm(), support::org("91310117DEM000030B")];
    let mut desks: Vec<Desk> = people.iter().map(|org| Desk::new(*org, care)).collect();
    let mut sent: BTreeMap<Id, (OrgId, Vec<u8>)> = BTreeMap::new();
    let steps = 30 + dice.roll() % 30;
    let large = dice.percent(5);
    let mut network = Network { hub: Hub::new(&people), dice, quiet: false, late: Vec::new() };
    let mut backup = network.hub.clone();
    for step in 0..steps {
        let who = usize::try_from(network.dice.roll() % 3).unwrap();
        if network.dice.percent(40) {
            let to = people[(who + 1 + usize::try_from(network.dice.roll() % 2).unwrap()) % 3];
            let bytes = content(&network.dice, large);
            let id = Id::new(i64::try_from(step).unwrap(), [network.dice.roll().to_le_bytes()[0]; 10]);
            desks[who].queue(id, to, bytes.clone());
            sent.insert(id, (to, bytes));
        }
        if network.dice.percent(5) {
            backup = network.hub.clone();
        }
        if network.dice.percent(3) {
            network.hub = network.hub.restored(&backup);
        }
        desks[who].round(&mut network);
    }
    network.quiet = true;
    for _ in 0..4 {
        desks.iter_mut().for_each(|desk| desk.round(&mut network));
    }
    assert!(
        desks.iter().all(|desk| desk.is_settled(network.hub.epoch())),
        "seed {seed}: all is sent and told"
    );
    let there = |id: &Id, to: &OrgId, bytes: &Vec<u8>| {
        desks.iter().filter(|desk| desk.has(id, bytes)).map(|desk| desk.org).eq([*to])
    };
    sent.iter().filter(|(id, (to, bytes))| !there(id, to, bytes)).map(|(id, _)| *id).collect()
}

/// Mostly a few bytes, sometimes more than goes in one piece or stands in an answer.
fn content(dice: &Dice, large: bool) -> Vec<u8> {
    let len = match dice.roll() % 20 {
        0 if large => 4 * 1024 * 1024 + 1000,
        1 => 300 * 1024,
        2 => 100 * 1024,
        _ => 1 + dice.roll() % 200,
    };
    let first = dice.roll().to_le_bytes()[0];
    (0..len).map(|at| at.to_le_bytes()[0] ^ first).collect()
}

#[test]
fn every_message_arrives_once_whatever_the_network_does() {
    for seed in 0..SEEDS {
        let wrong = play(seed, Care::StoresFirst);
        assert!(wrong.is_empty(), "seed {seed}: {wrong:?}");
    }
}

#[test]
fn a_desktop_that_moves_its_cursor_first_loses_mail() {
    let lost = (0..SEEDS).any(|seed| !play(seed, Care::MovesFirst).is_empty());
    assert!(lost, "the simulation finds what it is there to find");
}
