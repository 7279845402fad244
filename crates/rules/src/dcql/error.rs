//! Why a query is refused.

use std::fmt;

/// A place in a query and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {problem}")]
pub struct DcqlError {
    /// Where, as a JSON pointer into the query.
    pub at: String,
    /// What.
    pub problem: DcqlProblem,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DcqlProblem {
    /// A value of another type than the specification gives.
    Type {
        /// What belongs there.
        expected: &'static str,
    },
    /// A required member is absent.
    Missing {
        /// Its name.
        member: &'static str,
    },
    /// A member that the specification does not name.
    Unknown {
        /// Its name, shortened.
        member: String,
    },
    /// An array that must hold something is empty.
    Empty,
    /// An id that is empty or holds other characters than letters, digits, `_` and `-`.
    Id,
    /// An id that is used twice.
    DuplicateId {
        /// The id.
        id: String,
    },
    /// An id that names nothing.
    UnknownId {
        /// The id, shortened.
        id: String,
    },
    /// Two claim queries point to the same claim.
    DuplicatePath,
    /// `claim_sets` stands without `claims`.
    ClaimSetsAlone,
    /// More credentials, claims or alternatives than anybody needs.
    TooMany {
        /// How many there may be.
        limit: usize,
    },
}

impl fmt::Display for DcqlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { expected } => write!(f, "{expected} belongs here"),
            Self::Missing { member } => write!(f, "{member:?} is missing"),
            Self::Unknown { member } => write!(f, "the specification has no member {member:?}"),
            Self::Empty => write!(f, "this list must not be empty"),
            Self::Id => write!(f, "an id is made of letters, digits, '_' and '-'"),
            Self::DuplicateId { id } => write!(f, "the id {id:?} is used twice"),
            Self::UnknownId { id } => write!(f, "there is nothing with the id {id:?}"),
            Self::DuplicatePath => write!(f, "another query points to the same claim"),
            Self::ClaimSetsAlone => write!(f, "claim_sets needs claims"),
            Self::TooMany { limit } => write!(f, "more than {limit} entries"),
        }
    }
}
