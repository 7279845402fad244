//! Requests that the database keeps: those that an incubator made and those that a firm received.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_dossier::{Digest, Request};
use zizhi_model::{Check, CheckCode, Limits, Outcome, Region, Scenario, Text, Uscc, catalogue, civil};
use zizhi_rules::pack::RulePack;
use zizhi_store::{Direction, OutboxState, Reader, Request as Row, SentState};
use zizhi_trust::KeyUse;
use zizhi_verify::Library;

use crate::check_typed_uscc::name_of;
use crate::draft_body::Kept;
use crate::failure::{Failure, told};
use crate::file_kind::{FileKind, kind_of};
use crate::firm::Firm;
use crate::output::Output;
use crate::plan_pack::{checklist, packs_in_force, rule_pack, speaks_for};
use crate::requests::{Asking, examine, read_text, signed};
use crate::vault;

/// Requests that are listed, of each direction.
pub(crate) const MOST: usize = 500;

/// What to ask for, as it was typed and chosen.
#[derive(Debug, Clone)]
pub struct NewRequest<'a> {
    /// What for.
    pub scenario: Scenario,
    /// The checklist.
    pub checklist_id: &'a str,
    /// The rule pack.
    pub pack_id: &'a str,
    /// Where to.
    pub destination: Region,
    /// The only firm that may answer.
    pub only_for: Option<Uscc>,
    /// For how many days it may be answered.
    pub days: u32,
    /// Opens the signing key.
    pub passphrase: &'a str,
    /// Where the `.zzrequest` goes.
    pub path: &'a Path,
}

/// A request of the database with what it says.
#[derive(Debug, Clone)]
pub struct Known {
    /// What the database knows of it.
    pub row: Row,
    /// What it says.
    pub request: Request,
}

/// A request for a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The request.
    pub known: Known,
    /// Whether it was made here.
    pub ours: bool,
    /// The other side: name, or code where the register has none; nothing if anybody may answer.
    pub other: Option<String>,
    /// The draft of the dossier that answered it.
    pub draft: Option<String>,
    /// Whether it has ended.
    pub over: bool,
    /// Whether it was put into the outbox, and not discarded there.
    pub queued: bool,
    /// What could not be checked about it.
    pub remark: Option<Text>,
}

/// The rule pack by which a request may be made: before anybody is asked for a passphrase.
///
/// # Errors
/// `RULE-MISSING` if the trust data has no such pack or checklist for the region, `REQUEST-TERMS` if it is for another
/// purpose.
pub fn terms(
    library: &Library,
    destination: &Region,
    (pack_id, checklist_id): (&str, &str),
    scenario: Scenario,
    today: NaiveDate,
) -> Result<RulePack, Failure> {
    let pack = rule_pack(library, destination, pack_id).map_err(|failure| Failure {
        source: failure.source,
        ..no_pack_there(library, destination, pack_id, today)
    })?;
    let list = checklist(&pack, checklist_id)?;
    if list.scenario != scenario || !pack.covers(destination) {
        return Err(other_terms(&pack.pack_id, destination));
    }
    Ok(pack)
}

/// Makes a request, keeps it and writes it. Gives its id and the digest of the file.
///
/// # Errors
/// `RULE-MISSING`, `REQUEST-TERMS`, `REQUEST-DAYS`, `IO-WRITE`; those of the key and as every write to the
/// database.
pub fn make(firm: &Firm<'_>, new: &NewRequest<'_>) -> Result<(String, Digest), Failure> {
    let owner = firm.owner()?;
    let wanted = (new.pack_id, new.checklist_id);
    let pack = terms(firm.library, &new.destination, wanted, new.scenario, firm.today())?;
    if new.days == 0 {
        return Err(no_days());
    }
    let asking = Asking {
        from: owner.uscc,
        scenario: new.scenario,
        region: new.destination,
        checklist_id: new.checklist_id.to_owned(),
        rule_pack: (pack.pack_id.clone(), i64::try_from(pack.version).unwrap_or(i64::MAX)),
        only_for: new.only_for,
        days: new.days,
    };
    let output = Output { path: new.path, force: true };
    output.check()?;
    let key = vault::signing_key(firm.database, firm.database.folder(), new.passphrase, KeyUse::Request)?;
    let (request, text) = signed(&asking, &key, firm.host)?;
    let file = output.filled(text.as_bytes())?;
    let row = Row {
        direction: Direction::Issued,
        id: request.jti.clone(),
        counterparty: new.only_for.unwrap_or(owner.uscc),
        firm: new.only_for,
        scenario: request.scenario,
        checklist_id: request.checklist_id.clone(),
        exp: civil::from_numeric_date(request.exp).unwrap_or_default(),
        answered_by: None,
        bytes: text.trim().as_bytes().to_vec(),
    };
    let entry = firm.entry("request.made")?.about("request", &request.jti);
    let writer = firm.database.writer()?;
    writer.add_request(&row)?;
    writer.commit(&entry)?;
    output.put(file)?;
    Ok((request.jti, Digest::of(text.as_bytes())))
}

/// Takes a request in. One that came before is only shown again.
///
/// # Errors
/// `IO-READ`, `FMT-TEXT`, `LIMIT-SIZE`; `REQ-FIRM` if it asks another firm, `REQ-EXPIRED`, and the code of
/// whatever keeps it from being a request of that destination.
pub fn import(firm: &Firm<'_>, path: &Path) -> Result<Listed, Failure> {
    let owner = firm.owner()?;
    match kind_of(path)? {
        FileKind::Request | FileKind::Unread => {}
        other => return Err(other.instead_of(FileKind::Request, path)),
    }
    let text = read_text(path)?;
    let read = examine(path, &text, firm.library, firm.host)?;
    if let Some(check) = read.checks.iter().find(|check| check.outcome == Outcome::Fail) {
        return Err(refused(check));
    }
    let request = read.request;
    if request.only_for.is_some_and(|only| only != owner.uscc) {
        return Err(other_firm(request.only_for));
    }
    if let Some(row) = firm.database.reader()?.request(Direction::Received, &request.jti)? {
        if row.bytes != text.as_bytes() {
            return Err(same_id());
        }
        return listed(firm, Known { row, request });
    }
    let row = Row {
        direction: Direction::Received,
        id: request.jti.clone(),
        counterparty: *request.iss.uscc(),
        firm: request.only_for,
        scenario: request.scenario,
        checklist_id: request.checklist_id.clone(),
        exp: civil::from_numeric_date(request.exp).unwrap_or_default(),
        answered_by: None,
        bytes: text.into_bytes(),
    };
    let entry = firm.entry("request.received")?.about("request", &request.jti);
    let writer = firm.database.writer()?;
    writer.add_request(&row)?;
    writer.commit(&entry)?;
    listed(firm, Known { row, request })
}

/// Requests that were made or came, the newest first.
///
/// # Errors
/// As every read of the database.
pub fn list(firm: &Firm<'_>) -> Result<Vec<Listed>, Failure> {
    let reader = firm.database.reader()?;
    let mut rows = reader.requests(Direction::Issued, None, MOST)?.rows;
    rows.extend(reader.requests(Direction::Received, None, MOST)?.rows);
    drop(reader);
    let all: Result<Vec<Listed>, Failure> =
        rows.iter().filter_map(known).map(|known| listed(firm, known)).collect();
    let mut all = all?;
    all.sort_by_key(|listed| std::cmp::Reverse(listed.known.request.iat));
    Ok(all)
}

/// A row with what it says. What was taken in can be read.
pub(crate) fn known(row: &Row) -> Option<Known> {
    let text = std::str::from_utf8(&row.bytes).ok()?;
    let request = zizhi_dossier::request::Unverified::parse(text, &Limits::default()).ok()?.peek().ok()?;
    Some(Known { row: row.clone(), request })
}

/// The `jti` of the request that a draft answers: of that which it was begun for. A dossier that was sent back answers
/// the newest request of the same destination on the same terms which came since and still waits, so that nobody has
/// to prepare another one.
pub(crate) fn request_of(
    reader: &Reader<'_>,
    kept: &Kept,
    now: DateTime<Utc>,
) -> Result<Option<String>, Failure> {
    let back = kept.sent.last().filter(|last| last.state == SentState::Supplement);
    let (Some(back), None) = (back, &kept.body.request) else { return Ok(kept.body.request.clone()) };
    let same = |known: &Known| {
        let asked = &known.request;
        *asked.iss.uscc() == kept.aud
            && asked.scenario == kept.scenario
            && asked.destination_region == kept.destination
            && asked.checklist_id == kept.body.checklist_id
            && asked.rule_pack.id == kept.body.pack_id
            && asked.iat >= back.signed_at.timestamp()
    };
    let rows = reader.requests(Direction::Received, None, MOST)?.rows;
    let waits = rows.iter().filter(|row| row.answered_by.is_none() && row.exp > now).filter_map(known);
    Ok(waits.filter(same).max_by_key(|known| known.request.iat).map(|known| known.request.jti))
}

/// Refuses a request that can no longer be answered; that the dossier `before` answered it is no hindrance.
///
/// # Errors
/// `REQ-EXPIRED`, `REPLAY`.
pub(crate) fn still_open(firm: &Firm<'_>, known: &Known, before: Option<&str>) -> Result<(), Failure> {
    if known.row.exp <= firm.host.now() {
        return Err(ended(known));
    }
    match known.row.answered_by.as_deref() {
        Some(by) if Some(by) != before => Err(answered()),
        _ => Ok(()),
    }
}

fn listed(firm: &Firm<'_>, known: Known) -> Result<Listed, Failure> {
    let ours = known.row.direction == Direction::Issued;
    let name = |uscc: &Uscc| {
        let record = firm.library.trust().issuer(uscc).ok().flatten();
        record.map_or_else(|| uscc.to_string(), |record| record.name.clone())
    };
    let reader = firm.database.reader()?;
    let other = match known.row.firm {
        // A firm stands in the own register of firms, an organisation that asks in that of the trust data.
        Some(only) if ours => Some(name_of(&reader, &only)?.unwrap_or_else(|| name(&only))),
        None if ours => None,
        _ => Some(name(&known.row.counterparty)),
    };
    let remark = if ours { None } else { doubt(firm, &known) };
    let there = reader.outgoing_about("request", &known.row.id)?;
    let queued = there.iter().any(|row| row.state != OutboxState::Discarded && row.refused.is_none());
    let draft = match known.row.answered_by.as_deref().filter(|_| !ours) {
        Some(dossier) => reader.sent(dossier)?.and_then(|sent| sent.draft),
        None => None,
    };
    Ok(Listed { over: known.row.exp <= firm.host.now(), known, ours, other, draft, queued, remark })
}

/// What cannot be checked about a request on the data at hand.
fn doubt(firm: &Firm<'_>, known: &Known) -> Option<Text> {
    let text = std::str::from_utf8(&known.row.bytes).ok()?;
    let read = examine(Path::new(&known.row.id), text, firm.library, firm.host).ok()?;
    let expired = |check: &&Check| check.code != CheckCode::ReqExpired;
    let worst = read.checks.iter().filter(expired).max_by_key(|check| check.outcome);
    worst.filter(|check| check.outcome >= Outcome::Pending).map(Check::text)
}

fn refused(check: &Check) -> Failure {
    let text = check.text();
    let fact =
        told(format!("{}请求没有收下。", text.zh), format!("{} The request was not taken in.", text.en()));
    Failure::input(check.code.as_str(), fact, catalogue::advice(check.code))
}

fn ended(known: &Known) -> Failure {
    let (zh, en) = (civil::time_zh(known.row.exp), civil::time_en(known.row.exp));
    Failure::refused(
        "REQ-EXPIRED",
        format!("这份请求已于{zh}到期，接收方不会再接受答复，没有继续。"),
        format!("this request ended at {en}, and no answer to it would be taken; nothing was done"),
        "请向接收方索取新的请求，或不经请求主动提交。",
        "ask the destination for a new request, or begin without one",
    )
}

fn answered() -> Failure {
    Failure::refused(
        "REPLAY",
        "这份请求已由另一份档案答复，一份请求只能答复一次，没有继续。".to_owned(),
        "another dossier answered this request already, and a request is answered once; nothing was done"
            .to_owned(),
        "接收方要求补正的，请打开答复它的那份档案，点“按补正要求再做一份”；否则请索取新的请求，或不经请求主动提交。",
        "where the destination asked for more, open the dossier that answered it and choose “Prepare it once more”; else ask for a new request, or begin without one",
    )
}

fn other_firm(only: Option<Uscc>) -> Failure {
    let other = only.map(|uscc| uscc.to_string()).unwrap_or_default();
    Failure::refused(
        "REQ-FIRM",
        format!("这份请求请的是另一家企业（{other}），本企业的答复不会被接受，没有收下。"),
        format!(
            "this request asks another firm ({other}), so that an answer of this one would not be taken; it was not taken in"
        ),
        "请向接收方索取写给本企业的请求。",
        "ask the destination for a request to this firm",
    )
}

fn same_id() -> Failure {
    Failure::refused(
        "REQUEST-TWICE",
        "已有一份编号相同、内容不同的请求，这一份没有收下。".to_owned(),
        "a request of the same id and other content is here already; this one was not taken in".to_owned(),
        "请向接收方核对，并请其重新发送一份新编号的请求。",
        "ask the destination which one counts, and for one with a new id",
    )
}

/// No pack of that name for the region: which there are says what to write in its place.
fn no_pack_there(library: &Library, region: &Region, id: &str, today: NaiveDate) -> Failure {
    let place = region.label();
    let there: Vec<String> = packs_in_force(library, today)
        .into_iter()
        .filter(|(province, pack)| speaks_for(province, pack, region))
        .map(|(_, pack)| format!("{}@{}", pack.pack_id, pack.version))
        .collect();
    let advice = if there.is_empty() {
        told(
            format!("请导入{place}所在省最新的信任数据；数据里仍然没有的，请向发布互认规则的单位查问。"),
            format!(
                "import the newest trust data of the province of {place}; if it is not in them, ask whoever publishes its rules"
            ),
        )
    } else {
        let (there, or) = (there.join("、"), there.join(", "));
        told(
            format!("请改用{place}的规则包（{there}）；要用别的，先导入最新的信任数据。"),
            format!("use a rule pack of {place} ({or}), or import the newest trust data first"),
        )
    };
    Failure::input(
        "RULE-MISSING",
        told(
            format!("信任数据中没有{place}可用的规则包 {id}，没有生成请求。"),
            format!("the trust data holds no usable rule pack {id} for {place}; no request was made"),
        ),
        advice,
    )
}

fn other_terms(pack: &str, region: &Region) -> Failure {
    Failure::refused(
        "REQUEST-TERMS",
        format!("规则包 {pack} 的这份清单不是这种情形，或不适用于{}，没有生成请求。", region.label()),
        format!(
            "that checklist of {pack} is for another purpose, or not for {}; no request was made",
            region.label()
        ),
        "请重新选择情形、清单和地区。",
        "choose purpose, checklist and region again",
    )
}

fn no_days() -> Failure {
    Failure::refused(
        "REQUEST-DAYS",
        "答复期限为零天，没有生成请求。".to_owned(),
        "the request could be answered for no day; none was made".to_owned(),
        "请填写至少1天。",
        "give at least one day",
    )
}
