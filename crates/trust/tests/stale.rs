//! How old the trust data is, and what that touches.

mod common;

use common::{World, days, now, problems};
use zizhi_model::CheckCode;
use zizhi_trust::authoring::Terms;
use zizhi_trust::{ProvinceState, Trust};

#[test]
fn the_age_counts_from_the_signed_time_of_issue() {
    let trust = World::new().memory().open(None).unwrap();
    assert_eq!(trust.basis().timestamp, Some(now() - days(1)));
    assert_eq!(trust.basis().age_seconds, Some(86_400));
}

#[test]
fn a_clock_behind_the_time_of_issue_gives_no_negative_age() {
    let trust = World::new().memory().open_at(None, now() - days(9)).unwrap();
    assert_eq!(trust.basis().age_seconds, Some(0));
    assert!(trust.state().unwrap().clock_is_behind(now() - days(9)));
}

#[test]
fn a_timestamp_without_time_of_issue_has_no_age() {
    let world = World::new();
    let mut memory = world.memory();
    memory.forge("timestamp", &[&world.keys.distributor], |signed| {
        signed.as_object_mut().unwrap().remove("issued");
    });
    let trust = memory.open(None).unwrap();
    assert_eq!((trust.basis().timestamp, trust.basis().age_seconds), (None, None));
}

#[test]
fn a_province_that_expired_alone_is_stale_alone() {
    let mut world = World::new();
    let short = Terms { province_days: 1, ..Terms::issued(now() - days(2)) };
    world.repository.put_rule_pack("34", "ah-hefei", b"{}").unwrap();
    world.repository.publish(&world.keys.all(), &short).unwrap();
    let trust = world.memory().open(None).unwrap();
    assert_eq!(problems(&trust), [(CheckCode::TrustStale, "34")]);
    assert!(!trust.basis().stale, "the others are as good as ever");
    assert_eq!(trust.province_state("34"), ProvinceState::Stale { expired: now() - days(1) });
    assert_eq!(trust.province_state("31"), ProvinceState::Ok);
    let role = |trust: &Trust, province| trust.basis().stale_role(province).map(|role| role.role.clone());
    assert_eq!((role(&trust, "34").as_deref(), role(&trust, "31")), (Some("34"), None));
    let whole = World::new().memory().open_at(None, now() + days(40)).unwrap();
    assert_eq!(role(&whole, "31").as_deref(), Some("timestamp"), "what is over for all is over for each");
}

#[test]
fn a_problem_names_its_province_and_its_days() {
    let trust = World::new().memory().open_at(None, now() + days(200)).unwrap();
    let of_anhui = trust.problems().iter().find(|problem| problem.role == "34").unwrap();
    assert_eq!(of_anhui.province.as_deref(), Some("34"));
    let days = of_anhui.facts.iter().find(|(name, _)| *name == "days").unwrap();
    assert_eq!(days.1.to_string(), "21");
}

#[test]
fn the_clock_is_held_against_the_newest_signed_time() {
    let mut state = World::new().memory().open(None).unwrap().state().unwrap().clone();
    let issued = now() - days(1);
    let minutes = chrono::TimeDelta::minutes;
    assert!(!state.clock_is_behind(issued - minutes(10)), "ten minutes are forgiven");
    assert!(state.clock_is_behind(issued - minutes(11)));
    state.saw_signed_time((now() + days(5)).timestamp());
    assert!(state.clock_is_behind(now()));
    assert!(!state.clock_is_behind(now() + days(5)), "a forward jump locks nobody out for ever");
}

#[test]
fn a_package_without_issuers_is_missing_trust() {
    let keys = zizhi_trust::authoring::Keys::generate(&["31"], &mut common::Fixed(5)).unwrap();
    let repository = zizhi_trust::authoring::Repository::init(&keys, &common::terms()).unwrap();
    let trust = common::Memory::of(&repository).open(None).unwrap();
    assert_eq!(trust.issuer_count(), 0);
    assert_eq!(problems(&trust), [(CheckCode::TrustMissing, "targets")]);
}
