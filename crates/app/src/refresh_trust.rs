//! Fetches newer trust data over HTTPS and keeps it, if it may follow what was trusted before.
//!
//! The network is trusted with nothing: what arrives is checked like a package from a stick. TLS keeps
//! others from seeing whose data is fetched and from slowing it down, no more.

mod http;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use zizhi_trust::{Package, Source, SourceError, TrustLimits, status_name};

pub use http::Http;

use crate::failure::Failure;
use crate::import_trust::{Imported, Start, lists_in_package, take};
use crate::trust_data::{Origin, TrustData};
use crate::{Host, files};

/// The one metadata file that changes under its name.
const TIMESTAMP: &str = "timestamp.json";
/// Bytes of a root file or of a list of certificates.
const SMALL: u64 = 1024 * 1024;

/// What to fetch and how.
#[derive(Debug, Clone)]
pub struct Refresh {
    /// Address of the folder that holds `metadata/`, `targets/` and `status/`.
    pub url: String,
    /// The root to start from, where nothing was trusted before.
    pub pin: Option<PathBuf>,
    /// Certificates (PEM) of those who may vouch for the server, in the place of the public ones.
    pub ca: Option<PathBuf>,
    /// Status lists to fetch beside those that are known already.
    pub status: Vec<String>,
    /// Longest time for one file.
    pub per_file: Duration,
    /// Longest time for all of it.
    pub whole: Duration,
}

/// Refreshes what the data folder keeps.
///
/// # Errors
/// `NET-URL` for an address that is refused, `NET-CA` for certificates that cannot be read; else as
/// [`import_trust`](crate::import_trust::import_trust). What the network does wrong is inside [`Imported`].
pub fn refresh_trust(order: &Refresh, data: &TrustData, host: &dyn Host) -> Result<Imported, Failure> {
    let pin = order.pin.as_deref().map(|pin| files::read(pin, SMALL)).transpose()?;
    let ca = order.ca.as_deref().map(|ca| files::read(ca, SMALL)).transpose()?;
    let http = Http::new(&order.url, ca.as_deref(), order.per_file, order.whole)?;
    let lists = order.status.iter().map(|uri| status_name(uri)).collect();
    refresh_from(http, lists, pin.as_deref(), data, &order.url, host)
}

/// Whether a server tells that no status list changed since what is held was fetched there.
pub(crate) fn unchanged(http: &Http, data: &TrustData, name: &str) -> Result<bool, Failure> {
    let since = data.read()?.filter(|kept| kept.source == name).and_then(|kept| kept.lists);
    let told = since.and_then(|since| http.changes(Some(since)));
    Ok(told.and_then(|told| told.lists).is_some_and(|lists| lists.is_empty()))
}

/// Refreshes what the data folder keeps from a folder on a server, with these status lists beside those that
/// are known already and those that it tells are new. `name` is where it came from, as people are told.
pub(crate) fn refresh_from(
    http: Http,
    mut lists: Vec<String>,
    pin: Option<&[u8]>,
    data: &TrustData,
    name: &str,
    host: &dyn Host,
) -> Result<Imported, Failure> {
    let limits = TrustLimits::default();
    let (mut held, mut since) = (None, None);
    if let Some(kept) = data.read()? {
        since = kept.lists.filter(|_| kept.source == name);
        lists.extend(kept.state.status.keys().map(|uri| status_name(uri)));
        if let Ok(file) = std::fs::File::open(&kept.package) {
            lists.extend(lists_in_package(file, &limits));
            held = Package::open(&kept.package, &limits).ok();
        }
    }
    // Asked before the lists themselves: what changes meanwhile is told of next time. It is also how one hears of lists
    // that are new.
    let told = http.changes(since);
    lists.extend(
        told.iter().filter_map(|told| told.lists.as_ref()).flatten().filter_map(|file| name_of(file)),
    );
    lists.sort();
    lists.dedup();
    let origin = Origin { name, lists: told.as_ref().map(|told| told.state) };
    let changed = told.and_then(|told| told.lists).map(BTreeSet::from_iter);
    let source = Arc::new(Fresh { http, held, changed });
    take(source, &lists, Start { pin, confirmed: None }, data, host.now(), origin)
}

/// The name of a list whose file a server tells of: the SHA-256 of its address in small hexadecimal digits.
fn name_of(file: &str) -> Option<String> {
    let name = file.strip_suffix(".jwt")?;
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (name.len() == 64 && name.bytes().all(digit)).then(|| name.to_owned())
}

/// The network, with what need not be fetched again.
struct Fresh {
    http: Http,
    held: Option<Package>,
    /// The files of the status lists that changed since what is held was fetched here; nothing if that is not known.
    changed: Option<BTreeSet<String>>,
}

impl Source for Fresh {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        if name != TIMESTAMP {
            return self.http.metadata(name, max);
        }
        let held = self.held.as_ref().and_then(|held| held.metadata(name, max).ok().flatten());
        self.http.metadata_unless(name, held.as_deref(), max)
    }

    /// A target's name holds its digest, so that a copy at hand that has this digest is the file.
    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let held = self.held.as_ref().and_then(|held| held.target(path, max).ok().flatten());
        let name = path.rsplit('/').next().unwrap_or(path);
        let same = |bytes: &Vec<u8>| {
            name.split_once('.').is_some_and(|(sum, _)| zizhi_dossier::Digest::of(bytes).hex() == sum)
        };
        match held.filter(same) {
            Some(bytes) => Ok(Some(bytes)),
            None => self.http.target(path, max),
        }
    }

    /// A list that the server no longer has is kept as it was; its age tells.
    fn status(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let held = self.held.as_ref().and_then(|held| held.status(name, max).ok().flatten());
        let as_held = |changed: &BTreeSet<String>| !changed.contains(&format!("{name}.jwt"));
        if held.is_some() && self.changed.as_ref().is_some_and(as_held) {
            return Ok(held);
        }
        Ok(self.http.status_unless(name, held.as_deref(), max)?.or(held))
    }
}
