//! What it costs to hash the attachments of a dossier inside its ZIP, beside reading the file and
//! hashing it with ring.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a benchmark stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "the ratio is what the benchmark is for")]

#[path = "../../app/benches/common/goal.rs"]
mod goal;
#[expect(dead_code, reason = "a draft and a key are enough here")]
#[path = "../tests/dossier/support.rs"]
mod support;

use std::fs::File;
use std::hint::black_box;
use std::io::{Cursor, Read, Seek};
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use goal::kept;
use ring::digest::{Context, SHA256};
use zizhi_archive::{Archive, Bounds};
use zizhi_crypto::digest::Sha256;
use zizhi_dossier::{Attached, Digest, assemble, open};
use zizhi_model::Limits;

/// Eight scans of 12 MB.
const SCANS: u8 = 8;
const EACH: usize = 12_000_000;
const BLOCK: usize = 256 * 1024;

fn make(path: &Path) -> u64 {
    let mut attached: Vec<_> = (0..SCANS)
        .map(|number| {
            let content: Vec<u8> =
                (0..EACH).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8 ^ number).collect();
            Attached {
                sha256: Digest::of(&content),
                size: content.len() as u64,
                content: Cursor::new(content),
                media_type: "image/jpeg".to_owned(),
                name: format!("{number}.jpg"),
                kind: "lease".to_owned(),
                answers: Vec::new(),
            }
        })
        .collect();
    let file = File::create(path).unwrap();
    let limits = Limits::default();
    assemble(file, support::draft(), &[], &mut attached, &support::key(), &limits).unwrap().size
}

/// The yardstick: read and hash, nothing else.
fn file_alone(path: &Path) {
    let mut file = File::open(path).unwrap();
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; BLOCK];
    loop {
        let read = file.read(&mut buffer).unwrap();
        if read == 0 {
            break;
        }
        context.update(buffer.get(..read).unwrap());
    }
    black_box(context.finish());
}

/// Every attachment is hashed and checked against its CRC, on one core.
fn attachments(path: &Path) {
    let limits = Limits::default();
    let bounds = Bounds {
        file_bytes: limits.file_bytes,
        entry_bytes: limits.entry_bytes,
        entries: limits.entries,
        ratio: limits.ratio,
    };
    let mut archive = Archive::open(File::open(path).unwrap(), &bounds).unwrap();
    for index in 0..archive.entries().len() {
        let mut state = Sha256::new();
        archive.stream(index, &mut |bytes: &[u8]| state.update(bytes)).unwrap();
        black_box(state.finish());
    }
}

/// All of it: structure, every entry's digest, the digest of the whole file. Every byte is hashed
/// twice, on two cores where there are two.
fn whole(path: &Path) {
    let opened = open(File::open(path).unwrap(), &Limits::default()).unwrap();
    assert!(black_box(opened).problems.is_empty());
}

/// The best of many rounds, in turns, so that whatever else the machine does hits all alike.
fn best(path: &Path, works: [fn(&Path); 3]) -> [Duration; 3] {
    let mut best = [Duration::MAX; 3];
    for _ in 0..30 {
        for (work, best) in works.iter().zip(&mut best) {
            let start = Instant::now();
            work(path);
            *best = (*best).min(start.elapsed());
        }
    }
    best
}

/// Eight credentials of 4 kB and two attachments of 20 kB: 72 kB in twelve entries.
fn small() -> Vec<u8> {
    let presented: Vec<_> =
        (0..8).map(|number| support::presented(&number.to_string().repeat(4000))).collect();
    let content: &'static [u8] = &[7; 20_000];
    let mut attached =
        [support::attached(content, "a.pdf"), support::attached(content.split_at(19_999).0, "b.pdf")];
    let mut out = Cursor::new(Vec::new());
    let limits = Limits::default();
    assemble(&mut out, support::draft(), &presented, &mut attached, &support::key(), &limits).unwrap();
    out.into_inner()
}

fn main() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path();
    let size = make(path);
    // What is measured is the work, not the disk.
    File::open(path).unwrap().rewind().unwrap();
    file_alone(path);

    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(4));
    let mut group = criterion.benchmark_group("dossier of 96 MB");
    group.throughput(Throughput::Bytes(size));
    group.bench_function("read the file and hash it with ring", |bench| bench.iter(|| file_alone(path)));
    group.bench_function("hash its attachments", |bench| bench.iter(|| attachments(path)));
    group.bench_function("open it", |bench| bench.iter(|| whole(path)));
    group.finish();
    let small = small();
    criterion.bench_function("open a dossier of 72 kB in memory", |bench| {
        bench.iter(|| open(Cursor::new(&small), &Limits::default()).unwrap());
    });
    criterion.bench_function("hash 72 kB twice with ring", |bench| {
        bench.iter(|| [(); 2].map(|()| ring::digest::digest(&SHA256, &small)));
    });
    criterion.final_summary();

    let [alone, attachments, whole] = best(path, [file_alone, attachments, whole]);
    let ratio = |ours: Duration| alone.as_secs_f64() / ours.as_secs_f64();
    println!(
        "attachment_hash: {attachments:?}, ring alone {alone:?}, ratio {:.3} (goal 0.90) {}",
        ratio(attachments),
        kept(ratio(attachments) >= 0.90)
    );
    println!("dossier_open: {whole:?}, ring alone {alone:?}, ratio {:.3}", ratio(whole));
}
