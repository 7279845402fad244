//! Which status lists changed since a reader last asked, so that nobody asks for each of them (docs/hub.md §3).
//!
//! What a hub publishes has a **state**: the digest of all its status lists by name. A file beside the tree keeps the
//! last states, each with the names that changed after it. The first state is that of no lists, the digest of nothing.
//! Hubs that published the same trees know the same states; where a reader's state is not known, every list may have
//! changed, and all are told. Nothing here is signed or trusted: a hub that left a list out could as well say that the
//! list is as it was, and its age tells.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fmt, fs, io};

use zizhi_sync::Digest;
use zizhi_sync::api::PublicChanges;

use super::{files, is_nothing, write_whole};

/// The folder of the lists.
const LISTS: &str = "status";
/// The states that are kept; with a tree an hour that is more than two weeks.
const STATES: usize = 400;

/// The status lists of a tree.
#[derive(Debug, PartialEq, Eq)]
pub struct Listing(BTreeMap<String, Digest>);

impl Listing {
    /// What lies under `root`.
    ///
    /// # Errors
    /// What the file system says.
    pub fn of(root: &Path) -> io::Result<Self> {
        let mut lists = BTreeMap::new();
        for path in files(root, &[LISTS])? {
            let bytes = fs::read(root.join(&path))?;
            lists.insert(name(&path), Digest::of(&bytes));
        }
        Ok(Self(lists))
    }

    fn state(&self) -> Digest {
        let lines: String = self.0.iter().map(|(name, digest)| format!("{name} {digest}\n")).collect();
        Digest::of(lines.as_bytes())
    }

    /// The lists that are not as they were, or were not there.
    fn changed_since<'l>(&'l self, before: &'l Self) -> impl Iterator<Item = &'l str> {
        let differs = |(name, digest): &(&String, &Digest)| before.0.get(*name) != Some(*digest);
        self.0.iter().filter(differs).map(|(name, _)| name.as_str())
    }
}

/// Notes that the lists under `root` were as `before` and are now as they are there.
///
/// # Errors
/// What the file system says. The tree is whole then; readers only ask for each list.
pub fn record(root: &Path, before: &Listing) -> io::Result<()> {
    let now = Listing::of(root)?;
    let (was, is) = (before.state(), now.state());
    let mut log = read(root)?.filter(|log| log.now == was).unwrap_or(Log { past: Vec::new(), now: was });
    if was != is {
        let names = now.changed_since(before).map(str::to_owned).collect();
        log.past.push((was, names));
        log.past.drain(..log.past.len().saturating_sub(STATES));
        log.now = is;
    }
    // Written anew also where nothing changed: it must not be older than the lists.
    write_whole(&place(root), log.to_string().as_bytes())
}

/// What changed under `root` since a state. Nothing where that was not noted: no tree was ever published, or
/// somebody put lists into it in another way.
///
/// # Errors
/// What the file system says.
pub fn since(root: &Path, state: Digest) -> io::Result<Option<PublicChanges>> {
    if changed_at(&root.join(LISTS))? > changed_at(&place(root))? {
        return Ok(None);
    }
    let Some(log) = read(root)? else { return Ok(None) };
    // Whoever asks hears of lists that are new by their names alone: a reader whose state is not known is told all.
    let lists = match log.since(state) {
        Some(changed) => changed,
        None => names(root)?,
    };
    Ok(Some(PublicChanges { state: log.now, lists: Some(lists) }))
}

/// The lists that there are, by name.
fn names(root: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = files(root, &[LISTS])?.iter().map(|path| name(path)).collect();
    names.sort();
    Ok(names)
}

/// A list's name: where it lies below the folder of the lists.
fn name(path: &str) -> String {
    path.strip_prefix(LISTS).unwrap_or(path).trim_start_matches('/').to_owned()
}

/// When a file or folder was changed last; nothing if it is not there, which is before everything else.
fn changed_at(path: &Path) -> io::Result<Option<SystemTime>> {
    match fs::metadata(path) {
        Ok(found) => found.modified().map(Some),
        Err(error) if is_nothing(error.kind()) => Ok(None),
        Err(error) => Err(error),
    }
}

fn place(root: &Path) -> PathBuf {
    root.join(".changes")
}

/// A line for each past state, the oldest first: its digest and the names that changed after it. The last line is the
/// state that is.
struct Log {
    past: Vec<(Digest, Vec<String>)>,
    now: Digest,
}

impl Log {
    /// The names that changed since; nothing if the state is not known.
    fn since(&self, state: Digest) -> Option<Vec<String>> {
        if state == self.now {
            return Some(Vec::new());
        }
        let from = self.past.iter().rposition(|(past, _)| *past == state)?;
        let names: BTreeSet<&String> = self.past.iter().skip(from).flat_map(|(_, names)| names).collect();
        Some(names.into_iter().cloned().collect())
    }

    fn parse(text: &str) -> Option<Self> {
        let mut past = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let mut words = line.split(' ');
            let state = Digest::parse(words.next()?)?;
            if lines.peek().is_none() {
                return Some(Self { past, now: state });
            }
            past.push((state, words.map(str::to_owned).collect()));
        }
        None
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (state, names) in &self.past {
            write!(f, "{state}")?;
            names.iter().try_for_each(|name| write!(f, " {name}"))?;
            writeln!(f)?;
        }
        writeln!(f, "{}", self.now)
    }
}

/// The file; nothing if it is not there. One that cannot be read is begun anew.
fn read(root: &Path) -> io::Result<Option<Log>> {
    match fs::read(place(root)) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok().and_then(|text| Log::parse(&text))),
        Err(error) if is_nothing(error.kind()) => Ok(None),
        Err(error) => Err(error),
    }
}
