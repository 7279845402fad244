//! The window's own menu. An entry does what its shortcut does: the interface hears its name and acts.

use tauri::menu::{Menu, MenuBuilder, MenuEvent, SubmenuBuilder};
use tauri::{AppHandle, Emitter as _, Wry};
use zizhi_wire::Event;

use crate::rpc;

/// Entries by menu: what the interface hears, and what a person reads.
type Entries = &'static [(&'static str, &'static str)];

const FILE: Entries = &[
    ("open", "打开档案… (Ctrl+O)"),
    ("open_folder", "核验文件夹…"),
    ("import_trust", "导入信任数据…"),
    ("lock", "锁定 (Ctrl+L)"),
];
const VIEW: Entries =
    &[("palette", "查找… (Ctrl+K)"), ("reload_verdict", "重新核验 (F5)"), ("settings", "设置 (Ctrl+,)")];
const HELP: Entries = &[("shortcuts", "快捷键 (Ctrl+/)"), ("help", "使用说明"), ("about", "关于资质通")];

/// Builds the menu.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let mut menu = MenuBuilder::new(app);
    for (title, entries) in [("文件", FILE), ("查看", VIEW), ("帮助", HELP)] {
        let mut submenu = SubmenuBuilder::new(app, title);
        for (id, words) in entries {
            submenu = submenu.text(*id, *words);
        }
        menu = menu.item(&submenu.build()?);
    }
    menu.build()
}

/// Tells the interface which entry was chosen.
pub fn chosen(app: &AppHandle, event: &MenuEvent) {
    let entry = event.id().as_ref().to_owned();
    // Without a window there is nobody to choose from a menu.
    drop(app.emit(rpc::EVENT, Event::Menu { entry }));
}
