//! The case that a person names: by its number, its id, or the digest of its report.

use zizhi_dossier::Digest;
use zizhi_model::Text;
use zizhi_store::{Case, CaseFilter, Database, case_number};

use crate::failure::{Failure, told};

/// Cases that a search for a number may bring, of which one has that very number.
const MOST: usize = 500;

/// Finds the case. A number may be typed without its brackets, as `2026-17`; a digest is hexadecimal, in groups or
/// not, or base64url.
///
/// # Errors
/// `CASE-ABSENT`; as every read of the database.
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
    let number = number(named).ok_or_else(|| absent(named))?;
    let filter = CaseFilter { text: number.clone(), ..CaseFilter::default() };
    let found = reader.cases(&filter, None, MOST)?.rows;
    found.into_iter().find(|case| case.number == number).ok_or_else(|| absent(named))
}

/// The number as the ledger writes it, if it is one: year and ordinal with one mark between them, or as on paper, where
/// that of a later version has its place behind it. A file or a certificate that holds such digits among others is
/// none, since what is named here may be decided.
fn number(typed: &str) -> Option<String> {
    let bare = typed.strip_prefix('收').unwrap_or(typed).trim_end_matches('号');
    let bare = bare.trim_start_matches(['〔', '[']);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, ordinal) = match bare.split_once(['〕', ']']) {
        Some((year, rest)) => match rest.split_once('-') {
            Some((ordinal, place)) if digits(place) => (year, ordinal),
            _ => (year, rest),
        },
        None => bare.split_once(['-', '/'])?,
    };
    let named = year.len() == 4 && digits(year) && digits(ordinal);
    named.then_some(())?;
    Some(case_number(year.parse().ok()?, ordinal.parse().ok()?))
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

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_read_with_and_without_its_brackets() {
        for typed in ["收〔2026〕0017", "2026-17", "2026/0017", "收[2026]17号", "收〔2026〕0017-2"] {
            assert_eq!(number(typed).as_deref(), Some("收〔2026〕0017"), "{typed}");
        }
        for typed in [
            "17",
            "",
            "2026-17-1",
            "收〔2026〕0017-a",
            "a.zzdossier",
            "HFUSP-2026-0117",
            "星河2026-17.zzdossier",
            "2026-17.pdf",
            "026-17",
        ] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }
}
