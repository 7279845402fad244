//! Organisations as an operator sees them.

use super::Organisation;

/// An organisation that joined, and which of its devices may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The organisation.
    pub organisation: Organisation,
    /// The thumbprints of its devices. One of its list that is missing here was removed by an operator.
    pub devices: Vec<String>,
    /// Whether it is to begin again and has not yet.
    pub waiting: bool,
}

/// What became of the wish that an organisation begins again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BegunAgain {
    /// Its devices are none any more, and the invitation lets it in.
    Here(Organisation),
    /// It is of another hub, and what that told of its devices is forgotten.
    There(String),
    /// Nobody here knows it.
    Unknown,
}
