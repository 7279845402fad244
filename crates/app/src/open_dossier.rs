//! Opens a dossier to look inside and to take its attachments out. This is not verification: it says
//! what the firm's manifest lists and whether the files are those, and nothing about their worth.

use std::collections::HashSet;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use zizhi_archive::{Archive, ArchiveError, Bounds, Profile};
use zizhi_crypto::digest::Sha256;
use zizhi_dossier::container::{compare, intact};
use zizhi_dossier::manifest::AttachmentRef;
use zizhi_dossier::{Digest, Manifest, Opened, manifest};
use zizhi_model::{Check, CheckCode, Limits, Outcome, Text};

use crate::claim_lines::metadata;
use crate::failure::Failure;
use crate::output::Output;
use crate::verify_file::plain_file;

/// What is in a dossier.
#[derive(Debug, Serialize)]
pub struct InDossier {
    /// SHA-256 of the dossier (of what was sealed), base64url.
    pub sha256: Option<String>,
    /// What the manifest says; nothing if it cannot be read or is not signed by the key it names.
    pub manifest: Option<Manifest>,
    /// The credentials, with what their types are called.
    pub credentials: Vec<Listed>,
    /// The attachments.
    pub attachments: Vec<Listed>,
    /// Everything that is wrong with container and manifest.
    pub checks: Vec<Check>,
}

/// One file of a dossier.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// Its path in the container.
    pub path: String,
    /// What it is called: the type of a credential, the name of an attachment.
    pub name: String,
    /// What the type of a credential is called.
    pub title: Option<Text>,
    /// What kind it is.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// Whether it is there with the digest that the manifest lists.
    pub intact: bool,
}

/// An attachment that was taken out.
#[derive(Debug, Serialize)]
pub struct Extracted {
    /// Its path in the container.
    pub path: String,
    /// Where it was put.
    pub file: PathBuf,
}

/// Looks into the dossier at `path`. Whatever the bytes are, there is an answer.
///
/// # Errors
/// `IO-READ`; `SEAL-IDENTITY`, `SEAL-DAMAGED` if it is sealed and no identity opens it.
pub fn open_dossier(path: &Path, identities: &[String]) -> Result<InDossier, Failure> {
    let limits = Limits::default();
    let file = plain_file(path, identities, &limits)?;
    let opened = zizhi_dossier::open(file, &limits).map_err(|error| Failure::unreadable(path, error))?;
    Ok(describe(&opened, &limits))
}

/// Takes out every attachment that is intact. Names that could mean something else on some system are
/// replaced.
///
/// # Errors
/// As [`open_dossier`]; `EXTRACT-NOTHING` if the manifest does not hold; `IO-EXISTS`, `IO-WRITE`.
pub fn extract(
    path: &Path,
    identities: &[String],
    into: &Path,
) -> Result<(InDossier, Vec<Extracted>), Failure> {
    let limits = Limits::default();
    let mut file = plain_file(path, identities, &limits)?;
    let unreadable = |error| Failure::unreadable(path, error);
    let opened = zizhi_dossier::open(&mut file, &limits).map_err(unreadable)?;
    let found = describe(&opened, &limits);
    let Some(manifest) = &found.manifest else { return Err(nothing(path)) };
    file.rewind().map_err(unreadable)?;
    let bounds = Bounds {
        file_bytes: limits.file_bytes,
        entry_bytes: limits.entry_bytes,
        entries: limits.entries,
        ratio: limits.ratio,
    };
    let refused = |error: ArchiveError| nothing(path).because(error);
    let mut archive = Archive::examine(&mut file, &bounds, Profile::Dossier).map_err(refused)?;
    let mut names = HashSet::new();
    let mut wanted = Vec::new();
    let intact = intact(manifest, &opened);
    for (number, entry) in manifest.attachments.iter().enumerate() {
        if !intact.contains(entry.path.as_str()) {
            continue;
        }
        let Some(index) = archive.find(&entry.path) else { continue };
        let place = into.join(name_for(entry, number + 1, &mut names));
        // Asked of all before any is taken out, so that a refusal leaves the folder as it was.
        if place.symlink_metadata().is_ok() {
            return Err(taken(&place));
        }
        wanted.push((entry, index, place));
    }
    let mut extracted = Vec::new();
    for (entry, index, place) in wanted {
        let output = Output { path: &place, force: false };
        let mut copy = output.begin()?;
        let mut state = Sha256::new();
        let mut written = Ok(());
        let streamed = archive.stream(index, &mut |bytes: &[u8]| {
            state.update(bytes);
            if written.is_ok() {
                written = copy.write_all(bytes);
            }
        });
        streamed.map_err(refused)?;
        written.map_err(|error| Failure::unwritable(&place, error))?;
        // The file may have been replaced since it was looked at.
        if Digest(state.finish()) == entry.sha256 {
            output.put(copy)?;
            extracted.push(Extracted { path: entry.path.clone(), file: place });
        }
    }
    Ok((found, extracted))
}

fn describe(opened: &Opened, limits: &Limits) -> InDossier {
    let at: Arc<str> = Arc::from(zizhi_dossier::MANIFEST);
    let problem = |problem: &zizhi_dossier::Problem| {
        let mut check = Check::new(problem.code, Outcome::Fail, &Arc::from(problem.subject.as_str()));
        check.facts.clone_from(&problem.facts);
        check
    };
    let mut checks: Vec<Check> = opened.problems.iter().map(problem).collect();
    let text = opened.manifest.as_deref();
    let verified =
        text.map(|text| manifest::Unverified::parse(text, limits).and_then(manifest::Unverified::verify));
    let manifest = match verified {
        Some(Ok(verified)) => {
            checks.push(Check::new(CheckCode::SigInvalid, Outcome::Pass, &at));
            Some(verified.into_manifest())
        }
        Some(Err(error)) => {
            let mut check = Check::new(error.code(), Outcome::Fail, &at);
            check.facts = error.facts();
            checks.push(check);
            None
        }
        None => None,
    };
    if let Some(manifest) = &manifest {
        checks.extend(compare(manifest, opened).iter().map(problem));
    }
    InDossier {
        sha256: opened.sha256.as_ref().map(Digest::base64url),
        credentials: manifest.iter().flat_map(|manifest| credentials(manifest, opened)).collect(),
        attachments: manifest.iter().flat_map(|manifest| attachments(manifest, opened)).collect(),
        manifest,
        checks,
    }
}

fn credentials<'m>(manifest: &'m Manifest, opened: &'m Opened) -> impl Iterator<Item = Listed> + 'm {
    manifest.credentials.iter().map(|entry| {
        let found = opened.credentials.iter().find(|found| found.path == entry.path);
        let vct = format!("urn:zizhitong:credential:{}:1", entry.kind);
        Listed {
            path: entry.path.clone(),
            name: entry.kind.clone(),
            title: metadata(&vct, None).map(|metadata| metadata.name()),
            kind: entry.kind.clone(),
            size: found.map_or(0, |found| found.bytes.len() as u64),
            intact: found.is_some_and(|found| found.sha256 == entry.sha256),
        }
    })
}

fn attachments<'m>(manifest: &'m Manifest, opened: &'m Opened) -> impl Iterator<Item = Listed> + 'm {
    let intact = intact(manifest, opened);
    manifest.attachments.iter().map(move |entry| Listed {
        path: entry.path.clone(),
        name: entry.name.clone(),
        title: None,
        kind: entry.kind.clone(),
        size: entry.size,
        intact: intact.contains(entry.path.as_str()),
    })
}

/// The attachment's own name where it is harmless, else a number; no name twice, on systems that do not
/// tell capitals apart either.
fn name_for(entry: &AttachmentRef, number: usize, taken: &mut HashSet<String>) -> String {
    let harmless = zizhi_archive::is_safe_path(&entry.name)
        && !entry.name.contains('/')
        && !entry.name.starts_with(['.', '-', '~'])
        && entry.name.len() <= 200;
    let ending = match entry.media_type.as_str() {
        "application/pdf" => "pdf",
        "application/ofd" => "ofd",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        _ => "bin",
    };
    let name = if harmless { entry.name.clone() } else { format!("attachment-{number:03}.{ending}") };
    if taken.insert(name.to_lowercase()) {
        return name;
    }
    let name = format!("{number:03}-{name}");
    taken.insert(name.to_lowercase());
    name
}

fn taken(place: &Path) -> Failure {
    Failure::refused(
        "IO-EXISTS",
        format!("{} 已经存在，没有取出任何附件。", place.display()),
        format!("{} is there already; no attachment was taken out", place.display()),
        "请用 --extract 指定一个新文件夹，或先把这个文件移到别处。",
        "name a new folder with --extract, or move the file away first",
    )
}

fn nothing(path: &Path) -> Failure {
    Failure::refused(
        "EXTRACT-NOTHING",
        format!("{} 的清单不成立，没有可以放心取出的附件。", path.display()),
        format!(
            "the manifest of {} does not hold, so there is nothing that may be taken out",
            path.display()
        ),
        "请用 zizhi verify 查看原因，并请企业重新发送。",
        "zizhi verify tells why; ask the firm to send it again",
    )
}
