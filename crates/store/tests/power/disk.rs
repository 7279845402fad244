//! The disk as a power cut leaves it.
//!
//! What is assumed of a disk and its file system:
//!
//! - What was written to a file before the last sync of that file is there.
//! - Of what came after, each block of each write is there or not, in any combination; of one that is not,
//!   the beginning may be, up to any byte. A block has 512 or 4096 bytes. The same goes for a shortening.
//! - Bytes beside those that were written stay as they are, and a block is never both neither old nor new
//!   (SQLite's "powersafe overwrite"). SQLCipher rests on that: it reads the salt in the first 16 bytes of
//!   the file past the log, and they are written again, the same, whenever the first page is. Where a file
//!   grew, there may be anything: it may be as short as before, hold zeros, or what another file left behind.
//! - A file that was made or deleted is there or not until its folder is synced, and then it is as it was.
//!   SQLite syncs the folder together with the first sync of a new log; a deleted log may come back, with
//!   anything that it held and that was not yet gone for certain.

use std::collections::{BTreeMap, HashMap};

use zizhi_testkit::dice::Dice;

use crate::record::Event;

/// What the disk does with a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syncs {
    /// What it is for.
    Done,
    /// Nothing, and it says that it is done.
    Ignored,
}

/// The files of one folder: what is on the disk for certain, and what is under way.
pub struct Disk<'r> {
    syncs: Syncs,
    files: Vec<File<'r>>,
    /// What each name may stand for, the last one being what it stands for while the power is on.
    names: BTreeMap<String, Vec<Option<usize>>>,
    handles: HashMap<usize, Handle>,
}

struct File<'r> {
    durable: Vec<u8>,
    pending: Vec<Change<'r>>,
}

enum Change<'r> {
    Written(usize, &'r [u8]),
    Truncated(usize),
}

struct Handle {
    file: usize,
    syncs_folder: bool,
}

impl<'r> Disk<'r> {
    /// A folder that holds one file for certain.
    pub fn new(syncs: Syncs, name: &str, bytes: &[u8]) -> Self {
        let files = vec![File { durable: bytes.to_vec(), pending: Vec::new() }];
        let names = BTreeMap::from([(name.to_owned(), vec![Some(0)])]);
        Self { syncs, files, names, handles: HashMap::new() }
    }

    pub fn after(&mut self, event: &'r Event) {
        match event {
            Event::Opened { handle, name, fresh, syncs_folder } => {
                let stands_for = self.names.entry(name.clone()).or_insert_with(|| vec![None]);
                if *fresh {
                    stands_for.push(Some(self.files.len()));
                    self.files.push(File { durable: Vec::new(), pending: Vec::new() });
                }
                let file = stands_for.last().unwrap().unwrap();
                self.handles.insert(*handle, Handle { file, syncs_folder: *syncs_folder });
            }
            Event::Written { handle, at, bytes } => self.change(*handle, Change::Written(*at, bytes)),
            Event::Truncated { handle, length } => self.change(*handle, Change::Truncated(*length)),
            Event::Synced { handle } if self.syncs == Syncs::Done => {
                let handle = self.handles.get_mut(handle).unwrap();
                self.files[handle.file].sync();
                if std::mem::take(&mut handle.syncs_folder) {
                    self.sync_folder();
                }
            }
            Event::Deleted { name, syncs_folder } => {
                self.names.get_mut(name).unwrap().push(None);
                if *syncs_folder && self.syncs == Syncs::Done {
                    self.sync_folder();
                }
            }
            Event::Synced { .. } | Event::Acknowledged | Event::Locked { .. } => {}
        }
    }

    /// What is found once the power is back.
    pub fn cut(&self, dice: &Dice) -> Vec<(&str, Vec<u8>)> {
        let mut found = Vec::new();
        for (name, stands_for) in &self.names {
            if let Some(file) = stands_for[dice.place(stands_for.len())] {
                found.push((name.as_str(), self.files[file].cut(dice)));
            }
        }
        found
    }

    fn change(&mut self, handle: usize, change: Change<'r>) {
        self.files[self.handles[&handle].file].pending.push(change);
    }

    fn sync_folder(&mut self) {
        for stands_for in self.names.values_mut() {
            stands_for.drain(..stands_for.len() - 1);
        }
    }
}

impl File<'_> {
    fn sync(&mut self) {
        for change in self.pending.drain(..) {
            match change {
                Change::Written(at, bytes) => put(&mut self.durable, at, bytes),
                Change::Truncated(length) => self.durable.resize(length, 0),
            }
        }
    }

    fn cut(&self, dice: &Dice) -> Vec<u8> {
        let mut left = self.durable.clone();
        let odds = dice.one_of(&[0, 10, 50, 90, 100]);
        let block = dice.one_of(&[512, 4096]);
        grow(&mut left, self.pending.iter().map(Change::end).max().unwrap_or(0), dice);
        for change in &self.pending {
            match *change {
                Change::Truncated(length) if dice.percent(odds) => left.resize(length, 0),
                Change::Truncated(_) => {}
                Change::Written(mut at, mut bytes) => {
                    while !bytes.is_empty() {
                        let (piece, rest) = bytes.split_at(bytes.len().min(block - at % block));
                        let kept = match dice.percent(odds) {
                            true => piece.len(),
                            false if dice.percent(3) => dice.place(piece.len()),
                            false => 0,
                        };
                        put(&mut left, at, &piece[..kept]);
                        (at, bytes) = (at + piece.len(), rest);
                    }
                }
            }
        }
        left
    }
}

impl Change<'_> {
    fn end(&self) -> usize {
        match self {
            Change::Written(at, bytes) => at + bytes.len(),
            Change::Truncated(length) => *length,
        }
    }
}

/// The length that a file was to have may be on the disk before what is to stand there.
fn grow(left: &mut Vec<u8>, end: usize, dice: &Dice) {
    let more = end.saturating_sub(left.len());
    match dice.below(3) {
        0 if more > 0 => left.resize(end, 0),
        1 if more > 0 => {
            let length = dice.place(more + 1);
            left.extend(dice.rubbish(length));
        }
        _ => {}
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, written: &[u8]) {
    if written.is_empty() {
        return;
    }
    bytes.resize(bytes.len().max(at + written.len()), 0);
    bytes[at..at + written.len()].copy_from_slice(written);
}
