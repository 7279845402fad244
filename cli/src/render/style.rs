//! Colour that never carries the meaning alone: every coloured word can be read without it.

use std::io::IsTerminal;

/// Whether standard output takes colour: a terminal, and `NO_COLOR` is not set.
pub fn colour_on_stdout() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The few colours in use.
#[derive(Debug, Clone, Copy)]
pub enum Colour {
    /// It holds.
    Green,
    /// A person should look, or it could not be decided.
    Yellow,
    /// It is wrong.
    Red,
    /// Less important.
    Dim,
    /// More important.
    Bold,
}

/// `text` in the colour, if colour is on.
pub fn paint(text: &str, colour: Colour, on: bool) -> String {
    let code = match colour {
        Colour::Green => "32",
        Colour::Yellow => "33",
        Colour::Red => "31",
        Colour::Dim => "2",
        Colour::Bold => "1",
    };
    if on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Text from a file, made safe to print: control characters and the ones that turn the direction of
/// writing become visible, so that a name cannot rewrite the screen (sync.md, attacks).
pub fn safe(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                '\u{fffd}'
            }
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
