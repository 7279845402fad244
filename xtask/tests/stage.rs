//! A run that is green shows what it says: the network was cut, and the window was not empty.

use std::path::Path;

use xtask::shell::Shell;
use xtask::steps::Steps;
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
