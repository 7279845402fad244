//! A source that copies what is read from another one into a package, so that trust data from a folder
//! or the network is kept as one file.

use std::collections::HashSet;
use std::fs::File;
use std::sync::{Arc, Mutex, PoisonError};

use zizhi_archive::{Method, WriteError, Writer};
use zizhi_model::Uscc;
use zizhi_trust::{Source, SourceError, Trust, TrustLimits};

/// The source and the package that is being filled from it.
pub(crate) struct Copying {
    inner: Arc<dyn Source>,
    copy: Mutex<Copy>,
}

struct Copy {
    /// Gone once the package is finished; the source then only passes on what is asked.
    writer: Option<Writer<File>>,
    written: HashSet<String>,
    bytes: u64,
    limit: u64,
    problem: Option<CopyError>,
}

/// Why a package could not be filled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CopyError {
    /// The file could not be written, or would hold more than a package can.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// More than a package may hold.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// A status list could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl Copying {
    /// Copies what is read from `inner` into `package`.
    pub fn new(inner: Arc<dyn Source>, package: File, limits: &TrustLimits) -> Result<Self, CopyError> {
        let copy = Copy {
            writer: Some(Writer::new(package)?),
            written: HashSet::new(),
            bytes: 0,
            limit: limits.package_bytes,
            problem: None,
        };
        Ok(Self { inner, copy: Mutex::new(copy) })
    }

    /// Reads everything that `trust`, which was opened from this source, can be asked for, so that the
    /// package answers the same questions; then ends the package.
    pub fn complete(&self, trust: &Trust, lists: &[String], limits: &TrustLimits) -> Result<(), CopyError> {
        let basis = trust.basis();
        let first = basis.pinned.as_ref().map_or(1, |pinned| pinned.version);
        for version in first..=basis.root_version {
            drop(self.metadata(&format!("{version}.root.json"), limits.root_bytes));
        }
        for role in basis.expires.iter().filter(|role| role.role != "root") {
            let name = match role.role.as_str() {
                "timestamp" => "timestamp.json".to_owned(),
                other => format!("{}.{other}.json", role.version),
            };
            drop(self.metadata(&name, limits.targets_bytes));
        }
        for code in trust.issuer_codes() {
            if let Ok(uscc) = Uscc::parse(&code) {
                drop(trust.issuer(&uscc));
            }
        }
        for pack in trust.rule_packs() {
            drop(trust.rule_pack_in(&pack.province, &pack.id));
        }
        for path in trust.types() {
            drop(trust.type_metadata(&path));
        }
        for name in lists {
            self.status(name, limits.status_bytes)?;
        }
        let mut copy = self.copy.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(problem) = copy.problem.take() {
            return Err(problem);
        }
        if let Some(writer) = copy.writer.take() {
            writer.finish()?;
        }
        Ok(())
    }

    fn keep(&self, under: &str, name: &str, method: Method, found: Option<&Vec<u8>>) {
        let Some(bytes) = found else { return };
        let name = format!("{under}/{name}");
        let mut copy = self.copy.lock().unwrap_or_else(PoisonError::into_inner);
        if copy.problem.is_some() || !copy.written.insert(name.clone()) {
            return;
        }
        copy.bytes += bytes.len() as u64;
        if copy.bytes > copy.limit {
            copy.problem = Some(CopyError::TooLarge(copy.limit));
        } else if let Some(writer) = &mut copy.writer
            && let Err(error) = writer.add_bytes(&name, method, bytes)
        {
            copy.problem = Some(error.into());
        }
    }
}

impl Source for Copying {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let found = self.inner.metadata(name, max)?;
        self.keep("metadata", name, Method::Stored, found.as_ref());
        Ok(found)
    }

    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let found = self.inner.target(path, max)?;
        self.keep("targets", path, Method::Deflate, found.as_ref());
        Ok(found)
    }

    fn status(&self, uri_sha256_hex: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let found = self.inner.status(uri_sha256_hex, max)?;
        self.keep("status", &format!("{uri_sha256_hex}.jwt"), Method::Stored, found.as_ref());
        Ok(found)
    }

    fn lowest_root(&self) -> Result<Option<u64>, SourceError> {
        self.inner.lowest_root()
    }
}
