//! Verifying a request.

use sfv::{BareItem, Dictionary, InnerList, Item, ListEntry, Parameters, Parser};
use zizhi_crypto::{Algorithm, PublicKey, b64};

use super::base::check_content_digest;
use super::sign::canonical;
use super::{
    AuthError, COVERED_IF_THERE, COVERED_WITH_BODY, LABEL, LIFETIME, Request, SKEW, TAG, signature_base,
};

/// What may sign a request (docs/hub.md §2). SM2 is left out, since RFC 9421 has no name for it.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::EdDsa, Algorithm::Es256];

/// Whether keys of this algorithm sign requests.
pub(super) fn may_sign(algorithm: Algorithm) -> bool {
    ALGORITHMS.contains(&algorithm)
}

/// The signature of a request that nobody has verified.
#[derive(Debug, Clone)]
pub struct Unverified {
    base: String,
    signature: Vec<u8>,
    keyid: String,
    nonce: [u8; 16],
    created: i64,
    expires: i64,
}

impl Unverified {
    /// Reads the signature of a request, checks that it covers what it must, and that the body has the
    /// digest that it covers.
    ///
    /// # Errors
    /// Everything in [`AuthError`] but `Time`, `Key` and `Signature`.
    pub fn read(request: &Request<'_>) -> Result<Self, AuthError> {
        let list = input(request)?;
        let names = covered(&list)?;
        for name in request.must_cover()? {
            if !names.contains(&name) {
                return Err(AuthError::Uncovered(name));
            }
        }
        if let Some(digest) = &request.body {
            check_content_digest(request.component("content-digest")?, digest)?;
        } else if request.field("content-digest")?.is_some() {
            // A digest of nothing says that there was something.
            return Err(AuthError::Digest);
        }
        let values = names.iter().map(|name| Ok((*name, request.component(name)?)));
        let values = values.collect::<Result<Vec<_>, AuthError>>()?;
        let read = Self {
            base: String::new(),
            signature: signature(request)?,
            keyid: text(&list.params, "keyid")?.to_owned(),
            nonce: b64::decode_array(text(&list.params, "nonce")?).map_err(|_| AuthError::Form("nonce"))?,
            created: number(&list.params, "created")?,
            expires: number(&list.params, "expires")?,
        };
        if text(&list.params, "tag")? != TAG {
            return Err(AuthError::Form("tag"));
        }
        // Five were asked for; a sixth is one that we do not know. `alg` would be an order to the verifier.
        if list.params.len() != 5 {
            return Err(AuthError::Parameter);
        }
        let base = signature_base(values, &canonical(ListEntry::InnerList(list))?);
        Ok(Self { base, ..read })
    }

    /// The thumbprint of the key that is said to have signed, for finding it. Untrusted.
    #[must_use]
    pub fn keyid(&self) -> &str {
        &self.keyid
    }

    /// Verifies with the device's key, at the time `now` in seconds since 1970.
    ///
    /// # Errors
    /// [`AuthError::Time`], [`AuthError::Key`], [`AuthError::Signature`].
    pub fn verify(self, key: &PublicKey, now: i64) -> Result<Verified, AuthError> {
        if key.key_id() != self.keyid.as_str() || !may_sign(key.algorithm()) {
            return Err(AuthError::Key);
        }
        key.verify(self.base.as_bytes(), &self.signature).map_err(|_| AuthError::Signature)?;
        let lives = self.expires.checked_sub(self.created).ok_or(AuthError::Time)?;
        // docs/hub.md §2: both bounds belong to what is allowed.
        let ahead = self.created > now.saturating_add(SKEW);
        let over = self.expires < now.saturating_sub(SKEW);
        if !(0..=LIFETIME).contains(&lives) || ahead || over {
            return Err(AuthError::Time);
        }
        // The one place that makes a `Verified`.
        Ok(Verified {
            keyid: self.keyid,
            nonce: self.nonce,
            created: self.created,
            remember_until: self.expires.saturating_add(SKEW),
        })
    }
}

/// A request that the holder of a key signed, now. Whether it was seen before is for the caller to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    keyid: String,
    nonce: [u8; 16],
    created: i64,
    remember_until: i64,
}

impl Verified {
    /// The thumbprint of the key.
    #[must_use]
    pub fn keyid(&self) -> &str {
        &self.keyid
    }

    /// The nonce: 128 bits.
    #[must_use]
    pub fn nonce(&self) -> &[u8; 16] {
        &self.nonce
    }

    /// When the device signed, by its clock, in seconds since 1970.
    #[must_use]
    pub fn created(&self) -> i64 {
        self.created
    }

    /// The last second, in seconds since 1970, in which this signature would be accepted, so that its
    /// nonce has to be remembered through it.
    #[must_use]
    pub fn remember_until(&self) -> i64 {
        self.remember_until
    }
}

/// Our member of `Signature-Input`. Members with other labels, which a proxy may add, are passed over.
fn input(request: &Request<'_>) -> Result<InnerList, AuthError> {
    const NAME: &str = "signature-input";
    match member(request, NAME)? {
        ListEntry::InnerList(list) => Ok(list),
        ListEntry::Item(_) => Err(AuthError::Form(NAME)),
    }
}

/// Our member of `Signature`.
fn signature(request: &Request<'_>) -> Result<Vec<u8>, AuthError> {
    const NAME: &str = "signature";
    match member(request, NAME)? {
        ListEntry::Item(Item { bare_item: BareItem::ByteSequence(bytes), params }) if params.is_empty() => {
            Ok(bytes)
        }
        _ => Err(AuthError::Form(NAME)),
    }
}

fn member(request: &Request<'_>, name: &'static str) -> Result<ListEntry, AuthError> {
    let value = request.field(name)?.ok_or(AuthError::Missing(name))?;
    let mut members: Dictionary = Parser::new(value).parse().map_err(|_| AuthError::Form(name))?;
    members.swap_remove(LABEL).ok_or(AuthError::Label)
}

/// The covered components, in the order in which they were signed, none with parameters (RFC 9421 §2).
fn covered(list: &InnerList) -> Result<Vec<&'static str>, AuthError> {
    let known = ["@method", "@target-uri"];
    let known = known.iter().chain(&COVERED_WITH_BODY).chain(&COVERED_IF_THERE);
    let mut names: Vec<&'static str> = Vec::with_capacity(list.items.len());
    for Item { bare_item, params } in &list.items {
        let found = bare_item.as_string().filter(|_| params.is_empty()).ok_or(AuthError::Covers)?;
        let name = known.clone().find(|name| **name == found.as_str()).ok_or(AuthError::Covers)?;
        // RFC 9421 §2.5: each component identifier occurs once.
        if names.contains(name) {
            return Err(AuthError::Covers);
        }
        names.push(name);
    }
    Ok(names)
}

fn text<'p>(params: &'p Parameters, name: &'static str) -> Result<&'p str, AuthError> {
    let value = params.get(name).ok_or(AuthError::Form(name))?;
    value.as_string().map(sfv::StringRef::as_str).ok_or(AuthError::Form(name))
}

fn number(params: &Parameters, name: &'static str) -> Result<i64, AuthError> {
    let value = params.get(name).ok_or(AuthError::Form(name))?;
    value.as_integer().map(i64::from).ok_or(AuthError::Form(name))
}
