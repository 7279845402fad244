//! How rule packs name several regions at once (formats.md §0).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::table::{DEMO_ZONE, G60, YRD};
use super::{Region, RegionError};
use crate::text::Text;

/// A named group of regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The nine cities of the G60 corridor. Of Shanghai only 松江区 belongs to it.
    G60,
    /// Shanghai, Jiangsu, Zhejiang and Anhui.
    Yrd,
    /// The demonstration zone: 青浦区, 吴江区, 嘉善县.
    DemoZone,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 3] = [Self::G60, Self::Yrd, Self::DemoZone];

    /// The identifier in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::G60 => "g60",
            Self::Yrd => "yrd",
            Self::DemoZone => "demo-zone",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::G60 => "G60科创走廊九城市",
            Self::Yrd => "长三角三省一市",
            Self::DemoZone => "长三角生态绿色一体化发展示范区",
        }
    }

    /// The English name.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::G60 => "the nine cities of the G60 corridor",
            Self::Yrd => "the Yangtze River Delta",
            Self::DemoZone => "the Yangtze River Delta demonstration zone",
        }
    }

    /// Whether the region belongs to the group. A code of a development zone (320594) belongs where the
    /// city of its first four digits does.
    #[must_use]
    pub fn contains(self, region: &Region) -> bool {
        self.prefixes().iter().any(|prefix| region.as_str().starts_with(prefix))
    }

    /// The leading digits of its regions.
    #[must_use]
    pub const fn prefixes(self) -> &'static [&'static str] {
        match self {
            Self::G60 => G60,
            Self::Yrd => YRD,
            Self::DemoZone => DEMO_ZONE,
        }
    }
}

/// Two, four or six leading digits of a region code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix {
    /// The digits, filled up with zeros.
    digits: [u8; 6],
    /// 2, 4 or 6.
    len: u8,
}

impl Prefix {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let digits = self.digits.get(..usize::from(self.len)).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

impl fmt::Debug for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prefix({})", self.as_str())
    }
}

/// A set of regions as a rule pack writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionPattern {
    /// `*`: every region.
    Any,
    /// `31`, `3101` or `310117`: the codes that begin so.
    Prefix(Prefix),
    /// `g60`, `yrd` or `demo-zone`.
    Group(Group),
}

impl RegionPattern {
    /// Parses `*`, a prefix of two, four or six digits, or the name of a group.
    ///
    /// # Errors
    /// [`RegionError`] says which of these it comes nearest to.
    pub fn parse(text: &str) -> Result<Self, RegionError> {
        if text == "*" {
            return Ok(Self::Any);
        }
        if let Some(group) = Group::ALL.into_iter().find(|group| group.as_str() == text) {
            return Ok(Self::Group(group));
        }
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Err(RegionError::Group);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RegionError::Digit);
        }
        let len = match text.len() {
            2 => 2,
            4 => 4,
            6 => 6,
            other => return Err(RegionError::Length(other)),
        };
        let mut digits = [b'0'; 6];
        for (place, byte) in digits.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        Ok(Self::Prefix(Prefix { digits, len }))
    }

    /// Whether the region is in the set.
    #[must_use]
    pub fn matches(&self, region: &Region) -> bool {
        match self {
            Self::Any => true,
            Self::Prefix(prefix) => region.as_str().starts_with(prefix.as_str()),
            Self::Group(group) => group.contains(region),
        }
    }

    /// How narrow the pattern is, to find the most specific rule (formats.md §4): 0 for `*`, 1 for a
    /// group, else the number of digits.
    #[must_use]
    pub fn specificity(&self) -> u8 {
        match self {
            Self::Any => 0,
            Self::Group(_) => 1,
            Self::Prefix(prefix) => prefix.len,
        }
    }

    /// What to show a person: the region's name, the group's, or that it is everywhere.
    #[must_use]
    pub fn label(&self) -> Text {
        match self {
            Self::Any => Text::fixed("任何地区", "everywhere"),
            Self::Prefix(prefix) => {
                // Regions have a Chinese name only.
                let name = Region::parse(&format!("{:0<6}", prefix.as_str())).map(|region| region.label());
                Text { zh: name.unwrap_or_else(|_| prefix.as_str().to_owned().into()), en: None }
            }
            Self::Group(group) => Text::fixed(group.zh(), group.en()),
        }
    }

    /// The pattern as files write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Any => "*",
            Self::Prefix(prefix) => prefix.as_str(),
            Self::Group(group) => group.as_str(),
        }
    }
}

impl fmt::Display for RegionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for RegionPattern {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RegionPattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
