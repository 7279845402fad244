//! What text goes through before it is set: every character is printed, written out as its number, or
//! named in an error. None is dropped, and none can turn or hide what stands beside it.

use serde_json::Value;
use zizhi_model::text::hides;

use crate::error::ReportError;
use crate::fonts::Fonts;

/// Makes every text in `data` printable with `fonts`.
///
/// Line breaks and tabs become spaces. Characters that cannot be seen or that turn the direction of text
/// are written out, as in `〔U+202E〕`: they have no business in a name and must not work in a document.
///
/// # Errors
/// [`ReportError::MissingGlyph`] with every character that no font has, and every one from the private
/// use areas, which means something else on each machine.
pub(crate) fn admit(data: &mut Value, fonts: &Fonts) -> Result<(), ReportError> {
    let mut missing = Vec::new();
    walk(data, fonts, &mut missing);
    if missing.is_empty() { Ok(()) } else { Err(ReportError::MissingGlyph { characters: missing }) }
}

fn walk(value: &mut Value, fonts: &Fonts, missing: &mut Vec<char>) {
    match value {
        Value::String(text) => {
            if !text.is_ascii() || text.bytes().any(|byte| byte.is_ascii_control()) {
                *text = text.chars().fold(String::with_capacity(text.len()), put);
            }
            for character in text.chars() {
                if !is_selector(character)
                    && (is_private(character) || !fonts.covers(character))
                    && !missing.contains(&character)
                {
                    missing.push(character);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, fonts, missing)),
        Value::Object(members) => members.values_mut().for_each(|value| walk(value, fonts, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn put(mut text: String, character: char) -> String {
    match character {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push(' '),
        _ if hides(character) => text.push_str(&format!("〔U+{:04X}〕", u32::from(character))),
        _ => text.push(character),
    }
    text
}

/// Variation selectors choose among the shapes of the character before them and have none themselves.
const fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

const fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}
