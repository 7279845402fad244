//! The window's own menu. An entry does what its shortcut does: the interface hears its name and acts.
//!
//! It speaks the language of the interface, from the start and from the moment that another one is set. The
//! interface's catalogue of words is out of reach here, so the few words of the menu stand below in both languages.

use std::sync::{Arc, Mutex, PoisonError};

use tauri::menu::{Menu, MenuBuilder, MenuEvent, SubmenuBuilder};
use tauri::{AppHandle, Emitter as _, Manager as _, Wry};
use zizhi_desk::Desk;
use zizhi_wire::{Changed, Event, Language};

use crate::rpc;

/// What a person reads, in Chinese and in English.
type Words = (&'static str, &'static str);

/// Entries: what the interface hears, and what a person reads.
type Entries = &'static [(&'static str, Words)];

const MENUS: &[(Words, Entries)] = &[
    (
        ("文件", "File"),
        &[
            ("open", ("打开档案… (Ctrl+O)", "Open a dossier… (Ctrl+O)")),
            ("open_folder", ("核验文件夹…", "Verify a folder…")),
            ("import_trust", ("导入信任数据…", "Import trust data…")),
            ("lock", ("锁定 (Ctrl+L)", "Lock (Ctrl+L)")),
        ],
    ),
    (
        ("查看", "View"),
        &[
            ("palette", ("查找… (Ctrl+K)", "Find… (Ctrl+K)")),
            ("reload_verdict", ("重新核验 (F5)", "Verify again (F5)")),
            ("settings", ("设置 (Ctrl+,)", "Settings (Ctrl+,)")),
        ],
    ),
    (
        ("帮助", "Help"),
        &[
            ("shortcuts", ("快捷键 (Ctrl+/)", "Shortcuts (Ctrl+/)")),
            ("help", ("使用说明", "Guide")),
            ("about", ("关于资质通", "About Zizhitong")),
        ],
    ),
];

/// The language that the menu speaks now.
pub struct Spoken(Mutex<Language>);

/// Builds the menu, in Chinese until it is known which language was chosen.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    app.manage(Spoken(Mutex::new(Language::Zh)));
    build_in(app, Language::Zh)
}

fn build_in(app: &AppHandle, language: Language) -> tauri::Result<Menu<Wry>> {
    let mut menu = MenuBuilder::new(app);
    for (title, entries) in MENUS {
        let mut submenu = SubmenuBuilder::new(app, said(*title, language));
        for (id, words) in *entries {
            submenu = submenu.text(*id, said(*words, language));
        }
        menu = menu.item(&submenu.build()?);
    }
    menu.build()
}

/// Takes up the language of the interface, if it is another one than before.
pub fn follow(app: &AppHandle) {
    let Some((desk, spoken)) = app.try_state::<Arc<Desk>>().zip(app.try_state::<Spoken>()) else { return };
    let language = desk.language();
    let before = std::mem::replace(&mut *spoken.0.lock().unwrap_or_else(PoisonError::into_inner), language);
    if before != language {
        // A new menu, because a label that GTK shows already does not change with its entry. One in the other
        // language is no reason to stop.
        drop(build_in(app, language).and_then(|menu| app.set_menu(menu)));
    }
}

/// Whether an event may mean that another language was chosen.
pub fn concerns(event: &Event) -> bool {
    matches!(event, Event::Changed { what } if what.contains(&Changed::Session))
}

fn said((zh, en): Words, language: Language) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// Tells the interface which entry was chosen.
pub fn chosen(app: &AppHandle, event: &MenuEvent) {
    let entry = event.id().as_ref().to_owned();
    // Without a window there is nobody to choose from a menu.
    drop(app.emit(rpc::EVENT, Event::Menu { entry }));
}

#[cfg(test)]
mod tests;
