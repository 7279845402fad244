//! The case that a person names: by its number, its id, or the digest of its report.

use zizhi_dossier::Digest;
use zizhi_model::Text;
use zizhi_store::{Case, CaseFilter, Database, case_number};

use crate::case_versions::versions;
use crate::failure::{Failure, told};

/// Cases that a search for a number may bring, of which one has that very number.
const MOST: usize = 500;

/// Finds the case. A number may be typed without its brackets, as `2026-17`; a digest is hexadecimal, in groups or
/// not, or base64url.
///
/// # Errors
/// `CASE-ABSENT`; `CASE-VERSION` if the number is that of another version than the newest; as every read of the database.
pub fn case_named(database: &Database, named: &str) -> Result<Case, Failure> {
    let reader = database.reader()?;
    let named = named.trim();
    if let Some(case) = reader.case(named)? {
        return Ok(case);
    }
    let packed: String = named.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(digest) = Digest::parse(&packed) {
        return reader.cases_of_report(&digest.0)?.into_iter().next().ok_or_else(|| absent(named));
    }
    let Number { number, version } = number(named).ok_or_else(|| absent(named))?;
    let filter = CaseFilter { text: number.clone(), ..CaseFilter::default() };
    let found = reader.cases(&filter, None, MOST)?.rows;
    let case = found.into_iter().find(|case| case.number == number).ok_or_else(|| absent(named))?;
    let versions = versions(&reader, &case)?.len();
    match version {
        Some(version) if version != versions => Err(another_version(&case, version, versions)),
        _ => Ok(case),
    }
}

/// What a number on paper says.
struct Number {
    /// The number as the ledger writes it.
    number: String,
    /// Of which version, where it says that.
    version: Option<usize>,
}

/// The number as the ledger writes it, if it is one: year and ordinal with one mark between them, or as on paper, where
/// that of a later version has its place behind it. A file or a certificate that holds such digits among others is
/// none, since what is named here may be decided.
fn number(typed: &str) -> Option<Number> {
    let bare = typed.strip_prefix('收').unwrap_or(typed).trim_end_matches('号');
    let bare = bare.trim_start_matches(['〔', '[']);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, ordinal, version) = match bare.split_once(['〕', ']']) {
        Some((year, rest)) => match rest.split_once('-') {
            Some((ordinal, place)) if digits(place) => (year, ordinal, Some(place.parse().ok()?)),
            _ => (year, rest, None),
        },
        None => bare.split_once(['-', '/']).map(|(year, ordinal)| (year, ordinal, None))?,
    };
    let named = year.len() == 4 && digits(year) && digits(ordinal);
    named.then_some(())?;
    Some(Number { number: case_number(year.parse().ok()?, ordinal.parse().ok()?), version })
}

fn another_version(case: &Case, version: usize, versions: usize) -> Failure {
    Failure::input(
        "CASE-VERSION",
        told(
            format!("办件 {} 现在是第 {versions} 版档案，不是第 {version} 版，操作没有进行。", case.number),
            format!(
                "case {} is at version {versions} of its dossier and not at version {version}; nothing was done",
                case.number
            ),
        ),
        Text::fixed(
            "请先看过现在的这一版；要对它办理的，只写办件编号。",
            "look at the version that it is at; to go on with that one, give the number of the case alone",
        ),
    )
}

fn absent(named: &str) -> Failure {
    let short: String = named.chars().take(80).collect();
    Failure::input(
        "CASE-ABSENT",
        told(
            format!("本地数据库里没有办件“{short}”，操作没有进行。"),
            format!("the local database has no case {short:?}; nothing was done"),
        ),
        Text::fixed(
            "请核对编号（如 2026-17，见台账或收件回执）；还没有收件的，先用 zizhi dossier open 加 --operator 收件。",
            "look at the number (such as 2026-17, in the ledger or on the receipt); what was not taken in yet, take in with zizhi dossier open and --operator",
        ),
    )
}
