//! 收件: takes a dossier in. Its bytes are kept as they came, it is judged, and a case begins; or a case that waits
//! for it goes on, if a person says so.

use std::fs::File;
use std::io::Seek as _;
use std::path::Path;

use chrono::Datelike as _;
use serde_json::json;
use zizhi_crypto::digest;
use zizhi_dossier::ids;
use zizhi_model::{Limits, OrgId, Region, Text, Uscc, civil};
use zizhi_store::{Case, CaseEvent, CaseState, Database, Direction, Entry, Request, Role, Why, Writer};
use zizhi_verify::{Library, Report};

use crate::Host;
use crate::case_judge::{self, Judged, Judging};
use crate::case_versions;
use crate::failure::{Failure, told};
use crate::file_kind::{FileKind, opened_kind};
use crate::verify_file::{is_sealed, plain_file};

/// The media type of a dossier, and of a sealed one.
const DOSSIER: &str = zizhi_dossier::MIMETYPE;
const SEALED: &str = "application/age";

/// A dossier to take in.
#[derive(Clone, Copy)]
pub struct Receiving<'a> {
    /// The file, sealed or not.
    pub path: &'a Path,
    /// Who takes it in.
    pub operator: &'a str,
    /// The secrets that open sealed dossiers.
    pub identities: &'a [String],
    /// The trust data.
    pub library: &'a Library,
}

/// A dossier that is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its case.
    pub case_id: String,
    /// Whether this very file was here before: nothing was added then.
    pub known: bool,
}

/// Takes a dossier in. A verdict is no reason to refuse one: what failed is sent back with a decision that
/// says why.
///
/// # Errors
/// `CASE-ROLE` if the database is a firm's, `CASE-OPERATOR` if nobody is named, `CASE-NOT-DOSSIER` if the
/// file is none, `CASE-CHANGED` if it was written to meanwhile, `IO-READ`, `SEAL-IDENTITY`, `SEAL-DAMAGED`; as every write
/// to the database.
pub fn receive_dossier(
    database: &Database,
    receiving: &Receiving<'_>,
    host: &dyn Host,
) -> Result<Received, Failure> {
    receive(database, receiving, None, host)
}

/// Takes a dossier in as what a case waits for, which goes on with it; see [`case_versions`]. A file that is here
/// already stays with the case that has it.
///
/// # Errors
/// As [`receive_dossier`]; `CASE-ABSENT`, `CASE-NOT-WAITING`, `CASE-OTHER`.
pub fn receive_supplement(
    database: &Database,
    receiving: &Receiving<'_>,
    case_id: &str,
    host: &dyn Host,
) -> Result<Received, Failure> {
    receive(database, receiving, Some(case_id), host)
}

fn receive(
    database: &Database,
    receiving: &Receiving<'_>,
    continues: Option<&str>,
    host: &dyn Host,
) -> Result<Received, Failure> {
    let Receiving { path, operator, identities, library } = *receiving;
    let limits = Limits::default();
    let recipient = recipient(database)?;
    if operator.trim().is_empty() {
        return Err(nobody());
    }
    let unreadable = |error| Failure::unreadable(path, error);
    let mut file = plain_file(path, identities, &limits)?;
    let opened = zizhi_dossier::open(&mut file, &limits).map_err(unreadable)?;
    let sha256 = opened.sha256.as_ref().map(|digest| digest.0).ok_or_else(|| not_a_dossier(path))?;
    if opened.entries.is_empty() || opened_kind(path, &mut file, &opened)? != FileKind::Dossier {
        return Err(not_a_dossier(path));
    }

    let writer = database.writer()?;
    if let Some(known) = writer.cases_of_original(&sha256)?.into_iter().next() {
        return Ok(Received { case_id: known.id, known: true });
    }
    let now = host.now();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let judged =
        case_judge::judge(&opened, &name, &Judging { library, recipient: Some(recipient), now }, &writer)?;
    file.rewind().map_err(unreadable)?;
    let original = writer.add_original(&mut file, DOSSIER, now)?;
    if original.sha256 != sha256 {
        return Err(changed(path));
    }
    let sealed = keep_sealed(&writer, path, host)?;
    note_answer(&writer, &judged, recipient)?;
    let details = json!({
        "verdict": judged.report.verdict.as_str(),
        "sealed": sealed,
        "request": judged.answers.as_ref().map(|(request, _)| &request.jti),
    });
    let new = case(name, sha256, operator, &judged.report, host);
    if let Some(id) = continues {
        let version = case_versions::go_on(&writer, id, &new, &judged, details, host)?;
        let entry = Entry::new(now, operator, "case.continued").about("case", id);
        let summary = json!({ "version": version, "verdict": judged.report.verdict.as_str() });
        writer.commit(&entry.with(summary))?;
        return Ok(Received { case_id: id.to_owned(), known: false });
    }

    let id = ids::uuid_v7(now, host.random().as_mut());
    let number = writer.next_case_number(civil::date_in_shanghai(now).year())?;
    let new = Case { id, number, ..new };
    writer.add_case(&new)?;
    case_judge::keep(&writer, &judged, &new.id, Why::Received, now)?;
    writer.add_case_event(&CaseEvent {
        case_id: new.id.clone(),
        seq: 0,
        at: now,
        kind: case_versions::RECEIVED.to_owned(),
        actor: operator.to_owned(),
        note: String::new(),
        details,
    })?;
    note_came(&writer, &judged, &new, operator, host)?;
    let entry = Entry::new(now, operator, "case.received").about("case", &new.id);
    writer.commit(&entry.with(json!({ "number": new.number, "verdict": judged.report.verdict.as_str() })))?;
    Ok(Received { case_id: new.id, known: false })
}

/// This organisation, which takes dossiers in.
///
/// # Errors
/// `CASE-ROLE`; as every read of the database.
pub(crate) fn recipient(database: &Database) -> Result<Uscc, Failure> {
    let profile = database.reader()?.profile()?;
    profile.filter(|profile| profile.role != Role::Firm).map(|profile| profile.uscc).ok_or_else(|| {
        Failure::input(
            "CASE-ROLE",
            Text::fixed(
                "这个数据库是企业的，企业不收件，操作没有进行。",
                "this database is a firm's, and a firm takes no dossiers in; nothing was done",
            ),
            Text::fixed(
                "请用孵化器的数据库收件；只想看结论时直接核验即可。",
                "use the incubator's database; to see a verdict, verify the file",
            ),
        )
    })
}

/// Keeps the bytes as they came where they came sealed, and gives their digest.
fn keep_sealed(writer: &Writer<'_>, path: &Path, host: &dyn Host) -> Result<Option<String>, Failure> {
    let unreadable = |error| Failure::unreadable(path, error);
    let mut file = File::open(path).map_err(unreadable)?;
    if !is_sealed(&mut file).map_err(unreadable)? {
        return Ok(None);
    }
    let sealed = writer.add_original(&mut file, SEALED, host.now())?;
    Ok(Some(digest::hex(&sealed.sha256)))
}

/// The case that would begin with a dossier, without id and number.
fn case(file_name: String, original: [u8; 32], operator: &str, report: &Report, host: &dyn Host) -> Case {
    let dossier = report.dossier.as_ref();
    let region = |code: &str| Region::parse(code).ok();
    Case {
        id: String::new(),
        number: String::new(),
        received: host.now(),
        file_name,
        original,
        dossier_id: dossier.map(|dossier| dossier.id.clone()),
        firm_uscc: dossier.and_then(|dossier| Uscc::parse(&dossier.firm.uscc).ok()),
        firm_name: dossier.map(|dossier| dossier.firm.name.clone()),
        scenario: dossier.map(|dossier| dossier.scenario),
        origin: dossier.and_then(|dossier| region(&dossier.origin_region)),
        destination: dossier.and_then(|dossier| region(&dossier.destination_region)),
        state: CaseState::Received,
        verdict: Some(report.verdict),
        due: None,
        operator: Some(operator.to_owned()),
        reviewer: None,
        outcome: None,
        updated: host.now(),
    }
}

/// A request is answered once: by the first dossier that holds up so far that it is examined. One that
/// failed outright leaves it open for the firm's next attempt. Requests that were made elsewhere, on the
/// command line, are known from now on.
fn note_answer(writer: &Writer<'_>, judged: &Judged, own: Uscc) -> Result<(), Failure> {
    let (Some((request, text)), Some(dossier)) = (&judged.answers, &judged.report.dossier) else {
        return Ok(());
    };
    if judged.report.verdict == zizhi_model::Verdict::Failed {
        return Ok(());
    }
    if writer.request(Direction::Issued, &request.jti)?.is_none() {
        let firm = OrgId::parse(&dossier.iss).map(|firm| *firm.uscc()).ok();
        writer.add_request(&Request {
            direction: Direction::Issued,
            id: request.jti.clone(),
            counterparty: request.only_for.or(firm).unwrap_or(own),
            firm: request.only_for,
            scenario: request.scenario,
            checklist_id: request.checklist_id.clone(),
            exp: civil::from_numeric_date(request.exp).unwrap_or_default(),
            answered_by: None,
            bytes: text.clone().into_bytes(),
        })?;
    }
    Ok(writer.answer_request(Direction::Issued, &request.jti, &dossier.id)?)
}

/// A dossier of the firm for the same purpose and destination that holds up so far that it is examined is what the firm's cases waited
/// for: whether it is all that was asked for, is examined there. Until then nobody is late. A case that is decided goes
/// on in the new one, and each says the other's number.
fn note_came(
    writer: &Writer<'_>,
    judged: &Judged,
    new: &Case,
    operator: &str,
    host: &dyn Host,
) -> Result<(), Failure> {
    let (Some(firm), false) = (new.firm_uscc, judged.report.verdict == zizhi_model::Verdict::Failed) else {
        return Ok(());
    };
    let waiting = writer.cases_waiting(&firm)?;
    let fits = |case: &Case| case_versions::fits(case, new.firm_uscc, new.scenario, new.destination);
    for mut case in waiting.into_iter().filter(fits) {
        case.due = None;
        case.updated = host.now();
        writer.update_case(&case)?;
        let note = |of: &Case, kind: &str, other: &Case| {
            writer.add_case_event(&CaseEvent {
                case_id: of.id.clone(),
                seq: 0,
                at: host.now(),
                kind: kind.to_owned(),
                actor: operator.to_owned(),
                note: other.number.clone(),
                details: json!({}),
            })
        };
        note(&case, "came", new)?;
        if case.state == CaseState::Decided {
            note(new, "follows", &case)?;
        }
    }
    Ok(())
}

/// Nobody is named as the operator.
pub(crate) fn nobody() -> Failure {
    Failure::input(
        "CASE-OPERATOR",
        Text::fixed("没有写明经办人，操作没有进行。", "nobody is named as the operator; nothing was done"),
        Text::fixed("请填写经办人姓名。", "fill in who does it"),
    )
}

fn not_a_dossier(path: &Path) -> Failure {
    Failure::input(
        "CASE-NOT-DOSSIER",
        told(
            format!("{} 不是档案文件，或已损坏到读不出任何内容，没有收件。", path.display()),
            format!(
                "{} is no dossier, or so damaged that nothing in it can be read; it was not taken in",
                path.display()
            ),
        ),
        Text::fixed(
            "请确认选对了文件；确是档案时，请企业重新发送。",
            "check that it is the right file; if it is, ask the firm to send it again",
        ),
    )
}

fn changed(path: &Path) -> Failure {
    Failure::input(
        "CASE-CHANGED",
        told(
            format!("{} 在收件过程中被改写，没有收件。", path.display()),
            format!("{} was written to while it was taken in; it was not taken in", path.display()),
        ),
        Text::fixed("请等文件复制完成后再收件。", "wait until the file has been copied, then take it in"),
    )
}
