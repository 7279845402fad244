//! Colour that never carries the meaning alone: every coloured word can be read without it.

pub use zizhi_terminal::safe;

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

#[cfg(test)]
mod tests;
