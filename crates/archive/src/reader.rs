//! Opening an archive and reading its entries.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::{self, Read, Seek};
use std::sync::Arc;

use crate::extract::{Expected, Extract};
use crate::layout::Place;
use crate::problem::{ArchiveError, Code, Fault, Problem};
use crate::window::Window;
use crate::{Bounds, Profile, directory, layout, meta, record, tail};

/// Bytes read at once. Large enough that a digest over them costs as much as one over the file.
pub(crate) const BLOCK: usize = 256 * 1024;
/// How often the file's own limit all entries together may inflate to.
const TOTAL_FACTOR: u64 = 8;
/// Bytes that may be inflated in all, unseen, to tell a wrong size from a bomb.
const PROBE: u64 = 256 * 1024 * 1024;

/// How the content of an entry is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As it is.
    Stored,
    /// Compressed with deflate (RFC 1951).
    Deflate,
}

/// One entry as the directory describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name. Safe as a path only if no problem of the archive names this entry.
    pub name: String,
    /// How its content is kept.
    pub method: Method,
    /// Bytes of its content.
    pub size: u64,
    /// Bytes that the content takes in the file.
    pub compressed: u64,
    /// CRC-32 of its content.
    pub crc: u32,
    /// Whether it is a directory, which has no content.
    pub directory: bool,
    /// Where its record begins in the file.
    pub offset: u64,
}

/// An open archive.
pub struct Archive<R> {
    window: Window<R>,
    bounds: Bounds,
    entries: Vec<Entry>,
    places: Vec<Place>,
    barred: Vec<Option<Fault>>,
    by_name: HashMap<String, usize>,
    problems: Vec<Problem>,
    probe: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens a package and accepts it only if nothing at all is wrong with its structure. The content
    /// of an entry is checked when it is read.
    ///
    /// # Errors
    /// The first problem, or [`ArchiveError::Io`].
    pub fn open(reader: R, bounds: &Bounds) -> Result<Self, ArchiveError> {
        let mut archive = Self::examine(reader, bounds, Profile::Package)?;
        match archive.problems.is_empty() {
            true => Ok(archive),
            false => Err(ArchiveError::Refused(archive.problems.swap_remove(0))),
        }
    }

    /// Opens an archive and collects everything that is wrong with it in [`Archive::problems`].
    ///
    /// # Errors
    /// [`ArchiveError::Refused`] where there is no way on: the file or the number of entries is over
    /// its limit, or the directory cannot be read. [`ArchiveError::Io`] if bytes cannot be fetched.
    pub fn examine(reader: R, bounds: &Bounds, profile: Profile) -> Result<Self, ArchiveError> {
        let mut window = Window::new(reader)?;
        if window.length() > bounds.file_bytes {
            return Err(ArchiveError::Refused(
                Fault::new(Code::Size, "the file is larger than allowed")
                    .found(window.length())
                    .over(bounds.file_bytes)
                    .overall(),
            ));
        }
        let mut problems = Vec::new();
        let tail = tail::find(&mut window, bounds.entries, &mut problems)?;
        let mut listed = directory::read(&mut window, &tail, bounds, profile)?;
        let places = layout::check(&mut window, &tail, &mut listed, &mut problems)?;

        if !meta::one_writer(listed.iter().map(|entry| &entry.central)) {
            problems.push(
                Fault::new(Code::Corrupt, "the entries claim to come from different programs").overall(),
            );
        }
        let mut by_name = HashMap::with_capacity(listed.len());
        let mut folded = HashSet::with_capacity(listed.len());
        let mut total: u64 = 0;
        let most = bounds.file_bytes.saturating_mul(TOTAL_FACTOR);
        for (index, entry) in listed.iter_mut().enumerate() {
            // Systems that fold case would let one of the two overwrite the other.
            if !folded.insert(entry.name.trim_end_matches('/').to_lowercase()) {
                entry.faults.push(Fault::new(Code::Dup, "the name occurs twice, letter case aside"));
            }
            by_name.entry(entry.name.clone()).or_insert(index);
            total = total.saturating_add(u64::from(entry.central.common.size));
            if total > most {
                let fault = Fault::new(Code::Size, "all entries together inflate to more than allowed");
                entry.bar(fault.found(total).over(most));
            }
            problems.extend(entry.faults.iter().map(|fault| fault.at(&entry.name)));
        }
        let barred = listed.iter().map(|entry| entry.barred).collect();
        let entries = listed.into_iter().zip(&places).map(|(entry, place)| entry.into_entry(place)).collect();
        Ok(Self { window, bounds: *bounds, entries, places, barred, by_name, problems, probe: PROBE })
    }

    /// The entries in the order of the directory.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Everything that is wrong with the structure. Empty for an archive that can be relied on.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Bytes of the file.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.window.length()
    }

    /// The position in [`Archive::entries`] of the first entry called exactly `name`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Whether the structure allows the content of this entry to be read.
    #[must_use]
    pub fn is_readable(&self, index: usize) -> bool {
        matches!(self.barred.get(index), Some(None))
    }

    /// The content of an entry of at most `max` bytes, checked against size and checksum.
    ///
    /// # Errors
    /// As [`Archive::stream`], and [`Code::Size`] for a longer entry.
    pub fn read(&mut self, index: usize, max: u64) -> Result<Vec<u8>, ArchiveError> {
        let size = self.entries.get(index).map_or(0, |entry| entry.size);
        if size > max {
            let fault = Fault::new(Code::Size, "the entry is larger than allowed here").found(size).over(max);
            return Err(ArchiveError::Refused(self.problem(index, fault)));
        }
        let mut content = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(BLOCK));
        self.stream(index, &mut |bytes: &[u8]| content.extend_from_slice(bytes))?;
        Ok(content)
    }

    /// Hands the content of an entry to `sink` piece by piece and gives its size. What the sink got
    /// may be used only if the result is `Ok`: the checksum is known at the end.
    ///
    /// # Errors
    /// [`ArchiveError::Refused`] if the structure bars the entry or its content is not what the
    /// directory says; [`ArchiveError::Io`] if bytes cannot be fetched.
    pub fn stream(&mut self, index: usize, sink: &mut impl FnMut(&[u8])) -> Result<u64, ArchiveError> {
        match self.barred.get(index) {
            Some(None) => {}
            Some(Some(fault)) => return Err(ArchiveError::Refused(self.problem(index, *fault))),
            None => return Err(io::Error::from(io::ErrorKind::NotFound).into()),
        }
        let (start, end) = self.span(index);
        let mut extract = self.extract(index);
        let mut buffer = vec![0; usize::try_from(end - start).unwrap_or(BLOCK).min(BLOCK)];
        let mut at = start;
        while at < end {
            let wanted = usize::try_from(end - at).unwrap_or(BLOCK).min(buffer.len());
            let piece = buffer.get_mut(..wanted).unwrap_or_default();
            self.window.read_into(at, piece)?;
            extract.push(piece, sink);
            at += wanted as u64;
        }
        self.close(index, extract).map_err(ArchiveError::Refused)
    }

    /// Where the data of an entry begins and ends.
    pub(crate) fn span(&self, index: usize) -> (u64, u64) {
        let start = self.places.get(index).map_or(0, |place| place.data);
        (start, start + self.entries.get(index).map_or(0, |entry| entry.compressed))
    }

    /// The whole file, if it is small enough to be held.
    pub(crate) fn whole(&self) -> Option<Arc<Vec<u8>>> {
        self.window.whole()
    }

    pub(crate) fn read_raw(&mut self, at: u64, buffer: &mut [u8]) -> Result<(), ArchiveError> {
        Ok(self.window.read_into(at, buffer)?)
    }

    pub(crate) fn extract(&self, index: usize) -> Extract {
        let entry = self.entries.get(index);
        let compressed = entry.map_or(0, |entry| entry.compressed);
        Extract::new(Expected {
            deflated: entry.is_some_and(|entry| entry.method == Method::Deflate),
            size: entry.map_or(0, |entry| entry.size),
            compressed,
            crc: entry.map_or(0, |entry| entry.crc),
            most: compressed.saturating_mul(self.bounds.ratio),
            slack: self.probe,
        })
    }

    pub(crate) fn close(&mut self, index: usize, extract: Extract) -> Result<u64, Problem> {
        self.probe = self.probe.saturating_sub(extract.excess());
        extract.finish().map_err(|fault| self.problem(index, fault))
    }

    fn problem(&self, index: usize, fault: Fault) -> Problem {
        self.entries.get(index).map_or_else(|| fault.overall(), |entry| fault.at(&entry.name))
    }
}

impl<R> fmt::Debug for Archive<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive")
            .field("entries", &self.entries)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

impl directory::Listed {
    fn into_entry(self, place: &Place) -> Entry {
        let common = self.central.common;
        Entry {
            directory: self.directory(),
            method: if common.method == record::METHOD_DEFLATE { Method::Deflate } else { Method::Stored },
            size: u64::from(common.size),
            compressed: u64::from(common.compressed),
            crc: common.crc,
            offset: place.record,
            name: self.name,
        }
    }
}
