//! The firm reads a decision: who signed it, whether it is about this dossier, what it says.

use std::fs::File;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use zizhi_crypto::jws;
use zizhi_dossier::Digest;
use zizhi_model::{Check, CheckCode, Limits, Outcome, Text, catalogue};
use zizhi_trust::KeyUse;
use zizhi_verify::Library;

use crate::Host;
use crate::claim_lines::ClaimLine;
use crate::decide::{REPORT_TYP, VCT, report_digest};
use crate::failure::{Failure, told};
use crate::file_kind::{FileKind, kind_of};
use crate::files;
use crate::inspect_credential::{Against, described, look, worst};
use crate::print_report::ending;
use crate::told_decision::ToldDecision;
use crate::verify_file::is_sealed;

/// Bytes of the largest signed report.
const REPORT_BYTES: u64 = 24 * 1024 * 1024;

/// A decision that was read.
#[derive(Debug, Serialize)]
pub struct ReadDecision {
    /// `accepted`, …; nothing if it cannot be read.
    pub decision: Option<String>,
    /// The name of who decided, in the register.
    pub by_name: Option<String>,
    /// What it says, as the window has it; nothing if it cannot be read.
    #[serde(skip)]
    pub told: Option<ToldDecision>,
    /// Everything that it says.
    pub lines: Vec<ClaimLine>,
    /// Whether it is about the dossier at hand; nothing if there is none at hand.
    pub dossier_matches: Option<bool>,
    /// Whether it rests on the report at hand; nothing if there is none at hand.
    pub report_matches: Option<bool>,
    /// The claims.
    pub payload: Value,
    /// Every check.
    pub checks: Vec<Check>,
}

impl ReadDecision {
    /// The worst outcome of all.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.dossier_matches == Some(false) || self.report_matches == Some(false) {
            return Outcome::Fail;
        }
        worst(&self.checks)
    }

    /// What is said beside the outcome and the parts of [`ToldDecision::parts`]: what it rests on, and who signed it when.
    pub fn details(&self) -> impl Iterator<Item = &ClaimLine> {
        let claim = |line: &ClaimLine| line.path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let told = move |line: &ClaimLine| {
            self.told.as_ref().is_some_and(|told| told.shows(&claim(line), &self.payload))
        };
        self.lines.iter().filter(move |line| !told(line))
    }
}

/// Reads the decision in `file`.
///
/// # Errors
/// `IO-READ`; `DECISION-TYPE` if it is another file or a credential of another type, `DECISION-SEALED` if the dossier to
/// compare with is sealed.
pub fn read_decision(
    file: &Path,
    dossier: Option<&Path>,
    report: Option<&Path>,
    library: &Library,
    host: &dyn Host,
) -> Result<ReadDecision, Failure> {
    match kind_of(file)? {
        FileKind::Decision | FileKind::Credential | FileKind::Unread => {}
        other => return Err(other.read_as_a_decision(file)),
    }
    read_known(file, dossier, report, library, host)
}

/// The same of a file that is a decision as far as it can be told.
pub(crate) fn read_known(
    file: &Path,
    dossier: Option<&Path>,
    report: Option<&Path>,
    library: &Library,
    host: &dyn Host,
) -> Result<ReadDecision, Failure> {
    let limits = Limits::default();
    let bytes = files::read_up_to(file, limits.credential_bytes + 1)?;
    let against = Against { issuer: None, holder: None, aud: None, nonce: None, library: Some(library) };
    let looked = look(&bytes, None, KeyUse::Decision, &against, host, &limits);
    let mut inspection = looked.inspection;
    let payload = inspection.payload.clone().unwrap_or_default();
    let said = |name: &str| payload.get(name).and_then(Value::as_str);
    if inspection.payload.is_some() && said("vct") != Some(VCT) && !altered(file, &inspection.checks) {
        return Err(other_type(file));
    }
    // Without the issuer's key the register has said why already.
    let known = inspection
        .checks
        .iter()
        .any(|check| check.outcome >= Outcome::Pending && check.code != CheckCode::SigInvalid);
    inspection
        .checks
        .retain(|check| !(known && check.code == CheckCode::SigInvalid && check.outcome == Outcome::Pending));
    let dossier_matches = match dossier {
        None => None,
        Some(path) => {
            let unreadable = |error| Failure::unreadable(path, error);
            // A decision names what was sealed; the sealed file is another one each time.
            if is_sealed(&mut File::open(path).map_err(unreadable)?).map_err(unreadable)? {
                return Err(sealed(path));
            }
            let (digest, _) = Digest::of_reader(File::open(path).map_err(unreadable)?).map_err(unreadable)?;
            Some(said("dossier_sha256").and_then(Digest::parse) == Some(digest))
        }
    };
    let report_matches = match report {
        None => None,
        Some(path) => Some(said("report_sha256") == Some(digest_of_report(path, &limits)?.as_str())),
    };
    let decision = said("outcome").map(str::to_owned);
    for check in &mut inspection.checks {
        if let Some(damage) = damage(check) {
            let (zh, en) = (&damage.zh, damage.en());
            check.message =
                Some(told(format!("{zh}，不予采信。"), format!("{en}; it is not to be relied on.")));
        }
    }
    let found = described(inspection, looked.issuer_name, Some(library));
    Ok(ReadDecision {
        decision,
        by_name: found.issuer_name,
        told: ToldDecision::of_payload(&payload),
        lines: found.lines,
        dossier_matches,
        report_matches,
        payload,
        checks: found.checks,
    })
}

/// Whether a file that is called a decision is none because it was altered: its type may be what is wrong in it.
pub(crate) fn altered(file: &Path, checks: &[Check]) -> bool {
    let broken = |check: &Check| check.code == CheckCode::SigInvalid && check.outcome == Outcome::Fail;
    ending(file) == "zzdecision" && checks.iter().any(broken)
}

/// That a file is no longer what was signed, and why, as the beginning of a sentence; nothing where a check says
/// something else. The catalogue speaks of credentials, which a firm presents and an issuer issues again.
pub(crate) fn damage(check: &Check) -> Option<Text> {
    use CheckCode as C;
    let damaged = matches!(
        check.code,
        C::SdjwtInvalid | C::FmtJson | C::SigInvalid | C::SigAlg | C::SigTyp | C::SigCrit
    );
    if check.outcome != Outcome::Fail || !damaged {
        return None;
    }
    let broken = check.fact("rule").and_then(|rule| catalogue::broken_rule(&rule.to_string()));
    let reason = broken.unwrap_or_else(|| match check.code {
        C::SigInvalid => Text::fixed("签名不符", "the signature does not hold"),
        code => catalogue::title(code),
    });
    Some(told(
        format!("决定文件已损坏或被改动（{}）", reason.zh),
        format!("the decision's file is damaged or was altered ({})", reason.en()),
    ))
}

/// What to do about a check on a decision.
#[must_use]
pub fn advice(check: &Check) -> Text {
    if damage(check).is_none() {
        return catalogue::advice(check.code);
    }
    Text::fixed("请向作出决定的单位再要一份。", "Ask whoever made the decision for another copy of it.")
}

/// The digest of a report: of what is signed in a `.zzreport`, else of the JSON itself.
fn digest_of_report(path: &Path, limits: &Limits) -> Result<String, Failure> {
    let text = files::read_text(path, REPORT_BYTES)?;
    let text = text.trim();
    if text.starts_with('{') {
        return Ok(report_digest(text.as_bytes()));
    }
    let unverified = jws::Unverified::parse(text, limits).map_err(|error| no_report(path).because(error))?;
    if unverified.header().typ.as_deref() != Some(REPORT_TYP) {
        return Err(no_report(path));
    }
    Ok(report_digest(unverified.payload()))
}

fn sealed(path: &Path) -> Failure {
    Failure::refused(
        "DECISION-SEALED",
        format!("{} 是加密后的档案，决定写的是加密前的档案，没有比对。", path.display()),
        format!(
            "{} is the sealed dossier; a decision names what was sealed, so nothing was compared",
            path.display()
        ),
        "请用 --dossier 给出加密前的 .zzdossier 文件。",
        "give the .zzdossier that was sealed with --dossier",
    )
}

fn no_report(path: &Path) -> Failure {
    Failure::refused(
        "FMT-REPORT",
        format!("{} 不是核验报告，没有比对。", path.display()),
        format!("{} is no verification report and was not compared", path.display()),
        "请给出与决定一起收到的 .zzreport 文件。",
        "give the .zzreport that came with the decision",
    )
}

pub(crate) fn other_type(file: &Path) -> Failure {
    Failure::refused(
        "DECISION-TYPE",
        format!("{} 是凭证，但不是互认决定。", file.display()),
        format!("{} is a credential, but no decision", file.display()),
        "查看其他凭证请用 zizhi credential inspect。",
        "to look at other credentials use zizhi credential inspect",
    )
}
