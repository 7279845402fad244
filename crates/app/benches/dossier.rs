//! What verifying a dossier of eight credentials costs beside its 17 signatures.
//!
//! Trust data and rules are loaded, as they are from the second dossier on. The limit is the same 17
//! signatures verified by ring alone in the same run: 0.85 is the goal on one core, and two cores are
//! to do 1.9 times as much as one.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark stops at a surprise and prints what it measured"
)]

#[path = "common/goal.rs"]
mod goal;
#[path = "common/world.rs"]
mod world;

use std::hint::black_box;
use std::io::Cursor;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::Criterion;
use goal::kept;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use world::{Signature, World};
use zizhi_app::in_order::in_order;
use zizhi_model::{Limits, Verdict};
use zizhi_trust::{Package, Trust};
use zizhi_verify::{Input, Library, verify};

/// The allocator of the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn ring_alone(signatures: &[Signature]) {
    for (key, message, signature) in signatures {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key).verify(message, signature).expect("it holds");
    }
}

fn verify_bytes(bytes: &[u8], library: &Library, world: &World) -> Verdict {
    let limits = Limits::default();
    let opened = zizhi_dossier::open(Cursor::new(bytes), &limits).expect("readable");
    let report = verify(&Input {
        file_name: "a.zzdossier",
        opened: &opened,
        library,
        now: world.now,
        recipient: None,
        limits: &limits,
        memory: None,
        software: "benchmark",
    });
    report.verdict
}

fn time(each: u32, mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..each {
        work();
    }
    start.elapsed() / each
}

fn main() {
    let world = World::fresh();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.zztrust");
    std::fs::write(&path, world.trust(3)).expect("written");
    let package = Package::open(&path, &zizhi_trust::TrustLimits::default()).expect("a package");
    let library = Library::new(Trust::open(Arc::new(package), None, None, world.now).expect("trusted"));
    let (bytes, signatures) = world.dossier(0);
    assert_eq!(signatures.len(), 17, "manifest, eight credentials, eight key bindings");
    assert_eq!(verify_bytes(&bytes, &library, &world), Verdict::Passed, "a dossier in order");

    let mut criterion = Criterion::default()
        .configure_from_args()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    criterion.bench_function("verify a dossier of 8 credentials", |bench| {
        bench.iter(|| verify_bytes(black_box(&bytes), &library, &world))
    });
    criterion
        .bench_function("its 17 signatures by ring alone", |bench| bench.iter(|| ring_alone(&signatures)));
    criterion.final_summary();

    let (mut ours, mut rings) = (Duration::MAX, Duration::MAX);
    for _ in 0..150 {
        ours = ours.min(time(4, || {
            black_box(verify_bytes(&bytes, &library, &world));
        }));
        rings = rings.min(time(4, || ring_alone(black_box(&signatures))));
    }
    let ratio = rings.as_secs_f64() / ours.as_secs_f64();
    println!(
        "dossier_verify: {ours:?}, ring alone {rings:?}, ratio {ratio:.3} (goal 0.85) {}",
        kept(ratio >= 0.85)
    );

    let many = vec![bytes; 256];
    let batch = |workers: usize| {
        let workers = NonZeroUsize::new(workers).expect("some");
        time(1, || in_order(&many, workers, |bytes| verify_bytes(bytes, &library, &world), |_, _| true))
    };
    // What two cores of this machine can do at all: the same signatures by ring, with nothing shared.
    let limit = |threads: usize| {
        time(1, || {
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| (0..many.len() / threads).for_each(|_| ring_alone(&signatures)));
                }
            });
        })
    };
    let (mut one, mut two) = (Duration::MAX, Duration::MAX);
    let (mut limit_one, mut limit_two) = (Duration::MAX, Duration::MAX);
    for _ in 0..8 {
        one = one.min(batch(1));
        two = two.min(batch(2));
        limit_one = limit_one.min(limit(1));
        limit_two = limit_two.min(limit(2));
    }
    let factor = one.as_secs_f64() / two.as_secs_f64();
    println!(
        "dossier_cores: one {one:?}, two {two:?}, factor {factor:.2} (goal 1.90) {}; ring alone, nothing shared: {:.2}",
        kept(factor >= 1.90),
        limit_one.as_secs_f64() / limit_two.as_secs_f64()
    );
}
