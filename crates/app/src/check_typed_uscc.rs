//! Judges a unified social credit code while it is typed.

use zizhi_model::uscc::UsccError;
use zizhi_model::{Text, Uscc, Verdict};
use zizhi_store::{Case, Database, Reader};

use crate::failure::{Failure, told};

/// What was typed, as a code if it is one, and what is wrong or unusual about it.
#[must_use]
pub fn check_typed_uscc(typed: &str) -> (Option<Uscc>, Option<Text>) {
    match Uscc::parse_lenient(typed) {
        Ok(uscc) if uscc.inner_check_holds() => (Some(uscc), None),
        Ok(uscc) => {
            let unusual = Text::fixed(
                "代码整体校验通过，但其中的组织机构代码校验位不符；少数老代码如此，请与营业执照核对。",
                "the code as a whole is right, but the check character of the organisation code inside is not, as in a few old codes; compare it with the licence",
            );
            (Some(uscc), Some(unusual))
        }
        Err(error) => (None, Some(words(error))),
    }
}

/// The name of the firm with a code, so that a person sees whom it means; nothing where no name of it is believed here.
///
/// # Errors
/// As every read of the database.
pub fn known_name(database: &Database, uscc: &Uscc) -> Result<Option<String>, Failure> {
    name_of(&database.reader()?, uscc)
}

/// Dossiers of one organisation among which its name is looked for, the newest first.
const LOOKED_AT: usize = 20;

/// The name of a firm in the own register, or else in the newest dossier that came from it. One that did not pass may
/// have been written by anybody, and names nobody.
pub(crate) fn name_of(reader: &Reader<'_>, uscc: &Uscc) -> Result<Option<String>, Failure> {
    if let Some(firm) = reader.firm_by_uscc(uscc)? {
        return Ok(Some(firm.name));
    }
    let cases = reader.cases_of_firm(uscc, None, LOOKED_AT)?.rows.into_iter();
    let passed = |case: &Case| matches!(case.verdict, Some(Verdict::Passed | Verdict::PassedWithConditions));
    let mut believed = cases.filter(passed);
    Ok(believed.find_map(|case| case.firm_name))
}

/// What is wrong with a code.
pub(crate) fn words(error: UsccError) -> Text {
    match error {
        UsccError::Length(count) => told(
            format!("统一社会信用代码有18位，这里是{count}位。"),
            format!("a unified social credit code has 18 characters, this has {count}"),
        ),
        UsccError::Character { position } => told(
            format!("第{position}位不会出现在统一社会信用代码中（代码不用I、O、S、V、Z）。"),
            format!(
                "character {position} cannot occur in a unified social credit code, which leaves out I, O, S, V and Z"
            ),
        ),
        UsccError::Region => Text::fixed(
            "第3至8位是登记机关所在地区，应当全是数字。",
            "characters 3 to 8 are the registrar's region and must be digits",
        ),
        UsccError::Check { expected } => told(
            format!("校验不符：若前17位无误，最后一位应为{expected}，请检查是否有一位输错。"),
            format!(
                "the check character does not fit: if the first 17 are right, the last is {expected}; look for one that is mistyped"
            ),
        ),
    }
}
