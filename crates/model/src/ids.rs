//! The numbers printed on qualifications (domain.md §2.1), each parsed once into a type of its own.
//!
//! A number that parses is well-formed; that it was ever given out cannot be known here.

pub mod elicence;
pub mod high_tech;
pub mod patent;
pub mod software_copyright;
pub mod tech_contract;
pub mod tech_sme;

pub use elicence::ELicenceId;
pub use high_tech::HighTechNumber;
pub use patent::{PatentKind, PatentNumber};
pub use software_copyright::SoftwareCopyright;
pub use tech_contract::TechContractNumber;
pub use tech_sme::TechSmeNumber;

use unicode_normalization::UnicodeNormalization;

use crate::check::{CheckCode, Outcome};
use crate::uscc::Uscc;

/// One finding about a number: the code, what came out, and the rule that decided it. The rule's name
/// belongs into the check's fact `rule`; [`crate::catalogue`] has words for each.
pub type Finding = (CheckCode, Outcome, &'static str);

/// More than any number of any type has; longer texts are not worth folding.
const LONGEST: usize = 256;

/// Checks the number of a qualification of type `type_id` (`patent`, `high-tech-enterprise`, `tech-sme`,
/// `tech-contract-registration`, `software-copyright`, `e-licence`). `stated_kind` is the kind of patent
/// that the credential states, in Chinese or as an identifier. Nothing is found about other types.
#[must_use]
pub fn check_number(type_id: &str, number: &str, stated_kind: Option<&str>) -> Vec<Finding> {
    use CheckCode::{FmtEcert, FmtGr, FmtSoft, FmtTcon, FmtTsme};
    use Outcome::{Fail, Warning};

    match type_id {
        "patent" => vec![check_patent(number, stated_kind)],
        "high-tech-enterprise" => {
            vec![finding(FmtGr, Fail, HighTechNumber::parse(number).err().map(|error| error.rule()))]
        }
        "tech-sme" => {
            vec![finding(FmtTsme, Warning, TechSmeNumber::parse(number).err().map(|error| error.rule()))]
        }
        "tech-contract-registration" => {
            let error = TechContractNumber::parse(number).err();
            vec![finding(FmtTcon, Warning, error.map(|error| error.rule()))]
        }
        "software-copyright" => {
            let error = SoftwareCopyright::parse(number).err();
            vec![finding(FmtSoft, Warning, error.map(|error| error.rule()))]
        }
        "e-licence" => {
            vec![finding(FmtEcert, Warning, ELicenceId::parse(number).err().map(|error| error.rule()))]
        }
        _ => Vec::new(),
    }
}

/// Checks a unified social credit code: the outer check character decides (`FMT-USCC`), the inner one
/// only warns (`FMT-ORG`).
#[must_use]
pub fn check_uscc(text: &str) -> Vec<Finding> {
    match Uscc::parse(text) {
        Err(error) => vec![(CheckCode::FmtUscc, Outcome::Fail, error.rule())],
        Ok(uscc) if uscc.inner_check_holds() => vec![(CheckCode::FmtUscc, Outcome::Pass, "well_formed")],
        Ok(_) => vec![
            (CheckCode::FmtUscc, Outcome::Pass, "well_formed"),
            (CheckCode::FmtOrg, Outcome::Warning, "inner_check_character"),
        ],
    }
}

fn check_patent(number: &str, stated_kind: Option<&str>) -> Finding {
    match PatentNumber::parse(number) {
        Err(error) => (CheckCode::FmtPat, Outcome::Fail, error.rule()),
        Ok(patent) => {
            let stated = stated_kind.and_then(PatentKind::parse);
            // The fifth digit says what was applied for. A design entered as an invention is worth
            // more than it is, so the difference is told; but the number itself is right.
            let differs = stated.is_some_and(|stated| stated != patent.kind());
            finding(CheckCode::FmtPat, Outcome::Warning, differs.then_some("kind_differs"))
        }
    }
}

fn finding(code: CheckCode, otherwise: Outcome, broken: Option<&'static str>) -> Finding {
    broken.map_or((code, Outcome::Pass, "well_formed"), |rule| (code, otherwise, rule))
}

/// What a person typed, folded to half-width upper case without white space.
fn folded(text: &str) -> String {
    if text.len() > LONGEST {
        return String::new();
    }
    let plain = |c: char| !c.is_whitespace();
    if text.is_ascii() {
        return text.chars().filter(|c| plain(*c)).map(|c| c.to_ascii_uppercase()).collect();
    }
    text.nfkc().filter(|c| plain(*c)).flat_map(char::to_uppercase).collect()
}

/// The number that ASCII digits write, or `None` if there is anything else or nothing.
fn digits(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
