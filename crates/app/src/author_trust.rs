//! Changes a trust repository in a folder, signs what changed, and packs it: what the provinces and the
//! distributor publish with.

mod apply;
mod failures;
mod grant;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_crypto::SigningKey;
use zizhi_model::Uscc;
use zizhi_trust::authoring::{Repository, Terms};
use zizhi_trust::{KeyUse, Trust};

use crate::Host;
use crate::check_rules::Diagnostic;
use crate::failure::Failure;
use crate::output::Output;
use crate::read_keys::signing_keys;
use crate::show_trust::{ShownTrust, describe_package};

pub(crate) use failures::{failed, refuses_itself};
pub use grant::{Grant, Registered, levels};

/// What to change.
#[derive(Debug, Clone)]
pub enum Change {
    /// Register the issuer whose record is in this file, or replace its record.
    AddIssuer {
        /// The record (formats.md §3).
        record: PathBuf,
        /// What the province decides beside it.
        grant: Grant,
    },
    /// Give an issuer a new key; the old one for the same uses ends and stays listed.
    RotateKey {
        /// The issuer.
        issuer: Uscc,
        /// The new public key.
        new: PathBuf,
        /// What it may sign; `credential`, `status`, `decision`, `request`, `report`, or `hub` alone.
        uses: Vec<String>,
        /// The hub that signs with it, exactly where that is its use.
        hub: Option<String>,
        /// From when; now if nothing is said.
        from: Option<DateTime<Utc>>,
    },
    /// Revoke a key of an issuer.
    RevokeKey {
        /// The issuer.
        issuer: Uscc,
        /// The key's RFC 7638 thumbprint.
        kid: String,
        /// From when; now if nothing is said.
        at: Option<DateTime<Utc>>,
        /// Why.
        reason: String,
    },
    /// Publish a rule pack, or a new version of it.
    AddRules {
        /// The pack (formats.md §4).
        pack: PathBuf,
        /// The province that publishes it, where its regions leave that open.
        province: Option<String>,
    },
    /// Publish the metadata of a credential type.
    AddType {
        /// The metadata.
        file: PathBuf,
    },
    /// Put a status list beside the metadata. Its issuer signed it; no key is needed.
    AddStatus {
        /// The token.
        token: PathBuf,
        /// Also where it takes back what was revoked or ended.
        force: bool,
    },
    /// Sign a new timestamp, and a new snapshot if it is due.
    Sign {
        /// Sign every role anew, so that all run as long as they may.
        renew: bool,
    },
    /// Put a new key of a province (for root and top-level targets) or of the distributor in the place of
    /// an old one.
    RotateRoot {
        /// The old public key.
        old: PathBuf,
        /// The new public key.
        new: PathBuf,
    },
    /// Give a province a new key for its own issuers and rules.
    RotateProvince {
        /// Two digits.
        province: String,
        /// The new public key.
        new: PathBuf,
    },
}

/// Who signs, and for when.
#[derive(Debug, Clone, Default)]
pub struct Signers {
    /// Key files, or folders of them. None: the folder `keys` of the repository.
    pub keys: Vec<PathBuf>,
    /// Opens sealed key files.
    pub passphrase: Option<String>,
    /// The time of issue; now if nothing is said.
    pub at: Option<DateTime<Utc>>,
}

/// What was published.
#[derive(Debug)]
pub struct Published {
    /// The repository as a reader sees it now.
    pub trust: ShownTrust,
    /// Remarks about a rule pack that do not keep it from being published.
    pub remarks: Vec<Diagnostic>,
    /// The fingerprints of issuers' keys that were taken in and sign today, in groups of four.
    pub fingerprints: Vec<String>,
    /// The issuer that was registered, if one was.
    pub registered: Option<Registered>,
}

/// Applies one change to the repository in `folder` and publishes it there.
///
/// # Errors
/// `IO-READ`, `IO-WRITE`, `KEY-…`; `TRUST-…` if the change would be refused by readers or the keys do not
/// suffice. The folder is unchanged then.
pub fn author_trust(
    folder: &Path,
    change: &Change,
    signers: &Signers,
    host: &dyn Host,
) -> Result<Published, Failure> {
    let mut repository = read(folder)?;
    let now = signers.at.unwrap_or_else(|| host.now());
    let apply::Applied { remarks, fingerprints, registered } = apply::apply(&mut repository, change, now)?;
    if !matches!(change, Change::AddStatus { .. }) {
        let keys = keys(folder, signers)?;
        let keys: Vec<&SigningKey> = keys.iter().collect();
        repository.publish(&keys, &Terms::issued(now)).map_err(failed)?;
    }
    let trust = publish(&repository, folder, now)?;
    Ok(Published { trust, remarks, fingerprints, registered })
}

/// Packs the repository in `folder` into one file.
///
/// # Errors
/// `IO-READ`, `IO-EXISTS`, `IO-WRITE`; `TRUST-…` if a reader would refuse it.
pub fn pack_trust(folder: &Path, output: &Output<'_>, host: &dyn Host) -> Result<ShownTrust, Failure> {
    output.check()?;
    let repository = read(folder)?;
    let trust = as_reader(&repository, host.now())?;
    let shown = describe_package(&trust, folder, host.now())?;
    let mut package = std::io::Cursor::new(Vec::new());
    package = repository.pack(package).map_err(failed)?;
    output.write(package.get_ref())?;
    Ok(shown)
}

fn read(folder: &Path) -> Result<Repository, Failure> {
    // Said before the repository is read, since "root.json is missing" helps nobody who mistyped a path.
    std::fs::read_dir(folder).map_err(|error| Failure::unreadable(folder, error))?;
    Repository::read(folder).map_err(failed)
}

fn keys(folder: &Path, signers: &Signers) -> Result<Vec<SigningKey>, Failure> {
    let beside = folder.join("keys");
    let paths = if signers.keys.is_empty() && beside.is_dir() {
        std::slice::from_ref(&beside)
    } else {
        signers.keys.as_slice()
    };
    signing_keys(paths, signers.passphrase.as_deref())
}

/// Writes the repository after reading it the way its readers will.
pub(crate) fn publish(
    repository: &Repository,
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<ShownTrust, Failure> {
    let trust = as_reader(repository, now)?;
    repository.write(folder).map_err(failed)?;
    describe_package(&trust, folder, now)
}

fn as_reader(repository: &Repository, now: DateTime<Utc>) -> Result<Trust, Failure> {
    Trust::open(Arc::new(repository.clone()), None, None, now).map_err(refuses_itself)
}

/// The uses that words name.
fn uses(words: &[String]) -> Result<Vec<KeyUse>, Failure> {
    let found = words.iter().map(|word| KeyUse::parse(word).ok_or_else(|| failures::unknown_use(word)));
    found.collect()
}
