//! JSON with places: every value and every key knows its line and column.
//!
//! The strict profile of formats.md §0 applies: no duplicate keys, no fractions, only normalised text.
//! Such values are reported and reading goes on, so that a person sees all of them at once; a text that
//! is not JSON ends it.

use unicode_normalization::{IsNormalized, is_nfc, is_nfc_quick};
use zizhi_model::Limits;

use super::report::{Log, Problem};

/// Bytes of a pack that are read at all. The demonstration packs have 30 KiB.
pub const MAX_PACK_BYTES: usize = 4 * 1024 * 1024;

/// A place in the text, counted from 1 in lines and characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) line: u32,
    pub(super) column: u32,
}

/// A value with the place where it starts.
#[derive(Debug)]
pub(super) struct Spanned {
    pub(super) at: Spot,
    pub(super) node: Node,
}

#[derive(Debug)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Int(i64),
    /// A number that the strict profile refuses; already reported.
    Odd,
    Text(String),
    List(Vec<Spanned>),
    Object(Vec<Member>),
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) at: Spot,
    pub(super) value: Spanned,
}

impl Spanned {
    /// The value for code that works on `serde_json::Value`.
    pub(super) fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.node {
            Node::Null | Node::Odd => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Int(number) => Value::from(*number),
            Node::Text(text) => Value::String(text.clone()),
            Node::List(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Node::Object(members) => Value::Object(
                members.iter().map(|member| (member.key.clone(), member.value.to_value())).collect(),
            ),
        }
    }

    pub(super) fn member(&self, key: &str) -> Option<&Member> {
        match &self.node {
            Node::Object(members) => members.iter().find(|member| member.key == key),
            _ => None,
        }
    }

    /// Follows a path as far as it leads, and returns the place it got to; of a member that is its key
    /// where `key` says so.
    pub(super) fn locate<S: AsRef<str>>(&self, path: impl IntoIterator<Item = S>, key: bool) -> Spot {
        let mut value = self;
        let mut spot = self.at;
        for step in path {
            let step = step.as_ref();
            let Some(below) = value.below(step) else { break };
            let named = value.member(step).filter(|_| key);
            (spot, value) = (named.map_or(below.at, |member| member.at), below);
        }
        spot
    }

    /// What a path leads to, if it leads anywhere.
    pub(super) fn find<S: AsRef<str>>(&self, path: &[S]) -> Option<&Self> {
        path.iter().try_fold(self, |value, step| value.below(step.as_ref()))
    }

    fn below(&self, step: &str) -> Option<&Self> {
        match &self.node {
            Node::Object(_) => self.member(step).map(|member| &member.value),
            Node::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

/// Reads a text. `None` if it is not JSON; the reason is in the log.
pub(super) fn read(bytes: &[u8], log: &mut Log) -> Option<Spanned> {
    let start = Spot { line: 1, column: 1 };
    if bytes.len() > MAX_PACK_BYTES {
        log.add(start, &[], &Problem::Size);
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let mut reader = Reader::new(std::str::from_utf8(before).unwrap_or_default(), log);
            while reader.next().is_some() {}
            let at = reader.spot;
            log.add(at, &[], &Problem::Utf8);
            return None;
        }
    };
    let mut reader = Reader::new(text, log);
    let value = reader.document();
    if let Err(Refused { at, problem }) = value {
        let path = std::mem::take(&mut reader.path);
        log.add(at, &path, &problem);
        return None;
    }
    value.ok()
}

struct Refused {
    at: Spot,
    problem: Problem,
}

struct Reader<'t, 'l> {
    rest: &'t str,
    spot: Spot,
    depth: usize,
    path: Vec<String>,
    log: &'l mut Log,
}

impl<'t, 'l> Reader<'t, 'l> {
    fn new(text: &'t str, log: &'l mut Log) -> Self {
        Self { rest: text, spot: Spot { line: 1, column: 1 }, depth: 0, path: Vec::new(), log }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        if character == '\n' {
            self.spot = Spot { line: self.spot.line.saturating_add(1), column: 1 };
        } else {
            self.spot.column = self.spot.column.saturating_add(1);
        }
        Some(character)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.next();
        }
    }

    fn expected(&self, what: &'static str) -> Refused {
        Refused { at: self.spot, problem: Problem::Syntax { expected: what } }
    }

    fn document(&mut self) -> Result<Spanned, Refused> {
        self.space();
        let value = self.value()?;
        self.space();
        if self.rest.is_empty() { Ok(value) } else { Err(self.expected("the end of the file")) }
    }

    fn value(&mut self) -> Result<Spanned, Refused> {
        let at = self.spot;
        let node = match self.peek() {
            Some('{') => self.deeper(Self::object)?,
            Some('[') => self.deeper(Self::list)?,
            Some('"') => Node::Text(self.text()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('t') => self.word("true", Node::Bool(true))?,
            Some('f') => self.word("false", Node::Bool(false))?,
            Some('n') => self.word("null", Node::Null)?,
            _ => return Err(self.expected("a value")),
        };
        Ok(Spanned { at, node })
    }

    fn word(&mut self, word: &'static str, node: Node) -> Result<Node, Refused> {
        if !self.rest.starts_with(word) {
            return Err(self.expected("a value"));
        }
        for _ in word.chars() {
            self.next();
        }
        Ok(node)
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Result<Node, Refused>) -> Result<Node, Refused> {
        let limit = Limits::default().json_depth;
        if self.depth >= limit {
            return Err(Refused { at: self.spot, problem: Problem::Depth { limit } });
        }
        self.depth += 1;
        self.next();
        self.space();
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn list(&mut self) -> Result<Node, Refused> {
        let mut items = Vec::new();
        if self.peek() == Some(']') {
            self.next();
            return Ok(Node::List(items));
        }
        loop {
            self.path.push(items.len().to_string());
            items.push(self.value()?);
            self.path.pop();
            self.space();
            match self.peek() {
                Some(',') => self.next(),
                Some(']') => {
                    self.next();
                    return Ok(Node::List(items));
                }
                _ => return Err(self.expected("',' or ']'")),
            };
            self.space();
        }
    }

    fn object(&mut self) -> Result<Node, Refused> {
        let mut members: Vec<Member> = Vec::new();
        let mut keys = std::collections::HashSet::new();
        if self.peek() == Some('}') {
            self.next();
            return Ok(Node::Object(members));
        }
        loop {
            let at = self.spot;
            if self.peek() != Some('"') {
                return Err(self.expected("a key in quotation marks"));
            }
            let key = self.text()?;
            self.path.push(key.clone());
            if !keys.insert(key.clone()) {
                self.log.add(at, &self.path, &Problem::DuplicateKey { key: key.clone() });
            }
            self.space();
            if self.peek() != Some(':') {
                return Err(self.expected("':'"));
            }
            self.next();
            self.space();
            let value = self.value()?;
            self.path.pop();
            members.push(Member { key, at, value });
            self.space();
            match self.peek() {
                Some(',') => self.next(),
                Some('}') => {
                    self.next();
                    return Ok(Node::Object(members));
                }
                _ => return Err(self.expected("',' or '}'")),
            };
            self.space();
        }
    }

    fn number(&mut self) -> Result<Node, Refused> {
        let at = self.spot;
        let start = self.rest;
        if self.peek() == Some('-') {
            self.next();
        }
        match self.peek() {
            Some('0') => {
                self.next();
                if matches!(self.peek(), Some('0'..='9')) {
                    return Err(self.expected("a number without leading zeros"));
                }
            }
            _ => self.digits()?,
        }
        let mut fraction = false;
        if self.peek() == Some('.') {
            fraction = true;
            self.next();
            self.digits()?;
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            fraction = true;
            self.next();
            if matches!(self.peek(), Some('+' | '-')) {
                self.next();
            }
            self.digits()?;
        }
        let written = start.get(..start.len() - self.rest.len()).unwrap_or_default();
        match written.parse::<i64>() {
            Ok(number) if !fraction && written != "-0" => Ok(Node::Int(number)),
            _ => {
                self.log.add(at, &self.path, &Problem::Float);
                Ok(Node::Odd)
            }
        }
    }

    fn digits(&mut self) -> Result<(), Refused> {
        if !matches!(self.peek(), Some('0'..='9')) {
            return Err(self.expected("a digit"));
        }
        while matches!(self.peek(), Some('0'..='9')) {
            self.next();
        }
        Ok(())
    }

    fn text(&mut self) -> Result<String, Refused> {
        let start = self.spot;
        let mut text = String::new();
        self.next();
        loop {
            let at = self.spot;
            match self.next() {
                None => {
                    return Err(Refused {
                        at: start,
                        problem: Problem::Syntax { expected: "a closing '\"'" },
                    });
                }
                Some('"') => break,
                Some('\\') => text.push(self.escape(at)?),
                Some(character) if character < ' ' => {
                    let problem = Problem::Syntax { expected: "no control character in a text" };
                    return Err(Refused { at, problem });
                }
                Some(character) => text.push(character),
            }
        }
        if !text.is_ascii() {
            let normal = match is_nfc_quick(text.chars()) {
                IsNormalized::Yes => true,
                IsNormalized::No => false,
                IsNormalized::Maybe => is_nfc(&text),
            };
            if !normal {
                self.log.add(start, &self.path, &Problem::NotNfc);
            }
        }
        Ok(text)
    }

    fn escape(&mut self, at: Spot) -> Result<char, Refused> {
        let refused = Refused { at, problem: Problem::Syntax { expected: "an escape sequence of JSON" } };
        let Some(character) = self.next() else { return Err(refused) };
        let unescaped = match character {
            '"' | '\\' | '/' => Some(character),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'u' => self.utf16(),
            _ => None,
        };
        unescaped.ok_or(refused)
    }

    /// The four digits behind `\u`, and those of the second half of a surrogate pair.
    fn utf16(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            // A lone second half is no character.
            return char::from_u32(first);
        }
        if self.next() != Some('\\') || self.next() != Some('u') {
            return None;
        }
        let second = self.hex()?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)
    }

    fn hex(&mut self) -> Option<u32> {
        let mut number = 0;
        for _ in 0..4 {
            number = number * 16 + self.next()?.to_digit(16)?;
        }
        Some(number)
    }
}
