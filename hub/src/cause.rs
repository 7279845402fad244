//! What a line of log says of an error: its words and those of everything behind it.

use std::error::Error;

/// The words of an error and of its causes. Of an engine that refused a statement its code alone: its words may quote rows.
pub(crate) fn causes(error: &(dyn Error + 'static)) -> String {
    let mut told = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let (words, behind) = match refused(error) {
            Some(code) => (code, None),
            None => (error.to_string(), error.source()),
        };
        // Many errors say the words of their cause themselves.
        if told.is_empty() {
            told = words;
        } else if !told.contains(&words) {
            told = format!("{told}: {words}");
        }
        next = behind;
    }
    told
}

fn refused(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<tokio_postgres::Error>() {
        return error.code().map(|code| format!("SQLSTATE {}", code.code()));
    }
    error.downcast_ref::<rusqlite::Error>()?.sqlite_error().map(ToString::to_string)
}
