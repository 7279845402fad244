//! HTTPS as this program speaks it: certificates are checked, nobody is redirected, and an address without
//! encryption leads nowhere but to this machine.

use std::net::IpAddr;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, RootCertStore};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use zizhi_model::Text;
use zizhi_sync::round::Cause;

use crate::failure::{Failure, told};

/// Who asks the server at `url`, which must be `https://`, or `http://` to this machine itself. Nothing is
/// asked yet. `ca` (PEM) stands in for the public certificate authorities; `connect` is the longest time to
/// reach the server.
///
/// # Errors
/// `NET-URL`, `NET-CA`.
pub(crate) fn agent(url: &str, ca: Option<&[u8]>, connect: Duration) -> Result<Agent, Failure> {
    let uri: Uri = url.parse().map_err(|_| refused_url(url, "这不是网址", "it is no address"))?;
    let host = uri.host().unwrap_or_default();
    let loopback = is_loopback(host);
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    match uri.scheme_str() {
        _ if host.is_empty() => return Err(refused_url(url, "其中没有主机名", "it names no host")),
        _ if authority.contains('@') => {
            return Err(refused_url(url, "网址中不得写用户名和密码", "it carries a user name"));
        }
        _ if uri.query().is_some() => {
            return Err(refused_url(url, "网址中不得有“?”之后的部分", "it has a part after '?'"));
        }
        Some("https") => {}
        Some("http") if loopback => {}
        Some("http") => {
            return Err(refused_url(
                url,
                "未加密的连接只允许用于本机",
                "connections without encryption are only for this machine",
            ));
        }
        _ => return Err(refused_url(url, "只支持 https", "only https is supported")),
    }
    let roots = match ca {
        Some(pem) => RootCerts::new_with_certs(&certificates(pem)?),
        None => RootCerts::WebPki,
    };
    let mut config = Config::builder()
        .https_only(!loopback)
        // A redirect could lead anywhere; whoever moves the data tells the new address.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_idle_connections(1)
        .timeout_connect(Some(connect))
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .user_agent(concat!("zizhi/", env!("CARGO_PKG_VERSION")));
    if loopback {
        config = config.proxy(None);
    }
    Ok(config.build().new_agent())
}

/// Whether a host is this machine itself.
fn is_loopback(host: &str) -> bool {
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || plain.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The certificates of a PEM file, each of which can vouch for a server. A file with a private key in it is refused
/// whole: nobody needs one here, and it would be kept.
///
/// # Errors
/// `NET-CA`.
pub(crate) fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, Failure> {
    if contains(pem, b"PRIVATE KEY-----") {
        return Err(private_key());
    }
    let (mut found, mut roots) = (Vec::new(), RootCertStore::empty());
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| unreadable().because(error))? {
            let der = CertificateDer::from(certificate.der().to_vec());
            roots.add(der).map_err(|error| unreadable().because(error))?;
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(unreadable()) } else { Ok(found) }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Why a hub could not be asked. Only what its certificate is to blame for is told apart from silence.
pub(crate) fn cause(error: &ureq::Error) -> Cause {
    let tls = match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref()),
        _ => None,
    };
    match tls {
        // An authority of the same name with another key is another authority.
        Some(rustls::Error::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::BadSignature,
        )) => Cause::Issuer,
        Some(rustls::Error::InvalidCertificate(_)) => Cause::Certificate,
        _ => Cause::Unreachable,
    }
}

fn unreadable() -> Failure {
    Failure::input(
        "NET-CA",
        Text::fixed(
            "证书文件里没有可用的证书，没有连接。",
            "the file of certificates holds none that can be used; nothing was contacted",
        ),
        Text::fixed(
            "请提供PEM格式的CA证书文件（以 -----BEGIN CERTIFICATE----- 开头）；拿到的是其他格式时，请向信息技术人员索取PEM格式的。",
            "give a PEM file of CA certificates (it begins with -----BEGIN CERTIFICATE-----); ask the IT for one if yours is in another form",
        ),
    )
}

fn private_key() -> Failure {
    Failure::input(
        "NET-CA",
        Text::fixed(
            "证书文件里有私钥，没有读取，也没有连接。",
            "the file of certificates has a private key in it; it was not taken, and nothing was contacted",
        ),
        Text::fixed(
            "请删除您手上的这份文件，并告诉给您文件的人：私钥不应外传。请只索取CA证书（PEM）。",
            "delete your copy, tell whoever gave it to you that a private key must not be handed out, and ask for the CA certificate alone (PEM)",
        ),
    )
}

/// The failure for an address that is not fetched from.
fn refused_url(url: &str, zh: &str, en: &str) -> Failure {
    Failure::input(
        "NET-URL",
        told(format!("没有连接 {url}：{zh}。"), format!("{url} was not contacted: {en}")),
        Text::fixed(
            "请写以 https:// 开头的地址，不带“?”和用户名；http:// 只允许用于本机（127.0.0.1）。",
            "give an address that begins with https://, without '?' and user name; http:// is only for this \
             machine (127.0.0.1)",
        ),
    )
}
