//! The fields of a directory record that no reader needs, and why they are looked at all the same.
//!
//! A container is refused when any byte of it was altered. The fields that say which program wrote an
//! entry, on which system, with which permissions, stand in one place only, so that no second copy
//! gives an alteration away. What can be said of them is what honest writers have in common: one
//! program wrote all entries, and the old versions of the format leave most of the bits at zero.

use crate::problem::{Code, Fault};
use crate::record::Central;

const TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const DIRECTORY: u32 = 0o040_000;
/// The DOS attribute of a directory.
const DOS_DIRECTORY: u32 = 0x10;
/// The DOS attribute that every file has which no backup has seen; Windows' own packer writes it.
const DOS_ARCHIVE: u32 = 0x20;
/// Version 2.0 of the format, which most libraries claim. They write no text marks and no DOS bits.
const PLAIN: u16 = 20;
/// Permissions without a file type, as libraries write them for content that never was a file. 0o400 is
/// left out, being one byte away from the nothing that our own writer puts there.
const BARE_MODES: [u32; 11] = [0, 0o444, 0o600, 0o640, 0o644, 0o660, 0o664, 0o666, 0o700, 0o755, 0o777];

/// What is wrong with the attributes of one entry.
pub(crate) fn entry_fault(central: &Central, directory: bool) -> Option<Fault> {
    let mode = central.external >> 16;
    match mode & TYPE {
        0 | REGULAR => {}
        DIRECTORY if directory => {}
        DIRECTORY => return Some(Fault::new(Code::Corrupt, "a file is marked as a directory")),
        _ => return Some(Fault::new(Code::Symlink, "the entry is a link, device, pipe or socket")),
    }
    let version = central.made_by & 0xff;
    if central.internal > u16::from(version > PLAIN) {
        return Some(Fault::new(Code::Corrupt, "the internal attributes have bits without meaning"));
    }
    if version <= PLAIN {
        let dos = central.external & 0xffff;
        let known_dos = dos == 0 || dos == DOS_ARCHIVE || directory && dos == DOS_DIRECTORY;
        // DOS has no file that nobody but its owner may read; one altered byte would make such a mode.
        let owner_only = central.made_by >> 8 == 0 && mode & 0o377 == 0;
        let known_mode = match mode & TYPE {
            0 => BARE_MODES.contains(&mode),
            _ => mode & !TYPE & !0o777 == 0 && !owner_only,
        };
        if !(known_dos && (known_mode || directory)) {
            return Some(Fault::new(Code::Corrupt, "the external attributes have bits without meaning"));
        }
    }
    None
}

/// Whether all entries can come from one writer: all claim the same version and system, or the same
/// system and each the version it needs (as Java does); and all files of a plain version have the same
/// DOS attributes.
pub(crate) fn one_writer<'a>(mut entries: impl Iterator<Item = &'a Central> + Clone) -> bool {
    let Some(first) = entries.clone().next() else { return true };
    let plain = |entry: &&Central| entry.made_by & 0xff <= PLAIN && entry.external & DOS_DIRECTORY == 0;
    let mut marks = entries.clone().filter(plain).map(|entry| entry.external & 0xffff);
    if let Some(mark) = marks.next()
        && marks.any(|other| other != mark)
    {
        return false;
    }
    entries.clone().all(|entry| entry.made_by == first.made_by)
        || entries.all(|entry| {
            entry.made_by >> 8 == first.made_by >> 8 && entry.made_by & 0xff == entry.common.needed
        })
}

/// What is wrong with the extra fields of a record.
pub(crate) fn extra_fault(mut fields: &[u8]) -> Option<Fault> {
    while !fields.is_empty() {
        let head = crate::record::u16_at(fields, 0).zip(crate::record::u16_at(fields, 2));
        let Some((id, rest)) =
            head.and_then(|(id, length)| Some((id, fields.get(4 + usize::from(length)..)?)))
        else {
            return Some(Fault::new(Code::Corrupt, "the extra fields cannot be read"));
        };
        match id {
            0x0001 => return Some(Fault::new(Code::Corrupt, "the entry uses ZIP64, which no limit allows")),
            0x0017 | 0x9901 => return Some(Fault::new(Code::Encrypted, "the entry is encrypted")),
            0x6375 | 0x7075 => return Some(Fault::new(Code::Mismatch, "an extra field gives a second name")),
            _ => fields = rest,
        }
    }
    None
}
