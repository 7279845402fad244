//! What verifying a presentation costs beside the two signatures in it.
//!
//! The work: one SD-JWT VC with 8 of 12 disclosures and a key binding, ES256, with every check made.
//! The limit: the same two signatures verified by ring alone, in the same run. The ratio of the two is
//! printed at the end; 0.90 is the goal.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark may stop, and prints what it measured"
)]

#[path = "../../app/benches/common/goal.rs"]
mod goal;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use goal::kept;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use zizhi_credential::Path;
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::present::{Binding, Choice, present};
use zizhi_credential::sdjwt::{KbPolicy, StatusRef, Unverified};
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, SystemRandom, b64};
use zizhi_model::Limits;

const IAT: i64 = 1_790_000_000;
const AUD: &str = "urn:uscc:91310117DEM000030B";
const NONCE: &str = "f4mJ0gkzQ2a7bXyN";

/// One presentation, and the two signatures in it as ring wants them.
struct Case {
    text: String,
    issuer: PublicKey,
    signatures: [(Vec<u8>, Vec<u8>, Vec<u8>); 2],
}

fn case() -> Case {
    let key = || SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key");
    let (issuer, holder) = (key(), key());
    let Value::Object(claims) = json!({
        "iss": "urn:uscc:91340100DEM0000228",
        "sub": "urn:uscc:91340100DEM000014D",
        "vct": "urn:zizhitong:credential:high-tech-enterprise:1",
        "iat": IAT,
        "provenance": "direct",
        "name": "合肥星河量子传感技术有限公司【演示】",
        "region": "340104",
        "number": "GR202534990001",
        "issued_on": "2025-11-19",
        "valid_from": "2025-11-19",
        "valid_until": "2028-11-18",
        "validity_text": "三年",
        "authority": "安徽省科学技术厅",
        "batch": "2025 年第二批",
        "industry_field": "电子信息",
        "established_on": "2024-03-18",
        "incubator_level": "ministry_standard",
        "rd_on_site": true,
        "amount_fen": 120_000_000,
    }) else {
        unreachable!("an object was written")
    };
    let statement = Statement {
        claims: &claims,
        holder: holder.public(),
        status: Some(StatusRef { uri: "https://status.example/34/1".into(), idx: 40_117 }),
        decoys: 0,
        metadata: None,
    };
    let issued = issue(&statement, &issuer, &mut SystemRandom).expect("a credential");
    let chosen = [
        "number",
        "issued_on",
        "valid_from",
        "valid_until",
        "authority",
        "industry_field",
        "rd_on_site",
        "amount_fen",
    ]
    .map(|path| Path::parse(path).expect("a path"));
    let binding = Binding { key: &holder, aud: AUD, nonce: NONCE, iat: IAT + 100 };
    let text =
        present(&issued, Choice::Only(&chosen), Some(&binding), &Limits::default()).expect("a presentation");
    assert_eq!(text.split('~').count() - 2, 8, "8 of 12 disclosures");

    let (front, kb) = text.rsplit_once('~').expect("a key binding");
    let jwt = front.split('~').next().expect("a JWT");
    let parts = |jwt: &str, key: &PublicKey| {
        let (input, signature) = jwt.rsplit_once('.').expect("a signature");
        (key.raw().to_vec(), input.as_bytes().to_vec(), b64::decode(signature).expect("base64url"))
    };
    let signatures = [parts(jwt, issuer.public()), parts(kb, holder.public())];
    Case { issuer: issuer.public().clone(), signatures, text }
}

/// Everything that formats.md asks of a presentation, but trust, status and rules.
fn verify(case: &Case, limits: &Limits) -> usize {
    let unverified = Unverified::parse(&case.text, limits).expect("within limits");
    black_box((unverified.issuer(), unverified.kid()));
    let verified = unverified.verify(&case.issuer).expect("signed by the issuer");
    let holder = verified.holder_key().expect("a key");
    let binding = verified.key_binding().expect("a key binding");
    let policy = KbPolicy {
        aud: AUD,
        nonce: NONCE,
        not_before: IAT,
        reference: Some(IAT + 100),
        now: IAT + 200,
        skew: 300,
    };
    assert!(binding.check(&holder, &policy).is_empty(), "bound to this verifier");
    let disclosed = verified.disclose().expect("every rule holds");
    black_box(disclosed.claims().issued_at);
    disclosed.disclosures().len()
}

/// The two signatures alone.
fn ring_alone(case: &Case) {
    for (key, message, signature) in &case.signatures {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key).verify(message, signature).expect("it holds");
    }
}

/// Both in turns, in many short rounds, so that whatever else the machine does hits both alike: the best
/// time of each, and the median of the rounds' ratios.
fn compare(case: &Case, limits: &Limits) -> (Duration, Duration, f64) {
    const ROUNDS: usize = 400;
    const EACH: u32 = 20;
    let time = |work: &dyn Fn()| {
        let start = Instant::now();
        for _ in 0..EACH {
            work();
        }
        start.elapsed() / EACH
    };
    let (mut ours, mut rings, mut ratios) = (Duration::MAX, Duration::MAX, Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        let our = time(&|| assert_eq!(black_box(verify(case, limits)), 8));
        let ring = time(&|| ring_alone(black_box(case)));
        (ours, rings) = (ours.min(our), rings.min(ring));
        ratios.push(ring.as_secs_f64() / our.as_secs_f64());
    }
    ratios.sort_unstable_by(f64::total_cmp);
    (ours, rings, ratios.get(ROUNDS / 2).copied().unwrap_or_default())
}

fn main() {
    let (case, limits) = (case(), Limits::default());
    assert_eq!(verify(&case, &limits), 8, "all of what was shown");
    let mut criterion = Criterion::default()
        .configure_from_args()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    criterion.bench_function("verify SD-JWT VC + KB, 8 of 12, ES256", |bench| {
        bench.iter(|| verify(&case, &limits))
    });
    criterion.bench_function("its two signatures by ring alone", |bench| bench.iter(|| ring_alone(&case)));
    criterion.final_summary();
    let (ours, rings, median) = compare(&case, &limits);
    let best = rings.as_secs_f64() / ours.as_secs_f64();
    println!(
        "credential_verify: {ours:?}, ring alone {rings:?}, ratio {best:.3}, median of rounds {median:.3} (goal 0.90) {}",
        kept(best >= 0.90)
    );
}
