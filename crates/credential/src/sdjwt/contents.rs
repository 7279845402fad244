//! What a disclosure says: `[salt, name, value]` or `[salt, value]` (RFC 9901 §4.2).

use std::borrow::Cow;

use zizhi_model::json::{self, Json, JsonError, Profile};

use super::error::{SdJwtError, rule};

/// How a disclosure is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) max_depth: usize,
    pub(super) profile: Profile,
}

/// A disclosed member: salt, name, value.
pub(super) type Member<'u> = (Cow<'u, str>, Cow<'u, str>, Json<'u>);

impl Reading {
    /// RFC 9901 §7.1 3.c.ii.1 and 2.
    pub(super) fn member(self, bytes: &[u8]) -> Result<Member<'_>, SdJwtError> {
        let (salt, name, value) = match self.usual_member(bytes) {
            Some((salt, name, value)) => (Json::Str(salt), Json::Str(name), value),
            None => {
                let mut parts = self.parts(bytes, rule::MEMBER_FORM)?.into_iter();
                let (Some(salt), Some(name), Some(value), None) =
                    (parts.next(), parts.next(), parts.next(), parts.next())
                else {
                    return Err(SdJwtError::invalid(rule::MEMBER_FORM));
                };
                (salt, name, value)
            }
        };
        let Json::Str(name) = name else { return Err(SdJwtError::invalid(rule::NAME_FORM)) };
        if matches!(name.as_ref(), "_sd" | "..." | "_sd_alg") {
            return Err(SdJwtError::invalid(rule::RESERVED_NAME).about(&name));
        }
        Ok((text(salt)?, name, value))
    }

    /// RFC 9901 §7.1 3.c.iii.1.
    pub(super) fn element(self, bytes: &[u8]) -> Result<(Cow<'_, str>, Json<'_>), SdJwtError> {
        let mut parts = self.parts(bytes, rule::ELEMENT_FORM)?.into_iter();
        let (Some(salt), Some(value), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(SdJwtError::invalid(rule::ELEMENT_FORM));
        };
        Ok((text(salt)?, value))
    }

    fn parts<'u>(self, bytes: &'u [u8], form: &'static str) -> Result<Vec<Json<'u>>, SdJwtError> {
        match json::read(bytes, self.max_depth, self.profile) {
            Ok(Json::Array(parts)) => Ok(parts),
            Ok(_) => Err(SdJwtError::invalid(form)),
            Err(JsonError::Syntax(_)) => Err(SdJwtError::invalid(rule::DISCLOSURE_ENCODING)),
            Err(error) => Err(SdJwtError::json(&error)),
        }
    }

    /// The same for the way in which nearly everybody writes a member, without an array in between: two
    /// plain strings, a comma after each, and one value. Whatever is not quite so is `None`, and is read
    /// as JSON.
    fn usual_member(self, bytes: &[u8]) -> Option<Member<'_>> {
        let inside = std::str::from_utf8(bytes).ok()?.strip_prefix('[')?.strip_suffix(']')?;
        let (salt, rest) = plain_string(inside)?;
        let (name, rest) = plain_string(after_comma(rest)?)?;
        let value = after_comma(rest)?;
        let value = match plain_string(value) {
            Some((text, "")) => Json::Str(Cow::Borrowed(text)),
            _ => json::read(value.as_bytes(), self.max_depth.checked_sub(1)?, self.profile).ok()?,
        };
        Some((Cow::Borrowed(salt), Cow::Borrowed(name), value))
    }
}

fn after_comma(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(',')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

/// A JSON string that stands for itself: printable ASCII without escapes, hence in form NFC too.
fn plain_string(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('"')?;
    let end = rest.bytes().position(|byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\'))?;
    let (text, rest) = rest.split_at_checked(end)?;
    Some((text, rest.strip_prefix('"')?))
}

fn text(salt: Json<'_>) -> Result<Cow<'_, str>, SdJwtError> {
    match salt {
        Json::Str(salt) => Ok(salt),
        _ => Err(SdJwtError::invalid(rule::SALT_FORM)),
    }
}

#[cfg(test)]
mod tests;
