//! What importing a roster of 10 000 firms and issuing a certificate to each of them costs beside the
//! 10 000 signatures.
//!
//! Everything counts that a person waits for after the passphrase: reading the table, judging every cell,
//! the register, claims, signatures, files, the database with its search index and its log, made durable.
//! The limit is the same number of ES256 signatures by ring alone in the same run, with the key prepared
//! once, on one core and on all of them. The goal is 0.7 of it. What files and rows alone take is told beside
//! it.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark stops at a surprise and prints what it measured"
)]

#[path = "common/code.rs"]
mod codes;
#[path = "common/floor.rs"]
mod floor;
#[path = "common/goal.rs"]
mod goal;

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use goal::kept;
use ring::rand::SystemRandom as RingRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use rust_xlsxwriter::Workbook;
use zizhi_app::incubator::Incubator;
use zizhi_app::issue_batch::{IssuingBatch, issue_batch, issuing_keys};
use zizhi_app::roster_import::import;
use zizhi_app::roster_preview::preview;
use zizhi_app::{Algorithm, FixedTime, SigningKey, no_trust, vault};
use zizhi_crypto::SystemRandom;
use zizhi_model::{Provenance, Region, Uscc, civil};
use zizhi_store::{After, FirmFilter, Profile, Role};
use zizhi_verify::Library;

/// The allocator of the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const FIRMS: usize = 10_000;
const PASSPHRASE: &str = "松江 孵化器 2026";
const HEADINGS: [&str; 13] = [
    "统一社会信用代码",
    "企业名称",
    "所在地区",
    "成立日期",
    "入驻日期",
    "场地地址",
    "面积（㎡）",
    "技术领域",
    "孵化协议编号",
    "孵化截止日期",
    "联系人",
    "联系电话",
    "企业公钥",
];

fn main() {
    let firms = std::env::var("ZIZHI_FIRMS").ok().and_then(|text| text.parse().ok()).unwrap_or(FIRMS);
    let rows = rows(firms);
    let temp = tempfile::tempdir().expect("a folder");
    let tables = [csv(&rows, temp.path()), xlsx(&rows, temp.path())];
    for path in &tables {
        let ending = path.extension().and_then(|ending| ending.to_str()).expect("an ending").to_owned();
        let (mut all, mut parts) = (Duration::MAX, None);
        let (mut one, mut two) = (Duration::MAX, Duration::MAX);
        for round in 0..3 {
            one = one.min(ring_alone(firms, 1));
            two = two.min(ring_alone(firms, 2));
            let took = run(path, firms, &temp.path().join(format!("{ending}-{round}")));
            if took.iter().sum::<Duration>() < all {
                all = took.iter().sum();
                parts = Some(took);
            }
        }
        let [looked, imported, issued] = parts.expect("measured");
        let [to_one, to_two] = [one, two].map(|limit| limit.as_secs_f64() / all.as_secs_f64());
        println!(
            "issue_{firms}_from_{ending}: {all:.2?} (preview {looked:.0?}, import {imported:.0?}, issue {issued:.2?}); \
             ring alone {one:.0?} on one core, {two:.0?} on two; ratio {to_one:.3} to one core, {to_two:.3} to two (goal 0.7) {}",
            kept(to_one.min(to_two) >= 0.7),
        );
    }
    let size = size_of_one(&temp.path().join("csv-0/files"));
    let [written, named] = floor::files(firms, size, &temp.path().join("floor"));
    let rows = floor::rows(firms, size, temp.path());
    println!(
        "floor_{firms}: files of {size} bytes {written:.0?} to write and {named:.0?} to name; rows alone {rows:.0?}"
    );
}

fn size_of_one(folder: &Path) -> usize {
    let mut files = std::fs::read_dir(folder).expect("a folder");
    let file = files.find_map(|file| file.ok()?.metadata().ok().filter(std::fs::Metadata::is_file));
    usize::try_from(file.expect("a file").len()).expect("small")
}

/// Looks at the table, imports it, and issues to every firm.
fn run(table: &Path, firms: usize, folder: &Path) -> [Duration; 3] {
    let host = FixedTime(civil::parse_time("2026-11-23T10:00:00+08:00").expect("a time"));
    let owner = Profile {
        uscc: Uscc::parse("91340100DEM0000228").expect("a code"),
        name: "合肥国家大学科技园【演示】".to_owned(),
        role: Role::Incubator,
        region: Region::parse("340104").ok(),
        created: host.0,
    };
    let created = vault::create(&folder.join("database"), &owner, PASSPHRASE, &host).expect("a database");
    let library = Library::new(no_trust());
    let incubator = Incubator { database: &created.unlocked.database, library: &library, host: &host };

    let begun = Instant::now();
    let roster = preview(&incubator, table, None).expect("a roster");
    let looked = begun.elapsed();
    assert_eq!((roster.new as usize, roster.problems.len()), (firms, 0), "every row is in order");
    let begun = Instant::now();
    import(&incubator, &roster, |_, _| ControlFlow::Continue(())).expect("imported");
    let imported = begun.elapsed();

    let ids = ids(&incubator);
    let keys = issuing_keys(&incubator, PASSPHRASE).expect("keys");
    let files = folder.join("files");
    let issuing = IssuingBatch {
        kind: "incubatee-certificate",
        provenance: Provenance::Direct,
        firms: &ids,
        typed: vec![("incubator_level".to_owned(), "ministry_standard".to_owned())],
        number: Some("HFUSP-2026-{00001}"),
        valid_until: Some("2027-06-30"),
        number_looked_at: false,
        attested: None,
        folder: &files,
    };
    let begun = Instant::now();
    let batch =
        issue_batch(&incubator, &issuing, || Ok(keys), |_, _| ControlFlow::Continue(())).expect("issued");
    let issued = begun.elapsed();
    assert_eq!((batch.issued.len(), batch.refused.len()), (firms, 0), "every firm gets one");
    [looked, imported, issued]
}

fn ids(incubator: &Incubator<'_>) -> Vec<String> {
    let reader = incubator.database.reader().expect("a reader");
    let (mut ids, mut after): (Vec<String>, Option<After>) = (Vec::new(), None);
    loop {
        let page = reader.firms(&FirmFilter::default(), after, 1000).expect("a page");
        ids.extend(page.rows.into_iter().map(|row| row.id));
        match page.next {
            Some(next) => after = Some(next),
            None => return ids,
        }
    }
}

/// As many signatures by ring alone, on some threads.
fn ring_alone(count: usize, threads: usize) -> Duration {
    let random = RingRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    let pair =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &random).expect("a pair");
    let message = [7_u8; 1024];
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for _ in 0..count / threads {
                    std::hint::black_box(pair.sign(&random, &message).expect("signed"));
                }
            });
        }
    });
    begun.elapsed()
}

/// Rows as an incubator has them.
fn rows(firms: usize) -> Vec<Vec<String>> {
    const PLACES: [&str; 6] = ["合肥", "松江", "余杭", "苏州", "嘉善", "芜湖"];
    const TRADES: [&str; 8] =
        ["量子传感", "机器人", "新材料", "生物医药", "集成电路", "智能装备", "环保科技", "软件"];
    const WORDS: [&str; 10] =
        ["星河", "云栈", "澄波", "砚田", "青禾", "远望", "知行", "九章", "明德", "启元"];
    let key = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key");
    let jwk = serde_json::to_string(&key.public().to_jwk()).expect("a JWK");
    (0..firms)
        .map(|n| {
            vec![
                code(n),
                format!(
                    "{}{}{}科技{n}有限公司【演示】",
                    PLACES[n % 6],
                    WORDS[n / 6 % 10],
                    TRADES[n / 60 % 8]
                ),
                "安徽省合肥市蜀山区".to_owned(),
                format!("2025-{:02}-{:02}", n % 12 + 1, n % 28 + 1),
                format!("2026/{}/{}", n % 9 + 1, n % 28 + 1),
                format!("合肥市蜀山区望江西路{}号创业大厦{}室【演示】", n % 300 + 1, n % 40 + 101),
                format!("{}", n % 400 + 20),
                TRADES[n / 60 % 8].to_owned(),
                format!("HFUSP-XY-{n:05}"),
                String::new(),
                "联系人".to_owned(),
                format!("1380000{:04}", n % 10_000),
                jwk.clone(),
            ]
        })
        .collect()
}

/// A made-up organisation whose check characters hold.
fn code(n: usize) -> String {
    codes::code("91340100", n)
}

fn csv(rows: &[Vec<String>], folder: &Path) -> PathBuf {
    let mut text = String::from("\u{feff}");
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    writeln!(text, "{}", HEADINGS.join(",")).expect("written");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        writeln!(text, "{}", cells.join(",")).expect("written");
    }
    let path = folder.join("名册.csv");
    std::fs::write(&path, text).expect("written");
    path
}

fn xlsx(rows: &[Vec<String>], folder: &Path) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(0, column, heading).expect("written");
    }
    for (number, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            sheet.write(number, column, cell).expect("written");
        }
    }
    let path = folder.join("名册.xlsx");
    book.save(&path).expect("saved");
    path
}
