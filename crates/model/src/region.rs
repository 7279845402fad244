//! Regions by their six-digit codes (GB/T 2260), and the patterns by which rules name several.
//!
//! Certificates outlive the map: they carry codes that were abolished, and codes of development zones
//! that GB/T 2260 never had. So any six digits are a [`Region`]; what is known about it is looked up.

mod pattern;
mod table;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use pattern::{Group, Prefix, RegionPattern};
use table::{Row, TABLE};

/// A six-digit region code. Six ASCII digits, not necessarily one that GB/T 2260 lists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 6]);

/// Why a text is not a region or a region pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegionError {
    /// Not six characters, or as a pattern not two, four or six.
    #[error("a region code has 6 digits (a pattern 2, 4 or 6), this has {0} characters")]
    Length(usize),
    /// A character that is not a digit.
    #[error("a region code has digits only")]
    Digit,
    /// Neither digits nor `*`, `g60`, `yrd` or `demo-zone`.
    #[error("no such group of regions; there are g60, yrd and demo-zone")]
    Group,
}

/// Cities that are outside their province's determining authority (计划单列市, domain.md §0.4):
/// 大连, 宁波, 厦门, 青岛, 深圳. In the Yangtze River Delta there is only 宁波.
const SEPARATELY_PLANNED: [&str; 5] = ["2102", "3302", "3502", "3702", "4403"];

impl Region {
    /// Parses six ASCII digits.
    ///
    /// # Errors
    /// [`RegionError::Length`] and [`RegionError::Digit`]. Whether the code is in use is not asked.
    pub fn parse(text: &str) -> Result<Self, RegionError> {
        let digits: [u8; 6] =
            text.as_bytes().try_into().map_err(|_| RegionError::Length(text.chars().count()))?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(RegionError::Digit) }
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Every byte is an ASCII digit.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first two digits.
    #[must_use]
    pub fn province(&self) -> &str {
        self.as_str().get(..2).unwrap_or_default()
    }

    /// The region of the whole province, `nn0000`.
    #[must_use]
    pub fn province_region(&self) -> Self {
        let [a, b, ..] = self.0;
        Self([a, b, b'0', b'0', b'0', b'0'])
    }

    /// The city, `nnnn00`. Of Shanghai, a city of its own, it is 310000 (the 310100 of statistics is
    /// not in the tables of the civil affairs ministry).
    #[must_use]
    pub fn city_region(&self) -> Self {
        let [a, b, c, d, ..] = self.0;
        if [a, b] == *b"31" { self.province_region() } else { Self([a, b, c, d, b'0', b'0']) }
    }

    /// The full name, `浙江省杭州市余杭区`, also of an abolished code. `None` for codes outside the four
    /// provinces and for development zones.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// The name without that of the city and province: `余杭区`.
    #[must_use]
    pub fn own_name(&self) -> Option<&'static str> {
        let name = self.name()?;
        let above = if *self == self.city_region() { self.province_region() } else { self.city_region() };
        let own = above.name().and_then(|above| name.strip_prefix(above)).unwrap_or(name);
        Some(if own.is_empty() { name } else { own })
    }

    /// What to show a person: the full name, or the nearest known region above with the code, as in
    /// `江苏省苏州市（320594）`, or the bare code.
    #[must_use]
    pub fn label(&self) -> Cow<'static, str> {
        if let Some(name) = self.name() {
            return Cow::Borrowed(name);
        }
        match self.city_region().name().or_else(|| self.province_region().name()) {
            Some(above) => Cow::Owned(format!("{above}（{self}）")),
            None => Cow::Owned(self.to_string()),
        }
    }

    /// The year from which the code is no longer in use, if it was abolished.
    #[must_use]
    pub fn abolished_since(&self) -> Option<u16> {
        self.row().and_then(|row| row.abolished)
    }

    /// The region for which one 认定机构 determines high-tech enterprises: the province, or the
    /// separately planned city (计划单列市) itself. Hangzhou and Ningbo are in one province and have two.
    #[must_use]
    pub fn determining_authority(&self) -> Self {
        let city = self.as_str().get(..4).unwrap_or_default();
        if SEPARATELY_PLANNED.contains(&city) { self.city_region() } else { self.province_region() }
    }

    /// The 41 cities of the Yangtze River Delta in the order of their codes; Shanghai is one.
    pub fn cities() -> impl Iterator<Item = Self> {
        Self::listed().filter(|region| {
            region.as_str().ends_with("00")
                && (region.province() == "31" || !region.as_str().ends_with("0000"))
        })
    }

    /// The counties and districts of the same city that are in use, in the order of their codes.
    pub fn counties(self) -> impl Iterator<Item = Self> {
        let city = self.city_region();
        Self::listed().filter(move |region| *region != city && region.city_region() == city)
    }

    /// Every code in use that the table lists.
    fn listed() -> impl Iterator<Item = Self> {
        let in_use = TABLE.iter().filter(|row| row.abolished.is_none());
        in_use.map(|row| Self(*row.code))
    }

    fn row(&self) -> Option<&'static Row> {
        let at = TABLE.binary_search_by(|row| row.code.cmp(&self.0)).ok()?;
        TABLE.get(at)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.as_str())
    }
}

impl std::str::FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Region {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
