//! What the tests share: a folder, a key, a time, and rows with everything filled in.

use std::ops::ControlFlow;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;
use zizhi_model::{Provenance, Region, Scenario, Uscc, Verdict};
use zizhi_store::{
    Case, CaseEvent, CaseState, ChangeNotice, Credential, CredentialDirection, CredentialState,
    DATABASE_FILE, Database, DatabaseKey, Decision, DecisionOutcome, Direction, Draft, DraftFile, Entry,
    Firm, FirmState, InboxIdentity, Input, InputKind, Judgement, Profile, Progress, Request, Role, Sent,
    SentState, SigningKey, StatusList, Why,
};

pub const WRAPPED: &[u8] = br#"{"wrapped":"in a test, nothing is"}"#;

/// A key that anyone may know: it protects nothing but test data.
const KEY: &[u8; 32] = b"a test key, known to everybody 0";

pub fn key() -> DatabaseKey {
    DatabaseKey::new(*KEY)
}

pub fn other_key() -> DatabaseKey {
    DatabaseKey::new(*b"some other key, of no database 0")
}

/// The file itself, past everything that the crate does: for tampering and for looking.
pub fn raw(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join(DATABASE_FILE)).unwrap();
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"")).unwrap();
    connection
}

/// A backup that nobody stops.
pub fn to_the_end(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn entry(action: &str) -> Entry {
    Entry::new(at(0), "王经办", action)
}

pub fn fresh() -> (TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create(folder.path(), &key(), WRAPPED).unwrap();
    (folder, database)
}

/// The code with the ordinal `number`: region 340100, an organisation's number, and its check character.
pub fn uscc(number: u32) -> Uscc {
    let stem = format!("91340100{number:09}");
    let check = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars();
    check.into_iter().find_map(|c| Uscc::parse(&format!("{stem}{c}")).ok()).unwrap()
}

pub fn firm(number: u32, name: &str) -> Firm {
    Firm {
        id: format!("firm-{number:06}"),
        uscc: uscc(number),
        name: name.to_owned(),
        former_names: vec![],
        region: Some(Region::parse("340104").unwrap()),
        established_on: Some(day("2024-03-18")),
        entered_on: Some(day("2024-12-16")),
        site_address: Some("A座1203".to_owned()),
        contact_name: None,
        contact_phone: None,
        extra: json!({"field": "量子信息"}),
        state: FirmState::In,
        updated: at(0),
    }
}

pub fn credential(number: u32, subject: &str) -> Credential {
    let mut sha256 = [0; 32];
    sha256[..4].copy_from_slice(&number.to_be_bytes());
    Credential {
        id: format!("credential-{number:06}"),
        direction: CredentialDirection::Issued,
        sha256,
        credential_type: "incubatee-certificate".to_owned(),
        number: Some(format!("HFUSP-2026-{number:04}")),
        issuer_uscc: uscc(1),
        subject_uscc: uscc(100 + number),
        subject_name: subject.to_owned(),
        provenance: Provenance::Direct,
        region: Some(Region::parse("340104").unwrap()),
        issued_on: Some(day("2026-03-01")),
        valid_until: Some(day("2028-12-15")),
        iat: at(0),
        status_uri: Some("https://status.example/1".to_owned()),
        status_idx: Some(u64::from(number)),
        state: CredentialState::Valid,
        reason: None,
        changed: None,
        received: at(0),
    }
}

pub fn case(number: u32, case_number: &str, original: [u8; 32], firm_name: &str) -> Case {
    Case {
        id: format!("case-{number:06}"),
        number: case_number.to_owned(),
        received: at(i64::from(number)),
        file_name: format!("档案{number}.zzdossier"),
        original,
        dossier_id: Some(format!("dossier-{number:06}")),
        firm_uscc: Some(uscc(number)),
        firm_name: Some(firm_name.to_owned()),
        scenario: Some(zizhi_model::Scenario::BranchOperation),
        origin: Some(Region::parse("340100").unwrap()),
        destination: Some(Region::parse("310117").unwrap()),
        state: CaseState::Received,
        verdict: None,
        due: Some(day("2026-12-10")),
        operator: Some("王经办".to_owned()),
        reviewer: None,
        outcome: None,
        updated: at(0),
    }
}

pub fn judgement(case_id: &str, verdict: Verdict) -> Judgement {
    Judgement {
        case_id: case_id.to_owned(),
        seq: 0,
        judged_at: at(5),
        verdict,
        why: Why::Received,
        report_sha256: [7; 32],
        root_version: Some(1),
        snapshot_version: Some(4),
        pack_id: Some("sh-songjiang".to_owned()),
        pack_version: Some(3),
        pack_sha256: Some([8; 32]),
        statuses: json!([{"uri": "https://status.example/1", "iat": 1}]),
    }
}

/// One of everything, as both sides would have it.
pub struct World {
    pub profile: Profile,
    pub signing_key: SigningKey,
    pub inbox_identity: InboxIdentity,
    pub firm: Firm,
    pub credential: Credential,
    pub credential_bytes: Vec<u8>,
    pub status_list: StatusList,
    pub original: Vec<u8>,
    pub case: Case,
    pub event: CaseEvent,
    pub judgement: Judgement,
    pub report: Vec<u8>,
    pub notice: ChangeNotice,
    pub request: Request,
    pub draft: Draft,
    pub draft_file: DraftFile,
    pub sent: Sent,
    pub decision: Decision,
}

pub fn world() -> World {
    let original: Vec<u8> = (0..40_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
    let sha256 = zizhi_crypto::digest::sha256(&original);
    let mut case = case(1, "收〔2026〕0001", sha256, "苏州云栈机器人科技有限公司【演示】");
    case.verdict = Some(Verdict::Pending);
    case.updated = at(5);
    World {
        profile: Profile {
            uscc: uscc(30),
            name: "松江科创孵化器【演示】".to_owned(),
            role: Role::Both,
            region: Some(Region::parse("310117").unwrap()),
            created: at(0),
        },
        signing_key: SigningKey {
            kid: "thumbprint".to_owned(),
            label: "业务签名".to_owned(),
            algorithm: "ES256".to_owned(),
            sealed: b"sealed elsewhere".to_vec(),
            public_jwk: json!({"kty": "EC", "crv": "P-256"}),
            uses: vec!["decision".to_owned(), "request".to_owned()],
            created: at(0),
            retired: None,
        },
        inbox_identity: InboxIdentity {
            recipient: "age1example".to_owned(),
            sealed: b"sealed elsewhere too".to_vec(),
            created: at(0),
        },
        firm: firm(1, "合肥星河量子传感技术有限公司【演示】"),
        credential: credential(1, "合肥星河量子传感技术有限公司【演示】"),
        credential_bytes: b"eyJ...~~".to_vec(),
        status_list: StatusList {
            uri: "https://status.example/1".to_owned(),
            bits: 2,
            next_idx: 1,
            size: 4096,
            iat: Some(at(1)),
            entries: vec![0; 1024],
            published: None,
        },
        event: CaseEvent {
            case_id: case.id.clone(),
            seq: 1,
            at: at(1),
            kind: "received".to_owned(),
            actor: "王经办".to_owned(),
            note: "窗口收件".to_owned(),
            details: json!({}),
        },
        judgement: Judgement { seq: 1, ..judgement(&case.id, Verdict::Pending) },
        report: br#"{"report_version":1}"#.to_vec(),
        notice: ChangeNotice {
            id: "notice-1".to_owned(),
            case_id: case.id.clone(),
            from_verdict: Verdict::Passed,
            to_verdict: Verdict::Pending,
            why: json!([{"code": "STAT-STALE"}]),
            created: at(6),
            seen: None,
        },
        request: Request {
            direction: Direction::Received,
            id: "request-1".to_owned(),
            counterparty: uscc(30),
            firm: Some(uscc(1)),
            scenario: Scenario::BranchOperation,
            checklist_id: "SJ-BRANCH".to_owned(),
            exp: at(86_400),
            answered_by: None,
            bytes: b"eyJ...".to_vec(),
        },
        draft: Draft {
            id: "draft-1".to_owned(),
            title: "到松江异地经营".to_owned(),
            scenario: Some(Scenario::BranchOperation),
            destination_region: Some(Region::parse("310117").unwrap()),
            aud: None,
            body: json!({"facts": {"rd_share": 60}}),
            updated: at(2),
        },
        draft_file: DraftFile {
            draft: "draft-1".to_owned(),
            sha256,
            name: "营业执照.pdf".to_owned(),
            kind: "business_licence_scan".to_owned(),
            media_type: "application/pdf".to_owned(),
            answers: vec!["licence".to_owned()],
        },
        sent: Sent {
            dossier_id: "dossier-sent".to_owned(),
            draft: Some("draft-1".to_owned()),
            sha256,
            aud: uscc(30),
            signed_at: at(3),
            state: SentState::Prepared,
            decision: None,
        },
        decision: Decision {
            id: "decision-1".to_owned(),
            direction: Direction::Issued,
            case_id: Some(case.id.clone()),
            dossier_id: "dossier-000001".to_owned(),
            outcome: DecisionOutcome::AcceptedWithConditions,
            decided_on: day("2026-11-30"),
            bytes: b"eyJ...~".to_vec(),
        },
        original,
        case,
    }
}

/// What the case of [`world`] rests on.
pub fn inputs() -> Vec<Input> {
    let input = |kind, key: &str, idx| Input { kind, key: key.to_owned(), idx };
    vec![
        input(InputKind::Issuer, uscc(1).as_str(), None),
        input(InputKind::Status, "https://status.example/1", Some(7)),
        input(InputKind::Status, "https://status.example/1", Some(9)),
        input(InputKind::Pack, "sh-songjiang", None),
        input(InputKind::Type, "incubatee-certificate", None),
    ]
}

/// Writes all of [`world`] in one transaction.
pub fn fill(database: &Database) -> World {
    let world = world();
    let writer = database.writer().unwrap();
    writer.put_profile(&world.profile).unwrap();
    writer.put_setting("language", &json!("zh-CN")).unwrap();
    writer.add_signing_key(&world.signing_key).unwrap();
    writer.add_inbox_identity(&world.inbox_identity).unwrap();
    writer.put_firm(&world.firm).unwrap();
    writer.add_credential(&world.credential, &world.credential_bytes).unwrap();
    writer.put_status_list(&world.status_list).unwrap();
    writer.add_original(&mut world.original.as_slice(), "application/zip", at(1)).unwrap();
    assert_eq!(writer.next_case_number(2026).unwrap(), world.case.number, "the year's first number");
    writer.add_case(&Case { verdict: None, updated: at(0), ..world.case.clone() }).unwrap();
    writer.add_case_event(&world.event).unwrap();
    writer.add_judgement(&world.judgement, &world.report, &inputs()).unwrap();
    writer.add_change_notice(&world.notice).unwrap();
    writer.add_request(&world.request).unwrap();
    writer.put_draft(&world.draft).unwrap();
    writer.put_draft_file(&world.draft_file).unwrap();
    writer.add_sent(&world.sent).unwrap();
    writer.add_decision(&world.decision).unwrap();
    writer.note_signed_time(at(1)).unwrap();
    writer.commit(&entry("world.filled").about("world", "1").with(json!({"rows": 18}))).unwrap();
    world
}

/// Holds the database to all of [`world`].
pub fn assert_filled(database: &Database, world: &World) {
    let reader = database.reader().unwrap();
    assert_eq!(reader.profile().unwrap().as_ref(), Some(&world.profile), "the profile");
    assert_eq!(reader.setting("language").unwrap(), Some(json!("zh-CN")), "the setting");
    assert_eq!(reader.signing_keys().unwrap(), std::slice::from_ref(&world.signing_key), "the signing key");
    assert_eq!(
        reader.inbox_identities().unwrap(),
        std::slice::from_ref(&world.inbox_identity),
        "the inbox identity"
    );
    assert_eq!(reader.firm(&world.firm.id).unwrap().as_ref(), Some(&world.firm), "the firm");
    let id = &world.credential.id;
    assert_eq!(reader.credential(id).unwrap().as_ref(), Some(&world.credential), "the credential");
    assert_eq!(reader.credential_bytes(id).unwrap().as_ref(), Some(&world.credential_bytes), "its bytes");
    let uri = &world.status_list.uri;
    assert_eq!(reader.status_list(uri).unwrap().as_ref(), Some(&world.status_list), "the status list");
    let mut original = Vec::new();
    let mut opened = reader.open_original(&world.case.original).unwrap().expect("the original");
    std::io::Read::read_to_end(&mut opened, &mut original).unwrap();
    assert!(original == world.original, "the original's bytes");
    let case_id = &world.case.id;
    assert_eq!(reader.case(case_id).unwrap().as_ref(), Some(&world.case), "the case");
    assert_eq!(reader.case_events(case_id).unwrap(), std::slice::from_ref(&world.event), "the event");
    assert_eq!(reader.judgements(case_id).unwrap(), std::slice::from_ref(&world.judgement), "the judgement");
    assert_eq!(reader.latest_judgement(case_id).unwrap().as_ref(), Some(&world.judgement));
    assert_eq!(reader.report(case_id, 1).unwrap().as_ref(), Some(&world.report), "the report");
    assert_eq!(reader.notices_of_case(case_id).unwrap(), std::slice::from_ref(&world.notice), "the notice");
    let Request { direction, id, .. } = &world.request;
    assert_eq!(reader.request(*direction, id).unwrap().as_ref(), Some(&world.request), "the request");
    assert_eq!(reader.draft(&world.draft.id).unwrap().as_ref(), Some(&world.draft), "the draft");
    assert_eq!(
        reader.draft_files(&world.draft.id).unwrap(),
        std::slice::from_ref(&world.draft_file),
        "its file"
    );
    assert_eq!(reader.sent(&world.sent.dossier_id).unwrap().as_ref(), Some(&world.sent), "the sent dossier");
    assert_eq!(
        reader.decisions_of_case(case_id).unwrap(),
        std::slice::from_ref(&world.decision),
        "the decision"
    );
    assert_eq!(reader.newest_signed_time().unwrap(), Some(at(1)), "the newest signed time");
    let found = reader.firms(&zizhi_store::FirmFilter { text: "xhlz".into(), ..Default::default() }, None, 9);
    assert_eq!(found.unwrap().rows, std::slice::from_ref(&world.firm), "the firm is found by initials");
}
