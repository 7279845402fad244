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

#[test]
fn a_link_is_no_option_and_no_command() {
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
