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

impl DcqlProblem {
    /// What is wrong, in Chinese; `Display` says it in English.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Type { expected } => format!("此处应为{}", expected_zh(expected)),
            Self::Missing { member } => format!("缺少成员“{member}”"),
            Self::Unknown { member } => format!("规范中没有名为“{member}”的成员"),
            Self::Empty => "列表不能为空".to_owned(),
            Self::Id => "编号只能由字母、数字、“_”和“-”组成".to_owned(),
            Self::DuplicateId { id } => format!("编号“{id}”重复"),
            Self::UnknownId { id } => format!("没有编号为“{id}”的内容"),
            Self::DuplicatePath => "另一项查询指向同一字段".to_owned(),
            Self::ClaimSetsAlone => "有 claim_sets 就必须有 claims".to_owned(),
            Self::TooMany { limit } => format!("超过 {limit} 项"),
        }
    }
}

fn expected_zh(expected: &str) -> &str {
    match expected {
        "an object" => "对象",
        "a list" => "列表",
        "a text" => "文本",
        "true or false" => "true 或 false",
        "an id as text" => "文本编号",
        "a text, null or a whole number from 0" => "文本、null 或非负整数",
        "a text, a whole number or a truth value" => "文本、整数或真假值",
        other => other,
    }
}
