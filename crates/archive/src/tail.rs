//! Where the archive ends: the end record must be the last 22 bytes of the file.

use std::io::{Read, Seek};

use crate::problem::{ArchiveError, Code, Fault, Problem};
use crate::record::{self, End};
use crate::window::{NEAR, Window};

/// How far back an end record is looked for, only to tell appended bytes from a truncated file.
const REACH: u64 = 1024 * 1024;

/// The end record and where it puts the directory.
pub(crate) struct Tail {
    pub end: End,
    /// Offset of the directory in the file.
    pub directory: u64,
    /// What has to be added to every offset of the archive: the bytes put before it.
    pub base: u64,
}

pub(crate) fn find<R: Read + Seek>(
    window: &mut Window<R>,
    limit: usize,
    problems: &mut Vec<Problem>,
) -> Result<Tail, ArchiveError> {
    let fatal = |code, detail| Err(ArchiveError::Refused(Fault::new(code, detail).overall()));
    let Some((at, end)) = last(window)? else {
        return fatal(Code::Corrupt, "there is no end record: not a ZIP file, or cut short");
    };
    let after = window.length().saturating_sub(at + record::END as u64);
    if after > 0 {
        problems
            .push(Fault::new(Code::Trailing, "there are bytes after the end record").found(after).overall());
    } else if end.comment != 0 {
        problems
            .push(Fault::new(Code::Corrupt, "the comment that the end record announces is absent").overall());
    }
    if usize::from(end.entries) > limit {
        let fault = Fault::new(Code::Count, "there are more entries than allowed");
        let fault = fault.found(u64::from(end.entries)).over(limit as u64);
        return Err(ArchiveError::Refused(fault.overall()));
    }
    let locator = at.checked_sub(20).map(|at| window.at(at, 4, NEAR)).transpose()?;
    if locator.and_then(|bytes| record::u32_at(bytes, 0)) == Some(record::ZIP64_LOCATOR_SIGNATURE)
        || end.entries == u16::MAX
        || end.directory_size == u32::MAX
        || end.directory_offset == u32::MAX
    {
        return fatal(Code::Corrupt, "the archive uses ZIP64, which no limit allows");
    }
    if end.disk != 0 || end.directory_disk != 0 || end.entries_here != end.entries {
        return fatal(Code::Corrupt, "the archive claims to span several disks");
    }
    let (size, offset) = (u64::from(end.directory_size), u64::from(end.directory_offset));
    let Some(shift) = at.checked_sub(size + offset) else {
        return fatal(Code::Corrupt, "the directory would lie behind the end record");
    };
    if shift == 0 {
        return Ok(Tail { end, directory: offset, base: 0 });
    }
    // Bytes before the archive shift every offset; bytes behind the directory shift none.
    let mut starts_at = |offset| -> Result<bool, ArchiveError> {
        let bytes = window.at(offset, 4, NEAR)?;
        Ok(record::u32_at(bytes, 0) == Some(record::CENTRAL_SIGNATURE))
    };
    if size > 0 && starts_at(offset)? {
        problems.push(
            Fault::new(Code::Extra, "there are bytes between the directory and the end record").overall(),
        );
        Ok(Tail { end, directory: offset, base: 0 })
    } else if size == 0 || starts_at(offset + shift)? {
        problems
            .push(Fault::new(Code::Prepended, "there are bytes before the archive").found(shift).overall());
        Ok(Tail { end, directory: offset + shift, base: shift })
    } else {
        fatal(Code::Corrupt, "the directory is not where the end record puts it")
    }
}

/// The last end record that could be one.
fn last<R: Read + Seek>(window: &mut Window<R>) -> Result<Option<(u64, End)>, ArchiveError> {
    let length = window.length();
    let Some(last) = length.checked_sub(record::END as u64) else { return Ok(None) };
    // One fetch brings the whole of a small file, or the directory of a large one.
    let start = length.saturating_sub(NEAR as u64);
    window.at(start, NEAR, NEAR)?;
    if let Some(end) = End::parse(window.at(last, record::END, NEAR)?) {
        return Ok(Some((last, end)));
    }
    let floor = length.saturating_sub(REACH);
    let mut stop = last;
    while stop > floor {
        let start = stop.saturating_sub(NEAR as u64).max(floor);
        let span = usize::try_from(stop - start).unwrap_or(NEAR) + record::END - 1;
        let bytes = window.at(start, span, span)?;
        for index in (0..bytes.len()).rev() {
            let at = start + index as u64;
            let candidate = bytes.get(index..).and_then(End::parse);
            if let Some(end) = candidate
                && u64::from(end.directory_size) + u64::from(end.directory_offset) <= at
            {
                return Ok(Some((at, end)));
            }
        }
        stop = start;
    }
    Ok(None)
}
