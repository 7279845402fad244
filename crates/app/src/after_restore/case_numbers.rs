//! From which number a restored database goes on. Cases of after the backup are not in it, and their numbers, with
//! those of their decisions, stand on paper that firms have.

use zizhi_store::{Reader, Writer, case_number};

use crate::failure::Failure;

/// Numbers that are left free at least, for cases that nobody here knows.
const LEFT_FREE: u32 = 500;
/// Up to a multiple of this nothing is given, so that the gap is seen to be meant.
const ROUND: u32 = 1000;

/// Goes on from the higher of both.
pub(super) fn merge(old: &Reader<'_>, writer: &Writer<'_>) -> Result<(), Failure> {
    for (year, last) in old.case_numbers()? {
        writer.skip_case_numbers(year, last)?;
    }
    Ok(())
}

/// The number that the next case of `year` gets. Where the last one that was given is not `known`, every year goes on
/// behind a gap.
pub(super) fn go_on(writer: &Writer<'_>, year: i32, known: bool) -> Result<String, Failure> {
    writer.skip_case_numbers(year, 0)?;
    let mut next = 1;
    for (of, last) in writer.case_numbers()? {
        let last = if known { last } else { behind_a_gap(last) };
        writer.skip_case_numbers(of, last)?;
        if of == year {
            next = last.saturating_add(1);
        }
    }
    Ok(case_number(year, next))
}

fn behind_a_gap(last: u32) -> u32 {
    last.saturating_add(LEFT_FREE).checked_next_multiple_of(ROUND).unwrap_or(last)
}
