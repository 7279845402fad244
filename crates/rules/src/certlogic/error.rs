//! Why an expression is refused or cannot be evaluated.

/// What is wrong with an expression, or with the data it met. `at` is a JSON pointer into the
/// expression (RFC 6901).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogicError {
    /// An operation is an object with exactly one member.
    #[error("{at}: an operation is an object with one member, this one has {found}")]
    Shape {
        /// Where.
        at: String,
        /// How many members it has.
        found: usize,
    },
    /// `null` and numbers that are not whole 64-bit numbers are no expressions.
    #[error("{at}: null and numbers that are not whole 64-bit numbers cannot be written in an expression")]
    Literal {
        /// Where.
        at: String,
    },
    /// The specification has no such operation.
    #[error("{at}: there is no operation {name:?}")]
    Operator {
        /// Where.
        at: String,
        /// The name found.
        name: String,
    },
    /// Too few or too many operands.
    #[error("{at}: {operator} takes {expected} operands, this one has {found}")]
    Arity {
        /// Where.
        at: String,
        /// The operation.
        operator: &'static str,
        /// How many it takes.
        expected: &'static str,
        /// How many there are.
        found: usize,
    },
    /// An operand that must be written out has another form.
    #[error("{at}: {operator} needs {expected} here")]
    Argument {
        /// Where.
        at: String,
        /// The operation.
        operator: &'static str,
        /// What belongs there.
        expected: &'static str,
    },
    /// Nested deeper, or larger, than [`MAX_DEPTH`](super::MAX_DEPTH) and [`MAX_NODES`](super::MAX_NODES).
    #[error("{at}: the expression is nested too deep or too large")]
    Size {
        /// Where.
        at: String,
    },
    /// An operand came out as another type than the operation takes.
    #[error("{at}: {operator} needs {expected}")]
    Type {
        /// Where.
        at: String,
        /// The operation.
        operator: &'static str,
        /// What it needs.
        expected: &'static str,
    },
    /// A text that is no date or date-time of the specification, or a day that does not exist.
    #[error("{at}: {text:?} is not a date or date-time")]
    Date {
        /// Where.
        at: String,
        /// The text, shortened.
        text: String,
    },
    /// A sum beyond 64 bits, or a date outside the years 0000 to 9999.
    #[error("{at}: the result is out of range")]
    Overflow {
        /// Where.
        at: String,
    },
    /// More than [`MAX_STEPS`](super::MAX_STEPS) steps, or a value nested too deep.
    #[error("{at}: the evaluation takes too long")]
    Budget {
        /// Where.
        at: String,
    },
}

impl LogicError {
    /// Where in the expression, as a JSON pointer.
    #[must_use]
    pub fn at(&self) -> &str {
        match self {
            Self::Shape { at, .. }
            | Self::Literal { at }
            | Self::Operator { at, .. }
            | Self::Arity { at, .. }
            | Self::Argument { at, .. }
            | Self::Size { at }
            | Self::Type { at, .. }
            | Self::Date { at, .. }
            | Self::Overflow { at }
            | Self::Budget { at } => at,
        }
    }
}
