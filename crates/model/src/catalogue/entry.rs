//! What the catalogue holds about one code.

use crate::check::Outcome;
use crate::text::Text;

/// One sentence in both languages. May hold placeholders, see [`super::fill`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
}

/// Shortens the tables.
pub(super) const fn line(zh: &'static str, en: &'static str) -> Line {
    Line { zh, en }
}

impl Line {
    /// The sentence where it has no placeholders.
    pub(super) const fn text(self) -> Text {
        Text::fixed(self.zh, self.en)
    }
}

/// The texts of one code.
#[derive(Debug)]
pub(super) struct Entry {
    /// What the check usually comes to where it does not pass (formats.md §6).
    pub(super) usual: Outcome,
    /// A noun phrase.
    pub(super) title: Line,
    /// Said when it passes.
    pub(super) ok: Line,
    /// Said otherwise: the fact, then what follows from it.
    pub(super) problem: Line,
    /// What is said instead of `problem` for one outcome, where its meaning differs.
    pub(super) variants: &'static [(Outcome, Line)],
    /// Who should do what.
    pub(super) advice: Line,
}

impl Entry {
    /// The sentence for an outcome.
    pub(super) fn sentence(&self, outcome: Outcome) -> Line {
        if outcome == Outcome::Pass {
            return self.ok;
        }
        let variant = self.variants.iter().find(|(of, _)| *of == outcome);
        variant.map_or(self.problem, |(_, line)| *line)
    }
}
