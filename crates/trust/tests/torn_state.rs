//! Fault: the machine stopped while the remembered state was being written. Attack: a state cut short
//! on purpose, so that an older package looks new.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::sync::LazyLock;

use common::{World, terms};
use proptest::prelude::*;
use zizhi_model::CheckCode;
use zizhi_trust::TrustError;
use zizhi_trust::client::{State, StatusMemory};

fn state() -> State {
    let mut state = World::new().memory().open(None).unwrap().state().unwrap().clone();
    state.keep_status("https://example.org/lists/1", 1_700_000_000, "a.b.c");
    state
}

#[test]
fn a_state_comes_back_as_it_went() {
    let state = state();
    assert_eq!(State::from_bytes(&state.to_bytes()), Ok(state));
}

#[test]
fn a_state_cut_anywhere_is_damaged_and_not_new() {
    let bytes = state().to_bytes();
    for length in (0..bytes.len()).step_by(97).chain([bytes.len() - 1]) {
        let error = State::from_bytes(&bytes[..length]).unwrap_err();
        assert_eq!(error, TrustError::State, "cut at {length}");
        assert_eq!(error.code(), CheckCode::TrustInvalid);
    }
}

#[test]
fn a_state_that_goes_on_is_damaged() {
    let mut bytes = state().to_bytes();
    bytes.push(b' ');
    assert_eq!(State::from_bytes(&bytes), Err(TrustError::State));
}

#[test]
fn half_a_timestamp_in_a_state_lets_no_rollback_in() {
    let mut world = World::new();
    let old = world.memory();
    world.renew(&terms());
    let mut state = world.memory().open(None).unwrap().state().unwrap().clone();
    let half = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| bytes[..bytes.len() / 2].to_vec());
    let timestamp = State { timestamp: half(&state.timestamp), ..state.clone() };
    assert_eq!(
        old.open(Some(timestamp)).unwrap_err(),
        TrustError::State,
        "half a timestamp protects nothing"
    );
    let snapshot = State { snapshot: half(&state.snapshot), ..state.clone() };
    let refused = old.open(Some(snapshot.clone())).unwrap_err();
    assert_eq!(refused.code(), CheckCode::TrustRollback, "the timestamp is whole and comes first");
    assert!(world.memory().open(Some(snapshot)).is_err(), "half a snapshot is damage");
    state.root.truncate(100);
    assert!(old.open(Some(state)).is_err());
}

#[test]
fn a_torn_copy_of_what_can_be_had_again_is_read_again() {
    let world = World::new();
    let memory = world.memory();
    let mut state = memory.open(None).unwrap().state().unwrap().clone();
    state.targets.as_mut().unwrap().truncate(10);
    state.delegated.get_mut("34").unwrap().truncate(10);
    assert!(memory.open(Some(state)).unwrap().problems().is_empty(), "the snapshot protects both");
}

#[test]
fn an_older_status_list_never_replaces_a_newer_one() {
    let mut state = state();
    let uri = "https://example.org/lists/1";
    assert_eq!(state.keep_status(uri, 1_700_000_001, "newer"), StatusMemory::Kept);
    assert_eq!(
        state.keep_status(uri, 1_700_000_000, "older"),
        StatusMemory::Older { held_iat: 1_700_000_001 }
    );
    assert_eq!(state.status[uri].jwt, "newer");
    assert_eq!(state.keep_status("https://example.org/lists/2", 1, "another"), StatusMemory::Kept);
}

#[test]
fn a_status_list_that_came_by_itself_counts_until_one_is_published_that_is_as_new() {
    let mut state = state();
    let uri = "https://example.org/lists/3";
    state.keep_status(uri, 10, "published");
    assert_eq!(state.hear_status(uri, 10, "another"), StatusMemory::Older { held_iat: 10 }, "no newer");
    assert_eq!(state.hear_status(uri, 20, "heard"), StatusMemory::Kept);
    assert_eq!(State::from_bytes(&state.to_bytes()), Ok(state.clone()), "it is kept as what it is");
    assert_eq!(state.hear_status(uri, 20, "heard"), StatusMemory::Kept, "the same again");
    assert_eq!(state.keep_status(uri, 15, "later"), StatusMemory::Behind, "what is published is behind");
    assert!(state.status[uri].by_itself && state.status[uri].jwt == "heard", "and does not count");
    assert_eq!(state.keep_status(uri, 20, "heard"), StatusMemory::Kept, "it is published now");
    assert!(!state.status[uri].by_itself);
    assert_eq!(state.keep_status(uri, 15, "later"), StatusMemory::Older { held_iat: 20 }, "a rollback");
}

#[test]
fn a_status_list_that_was_kept_is_there_after_the_next_opening() {
    let world = World::new();
    let mut state = world.memory().open(None).unwrap().state().unwrap().clone();
    state.keep_status("uri", 5, "token");
    let trust = world.memory().open(Some(state)).unwrap();
    assert_eq!(trust.held_status("uri").unwrap().iat, 5);
    assert_eq!(trust.held_status("other"), None);
}

proptest! {
    #[test]
    fn any_flipped_byte_is_noticed(at: prop::sample::Index, flip in 1_u8..) {
        static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| state().to_bytes());
        let mut bytes = WHOLE.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert_eq!(State::from_bytes(&bytes), Err(TrustError::State));
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes: Vec<u8>) {
        prop_assert_eq!(State::from_bytes(&bytes), Err(TrustError::State));
    }
}
