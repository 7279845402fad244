//! What every fuzz target does with its bytes: one function for each, so that a finding that was kept is
//! replayed by an ordinary test.
//!
//! A fuzzer cannot sign. Where the interesting code lies behind a signature or a checksum, a target takes
//! the bytes as they are and also wraps them properly, so that both sides of that door get their turn.

mod archives;
mod rules;
mod signed;

use std::sync::LazyLock;

use zizhi_crypto::{Algorithm, Random, SigningKey};

pub use archives::{container, trust, zip};
pub use rules::{certlogic, dcql, rule_pack};
pub use signed::{jws, manifest, sdjwt, status_list};

/// What a target does with the fuzzer's bytes.
pub type Target = fn(&[u8]);

/// Every target by the name of its file in `fuzz/fuzz_targets`.
pub const TARGETS: [(&str, Target); 10] = [
    ("certlogic", certlogic),
    ("container", container),
    ("dcql", dcql),
    ("jws", jws),
    ("manifest", manifest),
    ("rule_pack", rule_pack),
    ("sdjwt", sdjwt),
    ("status_list", status_list),
    ("trust", trust),
    ("zip", zip),
];

/// The same bytes in every run, so that a finding stays one.
struct Fixed(u64);

impl Random for Fixed {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = self.0.to_be_bytes()[0];
        }
    }
}

/// The key with which targets sign what the fuzzer made up.
static KEY: LazyLock<Option<SigningKey>> =
    LazyLock::new(|| SigningKey::generate(Algorithm::EdDsa, &mut Fixed(7)).ok());

/// The key; a target without one has nothing to do.
fn key() -> Option<&'static SigningKey> {
    KEY.as_ref()
}

/// The bytes in pieces: a line with `%` alone divides them, which keeps cases readable.
fn pieces(data: &[u8]) -> Vec<&[u8]> {
    const BETWEEN: &[u8] = b"\n%\n";
    let mut pieces = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        let (piece, after) = rest.split_at(at);
        pieces.push(piece);
        rest = after.get(BETWEEN.len()..).unwrap_or_default();
    }
    pieces.push(rest);
    pieces
}
