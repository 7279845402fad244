//! The verification report as the interface reads it: the members of formats.md §6 and no others, so that
//! a report of another shape is noticed by a test and not by a clerk.

use serde_json::Value;

use crate::{Provenance, Scenario, Sentence, Verdict};

wire! {
    /// What one verification found (formats.md §6).
    pub struct Report {
        /// 1.
        pub report_version: u32,
        /// The answer.
        pub verdict: Verdict,
        /// The file that was verified.
        pub file: ReportFile,
        /// What the manifest says; absent if it could not be read.
        pub dossier: Option<ReportDossier>,
        /// What the answer rests on.
        pub basis: ReportBasis,
        /// The four questions.
        pub questions: Questions,
        /// One entry for each credential.
        pub credentials: Vec<ReportCredential>,
        /// One entry for each item of the checklist.
        pub items: Vec<ReportItem>,
        /// Every check; credentials and items repeat their own.
        pub checks: Vec<Check>,
    }

    /// The file as it was given.
    pub struct ReportFile {
        /// Its name, without folders.
        pub name: String,
        /// SHA-256, base64url.
        pub sha256: String,
        /// Bytes.
        pub size: u64,
    }

    /// What the manifest says.
    pub struct ReportDossier {
        /// `jti`.
        pub id: String,
        /// The firm, `urn:uscc:…`.
        pub iss: String,
        /// The destination, `urn:uscc:…`.
        pub aud: String,
        /// When the firm says it signed, NumericDate.
        pub iat: i64,
        /// What the firm wants to do.
        pub scenario: Scenario,
        /// Six digits.
        pub origin_region: String,
        /// Six digits.
        pub destination_region: String,
        /// The firm.
        pub firm: ReportFirm,
        /// The checklist that is answered.
        pub checklist_id: String,
        /// The rule pack it was prepared with.
        pub rule_pack: ReportPack,
        /// Whether it answers a request.
        pub requested: bool,
        /// How many credentials are in it.
        pub credentials: u32,
        /// The attachments.
        pub attachments: Vec<ReportAttachment>,
    }

    /// The firm as the manifest names it.
    pub struct ReportFirm {
        /// Its code.
        pub uscc: String,
        /// Its name now.
        pub name: String,
        /// The names it had.
        pub former_names: Vec<String>,
    }

    /// A rule pack by name and version.
    pub struct ReportPack {
        /// `pack_id`.
        pub id: String,
        /// Its version.
        pub version: i64,
    }

    /// An attachment as the manifest lists it.
    pub struct ReportAttachment {
        /// Its path in the container.
        pub path: String,
        /// Its name, for people.
        pub name: String,
        /// What it is.
        pub kind: String,
        /// Its media type.
        pub media_type: String,
        /// Bytes.
        pub size: u64,
    }

    /// What the answer rests on.
    pub struct ReportBasis {
        /// The time of verification.
        pub verified_at: String,
        /// Whether anything was asked over the network.
        pub online: bool,
        /// The trust data; absent if there is none.
        pub trust: Option<ReportTrust>,
        /// The rule pack; absent if it was not found.
        pub rule_pack: Option<ReportRulePack>,
        /// The status lists that were looked at.
        pub status: Vec<ReportStatus>,
        /// Name and version of the program.
        pub software: String,
    }

    /// The trust data that was used.
    pub struct ReportTrust {
        /// Version of the root in force.
        pub root_version: u64,
        /// SHA-256 of the pinned root, groups of four.
        pub pinned_root: String,
        /// Version of the pinned root.
        pub pinned_root_version: u64,
        /// Version of the snapshot.
        pub snapshot_version: u64,
        /// When the timestamp was issued, or when it expires if it does not say.
        pub timestamp: String,
        /// Seconds since then.
        pub age_seconds: i64,
    }

    /// The rule pack that was used.
    pub struct ReportRulePack {
        /// `pack_id`.
        pub id: String,
        /// Its version.
        pub version: i64,
        /// SHA-256, base64url.
        pub sha256: String,
        /// Last civil day of its validity.
        pub valid_until: Option<String>,
    }

    /// A status list that was looked at.
    pub struct ReportStatus {
        /// Its name.
        pub uri: String,
        /// When it was issued; absent if it is missing or cannot be trusted.
        pub iat: Option<String>,
        /// Seconds since then.
        pub age_seconds: Option<i64>,
    }

    /// The answer to each of the four questions.
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

    /// What was found about one credential.
    pub struct ReportCredential {
        /// Its path in the container.
        pub path: String,
        /// Its type id.
        pub r#type: String,
        /// Its number, if disclosed.
        pub number: Option<String>,
        /// Last civil day of its validity, if disclosed.
        pub valid_until: Option<String>,
        /// Who issued it.
        pub issuer: Option<ReportIssuer>,
        /// Who stands behind it.
        pub provenance: Option<Provenance>,
        /// The answer about this credential alone.
        pub verdict: Verdict,
        /// How the destination takes it.
        pub mode: Mode,
        /// The equivalence that says so.
        pub rule_id: Option<String>,
        /// The local level or type it counts as.
        pub maps_to: Option<String>,
        /// What must be added before it is taken.
        pub supplements: Vec<ReportSupplement>,
        /// Every check on it.
        pub checks: Vec<Check>,
    }

    /// An issuer as the register knows it.
    pub struct ReportIssuer {
        /// Its code.
        pub uscc: String,
        /// Its name, if it is in the register.
        pub name: Option<String>,
        /// Six digits.
        pub region: Option<String>,
        /// Its level.
        pub level: Option<String>,
    }

    /// A document that must be added.
    pub struct ReportSupplement {
        /// Its kind.
        pub kind: String,
        /// What to call it.
        pub title: ReportText,
    }

    /// What was found about one item of the checklist.
    pub struct ReportItem {
        /// `item_id`.
        pub item_id: String,
        /// Its title.
        pub title: ReportText,
        /// Whether the dossier needs it.
        pub required: bool,
        /// How it stands.
        pub state: ItemState,
        /// Paths of what answers it.
        pub by: Vec<String>,
        /// Every check on it.
        pub checks: Vec<Check>,
    }

    /// One check.
    pub struct Check {
        /// Its code.
        pub code: String,
        /// What came out.
        pub outcome: Outcome,
        /// The question it belongs to.
        pub question: Question,
        /// What it looked at.
        pub subject: String,
        /// What was found.
        pub message: ReportText,
        /// The values behind it.
        pub facts: Value,
    }

    /// A text of a report. English may be absent where a rule pack gives none.
    pub struct ReportText {
        /// Chinese.
        pub zh: String,
        /// English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub en: Option<String>,
    }

    /// What to do about a code that stands in a report.
    pub struct CodeAdvice {
        /// The code.
        pub code: String,
        /// Its short title.
        pub title: Sentence,
        /// What to do.
        pub advice: Sentence,
    }
}

words! {
    /// One of three honest answers.
    pub enum Answer {
        /// It holds.
        Pass,
        /// It does not.
        Fail,
        /// It cannot be decided on the data at hand.
        Pending,
    }

    /// What came out of a check.
    pub enum Outcome {
        /// It holds.
        Pass,
        /// Good to know.
        Info,
        /// To be minded.
        Warning,
        /// It cannot be decided on the data at hand.
        Pending,
        /// It does not hold.
        Fail,
    }

    /// The four questions.
    pub enum Question {
        /// 内容未被改动？
        Integrity,
        /// 谁签的、可信吗？
        Issuer,
        /// 现在还有效吗？
        Currency,
        /// 材料齐全并符合互认规则吗？
        Recognition,
    }

    /// How an item stands.
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

    /// How a destination takes a paper (formats.md §4).
    pub enum Mode {
        /// 直接采信
        Direct,
        /// 等效互认
        Equivalent,
        /// 补充材料后认可
        Supplement,
        /// 重新认定
        Recertify,
        /// 仅作参考
        Reference,
        /// 不予互认
        None,
    }
}
