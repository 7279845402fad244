//! Who signed what, when, with which key, and whether it holds.

use serde_json::Value;
use zizhi_dossier::{MANIFEST, Manifest, request};
use zizhi_model::{Check, CheckCode, Limits, OrgId, Outcome, Text, civil};
use zizhi_trust::Trust;
use zizhi_verify::Report;
use zizhi_verify::report::{Answer, CredentialReport};

use super::ReadCredential;

/// One signature.
#[derive(Debug)]
pub struct SignatureView {
    /// What it covers: `manifest.jwt`, `request`, or a credential's path.
    pub subject: String,
    /// What that is called.
    pub title: Text,
    /// Who signed, by their own account: a code.
    pub signer: String,
    /// The signer's name, in the register or, of the firm, in its own manifest.
    pub signer_name: Option<String>,
    /// When, by the signer's own clock; RFC 3339.
    pub signed_at: Option<String>,
    /// `ES256`, `EdDSA`, `SM2-SM3`, or whatever the header calls it.
    pub algorithm: Option<String>,
    /// The key's thumbprint.
    pub kid: Option<String>,
    /// Whether it holds.
    pub answer: Answer,
}

/// The signature of the manifest, of the request, and of each credential first by its issuer, then by the
/// firm that presents it.
pub(super) fn signatures(
    report: &Report,
    manifest: Option<&Manifest>,
    read: &[ReadCredential<'_>],
    trust: &Trust,
    limits: &Limits,
) -> Vec<SignatureView> {
    let mut lines = Vec::new();
    if let Some(manifest) = manifest {
        lines.push(SignatureView {
            subject: MANIFEST.to_owned(),
            title: Text::fixed("档案清单", "the dossier's manifest"),
            signer: manifest.iss.uscc().to_string(),
            signer_name: Some(manifest.firm.name.clone()),
            signed_at: time(manifest.iat),
            algorithm: Some(manifest.key.algorithm().as_str().to_owned()),
            kid: Some(manifest.key.key_id().as_str().to_owned()),
            answer: answer(report.checks.iter().filter(|check| &*check.subject == MANIFEST), is_signature),
        });
        lines.extend(manifest.request.as_deref().and_then(|text| asked(report, text, trust, limits)));
    }
    for credential in &report.credentials {
        let found = read.iter().find(|read| read.path == credential.path);
        let title = super::title(&credential.credential_type, trust);
        lines.push(issued(credential, title.clone(), found));
        lines.push(presented(credential, &title, manifest, found));
    }
    lines
}

/// The destination's signature under its request.
fn asked(report: &Report, text: &str, trust: &Trust, limits: &Limits) -> Option<SignatureView> {
    let unverified = request::Unverified::parse(text, limits).ok()?;
    let said = unverified.peek().ok()?;
    let header = unverified.header();
    Some(SignatureView {
        subject: "request".to_owned(),
        title: Text::fixed("核验请求", "the request"),
        signer: said.iss.uscc().to_string(),
        signer_name: registered(said.iss, trust),
        signed_at: time(said.iat),
        algorithm: Some(header.alg.clone()),
        kid: header.kid.clone(),
        answer: answer(report.checks.iter().filter(|check| &*check.subject == "request"), is_signature),
    })
}

/// The issuer's signature under a credential.
fn issued(credential: &CredentialReport, title: Text, read: Option<&ReadCredential<'_>>) -> SignatureView {
    let inspection = read.map(|read| &read.inspection);
    let payload = inspection.and_then(|inspection| inspection.payload.as_ref());
    let iat = payload.and_then(|payload| payload.get("iat")).and_then(Value::as_i64);
    let issuer = credential.issuer.as_ref();
    SignatureView {
        subject: credential.path.clone(),
        title,
        signer: issuer.map(|issuer| issuer.uscc.clone()).unwrap_or_default(),
        signer_name: issuer.and_then(|issuer| issuer.name.clone()),
        signed_at: iat.and_then(time),
        algorithm: inspection.map(|inspection| inspection.alg.clone()).filter(|alg| !alg.is_empty()),
        kid: inspection.and_then(|inspection| inspection.kid.clone()),
        answer: answer(credential.checks.iter(), is_signature),
    }
}

/// The firm's signature over the presentation of a credential.
fn presented(
    credential: &CredentialReport,
    title: &Text,
    manifest: Option<&Manifest>,
    read: Option<&ReadCredential<'_>>,
) -> SignatureView {
    let bound = read.and_then(|read| read.inspection.key_binding.as_ref());
    let of_binding = |code: CheckCode| {
        matches!(
            code,
            CheckCode::KbMissing
                | CheckCode::KbAud
                | CheckCode::KbNonce
                | CheckCode::KbSdhash
                | CheckCode::KbTime
                | CheckCode::HolderKey
        )
    };
    SignatureView {
        subject: credential.path.clone(),
        title: crate::told(format!("企业出示：{}", title.zh), format!("presentation of {}", title.en())),
        signer: manifest.map(|manifest| manifest.iss.uscc().to_string()).unwrap_or_default(),
        signer_name: manifest.map(|manifest| manifest.firm.name.clone()),
        signed_at: bound.and_then(|bound| bound.iat).and_then(time),
        algorithm: bound.and(manifest).map(|manifest| manifest.key.algorithm().as_str().to_owned()),
        kid: bound.and(manifest).map(|manifest| manifest.key.key_id().as_str().to_owned()),
        answer: answer(credential.checks.iter(), of_binding),
    }
}

/// Codes that say whether a signature holds and whose it is.
fn is_signature(code: CheckCode) -> bool {
    code.as_str().starts_with("SIG-")
        || matches!(
            code,
            CheckCode::KeyWeak
                | CheckCode::IssUnknown
                | CheckCode::SdjwtInvalid
                | CheckCode::FmtJson
                | CheckCode::TrustMissing
                | CheckCode::TrustRole
        )
}

/// The worst of the checks that are about a signature. Without any, nobody could tell.
fn answer<'c>(checks: impl Iterator<Item = &'c Check>, about: impl Fn(CheckCode) -> bool) -> Answer {
    match checks.filter(|check| about(check.code)).map(|check| check.outcome).max() {
        Some(Outcome::Fail) => Answer::Fail,
        Some(Outcome::Pending) | None => Answer::Pending,
        Some(Outcome::Pass | Outcome::Info | Outcome::Warning) => Answer::Pass,
    }
}

fn registered(org: OrgId, trust: &Trust) -> Option<String> {
    trust.issuer(org.uscc()).ok().flatten().map(|record| record.name.clone())
}

fn time(seconds: i64) -> Option<String> {
    civil::from_numeric_date(seconds).map(civil::rfc3339)
}
