//! Signed objects: a JWS of a known type around a payload that is read strictly (docs/hub.md §1).
//!
//! [`Unverified`] becomes [`Verified`] through [`Unverified::verify`] alone, with a key that the caller
//! looked up. The crate refuses to take a key from the object itself; where an object introduces its own
//! key, as a first device list does, the module of that object says so and what it is worth.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zizhi_crypto::jws::{self, JwsError};
use zizhi_crypto::{KeyError, KeyId, PublicKey, SignError, SigningKey};
use zizhi_model::json::strict;
use zizhi_model::text::hides;
use zizhi_model::{JsonError, Limits};

use crate::{Digest, OBJECT_BYTES};

/// A kind of signed object.
pub trait Payload: Sized {
    /// The `typ` of the header. No two kinds share one.
    const TYP: &'static str;

    /// The payload as it is written, with `deny_unknown_fields`.
    type Wire: Serialize + DeserializeOwned;

    /// What is written, if it keeps the rules that can be told from it alone.
    ///
    /// # Errors
    /// [`Fault`].
    fn read(wire: Self::Wire) -> Result<Self, Fault>;

    /// How it is written.
    fn wire(&self) -> Self::Wire;
}

/// A rule of docs/hub.md that an object breaks by itself. The member is named where there is a choice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A time before 1970 or after the year 9999, or one that is not in order with another.
    #[error("{0}: a time that cannot be")]
    Time(&'static str),
    /// A text that is empty, longer than its limit, or has control characters.
    #[error("{0}: a text that cannot be")]
    Text(&'static str),
    /// A number or an amount outside what is allowed.
    #[error("{0}: a number that cannot be")]
    Number(&'static str),
    /// Too few or too many of something.
    #[error("{0}: too few or too many")]
    Count(&'static str),
    /// The same twice in a list.
    #[error("{0}: the same twice")]
    Repeated(&'static str),
    /// A key that must not be used (`KEY-WEAK` among them).
    #[error("a key that cannot be used: {0}")]
    Key(#[from] KeyError),
    /// The name of a key is not its thumbprint (RFC 7638).
    #[error("the name of a key is not its thumbprint")]
    Thumbprint,
    /// Not an `age1…` recipient.
    #[error("not an age recipient")]
    Recipient,
    /// A first list with a list before it, or a later one without.
    #[error("the digest of the list before is there exactly where there was one")]
    Previous,
    /// The object may not say this about that role, or its sender may not.
    #[error("a role that the sender may not give")]
    Role,
}

/// Why a signed object is refused.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// Longer than so many bytes.
    #[error("longer than {0} bytes")]
    Size(usize),
    /// Not a JWS, of another type, or its signature does not verify.
    #[error(transparent)]
    Jws(#[from] JwsError),
    /// The payload is not JSON as it may be signed.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A member is missing, unknown, or not what it should be.
    #[error("the payload has not the form that its type demands: {0}")]
    Form(#[source] serde_json::Error),
    /// Something is written in another way than it has to be.
    #[error("the payload is not written as its type demands")]
    Spelling,
    /// A rule of its kind is broken.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The header names no key, or another than the one that was given.
    #[error("the header does not name the key")]
    Kid,
    /// The key cannot sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// Signs. What nobody would accept is not signed.
///
/// # Errors
/// [`ObjectError`] but for `Kid` and `Jws`.
pub fn sign<P: Payload>(key: &SigningKey, payload: &P) -> Result<String, ObjectError> {
    let bytes = serde_json::to_vec(&payload.wire()).map_err(ObjectError::Form)?;
    // Read back what would be written, as everybody else will read it.
    P::read(read(&bytes, &Limits::default())?)?;
    let text = jws::sign_bytes(key, P::TYP, &bytes)?;
    if text.len() > OBJECT_BYTES { Err(ObjectError::Size(OBJECT_BYTES)) } else { Ok(text) }
}

/// An object that nobody has verified.
#[derive(Debug, Clone)]
pub struct Unverified<'a, P> {
    jws: jws::Unverified<'a>,
    digest: Digest,
    payload: P,
}

impl<'a, P: Payload> Unverified<'a, P> {
    /// Reads the text of an object, at most [`OBJECT_BYTES`] long. White space around it is refused: its
    /// digest names it.
    ///
    /// # Errors
    /// [`ObjectError`]; of another type is [`JwsError::Typ`], before its payload is looked at.
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, ObjectError> {
        if text.len() > OBJECT_BYTES {
            return Err(ObjectError::Size(OBJECT_BYTES));
        }
        let jws = jws::Unverified::parse(text, limits)?;
        if jws.header().typ.as_deref() != Some(P::TYP) {
            return Err(JwsError::Typ.into());
        }
        let payload = P::read(read(jws.payload(), limits)?)?;
        Ok(Self { jws, digest: Digest::of(text.as_bytes()), payload })
    }

    /// What it says, for finding the key. Untrusted.
    #[must_use]
    pub fn peek(&self) -> &P {
        &self.payload
    }

    /// The key that the header names, for finding it. Untrusted.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.jws.header().kid.as_deref()
    }

    /// Verifies with a key that the caller trusts for this purpose.
    ///
    /// # Errors
    /// [`ObjectError::Kid`], [`ObjectError::Jws`].
    pub fn verify(self, key: &PublicKey) -> Result<Verified<P>, ObjectError> {
        // docs/hub.md §1: objects of a hub always name their key; a header that names another one was
        // meant for another look-up than the caller made.
        if self.kid() != Some(key.key_id().as_str()) {
            return Err(ObjectError::Kid);
        }
        self.jws.check(key, &[P::TYP])?;
        // The one place that makes a `Verified`.
        Ok(Verified { payload: self.payload, digest: self.digest, key_id: key.key_id().clone() })
    }
}

/// What the holder of a key signed. Whether that key may say so is another question.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified<P> {
    payload: P,
    digest: Digest,
    key_id: KeyId,
}

impl<P> Verified<P> {
    /// What it says.
    #[must_use]
    pub fn payload(&self) -> &P {
        &self.payload
    }

    /// What it says, for keeping.
    #[must_use]
    pub fn into_payload(self) -> P {
        self.payload
    }

    /// The SHA-256 of the object's text.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The key that verified it.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }
}

/// Reads JSON twice: strictly, since serde alone would round numbers and take any normal form, and then
/// into its form. What was understood has to be written as it was read: serde takes a list of values for
/// an object, and null for a member that is absent.
pub(crate) fn read<T: Serialize + DeserializeOwned>(bytes: &[u8], limits: &Limits) -> Result<T, ObjectError> {
    read_as(bytes, limits, |written, found| written == found)
}

/// The same for what nobody signed and may have members more than its form.
pub(crate) fn read_open<T: Serialize + DeserializeOwned>(
    bytes: &[u8],
    limits: &Limits,
) -> Result<T, ObjectError> {
    read_as(bytes, limits, |written, found| {
        is_within(written, found) && {
            // serde takes null for a known member that is absent, and passes an unknown one over. Anything else in its
            // place shows which it was.
            let mut other = found.clone();
            !replace_nulls(&mut other, written)
                || T::deserialize(other).and_then(serde_json::to_value).is_ok_and(|again| again == *written)
        }
    })
}

/// Puts an object in the place of each null of a member that is not written. Tells whether there was one.
fn replace_nulls(found: &mut Value, written: &Value) -> bool {
    match (found, written) {
        (Value::Object(found), Value::Object(written)) => {
            found.iter_mut().fold(false, |replaced, (name, value)| match written.get(name) {
                Some(written) => replace_nulls(value, written) || replaced,
                None if value.is_null() => {
                    *value = Value::Object(serde_json::Map::new());
                    true
                }
                None => replaced,
            })
        }
        (Value::Array(found), Value::Array(written)) => found
            .iter_mut()
            .zip(written)
            .fold(false, |replaced, (found, written)| replace_nulls(found, written) || replaced),
        _ => false,
    }
}

fn read_as<T: Serialize + DeserializeOwned>(
    bytes: &[u8],
    limits: &Limits,
    fits: impl Fn(&Value, &Value) -> bool,
) -> Result<T, ObjectError> {
    let json = strict(bytes, limits.json_depth)?;
    let read: T = serde_json::from_slice(bytes).map_err(ObjectError::Form)?;
    let written = serde_json::to_value(&read).map_err(ObjectError::Form)?;
    if fits(&written, &json.to_value()) { Ok(read) } else { Err(ObjectError::Spelling) }
}

/// Whether everything that was understood stands there as it would be written. The depth is limited already.
fn is_within(written: &Value, found: &Value) -> bool {
    match (written, found) {
        (Value::Object(written), Value::Object(found)) => {
            written.iter().all(|(name, value)| found.get(name).is_some_and(|found| is_within(value, found)))
        }
        (Value::Array(written), Value::Array(found)) => {
            written.len() == found.len()
                && written.iter().zip(found).all(|(written, found)| is_within(written, found))
        }
        _ => written == found,
    }
}

/// The last second of the year 9999: what people can write as a date.
pub(crate) const LAST_SECOND: i64 = 253_402_300_799;

/// Seconds since 1970, from 0 to the end of the year 9999.
pub(crate) fn time(member: &'static str, seconds: i64) -> Result<(), Fault> {
    if (0..=LAST_SECOND).contains(&seconds) { Ok(()) } else { Err(Fault::Time(member)) }
}

/// A text for people: 1 to `most` characters, none of them a control character.
pub(crate) fn text(member: &'static str, text: &str, most: usize) -> Result<(), Fault> {
    let length = text.chars().take(most + 1).count();
    let formed = (1..=most).contains(&length) && !text.chars().any(char::is_control);
    if formed && !text.trim().is_empty() { Ok(()) } else { Err(Fault::Text(member)) }
}

/// What people call somebody: nothing in it hides, and nothing turns what stands beside it.
pub(crate) fn name(member: &'static str, name: &str, most: usize) -> Result<(), Fault> {
    if name.chars().any(hides) { Err(Fault::Text(member)) } else { text(member, name, most) }
}

/// No element of a short list occurs twice.
pub(crate) fn distinct<T: PartialEq>(member: &'static str, elements: &[T]) -> Result<(), Fault> {
    let repeated = elements
        .iter()
        .enumerate()
        .any(|(at, element)| elements.iter().take(at).any(|other| other == element));
    if repeated { Err(Fault::Repeated(member)) } else { Ok(()) }
}
