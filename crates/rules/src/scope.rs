//! The facts that a rule may look at (formats.md §4), by reference.
//!
//! A dossier has one `dossier` and one `firm` but many credentials. Building a merged object for each
//! rule and credential would copy the whole manifest each time; a [`Scope`] only points.

use std::fmt;

use serde_json::Value;
use zizhi_model::Json;

/// The names that a rule of a pack may start a path with.
pub const FACT_NAMES: [&str; 8] =
    ["now", "scenario", "origin", "destination", "firm", "issuer", "credential", "dossier"];

/// The facts of formats.md §4. A fact that is not known is `None`, and a rule that touches it is open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'a> {
    /// The time of verification, RFC 3339 text. CertLogic reads a bare date as midnight UTC, eight hours
    /// after the day has begun in China; a rule that compares days has to allow for that.
    pub now: Option<&'a Value>,
    /// The scenario's identifier, text.
    pub scenario: Option<&'a Value>,
    /// The region that the firm comes from, six digits as text.
    pub origin: Option<&'a Value>,
    /// The region that the firm goes to, six digits as text.
    pub destination: Option<&'a Value>,
    /// The firm as the manifest names it.
    pub firm: Option<&'a Value>,
    /// The issuer's record in the register.
    pub issuer: Option<&'a Value>,
    /// The processed payload of the credential under test: only what was disclosed.
    pub credential: Option<Data<'a>>,
    /// What the manifest says, with the self-declared `facts`.
    pub dossier: Option<&'a dyn Late>,
}

/// A fact that may be put together only when a rule looks at it.
pub trait Late: fmt::Debug {
    /// The fact.
    fn value(&self) -> &Value;
}

impl Late for Value {
    fn value(&self) -> &Value {
        self
    }
}

impl<'a> Scope<'a> {
    /// The fact `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Data<'a>> {
        let value = match name {
            "now" => self.now,
            "scenario" => self.scenario,
            "origin" => self.origin,
            "destination" => self.destination,
            "firm" => self.firm,
            "issuer" => self.issuer,
            "credential" => return self.credential,
            "dossier" => self.dossier.map(Late::value),
            _ => None,
        };
        value.map(Data::Value)
    }

    /// The same facts about one credential and its issuer.
    #[must_use]
    pub fn about(self, credential: Option<Data<'a>>, issuer: Option<&'a Value>) -> Self {
        Self { issuer, credential, ..self }
    }
}

/// What an expression or a query looks at: any JSON value, read in either way, or the facts of a rule.
#[derive(Debug, Clone, Copy)]
pub enum Data<'a> {
    /// A JSON value.
    Value(&'a Value),
    /// A JSON value that was signed, as it was read.
    Json(&'a Json<'a>),
    /// The facts of a rule.
    Scope(&'a Scope<'a>),
}

/// What a value is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// So many elements.
    Array(usize),
    /// So many members.
    Object(usize),
    /// Neither.
    Plain,
}

impl<'a> Data<'a> {
    pub(crate) fn shape(self) -> Shape {
        match self {
            Self::Value(Value::Array(elements)) => Shape::Array(elements.len()),
            Self::Json(Json::Array(elements)) => Shape::Array(elements.len()),
            Self::Value(Value::Object(members)) => Shape::Object(members.len()),
            Self::Json(Json::Object(members)) => Shape::Object(members.0.len()),
            Self::Scope(scope) => {
                Shape::Object(FACT_NAMES.iter().filter(|name| scope.get(name).is_some()).count())
            }
            Self::Value(_) | Self::Json(_) => Shape::Plain,
        }
    }

    /// The member `key` of an object.
    pub(crate) fn member(self, key: &str) -> Option<Self> {
        match self {
            Self::Value(value) => value.as_object()?.get(key).map(Self::Value),
            Self::Json(json) => json.get(key).map(Self::Json),
            Self::Scope(scope) => scope.get(key),
        }
    }

    /// The names of an object's members, in order.
    pub(crate) fn names(self) -> Vec<&'a str> {
        match self {
            Self::Value(value) => {
                value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
            }
            Self::Json(json) => {
                let members = json.as_object().into_iter().flat_map(|members| members.iter());
                let mut names: Vec<&str> = members.map(|(name, _)| name).collect();
                names.sort_unstable();
                names
            }
            Self::Scope(scope) => FACT_NAMES.into_iter().filter(|name| scope.get(name).is_some()).collect(),
        }
    }

    /// The element `index` of an array.
    pub(crate) fn element(self, index: usize) -> Option<Self> {
        match self {
            Self::Value(value) => value.as_array()?.get(index).map(Self::Value),
            Self::Json(json) => json.as_array()?.get(index).map(Self::Json),
            Self::Scope(_) => None,
        }
    }

    /// The elements, if this is an array.
    pub(crate) fn elements(self) -> Option<Vec<Self>> {
        match self {
            Self::Value(value) => Some(value.as_array()?.iter().map(Self::Value).collect()),
            Self::Json(json) => Some(json.as_array()?.iter().map(Self::Json).collect()),
            Self::Scope(_) => None,
        }
    }

    /// The same, standing on its own.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Value(value) => value.clone(),
            Self::Json(json) => json.to_value(),
            Self::Scope(scope) => {
                let known = FACT_NAMES.into_iter().filter_map(|name| Some((name, scope.get(name)?)));
                Value::Object(known.map(|(name, fact)| (name.to_owned(), fact.to_value())).collect())
            }
        }
    }
}

impl<'a> From<&'a Json<'a>> for Data<'a> {
    fn from(json: &'a Json<'a>) -> Self {
        Self::Json(json)
    }
}

impl<'a> From<&'a Value> for Data<'a> {
    fn from(value: &'a Value) -> Self {
        Self::Value(value)
    }
}

impl<'a> From<&'a Scope<'a>> for Data<'a> {
    fn from(scope: &'a Scope<'a>) -> Self {
        Self::Scope(scope)
    }
}
