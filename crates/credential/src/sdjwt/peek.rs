//! Finds the issuer in a payload without reading the rest of it.

use std::cell::RefCell;
use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};

/// The first member `iss`, if it is a string. The payload is read whole and strictly once its
/// signature holds; until then this only says which key to try.
pub(crate) fn issuer(payload: &[u8]) -> Option<String> {
    let found = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(payload);
    // The visitor stops by failing as soon as it has what it came for.
    let _ = reader.deserialize_map(Search { found: &found });
    found.into_inner()
}

struct Search<'s> {
    found: &'s RefCell<Option<String>>,
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a payload")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(name) = access.next_key::<std::borrow::Cow<'de, str>>()? {
            if name == "iss" {
                *self.found.borrow_mut() = access.next_value::<Option<String>>()?;
                return Err(serde::de::Error::custom("found"));
            }
            access.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
