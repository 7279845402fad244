//! Makes the local database of an organisation, as it names itself.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;
use zizhi_model::text::hides;
use zizhi_model::{Region, Text, Uscc};
use zizhi_store::Profile;
pub use zizhi_store::Role;

use crate::failure::{Failure, told};
use crate::vault::{self, Created};
use crate::{Host, check_typed_uscc};

/// Characters of the longest name of an organisation.
const LONGEST_NAME: usize = 200;

/// An organisation as a person typed it.
#[derive(Debug, Clone)]
pub struct Owner<'a> {
    /// Its code; spaces around it, lower case and full-width characters are read.
    pub uscc: &'a str,
    /// Its name.
    pub name: &'a str,
    /// What it uses the program for.
    pub role: Role,
    /// Six digits of its region.
    pub region: &'a str,
}

/// Makes the database in `folder`, its keys and its recovery key. All of it is there in the end, or nothing.
///
/// # Errors
/// `PROFILE-USCC`, `PROFILE-NAME`, `PROFILE-REGION`, `PASSPHRASE-WEAK`; as [`vault::create`].
pub fn create_database(
    folder: &Path,
    owner: &Owner<'_>,
    passphrase: &str,
    host: &dyn Host,
) -> Result<Created, Failure> {
    let uscc = Uscc::parse_lenient(owner.uscc).map_err(|error| {
        Failure::input(
            "PROFILE-USCC",
            check_typed_uscc::words(error),
            Text::fixed(
                "请对照营业执照重新填写统一社会信用代码。",
                "compare it with the business licence and type it again",
            ),
        )
        .because(error)
    })?;
    let region = Region::parse(owner.region.trim()).map_err(|error| {
        Failure::input(
            "PROFILE-REGION",
            told(
                format!("所在地区“{}”不是六位行政区划代码，数据库没有建立。", owner.region),
                format!("{:?} is not a region code of six digits; no database was made", owner.region),
            ),
            Text::fixed("请从列表中选择所在地区。", "choose the region from the list"),
        )
        .because(error)
    })?;
    let profile = Profile {
        uscc,
        name: name(owner.name)?,
        role: owner.role,
        region: Some(region),
        created: host.now(),
    };
    vault::check_passphrase(passphrase)?;
    vault::create(folder, &profile, passphrase, host)
}

/// A name in one spelling, without what cannot be seen.
pub(crate) fn name(typed: &str) -> Result<String, Failure> {
    let name: String = typed.trim().nfc().collect();
    let length = name.chars().count();
    if (1..=LONGEST_NAME).contains(&length) && !name.chars().any(hides) {
        return Ok(name);
    }
    Err(Failure::input(
        "PROFILE-NAME",
        told(
            format!("机构名称为空、超过{LONGEST_NAME}个字或含有不可见字符，没有保存。"),
            format!(
                "the name is empty, longer than {LONGEST_NAME} characters, or has characters that cannot be seen; nothing was kept"
            ),
        ),
        Text::fixed("请按营业执照填写全称。", "give the full name as on the business licence"),
    ))
}
