//! Keys, algorithms, JWS, digests, sealed files. The only crate that names ring, sm2 and age.
//!
//! A key carries its algorithm: nothing here lets the text under test choose how it is tested
//! (formats.md §0). Keys that would make forging easy are refused where they enter, so a
//! [`PublicKey`] that exists is one that may be used.
//!
//! The crate refuses to fetch keys, to trust a key that came with the signature, to read a clock,
//! and to decide who may sign what.
//!
//! Start with [`jws`], the way by which every signed object comes in.

#![forbid(unsafe_code)]

mod algorithm;
pub mod b64;
pub mod der;
pub mod digest;
#[cfg(feature = "gm")]
mod gm;
pub mod jws;
mod key;
pub mod keyfile;
pub mod keywrap;
mod pem;
mod random;
pub mod sealed;
pub mod vault;

pub use algorithm::Algorithm;
pub use key::{Jwk, KeyError, KeyId, PublicKey, SignError, SignatureInvalid, SigningKey, Weakness};
pub use random::{Random, SystemRandom};
