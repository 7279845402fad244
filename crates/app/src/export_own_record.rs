//! The organisation's public keys, as a province registers an issuer: one record (formats.md §3) that
//! `zizhi trust add-issuer` takes. What the organisation may issue is for the province to say; what stands
//! there is what it asks for.

use std::path::Path;

use zizhi_credential::types::builtin;
use zizhi_model::{Provenance, Text};
use zizhi_store::Profile;
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue};

use crate::failure::Failure;
use crate::incubator::Incubator;
use crate::issue_types::own_record;
use crate::output::Output;
use crate::{device_inboxes, files, trust_overview, vault};

/// A record that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRecord {
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// The fingerprints of the keys that sign today, in groups of four, to be compared by telephone.
    pub fingerprints: Vec<String>,
}

/// Writes the record.
///
/// # Errors
/// `PROFILE-NONE`, `PROFILE-REGION` if the database does not say where the organisation is; `KEY-NONE`;
/// `IO-WRITE`; as every write to the database.
pub fn export_own_record(incubator: &Incubator<'_>, path: &Path) -> Result<OwnRecord, Failure> {
    let owner = incubator.owner()?;
    let record = record(incubator, &owner)?;
    let text = record.to_json().map_err(|error| {
        Failure::internal("公钥无法写成文件，没有导出。", "the record could not be written").because(error)
    })?;
    let summary = serde_json::json!({ "file": files::file_name(path) });
    let entry = incubator.entry("issuer_record.exported")?.with(summary);
    Output { path, force: true }.write(&text)?;
    incubator.database.writer()?.commit(&entry)?;
    let fingerprints = trust_overview::fingerprints(&record, incubator.host.now());
    Ok(OwnRecord { sha256: zizhi_crypto::digest::sha256(&text), fingerprints })
}

fn record(incubator: &Incubator<'_>, owner: &Profile) -> Result<IssuerRecord, Failure> {
    let known = own_record(incubator)?;
    let reader = incubator.database.reader()?;
    let mut keys = Vec::new();
    for stored in reader.signing_keys()? {
        let uses: Vec<KeyUse> = stored.uses.iter().filter_map(|word| KeyUse::parse(word)).collect();
        if uses.is_empty() {
            continue;
        }
        let key = IssuerKey::new(vault::public(&stored)?, uses, stored.created);
        keys.push(IssuerKey { valid_until: stored.retired, ..key });
    }
    let asked = builtin().iter().filter(|kind| kind.provenance == [Provenance::Direct]);
    let asked = asked
        .map(|kind| MayIssue { credential_type: kind.id().to_owned(), provenance: vec![Provenance::Direct] });
    Ok(IssuerRecord {
        uscc: owner.uscc,
        name: owner.name.clone(),
        former_names: known.as_ref().map(|known| known.former_names.clone()).unwrap_or_default(),
        roles: known.as_ref().map_or_else(|| vec![IssuerRole::Incubator], |known| known.roles.clone()),
        level: known.as_ref().and_then(|known| known.level.clone()),
        region: owner.region.ok_or_else(no_region)?,
        keys,
        // Whoever seals by the register seals to all of these, and a computer that was removed has the older ones.
        seal_to: device_inboxes::newest(&reader)?.into_iter().collect(),
        may_issue: known.map_or_else(|| asked.collect(), |known| known.may_issue.clone()),
    })
}

fn no_region() -> Failure {
    Failure::input(
        "PROFILE-REGION",
        Text::fixed(
            "没有填写本单位所在地区，公钥没有导出。",
            "the database does not say where the organisation is; nothing was written",
        ),
        Text::fixed("请先在设置中填写所在地区。", "first give the region in the settings"),
    )
}
