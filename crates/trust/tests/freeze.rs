//! Attack: somebody keeps handing out the same old package, so that a revocation is never seen.

mod common;

use common::{HEFEI, World, days, now, problems, uscc};
use zizhi_model::CheckCode;
use zizhi_trust::TrustError;
use zizhi_trust::client::{Expired, Options, Round, State, refresh};

#[test]
fn an_expired_timestamp_serves_and_says_so() {
    let world = World::new();
    let trust = world.memory().open_at(None, now() + days(40)).unwrap();
    assert_eq!(
        problems(&trust),
        [(CheckCode::TrustStale, "timestamp"), (CheckCode::TrustStale, "snapshot")],
        "30 days are over for the two roles of the distributor"
    );
    assert!(trust.basis().stale, "every result that rests on it is pending");
    assert!(trust.issuer(&uscc(HEFEI)).unwrap().is_some(), "and it still answers");
}

#[test]
fn the_last_second_is_not_expired_and_the_next_is() {
    let world = World::new();
    let end = common::terms().issued + days(30);
    let second = chrono::TimeDelta::seconds(1);
    assert!(!world.memory().open_at(None, end - second).unwrap().basis().stale);
    // TUF 1.0 §5.4.4: "The expiration timestamp MUST be higher than the fixed update start time."
    assert!(world.memory().open_at(None, end).unwrap().basis().stale);
}

#[test]
fn a_strict_client_refuses_each_expired_role() {
    let world = World::new();
    let memory = world.memory();
    for (role, after) in [("timestamp", 40), ("targets", 400), ("root", 800)] {
        let mut memory = memory.clone();
        let far = (now() + days(9_000)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        for other in ["timestamp", "snapshot", "targets", "root"].iter().filter(|other| **other != role) {
            let keys = match *other {
                "timestamp" | "snapshot" => vec![&world.keys.distributor],
                _ => world.root_keys(),
            };
            memory.forge(other, &keys, |signed| signed["expires"] = far.clone().into());
        }
        let options = Options { expired: Expired::Refuse, ..Options::default() };
        let state = State::pinned(&memory.bytes("root"), &options.limits).unwrap();
        let round = Round { source: &memory, now: now() + days(after), options };
        let attempt = refresh(state, &round);
        let Err(TrustError::Expired { role: refused, .. }) = attempt.outcome else {
            panic!("{role} is to be refused: {:?}", attempt.outcome.err());
        };
        assert_eq!(refused, role);
    }
}

#[test]
fn a_strict_client_does_not_keep_an_expired_timestamp() {
    let world = World::new();
    let memory = world.memory();
    let options = Options { expired: Expired::Refuse, ..Options::default() };
    let state = State::pinned(&memory.bytes("root"), &options.limits).unwrap();
    let attempt = refresh(state, &Round { source: &memory, now: now() + days(40), options });
    assert_eq!(attempt.state.timestamp, None);
}
