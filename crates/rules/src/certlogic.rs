//! CertLogic 1.3.3: conditions as data, and what came out of them.
//!
//! [`parse`] reads an expression once; [`evaluate`] is the plain semantics of the specification, for
//! vectors and for `rules eval`; [`judge`] is what a verifier uses: it is three-valued, since a fact
//! that was not disclosed makes a rule *open* (formats.md §4), and it says which clause decided.
//!
//! The module never panics and never runs unbounded: depth and size of an expression are limited when
//! it is read, and every step of an evaluation is counted.

mod engine;
mod error;
mod expr;
mod judge;
mod parse;
mod statics;
mod text;
mod time;
mod value;

pub use error::{Count, LogicError, Need};
pub use expr::{Access, Expr};
pub use judge::{Clause, ClauseFact, Evaluation, Truth, judge, trace};
pub(crate) use parse::shorten;
pub use parse::{MAX_DEPTH, MAX_NODES, parse};

use crate::scope::Data;

/// Evaluation steps after which an expression is given up. A rule of ten clauses takes about a hundred.
pub const MAX_STEPS: u32 = 100_000;

/// Evaluates an expression as CertLogic 1.3.3 says; a missing fact is `null`.
///
/// A date-time comes out as RFC 3339 text with milliseconds in UTC.
///
/// # Errors
/// [`LogicError::Type`], [`LogicError::Date`], [`LogicError::Overflow`] or [`LogicError::Budget`],
/// naming the operation by its JSON pointer into the expression.
pub fn evaluate<'a>(expr: &'a Expr, data: impl Into<Data<'a>>) -> Result<serde_json::Value, LogicError> {
    engine::run(expr, data.into())
}
