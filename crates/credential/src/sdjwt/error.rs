//! Why an SD-JWT is refused, in the words of the report.

use zizhi_model::check::{CheckCode, Fact, Facts};
use zizhi_model::json::JsonError;

/// The rules of RFC 9901 and formats.md §1, by the names that reports give them (fact `rule`).
pub mod rule {
    /// Neither `<JWT>~…~` nor `<JWT>~…~<KB-JWT>` (RFC 9901 §4).
    pub const FORM: &str = "form";
    /// The text does not end with `~` and carries no key binding either (RFC 9901 §4).
    pub const MISSING_TILDE: &str = "missing-tilde";
    /// A key binding where an issued credential is expected (RFC 9901 §7.2).
    pub const KEY_BINDING_UNEXPECTED: &str = "key-binding-unexpected";
    /// The issuer-signed JWT is not three base64url parts (RFC 7515 §7.1).
    pub const JWS_FORM: &str = "jws-form";
    /// A header member or a payload that JSON does not allow, or not an object.
    pub const JSON: &str = "json";
    /// The header's `alg` is not the key's (formats.md §0).
    pub const ALGORITHM: &str = "algorithm";
    /// `typ` is not the one expected (formats.md §1).
    pub const TYP: &str = "typ";
    /// `crit` lists what this reader does not understand (RFC 7515 §4.1.11).
    pub const CRIT: &str = "crit";
    /// The signature does not hold.
    pub const SIGNATURE: &str = "signature";
    /// `_sd_alg` is unknown, or `sm3` beside another algorithm than SM2-SM3 (RFC 9901 §4.1.1).
    pub const SD_ALG: &str = "sd-alg";
    /// `_sd_alg` below the top level (RFC 9901 §4.1.1).
    pub const SD_ALG_NESTED: &str = "sd-alg-nested";
    /// `_sd` is not an array of strings (RFC 9901 §4.2.4.1).
    pub const SD_FORM: &str = "sd-form";
    /// `...` outside an array, beside other members, or not a string (RFC 9901 §4.2.4.2).
    pub const ELLIPSIS_FORM: &str = "ellipsis-form";
    /// A disclosure that is not base64url of a JSON array (RFC 9901 §4.2).
    pub const DISCLOSURE_ENCODING: &str = "disclosure-encoding";
    /// Not `[salt, name, value]` where an object's member is disclosed (RFC 9901 §7.1 3.c.ii).
    pub const MEMBER_FORM: &str = "member-disclosure-form";
    /// Not `[salt, value]` where an array element is disclosed (RFC 9901 §7.1 3.c.iii).
    pub const ELEMENT_FORM: &str = "element-disclosure-form";
    /// The salt is not a string.
    pub const SALT_FORM: &str = "salt-form";
    /// The claim name is not a string.
    pub const NAME_FORM: &str = "name-form";
    /// The claim name is `_sd`, `...` or `_sd_alg` (RFC 9901 §7.1 3.c.ii.2).
    pub const RESERVED_NAME: &str = "reserved-name";
    /// The claim is there already (RFC 9901 §7.1 3.c.ii.3).
    pub const SHADOWED_CLAIM: &str = "shadowed-claim";
    /// One digest stands in two places (RFC 9901 §7.1 4).
    pub const REPEATED_DIGEST: &str = "repeated-digest";
    /// One disclosure is sent twice.
    pub const REPEATED_DISCLOSURE: &str = "repeated-disclosure";
    /// A disclosure that no digest refers to (RFC 9901 §7.1 5).
    pub const UNREFERENCED_DISCLOSURE: &str = "unreferenced-disclosure";
    /// Two disclosures with one salt (formats.md §1).
    pub const REUSED_SALT: &str = "reused-salt";
    /// A salt shorter than 128 bits (formats.md §1).
    pub const SHORT_SALT: &str = "short-salt";
    /// A claim that must be visible to everybody is selectively disclosed (formats.md §1).
    pub const HIDDEN_CLAIM: &str = "hidden-claim";
    /// A claim of formats.md §1 is missing.
    pub const MISSING_CLAIM: &str = "missing-claim";
    /// A claim of formats.md §1 has another form than it must.
    pub const CLAIM_FORM: &str = "claim-form";
    /// `provenance` is `declared`, but `iss` is not `sub` (formats.md §1).
    pub const DECLARED_BY_OTHER: &str = "declared-by-other";
    /// `cnf.jwk` is not a key that may be used.
    pub const HOLDER_KEY: &str = "holder-key";
    /// More disclosures than allowed.
    pub const DISCLOSURES: &str = "disclosures";
    /// More bytes than allowed.
    pub const SIZE: &str = "size";
    /// Nested deeper than allowed.
    pub const DEPTH: &str = "depth";
}

/// One refusal: the code of the catalogue, the rule, and the claim it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {rule}{}", claim.as_deref().map(|claim| format!(" ({claim})")).unwrap_or_default())]
pub struct SdJwtError {
    code: CheckCode,
    rule: &'static str,
    claim: Option<String>,
}

impl SdJwtError {
    pub(crate) const fn new(code: CheckCode, rule: &'static str) -> Self {
        Self { code, rule, claim: None }
    }

    /// A broken rule of RFC 9901 §7 or formats.md §1.
    pub(crate) const fn invalid(rule: &'static str) -> Self {
        Self::new(CheckCode::SdjwtInvalid, rule)
    }

    pub(crate) fn about(mut self, claim: &str) -> Self {
        // A claim's name comes from the text under test and may be as long as that.
        self.claim = Some(claim.chars().take(64).collect());
        self
    }

    /// JSON under a signature that is not what it must be.
    pub(crate) fn json(error: &JsonError) -> Self {
        match error {
            JsonError::Depth(_) => Self::new(CheckCode::LimitDepth, rule::DEPTH),
            _ => Self::new(CheckCode::FmtJson, rule::JSON),
        }
    }

    /// The code of the catalogue.
    #[must_use]
    pub fn code(&self) -> CheckCode {
        self.code
    }

    /// The rule that is broken, one of [`rule`].
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// The claim it is about, where there is one.
    #[must_use]
    pub fn claim(&self) -> Option<&str> {
        self.claim.as_deref()
    }

    /// The facts of the check: `rule`, and `claim` where there is one.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts: Facts = vec![("rule", Fact::from(self.rule))];
        if let Some(claim) = &self.claim {
            facts.push(("claim", Fact::from(claim.clone())));
        }
        facts
    }
}
