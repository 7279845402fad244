//! Tries one CertLogic expression on data.

use std::path::Path;

use serde_json::Value;
use zizhi_model::Text;
use zizhi_rules::certlogic::{self, Truth};

use crate::failure::{Failure, told};
use crate::read_json::read_json;

pub use zizhi_rules::certlogic::{Clause, ClauseFact, LogicError};

/// What an expression came to.
#[derive(Debug)]
pub struct EvaluatedRule {
    /// Its value, as CertLogic 1.3.3 has it: a missing fact is `null`. The error is data that does not fit.
    pub value: Result<Value, LogicError>,
    /// What a verifier would make of it, where a missing fact leaves a rule open.
    pub verdict: RuleVerdict,
    /// The clauses that were looked at, in order; the last one decided.
    pub clauses: Vec<Clause>,
}

/// A rule as a verifier judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleVerdict {
    /// It holds.
    Holds,
    /// It was decided and does not hold: `RULE-FALSE`.
    Fails,
    /// It could not be decided: `RULE-OPEN`.
    Open,
}

/// Evaluates the expression in the file `logic` on the data in the file `data`.
///
/// # Errors
/// `IO-READ`, `FMT-JSON`, `LIMIT-DEPTH`, `LIMIT-SIZE` for either file; `RULE-LOGIC` if the expression is none.
pub fn eval_rule(logic: &Path, data: &Path) -> Result<EvaluatedRule, Failure> {
    let expression = read_json(logic)?;
    let expression = certlogic::parse(&expression).map_err(|error| not_logic(logic, &error))?;
    let data = read_json(data)?;
    let judged = certlogic::judge(&expression, &data);
    let verdict = match judged.result {
        Truth::True => RuleVerdict::Holds,
        Truth::False => RuleVerdict::Fails,
        Truth::Open { .. } => RuleVerdict::Open,
    };
    Ok(EvaluatedRule {
        value: certlogic::evaluate(&expression, &data),
        verdict,
        clauses: certlogic::trace(&expression, &data),
    })
}

fn not_logic(path: &Path, error: &LogicError) -> Failure {
    let text = error.text();
    let at = if error.at().is_empty() { "/" } else { error.at() };
    Failure::input(
        "RULE-LOGIC",
        told(
            format!("{} 不是CertLogic表达式：{}（位置 {at}）。", path.display(), text.zh),
            format!("{} is no CertLogic expression: {} (at {at})", path.display(), text.en()),
        ),
        Text::fixed(
            "请对照CertLogic 1.3.3改正该位置；“位置”是从文件开头起的JSON指针。",
            "mend that place by CertLogic 1.3.3; it is a JSON pointer from the start of the file",
        ),
    )
}
