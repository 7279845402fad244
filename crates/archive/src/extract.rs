//! Content of one entry, pushed in as it is read and handed on as it comes out.

use flate2::{Decompress, FlushDecompress, Status};

use crate::problem::{CHECKSUM, Code, Fault};

/// Bytes inflated at once.
const OUT: usize = 64 * 1024;

/// What the directory says of the entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    pub deflated: bool,
    pub size: u64,
    pub compressed: u64,
    pub crc: u32,
    /// Inflated bytes at which the ratio is exceeded.
    pub most: u64,
    /// Bytes that may be inflated beyond `size`, unseen, to tell a wrong size from a bomb.
    pub slack: u64,
}

pub(crate) struct Extract {
    expected: Expected,
    crc: crc32fast::Hasher,
    inflate: Option<Inflate>,
    taken: u64,
    given: u64,
    fault: Option<Fault>,
}

struct Inflate {
    state: Decompress,
    out: Vec<u8>,
    ended: bool,
}

impl Extract {
    pub(crate) fn new(expected: Expected) -> Self {
        let inflate = expected.deflated.then(|| Inflate {
            state: Decompress::new(false),
            out: vec![0; OUT],
            ended: false,
        });
        Self { expected, crc: crc32fast::Hasher::new(), inflate, taken: 0, given: 0, fault: None }
    }

    /// Takes the next bytes of the entry and hands their content on.
    pub(crate) fn push(&mut self, raw: &[u8], sink: &mut impl FnMut(&[u8])) {
        self.taken += raw.len() as u64;
        if self.fault.is_some() {
            return;
        }
        match &mut self.inflate {
            None => {
                self.crc.update(raw);
                self.given += raw.len() as u64;
                sink(raw);
            }
            Some(inflate) => {
                let (crc, given) = (&mut self.crc, &mut self.given);
                self.fault = inflate.push(raw, &self.expected, crc, given, sink).err();
            }
        }
    }

    /// Bytes inflated beyond the stated size.
    pub(crate) fn excess(&self) -> u64 {
        self.given.saturating_sub(self.expected.size)
    }

    /// The size of the content, if it is what the directory says.
    pub(crate) fn finish(self) -> Result<u64, Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.taken != self.expected.compressed || self.inflate.is_some_and(|inflate| !inflate.ended) {
            return Err(Fault::new(Code::Corrupt, "the content is cut short"));
        }
        if self.given != self.expected.size {
            return Err(Fault::new(Code::Corrupt, "the content has another size than its record says"));
        }
        if self.crc.finalize() != self.expected.crc {
            return Err(Fault::new(Code::Corrupt, CHECKSUM));
        }
        Ok(self.given)
    }
}

impl Inflate {
    fn push(
        &mut self,
        mut raw: &[u8],
        expected: &Expected,
        crc: &mut crc32fast::Hasher,
        given: &mut u64,
        sink: &mut impl FnMut(&[u8]),
    ) -> Result<(), Fault> {
        loop {
            if self.ended {
                return if raw.is_empty() {
                    Ok(())
                } else {
                    Err(Fault::new(Code::Corrupt, "there are bytes behind the end of the compressed content"))
                };
            }
            let (taken_before, given_before) = (self.state.total_in(), self.state.total_out());
            let status = self
                .state
                .decompress(raw, &mut self.out, FlushDecompress::None)
                .map_err(|_| Fault::new(Code::Corrupt, "the compressed content cannot be read"))?;
            let taken = usize::try_from(self.state.total_in() - taken_before).unwrap_or(raw.len());
            let made = self.state.total_out() - given_before;
            raw = raw.get(taken..).unwrap_or_default();
            self.ended = status == Status::StreamEnd;

            let room = expected.size.saturating_sub(*given).min(made);
            *given += made;
            if *given > expected.most {
                let ratio = expected.most / expected.compressed.max(1);
                return Err(Fault::new(Code::Ratio, "the entry inflates to more than allowed").over(ratio));
            }
            if *given - expected.size.min(*given) > expected.slack {
                return Err(Fault::new(Code::Corrupt, "the entry inflates to more than its record says"));
            }
            let fresh = self.out.get(..usize::try_from(room).unwrap_or(0)).unwrap_or_default();
            if !fresh.is_empty() {
                crc.update(fresh);
                sink(fresh);
            }
            if !self.ended && taken == 0 && made == 0 {
                return Ok(());
            }
        }
    }
}
