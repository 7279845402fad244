//! The round of a desktop, against answers that a test writes.

mod receiving;
mod sending;

use std::time::Duration;

use zizhi_crypto::PublicKey;
use zizhi_model::{Limits, OrgId};
use zizhi_sync::api::{self, Code, Cursor, Problem, SyncAnswer};
use zizhi_sync::round::{Action, Answer, Ask, Cause, End, Round, Start};
use zizhi_sync::{Id, backoff};

use crate::support::{firm, key, other_firm};

const NOW: i64 = 1_780_000_000;

fn org(number: u8) -> OrgId {
    match number {
        1 => firm(),
        2 => other_firm(),
        _ => crate::support::org("91310117DEM000030B"),
    }
}

fn id(number: u64) -> Id {
    crate::support::id(number.to_le_bytes()[0])
}

fn begin(key: &PublicKey) -> Round {
    Round::new(start(key))
}

fn start(key: &PublicKey) -> Start {
    Start {
        own: org(1),
        hub_keys: key.clone().into(),
        epoch: 3,
        cursor: 5,
        acks: Vec::new(),
        public: None,
        refused: false,
        clock_offset: 0,
        limits: Limits::default(),
    }
}

fn ok(status: u16, body: &impl serde::Serialize) -> Answer {
    Answer { status, retry_after: None, body: api::write(body).unwrap() }
}

fn refused(code: Code) -> Problem {
    Problem::from(code)
}

fn no(problem: &Problem) -> Answer {
    ok(problem.status, problem)
}

fn nothing_new() -> SyncAnswer {
    let cursor = Cursor { epoch: 3, seq: 5 };
    SyncAnswer {
        epoch: 3,
        time: NOW,
        cursor,
        items: Vec::new(),
        more: false,
        senders: Vec::new(),
        public: None,
        refused: Vec::new(),
    }
}

fn ask(round: &mut Round) -> Ask {
    match round.step() {
        Action::Ask(ask) => ask,
        other => panic!("a request is expected, not {other:?}"),
    }
}

fn end(round: &mut Round) -> End {
    match round.step() {
        Action::End(end) => end,
        other => panic!("the end is expected, not {other:?}"),
    }
}

#[test]
fn a_clock_that_is_off_is_learnt_and_the_request_made_again() {
    let mut round = begin(key(1).public());
    let first = ask(&mut round);
    let problem = Problem { time: Some(NOW + 7200), ..refused(Code::AuthTime) };
    round.answer(no(&problem), NOW);
    assert_eq!(ask(&mut round), first, "the same request");
    assert_eq!(round.clock_offset(), 7200, "for the hub's time");
    round.answer(ok(200, &nothing_new()), NOW);
    assert_eq!(round.step(), Action::Outbox, "and it goes on");

    let mut round = begin(key(1).public());
    for _ in 0..4 {
        ask(&mut round);
        round.answer(no(&problem), NOW);
    }
    assert_eq!(end(&mut round).cause, Some(Cause::Hub(Code::AuthTime)), "it does not ask for ever");
}

#[test]
fn waits_grow_within_their_bounds_and_obey_the_hub() {
    let mut wait = Duration::ZERO;
    for random in (0..200_u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) {
        let next = backoff::next_wait(wait, random, None);
        let reach = (wait * 3).clamp(backoff::SHORTEST, backoff::LONGEST);
        assert!((backoff::SHORTEST..=reach).contains(&next), "{next:?} after {wait:?}");
        wait = next;
    }
    let highest = (0..40).fold(Duration::ZERO, |wait, _| {
        let reach = u64::try_from((wait * 3).as_millis()).unwrap();
        backoff::next_wait(wait, reach.saturating_sub(1000).min(899_000), None)
    });
    assert_eq!(highest, backoff::LONGEST, "no longer than a quarter of an hour");
    let told = backoff::next_wait(Duration::ZERO, 0, Some(3600));
    assert_eq!(told, Duration::from_secs(3600), "unless the hub asks for more");
}

#[test]
fn every_cause_is_read_as_it_is_written_and_says_what_to_do() {
    for cause in Cause::OWN.into_iter().chain(Code::ALL.iter().copied().map(Cause::Hub)) {
        assert_eq!(Cause::parse(cause.as_str()), Some(cause), "{cause:?}");
        let ((zh, en), (advice_zh, advice_en)) = (cause.fact(), cause.advice());
        assert!([zh, en, advice_zh, advice_en].iter().all(|text| !text.is_empty()), "{cause:?}");
    }
    assert_eq!(Cause::parse("HUB-NOTHING"), None, "no such code");
    assert_ne!(id(1), Id::new(0, [0; 10]), "ids differ");
}
