//! 在园企业指标: 高企认定率 and 获融资比例 of the firms in incubation on a day, with what each is counted from.
//!
//! A firm of which nothing is recorded is neither one that has the qualification nor one that has not: it is counted
//! and named as such.

use chrono::NaiveDate;
use zizhi_model::{Text, civil};
use zizhi_store::{Reader, Standing};

use crate::failure::{Failure, told};

/// The types of credential that the two rates ask for.
const HIGH_TECH: &str = "high-tech-enterprise";
const FINANCED: &str = "financing-event";

/// What the reference lines are told by (domain.md §8).
const SOURCE: Text = Text::fixed("韦一玉，2020浦江创新论坛", "韦一玉, Pujiang Innovation Forum 2020");

/// The rates of the firms in incubation.
#[derive(Debug, Clone, PartialEq)]
pub struct ParkRates {
    /// The day for which they hold.
    pub as_of: NaiveDate,
    /// 高企认定率
    pub high_tech: Rate,
    /// 获融资比例
    pub financed: Rate,
}

/// A share of the firms in incubation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// 在园企业数
    pub firms: u32,
    /// Those that are counted above the line.
    pub met: u32,
    /// Those with a record that does not hold on the day.
    pub lapsed: u32,
    /// Those without any record: whether they have it is not known here.
    pub unrecorded: u32,
    /// The reference line in percent.
    pub reference: u32,
}

impl Rate {
    fn of(standing: Standing, reference: u32) -> Self {
        Self {
            firms: standing.firms,
            met: standing.valid,
            lapsed: standing.recorded.saturating_sub(standing.valid),
            unrecorded: standing.firms.saturating_sub(standing.recorded),
            reference,
        }
    }

    /// The rate in tenths of a percent, half a tenth rounded up; nothing where no firm is in incubation.
    #[must_use]
    pub fn tenths(&self) -> Option<u32> {
        let (met, firms) = (u64::from(self.met), u64::from(self.firms));
        let tenths = (met * 2000 + firms).checked_div(firms * 2)?;
        u32::try_from(tenths).ok()
    }
}

impl ParkRates {
    /// 口径
    #[must_use]
    pub fn definition(&self) -> Text {
        let day = civil::date_zh(self.as_of);
        told(
            format!(
                "在园企业指标截至{day}。在园企业：名册中状态为在孵、入驻日期不晚于该日（或未登记入驻日期）的企业；\
                 高企认定率 = 有效高企数 / 在园企业数，有效高企指本单位签发或背书、该日有效的高新技术企业证书所属企业；\
                 获融资比例 = 有投融资记录企业数 / 在园企业数，记录指本单位签发或背书、该日有效的投融资记录。\
                 没有登记过的企业按“无记录”列出，不表示没有该资质。在园状态和撤销情况按统计时的登记，不追溯。"
            ),
            format!(
                "Rates of the firms in incubation are as of {}. In incubation: firms of the register that are in and had \
                 entered by that day, or have no date of entry. High-tech rate: firms with a high-tech certificate, \
                 issued or attested here and valid on that day, over all in incubation. Financed: firms with a record of \
                 financing issued or attested here and valid on that day, over all in incubation. Firms without any record are listed as such; \
                 that does not mean that they have none. Who is in, and what was revoked, is as registered now.",
                self.as_of
            ),
        )
    }

    /// Where the reference lines come from, and what they are not.
    #[must_use]
    pub fn source(&self) -> Text {
        let (high_tech, financed) = (self.high_tech.reference, self.financed.reference);
        told(
            format!(
                "参考线：高企认定率{high_tech}%、获融资比例{financed}%，出自{}，为所介绍园区当时的数字，原文未说明口径，仅供对照。",
                SOURCE.zh
            ),
            format!(
                "Reference lines: {high_tech}% and {financed}%, told by {} of one park at that time. How they were \
                 counted was not told, so they are for orientation only.",
                SOURCE.en()
            ),
        )
    }
}

/// The rates on a day.
///
/// # Errors
/// As every read of the database.
pub fn park_rates(reader: &Reader<'_>, as_of: NaiveDate) -> Result<ParkRates, Failure> {
    Ok(ParkRates {
        as_of,
        high_tech: Rate::of(reader.standing(HIGH_TECH, as_of)?, 40),
        financed: Rate::of(reader.standing(FINANCED, as_of)?, 50),
    })
}
