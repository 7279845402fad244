//! Secrets in the clipboard of the system, with the word to its history not to keep them.
//!
//! The word is a request: the histories of KDE, of Windows and most of macOS follow it, and whatever else reads the clipboard
//! need not. What is no secret is copied by the page itself.

/// Copies a secret. Gives whether the clipboard took it with that word; where it did not, nothing was copied.
#[tauri::command]
pub fn copy_secret(text: String) -> bool {
    system::copy(text)
}

/// Takes a copied secret out of the clipboard, and leaves alone what was copied after it.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "a command owns what it is given")]
pub fn clear_secret(text: String) -> bool {
    system::clear(&text)
}

/// GTK's own clipboard, which the page's copying goes through as well, under X11 and Wayland alike. It belongs to the main
/// thread, where commands that are no futures run.
#[cfg(target_os = "linux")]
mod system {
    use gtk::gdk::{Atom, SELECTION_CLIPBOARD};
    use gtk::{Clipboard, SelectionData, TargetEntry, TargetFlags};

    /// What says to a history that this is for no history, and its only value.
    const HINT: (&str, &[u8]) = ("x-kde-passwordManagerHint", b"secret");
    /// Names under which others ask for text.
    const TEXTS: [&str; 4] = ["text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING"];

    const OF_HINT: u32 = 0;
    const OF_TEXT: u32 = 1;

    pub(super) fn copy(text: String) -> bool {
        if !gtk::is_initialized_main_thread() {
            return false;
        }
        let hint = TargetEntry::new(HINT.0, TargetFlags::empty(), OF_HINT);
        let texts = TEXTS.map(|name| TargetEntry::new(name, TargetFlags::empty(), OF_TEXT));
        let targets: Vec<_> = texts.into_iter().chain([hint]).collect();
        let give = move |_: &Clipboard, asked: &SelectionData, which: u32| match which {
            OF_HINT => asked.set(&Atom::intern(HINT.0), 8, HINT.1),
            _ => drop(asked.set_text(&text)),
        };
        Clipboard::get(&SELECTION_CLIPBOARD).set_with_data(&targets, give)
    }

    pub(super) fn clear(_: &str) -> bool {
        if !gtk::is_initialized_main_thread() {
            return false;
        }
        // What others copied meanwhile is not this program's to clear, and GTK leaves it alone.
        Clipboard::get(&SELECTION_CLIPBOARD).clear();
        true
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use arboard::{Clipboard, Error, Set};

    pub(super) fn copy(text: String) -> bool {
        Clipboard::new().and_then(|mut clipboard| for_no_history(clipboard.set()).text(text)).is_ok()
    }

    pub(super) fn clear(text: &str) -> bool {
        let cleared = Clipboard::new().and_then(|mut clipboard| match clipboard.get_text() {
            Ok(there) if there == text => clipboard.clear(),
            Ok(_) | Err(Error::ContentNotAvailable) => Ok(()),
            Err(error) => Err(error),
        });
        cleared.is_ok()
    }

    #[cfg(windows)]
    fn for_no_history(set: Set<'_>) -> Set<'_> {
        use arboard::SetExtWindows as _;
        set.exclude_from_history().exclude_from_cloud().exclude_from_monitoring()
    }

    #[cfg(not(windows))]
    fn for_no_history(set: Set<'_>) -> Set<'_> {
        use arboard::SetExtApple as _;
        set.exclude_from_history()
    }
}
