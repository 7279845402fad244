//! Colour that never carries the meaning alone: every coloured word can be read without it.

use std::io::IsTerminal;

use zizhi_model::text::hides;

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

/// Text from a file, made safe to print: what would be invisible or turn the line around becomes a visible mark, so that
/// a name cannot rewrite the screen.
pub fn safe(text: &str) -> String {
    text.chars().map(|c| if hides(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests;
