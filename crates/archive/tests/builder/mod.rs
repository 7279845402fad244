//! Writes ZIP records field by field, so that each test can break exactly one of them.

/// One entry: its content and every field of its records.
#[derive(Debug, Clone)]
pub struct Item {
    pub name: Vec<u8>,
    /// The bytes between the records.
    pub data: Vec<u8>,
    pub made_by: u16,
    pub needed: u16,
    pub flags: u16,
    pub method: u16,
    pub stamp: u32,
    pub crc: u32,
    pub compressed: u32,
    pub size: u32,
    pub disk: u16,
    pub internal: u16,
    pub external: u32,
    pub comment: Vec<u8>,
    pub local_extra: Vec<u8>,
    pub central_extra: Vec<u8>,
    /// What the local record says where it differs.
    pub local: Local,
    /// Written between the data and the next record.
    pub after: Vec<u8>,
    /// Written before the local record.
    pub before: Vec<u8>,
    /// Whether the directory lists it.
    pub listed: bool,
    /// Whether it has a local record and data of its own.
    pub present: bool,
    /// The offset that the directory gives, where it is another one.
    pub offset: Option<u32>,
}

/// Fields of the local record that differ from the directory's.
#[derive(Debug, Clone, Default)]
pub struct Local {
    pub name: Option<Vec<u8>>,
    pub needed: Option<u16>,
    pub flags: Option<u16>,
    pub method: Option<u16>,
    pub stamp: Option<u32>,
    pub crc: Option<u32>,
    pub compressed: Option<u32>,
    pub size: Option<u32>,
}

/// A stored entry as an honest writer makes it.
pub fn stored(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Item {
    let content = content.as_ref();
    Item {
        name: name.as_ref().to_vec(),
        data: content.to_vec(),
        made_by: 20,
        needed: 20,
        flags: 0,
        method: 0,
        stamp: 0x0021_0000,
        crc: crc32fast::hash(content),
        compressed: content.len() as u32,
        size: content.len() as u32,
        disk: 0,
        internal: 0,
        external: 0,
        comment: Vec::new(),
        local_extra: Vec::new(),
        central_extra: Vec::new(),
        local: Local::default(),
        after: Vec::new(),
        before: Vec::new(),
        listed: true,
        present: true,
        offset: None,
    }
}

/// A deflated entry as an honest writer makes it.
pub fn deflated(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Item {
    let data = deflate(content.as_ref());
    Item { method: 8, compressed: data.len() as u32, data, ..stored(name, content) }
}

/// One block with the fixed codes of RFC 1951 §3.2.6: runs of 258 equal bytes as matches, all else as
/// literals. A library would compress better, and differently with each of its versions.
fn deflate(content: &[u8]) -> Vec<u8> {
    const RUN: usize = 258;
    let mut bits = Bits::default();
    // The last block, and fixed codes.
    bits.put(0b011, 3);
    let mut at = 0;
    while at < content.len() {
        let byte = content[at];
        let run = content.get(at..at + RUN).is_some_and(|run| run.iter().all(|next| *next == byte));
        if run && at > 0 && content[at - 1] == byte {
            // Length 258 is code 285, distance 1 is code 0.
            bits.code(0b1100_0101, 8);
            bits.code(0, 5);
            at += RUN;
            continue;
        }
        match byte {
            0..=143 => bits.code(0b0011_0000 + u32::from(byte), 8),
            _ => bits.code(0b1_1001_0000 + u32::from(byte) - 144, 9),
        }
        at += 1;
    }
    // The end of the block.
    bits.code(0, 7);
    bits.bytes
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// A number, its lowest bit first.
    fn put(&mut self, value: u32, length: u32) {
        for bit in 0..length {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= ((value >> bit & 1) as u8) << (self.used % 8);
            self.used += 1;
        }
    }

    /// A Huffman code, its highest bit first.
    fn code(&mut self, value: u32, length: u32) {
        for bit in (0..length).rev() {
            self.put(value >> bit & 1, 1);
        }
    }
}

impl Item {
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// As a writer that cannot seek makes it: zeros before the data, the truth behind them.
    pub fn streamed(mut self, signature: bool) -> Self {
        self.flags |= 8;
        self.local.crc = Some(0);
        self.local.compressed = Some(0);
        self.local.size = Some(0);
        if signature {
            self.after.extend(0x0807_4b50_u32.to_le_bytes());
        }
        for field in [self.crc, self.compressed, self.size] {
            self.after.extend(field.to_le_bytes());
        }
        self
    }
}

/// The records at the end.
#[derive(Debug, Clone, Default)]
pub struct End {
    /// Before everything, without any offset knowing of it.
    pub before: Vec<u8>,
    /// Between the directory and the end record.
    pub gap: Vec<u8>,
    pub comment: Vec<u8>,
    /// Behind everything.
    pub after: Vec<u8>,
    pub disk: u16,
    /// How many entries it says there are, where that is not so.
    pub entries: Option<u16>,
    pub directory_size: Option<u32>,
    pub directory_offset: Option<u32>,
}

/// The archive of these entries.
pub fn archive(items: &[Item]) -> Vec<u8> {
    archive_with(items, &End::default())
}

/// The archive of these entries with another end.
pub fn archive_with(items: &[Item], end: &End) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let mut count = 0;
    for item in items {
        out.extend(&item.before);
        let offset = item.offset.unwrap_or(out.len() as u32);
        if item.present {
            local(&mut out, item);
            out.extend(&item.data);
        }
        out.extend(&item.after);
        if item.listed {
            central(&mut directory, item, offset);
            count += 1;
        }
    }
    let offset = end.directory_offset.unwrap_or(out.len() as u32);
    let size = end.directory_size.unwrap_or(directory.len() as u32);
    out.extend(directory);
    out.extend(&end.gap);
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend(end.disk.to_le_bytes());
    out.extend(end.disk.to_le_bytes());
    let count = end.entries.unwrap_or(count);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend((end.comment.len() as u16).to_le_bytes());
    out.extend(&end.comment);
    out.extend(&end.after);
    [end.before.clone(), out].concat()
}

fn local(out: &mut Vec<u8>, item: &Item) {
    let name = item.local.name.as_ref().unwrap_or(&item.name);
    out.extend(0x0403_4b50_u32.to_le_bytes());
    out.extend(item.local.needed.unwrap_or(item.needed).to_le_bytes());
    out.extend(item.local.flags.unwrap_or(item.flags).to_le_bytes());
    out.extend(item.local.method.unwrap_or(item.method).to_le_bytes());
    out.extend(item.local.stamp.unwrap_or(item.stamp).to_le_bytes());
    out.extend(item.local.crc.unwrap_or(item.crc).to_le_bytes());
    out.extend(item.local.compressed.unwrap_or(item.compressed).to_le_bytes());
    out.extend(item.local.size.unwrap_or(item.size).to_le_bytes());
    out.extend((name.len() as u16).to_le_bytes());
    out.extend((item.local_extra.len() as u16).to_le_bytes());
    out.extend(name);
    out.extend(&item.local_extra);
}

fn central(out: &mut Vec<u8>, item: &Item, offset: u32) {
    out.extend(0x0201_4b50_u32.to_le_bytes());
    out.extend(item.made_by.to_le_bytes());
    out.extend(item.needed.to_le_bytes());
    out.extend(item.flags.to_le_bytes());
    out.extend(item.method.to_le_bytes());
    out.extend(item.stamp.to_le_bytes());
    out.extend(item.crc.to_le_bytes());
    out.extend(item.compressed.to_le_bytes());
    out.extend(item.size.to_le_bytes());
    out.extend((item.name.len() as u16).to_le_bytes());
    out.extend((item.central_extra.len() as u16).to_le_bytes());
    out.extend((item.comment.len() as u16).to_le_bytes());
    out.extend(item.disk.to_le_bytes());
    out.extend(item.internal.to_le_bytes());
    out.extend(item.external.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend(&item.name);
    out.extend(&item.central_extra);
    out.extend(&item.comment);
}

/// One extra field.
pub fn extra(id: u16, body: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// Bytes that do not compress, the same every time.
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..length).map(next).collect()
}
