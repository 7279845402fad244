//! What a clerk adds to what the program found: numbers, names, days.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::Text;
use zizhi_verify::Grounds;

use crate::lang::Lang;

/// What goes on a verification report beside the verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Its number, such as 核〔2026〕松孵第0017号.
    pub number: String,
    /// The organisation that verified and whose seal goes on it.
    pub organisation: String,
    /// What the firm wants, such as 入驻审核.
    pub purpose: Option<String>,
    /// When the dossier came in.
    pub received_on: Option<NaiveDate>,
    /// Who prepared the report. Without a name there is a line to write on.
    pub operator: Option<String>,
    /// Who checked it.
    pub reviewer: Option<String>,
    /// The date of the document (成文日期); without one, the day of verification.
    pub dated: Option<NaiveDate>,
    /// Whether it is made for practice: every page then says so.
    pub drill: bool,
    /// What was decided, if it was.
    pub decision: Option<Decision>,
    /// SM3 of the dossier, unsealed; nothing where its bytes are not at hand. The report itself has SHA-256 only.
    pub dossier_sm3: Option<[u8; 32]>,
    /// What the rules and items rest on by which it was judged.
    pub grounds: Grounds,
    /// What notices asked to supplement before this dossier came, in their order.
    pub supplied: Vec<Supplied>,
}

/// Something that a notice asked for, looked at in the dossier that came since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplied {
    /// What was asked for.
    pub wanted: Wanted,
    /// The number of the notice.
    pub notice: String,
    /// What the dossier says to it.
    pub state: SuppliedState,
    /// What answers it, by name.
    pub by: Vec<String>,
}

/// What a dossier says to something that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppliedState {
    /// The item of the checklist is answered now.
    Met,
    /// It is not answered well enough.
    Open,
    /// No item tells: a person has to look.
    Look,
}

/// What was decided on a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// In a word, such as 有条件认可.
    pub outcome: Text,
    /// Its number.
    pub number: Option<String>,
    /// When.
    pub decided_on: NaiveDate,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What has to be added.
    pub supplements: Vec<Wanted>,
}

/// A reason with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// A code of the catalogue or one's own.
    pub code: String,
    /// The words.
    pub text: String,
}

impl Reason {
    /// The code of a reason that stands in nobody's catalogue, since whoever decides wrote it.
    pub const OWN: &'static str = "OWN";

    /// The code as paper shows it.
    pub(crate) fn shown(&self, lang: Lang) -> String {
        if self.code == Self::OWN {
            lang.pick("本单位意见", "own words").to_owned()
        } else {
            self.code.clone()
        }
    }
}

/// Something that has to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The item of the checklist, as a person calls it.
    pub item: String,
    /// The item's identifier, by which the report's findings are matched with it.
    pub item_id: String,
    /// What to add.
    pub text: String,
    /// Until when.
    pub due: Option<NaiveDate>,
}

/// What a receipt for a dossier says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number, such as 收〔2026〕松孵第0031号.
    pub number: String,
    /// The organisation that received the dossier.
    pub organisation: String,
    /// When the dossier came in.
    pub received_at: DateTime<Utc>,
    /// The firm, if the dossier could be read so far.
    pub firm: Option<Firm>,
    /// The name of the file.
    pub file: String,
    /// Bytes of the dossier.
    pub size: u64,
    /// SHA-256 of the dossier.
    pub sha256: [u8; 32],
    /// The file as it came, if it came sealed: its bytes and its SHA-256.
    pub sealed: Option<(u64, [u8; 32])>,
    /// Who took it in.
    pub operator: Option<String>,
    /// Name and version of the program.
    pub software: String,
    /// Whether it is made for practice.
    pub drill: bool,
}

/// A firm as a letter addresses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firm {
    /// Its present name.
    pub name: String,
    /// Its unified social credit code.
    pub uscc: String,
}

/// What a notice to a firm says: the answer to its dossier, or what is still missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number, such as 决〔2026〕松孵第0009号.
    pub number: String,
    /// The number under which the dossier came in, such as 收〔2026〕松孵第0031号.
    pub received_as: String,
    /// The organisation that writes.
    pub organisation: String,
    /// The firm that it is for.
    pub firm: Firm,
    /// When the dossier came in.
    pub received_on: Option<NaiveDate>,
    /// The dossier's identifier.
    pub dossier_id: String,
    /// SHA-256 of the dossier.
    pub dossier_sha256: [u8; 32],
    /// SHA-256 of the verification report that it rests on.
    pub report_sha256: [u8; 32],
    /// The number of that report.
    pub report_number: Option<String>,
    /// Who prepared it.
    pub operator: Option<String>,
    /// Who checked it.
    pub reviewer: Option<String>,
    /// What was decided.
    pub decision: Decision,
    /// When the document is made, for the file's own description.
    pub made_at: DateTime<Utc>,
    /// Name and version of the program.
    pub software: String,
    /// Whether it is made for practice.
    pub drill: bool,
}
