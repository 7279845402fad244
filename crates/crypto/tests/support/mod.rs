//! What several test files need: repeatable randomness, data files, other people's programs.
#![expect(dead_code, reason = "each test file uses its part")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use zizhi_crypto::digest::sha256;
use zizhi_crypto::{Algorithm, Random, SigningKey};

/// Bytes that look random and are the same in every run.
pub struct Repeatable(pub u64);

impl Random for Repeatable {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&sha256(&self.0.to_be_bytes())[..chunk.len()]);
        }
    }
}

/// A source that is broken in the worst way.
pub struct Constant(pub u8);

impl Random for Constant {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

pub fn key(algorithm: Algorithm, seed: u64) -> SigningKey {
    SigningKey::generate(algorithm, &mut Repeatable(seed * 1000)).expect("a key")
}

/// The algorithms that this build can use.
pub fn algorithms() -> &'static [Algorithm] {
    if cfg!(feature = "gm") { &Algorithm::ALL } else { &[Algorithm::Es256, Algorithm::EdDsa] }
}

pub fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(path)
}

pub fn unhex(text: &str) -> Vec<u8> {
    zizhi_crypto::digest::from_hex(&text.to_lowercase().replace(' ', "")).expect("hexadecimal")
}

/// What a program made of its input: whether it succeeded, and its output.
pub struct Ran {
    pub success: bool,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

/// Runs a program that `cargo xtask setup` installs by name.
pub fn run(program: &str, arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} has to be installed (apt-get install {program}): {error}"));
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that stops reading early breaks the pipe, which says nothing about its result.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("a writer");
    Ran {
        success: output.status.success(),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
