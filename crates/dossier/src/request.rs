//! The request for a dossier (`.zzrequest`): what a destination signs to ask for one.

use serde::Serialize;
use zizhi_crypto::jws::{self, Header};
use zizhi_crypto::{KeyId, PublicKey, SigningKey};
use zizhi_model::json::{Object, strict};
use zizhi_model::region::Region;
use zizhi_model::{Json, Limits, OrgId, Scenario, Uscc};

use crate::members::{MemberError, Members};
use crate::problem::{self, ReadError};

/// The `typ` of a request.
pub const TYP: &str = "dossier-request+jwt";

/// What a request says (formats.md §5).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Request {
    /// The destination that asks and signs.
    pub iss: OrgId,
    /// When it was signed, NumericDate.
    pub iat: i64,
    /// Until when it may be answered, NumericDate.
    pub exp: i64,
    /// UUID version 7, as [`crate::ids::uuid_v7`] makes one. Another name is read all the same: it only has
    /// to differ from request to request, and no check speaks of its form.
    pub jti: String,
    /// What the answer has to repeat.
    pub nonce: String,
    /// What the firm wants to do.
    pub scenario: Scenario,
    /// Where.
    pub destination_region: Region,
    /// The checklist of the rule pack that applies.
    pub checklist_id: String,
    /// The rule pack that applies.
    pub rule_pack: RulePackRef,
    /// The only firm that may answer. Read as a bare code or as a URN, written as a URN.
    #[serde(rename = "for", skip_serializing_if = "Option::is_none", serialize_with = "as_org")]
    pub only_for: Option<Uscc>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Object<'static>,
}

/// A rule pack by name and version.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulePackRef {
    /// Its `pack_id`.
    pub id: String,
    /// Its `version`.
    pub version: i64,
}

/// Signs a request.
///
/// # Errors
/// If the key cannot sign.
pub fn sign(key: &SigningKey, request: &Request) -> Result<String, zizhi_crypto::SignError> {
    jws::sign(key, TYP, request)
}

/// A request that nobody has verified.
#[derive(Debug, Clone)]
pub struct Unverified<'a> {
    jws: jws::Unverified<'a>,
    /// What the JWS holds, read once.
    payload: Json<'static>,
}

impl<'a> Unverified<'a> {
    /// Reads the text of a request. White space around it, such as a final newline, is no part of it.
    ///
    /// # Errors
    /// [`ReadError::Size`], [`ReadError::Jws`], [`ReadError::Json`].
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, ReadError> {
        if text.len() as u64 > limits.credential_bytes {
            return Err(ReadError::Size(limits.credential_bytes));
        }
        let jws = jws::Unverified::parse(text.trim_ascii(), limits)?;
        let payload = strict(jws.payload(), limits.json_depth)?.into_owned();
        Ok(Self { jws, payload })
    }

    /// The header. Untrusted.
    #[must_use]
    pub fn header(&self) -> &Header {
        self.jws.header()
    }

    /// Who is said to have signed it, for finding the key. Untrusted.
    #[must_use]
    pub fn issuer(&self) -> Option<OrgId> {
        OrgId::parse(self.payload.get("iss")?.as_str()?).ok()
    }

    /// What it says. Untrusted.
    ///
    /// # Errors
    /// [`ReadError::Member`].
    pub fn peek(&self) -> Result<Request, ReadError> {
        Request::read(self.payload.clone())
    }

    /// Verifies with a key of the destination that the caller trusts for requests.
    ///
    /// # Errors
    /// [`ReadError::Typ`], [`ReadError::Alg`] or [`ReadError::Jws`] if it was not signed by that key as
    /// a request, [`ReadError::Member`] if it was and does not say what a request has to.
    pub fn verify(self, key: &PublicKey) -> Result<Verified, ReadError> {
        problem::check(&self.jws, key, TYP)?;
        let request = Request::read(self.payload)?;
        // The one place that makes a `Verified`.
        Ok(Verified { request, key_id: key.key_id().clone() })
    }
}

/// A request that the holder of a key signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    request: Request,
    key_id: KeyId,
}

impl Verified {
    /// What it says.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What it says, for keeping.
    #[must_use]
    pub fn into_request(self) -> Request {
        self.request
    }

    /// The key that verified it.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }
}

impl Request {
    fn read(payload: Json<'static>) -> Result<Self, ReadError> {
        let mut members = Members::root(payload)?;
        Ok(Self {
            iss: members.org("iss")?,
            iat: members.int("iat")?,
            exp: members.int("exp")?,
            jti: members.text("jti")?,
            nonce: members.text("nonce")?,
            scenario: members.scenario("scenario")?,
            destination_region: members.region("destination_region")?,
            checklist_id: members.text("checklist_id")?,
            rule_pack: RulePackRef::read(&mut members)?,
            only_for: members.optional_uscc("for")?,
            other: members.rest(),
        })
    }
}

impl RulePackRef {
    pub(crate) fn read(members: &mut Members) -> Result<Self, MemberError> {
        let mut pack = members.members("rule_pack")?;
        Ok(Self { id: pack.text("id")?, version: pack.int("version")? })
    }
}

#[expect(clippy::ref_option, reason = "serde asks for this signature")]
fn as_org<S: serde::Serializer>(uscc: &Option<Uscc>, serializer: S) -> Result<S::Ok, S::Error> {
    uscc.map(OrgId::from).serialize(serializer)
}
