//! The trust data that a data folder keeps: what was trusted so far, and the package it came from.
//!
//! One file, `trust.state`, says everything: it is replaced as a whole and carries its own digest, and
//! names the package beside it. The package is in its place before the file that names it, so that a
//! crash leaves the old pair or the new one. A file that was cut or altered is refused and never
//! replaced by a fresh one: a fresh start would accept a rollback.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zizhi_crypto::digest;
use zizhi_model::{Text, civil};
use zizhi_trust::client::State;
use zizhi_trust::{Package, Source, Trust, TrustError, TrustLimits};
use zizhi_verify::Memory;

use crate::failure::{Cause, Failure, told};
use crate::files;

/// The file begins with this word and the digest of all that follows its first line.
const MAGIC: &str = "zizhi-trust-data/1 ";
pub(crate) const STATE: &str = "trust.state";
const LOCK: &str = "trust.lock";
/// Bytes of the file: metadata of every role and all status lists, written in base64.
const STATE_BYTES: u64 = 1024 * 1024 * 1024;

/// The folder in which a person's trust data is kept.
#[derive(Debug, Clone)]
pub struct TrustData {
    folder: PathBuf,
}

/// What is kept.
#[derive(Debug)]
pub struct Kept {
    /// What was trusted.
    pub state: State,
    /// The package beside it.
    pub package: PathBuf,
    /// Where that came from: a path or an address.
    pub source: String,
    /// When it came.
    pub imported_at: DateTime<Utc>,
    /// The state of the status lists there, as far as it told of one (docs/hub.md §3).
    pub lists: Option<zizhi_sync::Digest>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    package: String,
    source: String,
    imported_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lists: Option<zizhi_sync::Digest>,
}

/// Where trust data came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    /// A path or an address.
    pub(crate) name: &'a str,
    /// The state of the status lists there, if it tells of one.
    pub(crate) lists: Option<zizhi_sync::Digest>,
}

/// The exclusive right to replace what is kept; it ends when this value goes.
#[derive(Debug)]
pub(crate) struct Writing(#[expect(dead_code, reason = "the lock lives as long as the file is open")] File);

impl TrustData {
    /// The trust data in `folder`, which need not exist yet.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The trust data in the folder that a person named, or in the usual one.
    ///
    /// # Errors
    /// `DATA-FOLDER` if none was named and the system has no usual one.
    pub fn of(folder: Option<&Path>) -> Result<Self, Failure> {
        folder.map_or_else(|| usual_folder().map(Self::at), |folder| Ok(Self::at(folder)))
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is kept; nothing if nothing was ever imported.
    ///
    /// # Errors
    /// `TRUST-DATA` if the file was cut or altered, or was written by a newer program.
    pub fn read(&self) -> Result<Option<Kept>, Failure> {
        let path = self.folder.join(STATE);
        if matches!(path.try_exists(), Ok(false)) {
            return Ok(None);
        }
        let bytes = files::read(&path, STATE_BYTES)?;
        let (head, state) = read_state(&bytes).ok_or_else(|| damaged(&path))?;
        let Head { package, source, imported_at, lists } = head;
        Ok(Some(Kept { state, package: self.folder.join(package), source, imported_at, lists }))
    }

    /// Opens what is kept; nothing if nothing was ever imported.
    ///
    /// # Errors
    /// As [`TrustData::read`]; also `TRUST-DATA` if the package is gone.
    pub fn open(&self, now: DateTime<Utc>) -> Result<Option<Trust>, Failure> {
        let Some(mut kept) = self.read()? else { return Ok(None) };
        // An import in another window may just have replaced both.
        if !kept.package.is_file() {
            kept = self.read()?.filter(|kept| kept.package.is_file()).ok_or_else(|| gone(&kept.package))?;
        }
        let source = open_package(&kept.package);
        let opened = source.and_then(|source| Trust::open(source, None, Some(kept.state), now));
        Ok(Some(opened.unwrap_or_else(|error| Trust::unusable(&error))))
    }

    /// Takes the right to replace what is kept.
    pub(crate) fn write_lock(&self) -> Result<Writing, Failure> {
        let path = self.folder.join(LOCK);
        let unwritable = |error| Failure::unwritable(&path, error);
        std::fs::create_dir_all(&self.folder).map_err(unwritable)?;
        let file = File::options().create(true).append(true).open(&path).map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => Ok(Writing(file)),
            Err(TryLockError::WouldBlock) => Err(busy(&self.folder)),
            Err(TryLockError::Error(error)) => Err(unwritable(error)),
        }
    }

    /// A new file in the folder, to be filled with a package and given to [`TrustData::replace`].
    pub(crate) fn new_package(&self) -> Result<tempfile::NamedTempFile, Failure> {
        let unwritable = |error| Failure::unwritable(&self.folder, error);
        std::fs::create_dir_all(&self.folder).map_err(unwritable)?;
        tempfile::NamedTempFile::new_in(&self.folder).map_err(unwritable)
    }

    /// Puts a package and what was learnt from it in the place of what was kept.
    pub(crate) fn replace(
        &self,
        _writing: &Writing,
        package: tempfile::NamedTempFile,
        state: &State,
        origin: Origin<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let unwritable = |error| Failure::unwritable(&self.folder, error);
        package.as_file().sync_all().map_err(unwritable)?;
        let sum = sha256_of(package.path()).map_err(unwritable)?;
        let name = format!("trust-{}.zztrust", sum.get(..16).unwrap_or(&sum));
        let path = self.folder.join(&name);
        package.persist(&path).map_err(|error| unwritable(error.error))?;
        let Origin { name: source, lists } = origin;
        let head = Head { package: name.clone(), source: source.to_owned(), imported_at: now, lists };
        files::write(&self.folder.join(STATE), &written(&head, state).ok_or_else(|| unexpected(&path))?)?;
        self.forget_packages_but(&name);
        Ok(())
    }

    /// Keeps what was learnt beside the package that is kept.
    pub(crate) fn learn(&self, _writing: &Writing, kept: &Kept, state: &State) -> Result<(), Failure> {
        let package = kept.package.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Kept { source, imported_at, lists, .. } = kept;
        let head = Head { package, source: source.clone(), imported_at: *imported_at, lists: *lists };
        let written = written(&head, state).ok_or_else(|| unexpected(&kept.package))?;
        files::write(&self.folder.join(STATE), &written)
    }

    /// Removes packages of earlier imports. One that cannot be removed does no harm and goes next time.
    fn forget_packages_but(&self, current: &str) {
        let Ok(listing) = std::fs::read_dir(&self.folder) else { return };
        for entry in listing.flatten() {
            let name = entry.file_name();
            let ours = name.to_str().is_some_and(|name| {
                name != current && name.starts_with("trust-") && name.ends_with(".zztrust")
            });
            if ours {
                drop(std::fs::remove_file(entry.path()));
            }
        }
    }
}

/// What a verifier remembers from the trust data that it keeps.
#[derive(Debug, Clone, Copy)]
pub struct Remembered {
    newest_signed: Option<DateTime<Utc>>,
}

impl Memory for Remembered {
    /// Answered requests are not part of the trust data.
    fn answered_by(&self, _request: &str) -> Option<String> {
        None
    }

    fn newest_signed_time(&self) -> Option<DateTime<Utc>> {
        self.newest_signed
    }
}

/// The kept trust data of a data folder for a verification, and what is remembered with it. Trust data
/// that knows nothing if nothing was imported yet: every credential is pending then.
///
/// # Errors
/// As [`TrustData::open`].
pub fn kept_or_nothing(folder: Option<&Path>, now: DateTime<Utc>) -> Result<(Trust, Remembered), Failure> {
    let kept = match TrustData::of(folder) {
        Ok(data) => data.open(now)?,
        // Who has no data folder and named none has nothing kept.
        Err(_) => None,
    };
    let trust = kept.unwrap_or_else(Trust::missing);
    let newest_signed = trust.state().and_then(|state| state.newest_signed);
    let newest_signed = newest_signed.and_then(civil::from_numeric_date);
    Ok((trust, Remembered { newest_signed }))
}

/// A package of ours as a source.
pub(crate) fn open_package(path: &Path) -> Result<Arc<dyn Source>, TrustError> {
    let package = Package::open(path, &TrustLimits::default());
    package.map(|package| Arc::new(package) as Arc<dyn Source>).map_err(crate::open_trust::not_a_package)
}

fn written(head: &Head, state: &State) -> Option<Vec<u8>> {
    let mut body = serde_json::to_vec(head).ok()?;
    body.push(b'\n');
    body.extend_from_slice(&state.to_bytes());
    let mut file = format!("{MAGIC}{}\n", digest::hex(&digest::sha256(&body))).into_bytes();
    file.extend_from_slice(&body);
    Some(file)
}

fn read_state(file: &[u8]) -> Option<(Head, State)> {
    let rest = file.strip_prefix(MAGIC.as_bytes())?;
    let (sum, body) = line(rest)?;
    if digest::hex(&digest::sha256(body)).as_bytes() != sum {
        return None;
    }
    let (head, state) = line(body)?;
    let head: Head = serde_json::from_slice(head).ok()?;
    let plain = head.package.starts_with("trust-") && zizhi_archive::is_safe_path(&head.package);
    let state = State::from_bytes(state).ok()?;
    (plain && !head.package.contains('/')).then_some((head, state))
}

fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

fn sha256_of(path: &Path) -> std::io::Result<String> {
    let (digest, _) = zizhi_dossier::Digest::of_reader(File::open(path)?)?;
    Ok(digest.hex())
}

/// Where programs keep what belongs to one person on this system.
fn usual_folder() -> Result<PathBuf, Failure> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("HOME");
    let folder = if cfg!(windows) {
        variable("LOCALAPPDATA").or_else(|| variable("APPDATA"))
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
    };
    folder.map(|folder| folder.join("zizhitong")).ok_or_else(|| {
        Failure::input(
            "DATA-FOLDER",
            Text::fixed("找不到本用户的数据文件夹。", "this user has no folder for data"),
            Text::fixed(
                "请用 --data 指定一个文件夹，或设置环境变量 ZIZHI_DATA。",
                "name a folder with --data, or set the environment variable ZIZHI_DATA",
            ),
        )
    })
}

fn damaged(path: &Path) -> Failure {
    Failure::input(
        "TRUST-DATA",
        told(
            format!("信任数据文件 {} 不完整或被改动，没有采用，也没有重置。", path.display()),
            format!(
                "the trust data in {} is cut short or was altered; it was neither used nor reset",
                path.display()
            ),
        ),
        Text::fixed(
            "请从备份恢复该文件。没有备份时，由负责人把它移到别处，重新运行 zizhi trust import，\
             并与纸质文件核对根指纹：从头开始会失去防回退的保护。",
            "restore the file from a backup; without one, have the person in charge move it away, run zizhi \
             trust import again and compare the root's fingerprint with the paper: starting afresh gives up \
             the protection against rollback",
        ),
    )
}

fn gone(package: &Path) -> Failure {
    Failure::input(
        "TRUST-DATA",
        told(
            format!("信任数据包 {} 不见了；已有的防回退记录还在。", package.display()),
            format!(
                "the trust package {} is gone; the record against rollback is still there",
                package.display()
            ),
        ),
        Text::fixed(
            "请用 zizhi trust import 再导入一次最新的信任数据包。",
            "import the newest trust package once more with zizhi trust import",
        ),
    )
}

fn busy(folder: &Path) -> Failure {
    Failure::input(
        "DATA-BUSY",
        told(
            format!("另一个程序正在更新 {} 中的信任数据，本次没有改动任何内容。", folder.display()),
            format!(
                "another program is updating the trust data in {}; nothing was changed",
                folder.display()
            ),
        ),
        Text::fixed("请等它完成后再试。", "try again when it has finished"),
    )
}

fn unexpected(path: &Path) -> Failure {
    Failure {
        cause: Cause::Internal,
        ..Failure::input(
            "INTERNAL",
            told(
                format!("无法写出 {} 的记录。", path.display()),
                format!("the record of {} could not be written", path.display()),
            ),
            Text::fixed("请把这条信息告诉开发者。", "tell the developers what you see here"),
        )
    }
}
