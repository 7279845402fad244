use zizhi_wire::{Changed, Event, Language};

use super::{MENUS, concerns, said};

fn everything(language: Language) -> Vec<&'static str> {
    let menus = MENUS.iter();
    menus
        .flat_map(|(title, entries)| {
            std::iter::once(said(*title, language))
                .chain(entries.iter().map(move |(_, words)| said(*words, language)))
        })
        .collect()
}

#[test]
fn every_word_is_said_in_the_language_of_the_interface() {
    let chinese = |text: &&str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(everything(Language::Zh).iter().all(chinese), "Chinese is the source");
    let left: Vec<_> = everything(Language::En).into_iter().filter(chinese).collect();
    assert_eq!(left, Vec::<&str>::new(), "nothing is left untranslated");
}

#[test]
fn both_languages_name_the_same_key() {
    let key = |text: &str| text.split_once(" (").map(|(_, key)| key.to_owned());
    for (zh, en) in everything(Language::Zh).into_iter().zip(everything(Language::En)) {
        assert_eq!(key(zh), key(en), "{zh} and {en} are one entry");
    }
}

#[test]
fn settings_are_what_the_menu_listens_for() {
    assert!(concerns(&Event::Changed { what: vec![Changed::Trust, Changed::Session] }));
    assert!(!concerns(&Event::Changed { what: vec![Changed::Cases] }), "no file is read for every case");
    assert!(!concerns(&Event::Locked), "the language belongs to the window and not to the database");
}
