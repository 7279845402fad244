//! 补正材料: a firm that was asked for more sends another dossier, and its case goes on with that one.
//!
//! That a dossier belongs to a case that waits is proposed and never assumed: a person says so when it comes in, or
//! later, when it is a case of its own already. Every version is kept as it came, with its judgements. A case that is
//! decided or put away stays as it is.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zizhi_dossier::Digest;
use zizhi_model::{Limits, Region, Scenario, Text, Uscc, Verdict, civil};
use zizhi_store::{Case, CaseEvent, CaseState, CaseVersion, Database, Entry, Reader, Why, Writer};
use zizhi_verify::report::ItemState;
use zizhi_verify::{Library, Report};

use crate::Host;
use crate::case_documents::unreadable_report;
use crate::case_judge::{self, Judged, Judging};
use crate::case_papers::asks;
use crate::case_steps::{Hands, SUPPLEMENT, find, is_over, settle_request, state_name};
use crate::decide::Wanted;
use crate::failure::{Failure, told};
use crate::pages::whole;
use crate::receive_dossier::{nobody, recipient};
use crate::verify_view::{VerifiedView, manifest_of};

/// The kind of event by which a case began.
pub(crate) const RECEIVED: &str = "received";
/// The kind of event by which a case got a new version.
const SUPPLIED: &str = "supplied";
/// The kind of event by which a case became part of another.
const JOINED: &str = "joined";

/// Of a version that was a case of its own: under which number it was taken in, and by whom.
const NUMBER: &str = "number";
const OPERATOR: &str = "operator";

/// A version of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its place, from 1.
    pub version: u32,
    /// When it came in.
    pub received: DateTime<Utc>,
    /// The name of the file.
    pub file_name: String,
    /// The verdict of its last judgement.
    pub verdict: Verdict,
}

/// A version as it came in: what its receipt tells.
pub(crate) struct Arrival {
    pub received: DateTime<Utc>,
    pub file_name: String,
    pub original: [u8; 32],
    /// Its number, where it was a case of its own before it was joined.
    pub number: Option<String>,
    /// Who took it in.
    pub operator: String,
    /// The digest of the file as it came, where it came sealed.
    pub sealed: Option<[u8; 32]>,
    /// The last judgement of it; nothing of the newest version, which is judged further.
    pub last: Option<u32>,
}

/// Something that was asked for, looked at again in the version that came since.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// What was asked for.
    pub wanted: Wanted,
    /// What the new version says to it.
    pub state: DemandState,
}

/// What a new version says to a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemandState {
    /// The item of the checklist was not answered well enough before, and is now.
    Met,
    /// The item is not answered well enough.
    Open,
    /// No item tells: a person has to look.
    Look,
}

/// A case that waits for what a dossier may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The case.
    pub case: Case,
    /// Whether the dossier is signed by the key of the first dossier of the case; nothing where that cannot be told.
    /// Anybody can name a firm; a firm that has another key now can say so.
    pub same_key: Option<bool>,
}

/// A case that is to become a version of one that waits.
#[derive(Clone, Copy)]
pub struct Joining<'a> {
    /// The case that waits.
    pub waiting: &'a str,
    /// The case of its own that the dossier has.
    pub newer: &'a str,
    /// Who says so.
    pub hands: &'a Hands,
    /// The trust data.
    pub library: &'a Library,
}

/// The cases for which a dossier may be what they wait for, the newest first: those of the same firm, for the same
/// purpose and destination, that stand at 待补正. `own` is the case that has the dossier already, if one does; it can
/// only belong to an older one.
///
/// # Errors
/// As every read of the database.
pub fn waiting_for(
    database: &Database,
    dossier: &VerifiedView,
    own: Option<&str>,
) -> Result<Vec<Proposal>, Failure> {
    let report = &dossier.report;
    let Some(of) = report.dossier.as_ref() else { return Ok(Vec::new()) };
    let Ok(firm) = Uscc::parse(&of.firm.uscc) else { return Ok(Vec::new()) };
    let reader = database.reader()?;
    let own = own.map(|id| find(&reader, id)).transpose()?;
    if let Some(own) = &own
        && (may_not_join(own) || !reader.case_versions(&own.id)?.is_empty())
    {
        return Ok(Vec::new());
    }
    let destination = Region::parse(&of.destination_region).ok();
    let waits = |case: &Case| {
        case.state == CaseState::Supplement && fits(case, Some(firm), Some(of.scenario), destination)
    };
    let cases = whole(|after| reader.cases_of_firm(&firm, after, 100))?;
    let older = match &own {
        Some(own) => cases.iter().position(|case| case.id == own.id).map_or(cases.len(), |at| at + 1),
        None => 0,
    };
    let key = dossier.key();
    let proposal = |case: Case| {
        let same_key = key.and_then(|key| Some(first_key(&reader, &case)? == key));
        Proposal { case, same_key }
    };
    Ok(cases.into_iter().skip(older).filter(waits).map(proposal).collect())
}

/// The thumbprint of the key that signed the first dossier of a case; nothing where it does not hold or cannot be read:
/// the dossier at hand is verified all the same.
fn first_key(reader: &Reader<'_>, case: &Case) -> Option<String> {
    let versions = reader.case_versions(&case.id).ok()?;
    let original = versions.first().map_or(case.original, |first| first.original);
    let limits = Limits::default();
    let opened = zizhi_dossier::open(reader.open_original(&original).ok()??, &limits).ok()?;
    Some(manifest_of(&opened, &limits)?.key.key_id().as_str().to_owned())
}

/// Makes a case of its own the newest version of one that waits, and closes it. The waiting case is judged anew.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-OPERATOR`; `CASE-STEP` if the newer one is decided, put away or waits itself, `CASE-NOT-WAITING` if the other
/// waits for nothing, `CASE-OTHER` if they are not about the same; `CASE-REPORT`, `CASE-ORIGINAL`; as every write to the
/// database.
pub fn join(database: &Database, joining: &Joining<'_>, host: &dyn Host) -> Result<(), Failure> {
    let Joining { waiting, newer, hands, library } = *joining;
    let own = recipient(database)?;
    if hands.operator.trim().is_empty() {
        return Err(nobody());
    }
    let writer = database.writer()?;
    let (older, mut new) = (find(&writer, waiting)?, find(&writer, newer)?);
    if new.id == older.id || new.received < older.received {
        return Err(other(&older));
    }
    if older.state != CaseState::Supplement {
        return Err(not_waiting(&older));
    }
    if may_not_join(&new) {
        return Err(over(&new));
    }
    if !writer.case_versions(newer)?.is_empty() {
        return Err(other(&older));
    }
    new.operator = Some(hands.operator.clone());
    let original = writer.open_original(&new.original)?.ok_or_else(|| crate::rejudge::lost(&new))?;
    let opened = zizhi_dossier::open(original, &Limits::default())
        .map_err(|error| Failure::unreadable(new.file_name.as_ref(), error))?;
    let judging = Judging { library, recipient: Some(own), now: host.now() };
    let judged = case_judge::judge(&opened, &new.file_name, &judging, &writer)?;
    let came = writer.case_events(newer)?.into_iter().find(|event| event.kind == RECEIVED);
    let (mut details, operator) =
        came.map_or_else(|| (json!({}), String::new()), |event| (event.details, event.actor));
    if let Some(members) = details.as_object_mut() {
        members.insert(NUMBER.to_owned(), new.number.clone().into());
        members.insert(OPERATOR.to_owned(), operator.into());
    }
    let version = go_on(&writer, waiting, &new, &judged, details, host)?;

    new.state = CaseState::Closed;
    new.due = None;
    new.updated = host.now();
    writer.update_case(&new)?;
    writer.remove_judgement_inputs(newer)?;
    writer.add_case_event(&CaseEvent {
        case_id: new.id,
        seq: 0,
        at: host.now(),
        kind: JOINED.to_owned(),
        actor: hands.operator.clone(),
        note: older.number,
        details: json!({ "case": waiting }),
    })?;
    let entry = Entry::new(host.now(), &hands.operator, "case.continued").about("case", waiting);
    let summary =
        json!({ "version": version, "from": new.number, "verdict": judged.report.verdict.as_str() });
    writer.commit(&entry.with(summary))?;
    Ok(())
}

/// A case that is over stays as it is, and one that waits itself has demands of its own, which would be lost.
fn may_not_join(case: &Case) -> bool {
    is_over(case.state) || case.state == CaseState::Supplement
}

/// Goes on with a case that waits: what it had becomes an earlier version, and the dossier of `new` the newest.
/// Gives the number of that version.
pub(crate) fn go_on(
    writer: &Writer<'_>,
    case_id: &str,
    new: &Case,
    judged: &Judged,
    details: Value,
    host: &dyn Host,
) -> Result<u32, Failure> {
    let mut case = find(writer, case_id)?;
    if case.state != CaseState::Supplement {
        return Err(not_waiting(&case));
    }
    if !fits(&case, new.firm_uscc, new.scenario, new.destination) {
        return Err(other(&case));
    }
    let now = host.now();
    let before = writer.latest_judgement(case_id)?.ok_or_else(|| unreadable_report(None))?;
    let version = writer.case_versions(case_id)?.last().map_or(1, |last| last.version + 1);
    writer.add_case_version(&CaseVersion {
        case_id: case_id.to_owned(),
        version,
        received: newest_received(&writer.case_events(case_id)?, &case),
        file_name: case.file_name.clone(),
        original: case.original,
        dossier_id: case.dossier_id.clone(),
        judgement: before.seq,
    })?;
    case.file_name.clone_from(&new.file_name);
    case.original = new.original;
    case.dossier_id.clone_from(&new.dossier_id);
    case.firm_name.clone_from(&new.firm_name);
    case.origin.clone_from(&new.origin);
    case.operator = new.operator.clone().or(case.operator);
    // Whether it is all that was asked for, is looked at: until then nobody is late. What failed may be anybody's.
    if judged.report.verdict != Verdict::Failed {
        case.due = None;
    }
    case.updated = now;
    writer.update_case(&case)?;
    case_judge::keep(writer, judged, case_id, Why::Received, now)?;
    let mut details = details;
    if let Some(members) = details.as_object_mut() {
        members.insert("received".to_owned(), civil::rfc3339(new.received).into());
    }
    writer.add_case_event(&CaseEvent {
        case_id: case_id.to_owned(),
        seq: 0,
        at: now,
        kind: SUPPLIED.to_owned(),
        actor: new.operator.clone().unwrap_or_default(),
        note: if new.number.is_empty() { new.file_name.clone() } else { new.number.clone() },
        details,
    })?;
    // One that fails leaves the request open for the firm's next attempt, as a first one does.
    if judged.report.verdict != Verdict::Failed {
        settle_request(writer, case_id, new.dossier_id.as_deref())?;
    }
    Ok(version + 1)
}

/// The versions of a case, the oldest first; the last one is the one that it is judged by.
///
/// # Errors
/// As every read of the database.
pub(crate) fn versions(reader: &Reader<'_>, case: &Case) -> Result<Vec<Version>, Failure> {
    let judgements = reader.judgements(&case.id)?;
    let verdict_of = |last: Option<u32>| match last {
        Some(last) => judgements.iter().find(|row| row.seq == last).map(|row| row.verdict),
        None => case.verdict,
    };
    let version = |(version, came): (u32, Arrival)| Version {
        version,
        received: came.received,
        verdict: verdict_of(came.last).unwrap_or(Verdict::Pending),
        file_name: came.file_name,
    };
    Ok((1..).zip(arrivals(reader, case)?).map(version).collect())
}

/// The dossiers of a case as they came in, the oldest first.
///
/// # Errors
/// As every read of the database.
pub(crate) fn arrivals(reader: &Reader<'_>, case: &Case) -> Result<Vec<Arrival>, Failure> {
    let events = reader.case_events(&case.id)?;
    let mut came = events.iter().filter(|event| event.kind == RECEIVED || event.kind == SUPPLIED);
    let earlier = reader.case_versions(&case.id)?.into_iter();
    let earlier = earlier.map(|row| (row.received, row.file_name, row.original, Some(row.judgement)));
    let newest = (newest_received(&events, case), case.file_name.clone(), case.original, None);
    let arrival = |(received, file_name, original, last)| {
        let came = came.next();
        let noted = |what| came.and_then(|event| event.details.get(what)).and_then(Value::as_str);
        let sealed = noted("sealed");
        let operator = noted(OPERATOR).or_else(|| came.map(|event| event.actor.as_str()));
        Arrival {
            received,
            file_name,
            original,
            number: noted(NUMBER).map(str::to_owned),
            operator: operator.unwrap_or_default().to_owned(),
            sealed: sealed.and_then(Digest::parse).map(|digest| digest.0),
            last,
        }
    };
    Ok(earlier.chain([newest]).map(arrival).collect())
}

/// Whether a case became part of another, which counts in its place.
pub(crate) fn is_joined(reader: &Reader<'_>, case: &Case) -> Result<bool, Failure> {
    if case.state != CaseState::Closed || case.outcome.is_some() {
        return Ok(false);
    }
    Ok(reader.case_events(&case.id)?.iter().any(|event| event.kind == JOINED))
}

/// When the newest version of a case came in.
fn newest_received(events: &[CaseEvent], case: &Case) -> DateTime<Utc> {
    let came = events.iter().rfind(|event| event.kind == SUPPLIED);
    let at = came.map(|event| {
        let said = event.details.get("received").and_then(Value::as_str);
        said.and_then(|time| civil::parse_time(time).ok()).unwrap_or(event.at)
    });
    at.unwrap_or(case.received)
}

/// What was asked for last, looked at in the newest version. Nothing where no version came since.
pub(crate) fn demands(reader: &Reader<'_>, case: &Case, now: &Report) -> Result<Vec<Demand>, Failure> {
    let case_id = &case.id;
    let events = reader.case_events(case_id)?;
    let Some(ask) = events.iter().rposition(|event| event.kind == SUPPLEMENT) else {
        return Ok(Vec::new());
    };
    let supplied = |event: &&CaseEvent| event.kind == SUPPLIED;
    let (before, since) = events.split_at(ask);
    if !since.iter().any(|event| supplied(&event)) {
        return Ok(Vec::new());
    }
    let asked_of = before.iter().filter(supplied).count();
    let version = reader.case_versions(case_id)?.into_iter().nth(asked_of);
    let before = version.and_then(|row| reader.report(case_id, row.judgement).ok().flatten());
    let before: Option<Report> = before.and_then(|json| serde_json::from_slice(&json).ok());
    let wanted = asks(reader, case)?.pop().map(|ask| ask.wanted).unwrap_or_default();
    let demand = |wanted: Wanted| Demand { state: answered(&wanted, before.as_ref(), now), wanted };
    Ok(wanted.into_iter().map(demand).collect())
}

/// What two reports say to something that was asked for in between.
pub(crate) fn answered(wanted: &Wanted, before: Option<&Report>, now: &Report) -> DemandState {
    let state = |report: &Report| {
        let item = report.items.iter().find(|item| item.item_id == wanted.item_id);
        item.map(|item| item.state)
    };
    match (before.and_then(state), state(now)) {
        (_, None) | (Some(ItemState::Met) | None, Some(ItemState::Met)) => DemandState::Look,
        (_, Some(ItemState::Met)) => DemandState::Met,
        (_, Some(ItemState::Missing | ItemState::Insufficient | ItemState::Open)) => DemandState::Open,
    }
}

/// Whether a case is about this firm, purpose and destination. What a dossier does not say fits nothing.
pub(crate) fn fits(
    case: &Case,
    firm: Option<Uscc>,
    scenario: Option<Scenario>,
    destination: Option<Region>,
) -> bool {
    firm.is_some()
        && case.firm_uscc == firm
        && scenario.is_some()
        && case.scenario == scenario
        && destination.is_some()
        && case.destination == destination
}

fn not_waiting(case: &Case) -> Failure {
    let at = state_name(case.state);
    Failure::refused(
        "CASE-NOT-WAITING",
        format!("办件 {} 现在是“{}”，不在等补正材料，没有作任何改动。", case.number, at.zh),
        format!("case {} is {} and waits for no supplement; nothing was changed", case.number, at.en()),
        "请刷新页面；要作为新的办件办理的，另行收件。",
        "refresh the page; to handle the dossier on its own, take it in as a new case",
    )
}

fn other(case: &Case) -> Failure {
    Failure::refused(
        "CASE-OTHER",
        format!("这份档案与办件 {} 的企业、事项或迁入地不同，没有作任何改动。", case.number),
        format!(
            "this dossier is of another firm, purpose or destination than case {}; nothing was changed",
            case.number
        ),
        "请作为新的办件办理，或请企业按原事项重新生成档案。",
        "handle it as a case of its own, or ask the firm to make the dossier for the same purpose again",
    )
}

fn over(case: &Case) -> Failure {
    let at = state_name(case.state);
    Failure::input(
        "CASE-STEP",
        told(
            format!("办件 {} 现在是“{}”，不能并入另一办件，没有作任何改动。", case.number, at.zh),
            format!(
                "case {} is {} and cannot become part of another; nothing was changed",
                case.number,
                at.en()
            ),
        ),
        Text::fixed(
            "已决定或已归档的办件只供查阅；正在等补正的，请先恢复受理。",
            "a case that is decided or put away is for reading only; one that waits for a supplement is taken up again first",
        ),
    )
}
