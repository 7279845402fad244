//! JSON as it may appear under a signature (formats.md §0).
//!
//! `serde_json::Value` keeps the last of two equal keys and rounds numbers, so that two programs can
//! read one signed text differently. [`Json`] refuses what is ambiguous and borrows from the input,
//! since a verifier reads far more text than it keeps.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use unicode_normalization::{IsNormalized, is_nfc, is_nfc_quick};

/// The deepest nesting that serde_json reads.
const DEEPEST: usize = 127;

/// A JSON value that borrows its strings from the text it was read from where it can.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number. Never present in signed JSON of ours.
    Float(f64),
    /// A string.
    Str(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object; no key occurs twice.
    Object(Object<'a>),
}

/// The members of an object in the order they were written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object<'a>(pub Vec<(Cow<'a, str>, Json<'a>)>);

/// Why a text is refused as JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Not JSON (RFC 8259), or bytes after its end, or not UTF-8.
    #[error("not JSON: {0}")]
    Syntax(String),
    /// One object has the same key twice.
    #[error("the key {0:?} occurs twice in one object")]
    DuplicateKey(String),
    /// A number with a fraction or an exponent, `-0`, or one outside 64 bits.
    #[error("a number that is not a whole 64-bit number")]
    Float,
    /// A string that is not in Unicode normalisation form C.
    #[error("a text that is not in Unicode normalisation form C")]
    NotNfc,
    /// Nested deeper than allowed.
    #[error("nested deeper than {0} levels")]
    Depth(usize),
}

/// What a reader tolerates beyond the strict profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Signed JSON of ours: no floats, only NFC (`FMT-JSON`).
    Strict,
    /// Other people's SD-JWTs, which RFC 9901 allows to hold any JSON. Duplicate keys are refused.
    Foreign,
}

/// Reads signed JSON.
///
/// # Errors
/// [`JsonError`]; [`JsonError::Depth`] is `LIMIT-DEPTH`, everything else `FMT-JSON`.
pub fn strict(bytes: &[u8], max_depth: usize) -> Result<Json<'_>, JsonError> {
    read(bytes, max_depth, Profile::Strict)
}

/// Reads JSON under the given profile. A `max_depth` above 127 counts as 127.
///
/// # Errors
/// As [`strict`].
pub fn read(bytes: &[u8], max_depth: usize, profile: Profile) -> Result<Json<'_>, JsonError> {
    // serde_json stops at its 128th level itself.
    let max_depth = max_depth.min(DEEPEST);
    let text = std::str::from_utf8(bytes).map_err(|error| JsonError::Syntax(error.to_string()))?;
    let state = State { profile, max_depth, refusal: Cell::new(None) };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Seed { state: &state, depth: 0 }.deserialize(&mut reader);
    match value.and_then(|value| reader.end().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(error) => Err(state.refusal.take().unwrap_or_else(|| {
            if error.to_string().starts_with("recursion limit") {
                JsonError::Depth(max_depth)
            } else if error.to_string().starts_with("number out of range") {
                JsonError::Float
            } else {
                JsonError::Syntax(error.to_string())
            }
        })),
    }
}

impl<'a> Json<'a> {
    /// The text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Str(text) = self { Some(text) } else { None }
    }

    /// The number, if this is a whole one.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json<'a>]> {
        if let Self::Array(elements) = self { Some(elements) } else { None }
    }

    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object<'a>> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The member `key` of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.as_object()?.get(key)
    }

    /// The same value, owning every string.
    #[must_use]
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(value),
            Self::Int(number) => Json::Int(number),
            Self::Float(number) => Json::Float(number),
            Self::Str(text) => Json::Str(Cow::Owned(text.into_owned())),
            Self::Array(elements) => Json::Array(elements.into_iter().map(Json::into_owned).collect()),
            Self::Object(object) => Json::Object(Object(
                object
                    .0
                    .into_iter()
                    .map(|(key, value)| (Cow::Owned(key.into_owned()), value.into_owned()))
                    .collect(),
            )),
        }
    }

    /// The same value for code that works on `serde_json::Value` (rules, reports).
    #[must_use]
    pub fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(number) => Value::from(*number),
            Self::Float(number) => Value::from(*number),
            Self::Str(text) => Value::String(text.clone().into_owned()),
            Self::Array(elements) => Value::Array(elements.iter().map(Json::to_value).collect()),
            Self::Object(object) => Value::Object(
                object.0.iter().map(|(key, value)| (key.clone().into_owned(), value.to_value())).collect(),
            ),
        }
    }
}

impl<'a> Object<'a> {
    /// The member `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Whether the member `key` is there.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Removes and returns the member `key`.
    pub fn remove(&mut self, key: &str) -> Option<Json<'a>> {
        let at = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(at).1)
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Str(text) => serializer.serialize_str(text),
            Self::Array(elements) => serializer.collect_seq(elements),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

struct State {
    profile: Profile,
    max_depth: usize,
    /// The reason for stopping, kept beside serde's error, which can only carry text.
    refusal: Cell<Option<JsonError>>,
}

impl State {
    fn refuse<E: serde::de::Error>(&self, reason: JsonError) -> E {
        let error = E::custom("refused");
        self.refusal.set(Some(reason));
        error
    }

    fn text<E: serde::de::Error>(&self, text: &str) -> Result<(), E> {
        if self.profile == Profile::Foreign || text.is_ascii() {
            return Ok(());
        }
        // ASCII, the unified ideographs of U+4E00–9FFF and the punctuation beside them have no canonical
        // decompositions and combine with nothing: most Chinese text is in form C at a glance.
        let plain = |c: char| {
            c.is_ascii()
                || matches!(c, '\u{3001}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
        };
        let normal = text.chars().all(plain)
            || match is_nfc_quick(text.chars()) {
                IsNormalized::Yes => true,
                IsNormalized::No => false,
                IsNormalized::Maybe => is_nfc(text),
            };
        if normal { Ok(()) } else { Err(self.refuse(JsonError::NotNfc)) }
    }
}

#[derive(Clone, Copy)]
struct Seed<'s> {
    state: &'s State,
    depth: usize,
}

impl<'s> Seed<'s> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= self.state.max_depth {
            return Err(self.state.refuse(JsonError::Depth(self.state.max_depth)));
        }
        Ok(Self { state: self.state, depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Json::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        i64::try_from(value).map(Json::Int).or_else(|_| self.visit_f64(value as f64))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        match self.state.profile {
            Profile::Strict => Err(self.state.refuse(JsonError::Float)),
            Profile::Foreign => Ok(Json::Float(value)),
        }
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        self.state.text(text)?;
        Ok(Json::Str(Cow::Borrowed(text)))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        self.state.text(text)?;
        Ok(Json::Str(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let inner = self.deeper()?;
        // A payload's list of digests has about as many; growing from one would copy them thrice.
        let mut elements = Vec::with_capacity(8);
        while let Some(element) = access.next_element_seed(inner)? {
            elements.push(element);
        }
        Ok(Json::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        /// Above this many members a set is faster than comparing each with each.
        const SET_FROM: usize = 24;
        let inner = self.deeper()?;
        // Payloads and headers have a handful of members; growing from one would copy them thrice.
        let mut members: Vec<(Cow<'de, str>, Json<'de>)> = Vec::with_capacity(8);
        let mut seen: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(key) = access.next_key_seed(KeySeed { state: self.state })? {
            let repeated = if members.len() < SET_FROM {
                members.iter().any(|(name, _)| *name == key)
            } else {
                if seen.is_empty() {
                    seen.extend(members.iter().map(|(name, _)| name.clone()));
                }
                !seen.insert(key.clone())
            };
            if repeated {
                return Err(self.state.refuse(JsonError::DuplicateKey(key.into_owned())));
            }
            let value = access.next_value_seed(inner)?;
            members.push((key, value));
        }
        Ok(Json::Object(Object(members)))
    }
}

struct KeySeed<'s> {
    state: &'s State,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Cow<'de, str>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        self.state.text(text)?;
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        self.state.text(text)?;
        Ok(Cow::Owned(text.to_owned()))
    }
}
