//! The large database: names as firms have them, made from a few parts.

use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use zizhi_model::{Provenance, Region, Scenario, Uscc, Verdict};
use zizhi_store::{
    Case, CaseState, Credential, CredentialDirection, CredentialState, Database, DatabaseKey, Entry, Firm,
    FirmState, Input, InputKind, Judgement, Why,
};

pub const URI: &str = "https://status.example/1";
pub const TYPES: &[&str] = &[
    "incubatee-certificate",
    "high-tech-enterprise",
    "tech-sme",
    "invention-patent",
    "utility-model-patent",
    "software-copyright",
    "tech-contract",
    "iso-9001",
];

/// A type that one credential in [`SELDOM`] has.
pub const RARE: &str = "innovation-voucher";
const SELDOM: u32 = 20_000;

const CITIES: &[(&str, &str)] = &[
    ("合肥", "340104"),
    ("苏州", "320594"),
    ("杭州", "330110"),
    ("上海", "310117"),
    ("嘉兴", "330421"),
    ("南京", "320106"),
    ("芜湖", "340207"),
    ("宁波", "330212"),
    ("无锡", "320214"),
    ("张江", "310115"),
];
const FIELDS: &[&str] = &[
    "量子传感",
    "机器人",
    "新材料",
    "生物医药",
    "人工智能",
    "集成电路",
    "新能源",
    "环保",
    "软件",
    "航空",
    "光电",
    "半导体",
    "智能装备",
    "物联网",
    "大数据",
    "食品",
    "文化传媒",
    "检测",
    "精密机械",
    "医疗器械",
];
const ENDS: &[&str] = &["科技有限公司", "技术有限公司", "科技股份有限公司", "有限公司", "研究院有限公司"];
const SYLLABLES: &str = "星河云栈澄波华诚瑞丰博远创新明德信达启航天宇海纳百川金石中正恒源泰安立行知鼎盛嘉禾元景同方汇智凌霄\
                         玉衡紫光青禾白鹭红杉绿洲蓝图银杏铁牛木棉水晶火炬土星日月山岳江湖风雷雨露霜雪松柏竹梅兰菊荷桂";

/// How much there is.
pub struct Size {
    pub firms: u32,
    pub credentials: u32,
    pub cases: u32,
}

impl Size {
    pub fn wanted() -> Self {
        let firms = std::env::var("ZIZHI_FIRMS").ok().and_then(|firms| firms.parse().ok()).unwrap_or(200_000);
        Self { firms, credentials: firms * 10, cases: firms / 4 }
    }
}

/// Numbers that look random and are the same in every run.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    pub fn of<T: Copy>(&mut self, list: &[T]) -> T {
        let at = self.below(list.len() as u32) as usize;
        *list.get(at).expect("the index is below the length")
    }
}

pub fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + seconds, 0).expect("a time")
}

/// The code of the firm `number`, in one of the registrars' regions.
pub fn uscc(number: u32) -> Uscc {
    let (_, region) = CITIES.get(number as usize % CITIES.len()).expect("in the list");
    // Neighbours in number are no neighbours in code.
    let own = u64::from(number).wrapping_mul(7_919_191) % 1_000_000_000;
    let stem = format!("91{region}{own:09}");
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .find_map(|check| Uscc::parse(&format!("{stem}{check}")).ok())
        .expect("one of them fits")
}

pub fn name(random: &mut Random) -> String {
    let syllables: Vec<char> = SYLLABLES.chars().filter(|c| !c.is_whitespace()).collect();
    let (city, _) = random.of(CITIES);
    let own: String = (0..2 + random.below(2)).map(|_| random.of(&syllables)).collect();
    format!("{city}{own}{}{}", random.of(FIELDS), random.of(ENDS))
}

fn region(random: &mut Random) -> Option<Region> {
    Region::parse(random.of(CITIES).1).ok()
}

pub fn firm(number: u32, random: &mut Random) -> Firm {
    Firm {
        id: format!("0195a1b2-0000-7000-8000-{number:012}"),
        uscc: uscc(number),
        name: name(&mut Random(u64::from(number) + 1)),
        former_names: vec![],
        region: region(random),
        established_on: NaiveDate::from_ymd_opt(2024, 3, 18),
        entered_on: NaiveDate::from_ymd_opt(2024, 12, 16),
        site_address: Some("A座1203".to_owned()),
        contact_name: None,
        contact_phone: Some("138****0012".to_owned()),
        extra: json!({"field": random.of(FIELDS), "limit_months": 48, "holder_jwk": jwk(number)}),
        state: if random.below(10) == 0 { FirmState::Graduated } else { FirmState::In },
        updated: at(0),
    }
}

/// The public key of a firm, as its register holds it.
pub fn jwk(number: u32) -> Value {
    json!({"crv": "P-256", "kty": "EC", "x": format!("{number:043}"), "y": "x".repeat(43)})
}

pub fn credential_id(number: u32) -> String {
    format!("0195a1b3-0000-7000-8000-{number:012}")
}

/// The number of the credential `number`.
pub fn number(number: u32) -> String {
    format!("ZS{number:010}")
}

pub fn credential(number: u32, size: &Size, random: &mut Random) -> (Credential, Vec<u8>) {
    let subject = random.below(size.firms);
    let mut sha256 = [0; 32];
    sha256.iter_mut().for_each(|byte| *byte = random.next() as u8);
    let kind = if number.is_multiple_of(SELDOM) { RARE } else { random.of(TYPES) };
    let row = Credential {
        id: credential_id(number),
        direction: CredentialDirection::Issued,
        sha256,
        credential_type: kind.to_owned(),
        number: Some(self::number(number)),
        issuer_uscc: uscc(0),
        subject_uscc: uscc(subject),
        subject_name: name(&mut Random(u64::from(subject) + 1)),
        provenance: random.of(Provenance::ALL),
        region: region(random),
        issued_on: NaiveDate::from_ymd_opt(2026, 3, 1),
        valid_until: NaiveDate::from_ymd_opt(2027, 1, 1)
            .and_then(|day| day.checked_add_signed(TimeDelta::days(i64::from(random.below(1000))))),
        iat: at(0),
        status_uri: Some(URI.to_owned()),
        status_idx: Some(u64::from(number)),
        state: if random.below(100) == 0 { CredentialState::Revoked } else { CredentialState::Valid },
        reason: None,
        changed: None,
        received: at(i64::from(number)),
    };
    let bytes: Vec<u8> = (0..160).flat_map(|_| random.next().to_be_bytes()).collect();
    (row, bytes)
}

fn case(number: u32, case_number: String, original: [u8; 32], size: &Size, random: &mut Random) -> Case {
    let firm = random.below(size.firms);
    Case {
        id: format!("0195a1b4-0000-7000-8000-{number:012}"),
        number: case_number,
        received: at(i64::from(number) * 60),
        file_name: "档案.zzdossier".to_owned(),
        original,
        dossier_id: Some(format!("0195a1b5-0000-7000-8000-{number:012}")),
        firm_uscc: Some(uscc(firm)),
        firm_name: Some(name(&mut Random(u64::from(firm) + 1))),
        scenario: Some(random.of(Scenario::ALL)),
        origin: region(random),
        destination: region(random),
        state: random.of(CaseState::ALL),
        verdict: None,
        due: NaiveDate::from_ymd_opt(2026, 12, 10),
        operator: None,
        reviewer: None,
        outcome: None,
        updated: at(0),
    }
}

/// The folder of the database, which is made if it is not there.
pub fn database(size: &Size) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/bench-store")
        .join(format!("{}-firms", size.firms));
    if Database::exists(&folder) && folder.join("done").exists() {
        return folder;
    }
    drop(std::fs::remove_dir_all(&folder));
    let begun = Instant::now();
    let database = Database::create(&folder, &key(), b"{}").expect("created");
    fill(&database, size);
    database.close().expect("closed");
    std::fs::write(folder.join("done"), b"").expect("marked");
    let size = std::fs::metadata(folder.join(zizhi_store::DATABASE_FILE)).expect("there").len() >> 20;
    println!("made a database of {size} MiB in {:.0} s", begun.elapsed().as_secs_f64());
    folder
}

/// Puts all of it into a database.
pub fn fill(database: &Database, size: &Size) {
    let mut random = Random(0);
    in_batches(database, size.firms, |writer, number| {
        writer.put_firm(&firm(number, &mut random)).expect("stored");
    });
    in_batches(database, size.credentials, |writer, number| {
        let (row, bytes) = credential(number, size, &mut random);
        writer.add_credential(&row, &bytes).expect("stored");
    });
    in_batches(database, size.cases, |writer, number| {
        let bytes = number.to_be_bytes();
        let original = writer.add_original(&mut bytes.as_slice(), "", at(0)).expect("stored");
        let case_number = writer.next_case_number(2026).expect("a number");
        let case = case(number, case_number, original.sha256, size, &mut random);
        writer.add_case(&case).expect("stored");
        let judgement = Judgement {
            case_id: case.id,
            seq: 0,
            judged_at: at(0),
            verdict: random.of(Verdict::ALL),
            why: Why::Received,
            report_sha256: original.sha256,
            root_version: Some(1),
            snapshot_version: Some(1),
            pack_id: Some("sh-songjiang".to_owned()),
            pack_version: Some(1),
            pack_sha256: None,
            statuses: json!([]),
        };
        let status = |random: &mut Random| Input {
            kind: InputKind::Status,
            key: URI.to_owned(),
            idx: Some(u64::from(random.below(size.credentials))),
        };
        let inputs: Vec<Input> = (0..8).map(|_| status(&mut random)).collect();
        writer.add_judgement(&judgement, b"{}", &inputs).expect("stored");
    });
}

fn in_batches(database: &Database, rows: u32, mut write: impl FnMut(&zizhi_store::Writer<'_>, u32)) {
    let mut numbers = 0..rows;
    while !numbers.is_empty() {
        let writer = database.writer().expect("writer");
        for number in numbers.by_ref().take(20_000) {
            write(&writer, number);
        }
        writer.commit(&Entry::new(at(0), "bench", "rows.made")).expect("committed");
    }
}
