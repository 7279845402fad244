//! Signing keys.

use std::fmt;

use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use serde::Serialize;
use zeroize::Zeroizing;
use zizhi_model::Json;
use zizhi_model::json::{Profile, read};

use super::error::{KeyError, SignError, Weakness};
use super::jwk::{Jwk, Members, coordinate};
use super::public::{JWK_DEPTH, PublicKey};
use crate::{Algorithm, Random, b64, der, pem};

/// How often a source of randomness is asked for a scalar before it is taken for broken. A sound one
/// fails once in 2^32 times.
const TRIES: usize = 64;

/// A private key with its public half.
///
/// The 32 secret bytes are the only lasting copy and are wiped when the key goes; the libraries get
/// them for one operation at a time, since ring does not wipe what it holds.
pub struct SigningKey {
    algorithm: Algorithm,
    secret: Zeroizing<[u8; 32]>,
    public: PublicKey,
}

#[derive(Serialize)]
struct PrivateJwk<'a> {
    #[serde(flatten)]
    public: Jwk,
    d: &'a str,
}

impl SigningKey {
    /// Makes a new key.
    ///
    /// # Errors
    /// [`KeyError::Random`] if `random` gives no usable secret; [`KeyError::Unsupported`] for SM2
    /// without the feature `gm`.
    pub fn generate(algorithm: Algorithm, random: &mut dyn Random) -> Result<Self, KeyError> {
        let mut secret = Zeroizing::new([0; 32]);
        for _ in 0..TRIES {
            random.fill(secret.as_mut_slice());
            match Self::from_secret(algorithm, &secret) {
                Err(KeyError::Weak(Weakness::Secret)) => {}
                key => return key,
            }
        }
        Err(KeyError::Random)
    }

    /// Takes a secret: an Ed25519 seed or a big-endian scalar.
    ///
    /// # Errors
    /// [`KeyError::Weak`]; [`KeyError::Unsupported`] for SM2 without the feature `gm`.
    pub(crate) fn from_secret(algorithm: Algorithm, secret: &Zeroizing<[u8; 32]>) -> Result<Self, KeyError> {
        let public = match algorithm {
            Algorithm::Es256 => {
                use p256::elliptic_curve::sec1::ToEncodedPoint as _;
                let key = p256::SecretKey::from_slice(secret.as_slice())
                    .map_err(|_| KeyError::Weak(Weakness::Secret))?;
                PublicKey::from_raw(algorithm, key.public_key().to_encoded_point(false).as_bytes())?
            }
            Algorithm::EdDsa => {
                let pair = Ed25519KeyPair::from_seed_unchecked(secret.as_slice())
                    .map_err(|_| KeyError::Weak(Weakness::Secret))?;
                PublicKey::from_ed25519_bytes(pair.public_key().as_ref())?
            }
            #[cfg(feature = "gm")]
            Algorithm::Sm2Sm3 => PublicKey::from_raw(algorithm, &crate::gm::public_point(secret)?)?,
            #[cfg(not(feature = "gm"))]
            Algorithm::Sm2Sm3 => return Err(KeyError::Unsupported("EC SM2".to_owned())),
        };
        Ok(Self { algorithm, secret: secret.clone(), public })
    }

    /// Reads a private JWK (RFC 7518 §6.2.2, RFC 8037 §2). Its public half must be there and fit.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_jwk_bytes(text: &[u8]) -> Result<Self, KeyError> {
        let jwk = read(text, JWK_DEPTH, Profile::Foreign)?;
        let members = Members::read(&jwk)?;
        Members::allows(&jwk, &["sign"])?;
        let public = PublicKey::from_members(&members, None)?;
        let d = jwk.get("d").and_then(Json::as_str).ok_or(KeyError::Member("d"))?;
        let secret = Zeroizing::new(coordinate("d", d)?);
        Self::from_secret(public.algorithm(), &secret)?.fitting(&public)
    }

    /// Reads a PEM block `PRIVATE KEY` (PKCS#8 v1 and v2, RFC 5958, RFC 5915, RFC 8410), not
    /// encrypted. A public half inside must fit.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let bytes = Zeroizing::new(pem::decode(text, "PRIVATE KEY")?);
        let info = der::private_key_info(&bytes)?;
        let key = Self::from_secret(info.algorithm, &info.secret)?;
        match info.public {
            Some(public) => key.fitting(&PublicKey::from_raw(info.algorithm, public)?),
            None => Ok(key),
        }
    }

    fn fitting(self, public: &PublicKey) -> Result<Self, KeyError> {
        if self.public == *public { Ok(self) } else { Err(KeyError::Mismatch) }
    }

    /// The key as a private JWK.
    #[must_use]
    pub fn to_jwk_private_json(&self) -> Zeroizing<String> {
        let d = Zeroizing::new(b64::encode(self.secret.as_slice()));
        let jwk = PrivateJwk { public: self.public.to_jwk(), d: &d };
        // Strings only: writing them as JSON has nothing to fail on.
        Zeroizing::new(serde_json::to_string(&jwk).unwrap_or_default())
    }

    /// The key as a PEM block `PRIVATE KEY`, not encrypted.
    #[must_use]
    pub fn to_pkcs8_pem(&self) -> Zeroizing<String> {
        let der =
            Zeroizing::new(der::write_private_key_info(self.algorithm, &self.secret, self.public.raw()));
        Zeroizing::new(pem::encode(&der, "PRIVATE KEY"))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// What the key signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) fn secret(&self) -> &Zeroizing<[u8; 32]> {
        &self.secret
    }

    /// Signs: 64 bytes, r‖s or R‖S. ECDSA takes its nonce from the operating system, the other two
    /// from key and message.
    ///
    /// # Errors
    /// [`SignError::Refused`] where the system gives no randomness.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        match self.algorithm {
            Algorithm::Es256 => {
                let random = ring::rand::SystemRandom::new();
                let pair = EcdsaKeyPair::from_private_key_and_public_key(
                    &ECDSA_P256_SHA256_FIXED_SIGNING,
                    self.secret.as_slice(),
                    self.public.raw(),
                    &random,
                )
                .map_err(|_| SignError::Refused)?;
                let signature = pair.sign(&random, message).map_err(|_| SignError::Refused)?;
                Ok(signature.as_ref().to_vec())
            }
            Algorithm::EdDsa => {
                let pair =
                    Ed25519KeyPair::from_seed_and_public_key(self.secret.as_slice(), self.public.raw())
                        .map_err(|_| SignError::Refused)?;
                Ok(pair.sign(message).as_ref().to_vec())
            }
            #[cfg(feature = "gm")]
            Algorithm::Sm2Sm3 => crate::gm::sign(&self.secret, message),
            #[cfg(not(feature = "gm"))]
            Algorithm::Sm2Sm3 => Err(SignError::Refused),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}
