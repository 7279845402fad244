//! Signing a request.

use sfv::{BareItem, InnerList, Item, KeyRef, ListEntry, Parameters, StringRef};
use zizhi_crypto::{SigningKey, b64};

use super::{AuthError, LABEL, Request, TAG, content_digest, signature_base};

/// When a signature is made, how long it lives, and what makes it the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970.
    pub created: i64,
    /// Seconds since 1970, at most [`super::LIFETIME`] later.
    pub expires: i64,
    /// 128 random bits.
    pub nonce: [u8; 16],
}

/// Signs a request and returns the fields to add to it: `content-digest` where there is a body,
/// `signature-input`, `signature`.
///
/// # Errors
/// [`AuthError::Repeated`] and [`AuthError::Missing`] for a field, [`AuthError::Key`] for a key of SM2 or
/// one that cannot sign.
pub fn sign(
    request: &Request<'_>,
    key: &SigningKey,
    stamp: &Stamp,
) -> Result<Vec<(&'static str, String)>, AuthError> {
    if !super::verify::may_sign(key.algorithm()) {
        return Err(AuthError::Key);
    }
    let digest = request.body.as_ref().map(content_digest);
    let mut fields: Vec<(&str, &str)> = request
        .fields
        .iter()
        .copied()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("content-digest"))
        .collect();
    if let Some(digest) = &digest {
        fields.push(("content-digest", digest));
    }
    let request = Request { fields: &fields, ..*request };
    let names = request.must_cover()?;
    let list = ListEntry::InnerList(InnerList::with_params(items(&names)?, parameters(key, stamp)?));
    let parameters = canonical(list)?;
    let values = names.iter().map(|name| Ok((*name, request.component(name)?)));
    let base = signature_base(values.collect::<Result<Vec<_>, AuthError>>()?, &parameters);
    let signature = key.sign(base.as_bytes()).map_err(|_| AuthError::Key)?;

    let mut added = Vec::with_capacity(3);
    added.extend(digest.map(|digest| ("content-digest", digest)));
    added.push(("signature-input", format!("{LABEL}={parameters}")));
    added.push(("signature", format!("{LABEL}={}", sfv::FieldType::serialize(&Item::new(signature)))));
    Ok(added)
}

fn items(names: &[&'static str]) -> Result<Vec<Item>, AuthError> {
    names.iter().map(|name| Ok(Item::new(string(name, "component")?))).collect()
}

fn parameters(key: &SigningKey, stamp: &Stamp) -> Result<Parameters, AuthError> {
    let nonce = b64::encode(&stamp.nonce);
    let keyid = key.public().key_id().as_str();
    let members = [
        ("created", number(stamp.created, "created")?),
        ("expires", number(stamp.expires, "expires")?),
        ("nonce", string(&nonce, "nonce")?),
        ("keyid", string(keyid, "keyid")?),
        ("tag", string(TAG, "tag")?),
    ];
    members
        .into_iter()
        .map(|(name, value)| {
            let name = KeyRef::from_str(name).map_err(|_| AuthError::Parameter)?;
            Ok((name.to_owned(), value))
        })
        .collect()
}

fn string(text: &str, what: &'static str) -> Result<BareItem, AuthError> {
    Ok(StringRef::from_str(text).map_err(|_| AuthError::Form(what))?.to_owned().into())
}

fn number(seconds: i64, what: &'static str) -> Result<BareItem, AuthError> {
    Ok(sfv::Integer::try_from(seconds).map_err(|_| AuthError::Form(what))?.into())
}

/// The canonical form of an inner list with its parameters (RFC 8941 §4.1.1.1).
pub(super) fn canonical(list: ListEntry) -> Result<String, AuthError> {
    sfv::FieldType::serialize(&vec![list]).ok_or(AuthError::Form("signature-input"))
}
