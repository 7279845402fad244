//! The facts that a rule may look at (formats.md §4), by reference.
//!
//! A dossier has one `dossier` and one `firm` but many credentials. Building a merged object for each
//! rule and credential would copy the whole manifest each time; a [`Scope`] only points.

use serde_json::Value;

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
    pub credential: Option<&'a Value>,
    /// What the manifest says, with the self-declared `facts`.
    pub dossier: Option<&'a Value>,
}

impl<'a> Scope<'a> {
    /// The fact `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        match name {
            "now" => self.now,
            "scenario" => self.scenario,
            "origin" => self.origin,
            "destination" => self.destination,
            "firm" => self.firm,
            "issuer" => self.issuer,
            "credential" => self.credential,
            "dossier" => self.dossier,
            _ => None,
        }
    }

    /// The same facts about one credential and its issuer.
    #[must_use]
    pub fn about(self, credential: Option<&'a Value>, issuer: Option<&'a Value>) -> Self {
        Self { issuer, credential, ..self }
    }
}

/// What an expression is evaluated against: any JSON value, or the facts of a rule.
#[derive(Debug, Clone, Copy)]
pub enum Data<'a> {
    /// A JSON value.
    Value(&'a Value),
    /// The facts of a rule.
    Scope(&'a Scope<'a>),
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
