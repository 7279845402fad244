//! Reads an issuer record: required members are needed, unknown ones tolerated, and what the record
//! says must fit where it lies.

use chrono::{DateTime, Utc};
use zizhi_crypto::{KeyError, PublicKey, b64, digest};
use zizhi_model::json::{self, Object};
use zizhi_model::region::Region;
use zizhi_model::{CheckCode, Json, Provenance, Uscc, civil};

use super::{FormerName, IssuerKey, IssuerRecord, IssuerRole, KeyUse, Material, MayIssue};
use crate::error::RecordError;

impl IssuerRecord {
    /// Reads the record that lies at `issuers/<province>/<uscc>.json`.
    ///
    /// # Errors
    /// [`RecordError`] if the record is malformed, or is about another organisation than its file
    /// name, or about one in another province than its folder.
    pub fn read(bytes: &[u8], province: &str, uscc: &Uscc, max_depth: usize) -> Result<Self, RecordError> {
        let json = json::strict(bytes, max_depth)?;
        let record = json.as_object().ok_or(RecordError::Member("record"))?;
        let read = Self {
            uscc: Uscc::parse(text(record, "uscc")?)?,
            name: text(record, "name")?.to_owned(),
            former_names: list(record, "former_names")?.iter().map(former_name).collect::<Result<_, _>>()?,
            // A role or a use of a later version of the format gives no right that this program knows.
            roles: words(required(record, "roles")?, "roles")?.filter_map(IssuerRole::parse).collect(),
            level: optional_text(record, "level")?.map(str::to_owned),
            region: Region::parse(text(record, "region")?)?,
            keys: required_list(record, "keys")?.iter().map(issuer_key).collect::<Result<_, _>>()?,
            seal_to: list(record, "seal_to")?
                .iter()
                .map(|value| owned(value, "seal_to"))
                .collect::<Result<_, _>>()?,
            may_issue: list(record, "may_issue")?.iter().map(may_issue).collect::<Result<_, _>>()?,
        };
        if read.uscc != *uscc {
            return Err(RecordError::OtherOrganisation);
        }
        // A province registers its own. Else one province could speak for a firm's incubator in
        // another, and rules that ask where a credential comes from would be deceived.
        if read.region.province() != province {
            return Err(RecordError::OtherProvince);
        }
        for (index, key) in read.keys.iter().enumerate() {
            if read.keys.iter().skip(index + 1).any(|later| later.kid == key.kid) {
                return Err(RecordError::RepeatedKey(key.kid.clone()));
            }
        }
        Ok(read)
    }
}

/// RFC 7638 thumbprint of a JWK that need not be a good key: SHA-256, base64url.
#[must_use]
pub fn thumbprint(jwk: &Json<'_>) -> Option<String> {
    let member = |name| jwk.get(name).and_then(Json::as_str);
    let names: &[&str] = match member("kty")? {
        "EC" => &["crv", "kty", "x", "y"],
        "OKP" => &["crv", "kty", "x"],
        _ => return None,
    };
    // §3: the required members only, in the order of their names, without white space.
    let members = names.iter().map(|name| {
        let value = serde_json::to_string(member(name)?).ok()?;
        Some(format!("\"{name}\":{value}"))
    });
    let text = format!("{{{}}}", members.collect::<Option<Vec<_>>>()?.join(","));
    Some(b64::encode(&digest::sha256(text.as_bytes())))
}

fn issuer_key(value: &Json<'_>) -> Result<IssuerKey, RecordError> {
    let key = value.as_object().ok_or(RecordError::Member("keys"))?;
    let jwk = required(key, "jwk")?;
    let material = match PublicKey::from_jwk(jwk) {
        Ok(key) => Material::Usable(key),
        // The key is refused, not the record: a signature by it must be told apart from one by a key
        // that nobody ever listed.
        Err(KeyError::Weak(_)) => Material::Refused(CheckCode::KeyWeak),
        Err(KeyError::Unsupported(_) | KeyError::Algorithm { .. }) => Material::Refused(CheckCode::SigAlg),
        Err(KeyError::Use) => Material::Refused(CheckCode::SigUse),
        Err(_) => return Err(RecordError::Member("jwk")),
    };
    let kid = match &material {
        Material::Usable(key) => key.key_id().as_str().to_owned(),
        Material::Refused(_) => thumbprint(jwk).ok_or(RecordError::Member("jwk"))?,
    };
    Ok(IssuerKey {
        kid,
        material,
        uses: words(required(key, "use")?, "use")?.filter_map(KeyUse::parse).collect(),
        hub: optional_text(key, "hub")?.map(str::to_owned),
        valid_from: time(text(key, "valid_from")?, "valid_from", civil::start_of_day_shanghai)?,
        valid_until: optional_text(key, "valid_until")?
            .map(|until| time(until, "valid_until", civil::end_of_day_shanghai))
            .transpose()?,
        revoked_at: optional_text(key, "revoked_at")?
            .map(|at| time(at, "revoked_at", civil::start_of_day_shanghai))
            .transpose()?,
        revoked_reason: optional_text(key, "revoked_reason")?.map(str::to_owned),
    })
}

fn former_name(value: &Json<'_>) -> Result<FormerName, RecordError> {
    let former = value.as_object().ok_or(RecordError::Member("former_names"))?;
    let until = optional_text(former, "until")?.map(civil::parse_date).transpose();
    Ok(FormerName {
        name: text(former, "name")?.to_owned(),
        until: until.map_err(|_| RecordError::Member("until"))?,
    })
}

fn may_issue(value: &Json<'_>) -> Result<MayIssue, RecordError> {
    let scope = value.as_object().ok_or(RecordError::Member("may_issue"))?;
    Ok(MayIssue {
        credential_type: text(scope, "type")?.to_owned(),
        provenance: words(required(scope, "provenance")?, "provenance")?
            .filter_map(Provenance::parse)
            .collect(),
    })
}

/// A time with an offset, or a civil date, which means a moment of that day in China.
fn time(
    text: &str,
    member: &'static str,
    of_day: fn(chrono::NaiveDate) -> DateTime<Utc>,
) -> Result<DateTime<Utc>, RecordError> {
    match civil::parse_date(text) {
        Ok(date) => Ok(of_day(date)),
        Err(_) => civil::parse_time(text).map_err(|_| RecordError::Member(member)),
    }
}

fn required<'v, 'a>(object: &'v Object<'a>, name: &'static str) -> Result<&'v Json<'a>, RecordError> {
    object.get(name).ok_or(RecordError::Member(name))
}

fn text<'v>(object: &'v Object<'_>, name: &'static str) -> Result<&'v str, RecordError> {
    let value = required(object, name)?.as_str();
    value.filter(|text| !text.is_empty()).ok_or(RecordError::Member(name))
}

/// Absent and `null` are the same.
fn optional_text<'v>(object: &'v Object<'_>, name: &'static str) -> Result<Option<&'v str>, RecordError> {
    match object.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => value.as_str().map(Some).ok_or(RecordError::Member(name)),
    }
}

fn required_list<'v, 'a>(object: &'v Object<'a>, name: &'static str) -> Result<&'v [Json<'a>], RecordError> {
    required(object, name)?.as_array().ok_or(RecordError::Member(name))
}

/// Absent and `null` are an empty list.
fn list<'v, 'a>(object: &'v Object<'a>, name: &'static str) -> Result<&'v [Json<'a>], RecordError> {
    match object.get(name) {
        None | Some(Json::Null) => Ok(&[]),
        Some(value) => value.as_array().ok_or(RecordError::Member(name)),
    }
}

fn words<'v>(value: &'v Json<'_>, name: &'static str) -> Result<impl Iterator<Item = &'v str>, RecordError> {
    let values = value.as_array().ok_or(RecordError::Member(name))?;
    if values.iter().any(|value| value.as_str().is_none()) {
        return Err(RecordError::Member(name));
    }
    Ok(values.iter().filter_map(Json::as_str))
}

fn owned(value: &Json<'_>, name: &'static str) -> Result<String, RecordError> {
    value.as_str().map(str::to_owned).ok_or(RecordError::Member(name))
}
