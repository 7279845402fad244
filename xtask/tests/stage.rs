//! A run that is green shows what it says: the network was cut, and the window was not empty.

use std::path::Path;

use xtask::shell::Shell;
use xtask::steps::{Counting, Steps};
use xtask::verbs::run::has_content;
use xtask::verbs::stage::Stage;

#[test]
fn a_machine_that_could_cut_the_network_and_does_not_is_told_so() {
    let failed = || Some(Err("unshare: Operation not permitted".to_owned()));
    assert_eq!(Stage::of(Some(Ok(())), false).unwrap(), Stage::CutOff);
    assert_eq!(Stage::of(None, false).unwrap(), Stage::Open, "a system without namespaces");
    assert_eq!(Stage::of(failed(), true).unwrap(), Stage::Open, "somebody wished it");
    let refused = Stage::of(failed(), false).unwrap_err().to_string();
    for part in ["Operation not permitted", "user namespaces", "ZIZHI_STAGE=open"] {
        assert!(refused.contains(part), "{refused}");
    }
    assert_eq!(Stage::of(Some(Ok(())), true).unwrap(), Stage::CutOff, "who can be cut off is");
}

#[test]
fn the_summary_says_what_a_run_did_not_show() {
    let mut steps = Steps::begin().unwrap();
    assert!(!steps.summary().contains("!!!"), "{}", steps.summary());
    steps.warn("THE NETWORK WAS NOT CUT OFF");
    assert!(steps.summary().contains("\n!!! THE NETWORK WAS NOT CUT OFF\n"), "{}", steps.summary());
    assert!(steps.finish(), "which fails nothing");
}

#[test]
fn what_runs_side_by_side_is_counted_one_by_one_and_each_lane_has_its_own() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("side-by-side");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    // Each writes its name into the file of its lane. The first waits for the other lane, so that one lane alone never
    // ends, and has a moment for it.
    let write = "echo $1 >> $LANE; echo 2 passed, 0 failed";
    let shell = |name: &str, work: &str| {
        let shell = Shell::new("timeout 20 sh -c").arg(work).args(["sh", name]).within(&folder);
        (name.to_owned(), shell)
    };
    let commands = [
        shell(
            "first",
            "echo $1 >> $LANE; until [ -e left ] && [ -e right ]; do sleep 0.01; done; echo 1 passed",
        ),
        shell("second", write),
        shell("third", "echo $1 >> $LANE; echo 3 passed, 1 failed; exit 1"),
        shell("fourth", "echo $1 >> $LANE; exit 0"),
        shell("fifth", write),
    ];
    let mut steps = Steps::begin().unwrap();
    steps.side_by_side(Counting::Tests, &[("LANE", "left"), ("LANE", "right")], &commands);
    let tally = steps.tally();
    assert_eq!((tally.passed, tally.failed), (8, 2), "one failed, one ran no test: {}", steps.summary());
    for line in ["failed: third\n  repeat it alone: (cd ", "LANE=", "failed: fourth\n"] {
        assert!(steps.summary().contains(line), "{line}: {}", steps.summary());
    }
    assert!(!steps.finish());
    let read = |lane: &str| std::fs::read_to_string(folder.join(lane)).unwrap();
    let mut ran: Vec<String> = (read("left") + &read("right")).lines().map(str::to_owned).collect();
    ran.sort_unstable();
    assert_eq!(ran, ["fifth", "first", "fourth", "second", "third"], "each once");
}

#[test]
fn an_empty_window_is_no_picture_of_one() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    // A black screen, a white window, something with smooth edges where its menu is, and the same on its page or not.
    let drawn = |name: &str, page: &[&str]| {
        let picture = folder.join(name);
        let window = ["-fill", "white", "-draw", "rectangle 0,0 1280,800", "-fill", "black"];
        let menu = ["-draw", "circle 20,12 28,12"];
        Shell::new("convert -size 1440x900 xc:black")
            .args(window.iter().chain(&menu).chain(page).map(|word| (*word).to_owned()))
            .arg(picture.display().to_string())
            .read()
            .unwrap();
        has_content(&picture).unwrap()
    };
    assert!(!drawn("empty.png", &[]), "nothing but the menu");
    assert!(!drawn("waiting.png", &["-draw", "circle 640,400 660,400"]), "something that turns");
    let page = ["(", "-size", "400x200", "plasma:red-blue", ")", "-geometry", "+500+300", "-composite"];
    assert!(drawn("page.png", &page), "much on the page");
    assert!(has_content(&folder.join("none.png")).is_err(), "no picture");
}
