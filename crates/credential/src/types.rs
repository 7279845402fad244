//! What credentials are called and what their claims mean: SD-JWT VC type metadata as data.
//!
//! A type is a JSON file of draft-ietf-oauth-sd-jwt-vc §4 with a few members of ours: `value` says how
//! a claim's value is to be read, `choices` what its values are called, `provenance` how the type may
//! be stated. The files in `data/types` are built in; trust packages bring more or newer ones. Adding a
//! type needs no code.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use zizhi_model::json::Json;
use zizhi_model::term::Provenance;
use zizhi_model::text::Text;

use crate::path::{Path, Step};
use crate::sdjwt::type_of;

/// Bytes of one type: a hundred times the largest built in.
pub const MAX_TYPE_BYTES: usize = 1024 * 1024;

/// One type of credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeMetadata {
    /// `urn:zizhitong:credential:<type>:<major>`, or another name of other people's types.
    pub vct: String,
    /// What it is called, for each locale.
    #[serde(default)]
    pub display: Vec<TypeDisplay>,
    /// Its claims, in the order in which people want to read them.
    #[serde(default)]
    pub claims: Vec<ClaimMetadata>,
    /// How it may be stated. Ours; nothing means in any way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

/// What a type is called in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeDisplay {
    /// Language tag, `zh-CN` or `en` in ours.
    pub locale: String,
    /// The name.
    pub name: String,
    /// A sentence on what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// One claim, or all claims of one place in an array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimMetadata {
    /// Where it stands.
    pub path: Vec<PathPart>,
    /// What it is called, for each locale.
    #[serde(default)]
    pub display: Vec<ClaimDisplay>,
    /// Whether the issuer has to state it, if it states what it stands in.
    #[serde(default)]
    pub mandatory: bool,
    /// Whether it is selectively disclosed.
    #[serde(default)]
    pub sd: SelectiveDisclosure,
    /// How its value is read. Ours.
    #[serde(default)]
    pub value: ValueKind,
    /// What its values are called, where they are a closed list. Ours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceMetadata>,
}

/// One step of a claim's path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PathPart {
    /// A member.
    Member(String),
    /// One element of an array.
    Element(usize),
    /// Every element of an array; written `null`.
    Every(()),
}

/// What a claim is called in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimDisplay {
    /// Language tag.
    pub locale: String,
    /// The label.
    pub label: String,
}

/// One of the values that a claim may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceMetadata {
    /// The value as it stands in the credential.
    pub value: String,
    /// What people call it.
    pub display: Vec<ClaimDisplay>,
}

/// Whether a claim is selectively disclosed (draft-ietf-oauth-sd-jwt-vc §4.6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SelectiveDisclosure {
    /// It must be.
    Always,
    /// It may be.
    #[default]
    Allowed,
    /// It must not be.
    Never,
}

/// How a claim's value is read. A kind that a newer file brings is read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A civil date, `YYYY-MM-DD`.
    Date,
    /// NumericDate.
    Time,
    /// A whole number.
    Integer,
    /// A decimal number written as text.
    Decimal,
    /// An amount in 分.
    Money,
    /// `true` or `false`.
    Boolean,
    /// One of `choices`.
    Choice,
    /// A unified social credit code.
    Uscc,
    /// An organisation, `urn:uscc:…`.
    Organisation,
    /// A region of six digits.
    Region,
    /// A web address.
    Url,
    /// A digest in base64url.
    Digest,
    /// Number of a high-tech enterprise certificate.
    HighTechNumber,
    /// Registration number of a technology SME.
    TechSmeNumber,
    /// Registration number of a technology contract.
    TechContractNumber,
    /// Number of a patent.
    PatentNumber,
    /// Registration number of a software copyright.
    SoftwareCopyrightNumber,
    /// An object, whose members are claims of their own.
    Object,
    /// An array.
    List,
    /// Words.
    #[default]
    #[serde(other)]
    Text,
}

/// Why a text is not type metadata.
#[derive(Debug, thiserror::Error)]
pub enum TypeError {
    /// More than [`MAX_TYPE_BYTES`].
    #[error("type metadata of more than {MAX_TYPE_BYTES} bytes")]
    Size,
    /// Not JSON, or not of the form of type metadata.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A claim without a path.
    #[error("a claim without a path")]
    EmptyPath,
}

/// The files that are built in: name without folder, and text.
pub const SOURCES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/types.rs"));

static BUILTIN: LazyLock<Vec<TypeMetadata>> = LazyLock::new(|| {
    // A file that does not parse would be missing here; a test reads every one of them.
    SOURCES.iter().filter_map(|(_, text)| TypeMetadata::parse(text.as_bytes()).ok()).collect()
});

/// The types that are built in.
#[must_use]
pub fn builtin() -> &'static [TypeMetadata] {
    &BUILTIN
}

/// The type that is built in for `vct`.
#[must_use]
pub fn find(vct: &str) -> Option<&'static TypeMetadata> {
    builtin().iter().find(|metadata| metadata.vct == vct)
}

impl TypeMetadata {
    /// Reads type metadata. What is not understood is ignored, as §4.2 of the draft wants it.
    ///
    /// # Errors
    /// [`TypeError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, TypeError> {
        if bytes.len() > MAX_TYPE_BYTES {
            return Err(TypeError::Size);
        }
        let metadata: Self = serde_json::from_slice(bytes)?;
        if metadata.claims.iter().any(|claim| claim.path.is_empty()) {
            return Err(TypeError::EmptyPath);
        }
        Ok(metadata)
    }

    /// The type in `vct`, such as `high-tech-enterprise`; the whole `vct` of a foreign type.
    #[must_use]
    pub fn id(&self) -> &str {
        type_of(&self.vct).map_or(&self.vct, |(id, _)| id)
    }

    /// What the type is called.
    #[must_use]
    pub fn name(&self) -> Text {
        text(self.display.iter().map(|display| (&*display.locale, &*display.name)))
            .unwrap_or_else(|| Text { zh: self.id().to_owned().into(), en: None })
    }

    /// What says most about the claim at `path`.
    #[must_use]
    pub fn claim(&self, path: &Path<'_>) -> Option<&ClaimMetadata> {
        self.claims.iter().find(|claim| claim.is_at(path))
    }

    /// What the claim at `path` is called.
    #[must_use]
    pub fn label(&self, path: &Path<'_>) -> Option<Text> {
        self.claim(path)?.label()
    }

    /// The first mandatory claim that a whole payload lacks. A presentation may lack any, so this is
    /// for issuers and holders.
    #[must_use]
    pub fn missing(&self, payload: &Json<'_>) -> Option<Path<'static>> {
        let mandatory = self.claims.iter().filter(|claim| claim.mandatory);
        mandatory.into_iter().find_map(|claim| lacking(payload, &claim.path, &Path::default()))
    }
}

impl ClaimMetadata {
    /// Whether the claim at `path` is this one.
    #[must_use]
    pub fn is_at(&self, path: &Path<'_>) -> bool {
        self.path.len() == path.depth()
            && self.path.iter().zip(path.steps()).all(|(part, step)| match (part, step) {
                (PathPart::Member(name), Step::Member(step)) => name == step,
                (PathPart::Element(index), Step::Element(step)) => index == step,
                (PathPart::Every(()), Step::Element(_)) => true,
                _ => false,
            })
    }

    /// What it is called.
    #[must_use]
    pub fn label(&self) -> Option<Text> {
        text(self.display.iter().map(|display| (&*display.locale, &*display.label)))
    }

    /// What its value is called, where the values are a closed list.
    #[must_use]
    pub fn choice(&self, value: &str) -> Option<Text> {
        let choice = self.choices.iter().find(|choice| choice.value == value)?;
        text(choice.display.iter().map(|display| (&*display.locale, &*display.label)))
    }
}

/// Where a payload lacks the last part of `path` though it has all parts before.
fn lacking(value: &Json<'_>, path: &[PathPart], at: &Path<'static>) -> Option<Path<'static>> {
    let (part, rest) = path.split_first()?;
    let below = |step| {
        let mut path = at.clone();
        path.push(step);
        path
    };
    match part {
        PathPart::Member(name) => {
            let path = below(Step::Member(name.clone().into()));
            match value.get(name) {
                Some(value) => lacking(value, rest, &path),
                None => rest.is_empty().then_some(path),
            }
        }
        PathPart::Element(index) => {
            let path = below(Step::Element(*index));
            match value.as_array()?.get(*index) {
                Some(value) => lacking(value, rest, &path),
                None => rest.is_empty().then_some(path),
            }
        }
        PathPart::Every(()) => value
            .as_array()?
            .iter()
            .enumerate()
            .find_map(|(index, value)| lacking(value, rest, &below(Step::Element(index)))),
    }
}

/// The Chinese text with the English one beside it; any language rather than none.
fn text<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Option<Text> {
    let (mut zh, mut en, mut any) = (None, None, None);
    for (locale, text) in texts {
        let slot = match locale.split('-').next() {
            Some("zh") => &mut zh,
            Some("en") => &mut en,
            _ => &mut any,
        };
        slot.get_or_insert(text);
    }
    let own = |text: &str| Cow::Owned(text.to_owned());
    Some(Text { zh: own(zh.or(en).or(any)?), en: en.map(own) })
}
