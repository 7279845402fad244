//! A dossier as a person looks at it: beside the report what each credential says, who signed what, and
//! what can be done with each attachment.
//!
//! Nothing here judges. Whether a signature holds and whether a file is the one that was signed is what
//! the report and the manifest say; the view only puts it where a person looks for it.

mod attachments;
mod signatures;
mod source;

use std::io::{Read, Seek};
use std::path::Path;

use chrono::{DateTime, Utc};
use zizhi_credential::inspect::{Expected, Inspection, inspect};
use zizhi_dossier::manifest::Unverified;
use zizhi_dossier::{MANIFEST, Manifest, Opened};
use zizhi_model::{CheckCode, Limits, Text, catalogue};
use zizhi_trust::Trust;
use zizhi_verify::{Grounds, Report};

use crate::claim_lines::{ClaimLine, claim_lines, metadata};
use crate::failure::Failure;
use crate::verify_file::{Settings, judged, opened_dossier};
pub(crate) use attachments::Look;
pub use attachments::{AttachmentView, LARGEST_PREVIEW};
pub use signatures::SignatureView;
pub use source::{Source, attachment, save_attachment};

/// A dossier with its report.
#[derive(Debug)]
pub struct VerifiedView {
    /// The report.
    pub report: Report,
    /// What its conclusions rest on.
    pub grounds: Grounds,
    /// What each credential shows, in the order of the report.
    pub credentials: Vec<CredentialView>,
    /// Who signed what: the manifest, the request, then each credential.
    pub signatures: Vec<SignatureView>,
    /// The attachments, in the order of the manifest.
    pub attachments: Vec<AttachmentView>,
    /// Title and advice of every code in the report, each once, in the order of the catalogue.
    pub advice: Vec<CodeAdvice>,
    /// Whether anything in it is marked 【演示】.
    pub demo: bool,
}

/// A credential, read.
#[derive(Debug)]
pub struct CredentialView {
    /// Its path in the container.
    pub path: String,
    /// Its type id.
    pub kind: String,
    /// What the type is called.
    pub title: Text,
    /// What was disclosed.
    pub lines: Vec<ViewLine>,
    /// Digests without a disclosure: claims held back, or decoys.
    pub hidden: usize,
}

impl VerifiedView {
    /// The thumbprint of the key that signed the manifest; nothing where its signature does not hold.
    pub(crate) fn key(&self) -> Option<&str> {
        let manifest = self.signatures.iter().find(|line| line.subject == MANIFEST);
        manifest.and_then(|line| line.kid.as_deref())
    }
}

/// A disclosed claim.
#[derive(Debug)]
pub struct ViewLine {
    /// The claim.
    pub claim: ClaimLine,
    /// Whether its holder could have left it out.
    pub selectable: bool,
}

/// What to do about a code.
#[derive(Debug)]
pub struct CodeAdvice {
    /// The code.
    pub code: CheckCode,
    /// What it is about.
    pub title: Text,
    /// What to do.
    pub advice: Text,
}

/// Verifies the dossier at `path` and makes its view, reading the file twice: once to verify it, once to
/// look at the attachments.
///
/// # Errors
/// As [`crate::verify_file::verify_dossier`].
pub fn verify_view(path: &Path, settings: &Settings<'_>) -> Result<VerifiedView, Failure> {
    let (mut file, opened) = opened_dossier(path, settings)?;
    let report = judged(path, &opened, settings);
    let grounds = settings.library.grounds(&report);
    view((report, grounds), &opened, &mut file, settings.library.trust(), settings.now)
        .map_err(|error| Failure::unreadable(path, error))
}

/// Makes the view of a dossier whose report is at hand, with what it rests on. `bytes` are those that were opened.
pub(crate) fn view(
    (report, grounds): (Report, Grounds),
    opened: &Opened,
    bytes: &mut (impl Read + Seek),
    trust: &Trust,
    now: DateTime<Utc>,
) -> std::io::Result<VerifiedView> {
    let limits = Limits::default();
    let manifest = manifest_of(opened, &limits);
    let read = read_credentials(opened, now, &limits);
    Ok(VerifiedView {
        credentials: credentials(&report, &read, trust),
        signatures: signatures::signatures(&report, manifest.as_ref(), &read, trust, &limits),
        attachments: match &manifest {
            Some(manifest) => attachments::attachments(manifest, opened, bytes)?,
            None => Vec::new(),
        },
        advice: advice(&report),
        demo: is_demo(&report),
        grounds,
        report,
    })
}

/// The manifest, if it is signed by the key that it names.
pub(crate) fn manifest_of(opened: &Opened, limits: &Limits) -> Option<Manifest> {
    let unverified = Unverified::parse(opened.manifest.as_deref()?, limits).ok()?;
    Some(unverified.verify().ok()?.into_manifest())
}

/// A credential of the container by path, taken apart.
pub(crate) struct ReadCredential<'o> {
    pub(crate) path: &'o str,
    pub(crate) inspection: Inspection,
}

fn read_credentials<'o>(opened: &'o Opened, now: DateTime<Utc>, limits: &Limits) -> Vec<ReadCredential<'o>> {
    // Signatures were judged by the report. Without a key this only takes the text apart.
    let expected = Expected { issuer: None, aud: None, nonce: None, at: now.timestamp() };
    let read = opened.credentials.iter().map(|found| ReadCredential {
        path: &found.path,
        inspection: inspect(&found.bytes, &expected, limits),
    });
    read.collect()
}

fn credentials(report: &Report, read: &[ReadCredential<'_>], trust: &Trust) -> Vec<CredentialView> {
    let view = |credential: &zizhi_verify::report::CredentialReport| {
        let kind = credential.credential_type.clone();
        let found = read.iter().find(|read| read.path == credential.path);
        let Some(inspection) = found.map(|read| &read.inspection) else {
            let title = title(&kind, trust);
            return CredentialView {
                path: credential.path.clone(),
                kind,
                title,
                lines: Vec::new(),
                hidden: 0,
            };
        };
        let (title, lines, hidden) = shown(inspection, &kind, trust);
        CredentialView { path: credential.path.clone(), kind, title, lines, hidden }
    };
    report.credentials.iter().map(view).collect()
}

/// What a credential of type `kind` is called, what it shows, and how much it does not.
pub(crate) fn shown(inspection: &Inspection, kind: &str, trust: &Trust) -> (Text, Vec<ViewLine>, usize) {
    let payload = inspection.payload.clone().unwrap_or_default();
    let vct = payload.get("vct").and_then(serde_json::Value::as_str).unwrap_or_default();
    let metadata = metadata(vct, Some(trust));
    let disclosed = |path: &str| inspection.disclosures.iter().any(|shown| within(path, &shown.path));
    // The heads of objects and lists have no value of their own.
    let lines = claim_lines(&payload, metadata.as_ref()).into_iter().filter(|line| !line.value.zh.is_empty());
    let lines = lines.map(|claim| ViewLine { selectable: disclosed(&claim.path), claim }).collect();
    let title = metadata.map_or_else(|| self::title(kind, trust), |metadata| metadata.name());
    (title, lines, inspection.undisclosed)
}

/// Whether a claim is what was disclosed, or stands inside it.
fn within(path: &str, disclosed: &str) -> bool {
    path.strip_prefix(disclosed)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('['))
}

/// What a type that is built in is called; its id for any other.
pub(crate) fn type_name(kind: &str) -> Text {
    let vct = format!("{}{kind}:1", zizhi_credential::sdjwt::VCT_PREFIX);
    let named = metadata(&vct, None).map(|metadata| metadata.name());
    named.unwrap_or_else(|| Text { zh: kind.to_owned().into(), en: None })
}

/// What a type is called; its id where nobody says.
pub(crate) fn title(kind: &str, trust: &Trust) -> Text {
    let vct = format!("{}{kind}:1", zizhi_credential::sdjwt::VCT_PREFIX);
    let named = metadata(&vct, Some(trust)).map(|metadata| metadata.name());
    named.unwrap_or_else(|| Text { zh: kind.to_owned().into(), en: None })
}

/// Title and advice of every code of the report.
fn advice(report: &Report) -> Vec<CodeAdvice> {
    let mut codes: Vec<CheckCode> = report.all_checks().map(|check| check.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let told = codes.into_iter().map(|code| CodeAdvice {
        code,
        title: catalogue::title(code),
        advice: catalogue::advice(code),
    });
    told.collect()
}

/// Whether the firm, an issuer or a file is marked as made for demonstration.
fn is_demo(report: &Report) -> bool {
    const MARK: &str = "【演示】";
    let firm = report.dossier.iter().map(|dossier| dossier.firm.name.as_str());
    let issuers =
        report.credentials.iter().filter_map(|credential| credential.issuer.as_ref()?.name.as_deref());
    let files =
        report.dossier.iter().flat_map(|dossier| dossier.attachments.iter().map(|file| file.name.as_str()));
    firm.chain(issuers).chain(files).any(|name| name.contains(MARK))
}
