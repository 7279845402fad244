//! What a rule or an item of a checklist has to say: a check without its subject.

use zizhi_model::check::Facts;
use zizhi_model::{CheckCode, Outcome, Text};

use crate::certlogic::{Clause, Evaluation, LogicError, Truth};

/// One finding. The caller knows the subject it is about and makes it a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which check.
    pub code: CheckCode,
    /// What came out.
    pub outcome: Outcome,
    /// The rule pack's own words, where it has any.
    pub message: Option<Text>,
    /// What it rests on: `rule`, `clause`, `values`, `missing`, `at`.
    pub facts: Facts,
}

/// How much a rule weighs when it does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleSeverity {
    /// Told, changes nothing.
    Info,
    /// A person should look.
    Warning,
    /// It fails.
    Error,
}

impl RuleSeverity {
    /// What a false rule of this severity comes to.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Info => Outcome::Info,
            Self::Warning => Outcome::Warning,
            Self::Error => Outcome::Fail,
        }
    }
}

/// One rule or condition with its result.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleResult {
    /// The rule's id; a condition of an equivalence is `<rule_id>#<n>`, counted from 1.
    pub rule_id: String,
    /// Its position in the list it stands in, from 0.
    pub index: usize,
    /// Its severity.
    pub severity: RuleSeverity,
    /// Its result.
    pub result: Truth,
    /// The pack's message for when it does not hold.
    pub message: Option<Text>,
    /// The clauses looked at, the deciding one last; empty where the rule holds.
    pub trace: Vec<Clause>,
}

impl RuleResult {
    pub(crate) fn new(
        rule_id: String,
        index: usize,
        severity: RuleSeverity,
        message: Option<&Text>,
        evaluation: Evaluation,
    ) -> Self {
        Self {
            rule_id,
            index,
            severity,
            result: evaluation.result,
            message: message.cloned(),
            trace: evaluation.trace,
        }
    }

    /// Pass, the outcome of its severity, or pending.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match &self.result {
            Truth::True => Outcome::Pass,
            Truth::False => self.severity.outcome(),
            Truth::Open { .. } => Outcome::Pending,
        }
    }

    /// The clause that decided.
    #[must_use]
    pub fn deciding(&self) -> Option<&Clause> {
        self.trace.last()
    }

    fn unfit(&self, fault: &LogicError) -> Text {
        let (rule, what) = (&self.rule_id, fault.text());
        Text {
            zh: format!("规则 {rule} 无法判断：{}", what.zh).into(),
            en: Some(format!("rule {rule} cannot be decided: {}", what.en()).into()),
        }
    }

    /// What to report: nothing where the rule holds.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        let code = match &self.result {
            Truth::True => return None,
            Truth::False => CheckCode::RuleFalse,
            Truth::Open { .. } => CheckCode::RuleOpen,
        };
        let mut facts: Facts = vec![("rule", self.rule_id.clone().into())];
        if let Some(clause) = self.deciding() {
            facts.push(("clause", clause.text.clone().into()));
            facts.push(("at", clause.path.clone().into()));
            let values: Vec<String> = clause
                .facts
                .iter()
                .filter_map(|fact| Some(format!("{} = {}", fact.path, fact.value.as_deref()?)))
                .collect();
            if !values.is_empty() {
                facts.push(("values", values.into()));
            }
        }
        if let Truth::Open { missing, .. } = &self.result
            && !missing.is_empty()
        {
            facts.push(("missing", missing.clone().into()));
        }
        // The pack's words say what is wrong. About an open rule the catalogue says that it is open, unless
        // the data did not fit, which nothing else would tell.
        let message = match &self.result {
            Truth::False => self.message.clone(),
            Truth::Open { fault: Some(fault), .. } => Some(self.unfit(fault)),
            _ => None,
        };
        Some(Finding { code, outcome: self.outcome(), message, facts })
    }
}
