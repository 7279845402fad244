//! Claims path pointers (OpenID4VP 1.0 §7.1).

use crate::scope::{Data, Shape};

/// One step of a claims path pointer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A member of an object.
    Key(String),
    /// An element of an array.
    Index(usize),
    /// Every element of an array, written `null`.
    All,
}

/// Calls `wanted` with the claims that `path` selects until it says yes, and says whether it did.
///
/// The specification selects level by level and gives up as soon as one selected element is of the
/// wrong type, although others may fit.
pub(super) fn any(root: Data<'_>, path: &[Step], wanted: impl Fn(Data<'_>) -> bool) -> bool {
    // The common path has no fan-out and needs no list.
    if !path.contains(&Step::All) {
        let found = path.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.member(key),
            Step::Index(index) => value.element(*index),
            Step::All => None,
        });
        return found.is_some_and(wanted);
    }
    select(root, path).is_some_and(|selected| selected.into_iter().any(wanted))
}

/// What a claims path pointer selects, in the order of the data; `None` where it selects nothing.
#[must_use]
pub fn select<'v>(root: impl Into<Data<'v>>, path: &[Step]) -> Option<Vec<Data<'v>>> {
    let mut selected = vec![root.into()];
    for step in path {
        let mut next = Vec::with_capacity(selected.len());
        for value in selected {
            match (step, value.shape()) {
                // §7.1 step 2.1: an element that is no object ends the processing.
                (Step::Key(key), Shape::Object(_)) => next.extend(value.member(key)),
                // Step 2.2: an element that is no array ends the processing.
                (Step::All, Shape::Array(_)) => next.extend(value.elements()?),
                // Step 2.3: likewise; an index beyond the end only drops that array.
                (Step::Index(index), Shape::Array(_)) => next.extend(value.element(*index)),
                _ => return None,
            }
        }
        selected = next;
    }
    // Step 3: an empty selection is an error.
    (!selected.is_empty()).then_some(selected)
}
