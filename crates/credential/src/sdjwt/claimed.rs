//! What an SD-JWT VC says while nobody has verified its issuer's signature.
//!
//! A verifier that lacks the issuer's key cannot say "passed", but it can still say what is wrong with
//! the rest, and which item of a checklist the credential is meant for.

use zizhi_crypto::PublicKey;
use zizhi_crypto::digest::HashAlgorithm;
use zizhi_model::json::{Json, Profile};

use super::Unverified;
use super::binding::KeyBinding;
use super::claims::{self, Claims};
use super::compact::Compact;
use super::error::SdJwtError;
use super::process::{self, Rules};

/// The contents of an SD-JWT VC, by its own account. It never becomes a [`super::Verified`] or a
/// [`super::Disclosed`], so nothing that asks for one of these can be given it.
#[derive(Debug)]
pub struct Claimed<'u> {
    compact: &'u Compact<'u>,
    payload: Json<'u>,
    hash: HashAlgorithm,
}

impl Unverified<'_> {
    /// Reads the payload without a signature.
    ///
    /// # Errors
    /// `FMT-JSON`, `LIMIT-DEPTH`, or `SDJWT-INVALID` for an `_sd_alg` that is not understood.
    pub fn claimed(&self) -> Result<Claimed<'_>, SdJwtError> {
        let bytes = self.compact.bytes(&self.compact.jws.payload);
        let payload = process::payload(bytes, &self.compact.limits, Profile::Strict)?;
        let hash = process::hash_algorithm(&payload, &self.compact.jws.header.alg)?;
        Ok(Claimed { compact: &self.compact, payload, hash })
    }
}

impl<'u> Claimed<'u> {
    /// The key of the holder, by the credential's own account.
    ///
    /// # Errors
    /// As [`super::Verified::holder_key`].
    pub fn holder_key(&self) -> Result<PublicKey, SdJwtError> {
        claims::holder_key(&self.payload, None)
    }

    /// The key binding, if the holder sent one.
    #[must_use]
    pub fn key_binding(&self) -> Option<KeyBinding<'u>> {
        KeyBinding::of(self.compact, self.hash, Profile::Strict)
    }

    /// The processed payload and the typed claims, by the credential's own account.
    ///
    /// # Errors
    /// As [`super::Verified::disclose`].
    pub fn into_contents(self) -> Result<(Json<'u>, Claims<'u>), SdJwtError> {
        let processed = process::disclose(self.compact, self.payload, self.hash, Rules::Ours)?;
        let claims = Claims::read(&processed.payload)?;
        Ok((processed.payload, claims))
    }
}
