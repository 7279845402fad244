//! Imports a roster that was previewed: exactly what was shown, all of it or nothing.

use std::ops::ControlFlow;

use serde_json::json;
use zizhi_model::Text;

use crate::failure::Failure;
use crate::incubator::Incubator;
use crate::roster_preview::Roster;
use crate::stop::stopped;

/// After so many firms the caller hears how far it is, and may stop it.
const TELL_EVERY: usize = 100;

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Added.
    pub new: u32,
    /// Changed.
    pub changed: u32,
    /// Left out.
    pub refused: u32,
}

/// Writes what the preview showed, in one transaction. `told` hears how many of how many firms are
/// written, and may stop it.
///
/// # Errors
/// `WORK-STOPPED`; `ROSTER-CHANGED` if a firm of the table was changed since it was looked at; as every write to the
/// database. Nothing is written then.
pub fn import(
    incubator: &Incubator<'_>,
    roster: &Roster,
    mut told: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Imported, Failure> {
    let counts = Imported { new: roster.new, changed: roster.changed, refused: roster.refused };
    let entry = incubator.entry("roster.imported")?;
    let writer = incubator.database.writer()?;
    // Where nothing at all was written since, no firm was.
    let untouched = writer.log_end()? == roster.seen;
    let total = roster.steps.len();
    // The register lists the newest first: the table's first row is written last, so that its order stays.
    for (at, step) in roster.steps.iter().rev().enumerate() {
        if !untouched && writer.firm_by_uscc(&step.after.uscc)? != step.before {
            return Err(changed_meanwhile());
        }
        match step.before {
            Some(_) => writer.put_firm(&step.after)?,
            None => writer.add_firm(&step.after)?,
        }
        if (at + 1) % TELL_EVERY == 0 && told(at + 1, total).is_break() {
            return Err(stopped());
        }
    }
    let summary = json!({
        "new": counts.new, "changed": counts.changed, "refused": counts.refused, "file": roster.file,
    });
    // The last moment at which it can be as if it had not begun.
    if told(total, total).is_break() {
        return Err(stopped());
    }
    writer.commit(&entry.with(summary))?;
    Ok(counts)
}

fn changed_meanwhile() -> Failure {
    Failure::input(
        "ROSTER-CHANGED",
        Text::fixed(
            "预览之后名册中有企业被改动，预览已不准确，没有导入任何内容。",
            "firms of the register were changed since the preview, which is no longer right; nothing was imported",
        ),
        Text::fixed("请重新预览，核对后再导入。", "preview the table again, then import it"),
    )
}
