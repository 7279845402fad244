//! 机构自建 CA: who may vouch for a hub's server in the place of the public authorities.
//!
//! The certificates are kept with the hub, or with the ledger of another province, and go with every request to it.
//! They say nothing of the hub's own key, which signs its receipts and is compared by people.

mod certificate;

use std::path::Path;

use chrono::{DateTime, Utc};
use zizhi_crypto::digest;
use zizhi_model::Text;
use zizhi_store::{Database, Hub, Ledger};
use zizhi_sync::round::Cause;

use crate::failure::{Failure, told};
use crate::hub_http::HubHttp;
use crate::hub_join::entry;
use crate::message_words::failure;
use crate::{Host, files, https};

/// Bytes of a file of certificates.
const FILE: u64 = 64 * 1024;

/// An authority as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// What its certificate calls it; empty where that is nothing to be shown.
    pub name: String,
    /// Until when its certificate says that it is valid.
    pub until: Option<DateTime<Utc>>,
    /// The SHA-256 of its certificate as people compare it.
    pub fingerprint: String,
}

/// Reads a file of certificates (PEM) that a person chose.
///
/// # Errors
/// `NET-CA` if it holds none that can be used, or a private key; `IO-READ`, `LIMIT-SIZE`.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let pem = files::read(path, FILE)?;
    https::certificates(&pem)?;
    Ok(pem)
}

/// The authorities of a PEM that was kept; none where the public ones are used.
pub(crate) fn shown(pem: Option<&[u8]>) -> Vec<Authority> {
    let certificates = pem.and_then(|pem| https::certificates(pem).ok()).unwrap_or_default();
    certificates.iter().map(|certificate| authority(certificate.der())).collect()
}

fn authority(der: &[u8]) -> Authority {
    let (name, until) = certificate::read(der).unwrap_or_default();
    Authority { name, until, fingerprint: digest::hex_groups(&digest::sha256(der)) }
}

/// Has these certificates (PEM) vouch for a hub that was joined, its ledger's too, or with nothing the public
/// authorities. The hub is asked for its card first: where it answers with a certificate that they do not vouch for,
/// nothing changes. Where it does not answer they are taken all the same.
///
/// # Errors
/// `HUB-NONE` if no hub of that id was joined, `HUB-AUTHORITY` if the hub answers with a certificate of others,
/// `HUB-CERTIFICATE`, `NET-CA`; as every write to the database.
pub fn replace(database: &Database, hub: &str, ca: Option<&[u8]>, host: &dyn Host) -> Result<(), Failure> {
    let (own, other) = {
        let reader = database.reader()?;
        let own = reader.hub()?.filter(|row| row.joined.is_some() && row.id == hub);
        (own, reader.ledgers()?.into_iter().find(|row| row.joined.is_some() && row.hub == hub))
    };
    let url = own.as_ref().map(|row| &row.url).or(other.as_ref().map(|row| &row.url));
    let url = url.ok_or_else(crate::hub_status::none)?;
    match HubHttp::new(url, ca)?.card() {
        Err(Cause::Issuer) => return Err(of_others(ca.is_some())),
        Err(cause @ Cause::Certificate) => return Err(failure(cause)),
        _ => {}
    }
    let ca = ca.map(<[u8]>::to_vec);
    let authorities: Vec<String> = shown(ca.as_deref()).into_iter().map(|one| one.fingerprint).collect();
    let entry = entry(database, "hub.authority", host)?.about("hub", hub);
    let writer = database.writer()?;
    // As they stand now: a round may have ended meanwhile. What it said of the old ones is over.
    if let Some(row) = writer.hub()?.filter(|row| own.is_some() && row.id == hub) {
        writer.put_hub(&Hub { ca: ca.clone(), code: None, wait_ms: 0, retry_at: None, ..row })?;
    }
    if let Some(row) = writer.ledgers()?.into_iter().find(|row| other.is_some() && row.hub == hub) {
        writer.put_ledger(&Ledger { ca, ..row })?;
    }
    writer.commit(&entry.with(serde_json::json!({ "certificates": authorities })))?;
    Ok(())
}

fn of_others(private: bool) -> Failure {
    let (zh, en) = if private {
        ("枢纽出示的证书不是这些机构签发的", "The hub's certificate was not issued by these authorities")
    } else {
        ("枢纽出示的证书不是公共机构签发的", "The hub's certificate was not issued by a public authority")
    };
    Failure::input(
        "HUB-AUTHORITY",
        told(format!("{zh}，没有更换。"), format!("{en}; nothing was changed")),
        Text::fixed(
            "请向枢纽运维人员或所在孵化器的信息技术人员核对，应当使用哪一份CA证书文件。",
            "ask the hub's operator or the IT of your incubator which file of CA certificates is to be used",
        ),
    )
}
