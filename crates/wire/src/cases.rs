//! 收件、受理、补正、决定、台账: what becomes of a dossier at the destination.

use crate::{CaseVersion, DemandLine, Hands, Scenario, Sentence, Verdict, Verified};

wire! {
    /// A dossier to take in. It is verified, its bytes are kept, and a case begins.
    pub struct ReceiveDossier {
        /// Its path.
        pub path: String,
        /// Who takes it in.
        pub operator: String,
        /// The case that waits for it and goes on with it; absent for a case of its own.
        #[serde(default)]
        #[ts(optional)]
        pub continues: Option<String>,
    }

    /// A search in the ledger.
    pub struct FindCases {
        /// Part of a name, pinyin, pinyin initials, a code or a case number; empty for all.
        pub text: String,
        /// Only these states; empty for all.
        pub states: Vec<CaseState>,
        /// Only these verdicts; empty for all.
        pub verdicts: Vec<Verdict>,
        /// Only this scenario.
        pub scenario: Option<Scenario>,
        /// Received on or after this civil date.
        pub from: Option<String>,
        /// Received on or before this civil date.
        pub to: Option<String>,
        /// Only those in which the day has passed until which something was to be added.
        #[serde(default)]
        pub overdue: bool,
        /// Whether they come by the firm's name as it is read.
        #[serde(default)]
        pub by_name: bool,
        /// Continue after this cursor.
        pub after: Option<String>,
        /// At most so many.
        pub limit: u32,
    }

    /// Some cases.
    pub struct Cases {
        /// Newest first, or by the firm's name.
        pub cases: Vec<CaseLine>,
        /// The cursor to continue with; absent at the end.
        pub next: Option<String>,
    }

    /// A case in the ledger.
    pub struct CaseLine {
        /// Its id.
        pub id: String,
        /// Its number in the books, 收〔2026〕0017.
        pub number: String,
        /// When the dossier came.
        pub received: String,
        /// The firm's code.
        pub firm_uscc: String,
        /// The firm's name.
        pub firm_name: String,
        /// What it wants to do.
        pub scenario: Option<Scenario>,
        /// From where to where, in words.
        pub route: String,
        /// Where the case stands.
        pub state: CaseState,
        /// The verdict now.
        pub verdict: Verdict,
        /// Civil date until which something is awaited.
        pub due: Option<String>,
        /// The decision, if there is one.
        pub outcome: Option<DecisionOutcome>,
        /// Whether a verdict moved and nobody has looked.
        pub moved: bool,
        /// Whether `due` has passed.
        pub overdue: bool,
    }

    /// A case in full.
    pub struct CasePage {
        /// In a line.
        pub line: CaseLine,
        /// The verdict now, or, once it is decided, the one that was decided on, with all that the screen shows.
        pub verified: Verified,
        /// What moved the verdict since the case was accepted.
        pub moved_since: Option<Sentence>,
        /// What happened so far.
        pub timeline: Vec<CaseEvent>,
        /// Every judgement, newest first.
        pub judgements: Vec<JudgementLine>,
        /// The decision.
        pub decision: Option<DecisionPage>,
        /// What was asked for and is waited for.
        pub asked: Vec<SupplementLine>,
        /// The same, looked at in the version that came since; empty where none came.
        pub demands: Vec<DemandLine>,
        /// The dossiers that came in, the oldest first; the last one is the one that is judged.
        pub versions: Vec<CaseVersion>,
        /// The documents that it has, kind by kind, of each the newest first.
        pub documents: Vec<DocumentLine>,
        /// Working days left until `due`; negative when it has passed.
        pub working_days_left: Option<i32>,
    }

    /// A document that a case has.
    pub struct DocumentLine {
        /// What it is.
        pub document: CaseDocument,
        /// Its place among those of its kind, from 1.
        pub nth: u32,
        /// Its number, which no other paper has; that of a file is the number of the paper that says the same.
        pub number: String,
        /// When it came to be.
        pub at: String,
    }

    /// Something that happened to a case.
    pub struct CaseEvent {
        /// When.
        pub at: String,
        /// What.
        pub kind: CaseEventKind,
        /// Who.
        pub actor: String,
        /// In words.
        pub note: Option<String>,
        /// In words of the program's own, in both languages; nothing where somebody's note says it.
        pub told: Option<Sentence>,
    }

    /// A judgement with the data it rests on.
    pub struct JudgementLine {
        /// When.
        pub at: String,
        /// What came out.
        pub verdict: Verdict,
        /// Version of the root.
        pub root_version: Option<i64>,
        /// Version of the snapshot.
        pub snapshot_version: Option<i64>,
        /// The rule pack with its version.
        pub rule_pack: Option<String>,
        /// Why it was judged: taken in, trust data changed, asked for.
        pub why: Sentence,
    }

    /// A step of a case.
    pub struct CaseStep {
        /// The case.
        pub id: String,
        /// Who does it.
        pub hands: Hands,
        /// In words.
        pub note: Option<String>,
    }

    /// What has to be added.
    pub struct RequestSupplement {
        /// The case.
        pub id: String,
        /// Who asks.
        pub hands: Hands,
        /// What, item by item.
        pub supplements: Vec<SupplementLine>,
        /// Where the notice as PDF goes; absent for none.
        pub notice: Option<String>,
    }

    /// One thing that has to be added.
    pub struct SupplementLine {
        /// The item of the checklist.
        pub item_id: String,
        /// What to add.
        pub text: String,
        /// Until which civil date.
        pub due: Option<String>,
    }

    /// A reason for a decision.
    pub struct ReasonLine {
        /// A code of the report, or one's own.
        pub code: String,
        /// In words.
        pub text: String,
    }

    /// What the decision page begins with, taken from the report.
    pub struct DecisionDraft {
        /// The judgement that it is taken from: its place among those of the case, from 1.
        pub judgement: u32,
        /// The outcome that the verdict suggests.
        pub suggested: DecisionOutcome,
        /// What the report holds against the dossier, the weightiest first.
        pub reasons: Vec<ReasonLine>,
        /// What else it warns of: no reason against the dossier, and perhaps one for a condition.
        pub remarks: Vec<ReasonLine>,
        /// Supplements from the report.
        pub supplements: Vec<SupplementLine>,
        /// Why others could not verify a decision that is signed here; absent where they can.
        pub unregistered: Option<Sentence>,
    }

    /// A decision to sign.
    pub struct Decide {
        /// The case.
        pub id: String,
        /// The judgement that was seen: its place among those of the case, from 1.
        pub judgement: u32,
        /// What is decided.
        pub outcome: DecisionOutcome,
        /// Why.
        pub reasons: Vec<ReasonLine>,
        /// What has to be added.
        pub supplements: Vec<SupplementLine>,
        /// Who decides.
        pub hands: Hands,
        /// Opens the signing key once more.
        pub passphrase: String,
        /// Where the `.zzdecision` goes.
        pub path: String,
    }

    /// A decision as it was signed.
    pub struct DecisionPage {
        /// What was decided.
        pub outcome: DecisionOutcome,
        /// Why.
        pub reasons: Vec<ReasonLine>,
        /// What has to be added.
        pub supplements: Vec<SupplementLine>,
        /// On which civil date.
        pub decided_on: String,
        /// Who decided.
        pub hands: Hands,
        /// SHA-256 of the report it rests on, hexadecimal.
        pub report_sha256: String,
        /// All of that beside the outcome in the words of the core, as whoever receives it reads it.
        pub parts: Vec<DecisionPart>,
    }

    /// A part of a decision.
    pub struct DecisionPart {
        /// What it is called.
        pub label: Sentence,
        /// Everything that it says there.
        pub values: Vec<Sentence>,
    }

    /// A document of a case to write.
    pub struct SaveDocument {
        /// The case.
        pub id: String,
        /// Which.
        pub document: CaseDocument,
        /// Which one of its kind, from 1; absent for the newest.
        #[serde(default)]
        #[ts(optional)]
        pub nth: Option<u32>,
        /// Where to.
        pub path: String,
        /// In which language.
        pub language: crate::Language,
    }

    /// The ledger, or what a filter leaves of it, to write as a table.
    pub struct ExportCases {
        /// Which cases.
        pub filter: FindCases,
        /// Where to; the ending says which: `.xlsx` or `.csv`.
        pub path: String,
    }

    /// A month of work.
    pub struct MonthOf {
        /// `YYYY-MM`.
        pub month: String,
    }

    /// The figures of a month, to write as a page or a table.
    pub struct ExportMonth {
        /// `YYYY-MM`.
        pub month: String,
        /// Where to; the ending says which: `.pdf`, `.xlsx` or `.csv`.
        pub path: String,
        /// The language of a page.
        pub language: crate::Language,
    }

    /// 月报
    pub struct Month {
        /// `YYYY-MM`.
        pub month: String,
        /// 收件数
        pub received: u32,
        /// How many have each verdict, in the order passed, conditions, pending, failed.
        pub verdicts: [u32; 4],
        /// 通过率 in tenths of a percent; absent where no case has a verdict.
        pub passed_tenths: Option<u32>,
        /// 办结数
        pub decided: u32,
        /// 平均用时, in tenths of working days.
        pub average_tenths: Option<u32>,
        /// 主要问题, most frequent first.
        pub problems: Vec<ProblemCount>,
        /// 在园企业指标
        pub park: ParkRates,
        /// 口径: how these numbers are counted.
        pub definition: Sentence,
    }

    /// The rates of the firms in incubation.
    pub struct ParkRates {
        /// The day for which they hold.
        pub as_of: String,
        /// 高企认定率
        pub high_tech: Rate,
        /// 获融资比例
        pub financed: Rate,
        /// 口径
        pub definition: Sentence,
        /// Where the reference lines come from.
        pub source: Sentence,
    }

    /// A share of the firms in incubation.
    pub struct Rate {
        /// 在园企业数
        pub firms: u32,
        /// Those that are counted above the line.
        pub met: u32,
        /// Those with a record that does not hold on the day.
        pub lapsed: u32,
        /// Those without any record.
        pub unrecorded: u32,
        /// The rate in tenths of a percent; absent where no firm is in incubation.
        pub tenths: Option<u32>,
        /// The reference line in percent.
        pub reference: u32,
    }

    /// A code and how many cases it stands in.
    pub struct ProblemCount {
        /// The code.
        pub code: String,
        /// What it is called.
        pub title: Sentence,
        /// How many cases.
        pub count: u32,
    }

    /// Verdicts that moved.
    pub struct Notices {
        /// Newest first, those nobody has looked at before the others.
        pub notices: Vec<Notice>,
    }

    /// A verdict that moved because of new data.
    pub struct Notice {
        /// Its id.
        pub id: String,
        /// The case.
        pub case_id: String,
        /// The case's number.
        pub number: String,
        /// The firm.
        pub firm_name: String,
        /// Before.
        pub from: Verdict,
        /// Now.
        pub to: Verdict,
        /// What happened, in a sentence: whose verdict it is, from what to what, and why.
        pub told: Sentence,
        /// When.
        pub at: String,
        /// Whether somebody has looked.
        pub seen: bool,
    }

    /// What judging again came to.
    pub struct Rejudged {
        /// Cases that were judged again.
        pub rejudged: u32,
        /// Verdicts that moved.
        pub moved: u32,
    }
}

words! {
    /// Where a case stands.
    pub enum CaseState {
        /// 收件
        Received,
        /// 受理
        Accepted,
        /// 待补正
        Supplement,
        /// 已决定
        Decided,
        /// 已归档
        Closed,
    }

    /// What happened to a case.
    pub enum CaseEventKind {
        /// The dossier came.
        Received,
        /// It was taken up.
        Accepted,
        /// It was taken up again after something had to be added.
        Resumed,
        /// Something has to be added.
        Supplement,
        /// The firm sent another dossier, in which what was to be added may be.
        Came,
        /// It goes on where the decision on an older case asked for more.
        Follows,
        /// The dossier that was asked for came, and the case goes on with it.
        Supplied,
        /// It became a version of an older case.
        Joined,
        /// A verdict moved.
        Moved,
        /// It was decided.
        Decided,
        /// It was put away.
        Closed,
        /// Somebody wrote something down.
        Note,
        /// The firm began to prepare it.
        Begun,
        /// The firm signed it.
        Signed,
        /// The firm wrote the signed file out again.
        Exported,
        /// The document was put into the outbox.
        Queued,
        /// The hub has it.
        Delivered,
        /// The hub did not bring it to the recipient's hub.
        Refused,
    }

    /// What the destination says to the firm (formats.md §6).
    pub enum DecisionOutcome {
        /// 认可
        Accepted,
        /// 有条件认可
        AcceptedWithConditions,
        /// 需补充材料
        SupplementRequired,
        /// 不予认可
        Rejected,
    }

    /// A document of a case.
    pub enum CaseDocument {
        /// 核验报告
        Report,
        /// 收件回执
        Receipt,
        /// 补正通知
        SupplementNotice,
        /// 决定通知
        DecisionNotice,
        /// The report as JSON.
        ReportJson,
        /// The decision as it was signed, the file for the firm.
        SignedDecision,
    }
}
