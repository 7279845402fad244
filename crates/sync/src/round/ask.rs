//! One request of a round and its answer, as bytes: whatever carries them knows nothing of what they mean.

use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, OrgId};

use super::Cause;
use crate::api::{self, ANSWER_BYTES, Code, JSON_TYPE, Problem};
use crate::http_signature::{self, AuthError, LIFETIME, Stamp};
use crate::{Digest, Id};

/// A request to the hub that nobody has signed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The method, in upper case.
    pub method: &'static str,
    /// The path, from its first slash.
    pub path: String,
    /// Fields besides those of the signature.
    pub fields: Vec<(&'static str, String)>,
    /// The body.
    pub body: AskBody,
    /// The most bytes of an answer's body that are of use.
    pub most: u64,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskBody {
    /// None.
    Empty,
    /// These bytes.
    Bytes(Vec<u8>),
    /// A piece of a message that the caller keeps.
    Piece {
        /// The message.
        id: Id,
        /// Where the piece begins, in bytes.
        from: u64,
        /// Its length in bytes.
        len: u64,
    },
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The field `Retry-After`, in seconds, where it is there as a number.
    pub retry_after: Option<u64>,
    /// The body, of at most [`Ask::most`] bytes.
    pub body: Vec<u8>,
}

impl Ask {
    pub(crate) fn get(path: String) -> Self {
        Self { method: "GET", path, fields: Vec::new(), body: AskBody::Empty, most: ANSWER_BYTES as u64 }
    }

    pub(crate) fn post(path: &str, body: Vec<u8>) -> Self {
        let fields = vec![("content-type", JSON_TYPE.to_owned())];
        let (path, body) = (path.to_owned(), AskBody::Bytes(body));
        Self { method: "POST", path, fields, body, most: ANSWER_BYTES as u64 }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.fields.push((name, value.to_string()));
        self
    }

    /// The request that enrols an organisation (docs/hub.md §4).
    ///
    /// # Errors
    /// As [`api::write`].
    pub fn enrol(enrol: &api::Enrol) -> Result<Self, crate::ObjectError> {
        Ok(Self::post("/v1/organisations", api::write(enrol)?))
    }

    /// The request that puts a device list in the place of the one that stands (docs/hub.md §4).
    ///
    /// # Errors
    /// As [`api::write`].
    pub fn replace_devices(devices: &api::ReplaceDevices) -> Result<Self, crate::ObjectError> {
        Ok(Self { method: "PUT", ..Self::post("/v1/devices", api::write(devices)?) })
    }

    /// The request for an organisation's device list (docs/hub.md §4).
    #[must_use]
    pub fn organisation(org: &OrgId) -> Self {
        Self::get(format!("/v1/organisations/{}", org.uscc()))
    }

    /// Every field of the request with the signature of a device (docs/hub.md §2). `origin` is scheme, host
    /// and port of the hub, `body` the digest of the body's bytes, `created` seconds since 1970 by the
    /// hub's clock.
    ///
    /// # Errors
    /// As [`http_signature::sign`].
    pub fn signed(
        &self,
        origin: &str,
        body: Option<Digest>,
        key: &SigningKey,
        (created, nonce): (i64, [u8; 16]),
    ) -> Result<Vec<(&'static str, String)>, AuthError> {
        let target = format!("{origin}{}", self.path);
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request =
            http_signature::Request { method: self.method, target_uri: &target, fields: &fields, body };
        let stamp = Stamp { created, expires: created.saturating_add(LIFETIME), nonce };
        let mut all = self.fields.clone();
        all.extend(http_signature::sign(&request, key, &stamp)?);
        Ok(all)
    }
}

/// An answer that is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which rule; nothing if the answer does not say so in words of docs/hub.md.
    pub code: Option<Code>,
    /// Whether the same request may succeed later.
    pub retry: bool,
    /// How long the hub wants to be left alone, in seconds.
    pub after: Option<u64>,
    /// The hub's time, with `AUTH-TIME`.
    pub time: Option<i64>,
    /// The bytes that the hub has, with `UPLOAD-OFFSET`.
    pub offset: Option<u64>,
    /// The conflict that was kept of a redemption.
    pub conflict: Option<Id>,
}

impl Refusal {
    /// Why the request did not succeed: the hub's rule, or an answer that names none.
    #[must_use]
    pub fn cause(&self) -> Cause {
        self.code.map_or(Cause::Answer, Cause::Hub)
    }
}

impl Answer {
    /// The body where the request succeeded.
    ///
    /// # Errors
    /// The refusal.
    pub fn success(self) -> Result<(u16, Vec<u8>), Refusal> {
        if (200..300).contains(&self.status) {
            return Ok((self.status, self.body));
        }
        let problem = api::read_answer::<Problem>(&self.body, ANSWER_BYTES, &Limits::default()).ok();
        let problem = problem.filter(|problem| problem.status == self.status);
        // RFC 9110 §15: without our words the status alone says whether it can be tried again.
        let retry = matches!(self.status, 408 | 425 | 429) || self.status >= 500;
        Err(Refusal {
            code: problem.as_ref().map(|problem| problem.code),
            retry: problem.as_ref().map_or(retry, |problem| problem.retry),
            after: self.retry_after,
            time: problem.as_ref().and_then(|problem| problem.time),
            conflict: problem.as_ref().and_then(|problem| problem.conflict),
            offset: problem.and_then(|problem| problem.offset),
        })
    }
}
