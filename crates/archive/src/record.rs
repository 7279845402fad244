//! The fixed parts of ZIP records (APPNOTE.TXT 6.3.10, §4.3), as bytes in and numbers out.

/// Length of the end record without its comment (§4.3.16).
pub(crate) const END: usize = 22;
/// Length of the fixed part of a directory record (§4.3.12).
pub(crate) const CENTRAL: usize = 46;
/// Length of the fixed part of the record before a file (§4.3.7).
pub(crate) const LOCAL: usize = 30;

pub(crate) const END_SIGNATURE: u32 = 0x0605_4b50;
pub(crate) const CENTRAL_SIGNATURE: u32 = 0x0201_4b50;
pub(crate) const LOCAL_SIGNATURE: u32 = 0x0403_4b50;
pub(crate) const DESCRIPTOR_SIGNATURE: u32 = 0x0807_4b50;
pub(crate) const ZIP64_LOCATOR_SIGNATURE: u32 = 0x0706_4b50;

/// Bit 0: encrypted. Bit 6: strong encryption. Bit 13: records are masked.
pub(crate) const FLAG_ENCRYPTION: u16 = 1 | 1 << 6 | 1 << 13;
/// Bit 3: checksum and sizes follow the data.
pub(crate) const FLAG_DESCRIPTOR: u16 = 1 << 3;
/// Bit 11: the name is UTF-8.
pub(crate) const FLAG_UTF8: u16 = 1 << 11;
/// Bits 1 and 2: how hard the compressor tried. They change nothing for a reader.
pub(crate) const FLAG_EFFORT: u16 = 1 << 1 | 1 << 2;

pub(crate) const METHOD_STORED: u16 = 0;
pub(crate) const METHOD_DEFLATE: u16 = 8;

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The end record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    pub disk: u16,
    pub directory_disk: u16,
    pub entries_here: u16,
    pub entries: u16,
    pub directory_size: u32,
    pub directory_offset: u32,
    pub comment: u16,
}

impl End {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        if u32_at(bytes, 0)? != END_SIGNATURE {
            return None;
        }
        Some(Self {
            disk: u16_at(bytes, 4)?,
            directory_disk: u16_at(bytes, 6)?,
            entries_here: u16_at(bytes, 8)?,
            entries: u16_at(bytes, 10)?,
            directory_size: u32_at(bytes, 12)?,
            directory_offset: u32_at(bytes, 16)?,
            comment: u16_at(bytes, 20)?,
        })
    }
}

/// What both copies of an entry's record say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Common {
    pub needed: u16,
    pub flags: u16,
    pub method: u16,
    /// DOS time and date. They mean nothing here, but a copy that differs shows a damaged record.
    pub stamp: u32,
    pub crc: u32,
    pub compressed: u32,
    pub size: u32,
    pub name: u16,
    pub extra: u16,
}

impl Common {
    fn parse(bytes: &[u8], at: usize) -> Option<Self> {
        Some(Self {
            needed: u16_at(bytes, at)?,
            flags: u16_at(bytes, at + 2)?,
            method: u16_at(bytes, at + 4)?,
            stamp: u32_at(bytes, at + 6)?,
            crc: u32_at(bytes, at + 10)?,
            compressed: u32_at(bytes, at + 14)?,
            size: u32_at(bytes, at + 18)?,
            name: u16_at(bytes, at + 22)?,
            extra: u16_at(bytes, at + 24)?,
        })
    }
}

/// A directory record without its variable part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Central {
    pub common: Common,
    pub made_by: u16,
    pub comment: u16,
    pub disk: u16,
    pub internal: u16,
    pub external: u32,
    pub offset: u32,
}

impl Central {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        if u32_at(bytes, 0)? != CENTRAL_SIGNATURE {
            return None;
        }
        Some(Self {
            made_by: u16_at(bytes, 4)?,
            common: Common::parse(bytes, 6)?,
            comment: u16_at(bytes, 32)?,
            disk: u16_at(bytes, 34)?,
            internal: u16_at(bytes, 36)?,
            external: u32_at(bytes, 38)?,
            offset: u32_at(bytes, 42)?,
        })
    }

    /// Length of the variable part: name, extra fields, comment.
    pub(crate) fn variable(&self) -> usize {
        usize::from(self.common.name) + usize::from(self.common.extra) + usize::from(self.comment)
    }
}

/// The record before a file, without its variable part.
pub(crate) fn local(bytes: &[u8]) -> Option<Common> {
    if u32_at(bytes, 0)? == LOCAL_SIGNATURE { Common::parse(bytes, 4) } else { None }
}
