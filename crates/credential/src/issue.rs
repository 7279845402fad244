//! Claims into a signed credential (formats.md §1).
//!
//! What the table of formats.md §1 calls always visible stays in the payload. Everything else becomes
//! a disclosure of its own, objects member by member and arrays element by element, so that the firm
//! can show as little of it as it likes.

use data_encoding::BASE64URL_NOPAD;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use zizhi_crypto::digest::HashAlgorithm;
use zizhi_crypto::{Algorithm, PublicKey, Random, SignError, SigningKey, jws};
use zizhi_model::json::{self, JsonError};
use zizhi_model::limits::Limits;

use crate::sdjwt::process::Rules;
use crate::sdjwt::{Claims, SdJwtError, StatusRef, TYP, always_visible, lives_a_day};
use crate::types::TypeMetadata;

/// What an issuer states.
#[derive(Debug, Clone)]
pub struct Statement<'s> {
    /// All claims but `cnf`: `iss`, `sub`, `vct`, `iat`, `nbf`?, `exp`?, `provenance`, `name`, `region`
    /// and those of the type.
    pub claims: &'s Map<String, Value>,
    /// The holder's key.
    pub holder: &'s PublicKey,
    /// Where the status will stand; may stand among the claims instead.
    pub status: Option<StatusRef<'s>>,
    /// Digests of nothing to add beside the claims, so that their number tells nothing.
    pub decoys: usize,
    /// The type, if its mandatory claims are to be insisted on.
    pub metadata: Option<&'s TypeMetadata>,
}

/// Why a credential is not issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// A claim of formats.md §1 is missing or malformed.
    #[error(transparent)]
    Claims(#[from] SdJwtError),
    /// A claim that the type's metadata calls mandatory is missing.
    #[error("the type requires the claim {0}")]
    Mandatory(String),
    /// The claims are for another type than the metadata.
    #[error("the claims say {said}, the type is {is}")]
    OtherType {
        /// `vct` of the claims.
        said: String,
        /// `vct` of the metadata.
        is: String,
    },
    /// No `status`, and the statement lives longer than a day.
    #[error("a statement that lives longer than 24 hours needs a status")]
    Status,
    /// `cnf` or `status` is given twice.
    #[error("{0} is given twice")]
    Twice(&'static str),
    /// A name that SD-JWT keeps for itself.
    #[error("{0} is no name for a claim")]
    Reserved(String),
    /// The claims are not JSON that may be signed: a float, or a text that is not NFC.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// More disclosures or bytes than a reader will take.
    #[error("the credential is larger than a reader will take")]
    Size,
    /// The key cannot sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// What was made could not be written down.
    #[error(transparent)]
    Write(#[from] serde_json::Error),
}

/// Signs a statement and returns the text of a `.zzcred`.
///
/// # Errors
/// [`IssueError`]. Nothing that a conforming reader would refuse is signed.
pub fn issue(
    statement: &Statement<'_>,
    key: &SigningKey,
    random: &mut dyn Random,
) -> Result<String, IssueError> {
    let limits = Limits::default();
    let claims = complete(statement)?;
    check(&claims, statement, &limits)?;

    let mut hiding = Hiding { hash: hash_beside(key.algorithm()), random, disclosures: Vec::new() };
    let (mut visible, hidden): (Map<_, _>, Map<_, _>) =
        claims.into_iter().partition(|(name, _)| always_visible(name, Rules::Ours));
    let mut digests = hiding.members(hidden)?;
    digests.extend((0..statement.decoys).map(|_| hiding.decoy()));
    put_digests(&mut visible, digests);
    visible.insert("_sd_alg".to_owned(), hiding.hash.as_str().into());
    // The issuer comes first, where a reader that looks for the key finds it at once.
    let issuer = visible.remove("iss").map(|issuer| ("iss".to_owned(), issuer));
    let payload = Members(issuer.into_iter().chain(visible).collect());

    if hiding.disclosures.len() > limits.disclosures {
        return Err(IssueError::Size);
    }
    let mut text = jws::sign(key, TYP, &payload)?;
    for disclosure in hiding.disclosures {
        text.push('~');
        text.push_str(&disclosure);
    }
    text.push('~');
    if text.len() as u64 > limits.credential_bytes { Err(IssueError::Size) } else { Ok(text) }
}

/// The claims with `cnf` and `status` put in.
fn complete(statement: &Statement<'_>) -> Result<Map<String, Value>, IssueError> {
    let mut claims = statement.claims.clone();
    let cnf = serde_json::json!({ "jwk": statement.holder.to_jwk() });
    if claims.insert("cnf".to_owned(), cnf).is_some() {
        return Err(IssueError::Twice("cnf"));
    }
    if let Some(status) = &statement.status {
        let status = serde_json::json!({ "status_list": { "uri": status.uri, "idx": status.idx } });
        if claims.insert("status".to_owned(), status).is_some() {
            return Err(IssueError::Twice("status"));
        }
    }
    Ok(claims)
}

/// Refuses what a reader would refuse.
fn check(claims: &Map<String, Value>, statement: &Statement<'_>, limits: &Limits) -> Result<(), IssueError> {
    let text = serde_json::to_vec(claims)?;
    // Two levels less than a reader takes, since `_sd` and a disclosure's own array stand around it.
    let strict = json::strict(&text, limits.json_depth.saturating_sub(2))?;
    let typed = Claims::read(&strict)?;
    if typed.status.is_none() && !lives_a_day(typed.issued_at, typed.expires) {
        return Err(IssueError::Status);
    }
    for (name, value) in claims {
        check_names(name, value)?;
    }
    if let Some(metadata) = statement.metadata {
        if metadata.vct != typed.vct {
            return Err(IssueError::OtherType { said: typed.vct.into_owned(), is: metadata.vct.clone() });
        }
        if let Some(missing) = metadata.missing(&strict) {
            return Err(IssueError::Mandatory(missing.to_string()));
        }
    }
    Ok(())
}

/// RFC 9901 §4.1, rule 7, and §4.1.1.
fn check_names(name: &str, value: &Value) -> Result<(), IssueError> {
    if matches!(name, "_sd" | "..." | "_sd_alg") {
        return Err(IssueError::Reserved(name.to_owned()));
    }
    match value {
        Value::Object(members) => members.iter().try_for_each(|(name, value)| check_names(name, value)),
        Value::Array(elements) => elements.iter().try_for_each(|element| check_names("", element)),
        _ => Ok(()),
    }
}

/// formats.md §1: `sm3` beside SM2-SM3, `sha-256` beside everything else.
fn hash_beside(algorithm: Algorithm) -> HashAlgorithm {
    match algorithm {
        Algorithm::Sm2Sm3 => HashAlgorithm::parse("sm3").unwrap_or(HashAlgorithm::Sha256),
        Algorithm::Es256 | Algorithm::EdDsa => HashAlgorithm::Sha256,
    }
}

/// Puts digests into an object in an order that says nothing about the claims' (RFC 9901 §4.2.4.1).
fn put_digests(object: &mut Map<String, Value>, mut digests: Vec<String>) {
    if !digests.is_empty() {
        digests.sort_unstable();
        object.insert("_sd".to_owned(), digests.into());
    }
}

/// The members of an object in the order in which they are written.
struct Members(Vec<(String, Value)>);

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

struct Hiding<'r> {
    hash: HashAlgorithm,
    random: &'r mut dyn Random,
    disclosures: Vec<String>,
}

impl Hiding<'_> {
    /// The digests of an object's members.
    fn members(&mut self, members: Map<String, Value>) -> Result<Vec<String>, IssueError> {
        let mut digests = Vec::with_capacity(members.len());
        for (name, value) in members {
            let value = self.inside(value)?;
            digests.push(self.disclosure(|salt| (salt, name, value))?);
        }
        Ok(digests)
    }

    /// A value whose own parts are hidden one by one (RFC 9901 §4.2.6, recursive disclosures).
    fn inside(&mut self, value: Value) -> Result<Value, IssueError> {
        match value {
            Value::Object(members) => {
                let mut object = Map::new();
                put_digests(&mut object, self.members(members)?);
                Ok(object.into())
            }
            Value::Array(elements) => {
                let mut hidden = Vec::with_capacity(elements.len());
                for element in elements {
                    let element = self.inside(element)?;
                    let digest = self.disclosure(|salt| (salt, element))?;
                    hidden.push(serde_json::json!({ "...": digest }));
                }
                Ok(hidden.into())
            }
            plain => Ok(plain),
        }
    }

    /// Makes a disclosure under a fresh salt and returns its digest (RFC 9901 §4.2.3).
    fn disclosure<T: Serialize>(&mut self, contents: impl FnOnce(String) -> T) -> Result<String, IssueError> {
        let salt = BASE64URL_NOPAD.encode(&self.bytes::<16>());
        let text = BASE64URL_NOPAD.encode(&serde_json::to_vec(&contents(salt))?);
        let digest = self.digest(text.as_bytes());
        self.disclosures.push(text);
        Ok(digest)
    }

    /// RFC 9901 §4.2.5.
    fn decoy(&mut self) -> String {
        let random = self.bytes::<32>();
        self.digest(&random)
    }

    fn digest(&self, bytes: &[u8]) -> String {
        BASE64URL_NOPAD.encode(&self.hash.digest(bytes))
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
}
