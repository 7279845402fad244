//! DCQL, the query language of OpenID for Verifiable Presentations 1.0 §6, and claims path pointers (§7).
//!
//! A query says which credentials answer a question and which of their claims are needed. Reading a
//! query refuses everything the specification forbids; evaluating one cannot fail. Credentials of other
//! formats may be asked for, as a query may offer alternatives, but match nothing here.

mod error;
mod evaluate;
mod parse;
mod path;

use serde_json::Value;

pub use error::{DcqlError, DcqlProblem};
pub use evaluate::{Match, QueryResult, SetResult};
pub use path::{Step, select};

use crate::scope::Data;

/// The format of an SD-JWT VC.
pub const SD_JWT_VC: &str = "dc+sd-jwt";

/// A query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What is asked for; never empty, ids are unique.
    pub credentials: Vec<CredentialQuery>,
    /// Which combinations answer the query. Empty: every one of `credentials` is needed.
    pub credential_sets: Vec<CredentialSet>,
}

/// One credential that is asked for (§6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialQuery {
    /// Its name inside the query.
    pub id: String,
    /// The credential format; only [`SD_JWT_VC`] can match.
    pub format: String,
    /// Whether several credentials may be returned.
    pub multiple: bool,
    /// The types that are accepted; nothing said means any.
    pub vct_values: Option<Vec<String>>,
    /// Frameworks or keys, one of which must stand behind the issuer. Empty: any.
    pub trusted_authorities: Vec<TrustedAuthority>,
    /// Whether the holder must prove possession of the key.
    pub require_holder_binding: bool,
    /// The claims; empty: none is needed.
    pub claims: Vec<ClaimQuery>,
    /// Alternatives, most wanted first, each a list of indices into `claims`. Empty: all claims.
    pub claim_sets: Vec<Vec<usize>>,
}

/// One claim that is asked for (§6.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimQuery {
    /// Its name inside the credential query.
    pub id: Option<String>,
    /// The claims path pointer; never empty.
    pub path: Vec<Step>,
    /// The values that are accepted: texts, whole numbers and truth values. Empty: any.
    pub values: Vec<Value>,
}

/// A hint at who must stand behind the issuer (§6.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedAuthority {
    /// `aki`, `etsi_tl`, `openid_federation` or a type of someone else's.
    pub kind: String,
    /// The accepted values; never empty.
    pub values: Vec<String>,
}

/// One combination of credentials (§6.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialSet {
    /// Alternatives, each a non-empty list of indices into [`Query::credentials`].
    pub options: Vec<Vec<usize>>,
    /// Whether the query is only answered when one of the options is.
    pub required: bool,
}

/// A credential that may answer a query.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its format, such as [`SD_JWT_VC`].
    pub format: &'a str,
    /// Its type.
    pub vct: &'a str,
    /// The processed payload: what was disclosed.
    pub claims: Data<'a>,
    /// What is known about who stands behind the issuer.
    pub authorities: &'a [Authority<'a>],
    /// Whether possession of the holder's key was proved.
    pub holder_bound: bool,
}

/// One thing known about who stands behind an issuer, of the same types as [`TrustedAuthority`].
///
/// This project's issuers have no X.509 chain. Callers give the issuer's key id (RFC 7638) as `aki`
/// and `urn:uscc:…` as `openid_federation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority<'a> {
    /// The type.
    pub kind: &'a str,
    /// The value.
    pub value: &'a str,
}

impl Query {
    /// Reads a query the way a rule pack is read: a member that the specification does not name is
    /// refused.
    ///
    /// # Errors
    /// [`DcqlError`] naming the place and what is wrong there.
    pub fn parse(value: &Value) -> Result<Self, DcqlError> {
        parse::query(value, parse::Unknown::Refuse)
    }

    /// Reads somebody else's query the way OpenID4VP has it: members without a meaning here are ignored,
    /// and so is a claim that is asked for twice.
    ///
    /// # Errors
    /// [`DcqlError`] naming the place and what is wrong there.
    pub fn parse_foreign(value: &Value) -> Result<Self, DcqlError> {
        parse::query(value, parse::Unknown::Ignore)
    }
}
