//! Reading SD-JWT VCs (RFC 9901, draft-ietf-oauth-sd-jwt-vc), from bytes to claims.
//!
//! ```text
//! Unverified::parse   within limits; nothing believed. issuer() and kid() say which key to fetch
//!   .verify(&key)     the issuer's signature, `alg`, `crit` and `typ` hold   → Verified
//!   .disclose()       every rule of RFC 9901 §7.1 and formats.md §1 holds    → Disclosed
//! ```
//!
//! [`Verified::key_binding`] gives the holder's signature, to be checked against what the verifier
//! asked for ([`KeyBinding::check`]). Dates (`iat`, `nbf`, `exp`), status, and whether the key belongs
//! to the issuer are the caller's to judge: there is no clock and no register here.
//!
//! All steps borrow from the [`Unverified`], which holds the decoded bytes; so it stays in scope.

mod base64url;
mod binding;
mod claimed;
mod claims;
pub(crate) mod compact;
mod contents;
mod error;
pub(crate) mod peek;
pub(crate) mod process;

use zizhi_crypto::PublicKey;
use zizhi_crypto::digest::HashAlgorithm;
use zizhi_model::check::CheckCode;
use zizhi_model::json::{Json, Profile};
use zizhi_model::limits::Limits;

pub use binding::{KbPolicy, KeyBinding, REFERENCE_WINDOW_SECONDS};
pub use claimed::Claimed;
pub use claims::{Claims, StatusRef, VCT_PREFIX};
pub use error::{SdJwtError, rule};
pub use process::Disclosure;

pub(crate) use binding::{Broken, Says, TYP as KB_TYP, check_text, numeric_date};
pub(crate) use claims::{always_visible, holder_key, lives_a_day, type_of};

use compact::Compact;
use process::Rules;

/// The edition of SD-JWT VC that is implemented: draft-ietf-oauth-sd-jwt-vc-19. The `typ` of editions
/// before 06, `vc+sd-jwt`, is read as well (formats.md §1).
pub const SD_JWT_VC_DRAFT: u8 = 19;

/// The `typ` of a credential.
pub const TYP: &str = "dc+sd-jwt";

/// The `typ` that older issuers wrote.
pub const TYP_BEFORE: &str = "vc+sd-jwt";

/// An SD-JWT VC within its limits and decoded, of which nothing is believed yet.
#[derive(Debug)]
pub struct Unverified<'a> {
    compact: Compact<'a>,
    issuer: Option<String>,
}

/// An SD-JWT VC whose issuer signature, `alg`, `crit` and `typ` hold under a given key.
///
/// Made only by [`Unverified::verify`].
#[derive(Debug)]
pub struct Verified<'u> {
    compact: &'u Compact<'u>,
    payload: Json<'u>,
    hash: HashAlgorithm,
}

/// An SD-JWT VC that obeys every rule, with what the holder disclosed put in place.
///
/// Made only by [`Verified::disclose`].
#[derive(Debug)]
pub struct Disclosed<'u> {
    payload: Json<'u>,
    disclosures: Vec<Disclosure<'u>>,
    undisclosed: usize,
    claims: Claims<'u>,
}

impl<'a> Unverified<'a> {
    /// Takes the text apart, within `limits`.
    ///
    /// # Errors
    /// `LIMIT-SIZE`, `LIMIT-COUNT`, `LIMIT-DEPTH`, `FMT-JSON`, `SIG-INVALID` where the JWT is not
    /// base64url, `SDJWT-INVALID` where the text is no SD-JWT.
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, SdJwtError> {
        let compact = Compact::parse(text, limits, Profile::Strict)?;
        let payload = compact.bytes(&compact.jws.payload);
        let issuer = match peek::issuer(payload) {
            Some(issuer) => Some(issuer),
            // Without an issuer there will be no key and no signature check, so what is wrong with the
            // payload has to be said here.
            None => process::payload(payload, limits, Profile::Strict)?
                .get("iss")
                .and_then(Json::as_str)
                .map(str::to_owned),
        };
        Ok(Self { compact, issuer })
    }

    /// As [`Unverified::parse`], for a credential as its issuer hands it out.
    ///
    /// # Errors
    /// As [`Unverified::parse`], and `SDJWT-INVALID` for a presentation with key binding: RFC 9901
    /// §7.2 has the holder reject one.
    pub fn parse_issued(text: &'a str, limits: &Limits) -> Result<Self, SdJwtError> {
        let unverified = Self::parse(text, limits)?;
        if unverified.has_key_binding() {
            return Err(SdJwtError::invalid(rule::KEY_BINDING_UNEXPECTED));
        }
        Ok(unverified)
    }

    /// What the payload calls its issuer: where to look for the key, not who signed.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// What the header calls the key.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.compact.jws.header.kid.as_deref()
    }

    /// What the header calls the algorithm; empty if it says nothing.
    #[must_use]
    pub fn alg(&self) -> &str {
        &self.compact.jws.header.alg
    }

    /// Whether a key binding JWT is there.
    #[must_use]
    pub fn has_key_binding(&self) -> bool {
        self.compact.binding.is_some()
    }

    /// Verifies the issuer's signature.
    ///
    /// # Errors
    /// `SIG-ALG`, `SIG-CRIT`, `SIG-TYP`, `SIG-INVALID`; and of the signed payload `FMT-JSON`,
    /// `LIMIT-DEPTH`, or `SDJWT-INVALID` for an `_sd_alg` that is not understood.
    pub fn verify<'u>(&'u self, key: &PublicKey) -> Result<Verified<'u>, SdJwtError> {
        let compact: &'u Compact<'u> = &self.compact;
        if !matches!(compact.jws.header.typ.as_deref(), Some(TYP | TYP_BEFORE)) {
            return Err(SdJwtError::new(CheckCode::SigTyp, rule::TYP));
        }
        compact.jws.verify(&compact.buffer, key)?;
        let bytes = compact.bytes(&compact.jws.payload);
        let payload = process::payload(bytes, &compact.limits, Profile::Strict)?;
        let hash = process::hash_algorithm(&payload, &compact.jws.header.alg)?;
        Ok(Verified { compact, payload, hash })
    }
}

impl<'u> Verified<'u> {
    /// The payload as it was signed, digests and all.
    #[must_use]
    pub fn signed_payload(&self) -> &Json<'u> {
        &self.payload
    }

    /// The key of the holder, `cnf.jwk`.
    ///
    /// # Errors
    /// `SDJWT-INVALID` if there is none or it is no key, `KEY-WEAK`.
    pub fn holder_key(&self) -> Result<PublicKey, SdJwtError> {
        claims::holder_key(&self.payload, None)
    }

    /// As [`Verified::holder_key`], where the key is likely to be `known`, which is then not worked out
    /// again.
    ///
    /// # Errors
    /// As [`Verified::holder_key`].
    pub fn holder_key_like(&self, known: &PublicKey) -> Result<PublicKey, SdJwtError> {
        claims::holder_key(&self.payload, Some(known))
    }

    /// The key binding, if the holder sent one. Nothing of it is checked yet.
    #[must_use]
    pub fn key_binding(&self) -> Option<KeyBinding<'u>> {
        KeyBinding::of(self.compact, self.hash, Profile::Strict)
    }

    /// Puts the disclosures in their places and takes the digests out.
    ///
    /// # Errors
    /// `SDJWT-INVALID` with the broken rule; `FMT-JSON`, `LIMIT-DEPTH` for a disclosure's contents.
    pub fn disclose(self) -> Result<Disclosed<'u>, SdJwtError> {
        let processed = process::disclose(self.compact, self.payload, self.hash, Rules::Ours)?;
        let claims = Claims::read(&processed.payload)?;
        let process::Processed { payload, disclosures, undisclosed } = processed;
        Ok(Disclosed { payload, disclosures, undisclosed, claims })
    }
}

impl<'u> Disclosed<'u> {
    /// The processed payload (RFC 9901 §7.1): what was disclosed is in its place, `_sd`, `...` and
    /// `_sd_alg` are gone, of what was not disclosed nothing is left.
    #[must_use]
    pub fn payload(&self) -> &Json<'u> {
        &self.payload
    }

    /// The processed payload, taken out.
    #[must_use]
    pub fn into_payload(self) -> Json<'u> {
        self.payload
    }

    /// The processed payload and the typed claims, taken out.
    #[must_use]
    pub fn into_contents(self) -> (Json<'u>, Claims<'u>) {
        (self.payload, self.claims)
    }

    /// The claims of formats.md §1 that are always there, typed.
    #[must_use]
    pub fn claims(&self) -> &Claims<'u> {
        &self.claims
    }

    /// What was disclosed, parents before what stands inside them.
    #[must_use]
    pub fn disclosures(&self) -> &[Disclosure<'u>] {
        &self.disclosures
    }

    /// Digests without a disclosure: claims held back, and decoys, which nobody can tell apart.
    #[must_use]
    pub fn undisclosed_count(&self) -> usize {
        self.undisclosed
    }
}
