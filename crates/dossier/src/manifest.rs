//! The manifest: what a firm signs about its dossier (formats.md §5).

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::SerializeMap;
use zizhi_crypto::jws::{self, Header};
use zizhi_crypto::{PublicKey, SigningKey};
use zizhi_model::json::{Object, strict};
use zizhi_model::region::Region;
use zizhi_model::{Json, Limits, OrgId, Scenario, Uscc};

use crate::digest::Digest;
use crate::members::{MemberError, Members};
use crate::problem::{self, ReadError};
use crate::request::RulePackRef;

/// The `typ` of a manifest.
pub const TYP: &str = "dossier+jwt";

/// What a manifest says. Members marked *optional* are empty when absent; all others are required.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Manifest {
    /// The firm.
    pub iss: OrgId,
    /// The destination.
    pub aud: OrgId,
    /// When it was signed, NumericDate.
    pub iat: i64,
    /// The identifier of this dossier. Ours are UUIDs of version 7; others may be anything.
    pub jti: String,
    /// The nonce of the request, else one of the firm's.
    pub nonce: String,
    /// The request that is answered: its JWS, whole. Optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// `cnf.jwk`: the firm's key, which signs this manifest and every key binding.
    #[serde(rename = "cnf", serialize_with = "as_cnf")]
    pub key: PublicKey,
    /// What the firm wants to do.
    pub scenario: Scenario,
    /// Where it comes from.
    pub origin_region: Region,
    /// Where it goes.
    pub destination_region: Region,
    /// The firm, with the names it had.
    pub firm: Firm,
    /// The checklist that was filled in.
    pub checklist_id: String,
    /// The rule pack that the checklist is part of.
    pub rule_pack: RulePackRef,
    /// The credentials.
    pub credentials: Vec<CredentialRef>,
    /// The attachments. Optional. Two of them may share one file.
    pub attachments: Vec<AttachmentRef>,
    /// What the firm says of itself. Optional.
    pub facts: Object<'static>,
    /// Consents of the people whose data are in the dossier. Optional.
    pub consents: Vec<Json<'static>>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Object<'static>,
}

/// The firm as the manifest has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Firm {
    /// Its code.
    pub uscc: Uscc,
    /// Its name now.
    pub name: String,
    /// The names it had. Optional.
    pub former_names: Vec<FormerName>,
}

/// A name that the firm had.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// The last day it was in use. Optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The path of an entry that shows the change. Optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// A credential of the dossier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CredentialRef {
    /// `credentials/NNN.sdjwt`.
    pub path: String,
    /// Digest of the entry.
    pub sha256: Digest,
    /// The type, as in its `vct`: `incubatee-certificate`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The items of the checklist that it answers. Optional.
    pub answers: Vec<String>,
}

/// An attachment of the dossier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttachmentRef {
    /// `attachments/` and the digest in hexadecimal.
    pub path: String,
    /// Digest of the entry.
    pub sha256: Digest,
    /// Bytes of the entry.
    pub size: u64,
    /// Its media type.
    pub media_type: String,
    /// The file's name, for people. Hostile text.
    pub name: String,
    /// What it is, as a checklist asks for it.
    pub kind: String,
    /// The items of the checklist that it answers. Optional.
    pub answers: Vec<String>,
}

/// Signs a manifest. The key has to be the one of [`Manifest::key`]; [`crate::assemble()`] sees to it.
///
/// # Errors
/// If the key cannot sign.
pub fn sign(key: &SigningKey, manifest: &Manifest) -> Result<String, zizhi_crypto::SignError> {
    jws::sign(key, TYP, manifest)
}

/// A manifest that nobody has verified.
#[derive(Debug, Clone)]
pub struct Unverified<'a> {
    jws: jws::Unverified<'a>,
    /// What the JWS holds, read once.
    payload: Json<'static>,
}

impl<'a> Unverified<'a> {
    /// Reads the text of a manifest. White space around it, such as a final newline, is refused: the
    /// bytes of a dossier are what was signed and nothing more.
    ///
    /// # Errors
    /// [`ReadError::Size`], [`ReadError::Jws`], [`ReadError::Json`].
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, ReadError> {
        if text.len() as u64 > limits.manifest_bytes {
            return Err(ReadError::Size(limits.manifest_bytes));
        }
        let jws = jws::Unverified::parse(text, limits)?;
        let payload = strict(jws.payload(), limits.json_depth)?.into_owned();
        Ok(Self { jws, payload })
    }

    /// The header. Untrusted.
    #[must_use]
    pub fn header(&self) -> &Header {
        self.jws.header()
    }

    /// The key that is said to have signed it. Untrusted: anybody can put their own key there. That it
    /// is the firm's follows from the credentials, which issuers bound to the same key.
    ///
    /// # Errors
    /// [`ReadError::Member`] and [`ReadError::Key`].
    pub fn key(&self) -> Result<PublicKey, ReadError> {
        Members::root(self.payload.clone())?.members("cnf")?.key("jwk")
    }

    /// What it says. Untrusted.
    ///
    /// # Errors
    /// [`ReadError::Member`] and [`ReadError::Key`].
    pub fn peek(&self) -> Result<Manifest, ReadError> {
        let mut members = Members::root(self.payload.clone())?;
        let key = members.members("cnf")?.key("jwk")?;
        Manifest::read(members, key)
    }

    /// Verifies with the key that the manifest itself names in `cnf.jwk`.
    ///
    /// # Errors
    /// [`ReadError::Key`] or [`ReadError::Member`] if there is no usable key, [`ReadError::Typ`],
    /// [`ReadError::Alg`] or [`ReadError::Jws`] if that key did not sign it as a manifest,
    /// [`ReadError::Member`] if it did and something is amiss.
    pub fn verify(self) -> Result<Verified, ReadError> {
        let mut members = Members::root(self.payload)?;
        let key = members.members("cnf")?.key("jwk")?;
        // `kid` is not looked at: it could only name the one key there is.
        problem::check(&self.jws, &key, TYP)?;
        let manifest = Manifest::read(members, key)?;
        // The one place that makes a `Verified`.
        Ok(Verified { manifest })
    }
}

/// A manifest signed by the key that it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    manifest: Manifest,
}

impl Verified {
    /// What it says.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What it says, for keeping.
    #[must_use]
    pub fn into_manifest(self) -> Manifest {
        self.manifest
    }
}

impl Manifest {
    fn read(mut members: Members, key: PublicKey) -> Result<Self, ReadError> {
        Ok(Self {
            iss: members.org("iss")?,
            aud: members.org("aud")?,
            iat: members.int("iat")?,
            jti: members.text("jti")?,
            nonce: members.text("nonce")?,
            request: members.optional_text("request")?,
            key,
            scenario: members.scenario("scenario")?,
            origin_region: members.region("origin_region")?,
            destination_region: members.region("destination_region")?,
            firm: Firm::read(members.members("firm")?)?,
            checklist_id: members.text("checklist_id")?,
            rule_pack: RulePackRef::read(&mut members)?,
            credentials: {
                let elements = members.array("credentials")?;
                members.each("credentials", elements, CredentialRef::read)?
            },
            attachments: {
                let elements = members.array_or_empty("attachments")?;
                members.each("attachments", elements, AttachmentRef::read)?
            },
            facts: members.object_or_empty("facts")?,
            consents: members.array_or_empty("consents")?,
            other: members.rest(),
        })
    }
}

impl Firm {
    fn read(mut members: Members) -> Result<Self, MemberError> {
        let former_names = members.array_or_empty("former_names")?;
        Ok(Self {
            uscc: members.uscc("uscc")?,
            name: members.text("name")?,
            former_names: members.each("former_names", former_names, |mut former| {
                Ok(FormerName {
                    name: former.text("name")?,
                    until: former.optional_date("until")?,
                    evidence: former.optional_text("evidence")?,
                })
            })?,
        })
    }
}

impl CredentialRef {
    fn read(mut members: Members) -> Result<Self, MemberError> {
        Ok(Self {
            path: members.text("path")?,
            sha256: members.digest("sha256")?,
            kind: members.text("type")?,
            answers: members.texts("answers")?,
        })
    }
}

impl AttachmentRef {
    fn read(mut members: Members) -> Result<Self, MemberError> {
        Ok(Self {
            path: members.text("path")?,
            sha256: members.digest("sha256")?,
            size: members.size("size")?,
            media_type: members.text("media_type")?,
            name: members.text("name")?,
            kind: members.text("kind")?,
            answers: members.texts("answers")?,
        })
    }
}

fn as_cnf<S: serde::Serializer>(key: &PublicKey, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry("jwk", &key.to_jwk())?;
    map.end()
}
