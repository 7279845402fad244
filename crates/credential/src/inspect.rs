//! A look at any SD-JWT (RFC 9901), ours or not: everything that can be checked, and what it says.
//!
//! An SD-JWT whose `vct` is ours is held to formats.md §1, one whose `typ` is that of SD-JWT VC to that
//! draft, and any other to RFC 9901 alone. What comes back is for people and scripts to read. It is no
//! proof: code that goes on to use the claims takes [`crate::sdjwt::Disclosed`].

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use zizhi_crypto::PublicKey;
use zizhi_model::check::{Check, CheckCode, Fact, Outcome};
use zizhi_model::json::{Json, Profile};
use zizhi_model::limits::Limits;

use crate::json_serialization::{self, Form, Serialized};
use crate::sdjwt::compact::{Compact, Jws};
use crate::sdjwt::process::{self, Disclosure, Processed, Rules};
use crate::sdjwt::{
    Claims, KbPolicy, KeyBinding, Says, SdJwtError, TYP, TYP_BEFORE, VCT_PREFIX, check_text, holder_key,
    numeric_date, rule,
};

/// What to check against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// The issuer's key. Without one the signature stays open.
    pub issuer: Option<&'e PublicKey>,
    /// The audience that the key binding has to name. With this or a nonce, key binding is required.
    pub aud: Option<&'e str>,
    /// The nonce that the key binding has to carry.
    pub nonce: Option<&'e str>,
    /// The time at which it has to be valid, NumericDate.
    pub at: i64,
}

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    /// How it is written.
    pub form: Form,
    /// `alg` of the header.
    pub alg: String,
    /// `typ` of the header.
    pub typ: Option<String>,
    /// `kid` of the header.
    pub kid: Option<String>,
    /// The processed payload; absent where a rule is broken.
    pub payload: Option<Value>,
    /// What was disclosed, outer claims before what stands inside them.
    pub disclosures: Vec<Shown>,
    /// Digests without a disclosure: claims held back, or decoys.
    pub undisclosed: usize,
    /// The key binding, if there is one that can be read.
    pub key_binding: Option<Bound>,
    /// Every check that was made, with its outcome.
    pub checks: Vec<Check>,
}

/// One disclosed claim.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Where it stands in the processed payload, such as `attested.by` or `owners[0]`.
    pub path: String,
    /// The name of the claim; an element of an array has none.
    pub name: Option<String>,
    /// Its value, with what was disclosed inside it.
    pub value: Value,
    /// Its salt.
    pub salt: String,
}

/// What a key binding says.
#[derive(Debug, Clone, Serialize)]
pub struct Bound {
    /// The verifier.
    pub aud: Option<String>,
    /// The nonce.
    pub nonce: Option<String>,
    /// When it was signed, NumericDate.
    pub iat: Option<i64>,
    /// The digest of the presentation.
    pub sd_hash: Option<String>,
}

impl Inspection {
    /// The worst outcome of all checks; without any check, pending.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.checks.iter().map(|check| check.outcome).max().unwrap_or(Outcome::Pending)
    }

    /// The checks that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.outcome == Outcome::Fail)
    }
}

/// Inspects the bytes of a file. White space around the text, which editors add, is left out.
#[must_use]
pub fn inspect(bytes: &[u8], expected: &Expected<'_>, limits: &Limits) -> Inspection {
    let mut looking = Looking::new(expected, limits);
    if let Err(error) = looking.at_bytes(bytes.trim_ascii()) {
        looking.refuse(&error);
    }
    looking.found
}

struct Looking<'e> {
    expected: &'e Expected<'e>,
    limits: &'e Limits,
    credential: Arc<str>,
    binding: Arc<str>,
    found: Inspection,
}

impl<'e> Looking<'e> {
    fn new(expected: &'e Expected<'e>, limits: &'e Limits) -> Self {
        let found = Inspection {
            form: Form::Compact,
            alg: String::new(),
            typ: None,
            kid: None,
            payload: None,
            disclosures: Vec::new(),
            undisclosed: 0,
            key_binding: None,
            checks: Vec::new(),
        };
        Self {
            expected,
            limits,
            credential: Arc::from("credential"),
            binding: Arc::from("key_binding"),
            found,
        }
    }

    fn at_bytes(&mut self, bytes: &[u8]) -> Result<(), SdJwtError> {
        if bytes.len() as u64 > self.limits.credential_bytes {
            return Err(SdJwtError::new(CheckCode::LimitSize, rule::SIZE));
        }
        if bytes.first() == Some(&b'{') {
            let Serialized { form, compact, further, kid } = json_serialization::read(bytes, self.limits)?;
            (self.found.form, self.found.kid) = (form, kid);
            return self.at_text(&compact, &further);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| SdJwtError::invalid(rule::FORM))?;
        self.at_text(text, &[])
    }

    fn at_text(&mut self, text: &str, further: &[String]) -> Result<(), SdJwtError> {
        let mut compact = Compact::parse(text, self.limits, Profile::Foreign)?;
        let header = &compact.jws.header;
        self.found.alg = header.alg.clone().into_owned();
        self.found.typ = header.typ.clone().map(Cow::into_owned);
        self.found.kid = header.kid.clone().or(self.found.kid.take());

        let signed = compact.bytes(&compact.jws.payload);
        let rules = rules_for(&process::payload(signed, self.limits, Profile::Foreign)?, &compact);
        if rules == Rules::Ours {
            // What is signed of ours is strict JSON.
            compact = Compact::parse(text, self.limits, Profile::Strict)?;
        }
        self.signature(&compact, further, rules);

        let profile = if rules == Rules::Ours { Profile::Strict } else { Profile::Foreign };
        let payload = process::payload(compact.bytes(&compact.jws.payload), self.limits, profile)?;
        let hash = process::hash_algorithm(&payload, &compact.jws.header.alg)?;
        let key_binding = KeyBinding::of(&compact, hash, profile);
        self.key_binding(key_binding, &payload);

        let processed = process::disclose(&compact, payload, hash, rules)?;
        match rules {
            Rules::Ours => {
                Claims::read(&processed.payload)?;
                // With a key binding this was said already.
                if compact.binding.is_none() {
                    holder_key(&processed.payload, None)?;
                }
            }
            // draft-ietf-oauth-sd-jwt-vc §2.2.2.1.
            Rules::Vc if processed.payload.get("vct").and_then(Json::as_str).is_none() => {
                return Err(SdJwtError::invalid(rule::MISSING_CLAIM).about("vct"));
            }
            Rules::Vc | Rules::Any => {}
        }
        self.pass(CheckCode::SdjwtInvalid);
        self.dates(&processed.payload);
        self.show(&processed);
        Ok(())
    }

    /// RFC 9901 §7.1, step 2, under the first signature or, in the general form, any other.
    fn signature(&mut self, compact: &Compact<'_>, further: &[String], rules: Rules) {
        if rules == Rules::Ours && !is_vc(compact) {
            self.refuse(&SdJwtError::new(CheckCode::SigTyp, rule::TYP));
        }
        let Some(key) = self.expected.issuer else {
            let open = Check::new(CheckCode::SigInvalid, Outcome::Pending, &self.credential);
            self.found.checks.push(open.with("reason", "no-issuer-key"));
            return;
        };
        let first = compact.jws.verify(&compact.buffer, key);
        let holds = first.or_else(|error| {
            let other = further.iter().any(|jwt| {
                let mut buffer = Vec::new();
                Jws::parse(jwt, &mut buffer, self.limits, Profile::Foreign)
                    .is_ok_and(|jws| jws.verify(&buffer, key).is_ok())
            });
            if other { Ok(()) } else { Err(error) }
        });
        match holds {
            Ok(()) => self.pass(CheckCode::SigInvalid),
            Err(error) => self.refuse(&error),
        }
    }

    /// RFC 9901 §7.3. Whether key binding is required depends on what was asked, never on whether it
    /// is there.
    fn key_binding(&mut self, key_binding: Option<KeyBinding<'_>>, payload: &Json<'_>) {
        let Some(key_binding) = key_binding else {
            if self.expected.aud.is_some() || self.expected.nonce.is_some() {
                let missing = Check::new(CheckCode::KbMissing, Outcome::Fail, &self.binding);
                self.found.checks.push(missing);
            }
            return;
        };
        let holder = match holder_key(payload, None) {
            Ok(holder) => Some(holder),
            Err(error) => {
                self.refuse(&error);
                None
            }
        };
        let mut buffer = Vec::new();
        let (says, mut broken) = key_binding.read(holder.as_ref(), &mut buffer);
        if let Some(says) = says {
            let Says { aud, nonce, sd_hash, iat, .. } = says.clone();
            let policy = KbPolicy {
                aud: self.expected.aud.unwrap_or_default(),
                nonce: self.expected.nonce.unwrap_or_default(),
                not_before: payload.get("iat").and_then(numeric_date).unwrap_or(i64::MIN),
                reference: None,
                now: self.expected.at,
                skew: self.limits.clock_skew_seconds,
            };
            says.check_time(&policy, &mut broken);
            match self.expected.nonce {
                Some(expected) => check_text(CheckCode::KbNonce, expected, nonce.as_deref(), &mut broken),
                None => self.unasked(CheckCode::KbNonce, nonce.as_deref(), &mut broken),
            }
            match self.expected.aud {
                Some(expected) => check_text(CheckCode::KbAud, expected, aud.as_deref(), &mut broken),
                None => self.unasked(CheckCode::KbAud, aud.as_deref(), &mut broken),
            }
            key_binding.check_hash(sd_hash.as_deref(), &mut broken);
            let own = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
            self.found.key_binding =
                Some(Bound { aud: own(aud), nonce: own(nonce), iat, sd_hash: own(sd_hash) });
        }
        if broken.is_empty() && holder.is_some() {
            self.found.checks.push(Check::new(CheckCode::KbSdhash, Outcome::Pass, &self.binding));
        }
        self.found.checks.extend(broken.into_iter().map(|(code, facts)| {
            let mut check = Check::new(code, Outcome::Fail, &self.binding);
            check.facts = facts;
            check
        }));
    }

    /// A claim that has to be there (RFC 9901 §4.3), though nobody said what it has to be.
    fn unasked(&mut self, code: CheckCode, said: Option<&str>, broken: &mut Vec<crate::sdjwt::Broken>) {
        match said {
            None => broken.push((code, vec![("reason", Fact::from("missing"))])),
            Some(_) => {
                let told = Check::new(code, Outcome::Info, &self.binding);
                self.found.checks.push(told.with("reason", "not-asked"));
            }
        }
    }

    /// RFC 9901 §7.1, step 6.
    fn dates(&mut self, payload: &Json<'_>) {
        let (at, skew) = (self.expected.at, self.limits.clock_skew_seconds);
        let mut fine = true;
        for (claim, code) in
            [("exp", CheckCode::DateExpired), ("nbf", CheckCode::DateFuture), ("iat", CheckCode::DateFuture)]
        {
            let Some(value) = payload.get(claim) else { continue };
            let Some(seconds) = numeric_date(value) else {
                self.refuse(&SdJwtError::invalid(rule::CLAIM_FORM).about(claim));
                fine = false;
                continue;
            };
            // RFC 7519 §4.1.4 to §4.1.6; two honest clocks may differ.
            let over = match code {
                CheckCode::DateExpired => seconds <= at.saturating_sub(skew),
                _ => seconds > at.saturating_add(skew),
            };
            if over {
                let check = Check::new(code, Outcome::Fail, &self.credential);
                self.found.checks.push(check.with("claim", claim).with("time", seconds));
                fine = false;
            }
        }
        if fine {
            self.pass(CheckCode::DateExpired);
        }
    }

    fn show(&mut self, processed: &Processed<'_>) {
        let Processed { payload, disclosures, undisclosed } = processed;
        let shown = |disclosure: &Disclosure<'_>| Shown {
            path: disclosure.path.to_string(),
            name: disclosure.name().map(str::to_owned),
            value: disclosure.path.find(payload).map(Json::to_value).unwrap_or_default(),
            salt: disclosure.salt.to_string(),
        };
        self.found.disclosures = disclosures.iter().map(shown).collect();
        self.found.undisclosed = *undisclosed;
        self.found.payload = Some(payload.to_value());
    }

    fn pass(&mut self, code: CheckCode) {
        self.found.checks.push(Check::new(code, Outcome::Pass, &self.credential));
    }

    fn refuse(&mut self, error: &SdJwtError) {
        let mut check = Check::new(error.code(), Outcome::Fail, &self.credential);
        check.facts = error.facts();
        self.found.checks.push(check);
    }
}

/// Whose rules the text has to obey.
fn rules_for(payload: &Json<'_>, compact: &Compact<'_>) -> Rules {
    match payload.get("vct").and_then(Json::as_str) {
        Some(vct) if vct.starts_with(VCT_PREFIX) => Rules::Ours,
        _ if is_vc(compact) => Rules::Vc,
        _ => Rules::Any,
    }
}

fn is_vc(compact: &Compact<'_>) -> bool {
    matches!(compact.jws.header.typ.as_deref(), Some(TYP | TYP_BEFORE))
}
