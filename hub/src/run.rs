//! Running a hub until it is told to stop.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;
use axum_server::{Control, Handle};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::cause::causes;
use crate::serve::{Hub, keep_beating, keep_draining, router};

/// How long requests that are under way may still take when the hub is told to stop.
const LAST: Duration = Duration::from_secs(30);

/// How long a client may take for the head of a request, and for a handshake.
const HEAD: Duration = Duration::from_secs(15);

/// How often expired things are removed.
const SWEEP: Duration = Duration::from_secs(600);

/// Among how many sweeps blobs are compared with rows once: every 12 hours, as all are listed for it.
const ORPHANS: u64 = 72;

/// Why a hub cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file of the two cannot be read.
    #[error("{0}: cannot be read")]
    Read(PathBuf, #[source] io::Error),
    /// The file of the certificates holds none that can be used.
    #[error("{0}: no certificate in PEM")]
    Certificate(PathBuf),
    /// The file of the key holds none that can be used.
    #[error("{0}: no private key in PEM")]
    Key(PathBuf),
    /// The certificates do not go with the key.
    #[error("the TLS certificate {certificate} and the key {key} do not go together")]
    Tls {
        /// The file of the certificates.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// What is said of them.
        source: rustls::Error,
    },
    /// The socket fails.
    #[error("the socket fails")]
    Socket(#[source] io::Error),
}

/// Certificate and key for TLS 1.2 and 1.3, by ring.
///
/// # Errors
/// [`RunError`], but for [`RunError::Socket`].
pub fn tls(certificates: &Path, key: &Path) -> Result<RustlsConfig, RunError> {
    let (certificate, private) = (certificates.to_owned(), key.to_owned());
    let read = |path: &Path| std::fs::read(path).map_err(|error| RunError::Read(path.to_owned(), error));
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&read(certificates)?)
        .collect::<Result<_, _>>()
        .map_err(|_| RunError::Certificate(certificate.clone()))?;
    if chain.is_empty() {
        return Err(RunError::Certificate(certificate));
    }
    let key = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| RunError::Key(private.clone()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|source| match source {
            rustls::Error::InvalidCertificate(_) => RunError::Certificate(certificate),
            source @ rustls::Error::InconsistentKeys(_) => {
                RunError::Tls { certificate, key: private, source }
            }
            // A kind of key that ring does not sign with, such as SM2 or P-521.
            _ => RunError::Key(private),
        })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

/// Serves on a socket that is bound already, until `handle` is told to stop; meanwhile removes what has expired, brings
/// mail to other hubs, and watches whether commits come back.
///
/// # Errors
/// [`RunError::Socket`].
pub async fn serve(
    hub: Arc<Hub>,
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
) -> Result<(), RunError> {
    let draining = tokio::spawn(keep_draining(Arc::clone(&hub)));
    let sweeping = tokio::spawn(sweep(Arc::clone(&hub)));
    let beating = tokio::spawn(keep_beating(Arc::clone(&hub)));
    let served = answer(hub, listener, tls, handle).await;
    beating.abort();
    sweeping.abort();
    draining.abort();
    served
}

/// The same without anything that the hub does unasked: nothing is removed, and nothing goes to other hubs.
///
/// # Errors
/// [`RunError::Socket`].
pub async fn answer(
    hub: Arc<Hub>,
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
) -> Result<(), RunError> {
    listener.set_nonblocking(true).map_err(RunError::Socket)?;
    let service = router(hub).into_make_service();
    let served = match tls {
        None => {
            let mut server =
                axum_server::from_tcp(listener).map_err(RunError::Socket)?.http1_only().handle(handle);
            server.http_builder().http1().header_read_timeout(HEAD);
            server.serve(service).await
        }
        Some(config) => {
            let mut server = axum_server::from_tcp_rustls(listener, config)
                .map_err(RunError::Socket)?
                .http1_only()
                .handle(handle);
            server.http_builder().http1().header_read_timeout(HEAD);
            server.serve(service).await
        }
    };
    served.map_err(RunError::Socket)
}

/// Lets requests under way finish once the process is told to stop by SIGTERM or SIGINT.
pub async fn stop_on_signal(control: Control) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("told to stop");
    control.graceful_shutdown(Some(LAST));
}

async fn sweep(hub: Arc<Hub>) {
    let mut every = tokio::time::interval(SWEEP);
    for turn in 0_u64.. {
        every.tick().await;
        if let Err(error) = hub.sweep().await {
            tracing::warn!(error = causes(&error), "not swept");
        }
        if turn.is_multiple_of(ORPHANS)
            && let Err(error) = hub.sweep_orphans().await
        {
            tracing::warn!(error = causes(&error), "orphans not removed");
        }
    }
}
