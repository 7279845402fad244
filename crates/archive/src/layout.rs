//! The records before the files: each agrees with the directory, and together they leave no gap.

use std::io::{Read, Seek};

use crate::directory::Listed;
use crate::meta;
use crate::problem::{ArchiveError, Code, Fault, Problem};
use crate::record::{self, Common};
use crate::tail::Tail;
use crate::window::{FAR, NEAR, Window};

/// Offsets of one entry in the file.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    /// Where its record begins.
    pub record: u64,
    /// Where its data begins.
    pub data: u64,
}

/// Checks every record before a file. The data of entries that are not barred never overlap.
pub(crate) fn check<R: Read + Seek>(
    window: &mut Window<R>,
    tail: &Tail,
    listed: &mut [Listed],
    problems: &mut Vec<Problem>,
) -> Result<Vec<Place>, ArchiveError> {
    let mut places: Vec<Place> = listed
        .iter()
        .map(|entry| Place { record: tail.base + u64::from(entry.central.offset), data: 0 })
        .collect();
    let mut order: Vec<usize> = (0..listed.len()).collect();
    order.sort_by_key(|index| places.get(*index).map(|place| place.record));

    let first =
        order.first().and_then(|index| places.get(*index)).map_or(tail.directory, |place| place.record);
    if first > tail.base {
        let fault = Fault::new(Code::Prepended, "there are bytes before the first record");
        problems.push(fault.found(first - tail.base).overall());
    }
    let mut free = 0;
    for (position, index) in order.iter().enumerate() {
        let next = order.get(position + 1).and_then(|next| places.get(*next));
        let boundary = next.map_or(tail.directory, |place| place.record.min(tail.directory));
        let (Some(entry), Some(place)) = (listed.get_mut(*index), places.get_mut(*index)) else { continue };
        if place.record < free {
            entry.bar(Fault::new(Code::Corrupt, "the entry lies within another one"));
            continue;
        }
        if let Some(end) = one(window, entry, place, boundary, tail.directory)? {
            free = end;
        }
    }
    Ok(places)
}

/// Checks one record and what follows its data. Gives the end of the data where they can be read.
fn one<R: Read + Seek>(
    window: &mut Window<R>,
    entry: &mut Listed,
    place: &mut Place,
    boundary: u64,
    directory: u64,
) -> Result<Option<u64>, ArchiveError> {
    let central = entry.central.common;
    let fetch = if (central.compressed as usize) < NEAR / 2 { NEAR } else { FAR };
    let Some(local) = record::local(window.at(place.record, record::LOCAL, fetch)?) else {
        entry.bar(Fault::new(Code::Corrupt, "there is no record where the directory says"));
        return Ok(None);
    };
    let body = place.record + record::LOCAL as u64;
    let variable = window.at(body, usize::from(local.name) + usize::from(local.extra), fetch)?;
    let (name, extra) = variable.split_at_checked(usize::from(local.name)).unwrap_or((variable, &[]));
    let same_name = local.name == central.name && name.get(..entry.raw_name.len()) == Some(&entry.raw_name);
    if !same_name {
        entry.faults.push(Fault::new(Code::Mismatch, "the two records have different names"));
    }
    entry.faults.extend(meta::extra_fault(extra));
    if let Some(detail) = difference(&local, &central) {
        entry.faults.push(Fault::new(Code::Mismatch, detail));
    }
    place.data = body + u64::from(local.name) + u64::from(local.extra);
    let end = place.data + u64::from(central.compressed);
    if end > directory {
        entry.bar(Fault::new(Code::Corrupt, "the entry runs into the directory"));
        return Ok(None);
    }
    if end > boundary {
        entry.bar(Fault::new(Code::Corrupt, "the entry runs into the next one"));
        return Ok(Some(end));
    }
    let tail = if central.flags & record::FLAG_DESCRIPTOR == 0 {
        Some(0)
    } else {
        descriptor(window.at(end, 16, FAR)?, &central)
    };
    match tail {
        None => {
            entry.faults.push(Fault::new(Code::Mismatch, "the record behind the data is absent or differs"))
        }
        Some(length) if end + length > boundary => {
            entry.faults.push(Fault::new(Code::Corrupt, "the entry runs into the next one"));
        }
        Some(length) if end + length < boundary => {
            entry
                .faults
                .push(Fault::new(Code::Extra, "there are bytes behind the entry that belong to nothing"));
        }
        Some(_) => {}
    }
    Ok(Some(end))
}

fn difference(local: &Common, central: &Common) -> Option<&'static str> {
    // A writer that cannot seek back leaves these at zero and repeats them behind the data.
    let open = central.flags & record::FLAG_DESCRIPTOR != 0;
    let agree = |local: u32, central: u32| local == central || open && local == 0;
    if local.method != central.method {
        Some("the two records have different methods")
    } else if local.flags != central.flags {
        Some("the two records have different flags")
    } else if !agree(local.crc, central.crc) {
        Some("the two records have different checksums")
    } else if !agree(local.compressed, central.compressed) || !agree(local.size, central.size) {
        Some("the two records have different sizes")
    } else if local.needed != central.needed || local.stamp != central.stamp {
        Some("the two records have different versions or times")
    } else {
        None
    }
}

/// The length of the record behind the data, if it says what the directory says. Its signature is
/// optional (APPNOTE.TXT §4.3.9.3).
fn descriptor(bytes: &[u8], central: &Common) -> Option<u64> {
    let matches = |at: usize| {
        record::u32_at(bytes, at) == Some(central.crc)
            && record::u32_at(bytes, at + 4) == Some(central.compressed)
            && record::u32_at(bytes, at + 8) == Some(central.size)
    };
    if record::u32_at(bytes, 0) == Some(record::DESCRIPTOR_SIGNATURE) && matches(4) {
        Some(16)
    } else if matches(0) {
        Some(12)
    } else {
        None
    }
}
