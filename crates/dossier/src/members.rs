//! Reading typed members out of JSON, naming the one that is missing or wrong.

use chrono::NaiveDate;
use zizhi_crypto::PublicKey;
use zizhi_model::json::Object;
use zizhi_model::org::OrgIdError;
use zizhi_model::region::Region;
use zizhi_model::{CheckCode, Json, OrgId, Scenario, Uscc, civil};

use crate::digest::Digest;
use crate::problem::ReadError;

/// A member that is missing or is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{member}: {fault}")]
pub struct MemberError {
    /// Its place, as in `credentials[2].path`.
    pub member: String,
    /// What is wrong with it.
    pub fault: MemberFault,
}

/// What is wrong with a member.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MemberFault {
    /// It has to be there and is not.
    #[error("this member is required")]
    Missing,
    /// It is something else than what is named here.
    #[error("{0} is expected")]
    Form(&'static str),
    /// It does not name an organisation.
    #[error("a unified social credit code is expected: {error}")]
    Organisation {
        /// What was found. Hostile text.
        found: String,
        /// Why that is no code.
        error: OrgIdError,
    },
}

impl MemberError {
    /// `FMT-USCC` for an organisation, else `FMT-JSON`.
    #[must_use]
    pub fn code(&self) -> CheckCode {
        match self.fault {
            MemberFault::Organisation { .. } => CheckCode::FmtUscc,
            MemberFault::Missing | MemberFault::Form(_) => CheckCode::FmtJson,
        }
    }

    /// The fact `rule`.
    pub(crate) fn rule(&self) -> Option<&'static str> {
        match self.fault {
            MemberFault::Missing => Some("missing-claim"),
            MemberFault::Form(_) => Some("claim-form"),
            MemberFault::Organisation { error: OrgIdError::Uscc(error), .. } => Some(error.rule()),
            MemberFault::Organisation { error: OrgIdError::Prefix, .. } => None,
        }
    }

    /// The fact `found`.
    pub(crate) fn found(&self) -> Option<&str> {
        match &self.fault {
            MemberFault::Organisation { found, .. } => Some(found),
            MemberFault::Missing | MemberFault::Form(_) => None,
        }
    }
}

/// The members of one object. Those that are taken out are known; the rest is kept as it is, since a
/// later version of the format may add members that this one need not understand.
pub(crate) struct Members {
    object: Object<'static>,
    place: String,
}

impl Members {
    pub(crate) fn root(json: Json<'static>) -> Result<Self, MemberError> {
        Self::of(json, String::new())
    }

    fn of(json: Json<'static>, place: String) -> Result<Self, MemberError> {
        match json {
            Json::Object(object) => Ok(Self { object, place }),
            _ => Err(MemberError { member: place, fault: MemberFault::Form("an object") }),
        }
    }

    /// What was not taken out.
    pub(crate) fn rest(self) -> Object<'static> {
        self.object
    }

    fn place(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    fn error(&self, name: &str, expected: &'static str) -> MemberError {
        MemberError { member: self.place(name), fault: MemberFault::Form(expected) }
    }

    fn missing(&self, name: &str) -> MemberError {
        MemberError { member: self.place(name), fault: MemberFault::Missing }
    }

    fn organisation(&self, name: &str, found: String, error: OrgIdError) -> MemberError {
        MemberError { member: self.place(name), fault: MemberFault::Organisation { found, error } }
    }

    /// A member that may be absent; `null` counts as absent.
    fn take(&mut self, name: &str) -> Option<Json<'static>> {
        self.object.remove(name).filter(|value| *value != Json::Null)
    }

    fn need(&mut self, name: &str) -> Result<Json<'static>, MemberError> {
        self.take(name).ok_or_else(|| self.missing(name))
    }

    pub(crate) fn optional_text(&mut self, name: &str) -> Result<Option<String>, MemberError> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Str(text)) if !text.is_empty() => Ok(Some(text.into_owned())),
            Some(_) => Err(self.error(name, "a text that is not empty")),
        }
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<String, MemberError> {
        self.optional_text(name)?.ok_or_else(|| self.missing(name))
    }

    fn parsed<T>(
        &mut self,
        name: &str,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, MemberError> {
        let text = self.text(name)?;
        parse(&text).ok_or_else(|| self.error(name, expected))
    }

    pub(crate) fn int(&mut self, name: &str) -> Result<i64, MemberError> {
        self.need(name)?.as_i64().ok_or_else(|| self.error(name, "a whole number"))
    }

    pub(crate) fn size(&mut self, name: &str) -> Result<u64, MemberError> {
        u64::try_from(self.int(name)?).map_err(|_| self.error(name, "a number of bytes"))
    }

    pub(crate) fn org(&mut self, name: &str) -> Result<OrgId, MemberError> {
        let text = self.text(name)?;
        OrgId::parse(&text).map_err(|error| self.organisation(name, text, error))
    }

    pub(crate) fn uscc(&mut self, name: &str) -> Result<Uscc, MemberError> {
        let text = self.text(name)?;
        Uscc::parse(&text).map_err(|error| self.organisation(name, text, error.into()))
    }

    pub(crate) fn optional_uscc(&mut self, name: &str) -> Result<Option<Uscc>, MemberError> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        // A firm is named by its code elsewhere in the manifest, by its URN where it signs.
        let code = text.strip_prefix("urn:uscc:").unwrap_or(&text);
        Uscc::parse(code).map(Some).map_err(|error| self.organisation(name, text.clone(), error.into()))
    }

    pub(crate) fn region(&mut self, name: &str) -> Result<Region, MemberError> {
        self.parsed(name, "six digits", |text| Region::parse(text).ok())
    }

    pub(crate) fn scenario(&mut self, name: &str) -> Result<Scenario, MemberError> {
        self.parsed(name, "a scenario", Scenario::parse)
    }

    pub(crate) fn digest(&mut self, name: &str) -> Result<Digest, MemberError> {
        self.parsed(name, "a SHA-256 digest", Digest::parse)
    }

    pub(crate) fn optional_date(&mut self, name: &str) -> Result<Option<NaiveDate>, MemberError> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        let date = civil::parse_date(&text);
        date.map(Some).map_err(|_| self.error(name, "a date YYYY-MM-DD"))
    }

    pub(crate) fn key(&mut self, name: &str) -> Result<PublicKey, ReadError> {
        Ok(PublicKey::from_jwk(&self.need(name)?)?)
    }

    pub(crate) fn members(&mut self, name: &str) -> Result<Self, MemberError> {
        let place = self.place(name);
        Self::of(self.need(name)?, place)
    }

    /// An object that is kept as it is; empty when absent.
    pub(crate) fn object_or_empty(&mut self, name: &str) -> Result<Object<'static>, MemberError> {
        match self.take(name) {
            None => Ok(Object::default()),
            Some(Json::Object(object)) => Ok(object),
            Some(_) => Err(self.error(name, "an object")),
        }
    }

    /// An array; empty when absent.
    pub(crate) fn array_or_empty(&mut self, name: &str) -> Result<Vec<Json<'static>>, MemberError> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Json::Array(elements)) => Ok(elements),
            Some(_) => Err(self.error(name, "an array")),
        }
    }

    /// An array that has to be there.
    pub(crate) fn array(&mut self, name: &str) -> Result<Vec<Json<'static>>, MemberError> {
        match self.need(name)? {
            Json::Array(elements) => Ok(elements),
            _ => Err(self.error(name, "an array")),
        }
    }

    pub(crate) fn each<T>(
        &self,
        name: &str,
        elements: Vec<Json<'static>>,
        mut read: impl FnMut(Self) -> Result<T, MemberError>,
    ) -> Result<Vec<T>, MemberError> {
        let elements = elements.into_iter().enumerate();
        elements
            .map(|(index, json)| read(Self::of(json, format!("{}[{index}]", self.place(name)))?))
            .collect()
    }

    /// An array of texts; empty when absent.
    pub(crate) fn texts(&mut self, name: &str) -> Result<Vec<String>, MemberError> {
        let elements = self.array_or_empty(name)?;
        let texts = elements.into_iter().map(|element| match element {
            Json::Str(text) => Ok(text.into_owned()),
            _ => Err(self.error(name, "an array of texts")),
        });
        texts.collect()
    }
}
