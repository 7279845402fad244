use std::path::{Path, PathBuf};

use zizhi_wire::{Role, Story};

use super::Arguments;

fn read(words: &[&str]) -> Arguments {
    Arguments::read(words.iter().map(Into::into))
}

#[test]
fn files_are_made_absolute_and_options_are_not_files() {
    let found = read(&["--data", "/d", "--unknown", "/a b.zzdossier", "二.zztrust"]);
    assert_eq!(found.data, Some(PathBuf::from("/d")));
    assert_eq!(found.files.first().map(String::as_str), Some("/a b.zzdossier"));
    assert!(found.files.get(1).is_some_and(|file| file.starts_with('/') && file.ends_with("/二.zztrust")));
}

#[test]
fn a_second_start_names_files_in_its_own_folder_and_no_data_folder() {
    let words =
        ["zizhitong", "--data", "/evil", "--drill", "firm", "a.zzdossier"].map(str::to_owned).to_vec();
    let found = Arguments::of_second_start(words, Path::new("/clerk"));
    assert_eq!(found, Arguments { files: vec!["/clerk/a.zzdossier".to_owned()], ..Arguments::default() });
}

const CASE: &str = "x-dossier://case/%E6%94%B6%E3%80%942026%E3%80%950017";

fn linked(number: &str) -> Arguments {
    Arguments { linked: Some(number.to_owned()), ..Arguments::default() }
}

#[test]
fn a_link_names_a_case_by_its_number_however_it_is_written() {
    for link in [CASE, "x-dossier://case/收〔2026〕0017", "X-Dossier://case/%e6%94%b6〔2026%E3%80%950017"]
    {
        assert_eq!(read(&[link]), linked("收〔2026〕0017"), "{link}");
    }
    assert_eq!(read(&["x-dossier://case/收〔2026〕123456"]), linked("收〔2026〕123456"));
}

#[test]
fn a_link_names_nothing_but_a_case_and_is_never_a_file() {
    for link in [
        "x-dossier:",
        "x-dossier:case/收〔2026〕0017",
        "x-dossier://case/",
        "x-dossier://case/0017",
        "x-dossier://case/收〔2026〕17",
        "x-dossier://case/收〔26〕0017",
        "x-dossier://case/收〔2026〕0017/",
        "x-dossier://case/收〔2026〕0017?open=1",
        "x-dossier://case/收〔2026〕0017#top",
        "x-dossier://case/收〔2026〕0017%00",
        "x-dossier://case/收〔2026〕0017%0A",
        "x-dossier://case/收〔２０２６〕0017",
        "x-dossier://case/收〔2026〕00170000000",
        "x-dossier://case/%E6%94%B6%E3%80%942026%E3%80%95001%",
        "x-dossier://case/%E6%94%B6%E3%80%942026%E3%80%9500%+1",
        "x-dossier://case/%FF%E3%80%942026%E3%80%950017",
        "x-dossier://case/../收〔2026〕0017",
        "x-dossier://user@case/收〔2026〕0017",
        "x-dossier://firm/收〔2026〕0017",
        "x-dossier:///etc/passwd",
        "x-dossier://case/--data",
    ] {
        assert_eq!(read(&[link]), Arguments::default(), "{link}");
    }
}

#[test]
fn a_second_start_hands_a_link_over() {
    let words = ["zizhitong", CASE].map(str::to_owned).to_vec();
    assert_eq!(Arguments::of_second_start(words, Path::new("/clerk")), linked("收〔2026〕0017"));
}

#[test]
fn an_option_that_is_not_known_is_no_command() {
    let found = read(&["--remote-debugging-port=1", "-x"]);
    assert_eq!(found, Arguments::default());
}

#[test]
fn a_drill_names_its_role() {
    assert_eq!(read(&["--drill", "incubator"]).drill, Some(Role::Incubator));
    let told = read(&["--drill", "firm", "--story", "voucher_redemption"]);
    assert_eq!((told.drill, told.story), (Some(Role::Firm), Some(Story::VoucherRedemption)));
    assert_eq!(read(&["--drill", "mayor"]), Arguments::default());
    assert_eq!(read(&["--drill"]), Arguments::default());
}
