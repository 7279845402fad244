//! Where PostgreSQL is, and how the line to it is protected.
//!
//! `sslmode` has two words here that keep the line, and one that says it is kept otherwise. The words of libpq that
//! go on without TLS, or with anybody's certificate, are refused.

use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::{Result, StoreError};

/// Where Debian and Red Hat keep the authorities of the system.
const SYSTEM: [&str; 2] = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// What an address says: how to connect, and with which authorities.
pub(super) fn read(url: &str) -> Result<(Config, MakeRustlsConnect)> {
    let (rest, mode, roots) = split(url);
    let mut config = Config::from_str(&rest)?;
    config.application_name("zizhi-hub");
    let mut authorities = RootCertStore::empty();
    match mode.as_deref() {
        // A certificate that nobody checks keeps nobody out: both check authority and name.
        Some("require" | "verify-full") => {
            config.ssl_mode(SslMode::Require);
            authorities = trusted(roots.as_deref())?;
        }
        Some("disable") => {
            config.ssl_mode(SslMode::Disable);
        }
        Some(other) => return Err(StoreError::SslMode(other.to_owned())),
        // A socket of this machine needs no protection.
        None if config.get_hostaddrs().is_empty() && config.get_hosts().iter().all(is_here) => {
            config.ssl_mode(SslMode::Disable);
        }
        None => return Err(StoreError::Plain),
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Unavailable(error.into()))?
        .with_root_certificates(authorities)
        .with_no_client_auth();
    Ok((config, MakeRustlsConnect::new(tls)))
}

/// The address without `sslmode` and `sslrootcert`, of which the driver knows less than it should, and these two.
fn split(url: &str) -> (String, Option<String>, Option<PathBuf>) {
    let (mut mode, mut roots) = (None, None);
    let mut keep = |pair: &str| match pair.split_once('=') {
        Some(("sslmode", value)) => {
            mode = Some(value.to_owned());
            false
        }
        Some(("sslrootcert", value)) => {
            roots = Some(PathBuf::from(value));
            false
        }
        _ => true,
    };
    let rest = match url.split_once('?') {
        Some((before, query)) if url.starts_with("postgres") => {
            let kept: Vec<&str> = query.split('&').filter(|pair| keep(pair)).collect();
            format!("{before}?{}", kept.join("&"))
        }
        _ if url.starts_with("postgres://") || url.starts_with("postgresql://") => url.to_owned(),
        _ => url.split(' ').filter(|pair| keep(pair)).collect::<Vec<_>>().join(" "),
    };
    (rest.trim_end_matches('?').to_owned(), mode, roots)
}

/// The authorities of a file, or of the system where none or `system` is named.
fn trusted(file: Option<&Path>) -> Result<RootCertStore> {
    let file = match file {
        Some(file) if file != Path::new("system") => file.to_owned(),
        _ => {
            let known = SYSTEM.iter().map(PathBuf::from).find(|path| path.is_file());
            known.unwrap_or_else(|| PathBuf::from(SYSTEM[0]))
        }
    };
    let unreadable = |error: io::Error| StoreError::Roots(file.clone(), error);
    let pem = fs::read(&file).map_err(unreadable)?;
    let found = CertificateDer::pem_slice_iter(&pem)
        .collect::<std::result::Result<Vec<_>, _>>()
        .map_err(|error| unreadable(io::Error::other(error)))?;
    let mut authorities = RootCertStore::empty();
    let (added, _) = authorities.add_parsable_certificates(found);
    if added == 0 {
        return Err(unreadable(io::Error::new(io::ErrorKind::InvalidData, "it holds no certificate")));
    }
    Ok(authorities)
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Host::Unix(_) => true,
    }
}
