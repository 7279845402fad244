//! What the tests share: a folder, a key, a time, and rows with everything filled in.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use tempfile::TempDir;
use zizhi_model::{Provenance, Region, Uscc, Verdict};
use zizhi_store::{
    Case, CaseState, Credential, CredentialDirection, CredentialState, Database, DatabaseKey, Entry, Firm,
    FirmState, Judgement, Why,
};

pub const WRAPPED: &[u8] = br#"{"wrapped":"in a test, nothing is"}"#;

/// A key that anyone may know: it protects nothing but test data.
pub fn key() -> DatabaseKey {
    DatabaseKey::new(*b"a test key, known to everybody 0")
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
