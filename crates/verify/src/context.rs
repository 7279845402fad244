//! What every check on a credential may look at.

use std::sync::Arc;

use zizhi_dossier::Manifest;
use zizhi_model::{Json, Limits};

use crate::field::Case;
use crate::library::Library;
use crate::recognition::Pack;

/// One dossier under verification.
pub(crate) struct Context<'a> {
    pub library: &'a Library,
    pub manifest: &'a Manifest,
    /// The manifest's `aud`, as key bindings have to name it.
    pub aud: &'a str,
    pub pack: &'a Pack,
    pub case: Case<'a>,
    pub limits: &'a Limits,
    /// Branches and subsidiaries that `facts.related` names.
    pub related: &'a [Related],
}

/// A branch or subsidiary that the firm names (`facts.related`).
pub(crate) struct Related {
    pub uscc: String,
}

/// Reads `facts.related`: `[{"uscc": "…", "relation": "branch|subsidiary", "name": "…"}]`.
pub(crate) fn related(facts: &Json<'_>) -> Vec<Related> {
    let entries = facts.get("related").and_then(Json::as_array).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| entry.get("uscc")?.as_str().map(|uscc| Related { uscc: uscc.to_owned() }))
        .collect()
}

impl Context<'_> {
    /// The time of verification, NumericDate.
    pub(crate) fn now(&self) -> i64 {
        self.case.now.timestamp()
    }
}

/// The subject that stands for a path in checks.
pub(crate) fn subject(path: &str) -> Arc<str> {
    Arc::from(path)
}
