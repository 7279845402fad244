//! Issuer records as they are written.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Value, json};
use zizhi_crypto::PublicKey;

use super::AuthoringError;
use crate::issuer::{IssuerKey, IssuerRecord, KeyUse, Material};

impl IssuerKey {
    /// A key that may sign from `valid_from` on.
    #[must_use]
    pub fn new(key: PublicKey, uses: Vec<KeyUse>, valid_from: DateTime<Utc>) -> Self {
        Self {
            kid: key.key_id().as_str().to_owned(),
            material: Material::Usable(key),
            uses,
            hub: None,
            valid_from,
            valid_until: None,
            revoked_at: None,
            revoked_reason: None,
        }
    }
}

impl IssuerRecord {
    /// The record as a file (formats.md §3).
    ///
    /// # Errors
    /// [`AuthoringError::Key`] for a refused key, whose text was not kept.
    pub fn to_json(&self) -> Result<Vec<u8>, AuthoringError> {
        let keys = self.keys.iter().map(issuer_key).collect::<Result<Vec<_>, _>>()?;
        let former = self
            .former_names
            .iter()
            .map(|former| json!({ "name": former.name, "until": former.until.map(|day| day.to_string()) }));
        let scopes = self.may_issue.iter().map(|scope| {
            let provenance: Vec<&str> = scope.provenance.iter().map(|value| value.as_str()).collect();
            json!({ "type": scope.credential_type, "provenance": provenance })
        });
        let record = json!({
            "uscc": self.uscc,
            "name": self.name,
            "former_names": former.collect::<Vec<_>>(),
            "roles": self.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
            "level": self.level,
            "region": self.region.as_str(),
            "keys": keys,
            "seal_to": self.seal_to,
            "may_issue": scopes.collect::<Vec<_>>(),
        });
        serde_json::to_vec(&record).map_err(|error| AuthoringError::Content(error.to_string()))
    }
}

fn issuer_key(entry: &IssuerKey) -> Result<Value, AuthoringError> {
    let Material::Usable(key) = &entry.material else {
        return Err(AuthoringError::Key(entry.kid.clone()));
    };
    let mut written = json!({
        "jwk": key.to_jwk(),
        "use": entry.uses.iter().map(|wanted| wanted.as_str()).collect::<Vec<_>>(),
        "valid_from": china_time(entry.valid_from),
        "valid_until": entry.valid_until.map(china_time),
        "revoked_at": entry.revoked_at.map(china_time),
        "revoked_reason": entry.revoked_reason,
    });
    if let (Some(hub), Some(members)) = (&entry.hub, written.as_object_mut()) {
        members.insert("hub".to_owned(), json!(hub));
    }
    Ok(written)
}

/// RFC 3339 with the offset that the readers of the file live by.
fn china_time(time: DateTime<Utc>) -> String {
    const AHEAD: i32 = 8 * 3600;
    match FixedOffset::east_opt(AHEAD) {
        Some(china) => time.with_timezone(&china).to_rfc3339_opts(SecondsFormat::Secs, false),
        None => time.to_rfc3339_opts(SecondsFormat::Secs, false),
    }
}
