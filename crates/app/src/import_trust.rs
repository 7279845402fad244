//! Takes a trust package or folder into the data folder, if it may follow what was trusted before.

use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_archive::{Archive, Bounds};
use zizhi_credential::status::MAX_TOKEN_BYTES;
use zizhi_crypto::digest;
use zizhi_model::check::Check;
use zizhi_trust::client::State;
use zizhi_trust::{Folder, Source, Trust, TrustError, TrustLimits};

use crate::copying::{CopyError, Copying};
use crate::failure::{Failure, told};
use crate::keep_status;
use crate::open_trust::open_source;
use crate::show_trust::{ShownTrust, describe, status_lists};
use crate::trust_data::{Origin, TrustData, open_package};
use crate::{Host, Text, files};

/// Bytes of the largest root file that is read as a pin.
const ROOT_BYTES: u64 = 1024 * 1024;

/// What became of an import.
#[derive(Debug)]
pub enum Imported {
    /// It is kept now.
    Accepted(Box<Accepted>),
    /// It was refused, and nothing changed.
    Refused(TrustError),
}

/// Trust data that is kept now.
#[derive(Debug)]
pub struct Accepted {
    /// What it says.
    pub trust: ShownTrust,
    /// The snapshot that was kept before, if anything was.
    pub before: Option<u64>,
}

/// Where the chain of roots begins when nothing was trusted before.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Start<'a> {
    /// The root itself; else the lowest-numbered one of the package.
    pub(crate) pin: Option<&'a [u8]>,
    /// The fingerprint that a person compared with the paper; nothing if nobody was asked.
    pub(crate) confirmed: Option<&'a str>,
}

/// Imports the package or folder at `path`. Without earlier trust data the chain of roots begins with
/// `pin`, or with the lowest-numbered root of the package itself.
///
/// # Errors
/// `TRUST-LIST` for a single status list; `IO-READ`, `IO-WRITE`, `DATA-BUSY`, `TRUST-DATA`; `TRUST-COPY` if a folder is too large to be kept.
pub fn import_trust(
    path: &Path,
    pin: Option<&Path>,
    data: &TrustData,
    host: &dyn Host,
) -> Result<Imported, Failure> {
    let pin = pin.map(|pin| files::read(pin, ROOT_BYTES)).transpose()?;
    import(path, Start { pin: pin.as_deref(), confirmed: None }, data, host)
}

/// Imports the package or folder at `path` for a person who compares fingerprints: the very first time
/// nothing is kept before the fingerprint of its root comes back confirmed.
///
/// # Errors
/// As [`import_trust`]; `TRUST-ROOT` if the package begins with another root than was confirmed.
pub fn import_confirmed(
    path: &Path,
    confirmed: Option<&str>,
    data: &TrustData,
    host: &dyn Host,
) -> Result<Import, Failure> {
    if is_list(path) {
        return Err(a_list(path));
    }
    if data.read()?.is_none() && confirmed.is_none() {
        let source = match open_source(path)? {
            Ok(source) => source,
            Err(error) => return Ok(Import::Done(Imported::Refused(error))),
        };
        return Ok(match Trust::open(source, None, None, host.now()) {
            Ok(trust) => Import::Confirm(fingerprint(&trust)),
            Err(error) => Import::Done(Imported::Refused(error)),
        });
    }
    import(path, Start { pin: None, confirmed }, data, host).map(Import::Done)
}

/// The status lists in the package or folder at `path`, as importing it now would keep them, and what would be left
/// out. Nothing where nothing of it can be trusted.
pub(crate) fn lists_offered(
    trust: &Trust,
    path: &Path,
    now: DateTime<Utc>,
) -> Result<Option<(State, Vec<Check>)>, Failure> {
    let Ok(source) = open_source(path)? else { return Ok(None) };
    let names = if path.is_dir() {
        lists_in_folder(path)?
    } else {
        let file = std::fs::File::open(path).map_err(|error| Failure::unreadable(path, error))?;
        lists_in_package(file, &TrustLimits::default())
    };
    Ok(keep_status::keep(trust, source.as_ref(), &names, now))
}

/// Whether a file is a single status list, as an issuer exports it.
fn is_list(path: &Path) -> bool {
    let small =
        std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= MAX_TOKEN_BYTES as u64);
    small && std::fs::read_to_string(path).is_ok_and(|text| keep_status::uri(text.trim_ascii()).is_some())
}

fn a_list(path: &Path) -> Failure {
    Failure::refused(
        "TRUST-LIST",
        format!("{} 是一份单独的吊销名单，不是信任数据，没有导入。", path.display()),
        format!("{} is a single status list and no trust data; nothing was imported", path.display()),
        "请把它交给发布信任数据的一方，由其加入下一次发布；您导入新的信任数据后，名单就会生效。",
        "hand it to whoever publishes the trust data, to be put into the next edition; once you import that, the list counts",
    )
}

/// What a person who imports is told.
#[derive(Debug)]
pub enum Import {
    /// Nothing was kept: this is the fingerprint of the root to be compared with the paper.
    Confirm(String),
    /// What became of it.
    Done(Imported),
}

fn import(path: &Path, start: Start<'_>, data: &TrustData, host: &dyn Host) -> Result<Imported, Failure> {
    let limits = TrustLimits::default();
    let now = host.now();
    if path.is_dir() {
        let lists = lists_in_folder(path)?;
        let origin = Origin { name: &name_of(path), lists: None };
        return take(Arc::new(Folder::new(path)), &lists, start, data, now, origin);
    }
    let original = std::fs::File::open(path).map_err(|error| Failure::unreadable(path, error))?;
    let writing = data.write_lock()?;
    let before = data.read()?.map(|kept| kept.state);
    // A package is kept as it came, byte for byte, and what is checked is what is kept.
    let mut package = data.new_package()?;
    let unwritable = |error| Failure::unwritable(data.folder(), error);
    std::io::copy(&mut original.take(limits.package_bytes + 1), &mut package).map_err(unwritable)?;
    package.flush().map_err(unwritable)?;
    let source = match open_package(package.path()) {
        Ok(source) => source,
        Err(error) => return Ok(Imported::Refused(error)),
    };
    let trust = match Trust::open(Arc::clone(&source), start.pin, before.clone(), now) {
        Ok(trust) => trust,
        Err(error) => return Ok(Imported::Refused(error)),
    };
    start.agrees_with(&trust, before.as_ref())?;
    let lists = lists_in_package(package.reopen().map_err(unwritable)?, &limits);
    let Some((state, lists)) = keep_status::keep(&trust, source.as_ref(), &lists, now) else {
        return Ok(Imported::Refused(TrustError::Missing));
    };
    data.replace(&writing, package, &state, Origin { name: &name_of(path), lists: None }, now)?;
    Ok(accepted(&trust, before.as_ref(), &state, lists))
}

/// Takes trust data from a source without a package of its own: what it says is copied into one.
pub(crate) fn take(
    source: Arc<dyn Source>,
    lists: &[String],
    start: Start<'_>,
    data: &TrustData,
    now: DateTime<Utc>,
    origin: Origin<'_>,
) -> Result<Imported, Failure> {
    let limits = TrustLimits::default();
    let writing = data.write_lock()?;
    let before = data.read()?.map(|kept| kept.state);
    let package = data.new_package()?;
    let unwritable = |error| Failure::unwritable(data.folder(), error);
    let file = package.reopen().map_err(unwritable)?;
    let copying = Arc::new(Copying::new(source, file, &limits).map_err(not_copied)?);
    let opened = Trust::open(Arc::clone(&copying) as Arc<dyn Source>, start.pin, before.clone(), now);
    let trust = match opened {
        Ok(trust) => trust,
        Err(error) => return Ok(Imported::Refused(error)),
    };
    start.agrees_with(&trust, before.as_ref())?;
    copying.complete(&trust, lists, &limits).map_err(not_copied)?;
    let mut copy = package.reopen().map_err(unwritable)?;
    copy.rewind().map_err(unwritable)?;
    let kept =
        zizhi_trust::Package::from_reader(copy, &limits).map_err(CopyError::from).map_err(not_copied)?;
    let Some((state, lists)) = keep_status::keep(&trust, &kept, lists, now) else {
        return Ok(Imported::Refused(TrustError::Missing));
    };
    data.replace(&writing, package, &state, origin, now)?;
    Ok(accepted(&trust, before.as_ref(), &state, lists))
}

impl Start<'_> {
    /// Refuses another root than the one that was confirmed. Once something is trusted, its chain of roots
    /// decides and nobody is asked.
    fn agrees_with(self, trust: &Trust, before: Option<&State>) -> Result<(), Failure> {
        let Some(confirmed) = self.confirmed.filter(|_| before.is_none()) else { return Ok(()) };
        let plain = |text: &str| {
            text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>()
        };
        let offered = fingerprint(trust);
        if plain(confirmed) == plain(&offered) { Ok(()) } else { Err(other_root(&offered)) }
    }
}

/// SHA-256 of the root that everything was checked from, in groups of four.
fn fingerprint(trust: &Trust) -> String {
    trust.basis().pinned.as_ref().map(|pinned| digest::hex_groups(&pinned.sha256)).unwrap_or_default()
}

fn other_root(offered: &str) -> Failure {
    Failure::input(
        "TRUST-ROOT",
        told(
            format!("这份信任数据的根指纹是 {offered}，与您确认的不同，没有导入。"),
            format!(
                "the root of this trust data has the fingerprint {offered}, not the one you confirmed; it was not imported"
            ),
        ),
        Text::fixed(
            "请重新取得信任数据包，并与盖章的纸质文件逐组核对根指纹。",
            "get the package again and compare the fingerprint group by group with the stamped paper",
        ),
    )
}

/// What is kept now. `left_out` are the status lists that are not: `STAT-ROLLBACK` and `STAT-CORRUPT`.
fn accepted(trust: &Trust, before: Option<&State>, state: &State, left_out: Vec<Check>) -> Imported {
    let mut trust = describe(trust, None);
    trust.status_lists = status_lists(state);
    trust.checks.extend(left_out);
    Imported::Accepted(Box::new(Accepted { trust, before: before_snapshot(before) }))
}

/// The version of the snapshot that a state holds.
fn before_snapshot(state: Option<&State>) -> Option<u64> {
    use zizhi_trust::metadata::{Envelope, Snapshot};
    let envelope = Envelope::parse(state?.snapshot.as_deref()?, TrustLimits::default().json_depth).ok()?;
    Snapshot::read(&envelope).ok().map(|snapshot| snapshot.head.version)
}

/// The names of the status lists in a folder, without `.jwt`.
fn lists_in_folder(folder: &Path) -> Result<Vec<String>, Failure> {
    let folder = folder.join("status");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |error| Failure::unreadable(&folder, error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        names.extend(name.to_str().and_then(|name| name.strip_suffix(".jwt")).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// The names of the status lists in a package, without `.jwt`.
pub(crate) fn lists_in_package(package: std::fs::File, limits: &TrustLimits) -> Vec<String> {
    let bounds = Bounds {
        file_bytes: limits.package_bytes,
        entry_bytes: limits.targets_bytes,
        entries: limits.package_entries,
        ratio: limits.ratio,
    };
    // It was opened as a package a moment ago; should it fail now, no list is found and none is kept.
    let Ok(archive) = Archive::open(package, &bounds) else { return Vec::new() };
    let names = archive.entries().iter().filter_map(|entry| {
        let name = entry.name.strip_prefix("status/")?.strip_suffix(".jwt")?;
        Some(name.to_owned())
    });
    names.collect()
}

/// A path as it is remembered: whole, since the folder that a person was in is not.
fn name_of(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn not_copied(error: CopyError) -> Failure {
    Failure::input(
        "TRUST-COPY",
        told(
            "信任数据没有保存下来，原有的信任数据保持不变。".to_owned(),
            "the trust data was not kept; what was trusted before is unchanged".to_owned(),
        ),
        Text::fixed(
            "请确认磁盘有空间；登记机构超过六万个时保存不下，只能直接使用文件夹（命令行用 --trust）。",
            "check that the disk has room; more than sixty thousand issuers cannot be kept, only used from their folder (on the command line: --trust)",
        ),
    )
    .because(error)
}
