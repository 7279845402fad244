//! What a decision must say before anybody signs it. One that comes from elsewhere is read as it is.

use chrono::NaiveDate;
use zizhi_model::Text;

use super::{DecisionOutcome, Wanted};
use crate::failure::{Failure, told};

/// What a decision leaves unsaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsaid {
    /// Why.
    Reason,
    /// What has to be added.
    Supplement,
    /// On what condition it is recognised.
    Condition,
    /// Until when something has to be added.
    Due,
    /// A day that can still be kept.
    Passed(NaiveDate),
}

impl Unsaid {
    /// The first thing that a decision with this outcome leaves unsaid. `explained` tells whether a reason is given.
    pub(crate) fn of(
        outcome: DecisionOutcome,
        explained: bool,
        supplements: &[Wanted],
        today: NaiveDate,
    ) -> Option<Self> {
        if outcome != DecisionOutcome::Accepted && !explained {
            return Some(Self::Reason);
        }
        let none = supplements.is_empty();
        match outcome {
            DecisionOutcome::SupplementRequired if none => return Some(Self::Supplement),
            DecisionOutcome::AcceptedWithConditions if none => return Some(Self::Condition),
            _ => {}
        }
        supplements.iter().find_map(|wanted| wanted.unsaid(today))
    }

    /// Refuses a decision that says too little, with the advice that fits where it is written.
    pub(crate) fn refused(self, advice: Text) -> Failure {
        let (code, fact) = match self {
            Self::Reason => (
                "DECIDE-REASON",
                Text::fixed(
                    "这样的决定必须说明理由，没有签署。",
                    "such a decision has to say why; nothing was signed",
                ),
            ),
            Self::Supplement => (
                "DECIDE-SUPPLEMENT",
                Text::fixed(
                    "没有写明要补充什么，没有签署。",
                    "nothing says what has to be added; nothing was signed",
                ),
            ),
            Self::Condition => (
                "DECIDE-SUPPLEMENT",
                Text::fixed(
                    "有条件认可没有写明条件，没有签署。",
                    "the decision recognises with conditions and names none; nothing was signed",
                ),
            ),
            Self::Due => (
                "DECIDE-DUE",
                Text::fixed(
                    "有一项要补充的材料没有写期限，没有签署。",
                    "something is to be added and nothing says until when; nothing was signed",
                ),
            ),
            Self::Passed(due) => (
                "DECIDE-DUE",
                told(
                    format!("补充的期限 {due} 已经过去，没有签署。"),
                    format!("{due}, by which something is to be added, has passed; nothing was signed"),
                ),
            ),
        };
        Failure::input(code, fact, advice)
    }
}

impl Wanted {
    /// What this line leaves unsaid.
    pub(crate) fn unsaid(&self, today: NaiveDate) -> Option<Unsaid> {
        if self.text.trim().is_empty() {
            return Some(Unsaid::Supplement);
        }
        match self.due {
            None => Some(Unsaid::Due),
            Some(due) if due < today => Some(Unsaid::Passed(due)),
            Some(_) => None,
        }
    }
}
