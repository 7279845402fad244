//! From checks to a verdict: which failure fails the whole, and which is only shown
//! (formats.md §6, "Overall" and the last paragraph but one).

use zizhi_model::{Check, Outcome, Question, RecognitionMode, Verdict};

use crate::report::{Answer, CredentialReport, ItemReport, ItemState, Questions};

/// How much a credential counts for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// A required item rests on it and on nothing better.
    Required,
    /// It answers only optional items, or none, or something better answers with it.
    Optional,
    /// There is no checklist to say what rests on it.
    Unknown,
}

/// What a check on a credential counts as for the whole.
fn effective(check: &Check, weight: Weight) -> Outcome {
    match (weight, check.outcome) {
        (Weight::Optional, Outcome::Fail) if !check.code.shows_tampering() => Outcome::Warning,
        (Weight::Optional, Outcome::Pending) => Outcome::Warning,
        // Whether such a failure matters is itself an open question.
        (Weight::Unknown, Outcome::Fail) if !check.code.shows_tampering() => Outcome::Pending,
        (_, outcome) => outcome,
    }
}

/// What a check on a checklist item counts as for the whole.
fn effective_on_item(check: &Check, required: bool) -> Outcome {
    match (required, check.outcome) {
        (false, Outcome::Fail | Outcome::Pending) => Outcome::Warning,
        (_, outcome) => outcome,
    }
}

/// The verdict on one credential by its own checks. Over no checks it is pending.
pub(crate) fn of_credential(checks: &[Check], mode: RecognitionMode, supplements: usize) -> Verdict {
    let worst = checks.iter().map(|check| check.outcome).max();
    let conditional =
        supplements > 0 || !matches!(mode, RecognitionMode::Direct | RecognitionMode::Equivalent);
    of_worst(worst, conditional)
}

/// The verdict and the four answers over everything.
///
/// `weights` runs beside `credentials`; `conditional` says that something is to be added, or that a
/// required item is recognised in a mode other than direct or equivalent.
pub(crate) fn overall(
    whole: &[Check],
    credentials: &[CredentialReport],
    weights: &[Weight],
    items: &[ItemReport],
    conditional: bool,
) -> (Verdict, Questions) {
    let effects = || {
        let on_whole = whole.iter().map(|check| (check.code.question(), check.outcome));
        let on_credentials = credentials.iter().zip(weights).flat_map(|(credential, weight)| {
            credential.checks.iter().map(|check| (check.code.question(), effective(check, *weight)))
        });
        let on_items = items.iter().flat_map(|item| {
            item.checks.iter().map(|check| (check.code.question(), effective_on_item(check, item.required)))
        });
        on_whole.chain(on_credentials).chain(on_items)
    };
    let answer = |question: Question| {
        let of_question = effects().filter(|(asked, _)| *asked == question).map(|(_, outcome)| outcome);
        match of_question.max() {
            Some(Outcome::Fail) => Answer::Fail,
            // A question that no check answered is open, not answered with yes.
            Some(Outcome::Pending) | None => Answer::Pending,
            Some(_) => Answer::Pass,
        }
    };
    let mut questions = Questions {
        integrity: answer(Question::Integrity),
        issuer: answer(Question::Issuer),
        currency: answer(Question::Currency),
        recognition: answer(Question::Recognition),
    };
    // Nothing is complete that rests on what failed, whichever question the failure itself belongs to.
    if rests_on_a_failure(whole, credentials, items) {
        questions.recognition = Answer::Fail;
    }
    (of_worst(effects().map(|(_, outcome)| outcome).max(), conditional), questions)
}

/// Whether a required item is insufficient because of a credential or an attachment that failed.
fn rests_on_a_failure(whole: &[Check], credentials: &[CredentialReport], items: &[ItemReport]) -> bool {
    let failed = |path: &String| {
        credentials.iter().any(|it| it.path == *path && it.verdict == Verdict::Failed)
            || whole.iter().any(|it| it.outcome == Outcome::Fail && *it.subject == **path)
    };
    items.iter().any(|it| it.required && it.state == ItemState::Insufficient && it.by.iter().any(failed))
}

fn of_worst(worst: Option<Outcome>, conditional: bool) -> Verdict {
    match worst {
        Some(Outcome::Fail) => Verdict::Failed,
        Some(Outcome::Pending) | None => Verdict::Pending,
        Some(Outcome::Warning) => Verdict::PassedWithConditions,
        Some(Outcome::Pass | Outcome::Info) if conditional => Verdict::PassedWithConditions,
        Some(Outcome::Pass | Outcome::Info) => Verdict::Passed,
    }
}

/// The answers before anything was looked at.
pub(crate) fn no_answers() -> Questions {
    Questions {
        integrity: Answer::Pending,
        issuer: Answer::Pending,
        currency: Answer::Pending,
        recognition: Answer::Pending,
    }
}

#[cfg(test)]
mod tests;
