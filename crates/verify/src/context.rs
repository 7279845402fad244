//! What every check on a credential may look at.

use std::collections::HashSet;
use std::sync::Arc;

use zizhi_dossier::Manifest;
use zizhi_model::{Json, Limits};

use crate::field::Case;
use crate::library::Library;
use crate::pack::Pack;

/// One dossier under verification.
pub(crate) struct Context<'a> {
    pub library: &'a Library,
    pub manifest: &'a Manifest,
    /// The manifest's `aud`, as key bindings have to name it.
    pub aud: &'a str,
    pub pack: &'a Pack<'a>,
    pub case: Case<'a>,
    pub limits: &'a Limits,
    /// The paths of the attachments that are there and as the manifest describes them.
    pub intact: &'a HashSet<&'a str>,
    /// Codes of the branches and subsidiaries that `facts.related` names.
    pub related: &'a [String],
}

/// Reads `facts.related`: `[{"uscc": "…", "relation": "branch|subsidiary", "name": "…"}]`, or the codes
/// alone; each code may be written as a URN.
pub(crate) fn related(facts: &Json<'_>) -> Vec<String> {
    let entries = facts.get("related").and_then(Json::as_array).unwrap_or_default();
    let code = |entry: &Json<'_>| Some(bare(entry.get("uscc").unwrap_or(entry).as_str()?).to_owned());
    entries.iter().filter_map(code).collect()
}

/// The code in the URN of an organisation, or the text as it is.
pub(crate) fn bare(text: &str) -> &str {
    text.strip_prefix("urn:uscc:").unwrap_or(text)
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
