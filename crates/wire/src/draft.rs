//! 迁移与异地经营: where to go, what is asked there, what is missing, what will be signed.

use crate::{
    AttachmentView, CredentialView, DecisionPage, FormerName, Line, Mode, Report, Scenario, Sentence,
};

wire! {
    /// Where a firm can go by the rule packs at hand, or by a request that it was sent.
    pub struct Destinations {
        /// One for each checklist.
        pub destinations: Vec<Destination>,
    }

    /// A checklist of a destination.
    pub struct Destination {
        /// What the firm would do there.
        pub scenario: Scenario,
        /// `pack_id`.
        pub pack_id: String,
        /// Its version.
        pub pack_version: i64,
        /// `checklist_id`.
        pub checklist_id: String,
        /// What the checklist is called.
        pub title: Sentence,
        /// Region patterns of the pack in words.
        pub regions: String,
        /// The regions that can be chosen, six digits each.
        pub region_codes: Vec<String>,
        /// Incubators there that take dossiers: code and name.
        pub incubators: Vec<crate::IssuerLine>,
        /// The request that asks for it; absent for a checklist of the rule packs.
        pub request_id: Option<String>,
        /// Whether the pack speaks for where this organisation is: it may ask firms by it.
        pub own: bool,
    }

    /// A dossier to begin.
    pub struct BeginDraft {
        /// A request to answer; absent to show the qualifications unasked.
        pub request_id: Option<String>,
        /// Without a request: what the firm wants to do.
        pub scenario: Option<Scenario>,
        /// Without a request: where to, six digits.
        pub destination_region: Option<String>,
        /// Without a request: the destination's code.
        pub aud: Option<String>,
        /// Without a request: the checklist.
        pub checklist_id: Option<String>,
        /// Without a request: the rule pack.
        pub pack_id: Option<String>,
    }

    /// Dossiers in work and dossiers that were signed.
    pub struct Drafts {
        /// What was changed or signed last before the rest.
        pub drafts: Vec<DraftLine>,
    }

    /// A dossier in a list.
    pub struct DraftLine {
        /// Its id.
        pub id: String,
        /// What it is called.
        pub title: String,
        /// What the firm wants to do.
        pub scenario: Scenario,
        /// Six digits.
        pub destination_region: String,
        /// Where to, in words.
        pub destination: String,
        /// When it was last changed.
        pub updated: String,
        /// When what was signed last from it was signed.
        pub signed: Option<String>,
        /// The number of that, as reports and decisions name it.
        pub number: Option<String>,
        /// When another for the same purpose was signed, which was handed over since.
        pub overtaken: Option<String>,
        /// Where it stands.
        pub state: DraftState,
        /// What the decision that stands on it says; absent before there is one.
        pub outcome: Option<crate::DecisionOutcome>,
        /// Whether another decision on it, signed before, says something else.
        pub differ: bool,
        /// Until which civil date the destination waits for what has to be added.
        pub due: Option<String>,
        /// Days until then; negative after it.
        pub days_left: Option<i32>,
    }

    /// A dossier in full, for the steps 基本信息 → 材料 → 自检 → 签署 → 导出.
    pub struct DraftPage {
        /// In a line.
        pub line: DraftLine,
        /// What the person typed.
        pub fields: DraftFields,
        /// The destination's checklist, item by item.
        pub items: Vec<DraftItem>,
        /// What the destination asked for beyond it, when it sent the dossier back.
        pub beyond: Vec<DraftDemand>,
        /// The credentials that were chosen.
        pub credentials: Vec<DraftCredential>,
        /// The files that were attached.
        pub attachments: Vec<DraftAttachment>,
        /// The destination: code, name, and whether dossiers can be sealed to it.
        pub destination: Option<crate::IssuerLine>,
        /// Whether dossiers can be sealed to the destination.
        pub can_seal: bool,
        /// What happened so far.
        pub timeline: Vec<crate::CaseEvent>,
        /// The decision that came back.
        pub decision: Option<DecisionPage>,
        /// When it was signed.
        pub decision_signed_at: Option<String>,
        /// Others on the same dossier that were signed before and decide differently.
        pub other_decisions: Vec<OtherDecision>,
        /// In a drill: the file with the destination's answer, until it is taken in.
        pub drill_answer: Option<String>,
        /// Until when the firm's own statements hold that were signed with it; absent where there are none.
        pub declared_until: Option<String>,
        /// The signed file's digest in groups of four.
        pub signed_sha256: Option<String>,
        /// The members of `facts` that matter there, as fields of a form.
        pub fact_fields: Vec<crate::ClaimField>,
        /// Kinds of attachment that can be chosen here, with what they are called.
        pub attachment_kinds: Vec<AttachmentKind>,
        /// What concerns the draft as a whole, such as a rule pack that is not at hand.
        pub remarks: Vec<Sentence>,
    }

    /// A kind of attachment.
    pub struct AttachmentKind {
        /// As checklists write it.
        pub kind: String,
        /// What it is called.
        pub title: Sentence,
    }

    /// What the person typed. Saved with every keystroke.
    pub struct DraftFields {
        /// What the dossier is called.
        pub title: String,
        /// The firm's name now.
        pub name: String,
        /// Where the firm is, six digits.
        pub origin_region: String,
        /// The names it had.
        pub former_names: Vec<FormerName>,
        /// What the firm says of itself: members of `facts` (docs/formats.md), as typed. A name may lead into an
        /// object or list, as in `redemption.amount_fen` or `related[0].uscc`; money is typed in 元.
        pub facts: Vec<crate::TypedClaim>,
        /// Separate consents of the people whose data are in it.
        pub consents: Vec<Consent>,
    }

    /// A separate consent.
    pub struct Consent {
        /// To whom: the destination's code.
        pub recipient: String,
        /// What for.
        pub purpose: String,
        /// Which kinds of data.
        pub kinds: Vec<String>,
        /// Until which civil date.
        pub until: Option<String>,
    }

    /// Fields to save.
    pub struct SaveDraft {
        /// The draft.
        pub id: String,
        /// All fields.
        pub fields: DraftFields,
    }

    /// An item of the destination's checklist and how the firm stands.
    pub struct DraftItem {
        /// `item_id`.
        pub item_id: String,
        /// What it is called.
        pub title: Sentence,
        /// 必需 or 可选.
        pub required: bool,
        /// How the firm stands.
        pub state: Readiness,
        /// What counts as what there: type, mode.
        pub accepted: Vec<Accepted>,
        /// What answers it so far: titles.
        pub by: Vec<String>,
        /// What is missing or ends soon, and what to do.
        pub remark: Option<Sentence>,
        /// The facts that the firm has to state before this can be decided, by name.
        pub to_state: Vec<String>,
        /// Held credentials that could answer it, by id.
        pub candidates: Vec<String>,
        /// Kinds of attachment that it takes.
        pub attachment_kinds: Vec<String>,
        /// Why it is asked for.
        pub basis: Option<String>,
        /// What the destination asked for there when it sent the dossier back.
        pub asked: Vec<DraftDemand>,
    }

    /// Something that a destination asked for when it sent a dossier back.
    pub struct DraftDemand {
        /// Its id.
        pub id: String,
        /// What, in its words.
        pub text: String,
        /// Until which civil date.
        pub due: Option<String>,
        /// What was added for it: names of files and of credentials; while there is nothing, it is open.
        pub by: Vec<String>,
    }

    /// A type and how the destination takes it.
    pub struct Accepted {
        /// What the type is called.
        pub title: Sentence,
        /// How.
        pub mode: Mode,
        /// What has to be added.
        pub supplements: Vec<Sentence>,
        /// By which rule.
        pub rule_id: Option<String>,
        /// What that rests on, with the rule, as the destination's report says it.
        pub grounds: Sentence,
        /// The local type that it counts as, if that is another one.
        pub counts_as: Option<Sentence>,
    }

    /// A credential that was chosen.
    pub struct DraftCredential {
        /// The held credential's id.
        pub credential_id: String,
        /// What the type is called.
        pub title: Sentence,
        /// Its number.
        pub number: Option<String>,
        /// Who stands behind it.
        pub provenance: crate::Provenance,
        /// Every claim that could be shown.
        pub claims: Vec<DraftClaim>,
        /// The items that it answers; empty for any.
        pub answers: Vec<String>,
        /// What the destination asked for and it was added for: ids of demands.
        pub demands: Vec<String>,
    }

    /// A claim that could be shown.
    pub struct DraftClaim {
        /// The claim.
        pub line: Line,
        /// Whether it will be shown.
        pub shown: bool,
        /// Whether the checklist needs it.
        pub needed: bool,
    }

    /// A file that was attached.
    pub struct DraftAttachment {
        /// What the screen shows of it.
        pub view: AttachmentView,
        /// The items that it answers; empty for any, or for what lies beyond the checklist.
        pub answers: Vec<String>,
        /// Whether it was attached for what lies beyond the checklist.
        pub beyond: bool,
        /// What the destination asked for and it was added for: ids of demands.
        pub demands: Vec<String>,
    }

    /// A credential to add to a draft, or to change in it.
    pub struct ChooseCredential {
        /// The draft.
        pub draft_id: String,
        /// The held credential.
        pub credential_id: String,
        /// The claims to show, by path; absent for the least that the checklist needs.
        pub disclose: Option<Vec<String>>,
        /// The items that it answers; empty for any.
        pub answers: Vec<String>,
        /// What the destination asked for and it is added for: ids of demands.
        #[serde(default)]
        pub demands: Vec<String>,
    }

    /// A credential to take out of a draft.
    pub struct DropCredential {
        /// The draft.
        pub draft_id: String,
        /// The held credential.
        pub credential_id: String,
    }

    /// Files to attach.
    pub struct Attach {
        /// The draft.
        pub draft_id: String,
        /// The files.
        pub paths: Vec<String>,
        /// What they are, as the checklist asks for it.
        pub kind: String,
        /// The items that they answer.
        pub answers: Vec<String>,
        /// What the destination asked for and they are added for: ids of demands.
        #[serde(default)]
        pub demands: Vec<String>,
    }

    /// An attached file to change or to take out.
    pub struct ChangeAttachment {
        /// The draft.
        pub draft_id: String,
        /// The attachment, `AttachmentView::path`.
        pub path: String,
        /// Its name for people; absent to take the file out.
        pub name: Option<String>,
        /// What it is.
        pub kind: String,
        /// The items that it answers.
        pub answers: Vec<String>,
        /// What the destination asked for and it is added for: ids of demands.
        #[serde(default)]
        pub demands: Vec<String>,
    }

    /// 自检: what the destination would find now. Needs the firm's key, because a dossier is made and judged.
    pub struct CheckDraft {
        /// The draft.
        pub id: String,
        /// Opens the signing key.
        pub passphrase: String,
    }

    /// What the destination would find.
    pub struct CheckedDraft {
        /// The report.
        pub report: Report,
        /// Advice for each code in it.
        pub advice: Vec<crate::CodeAdvice>,
    }

    /// Exactly what will be signed.
    pub struct SigningPage {
        /// Members of the manifest as people read them.
        pub lines: Vec<Line>,
        /// The credentials, cut to what will be shown.
        pub credentials: Vec<CredentialView>,
        /// The attachments.
        pub attachments: Vec<AttachmentView>,
        /// What signing means and that it cannot be taken back.
        pub statement: Sentence,
    }

    /// A draft to sign.
    pub struct SignDraft {
        /// The draft.
        pub id: String,
        /// Opens the signing key.
        pub passphrase: String,
        /// Where the file goes.
        pub path: String,
        /// Whether it is sealed to the destination.
        pub seal: bool,
    }

    /// A signed file to write again.
    pub struct SignedAgain {
        /// The draft.
        pub id: String,
        /// Where the file goes.
        pub path: String,
        /// Whether it is sealed to the destination.
        pub seal: bool,
    }

    /// A decision that came back.
    pub struct ImportDecision {
        /// The `.zzdecision` file.
        pub path: String,
    }

    /// A decision that was taken in.
    pub struct ImportedDecision {
        /// The draft it belongs to; absent if it answers none of ours.
        pub draft_id: Option<String>,
        /// What was decided.
        pub decision: DecisionPage,
        /// Who decided.
        pub by: String,
        /// Findings about the decision itself.
        pub checks: Vec<crate::Check>,
    }

    /// A decision that does not stand, as a later one was signed.
    pub struct OtherDecision {
        /// When it was signed.
        pub signed_at: String,
        /// What it says.
        pub decision: DecisionPage,
    }

    /// A template to print.
    pub struct SaveForm {
        /// Which.
        pub form: PaperForm,
        /// The draft that fills it; absent for a blank one.
        pub draft_id: Option<String>,
        /// Where, `.pdf`.
        pub path: String,
        /// In which language.
        pub language: crate::Language,
    }
}

words! {
    /// A template that is printed, completed by hand, signed and stamped.
    pub enum PaperForm {
        /// 材料清单
        Materials,
        /// 授权书
        Authorisation,
        /// 同意书
        Consent,
        /// 承诺书
        Commitment,
    }

    /// Where a dossier of the firm stands.
    pub enum DraftState {
        /// 草稿
        Draft,
        /// 已签署
        Signed,
        /// 已决定
        Decided,
    }

    /// How the firm stands with an item.
    pub enum Readiness {
        /// 已备
        Ready,
        /// 缺
        Missing,
        /// 将过期
        Expiring,
        /// 需补充
        Supplement,
        /// 不合要求: something answers it, but not well enough
        Insufficient,
        /// 待人工核对: an attachment answers it, a rule looks at what only a credential tells, and none waits for the firm
        ByHand,
        /// 待补正: the destination asked for more, and nothing was added for it
        Asked,
    }
}
