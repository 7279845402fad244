//! The signature base (RFC 9421 §2.5) and the content digest (RFC 9530).

use sfv::{BareItem, Dictionary, FieldType as _, Item, ListEntry, Parser};

use super::AuthError;
use crate::Digest;

/// The signature base: one line for each component, then the parameters. `parameters` is the canonical
/// form of the member of `Signature-Input`.
#[must_use]
pub fn signature_base<'a>(
    components: impl IntoIterator<Item = (&'a str, &'a str)>,
    parameters: &str,
) -> String {
    let mut base = String::with_capacity(512);
    for (name, value) in components {
        for piece in ["\"", name, "\": ", value, "\n"] {
            base.push_str(piece);
        }
    }
    base.push_str("\"@signature-params\": ");
    base.push_str(parameters);
    base
}

/// The field `Content-Digest` with `sha-256` (RFC 9530 §2).
#[must_use]
pub fn content_digest(digest: &Digest) -> String {
    format!("sha-256={}", Item::new(digest.0.to_vec()).serialize())
}

/// Whether a `Content-Digest` is that of the body. Other algorithms beside `sha-256` are passed over.
pub(super) fn check_content_digest(value: &str, digest: &Digest) -> Result<(), AuthError> {
    const FORM: AuthError = AuthError::Form("content-digest");
    let digests: Dictionary = Parser::new(value).parse().map_err(|_| FORM)?;
    let Some(ListEntry::Item(Item { bare_item: BareItem::ByteSequence(bytes), params })) =
        digests.get("sha-256")
    else {
        return Err(FORM);
    };
    if !params.is_empty() {
        return Err(FORM);
    }
    if bytes.as_slice() == digest.0 { Ok(()) } else { Err(AuthError::Digest) }
}
