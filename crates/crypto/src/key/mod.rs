//! Keys: how they come in, what is refused of them, how they are named.

mod error;
mod jwk;
mod point;
mod public;
mod secret;

pub use error::{KeyError, SignError, SignatureInvalid, Weakness};
pub use jwk::Jwk;
pub use public::{KeyId, PublicKey};
pub use secret::SigningKey;
