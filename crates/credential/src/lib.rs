//! SD-JWT VC: issue, present, inspect; Token Status List; type metadata.
//!
//! A credential goes through this crate in one direction:
//!
//! 1. the issuer turns claims into a signed text ([`issue`]);
//! 2. the holder cuts a presentation out of it and binds it to a verifier ([`present`]);
//! 3. the verifier reads it: [`sdjwt::Unverified`] → [`sdjwt::Verified`] → [`sdjwt::Disclosed`],
//!    each step proving one more thing, and looks its status up in a list ([`status`]).
//!
//! [`inspect`] does the third step for anybody's SD-JWT and says what it found. [`types`] holds what
//! the credentials are called and what their claims mean; a type is data.
//!
//! The crate refuses to read a clock, to fetch a key, a list or a type, and to decide whom to trust.

#![forbid(unsafe_code)]

pub mod inspect;
pub mod issue;
pub mod json_serialization;
mod path;
pub mod present;
pub mod sdjwt;
pub mod status;
pub mod types;

pub use path::{Path, PathError, Step};
