//! The directory at the end of the archive, record by record.

use std::io::{Read, Seek};

use crate::path;
use crate::problem::{ArchiveError, Code, Fault};
use crate::record::{self, Central};
use crate::tail::Tail;
use crate::window::{NEAR, Window};
use crate::{Bounds, Profile, meta};

/// One directory record with what is wrong in it.
pub(crate) struct Listed {
    pub central: Central,
    /// The first 255 bytes of the name; a longer one is refused.
    pub raw_name: Vec<u8>,
    pub name: String,
    pub faults: Vec<Fault>,
    /// Whether the content cannot or must not be read.
    pub barred: Option<Fault>,
}

impl Listed {
    pub(crate) fn directory(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Notes a fault that also forbids reading the content.
    pub(crate) fn bar(&mut self, fault: Fault) {
        self.faults.push(fault);
        self.barred.get_or_insert(fault);
    }
}

pub(crate) fn read<R: Read + Seek>(
    window: &mut Window<R>,
    tail: &Tail,
    bounds: &Bounds,
    profile: Profile,
) -> Result<Vec<Listed>, ArchiveError> {
    let corrupt = |detail| ArchiveError::Refused(Fault::new(Code::Corrupt, detail).overall());
    let count = usize::from(tail.end.entries);
    let stop = tail.directory + u64::from(tail.end.directory_size);
    let mut at = tail.directory;
    let mut listed = Vec::with_capacity(count.min(bounds.entries));
    while at < stop {
        if listed.len() == count {
            return Err(corrupt("the directory is longer than its entries"));
        }
        let fixed = window.at(at, record::CENTRAL, NEAR)?;
        let central = Central::parse(fixed).ok_or_else(|| corrupt("a directory record cannot be read"))?;
        let body = at + record::CENTRAL as u64;
        let variable = window.at(body, central.variable(), NEAR)?;
        at = body + central.variable() as u64;
        if at > stop {
            return Err(corrupt("a directory record runs past the directory"));
        }
        let (raw_name, extra) = variable
            .split_at_checked(usize::from(central.common.name))
            .ok_or_else(|| corrupt("a directory record is cut short"))?;
        let extra = extra.get(..usize::from(central.common.extra)).unwrap_or_default();
        listed.push(examine(central, raw_name, extra, bounds, profile));
    }
    if listed.len() < count {
        return Err(corrupt("the directory has fewer entries than the end record says"));
    }
    Ok(listed)
}

fn examine(central: Central, raw_name: &[u8], extra: &[u8], bounds: &Bounds, profile: Profile) -> Listed {
    let common = central.common;
    let kept = raw_name.get(..path::LONGEST).unwrap_or(raw_name);
    let mut listed = Listed {
        central,
        raw_name: kept.to_vec(),
        name: String::from_utf8_lossy(kept).into_owned(),
        faults: Vec::new(),
        barred: None,
    };
    listed.faults.extend(name_fault(raw_name, common.flags).map(|detail| Fault::new(Code::Path, detail)));
    listed.faults.extend(meta::entry_fault(&central, listed.directory()));
    listed.faults.extend(meta::extra_fault(extra));
    if central.comment != 0 {
        listed.faults.push(Fault::new(Code::Extra, "the entry has a comment"));
    }
    if central.disk != 0 {
        listed.bar(Fault::new(Code::Corrupt, "the entry is on another disk"));
    }
    let known = record::FLAG_ENCRYPTION | record::FLAG_DESCRIPTOR | record::FLAG_UTF8 | record::FLAG_EFFORT;
    if common.flags & !known != 0 {
        listed.bar(Fault::new(Code::Corrupt, "the entry has flags without meaning"));
    }
    if common.flags & record::FLAG_ENCRYPTION != 0 {
        listed.bar(Fault::new(Code::Encrypted, "the entry is encrypted"));
    }
    match common.method {
        record::METHOD_STORED if common.size != common.compressed => {
            listed.bar(Fault::new(Code::Corrupt, "a stored entry has two sizes"));
        }
        record::METHOD_STORED | record::METHOD_DEFLATE => {}
        99 => listed.bar(Fault::new(Code::Encrypted, "the entry is encrypted")),
        _ => listed.bar(Fault::new(Code::Corrupt, "the entry is neither stored nor deflated")),
    }
    if [common.size, common.compressed, central.offset].contains(&u32::MAX) {
        listed.bar(Fault::new(Code::Corrupt, "the entry uses ZIP64, which no limit allows"));
    }
    let (size, compressed) = (u64::from(common.size), u64::from(common.compressed));
    if size > bounds.entry_bytes {
        listed.bar(
            Fault::new(Code::Size, "the entry is larger than allowed").found(size).over(bounds.entry_bytes),
        );
    }
    if size > compressed.saturating_mul(bounds.ratio) {
        let ratio = size / compressed.max(1);
        listed.bar(
            Fault::new(Code::Ratio, "the entry claims to inflate to more than allowed")
                .found(ratio)
                .over(bounds.ratio),
        );
    }
    if listed.directory() && (profile == Profile::Dossier || size != 0) {
        listed.bar(Fault::new(Code::Extra, "the entry is a directory"));
    }
    listed
}

fn name_fault(raw: &[u8], flags: u16) -> Option<&'static str> {
    // Without bit 11 a name is in whatever code page its reader assumes.
    if !raw.is_ascii() && flags & record::FLAG_UTF8 == 0 {
        return Some("the name has characters outside ASCII and does not say which");
    }
    match std::str::from_utf8(raw) {
        Ok(name) => path::fault(name),
        Err(_) => Some("the name is not UTF-8"),
    }
}
