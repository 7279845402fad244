//! Canonical JSON as TUF signs it (the OLPC form, which securesystemslib writes).
//!
//! Members sorted by code point, no white space, whole numbers only, and in strings an escape for
//! the quote and the backslash and for nothing else. Text in that form with a raw line break is not
//! JSON; it exists only to be hashed and signed.

use std::borrow::Cow;

use zizhi_model::json::{self, Json, JsonError};

/// The canonical form of one JSON value, which is `text` itself if it is written so already.
///
/// Either way the value has no duplicate key, no float and no text outside NFC afterwards, so that
/// any reader of `text` sees the same value.
///
/// # Errors
/// [`JsonError`] if `text` is not JSON as it may stand under a signature.
pub fn of(text: &[u8], max_depth: usize) -> Result<Cow<'_, [u8]>, JsonError> {
    let mut scan = Scan { rest: text };
    // A province's targets are megabytes of ASCII that a careful writer has already put in order:
    // one pass proves it, where a tree and a second text would cost ten times as much.
    if scan.value(max_depth).is_some() && scan.rest.is_empty() {
        return Ok(Cow::Borrowed(text));
    }
    let value = json::strict(text, max_depth)?;
    Ok(Cow::Owned(write(&value)))
}

/// Writes a value in canonical form. A float, which strict JSON does not have, is written as null.
#[must_use]
pub fn write(value: &Json<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    push(value, &mut out);
    out
}

fn push(value: &Json<'_>, out: &mut Vec<u8>) {
    match value {
        Json::Null | Json::Float(_) => out.extend_from_slice(b"null"),
        Json::Bool(true) => out.extend_from_slice(b"true"),
        Json::Bool(false) => out.extend_from_slice(b"false"),
        Json::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Json::Str(text) => push_text(text, out),
        Json::Array(elements) => {
            out.push(b'[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                push(element, out);
            }
            out.push(b']');
        }
        Json::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            // Bytes of UTF-8 sort as code points do.
            members.sort_unstable_by_key(|(name, _)| *name);
            out.push(b'{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                push_text(name, out);
                out.push(b':');
                push(member, out);
            }
            out.push(b'}');
        }
    }
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// Walks over text that is JSON and canonical and ASCII. `None` says that it is not all three.
struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    fn skip_if(&mut self, byte: u8) -> bool {
        let here = self.rest.first() == Some(&byte);
        if here {
            self.next();
        }
        here
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        match self.rest.first()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.array(depth.checked_sub(1)?),
            b'"' => self.text().map(|_| ()),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<()> {
        self.skip(b'{')?;
        if self.skip_if(b'}') {
            return Some(());
        }
        let mut last: Option<&[u8]> = None;
        loop {
            let name = self.text()?;
            // Strictly rising names are sorted and unique. An escaped name sorts by what it means,
            // which the bytes do not show.
            if last.is_some_and(|last| last >= name) || name.contains(&b'\\') {
                return None;
            }
            last = Some(name);
            self.skip(b':')?;
            self.value(depth)?;
            match self.next()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        self.skip(b'[')?;
        if self.skip_if(b']') {
            return Some(());
        }
        loop {
            self.value(depth)?;
            match self.next()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        self.skip(b'"')?;
        let whole = self.rest;
        let mut length = 0;
        loop {
            let plain = self
                .rest
                .iter()
                .take_while(|byte| matches!(byte, 0x20..=0x7f) && !matches!(byte, b'"' | b'\\'));
            let plain = plain.count();
            self.rest = self.rest.get(plain..)?;
            length += plain;
            match self.next()? {
                b'"' => return whole.get(..length),
                b'\\' => matches!(self.next()?, b'"' | b'\\').then_some(())?,
                _ => return None,
            }
            length += 2;
        }
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        /// Whole numbers of up to 18 digits fit in 64 bits.
        const DIGITS: usize = 18;
        let negative = self.skip_if(b'-');
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let leading_zero = self.rest.first() == Some(&b'0');
        self.rest = self.rest.get(digits..)?;
        let sound = (1..=DIGITS).contains(&digits) && !(leading_zero && (digits > 1 || negative));
        sound.then_some(())
    }
}
