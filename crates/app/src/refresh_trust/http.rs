//! Files of a trust package over HTTPS.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::{Response, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};
use zizhi_model::Text;
use zizhi_trust::{Source, SourceError};

use super::refused_url;
use crate::failure::{Failure, told};

/// Longest time to reach the server.
const CONNECT: Duration = Duration::from_secs(10);
/// Statuses that mean that there is no such file.
const ABSENT: [u16; 2] = [404, 410];

/// A folder on an HTTPS server. One connection serves all requests.
pub struct Http {
    agent: Agent,
    /// The folder, with `/` at its end.
    base: String,
    per_file: Duration,
    end: Instant,
}

impl Http {
    /// The folder at `url`, which must be `https://`, or `http://` to this machine itself. Nothing is
    /// fetched yet. `ca` (PEM) stands in for the public certificate authorities.
    ///
    /// # Errors
    /// `NET-URL`, `NET-CA`.
    pub fn new(url: &str, ca: Option<&[u8]>, per_file: Duration, whole: Duration) -> Result<Self, Failure> {
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
            .timeout_connect(Some(CONNECT.min(per_file)))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .user_agent(concat!("zizhi/", env!("CARGO_PKG_VERSION")));
        if loopback {
            config = config.proxy(None);
        }
        Ok(Self {
            agent: config.build().new_agent(),
            base: format!("{}/", url.trim_end_matches('/')),
            per_file,
            end: Instant::now() + whole,
        })
    }

    fn get(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let left = self.end.saturating_duration_since(Instant::now());
        let failed = |reason: String| SourceError::Read { name: name.to_owned(), reason };
        if left.is_zero() {
            return Err(failed("the whole took too long".to_owned()));
        }
        let url = format!("{}{}", self.base, escaped(name));
        let request = self.agent.get(&url).config().timeout_global(Some(self.per_file.min(left))).build();
        let mut response = request.call().map_err(|error| failed(error.to_string()))?;
        let status = response.status().as_u16();
        if ABSENT.contains(&status) {
            // A short page is read to its end, so that the connection can be used again.
            drop(response.body_mut().with_config().limit(64 * 1024).read_to_vec());
            return Ok(None);
        }
        if status != 200 {
            return Err(failed(refusal(status, &response)));
        }
        let too_large = || SourceError::TooLarge { name: name.to_owned(), max };
        if response.body().content_length().is_some_and(|length| length > max) {
            return Err(too_large());
        }
        match response.body_mut().with_config().limit(max.saturating_add(1)).read_to_vec() {
            Ok(bytes) if bytes.len() as u64 > max => Err(too_large()),
            Ok(bytes) => Ok(Some(bytes)),
            Err(ureq::Error::BodyExceedsLimit(_)) => Err(too_large()),
            Err(error) => Err(failed(error.to_string())),
        }
    }
}

impl Source for Http {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(&format!("metadata/{name}"), max)
    }

    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(&format!("targets/{path}"), max)
    }

    fn status(&self, uri_sha256_hex: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(&format!("status/{uri_sha256_hex}.jwt"), max)
    }
}

fn refusal(status: u16, response: &Response<Body>) -> String {
    let to = response.headers().get("location").and_then(|value| value.to_str().ok());
    match to {
        Some(to) if (300..400).contains(&status) => {
            let to: String = to.chars().take(200).collect();
            format!("the server sends elsewhere ({to}), and redirects are not followed")
        }
        _ => format!("the server answered with status {status}"),
    }
}

fn is_loopback(host: &str) -> bool {
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || plain.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, Failure> {
    let unreadable = || {
        Failure::input(
            "NET-CA",
            told(
                "证书文件里没有可用的证书，没有连接。".to_owned(),
                "the file of certificates holds none that can be used; nothing was contacted".to_owned(),
            ),
            Text::fixed(
                "请提供PEM格式的证书文件（以 -----BEGIN CERTIFICATE----- 开头）。",
                "give a PEM file (it begins with -----BEGIN CERTIFICATE-----)",
            ),
        )
    };
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| unreadable().because(error))? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(unreadable()) } else { Ok(found) }
}

/// A path with everything escaped that is not plain (RFC 3986 §2.3).
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
