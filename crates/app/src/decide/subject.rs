//! What is decided on: a dossier that is verified here, or a report that was signed before.

use std::cmp::Reverse;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use serde::Deserialize as _;
use serde_json::Value;
use zizhi_crypto::{PublicKey, b64, digest, jws};
use zizhi_dossier::manifest;
use zizhi_model::{Limits, OrgId, Outcome, Region, Uscc, Verdict, json};
use zizhi_trust::KeyUse;
use zizhi_verify::{Input, Library, Signed, signer, verify};

use super::{Decision, Grounds, REPORT_TYP};
use crate::failure::Failure;
use crate::verify_file::plain_file;
use crate::{Host, SOFTWARE, read_keys};

/// Bytes of the largest report that is read: one of a dossier with every limit reached.
const REPORT_BYTES: u64 = 16 * 1024 * 1024;

/// A dossier with its verification.
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    pub(crate) dossier_id: String,
    /// base64url.
    pub(crate) dossier_sha256: String,
    pub(crate) firm: OrgId,
    pub(crate) firm_name: String,
    /// Where the decision is issued.
    pub(crate) region: String,
    pub(crate) holder: PublicKey,
    /// The report as JSON, whose digest the decision names.
    pub(crate) report: Vec<u8>,
}

impl Judged {
    /// What the report says under a code that did not pass.
    pub(super) fn said(&self, code: &str) -> Option<String> {
        let report: Value = serde_json::from_slice(&self.report).ok()?;
        let checks = report.get("checks")?.as_array()?;
        let told = checks.iter().filter(|check| {
            check.get("code").and_then(Value::as_str) == Some(code)
                && check.get("outcome").and_then(Value::as_str) != Some("pass")
        });
        // Of several the worst: a firm is not to be turned away for what is optional.
        let weight = |check: &&Value| {
            Reverse(check.get("outcome").and_then(|outcome| Outcome::deserialize(outcome).ok()))
        };
        told.min_by_key(weight)?.pointer("/message/zh")?.as_str().map(str::to_owned)
    }
}

/// SHA-256 of a report's bytes, base64url.
pub(crate) fn report_digest(report: &[u8]) -> String {
    b64::encode(&digest::sha256(report))
}

/// Verifies the dossier, or takes the signed report.
pub(super) fn judged(
    grounds: &Grounds<'_>,
    decision: &Decision<'_>,
    host: &dyn Host,
    limits: &Limits,
) -> Result<Judged, Failure> {
    let path = grounds.file;
    let mut file = plain_file(path, grounds.identities, limits)?;
    let unreadable = |error| Failure::unreadable(path, error);
    let mut head = Vec::with_capacity(3);
    (&mut file).take(3).read_to_end(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    // Every JWS of ours begins with the base64url of an opening brace; no dossier does.
    if head == b"eyJ" {
        let mut text = String::new();
        file.take(REPORT_BYTES).read_to_string(&mut text).map_err(unreadable)?;
        return from_report(grounds, decision, text.trim(), host, limits);
    }
    let opened = zizhi_dossier::open(file, limits).map_err(unreadable)?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let report = verify(&Input {
        file_name: &name,
        opened: &opened,
        library: grounds.library,
        now: host.now(),
        recipient: Some(decision.by),
        limits,
        memory: None,
        software: SOFTWARE,
    });
    let text = opened.manifest.as_deref().ok_or_else(|| nobody(path))?;
    let manifest = manifest::Unverified::parse(text, limits).and_then(manifest::Unverified::verify);
    let manifest = manifest.map_err(|error| nobody(path).because(error))?.into_manifest();
    let holder = decision.holder.map(read_keys::public_key).transpose()?;
    Ok(Judged {
        verdict: report.verdict,
        dossier_id: manifest.jti,
        dossier_sha256: report.file.sha256.clone(),
        firm: manifest.iss,
        firm_name: manifest.firm.name,
        region: region_of(grounds.library, &decision.by, manifest.destination_region.as_str()),
        holder: holder.unwrap_or(manifest.key),
        report: serde_json::to_vec(&report).map_err(|error| {
            Failure::internal("报告无法写成JSON。", "the report could not be written as JSON").because(error)
        })?,
    })
}

/// A report that the deciding organisation signed earlier.
fn from_report(
    grounds: &Grounds<'_>,
    decision: &Decision<'_>,
    text: &str,
    host: &dyn Host,
    limits: &Limits,
) -> Result<Judged, Failure> {
    let path = grounds.file;
    let unverified = jws::Unverified::parse(text, limits).map_err(|error| no_report(path).because(error))?;
    let told = json::strict(unverified.payload(), limits.json_depth)
        .map_err(|error| no_report(path).because(error))?;
    let told = told.to_value();
    let at = told.pointer("/basis/verified_at").and_then(Value::as_str);
    let at = at.and_then(|at| zizhi_model::civil::parse_time(at).ok());
    let signed = Signed {
        by: OrgId::from(decision.by),
        kid: unverified.header().kid.as_deref(),
        wanted: KeyUse::Report,
        iat: at.map(|at| at.timestamp()).ok_or_else(|| no_report(path))?,
    };
    let found = signer(grounds.library, host.now(), &signed, &"report".into());
    let key = found.key.ok_or_else(|| not_ours(path))?;
    let verified = unverified.verify(&key, &[REPORT_TYP]).map_err(|error| not_ours(path).because(error))?;
    let holder = decision.holder.ok_or_else(no_holder)?;
    let said = |pointer: &str| told.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let need = |pointer: &str| said(pointer).ok_or_else(|| no_report(path));
    let verdict = said("/verdict").and_then(|word| Verdict::parse(&word)).ok_or_else(|| no_report(path))?;
    Ok(Judged {
        verdict,
        dossier_id: need("/dossier/id")?,
        dossier_sha256: need("/file/sha256")?,
        firm: OrgId::parse(&need("/dossier/iss")?).map_err(|error| no_report(path).because(error))?,
        firm_name: need("/dossier/firm/name")?,
        region: region_of(grounds.library, &decision.by, &need("/dossier/destination_region")?),
        holder: read_keys::public_key(holder)?,
        report: verified.into_payload(),
    })
}

/// Where the deciding organisation is by the register; else where the firm goes.
pub(crate) fn region_of(library: &Library, by: &Uscc, destination: &str) -> String {
    let record = library.trust().issuer(by).ok().flatten();
    let region = record.map(|record| record.region).or_else(|| Region::parse(destination).ok());
    region.map_or_else(|| destination.to_owned(), |region| region.to_string())
}

fn nobody(path: &Path) -> Failure {
    Failure::refused(
        "DECIDE-UNREADABLE",
        format!("{} 的清单不成立，不知道决定该发给谁，没有签署。", path.display()),
        format!(
            "the manifest of {} does not hold, so nobody knows whom a decision would be for; nothing was signed",
            path.display()
        ),
        "请用 zizhi verify 查看原因，退回企业重新提交。",
        "look at the reasons with zizhi verify and send it back to the firm",
    )
}

fn no_report(path: &Path) -> Failure {
    Failure::refused(
        "DECIDE-UNREADABLE",
        format!("{} 不是可用的核验报告，没有签署。", path.display()),
        format!("{} is no report that can be used; nothing was signed", path.display()),
        "请给出档案文件，或 zizhi decide --report 写出的 .zzreport。",
        "give the dossier, or a .zzreport that zizhi decide --report wrote",
    )
}

fn not_ours(path: &Path) -> Failure {
    Failure::refused(
        "SIG-INVALID",
        format!("{} 不是本单位登记的报告密钥所签，没有据此作决定。", path.display()),
        format!(
            "{} was not signed with a report key registered for this organisation, so nothing was decided on it",
            path.display()
        ),
        "请给出档案文件重新核验，或核对 --as 和信任数据。",
        "give the dossier itself, or check --as and the trust data",
    )
}

fn no_holder() -> Failure {
    Failure::refused(
        "DECIDE-HOLDER",
        "报告里没有企业的公钥，没有签署。".to_owned(),
        "a report does not hold the firm's public key; nothing was signed".to_owned(),
        "请用 --holder-jwk 给出企业的公钥，或给出档案文件。",
        "give the firm's public key with --holder-jwk, or the dossier itself",
    )
}
