//! Prints: the verification report of a dossier as PDF or JSON, and what to say when a document cannot be
//! made.

use std::path::{Path, PathBuf};

use chrono::Datelike as _;
use zizhi_crypto::digest;
use zizhi_model::{Text, civil};
use zizhi_report::{Details, ReportError, SYSTEM_FOLDERS, verification_report};
pub use zizhi_report::{Fonts, Lang};
use zizhi_verify::{Grounds, Report};

use crate::failure::{Cause, Failure, told};
use crate::output::Output;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// Who prints a report that belongs to no case.
#[derive(Debug, Clone, Default)]
pub struct Printing {
    /// The organisation; empty where nobody said.
    pub organisation: String,
    /// 经办人
    pub operator: Option<String>,
    /// 复核人
    pub reviewer: Option<String>,
    /// Whether it is made for practice.
    pub drill: bool,
}

/// What the page shows beside the report, and what its JSON has no place for.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// SM3 of the dossier ([`crate::dossier_sm3`]), beside the report's own digest.
    pub sm3: Option<[u8; 32]>,
    /// What it rests on, by the rule pack ([`zizhi_verify::Library::grounds`]).
    pub grounds: Grounds,
}

/// The fonts of documents: those that come with the program in `resources`, else the system's.
///
/// # Errors
/// `REPORT-FONTS`, `REPORT-FONT-UNREADABLE`.
pub fn fonts(resources: Option<&Path>) -> Result<Fonts, Failure> {
    let own = resources.map(|folder| folder.join("fonts"));
    let folders: Vec<PathBuf> = own
        .into_iter()
        .chain(resources.map(Path::to_owned))
        .chain(SYSTEM_FOLDERS.map(PathBuf::from))
        .collect();
    Fonts::find(&folders).map_err(not_printed)
}

/// Writes the report of a dossier that is no case: as PDF or JSON, by the ending of the name.
///
/// # Errors
/// `REPORT-ENDING` for another ending, `IO-EXISTS`, `IO-WRITE`, and the codes of [`ReportError`].
pub fn print_report(
    report: &Report,
    beside: Beside,
    printing: &Printing,
    lang: Lang,
    fonts: impl FnOnce() -> Result<std::sync::Arc<Fonts>, Failure>,
    output: &Output<'_>,
) -> Result<WrittenFile, Failure> {
    output.check()?;
    let json = serde_json::to_vec(report).map_err(|error| not_printed(ReportError::Json(error)))?;
    let bytes = match ending(output.path).as_str() {
        "json" => json,
        "pdf" => pdf(report, &json, beside, printing, lang, &*fonts()?)?,
        _ => return Err(other_ending(output.path)),
    };
    write(&bytes, output)
}

fn pdf(
    report: &Report,
    json: &[u8],
    beside: Beside,
    printing: &Printing,
    lang: Lang,
    fonts: &Fonts,
) -> Result<Vec<u8>, Failure> {
    let details = Details {
        number: number(report, json),
        organisation: printing.organisation.clone(),
        purpose: None,
        received_on: None,
        operator: printing.operator.clone(),
        reviewer: printing.reviewer.clone(),
        dated: None,
        drill: printing.drill,
        decision: None,
        dossier_sm3: beside.sm3,
        grounds: beside.grounds,
        supplied: Vec::new(),
    };
    verification_report(report, &details, lang, fonts).map_err(not_printed)
}

/// A report that is in no book is numbered by its own digest, so that two of them never share a number.
fn number(report: &Report, json: &[u8]) -> String {
    let at = civil::parse_time(&report.basis.verified_at).unwrap_or_default();
    let year = civil::date_in_shanghai(at).year();
    let sha256 = digest::hex(&digest::sha256(json));
    format!("核〔{year}〕{}", sha256.get(..8).unwrap_or(&sha256))
}

/// The ending of a file's name, in lower case.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase()
}

/// Writes finished bytes.
pub(crate) fn write(bytes: &[u8], output: &Output<'_>) -> Result<WrittenFile, Failure> {
    output.write(bytes)?;
    Ok(WrittenFile { sha256: digest::hex(&digest::sha256(bytes)), size: bytes.len() as u64 })
}

/// Why a document was not made, with the words that its crate has for it.
pub(crate) fn not_printed(error: ReportError) -> Failure {
    let (code, fact, advice) = (error.code(), error.text(), error.advice());
    let cause = if code == "INTERNAL" { Cause::Internal } else { Cause::Input };
    Failure { cause, ..Failure::input(code, fact, advice) }.because(error)
}

fn other_ending(path: &Path) -> Failure {
    Failure::input(
        "REPORT-ENDING",
        told(
            format!("{} 不是报告文件名，没有写入。", path.display()),
            format!("{} is not the name of a report; nothing was written", path.display()),
        ),
        Text::fixed("请使用以 .pdf 或 .json 结尾的文件名。", "use a name that ends in .pdf or .json"),
    )
}
