//! Where a claim stands in a credential: `number`, `attested.by`, `owners[0]`.

use std::borrow::Cow;
use std::fmt;

use zizhi_model::json::Json;

/// One step down into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step<'a> {
    /// The member of an object.
    Member(Cow<'a, str>),
    /// The element of an array, counted from 0.
    Element(usize),
}

/// The steps from the payload down to a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Path<'a> {
    // Most claims stand at the top, where one step does without a vector.
    last: Option<Step<'a>>,
    before: Vec<Step<'a>>,
}

/// Why a text is not a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Nothing between two dots, or nothing at all.
    #[error("a step without a name")]
    Empty,
    /// A bracket that does not hold a number.
    #[error("a bracket that does not hold a number")]
    Bracket,
}

impl<'a> Path<'a> {
    /// The path that ends with `step` below `above`.
    #[must_use]
    pub fn below(above: &[Step<'a>], step: Step<'a>) -> Self {
        Self { last: Some(step), before: above.to_vec() }
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step<'a>> + Clone {
        self.before.iter().chain(&self.last)
    }

    /// The number of steps.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.before.len() + usize::from(self.last.is_some())
    }

    /// One step further.
    pub fn push(&mut self, step: Step<'a>) {
        self.before.extend(self.last.replace(step));
    }

    /// Reads `attested.by`, `owners[0]` or `owners.0`. A step of digits is an element of an array, or
    /// a member of that name where the value is an object.
    ///
    /// # Errors
    /// [`PathError`].
    pub fn parse(text: &str) -> Result<Path<'static>, PathError> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let mut pieces = part.split('[');
            let name = pieces.next().unwrap_or_default();
            if name.is_empty() {
                return Err(PathError::Empty);
            }
            steps.push(match name.parse() {
                Ok(index) => Step::Element(index),
                Err(_) => Step::Member(Cow::Owned(name.to_owned())),
            });
            for piece in pieces {
                let digits = piece.strip_suffix(']').ok_or(PathError::Bracket)?;
                steps.push(Step::Element(digits.parse().map_err(|_| PathError::Bracket)?));
            }
        }
        Ok(steps.into_iter().collect())
    }

    /// Whether `self` is `other` or leads to it.
    #[must_use]
    pub fn leads_to(&self, other: &Path<'_>) -> bool {
        self.depth() <= other.depth() && self.steps().zip(other.steps()).all(|(a, b)| a.same_place(b))
    }

    /// The value that the path leads to.
    #[must_use]
    pub fn find<'j, 'u>(&self, payload: &'j Json<'u>) -> Option<&'j Json<'u>> {
        self.steps().try_fold(payload, |value, step| match (value, step) {
            (Json::Object(object), Step::Member(name)) => object.get(name),
            (Json::Object(object), Step::Element(index)) => object.get(&index.to_string()),
            (Json::Array(elements), Step::Element(index)) => elements.get(*index),
            (Json::Array(elements), Step::Member(name)) => elements.get(name.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The same path, owning its names.
    #[must_use]
    pub fn into_owned(self) -> Path<'static> {
        self.before.into_iter().chain(self.last).map(Step::into_owned).collect()
    }
}

impl<'a> FromIterator<Step<'a>> for Path<'a> {
    fn from_iter<I: IntoIterator<Item = Step<'a>>>(steps: I) -> Self {
        let mut path = Self::default();
        steps.into_iter().for_each(|step| path.push(step));
        path
    }
}

impl Step<'_> {
    fn into_owned(self) -> Step<'static> {
        match self {
            Self::Member(name) => Step::Member(Cow::Owned(name.into_owned())),
            Self::Element(index) => Step::Element(index),
        }
    }

    /// `owners.0` may mean the element 0 or a member called "0": the value decides.
    fn same_place(&self, other: &Step<'_>) -> bool {
        match (self, other) {
            (Self::Element(index), Step::Member(name)) => name.parse() == Ok(*index),
            (Self::Member(name), Step::Element(index)) => name.parse() == Ok(*index),
            (Self::Member(a), Step::Member(b)) => a == b,
            (Self::Element(a), Step::Element(b)) => a == b,
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.steps().enumerate() {
            match step {
                Step::Member(name) if place == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Element(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
