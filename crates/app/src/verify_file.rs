//! Verifies one dossier file: opens it, unseals it where an identity is given, and asks
//! [`zizhi_verify`].

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;
use zizhi_crypto::sealed::SealedError;
use zizhi_dossier::{Opened, UnsealError};
use zizhi_model::{Limits, Uscc};
use zizhi_verify::{Input, Library, Memory, Report, verify};

use crate::SOFTWARE;
use crate::failure::Failure;
use crate::file_kind::{FileKind, opened_kind};

/// How a sealed file begins (age v1).
const SEALED: &[u8] = b"age-encryption.org/v1";

/// What does not change from file to file.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// The trust data with its rule packs and status lists.
    pub library: &'a Library,
    /// The time of verification.
    pub now: DateTime<Utc>,
    /// The organisation that verifies.
    pub recipient: Option<Uscc>,
    /// The secrets that open sealed dossiers (`AGE-SECRET-KEY-1…`).
    pub identities: &'a [String],
    /// Limits on untrusted input.
    pub limits: &'a Limits,
    /// What was remembered from before; nothing where a verification stands on its own.
    pub memory: Option<&'a (dyn Memory + Sync)>,
}

/// Verifies the dossier at `path`. Whatever the bytes are, there is a report (formats.md §6).
///
/// # Errors
/// `IO-READ` if the file cannot be opened or read; `SEAL-IDENTITY` if it is sealed and none of the
/// identities opens it, `SEAL-DAMAGED` if it is truncated or altered.
pub fn verify_file(path: &Path, settings: &Settings<'_>) -> Result<Report, Failure> {
    let (_, opened) = opened(path, settings)?;
    Ok(judged(path, &opened, settings))
}

/// As [`verify_file`], for a person who chose a file or a folder: only of a dossier is there a report.
///
/// # Errors
/// As [`verify_file`]; those of [`FileKind::instead_of`] for a file that is something else.
pub fn verify_dossier(path: &Path, settings: &Settings<'_>) -> Result<Report, Failure> {
    let (_, opened) = opened_dossier(path, settings)?;
    Ok(judged(path, &opened, settings))
}

/// The dossier at `path`, opened, with the bytes that were. One that was damaged or altered is opened; one that was sealed
/// and lost its beginning is told as such.
///
/// # Errors
/// As [`verify_dossier`].
pub(crate) fn opened_dossier(path: &Path, settings: &Settings<'_>) -> Result<(File, Opened), Failure> {
    if is_named_sealed(path) && is_beheaded(path).map_err(|error| Failure::unreadable(path, error))? {
        return Err(damaged(path));
    }
    let (mut file, opened) = opened(path, settings)?;
    match opened_kind(path, &mut file, &opened)? {
        FileKind::Dossier => Ok((file, opened)),
        other => Err(other.instead_of(FileKind::Dossier, path)),
    }
}

fn opened(path: &Path, settings: &Settings<'_>) -> Result<(File, Opened), Failure> {
    let mut file = plain_file(path, settings.identities, settings.limits)?;
    let opened =
        zizhi_dossier::open(&mut file, settings.limits).map_err(|error| Failure::unreadable(path, error))?;
    Ok((file, opened))
}

/// The report of a dossier that was opened.
pub(crate) fn judged(path: &Path, opened: &Opened, settings: &Settings<'_>) -> Report {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    verify(&Input {
        file_name: &name,
        opened,
        library: settings.library,
        now: settings.now,
        recipient: settings.recipient,
        limits: settings.limits,
        memory: settings.memory.map(|memory| memory as &dyn Memory),
        software: SOFTWARE,
    })
}

/// The secrets that open sealed dossiers: those of a file that a person named, and those of an open
/// database. They are wiped when dropped.
///
/// # Errors
/// As [`crate::read_identities`].
pub fn identities(file: Option<&Path>, inbox: &[String]) -> Result<Zeroizing<Vec<String>>, Failure> {
    let mut all = Zeroizing::new(file.map(crate::read_identities).transpose()?.unwrap_or_default());
    all.extend_from_slice(inbox);
    Ok(all)
}

/// The file, or what was sealed in it, from the first byte.
///
/// # Errors
/// As [`verify_file`].
pub(crate) fn plain_file(path: &Path, identities: &[String], limits: &Limits) -> Result<File, Failure> {
    let unreadable = |error| Failure::unreadable(path, error);
    let mut file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(unreadable(std::io::ErrorKind::IsADirectory.into()));
    }
    if is_sealed(&mut file).map_err(unreadable)? { unseal(path, file, identities, limits) } else { Ok(file) }
}

/// Whether a file begins neither as a sealed dossier nor as one that is not sealed.
fn is_beheaded(path: &Path) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    Ok(!is_sealed(&mut file)? && !begins(&mut file, b"PK")?)
}

/// Whether a file is called as sealed dossiers are.
pub(crate) fn is_named_sealed(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().to_ascii_lowercase().ends_with(".zzdossier.age"))
}

/// Whether a file is a sealed dossier; it is rewound.
pub(crate) fn is_sealed(file: &mut File) -> std::io::Result<bool> {
    begins(file, SEALED)
}

/// Whether a file begins so; it is rewound.
pub(crate) fn begins(file: &mut File, beginning: &[u8]) -> std::io::Result<bool> {
    let mut head = Vec::with_capacity(beginning.len());
    file.by_ref().take(beginning.len() as u64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == beginning)
}

/// Decrypts into a temporary file, which is used only after the end of the sealed one was seen
/// (sync.md, trap 5).
fn unseal(path: &Path, file: File, identities: &[String], limits: &Limits) -> Result<File, Failure> {
    if identities.is_empty() {
        return Err(no_identity(path));
    }
    let mut plain =
        tempfile::tempfile().map_err(|error| Failure::unwritable(&std::env::temp_dir(), error))?;
    zizhi_dossier::unseal(file, identities, &mut plain, limits)
        .map_err(|error| sealed(path, &error).because(error))?;
    Ok(plain)
}

/// Why a sealed file was not opened.
fn sealed(path: &Path, error: &UnsealError) -> Failure {
    match error {
        UnsealError::Sealed(SealedError::Damaged | SealedError::Format | SealedError::Header) => {
            damaged(path)
        }
        UnsealError::TooLarge(limit) => Failure::refused(
            "LIMIT-SIZE",
            format!("{} 解密后超过 {limit} 字节的上限，没有读取。", path.display()),
            format!(
                "what is sealed in {} is over the limit of {limit} bytes; it was not read",
                path.display()
            ),
            "请确认选对了文件；确是档案的，请企业减少附件后重新生成。",
            "check that this is the right file; if it is, the firm should make it again with fewer attachments",
        ),
        UnsealError::Io(_) | UnsealError::Sealed(SealedError::Io(_)) => Failure::refused(
            "IO-WRITE",
            format!("{} 没有解密完：读取或写入临时文件失败。没有留下半成品。", path.display()),
            format!(
                "{} was not unsealed: reading it or writing the temporary file failed; nothing half-made was left",
                path.display()
            ),
            "请确认磁盘有空间后再试。",
            "check that the disk has room and try again",
        ),
        UnsealError::Sealed(_) => Failure::refused(
            "SEAL-IDENTITY",
            format!("{} 是加密的档案，给出的密钥打不开它。没有读取。", path.display()),
            format!("{} is sealed, and no key given opens it; it was not read", path.display()),
            "请核对所用的是否为本单位的收件密钥；仍打不开时请企业重新发送。",
            "check that the key is this organisation's inbox key; if it still does not open, ask the firm to send it again",
        ),
    }
}

fn damaged(path: &Path) -> Failure {
    Failure::refused(
        "SEAL-DAMAGED",
        format!("{} 是加密的档案，但不完整或被改动过，打不开。没有读取。", path.display()),
        format!(
            "{} is sealed, but truncated or altered, and cannot be opened; it was not read",
            path.display()
        ),
        "多为传输或拷贝中断所致，请企业重新发送。",
        "usually a copy or transfer was cut short; ask the firm to send it again",
    )
}

fn no_identity(path: &Path) -> Failure {
    Failure::refused(
        "SEAL-IDENTITY",
        format!("{} 是加密的档案，没有给出打开它的收件密钥。没有读取。", path.display()),
        format!("{} is sealed, and no inbox key was given to open it; it was not read", path.display()),
        "请用本单位的收件密钥文件打开（命令行用 --identity 给出）。",
        "open it with the file of this organisation's inbox key (on the command line: --identity)",
    )
}
