//! What a checklist says about what was presented (formats.md §4).
//!
//! **Who may answer.** A credential or attachment whose `answers` in the manifest name items is offered
//! for those items only; one that names none is offered for all.
//!
//! **What answers.** The item's DCQL query, evaluated over the credentials offered, and its kinds of
//! attachment. With `any` one of these is enough: the query, or one attachment of one of the kinds.
//! Without, the query must be satisfied and each kind be there. An item whose evidence names neither is
//! answered by whatever names the item in its `answers`.
//!
//! **What cannot be used.** A credential that cannot be read, that its holder did not bind, or that the
//! manifest lists and the dossier lacks, cannot be asked for anything. It still answers the items it is
//! offered for whose query wants its type, but badly: the item is insufficient, not missing. So does an
//! attachment that was altered or that the dossier lacks, unless an intact one of its kind is there.
//!
//! **Which of several.** Credentials that hold come first, then those that could not be fully checked,
//! then those that failed; the first group that satisfies the item answers it. Within it, the item's
//! rules see each credential that the first answered credential query matches, and the best result
//! counts: two certificates of which one has run out answer an item that asks for one in force.

mod answer;
mod evaluate;

use serde_json::Value;
use zizhi_model::Provenance;

use crate::dcql::Candidate;
use crate::finding::Finding;
use crate::scope::Scope;

pub use evaluate::evaluate;

/// How a credential fared in every check that is not about the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Nothing failed and nothing is pending.
    Holds,
    /// Something could not be checked.
    Pending,
    /// Something failed.
    Fails,
}

/// A credential of the dossier.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Its path in the dossier.
    pub path: &'a str,
    /// What a query looks at.
    pub candidate: Candidate<'a>,
    /// Who stands behind it.
    pub provenance: Provenance,
    /// How it fared.
    pub standing: Standing,
    /// The items that the manifest offers it for; empty: all.
    pub answers: &'a [String],
    /// The issuer's record, the fact `issuer`.
    pub issuer: Option<&'a Value>,
    /// Of a credential that cannot be used, how its `vct` begins, by the manifest's account. It fails, and
    /// no query or rule is asked about it.
    pub unusable: Option<&'a str>,
}

/// An attachment of the dossier.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// Its path in the dossier.
    pub path: &'a str,
    /// Its kind in the manifest.
    pub kind: &'a str,
    /// The items that the manifest offers it for; empty: all.
    pub answers: &'a [String],
    /// Whether it is there and as the manifest describes it.
    pub intact: bool,
}

/// What a checklist is applied to.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The facts that are the same for every credential; `credential` and `issuer` are put in here.
    pub facts: Scope<'a>,
    /// The credentials.
    pub credentials: &'a [Answer<'a>],
    /// The attachments.
    pub attachments: &'a [Attachment<'a>],
}

/// Whether an item has to be answered in this case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Requirement {
    /// It has.
    Required,
    /// It need not.
    Optional,
    /// Its `when` is open.
    Open,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemState {
    /// It is answered and the answer does.
    Met,
    /// Nothing answers it.
    Missing,
    /// It is answered, but not by something good enough: a failed credential, too weak a provenance, or
    /// a rule of severity `error` that does not hold.
    Insufficient,
    /// It is answered, but something about the answer could not be decided.
    Open,
}

impl ItemState {
    /// The identifier in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missing => "missing",
            Self::Insufficient => "insufficient",
            Self::Open => "open",
        }
    }
}

/// One item with its result.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemResult {
    /// The item.
    pub item_id: String,
    /// Whether it has to be answered.
    pub requirement: Requirement,
    /// What became of it.
    pub state: ItemState,
    /// The paths of the credentials and attachments that answer it: only those it rests on.
    pub by: Vec<String>,
    /// The indices into [`Input::credentials`] among `by`.
    pub credentials: Vec<usize>,
    /// The worst standing among them: the item has nothing better to rest on.
    pub rests_on: Standing,
    /// What is to be reported: `CHK-MISSING`, `PROV-LOW`, `RULE-FALSE`, `RULE-OPEN`. Failed and pending
    /// checks of the credentials themselves are not repeated.
    pub findings: Vec<Finding>,
}

impl ItemResult {
    /// The report's `required`: an item whose `when` is open counts as required, as nothing shows that
    /// it is not.
    #[must_use]
    pub fn required(&self) -> bool {
        self.requirement != Requirement::Optional
    }
}
