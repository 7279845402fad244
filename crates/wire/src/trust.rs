//! 信任数据: who is known, by which rules, and how old that knowledge is.

use crate::Sentence;

wire! {
    /// The trust data at hand, in a line.
    pub struct TrustSummary {
        /// Whether there is any.
        pub present: bool,
        /// When it was made, or when it ends if it does not say.
        pub timestamp: Option<String>,
        /// Seconds since then.
        pub age_seconds: Option<i64>,
        /// Whether it has passed its own end.
        pub expired: bool,
        /// By when newer data has to be here: its own end.
        pub refresh_by: Option<String>,
        /// Issuers that are known.
        pub issuers: u32,
        /// Rule packs that are known.
        pub rule_packs: u32,
        /// SHA-256 of the pinned root in groups of four.
        pub root: Option<String>,
    }

    /// The trust data in full.
    pub struct TrustPage {
        /// In a line.
        pub summary: TrustSummary,
        /// Where it came from and when.
        pub source: Option<String>,
        /// When it was imported.
        pub imported_at: Option<String>,
        /// Provinces whose part cannot be used, with the reason.
        pub disabled: Vec<DisabledProvince>,
        /// The rule packs.
        pub packs: Vec<PackLine>,
        /// Status lists with their age.
        pub status_lists: Vec<StatusListLine>,
    }

    /// A province whose part of the trust data cannot be used.
    pub struct DisabledProvince {
        /// Two digits.
        pub province: String,
        /// Why.
        pub why: Sentence,
    }

    /// A rule pack in a list.
    pub struct PackLine {
        /// `pack_id`.
        pub id: String,
        /// Six digits of the province that published it.
        pub province: String,
        /// Its version.
        pub version: i64,
        /// Who published it.
        pub publisher: String,
        /// The regions it is for.
        pub to_regions: Vec<Sentence>,
        /// From which civil date.
        pub valid_from: String,
        /// Until which civil date.
        pub valid_until: Option<String>,
        /// Its checklists.
        pub checklists: Vec<ChecklistLine>,
    }

    /// A checklist of a pack.
    pub struct ChecklistLine {
        /// `checklist_id`.
        pub id: String,
        /// What it is called.
        pub title: Sentence,
        /// What it is for.
        pub scenario: crate::Scenario,
    }

    /// Which rule pack.
    pub struct OnePack {
        /// `pack_id`.
        pub id: String,
        /// Six digits of a region in the province that published it: another may have one of that name.
        pub region: String,
    }

    /// A rule pack in words: what it asks for, and what counts as what.
    pub struct PackPage {
        /// In a line.
        pub pack: PackLine,
        /// After how many days a status list is too old for it.
        pub status_max_age_days: u32,
        /// After how many days trust data is too old for it.
        pub trust_max_age_days: u32,
        /// Its checklists with their items.
        pub lists: Vec<PackList>,
        /// Its rules of recognition.
        pub rules: Vec<PackRule>,
    }

    /// A checklist of a pack with its items.
    pub struct PackList {
        /// Which.
        pub list: ChecklistLine,
        /// What it asks for.
        pub items: Vec<PackItem>,
    }

    /// An item of a checklist.
    pub struct PackItem {
        /// `item_id`.
        pub id: String,
        /// What it is called.
        pub title: Sentence,
        /// Whether it has to be answered.
        pub need: Need,
        /// The types of credential that answer it.
        pub credentials: Vec<Sentence>,
        /// The kinds of attachment that answer it.
        pub attachments: Vec<Sentence>,
        /// Whether one of all these is enough; otherwise one credential and every kind of attachment is needed.
        pub any: bool,
        /// The least provenance that does without a warning.
        pub provenance: Option<crate::Provenance>,
        /// What is said where it does not hold.
        pub conditions: Vec<Sentence>,
        /// The law or agreement it rests on.
        pub basis: Option<String>,
    }

    /// A rule of recognition.
    pub struct PackRule {
        /// `rule_id`.
        pub id: String,
        /// The type of credential.
        pub credential: Sentence,
        /// The regions of its issuers.
        pub from: Vec<Sentence>,
        /// The destinations.
        pub to: Vec<Sentence>,
        /// The scenarios; none: all.
        pub scenarios: Vec<crate::Scenario>,
        /// How it is taken.
        pub mode: crate::Mode,
        /// What it counts as, where that is another type.
        pub counts_as: Option<Sentence>,
        /// What is said where a condition does not hold.
        pub conditions: Vec<Sentence>,
        /// What has to be added.
        pub supplements: Vec<Sentence>,
        /// The law or agreement it rests on.
        pub basis: Option<String>,
        /// Whether it is made up for trying the program.
        pub demo: bool,
    }

    /// A status list that is kept.
    pub struct StatusListLine {
        /// Its name.
        pub uri: String,
        /// Who issued it.
        pub issuer: Option<String>,
        /// When it was signed.
        pub iat: Option<String>,
        /// Seconds since then.
        pub age_seconds: Option<i64>,
    }

    /// A search in the register.
    pub struct FindIssuers {
        /// Part of a name or code; empty for all.
        pub text: String,
        /// Continue after this code.
        pub after: Option<String>,
        /// At most so many.
        pub limit: u32,
    }

    /// Some issuers.
    pub struct Issuers {
        /// In the order of their codes.
        pub issuers: Vec<IssuerLine>,
        /// Continue after this code; absent at the end.
        pub next: Option<String>,
    }

    /// An issuer of the register.
    pub struct IssuerLine {
        /// Its code.
        pub uscc: String,
        /// Its name.
        pub name: String,
        /// Six digits.
        pub region: String,
        /// `incubator`, `authority` and so on.
        pub roles: Vec<String>,
        /// Its level as the register says.
        pub level: Option<String>,
        /// Fingerprints of its present keys, in groups of four, for the paper agreement.
        pub fingerprints: Vec<String>,
    }

    /// Trust data to take in.
    pub struct ImportTrust {
        /// A `.zztrust` file or a folder.
        pub path: String,
        /// The fingerprint that the person confirmed; needed for the very first import.
        pub confirmed_root: Option<String>,
    }

    /// What an import did.
    pub struct ImportedTrust {
        /// What is at hand now.
        pub summary: TrustSummary,
        /// For the very first import nothing is kept before the person has confirmed this fingerprint.
        pub confirm_root: Option<String>,
        /// Cases that were judged again.
        pub rejudged: u32,
        /// Verdicts that moved.
        pub moved: u32,
    }
}

words! {
    /// Whether an item has to be answered.
    pub enum Need {
        /// 必需
        Always,
        /// It depends on what the dossier says.
        Sometimes,
        /// 可选
        Never,
    }
}
