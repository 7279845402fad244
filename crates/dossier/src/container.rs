//! The container: what is in the file, whoever made it, and whether that is what the manifest lists.

mod collect;
mod file_digest;
mod looks;

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom};

use zizhi_archive::{Archive, ArchiveError, Bounds, Code, Method, Profile};
use zizhi_model::{CheckCode, Limits};

use crate::digest::Digest;
use crate::manifest::{AttachmentRef, CredentialRef, Manifest};
use crate::problem::{Problem, bytes};
use crate::{MANIFEST, WHOLE};
use collect::Collect;
pub use looks::looks;

/// What was found in a file that is said to be a dossier. Nothing of it is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Bytes of the file.
    pub size: u64,
    /// Digest of the file. Absent only where the file is over its limit and was therefore not read.
    pub sha256: Option<Digest>,
    /// Every broken rule of the container. While there is one, the dossier fails.
    pub problems: Vec<Problem>,
    /// The manifest as text, if there is one that can be read.
    pub manifest: Option<String>,
    /// The entries below `credentials/`.
    pub credentials: Vec<Credential>,
    /// The entries below `attachments/`.
    pub attachments: Vec<Observed>,
    /// The names of all entries, in the order of the directory.
    pub entries: Vec<String>,
}

/// A presentation as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Name of the entry.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Digest of its content.
    pub sha256: Digest,
}

/// An attachment as it was found; its content is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// Name of the entry.
    pub path: String,
    /// Bytes of its content.
    pub size: u64,
    /// Digest of its content.
    pub sha256: Digest,
}

/// The place of an entry in the order of formats.md §5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Mimetype,
    Manifest,
    Credential,
    Attachment,
    Other,
}

impl Role {
    fn of(name: &str) -> Self {
        match name {
            "mimetype" => Self::Mimetype,
            MANIFEST => Self::Manifest,
            _ if name.starts_with("credentials/") => Self::Credential,
            _ if name.starts_with("attachments/") => Self::Attachment,
            _ => Self::Other,
        }
    }
}

/// Reads a dossier once from end to end and says what is in it. Memory does not grow with the
/// attachments; the manifest and the credentials are kept, up to [`collect::CREDENTIALS_BYTES`] in all.
///
/// A content that does not fit its checksum is noted as `ZIP-CORRUPT` and all the same handed on, so
/// that the manifest's digest and the signatures can say what is wrong as well.
///
/// # Errors
/// Only if bytes cannot be fetched. Whatever the bytes are, there is an answer.
pub fn open(mut reader: impl Read + Seek, limits: &Limits) -> io::Result<Opened> {
    let size = reader.seek(SeekFrom::End(0))?;
    let mut opened = Opened {
        size,
        sha256: None,
        problems: Vec::new(),
        manifest: None,
        credentials: Vec::new(),
        attachments: Vec::new(),
        entries: Vec::new(),
    };
    if size > limits.file_bytes {
        let problem = Problem::new(CheckCode::LimitSize, WHOLE).with("actual", bytes(size));
        opened.problems.push(problem.with("limit", bytes(limits.file_bytes)));
        return Ok(opened);
    }
    let bounds = Bounds {
        file_bytes: limits.file_bytes,
        entry_bytes: limits.entry_bytes,
        entries: limits.entries,
        ratio: limits.ratio,
    };
    match Archive::examine(&mut reader, &bounds, Profile::Dossier) {
        Ok(mut archive) => read(&mut archive, limits, &mut opened)?,
        Err(ArchiveError::Io(error)) => return Err(error),
        Err(ArchiveError::Refused(problem)) => {
            let mut told = from_archive(&problem);
            reader.rewind()?;
            let corrupt = told.code == CheckCode::ZipCorrupt;
            if let Some(other) = if corrupt { looks(&mut reader)? } else { None } {
                told = told.with("looks", other);
            }
            opened.problems.push(told);
            reader.rewind()?;
            opened.sha256 = Some(Digest::of_reader(reader.take(size))?.0);
        }
    }
    Ok(opened)
}

fn read<R: Read + Seek>(archive: &mut Archive<R>, limits: &Limits, opened: &mut Opened) -> io::Result<()> {
    opened.entries = archive.entries().iter().map(|entry| entry.name.clone()).collect();
    opened.problems.extend(archive.problems().iter().map(from_archive));
    opened.problems.extend(order(archive));

    // formats.md §5: the first entry is `mimetype`, stored; the manifest has to be there.
    match archive.find("mimetype").and_then(|index| archive.entries().get(index)) {
        None => opened.problems.push(mimetype("absent")),
        Some(entry) if entry.method != Method::Stored => opened.problems.push(mimetype("compressed")),
        Some(_) => {}
    }
    if archive.find(MANIFEST).is_none() {
        opened.problems.push(Problem::new(CheckCode::ZipMissing, MANIFEST));
    }
    // formats.md §5: no others. Those below the two folders are compared with the manifest.
    let others = opened.entries.iter().filter(|name| Role::of(name) == Role::Other && !name.ends_with('/'));
    opened.problems.extend(others.map(|name| Problem::new(CheckCode::ZipExtra, name.as_str())));

    let (outcome, digest) = file_digest::beside(opened.size, |raw| {
        let mut collect = Collect::new(archive, limits, opened, raw);
        archive.pass(&mut collect)
    });
    match outcome {
        Ok(()) => opened.sha256 = Some(digest),
        Err(ArchiveError::Io(error)) => return Err(error),
        Err(ArchiveError::Refused(problem)) => opened.problems.push(from_archive(&problem)),
    }
    Ok(())
}

/// formats.md §5: entries in this order. It has to hold for the records and for the directory, since
/// programs go by the one or the other.
fn order<R: Read + Seek>(archive: &Archive<R>) -> Option<Problem> {
    let mut entries: Vec<_> =
        archive.entries().iter().filter(|entry| Role::of(&entry.name) != Role::Other).collect();
    let first_out_of_order = |entries: &[&zizhi_archive::Entry]| {
        let pairs = entries.iter().zip(entries.iter().skip(1));
        pairs
            .filter(|(before, after)| Role::of(&before.name) > Role::of(&after.name))
            .map(|(_, after)| after.name.clone())
            .next()
    };
    let by_directory = first_out_of_order(&entries);
    entries.sort_by_key(|entry| entry.offset);
    let name = by_directory.or_else(|| first_out_of_order(&entries))?;
    Some(Problem::new(CheckCode::ZipOrder, name))
}

fn mimetype(detail: &'static str) -> Problem {
    Problem::new(CheckCode::ZipMimetype, "mimetype").with("detail", detail)
}

fn from_archive(problem: &zizhi_archive::Problem) -> Problem {
    let code = match problem.code {
        Code::Corrupt => CheckCode::ZipCorrupt,
        Code::Extra => CheckCode::ZipExtra,
        Code::Path => CheckCode::ZipPath,
        Code::Dup => CheckCode::ZipDup,
        Code::Symlink => CheckCode::ZipSymlink,
        Code::Encrypted => CheckCode::ZipEncrypted,
        Code::Prepended => CheckCode::ZipPrepended,
        Code::Trailing => CheckCode::ZipTrailing,
        Code::Mismatch => CheckCode::ZipMismatch,
        Code::Size => CheckCode::LimitSize,
        Code::Count => CheckCode::LimitCount,
        Code::Ratio => CheckCode::LimitRatio,
    };
    let mut out = Problem::new(code, problem.entry.as_deref().unwrap_or(WHOLE));
    for (name, number) in [("actual", problem.actual), ("limit", problem.limit)] {
        if let Some(number) = number {
            out = out.with(name, bytes(number));
        }
    }
    out.with("detail", problem.detail)
}

/// Holds what the manifest lists against what was found: `ZIP-EXTRA`, `ZIP-MISSING`, `ZIP-PATH`,
/// `ZIP-DUP`, `HASH-CREDENTIAL`, `HASH-ATTACH`.
///
/// An entry that is there and could not be read has its problem in [`Opened::problems`] already.
#[must_use]
pub fn compare(manifest: &Manifest, opened: &Opened) -> Vec<Problem> {
    let mut problems = Vec::new();
    let present: HashSet<&str> = opened.entries.iter().map(String::as_str).collect();
    let found: HashMap<&str, &Credential> =
        opened.credentials.iter().map(|credential| (credential.path.as_str(), credential)).collect();
    let observed: HashMap<&str, &Observed> =
        opened.attachments.iter().map(|attachment| (attachment.path.as_str(), attachment)).collect();
    let mut listed: HashSet<&str> = HashSet::new();

    for entry in &manifest.credentials {
        let path = entry.path.as_str();
        if !is_credential_path(path) {
            problems.push(Problem::new(CheckCode::ZipPath, path));
        }
        if !listed.insert(path) {
            problems.push(Problem::new(CheckCode::ZipDup, path));
        }
        match found.get(path) {
            Some(credential) => problems.extend(credential_differs(entry, credential)),
            None if present.contains(path) && Role::of(path) == Role::Credential => {}
            None => problems.push(Problem::new(CheckCode::ZipMissing, path)),
        }
    }
    for entry in &manifest.attachments {
        let path = entry.path.as_str();
        match attachment_path_digest(path) {
            None => problems.push(Problem::new(CheckCode::ZipPath, path)),
            // The name of the file is a digest too; of two digests at most one is right.
            Some(named) if named != entry.sha256 => {
                problems.push(attachment_differs(entry, &named, entry.size))
            }
            Some(_) => {}
        }
        listed.insert(path);
        match observed.get(path) {
            Some(observed) if observed.sha256 == entry.sha256 && observed.size == entry.size => {}
            Some(observed) => problems.push(attachment_differs(entry, &observed.sha256, observed.size)),
            None if present.contains(path) && Role::of(path) == Role::Attachment => {}
            None => problems.push(Problem::new(CheckCode::ZipMissing, path)),
        }
    }
    let unlisted = opened.entries.iter().filter(|name| {
        matches!(Role::of(name), Role::Credential | Role::Attachment)
            && !name.ends_with('/')
            && !listed.contains(name.as_str())
    });
    problems.extend(unlisted.map(|name| Problem::new(CheckCode::ZipExtra, name.as_str())));
    problems
}

/// The paths of the attachments that are there with the size and digest that the manifest states.
#[must_use]
pub fn intact<'m>(manifest: &'m Manifest, opened: &Opened) -> HashSet<&'m str> {
    let found: HashMap<&str, _> = opened.attachments.iter().map(|it| (it.path.as_str(), it)).collect();
    let same = |entry: &&AttachmentRef| {
        found.get(entry.path.as_str()).is_some_and(|it| it.sha256 == entry.sha256 && it.size == entry.size)
            && attachment_path_digest(&entry.path).is_some_and(|named| named == entry.sha256)
    };
    manifest.attachments.iter().filter(same).map(|entry| entry.path.as_str()).collect()
}

fn credential_differs(entry: &CredentialRef, found: &Credential) -> Option<Problem> {
    (entry.sha256 != found.sha256).then(|| {
        Problem::new(CheckCode::HashCredential, entry.path.as_str())
            .with("expected", entry.sha256.hex())
            .with("found", found.sha256.hex())
    })
}

fn attachment_differs(entry: &AttachmentRef, found: &Digest, size: u64) -> Problem {
    let problem = Problem::new(CheckCode::HashAttach, entry.path.as_str())
        .with("name", entry.name.clone())
        .with("expected", entry.sha256.hex())
        .with("found", found.hex());
    if size == entry.size {
        problem
    } else {
        problem.with("expected_size", bytes(entry.size)).with("found_size", bytes(size))
    }
}

/// `credentials/NNN.sdjwt`: three digits, or more where a dossier has more than 999.
fn is_credential_path(path: &str) -> bool {
    path.strip_prefix("credentials/").and_then(|rest| rest.strip_suffix(".sdjwt")).is_some_and(|number| {
        (3..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `attachments/` and 64 hexadecimal digits in lower case.
fn attachment_path_digest(path: &str) -> Option<Digest> {
    let name = path.strip_prefix("attachments/").filter(|name| name.len() == 64)?;
    Digest::parse(name).filter(|digest| digest.hex() == name)
}
