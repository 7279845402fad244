//! The holder's signature over one presentation (RFC 9901 §4.3, §7.3).

use std::borrow::Cow;

use data_encoding::BASE64URL_NOPAD;
use zizhi_crypto::PublicKey;
use zizhi_crypto::digest::HashAlgorithm;
use zizhi_model::check::{CheckCode, Fact, Facts};
use zizhi_model::json::{Json, Profile};
use zizhi_model::limits::Limits;

use super::compact::{Compact, Jws};
use super::error::SdJwtError;
use super::process;

/// Seconds that a key binding may lie from the manifest that lists it (formats.md §6, `KB-TIME`).
pub const REFERENCE_WINDOW_SECONDS: i64 = 5 * 60;

/// The `typ` of a key binding.
pub(crate) const TYP: &str = "kb+jwt";

/// A key binding JWT and what it must be bound to. Nothing of it is checked before [`Self::check`].
#[derive(Debug, Clone, Copy)]
pub struct KeyBinding<'u> {
    jwt: &'u str,
    bound: &'u str,
    hash: HashAlgorithm,
    limits: Limits,
    profile: Profile,
}

/// What the verifier asked for.
#[derive(Debug, Clone, Copy)]
pub struct KbPolicy<'p> {
    /// The verifier, as `aud` has to name it.
    pub aud: &'p str,
    /// The nonce of the transaction.
    pub nonce: &'p str,
    /// The credential's `iat`: it cannot be shown before it exists.
    pub not_before: i64,
    /// The `iat` of the manifest that lists the presentation, if there is one.
    pub reference: Option<i64>,
    /// The time of verification.
    pub now: i64,
    /// Seconds that two honest clocks may differ by.
    pub skew: i64,
}

/// What a key binding says. Claims that are missing or of another type are `None`.
#[derive(Debug, Clone)]
pub(crate) struct Says<'b> {
    pub(crate) aud: Option<Cow<'b, str>>,
    pub(crate) nonce: Option<Cow<'b, str>>,
    pub(crate) iat: Option<i64>,
    pub(crate) exp: Option<i64>,
    pub(crate) nbf: Option<i64>,
    pub(crate) sd_hash: Option<Cow<'b, str>>,
}

/// One broken rule.
pub(crate) type Broken = (CheckCode, Facts);

impl<'u> KeyBinding<'u> {
    pub(crate) fn of(compact: &Compact<'u>, hash: HashAlgorithm, profile: Profile) -> Option<Self> {
        let jwt = compact.binding?;
        Some(Self { jwt, bound: compact.bound, hash, limits: compact.limits, profile })
    }

    /// The JWT as it was sent.
    #[must_use]
    pub fn jwt(&self) -> &'u str {
        self.jwt
    }

    /// Checks the signature by the holder's key and everything that it binds, in the order of
    /// RFC 9901 §7.3 step 5. What comes back is every broken rule with the code of the catalogue
    /// (`SIG-*`, `FMT-JSON`, `LIMIT-DEPTH`, `KB-AUD`, `KB-NONCE`, `KB-SDHASH`, `KB-TIME`); nothing means
    /// that it holds.
    #[must_use]
    pub fn check(&self, holder: &PublicKey, policy: &KbPolicy<'_>) -> Vec<Broken> {
        let mut buffer = Vec::with_capacity(self.jwt.len());
        let (says, mut broken) = self.read(Some(holder), &mut buffer);
        let Some(says) = says else { return broken };
        says.check_time(policy, &mut broken);
        check_text(CheckCode::KbNonce, policy.nonce, says.nonce.as_deref(), &mut broken);
        check_text(CheckCode::KbAud, policy.aud, says.aud.as_deref(), &mut broken);
        self.check_hash(says.sd_hash.as_deref(), &mut broken);
        broken
    }

    /// Step 5.b to 5.d, and what the JWT says. Without a key the signature stays unchecked.
    pub(crate) fn read<'b>(
        &self,
        holder: Option<&PublicKey>,
        buffer: &'b mut Vec<u8>,
    ) -> (Option<Says<'b>>, Vec<Broken>) {
        let mut broken = Vec::new();
        let refuse = |error: SdJwtError| (error.code(), error.facts());
        let jws = match Jws::parse(self.jwt, buffer, &self.limits, self.profile) {
            Ok(jws) => jws,
            Err(error) => return (None, vec![refuse(error)]),
        };
        if let Some(holder) = holder
            && let Err(error) = jws.verify(buffer, holder)
        {
            broken.push(refuse(error));
        }
        if jws.header.typ.as_deref() != Some(TYP) {
            let facts = vec![("typ", Fact::from(short(jws.header.typ.as_deref())))];
            broken.push((CheckCode::SigTyp, facts));
        }
        let payload = buffer.get(jws.payload).unwrap_or_default();
        match process::payload(payload, &self.limits, self.profile) {
            Ok(payload) => (Some(Says::read(payload)), broken),
            Err(error) => {
                broken.push(refuse(error));
                (None, broken)
            }
        }
    }

    /// Step 5.g: the digest of everything before the key binding (§4.3.1).
    pub(crate) fn check_hash(&self, said: Option<&str>, broken: &mut Vec<Broken>) {
        let mut expected = [0; 43];
        BASE64URL_NOPAD.encode_mut(&self.hash.digest(self.bound.as_bytes()), &mut expected);
        if said.map(str::as_bytes) != Some(expected.as_slice()) {
            broken.push((CheckCode::KbSdhash, vec![("actual", Fact::from(short(said)))]));
        }
    }
}

impl<'b> Says<'b> {
    fn read(payload: Json<'b>) -> Self {
        let mut says = Self { aud: None, nonce: None, iat: None, exp: None, nbf: None, sd_hash: None };
        let Json::Object(payload) = payload else { return says };
        for (name, value) in payload.0 {
            match name.as_ref() {
                "aud" => says.aud = text(value),
                "nonce" => says.nonce = text(value),
                "sd_hash" => says.sd_hash = text(value),
                "iat" => says.iat = numeric_date(&value),
                "exp" => says.exp = numeric_date(&value),
                "nbf" => says.nbf = numeric_date(&value),
                _ => {}
            }
        }
        says
    }

    /// Step 5.e and 5.h.
    pub(crate) fn check_time(&self, policy: &KbPolicy<'_>, broken: &mut Vec<Broken>) {
        let Some(iat) = self.iat else {
            broken.push((CheckCode::KbTime, vec![("reason", Fact::from("missing"))]));
            return;
        };
        let far = |reference: i64| {
            i64::try_from(iat.abs_diff(reference)).map_or(true, |apart| apart > REFERENCE_WINDOW_SECONDS)
        };
        let reason = if iat > policy.now.saturating_add(policy.skew) {
            "future"
        } else if iat < policy.not_before {
            "before-credential"
        } else if policy.reference.is_some_and(far) {
            "far-from-manifest"
        } else if self.exp.is_some_and(|exp| exp <= policy.now.saturating_sub(policy.skew)) {
            "expired"
        } else if self.nbf.is_some_and(|nbf| nbf > policy.now.saturating_add(policy.skew)) {
            "not-yet"
        } else {
            return;
        };
        broken.push((CheckCode::KbTime, vec![("reason", Fact::from(reason)), ("iat", Fact::from(iat))]));
    }
}

fn text(value: Json<'_>) -> Option<Cow<'_, str>> {
    if let Json::Str(text) = value { Some(text) } else { None }
}

/// A NumericDate (RFC 7519 §2); other people's may have a fraction.
pub(crate) fn numeric_date(value: &Json<'_>) -> Option<i64> {
    match value {
        Json::Int(seconds) => Some(*seconds),
        // Within 2^53 the conversion is exact but for the fraction.
        Json::Float(seconds) if seconds.abs() < 9e15 => Some(seconds.floor() as i64),
        _ => None,
    }
}

pub(crate) fn check_text(code: CheckCode, expected: &str, said: Option<&str>, broken: &mut Vec<Broken>) {
    if said != Some(expected) {
        let facts = vec![("expected", Fact::from(expected.to_owned())), ("actual", Fact::from(short(said)))];
        broken.push((code, facts));
    }
}

/// What the text under test says may be as long as that.
fn short(said: Option<&str>) -> String {
    said.unwrap_or_default().chars().take(128).collect()
}
