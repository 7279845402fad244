//! A dossier of the firm in full: what was typed and chosen, the destination's checklist with how the firm
//! stands, what happened so far; and the list of them all.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use zizhi_crypto::digest;
use zizhi_model::{Provenance, Region, Scenario, Text, civil};
use zizhi_store::{Activity, ActivityFilter, DecisionOutcome, DraftFile, Reader, Sent, SentState};
use zizhi_trust::IssuerRecord;

use crate::draft_body::{EXPORTED, Fields, KIND, Kept, PAGE, Stage, every, read, readable};
use crate::draft_choose::{Showable, showable};
use crate::failure::{Failure, told};
use crate::firm::Firm;
use crate::hold_credentials::{self, Held};
use crate::hold_declare::A_DAY;
use crate::outbox::{Step, sendings};
use crate::plan_beyond::{Demand, added_for, demands, split};
use crate::plan_facts;
use crate::plan_kinds::kinds;
use crate::plan_pack::Rules;
use crate::plan_readiness::{PlanItem, Planning, Readiness, items};
use crate::receive_decision::{self, decisions_on};
use crate::told_decision::ToldDecision;
use crate::type_forms::FormField;

/// A dossier in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What the firm wants to do.
    pub scenario: Scenario,
    /// Where it goes.
    pub destination: Region,
    /// To whom, in words.
    pub to: String,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
    /// When what was signed last from it was signed.
    pub signed: Option<DateTime<Utc>>,
    /// The number of that, as reports and decisions name it.
    pub number: Option<String>,
    /// When another for the same purpose was signed, which was handed over since.
    pub overtaken: Option<DateTime<Utc>>,
    /// Where it stands.
    pub stage: Stage,
    /// What the decision on what was signed last says; nothing before there is one.
    pub outcome: Option<DecisionOutcome>,
    /// Whether another decision on it, signed before, says something else.
    pub differ: bool,
    /// Until when the destination waits for what has to be added.
    pub due: Option<NaiveDate>,
    /// Days until then; negative after it.
    pub days_left: Option<i64>,
}

/// A dossier in full.
#[derive(Debug)]
pub struct Page {
    /// In a line.
    pub line: Line,
    /// What was typed.
    pub fields: Fields,
    /// The checklist; empty where it is not at hand, of which the first remark says why.
    pub items: Vec<PlanItem>,
    /// What the destination asked for beyond it.
    pub beyond: Vec<Demand>,
    /// The credentials that were chosen.
    pub credentials: Vec<PageCredential>,
    /// The files that were attached.
    pub attachments: Vec<PageFile>,
    /// The destination, if it is in the register.
    pub destination: Option<Arc<IssuerRecord>>,
    /// Whether dossiers can be sealed to it.
    pub can_seal: bool,
    /// What happened so far, the oldest first.
    pub timeline: Vec<Happened>,
    /// The decision that stands.
    pub decision: Option<ToldDecision>,
    /// Others on the same dossier, which were signed before and say something else.
    pub other_decisions: Vec<ToldDecision>,
    /// Until when the firm's own statements hold that were signed with it last; nothing where there are none.
    pub declared_until: Option<DateTime<Utc>>,
    /// The signed file's digest.
    pub signed_sha256: Option<zizhi_store::Digest>,
    /// The facts that matter there.
    pub fact_fields: Vec<FormField>,
    /// The kinds of attachment that can be chosen.
    pub kinds: Vec<(String, Text)>,
    /// What concerns the draft as a whole.
    pub remarks: Vec<Text>,
}

impl Page {
    /// Required items of the checklist that are not ready, but for those where a demand is open.
    pub fn unready(&self) -> impl Iterator<Item = &PlanItem> {
        let told = |item: &PlanItem| item.asked.iter().any(Demand::is_open);
        self.items.iter().filter(move |item| item.required && item.state != Readiness::Ready && !told(item))
    }

    /// What the destination asked for, on its checklist and beyond it, and nothing was added for.
    pub fn open_demands(&self) -> impl Iterator<Item = &Demand> {
        let asked = self.items.iter().flat_map(|item| &item.asked).chain(&self.beyond);
        asked.filter(|demand| demand.is_open())
    }
}

/// A credential that was chosen.
#[derive(Debug)]
pub struct PageCredential {
    /// The credential.
    pub held: Held,
    /// The items of the checklist that it answers; empty for any, or for what lies beyond it.
    pub answers: Vec<String>,
    /// What the destination asked for and it was added for.
    pub demands: Vec<String>,
    /// Every claim of it.
    pub claims: Vec<Showable>,
}

/// A file that was attached, with what for.
#[derive(Debug, Clone)]
pub struct PageFile {
    /// The file.
    pub attachment: PageAttachment,
    /// The items of the checklist that it answers; empty for any, or for what lies beyond it.
    pub answers: Vec<String>,
    /// Whether it was attached for what lies beyond the checklist.
    pub beyond: bool,
    /// What the destination asked for and it was added for.
    pub demands: Vec<String>,
}

/// A file that was attached.
#[derive(Debug, Clone)]
pub struct PageAttachment {
    /// The file.
    pub file: DraftFile,
    /// Bytes.
    pub size: u64,
    /// Whether it bears a seal or signature of its own, which nobody here verifies.
    pub sealed: bool,
}

/// Something that happened to a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: Event,
    /// Who did it.
    pub actor: String,
    /// What is to be said about it.
    pub note: Option<String>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It was begun.
    Begun,
    /// It was signed.
    Signed,
    /// The signed file was written again.
    Exported,
    /// The destination asked for more.
    Supplement,
    /// The destination decided.
    Decided,
    /// It was put into the outbox.
    Queued,
    /// The hub has it.
    Delivered,
    /// The hub did not bring it to the recipient's hub.
    Refused,
}

/// Dossiers in work and dossiers that were signed, what was changed or signed last before the rest.
///
/// # Errors
/// As every read of the database; `DRAFT-FORM`.
pub fn list(firm: &Firm<'_>) -> Result<Vec<Line>, Failure> {
    let reader = firm.database.reader()?;
    let told = receive_decision::decisions(&reader)?;
    let on = |kept: &Kept| kept.sent.last().and_then(|last| told.get(&last.dossier_id));
    let all = every(&reader)?;
    let line = |kept: &Kept| {
        let overtaken = overtaken(&reader, kept, &all)?;
        Ok(line(firm, kept, overtaken, on(kept).map(Vec::as_slice).unwrap_or_default()))
    };
    let mut lines = all.iter().map(line).collect::<Result<Vec<Line>, Failure>>()?;
    lines.sort_by_key(|line| std::cmp::Reverse(line.signed.max(Some(line.updated))));
    Ok(lines)
}

/// A dossier in full.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-FORM`, `PROFILE-NONE`; as every read of the database.
pub fn page(firm: &Firm<'_>, id: &str) -> Result<Page, Failure> {
    let owner = firm.owner()?;
    let held = hold_credentials::all(firm)?;
    let reader = firm.database.reader()?;
    let kept = read(&reader, id)?;
    let files = reader.draft_files(id)?;
    let mut rules = Rules::of(firm.library, &kept, firm.today());
    let mut other_decisions = decisions(&reader, &kept)?;
    let last = kept.sent.last().map(|sent| &sent.dossier_id);
    let on_last = other_decisions.first().is_some_and(|decision| Some(&decision.dossier_id) == last);
    let overtaken = overtaken(&reader, &kept, &readable(&reader)?)?;
    let line = line(firm, &kept, overtaken, if on_last { &other_decisions } else { &[] });
    let decision = other_decisions.pop();
    other_decisions.retain(|other| decision.as_ref().is_some_and(|stands| stands.differs(other)));
    let list = rules.checklist(&kept.body.checklist_id);
    let listed = list.map(|(_, list)| list.items.as_slice()).unwrap_or_default();
    let (demands, beyond) = demands(&reader, &kept, listed, &held, &files)?;
    let planning = Planning {
        firm,
        kept: &kept,
        uscc: owner.uscc.as_str(),
        held: &held,
        files: &files,
        demands: &demands,
    };
    let items = list.map(|(pack, list)| items(&planning, pack, list)).unwrap_or_default();
    let credentials = kept.body.credentials.iter().filter_map(|chosen| {
        let held = held.iter().find(|held| held.row.id == chosen.id)?.clone();
        let claims = showable(&held, chosen, list, owner.uscc);
        let (answers, _) = split(&chosen.answers, list.map(|(_, list)| list));
        Some(PageCredential { answers, demands: added_for(&kept.body, &chosen.id), held, claims })
    });
    let credentials: Vec<PageCredential> = credentials.collect();
    let declared = credentials.iter().any(|it| it.held.row.provenance == Provenance::Declared);
    let signed_at = kept.sent.last().filter(|_| declared).map(|last| last.signed_at);
    let fact_fields = plan_facts::fields(kept.scenario, list);
    let kinds = kinds(list);
    let attachments = files.into_iter().map(|file| {
        let size = reader.original(&file.sha256)?.map_or(0, |original| original.size);
        let hex = digest::hex(&file.sha256);
        let (answers, beyond) = split(&file.answers, list.map(|(_, list)| list));
        let beyond = !beyond.is_empty();
        let demands = added_for(&kept.body, &hex);
        let sealed = kept.body.sealed_files.contains(&hex);
        Ok(PageFile { attachment: PageAttachment { file, size, sealed }, answers, beyond, demands })
    });
    let attachments = attachments.collect::<Result<Vec<_>, Failure>>()?;
    let (_, unread) = plan_facts::facts(&kept.body.fields.facts);
    let mut remarks = std::mem::take(&mut rules.remarks);
    remarks.extend(unread.into_iter().map(|failure| failure.fact));
    remarks.extend(absent(&kept, &held));
    let remark = if kept.body.follows.is_some() { Some(FOLLOWS) } else { kept.body.lapsed.then_some(LAPSED) };
    remarks.extend(remark.filter(|_| kept.sent.is_empty()));
    let destination = firm.library.trust().issuer(&kept.aud).ok().flatten();
    if destination.is_none() {
        remarks.push(unknown_destination(&kept));
    }
    Ok(Page {
        line,
        items,
        beyond,
        credentials,
        attachments,
        can_seal: destination.as_ref().is_some_and(|record| can_seal(record)),
        destination,
        timeline: timeline(&reader, id, &kept.sent)?,
        decision,
        other_decisions,
        declared_until: signed_at.and_then(|at| at.checked_add_signed(TimeDelta::seconds(A_DAY))),
        signed_sha256: kept.sent.last().map(|sent| sent.sha256),
        fact_fields,
        kinds,
        remarks,
        fields: kept.body.fields,
    })
}

/// A draft in a line, with the decisions on what was signed from it last; the last of them stands.
fn line(firm: &Firm<'_>, kept: &Kept, overtaken: Option<DateTime<Utc>>, decisions: &[ToldDecision]) -> Line {
    let decision = decisions.last();
    let record = firm.library.trust().issuer(&kept.aud).ok().flatten();
    let due = decision.and_then(ToldDecision::due);
    let name = record.map_or_else(|| kept.aud.to_string(), |record| record.name.clone());
    Line {
        id: kept.row.id.clone(),
        title: kept.row.title.clone(),
        scenario: kept.scenario,
        destination: kept.destination,
        to: format!("{name}（{}）", kept.destination.label()),
        updated: kept.row.updated,
        signed: kept.sent.last().map(|sent| sent.signed_at),
        number: kept.sent.last().map(|sent| sent.dossier_id.clone()),
        overtaken,
        stage: kept.stage,
        outcome: decision.map(|decision| decision.outcome),
        differ: decision.is_some_and(|stands| decisions.iter().any(|other| stands.differs(other))),
        due,
        days_left: due.map(|day| civil::days_left(firm.today(), day)),
    }
}

/// When the firm signed another, since handed over, for the same purpose at the same destination after this one, on
/// which nothing final was decided. Of vouchers each is used by a dossier of its own.
fn overtaken(reader: &Reader<'_>, kept: &Kept, all: &[Kept]) -> Result<Option<DateTime<Utc>>, Failure> {
    let single = kept.stage == Stage::Decided || kept.scenario == Scenario::VoucherRedemption;
    let Some(last) = kept.sent.last().filter(|_| !single) else { return Ok(None) };
    let purpose = |kept: &Kept| {
        let related = plan_facts::facts(&kept.body.fields.facts).0.remove("related");
        (kept.aud, kept.scenario, kept.destination, kept.body.checklist_id.clone(), related)
    };
    let own = purpose(kept);
    let others = all.iter().filter(|other| other.row.id != kept.row.id && purpose(other) == own);
    let mut newest = None;
    for other in others {
        let Some(later) = other.sent.last().filter(|later| later.signed_at > last.signed_at) else {
            continue;
        };
        if is_handed_over(reader, &other.row.id, later)? {
            newest = newest.max(Some(later.signed_at));
        }
    }
    Ok(newest)
}

/// Whether what was signed last from a draft went through the hub, was written out again, or was answered.
fn is_handed_over(reader: &Reader<'_>, draft: &str, last: &Sent) -> Result<bool, Failure> {
    if last.state != SentState::Prepared {
        return Ok(true);
    }
    let filter = ActivityFilter {
        object: Some((KIND.to_owned(), draft.to_owned())),
        action: Some(EXPORTED.to_owned()),
        ..ActivityFilter::default()
    };
    let newest = reader.activity(&filter, None, 1)?.rows;
    Ok(newest.iter().any(|row| row.summary.get("dossier").is_some_and(|id| id == last.dossier_id.as_str())))
}

fn can_seal(record: &IssuerRecord) -> bool {
    record.seal_to.iter().any(|recipient| zizhi_crypto::sealed::is_recipient(recipient))
}

/// The decisions on what was signed last and is decided, else on what it follows, as [`decisions_on`] has them.
fn decisions(reader: &Reader<'_>, kept: &Kept) -> Result<Vec<ToldDecision>, Failure> {
    for sent in kept.sent.iter().rev() {
        let decided = decisions_on(reader, &sent.dossier_id)?;
        if !decided.is_empty() {
            return Ok(decided);
        }
    }
    kept.followed().map_or(Ok(Vec::new()), |followed| decisions_on(reader, followed))
}

/// Credentials that were chosen and are no longer held.
fn absent(kept: &Kept, held: &[Held]) -> Option<Text> {
    let gone = kept.body.credentials.iter().filter(|chosen| held.iter().all(|held| held.row.id != chosen.id));
    let count = gone.count();
    (count > 0 && kept.stage == Stage::Draft).then(|| {
        told(
            format!("这份草稿选入的{count}份凭证已从库中删除，签署前请移出。"),
            format!("{count} credentials of this draft are no longer held; take them out before signing"),
        )
    })
}

/// What was accepted stays so; what meets its conditions is a dossier of its own.
const FOLLOWS: Text = Text::fixed(
    "上一份已有条件认可，这一份用来按条件补交材料。它不答复请求，对方收到后另行核验。",
    "the one before was accepted with conditions, and this one hands in what they ask for. It answers no request; the \
     destination verifies it by itself.",
);

/// What was sent back takes up a new request by itself; one that was never signed does not.
const LAPSED: Text = Text::fixed(
    "上一份所答复的请求，接收方已作决定，或已过期限，或已由另一份答复：这一份不再答复请求，算主动提交。接收方要求补正的，请在退回的那一份里补；须凭新请求提交的，收到新请求后另建草稿答复。",
    "the request that the one before answered is over: the destination decided, its time passed, or another answered it. This \
     one answers none and is an unsolicited submission. Where more was asked for, add it to the one that was sent back; where \
     a new request is needed, answer it with a draft of its own",
);

fn unknown_destination(kept: &Kept) -> Text {
    told(
        format!("接收方（{}）不在信任名录中：不能加密给它，它的请求和决定也无法核实。", kept.aud),
        format!(
            "the destination ({}) is not in the register: nothing can be sealed to it, and what it signs cannot be verified",
            kept.aud
        ),
    )
}

/// What happened to a draft, by the activity log.
fn timeline(reader: &Reader<'_>, id: &str, sent: &[Sent]) -> Result<Vec<Happened>, Failure> {
    let filter =
        ActivityFilter { object: Some((KIND.to_owned(), id.to_owned())), ..ActivityFilter::default() };
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = reader.activity(&filter, after, PAGE)?;
        all.extend(page.rows.into_iter().filter_map(happened));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    all.reverse();
    for signed in sent {
        for sending in sendings(reader, "dossier", &signed.dossier_id)? {
            let what = match sending.step {
                Step::Queued => Event::Queued,
                Step::Delivered => Event::Delivered,
                Step::Refused => Event::Refused,
            };
            all.push(Happened { at: sending.at, what, actor: String::new(), note: sending.note });
        }
    }
    all.sort_by_key(|happened| happened.at);
    Ok(all)
}

fn happened(row: Activity) -> Option<Happened> {
    let said = |name: &str| row.summary.get(name).and_then(serde_json::Value::as_str);
    let outcome = said("outcome");
    let what = match row.action.as_str() {
        "draft.begun" => Event::Begun,
        "draft.signed" => Event::Signed,
        EXPORTED => Event::Exported,
        "decision.received" if outcome == Some("supplement_required") => Event::Supplement,
        "decision.received" => Event::Decided,
        _ => return None,
    };
    let note = said("dossier").map(str::to_owned);
    Some(Happened { at: row.at, what, actor: row.actor, note })
}
