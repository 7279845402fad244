//! Looks at any SD-JWT, ours or not: what it says, what was disclosed, whose signature it bears and for
//! whom it is bound.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};
use zizhi_credential::inspect::{Expected, Inspection, inspect};
use zizhi_credential::sdjwt;
use zizhi_crypto::PublicKey;
use zizhi_model::{Check, CheckCode, Json, Limits, OrgId, Outcome, Provenance, Text};
use zizhi_trust::KeyUse;
use zizhi_verify::{Library, Signed, signer, status_of};

use crate::claim_lines::{ClaimLine, claim_lines, metadata};
use crate::failure::Failure;
use crate::{Host, files, read_keys};

/// What to check a credential against. Everything but the time may be left out.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    /// File with the issuer's public key.
    pub issuer: Option<&'a Path>,
    /// File with the key that the holder should have.
    pub holder: Option<&'a Path>,
    /// The audience of the key binding.
    pub aud: Option<&'a str>,
    /// The nonce of the key binding.
    pub nonce: Option<&'a str>,
    /// The register, for finding the issuer's key and the status.
    pub library: Option<&'a Library>,
}

/// What was found.
#[derive(Debug)]
pub struct Inspected {
    /// What its type is called, if it is known.
    pub title: Option<Text>,
    /// The issuer's name in the register.
    pub issuer_name: Option<String>,
    /// What it says.
    pub lines: Vec<ClaimLine>,
    /// The paths of what was selectively disclosed.
    pub disclosed: Vec<String>,
    /// The digests without a disclosure.
    pub undisclosed: usize,
    /// The audience that a key binding names, if there is a key binding.
    pub bound_to: Option<Option<String>>,
    /// Every check.
    pub checks: Vec<Check>,
    /// All of it, for programs.
    pub json: Value,
}

impl Inspected {
    /// The worst outcome of all checks; without any, pending.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        worst(&self.checks)
    }
}

/// Inspects the SD-JWT in a file. Whatever the bytes are, there is an answer.
///
/// # Errors
/// `IO-READ`; for the key files `FMT-TEXT`, `LIMIT-SIZE`, `KEY-FILE`.
pub fn inspect_credential(file: &Path, against: &Against<'_>, host: &dyn Host) -> Result<Inspected, Failure> {
    let limits = Limits::default();
    let bytes = files::read_up_to(file, limits.credential_bytes + 1)?;
    let issuer = against.issuer.map(read_keys::public_key).transpose()?;
    let holder = against.holder.map(read_keys::public_key).transpose()?;
    let found = look(&bytes, issuer.as_ref(), KeyUse::Credential, against, host, &limits);
    let mut inspection = found.inspection;
    inspection.checks.iter_mut().for_each(unchecked);
    if let Some(holder) = holder {
        inspection.checks.push(held_by(&inspection, &holder));
    }
    Ok(described(inspection, found.issuer_name, against.library))
}

/// An inspection with what the register adds to it.
pub(crate) struct Looked {
    pub inspection: Inspection,
    pub issuer_name: Option<String>,
}

/// Inspects with the given key, or with the one that the register has for the issuer.
pub(crate) fn look(
    bytes: &[u8],
    issuer: Option<&PublicKey>,
    wanted: KeyUse,
    against: &Against<'_>,
    host: &dyn Host,
    limits: &Limits,
) -> Looked {
    let now = host.now();
    let expected = Expected { issuer, aud: against.aud, nonce: against.nonce, at: now.timestamp() };
    let first = inspect(bytes, &expected, limits);
    let (Some(library), None, Some(payload)) = (against.library, issuer, &first.payload) else {
        return Looked { inspection: first, issuer_name: None };
    };
    // What a firm declares itself it signs with its own key, which no register lists.
    if payload.get("provenance").and_then(Value::as_str) == Some(Provenance::Declared.as_str()) {
        let own = own_key(payload);
        let inspection = inspect(bytes, &Expected { issuer: own.as_ref(), ..expected }, limits);
        return Looked { inspection, issuer_name: None };
    }
    let at: Arc<str> = Arc::from("credential");
    let Some(by) = payload.get("iss").and_then(Value::as_str).and_then(|iss| OrgId::parse(iss).ok()) else {
        return Looked { inspection: first, issuer_name: None };
    };
    let iat = payload.get("iat").and_then(Value::as_i64).unwrap_or_default();
    let signed = Signed { by, kid: first.kid.as_deref(), wanted, iat };
    let signer = signer(library, now, &signed, &at);
    let mut inspection = match &signer.key {
        Some(key) => inspect(bytes, &Expected { issuer: Some(key), ..expected }, limits),
        None => first,
    };
    inspection.checks.extend(signer.checks);
    let record = signer.record.as_deref();
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(unverified) = sdjwt::Unverified::parse(text.trim_ascii(), limits)
        && let Ok((_, claims)) = unverified.claimed().and_then(sdjwt::Claimed::into_contents)
    {
        if let Some(record) = record {
            let may = record.may_issue(claims.type_id(), claims.provenance);
            let outcome = if may { Outcome::Pass } else { Outcome::Fail };
            // A decision is allowed by the use of its key.
            if wanted == KeyUse::Credential {
                inspection.checks.push(
                    Check::new(CheckCode::IssScope, outcome, &at)
                        .with("issuer", record.name.clone())
                        .with("type", claims.type_id().to_owned())
                        .with("provenance", claims.provenance.as_str()),
                );
            }
        }
        inspection.checks.extend(status_of(library, now, &claims, record, limits, &at));
    }
    Looked { inspection, issuer_name: record.map(|record| record.name.clone()) }
}

/// Everything a page or a program needs.
pub(crate) fn described(
    inspection: Inspection,
    issuer_name: Option<String>,
    library: Option<&Library>,
) -> Inspected {
    let payload = inspection.payload.clone().unwrap_or_default();
    let vct = payload.get("vct").and_then(Value::as_str).unwrap_or_default();
    let metadata = metadata(vct, library.map(Library::trust));
    Inspected {
        title: metadata.as_ref().map(|metadata| metadata.name()),
        issuer_name,
        lines: claim_lines(&payload, metadata.as_ref()),
        disclosed: inspection.disclosures.iter().map(|shown| shown.path.clone()).collect(),
        undisclosed: inspection.undisclosed,
        bound_to: inspection.key_binding.as_ref().map(|bound| bound.aud.clone()),
        json: json(&inspection),
        checks: inspection.checks,
    }
}

/// The catalogue speaks of what is wrong; what was only not looked at is told in other words.
fn unchecked(check: &mut Check) {
    check.message = match (check.code, check.outcome) {
        (CheckCode::SigInvalid, Outcome::Pending) => Text::fixed(
            "没有签发方的公钥，签名没有核验。",
            "There is no key of the issuer, so the signature was not checked.",
        ),
        (CheckCode::KbNonce, Outcome::Info) => Text::fixed(
            "出示带有一次性标记，但没有指定要核对的值。",
            "The proof carries a nonce, and none was given to compare it with.",
        ),
        (CheckCode::KbAud, Outcome::Info) => Text::fixed(
            "出示写明了接收方，但没有指定要核对的接收方。",
            "The proof names a verifier, and none was given to compare it with.",
        ),
        _ => return,
    }
    .into();
}

/// Whether the credential was issued to this key.
fn held_by(inspection: &Inspection, holder: &PublicKey) -> Check {
    let same = inspection.payload.as_ref().and_then(own_key).is_some_and(|key| key == *holder);
    let outcome = if same { Outcome::Pass } else { Outcome::Fail };
    Check::new(CheckCode::HolderKey, outcome, &Arc::from("credential"))
}

/// The holder's key that a payload names.
pub(crate) fn own_key(payload: &Value) -> Option<PublicKey> {
    PublicKey::from_jwk_bytes(payload.pointer("/cnf/jwk")?.to_string().as_bytes()).ok()
}

pub(crate) fn worst(checks: &[Check]) -> Outcome {
    checks.iter().map(|check| check.outcome).max().unwrap_or(Outcome::Pending)
}

/// `passed`, `pending` or `failed`, as verdicts are written.
pub(crate) fn verdict_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fail => "failed",
        Outcome::Pending => "pending",
        Outcome::Pass | Outcome::Info | Outcome::Warning => "passed",
    }
}

fn json(inspection: &Inspection) -> Value {
    let outcome = worst(&inspection.checks);
    let signed = inspection
        .checks
        .iter()
        .any(|check| check.code == CheckCode::SigInvalid && check.outcome == Outcome::Pass);
    let mut out = Map::new();
    out.insert("verified".to_owned(), (signed && outcome < Outcome::Pending).into());
    out.insert("outcome".to_owned(), verdict_word(outcome).into());
    if let Ok(Value::Object(members)) = serde_json::to_value(inspection) {
        out.extend(members);
    }
    let bound: Vec<&Check> =
        inspection.checks.iter().filter(|check| &*check.subject == "key_binding").collect();
    if let Some(worst) = bound.iter().map(|check| check.outcome).max() {
        let entry = out.entry("key_binding").or_insert(Value::Null);
        if entry.is_null() {
            *entry = Value::Object(Map::new());
        }
        if let Value::Object(members) = entry {
            members.insert("outcome".to_owned(), verdict_word(worst).into());
        }
    }
    Value::Object(out)
}

/// The text of a credential file, for holders, who take it in as it was issued.
pub(crate) fn read_issued(file: &Path) -> Result<String, Failure> {
    let text = files::read_text(file, Limits::default().credential_bytes)?;
    Ok(text.trim().to_owned())
}

/// The payload of a credential as its holder has it: everything disclosed.
pub(crate) fn payload_of(text: &str) -> Result<Value, sdjwt::SdJwtError> {
    let unverified = sdjwt::Unverified::parse_issued(text, &Limits::default())?;
    let (payload, _) = unverified.claimed()?.into_contents()?;
    Ok(Json::to_value(&payload))
}
