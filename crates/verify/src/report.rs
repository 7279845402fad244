//! The report: what a verification found, in a form that people, other programs and the PDF share
//! (formats.md §6). It is data only; [`crate::verify`] makes it.

mod read;

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Deserialize, Serialize, Serializer};
use zizhi_model::{Check, Outcome, Provenance, RecognitionMode, Scenario, Text, Verdict};

/// The version of this layout. A change that breaks a reader raises it.
pub const REPORT_VERSION: u32 = 1;

/// Everything that one verification found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The answer.
    pub verdict: Verdict,
    /// The file that was verified.
    pub file: FileFacts,
    /// What the manifest says; absent if it could not be read.
    pub dossier: Option<DossierFacts>,
    /// The data that the answer rests on, with its age.
    pub basis: Basis,
    /// The four questions.
    pub questions: Questions,
    /// One entry per credential, in the order of the manifest.
    pub credentials: Vec<CredentialReport>,
    /// One entry per checklist item, in the order of the checklist.
    pub items: Vec<ItemReport>,
    /// Checks on the container, the manifest, the request, the trust data and the rule pack.
    pub checks: Vec<Check>,
}

/// The file as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Its name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, base64url.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// What the manifest says, as far as a reader of the report needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DossierFacts {
    /// `jti` of the manifest.
    pub id: String,
    /// The firm, `urn:uscc:…`.
    pub iss: String,
    /// The destination, `urn:uscc:…`.
    pub aud: String,
    /// When the firm says it signed (NumericDate).
    pub iat: i64,
    /// Why the firm shows its qualifications.
    pub scenario: Scenario,
    /// Where the firm is.
    pub origin_region: String,
    /// Where it wants to go.
    pub destination_region: String,
    /// The firm.
    pub firm: FirmFacts,
    /// The checklist that the dossier answers.
    pub checklist_id: String,
    /// The rule pack that the firm prepared it with.
    pub rule_pack: PackName,
    /// Whether it answers a request of the destination.
    pub requested: bool,
    /// Number of credentials.
    pub credentials: usize,
    /// The attachments.
    pub attachments: Vec<AttachmentFacts>,
}

/// The firm as the manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmFacts {
    /// Its code.
    pub uscc: String,
    /// Its present name.
    pub name: String,
    /// Its earlier names.
    pub former_names: Vec<String>,
}

/// A rule pack by name and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackName {
    /// `pack_id`.
    pub id: String,
    /// Its version.
    pub version: i64,
}

/// One attachment as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFacts {
    /// Its path in the container.
    pub path: String,
    /// The name that the firm gave it.
    pub name: String,
    /// What kind of document it is.
    pub kind: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}

/// What the answer rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// The time of verification, RFC 3339.
    pub verified_at: String,
    /// Whether anything was asked over the network. Always false here.
    pub online: bool,
    /// The trust data; absent if there is none.
    pub trust: Option<TrustBasis>,
    /// The rule pack; absent if it was not found.
    pub rule_pack: Option<PackBasis>,
    /// The status lists that were looked at, in the order of first use.
    pub status: Vec<StatusBasis>,
    /// Name and version of the program.
    pub software: String,
}

/// The trust data that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustBasis {
    /// Version of the root in force.
    pub root_version: u64,
    /// SHA-256 of the root that was pinned, in hex groups of four.
    pub pinned_root: String,
    /// Version of the pinned root.
    pub pinned_root_version: u64,
    /// Version of the snapshot.
    pub snapshot_version: u64,
    /// When the timestamp was issued where it says so, else when it expires; RFC 3339.
    pub timestamp: String,
    /// Seconds since `timestamp`; 0 while a timestamp that only has an expiry has not expired.
    pub age_seconds: i64,
}

/// The rule pack that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackBasis {
    /// `pack_id`.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// SHA-256 of its bytes, base64url.
    pub sha256: String,
    /// Last civil day of its validity, if it ends.
    pub valid_until: Option<String>,
}

/// A status list that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusBasis {
    /// Its `uri`.
    pub uri: String,
    /// When it was issued, RFC 3339; absent if the list is missing or cannot be trusted.
    pub iat: Option<String>,
    /// Seconds since then.
    pub age_seconds: Option<i64>,
}

/// The answer to each of the four questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questions {
    /// 内容未被改动？
    pub integrity: Answer,
    /// 谁签的、可信吗？
    pub issuer: Answer,
    /// 现在还有效吗？
    pub currency: Answer,
    /// 材料齐全并符合互认规则吗？
    pub recognition: Answer,
}

/// One of three honest answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Checked, and it holds.
    Pass,
    /// Checked, and it does not hold.
    Fail,
    /// Could not be decided on the data at hand.
    Pending,
}

/// What was found about one credential.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CredentialReport {
    /// Its path in the container.
    pub path: String,
    /// Its type id, such as `high-tech-enterprise`.
    #[serde(rename = "type")]
    pub credential_type: String,
    /// Its number, if disclosed.
    pub number: Option<String>,
    /// Last day of validity, if disclosed.
    pub valid_until: Option<String>,
    /// Who issued it.
    pub issuer: Option<IssuerFacts>,
    /// Who stands behind it.
    pub provenance: Option<Provenance>,
    /// The answer about this credential alone.
    pub verdict: Verdict,
    /// How the destination takes it.
    pub mode: RecognitionMode,
    /// The equivalence that says so.
    pub rule_id: Option<String>,
    /// The local level or type it counts as.
    pub maps_to: Option<String>,
    /// What must be added before it is taken.
    pub supplements: Vec<Supplement>,
    /// Every check on it.
    pub checks: Vec<Check>,
}

/// The issuer of a credential as the register knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuerFacts {
    /// Its code.
    pub uscc: String,
    /// Its name in the register, if it is there.
    pub name: Option<String>,
    /// Its region in the register.
    pub region: Option<String>,
    /// Its level in the register.
    pub level: Option<String>,
}

/// A document that must be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// Its kind.
    pub kind: String,
    /// What to call it.
    pub title: Text,
}

/// What was found about one checklist item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemReport {
    /// `item_id`.
    pub item_id: String,
    /// Its title.
    pub title: Text,
    /// Whether the dossier needs it.
    pub required: bool,
    /// How it stands.
    pub state: ItemState,
    /// The credentials and attachments that answer it.
    pub by: Vec<String>,
    /// Checks on the item.
    pub checks: Vec<Check>,
}

/// How a checklist item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemState {
    /// Answered.
    Met,
    /// Nothing answers it.
    Missing,
    /// Something answers it, but not well enough.
    Insufficient,
    /// It cannot be decided on the data at hand.
    Open,
}

impl Report {
    /// Every check of the report: those on the whole, then those of each credential and item.
    pub fn all_checks(&self) -> impl Iterator<Item = &Check> {
        self.checks
            .iter()
            .chain(self.credentials.iter().flat_map(|credential| &credential.checks))
            .chain(self.items.iter().flat_map(|item| &item.checks))
    }

    /// The checks that a person must read: everything that neither holds nor merely informs.
    pub fn findings(&self) -> impl Iterator<Item = &Check> {
        self.all_checks().filter(|check| check.outcome >= Outcome::Warning)
    }
}

impl Serialize for Report {
    /// `checks` holds every check, so that a reader who only wants codes finds them in one list;
    /// credentials and items repeat their own.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Report", 9)?;
        out.serialize_field("report_version", &REPORT_VERSION)?;
        out.serialize_field("verdict", &self.verdict)?;
        out.serialize_field("file", &self.file)?;
        out.serialize_field("dossier", &self.dossier)?;
        out.serialize_field("basis", &self.basis)?;
        out.serialize_field("questions", &self.questions)?;
        out.serialize_field("credentials", &self.credentials)?;
        out.serialize_field("items", &self.items)?;
        out.serialize_field("checks", &AllChecks(self))?;
        out.end()
    }
}

struct AllChecks<'r>(&'r Report);

impl Serialize for AllChecks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for check in self.0.all_checks() {
            list.serialize_element(check)?;
        }
        list.end()
    }
}
