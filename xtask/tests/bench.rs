//! A goal that a benchmark missed is found in what it printed.

#[path = "../../crates/app/benches/common/goal.rs"]
mod goal;

use goal::kept;
use xtask::shell::Shell;
use xtask::verbs::missed;

#[test]
fn the_goals_that_were_missed_are_found_by_their_lines() {
    let said = [
        format!("poll, sqlite: ratio 0.068 (goal 0.5) {}; load 2.1", kept(false)),
        format!("folder: ratio 0.81 (goal 0.80) {}", kept(true)),
        format!("firms by pinyin  p99 5.1 ms  goal 5 {}  (clock p99 5.2)", kept(false)),
        "time: [1.1 ms 1.2 ms 1.3 ms]".to_owned(),
        format!("daily update: 301.0 kB (goal 300 kB) {}; with questions 310 kB", kept(false)),
    ];
    let all = said.join("\n");
    assert_eq!(missed(&all), [&said[0], &said[2], &said[4]], "in their order");
}

#[test]
fn what_a_command_shows_is_known_with_how_it_ended() {
    let (ended, said) = Shell::new("sh -c").arg("echo one; echo two; exit 3").echoed().unwrap();
    assert_eq!((ended.code(), said.as_str()), (Some(3), "one\ntwo\n"));
}
