//! The program that the tuf-conformance suite drives: `init`, `refresh`, `download`.
//!
//! It is the client of this crate with the strict rule about expiry, a folder for a memory and the
//! plainest HTTP to 127.0.0.1. It is not a program for users. See docs/tuf-conformance.md.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use zizhi_trust::client::{Attempt, Expired, Options, Round, Search, State, refresh};
use zizhi_trust::{Source, SourceError, TrustLimits};

/// What went wrong, as text: it only goes to the suite's log.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // The suite shows it beside a failing test.
            let _ = writeln!(std::io::stderr(), "tuf-conformance-client: {failure}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Arguments {
    metadata_dir: PathBuf,
    metadata_url: String,
    target_names: Vec<String>,
    target_base_url: String,
    target_dir: PathBuf,
    words: Vec<String>,
}

fn run() -> Result<(), Failure> {
    let arguments = arguments()?;
    let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["init", root] => {
            std::fs::copy(root, arguments.metadata_dir.join("root.json"))?;
            Ok(())
        }
        ["refresh"] => update(&arguments, false),
        ["download"] => update(&arguments, true),
        _ => Err("use init ROOT, refresh or download".into()),
    }
}

fn arguments() -> Result<Arguments, Failure> {
    let mut found = Arguments::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or("an option without its value");
        match word.as_str() {
            "--metadata-dir" => found.metadata_dir = value()?.into(),
            "--metadata-url" => found.metadata_url = value()?,
            "--target-name" => found.target_names.push(value()?),
            "--target-base-url" => found.target_base_url = value()?,
            "--target-dir" => found.target_dir = value()?.into(),
            _ => found.words.push(word),
        }
    }
    Ok(found)
}

fn update(arguments: &Arguments, download: bool) -> Result<(), Failure> {
    let source = Http { metadata: &arguments.metadata_url, targets: &arguments.target_base_url };
    let options = Options { expired: Expired::Refuse, ..Options::default() };
    let round = Round { source: &source, now: now(), options };
    let start = read_state(&arguments.metadata_dir, &options.limits)?;
    let Attempt { mut state, outcome } = refresh(start, &round);
    write_state(&arguments.metadata_dir, &state)?;
    let mut loaded = outcome?;
    if !download {
        return Ok(());
    }
    for name in &arguments.target_names {
        let search = loaded.find_reading(name, &mut state, &round);
        write_state(&arguments.metadata_dir, &state)?;
        let info = match search {
            Search::Found { info, .. } => info,
            Search::NotFound => return Err(format!("{name} is not listed").into()),
            Search::Blocked { role, defect } => return Err(format!("{role}: {defect}").into()),
        };
        let file = arguments.target_dir.join(quoted(name, b""));
        let good = |bytes: &[u8]| bytes.len() as u64 == info.length && info.hashes.hold(bytes);
        if std::fs::read(&file).is_ok_and(|bytes| good(&bytes)) {
            continue;
        }
        let stored = loaded.stored_name(name, &info).ok_or("no digest that can be checked")?;
        let bytes = source.target(&stored, info.length)?.ok_or("the target is missing")?;
        if !good(&bytes) {
            return Err(format!("{name} is not what was signed for").into());
        }
        std::fs::write(file, bytes)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a host; the suite moves this clock")]
fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

const TOP_LEVEL: [&str; 4] = ["root", "timestamp", "snapshot", "targets"];

fn read_state(folder: &Path, limits: &TrustLimits) -> Result<State, Failure> {
    let mut state = State::pinned(&std::fs::read(folder.join("root.json"))?, limits)?;
    let read = |name: &str| std::fs::read(folder.join(format!("{name}.json"))).ok();
    state.timestamp = read("timestamp");
    state.snapshot = read("snapshot");
    state.targets = read("targets");
    let mut delegated = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if let Some(role) = name.strip_suffix(".json").filter(|role| !TOP_LEVEL.contains(role))
            && let (Some(bytes), Some(role)) = (read(role), unquoted(role))
        {
            delegated.insert(role, bytes);
        }
    }
    state.delegated = delegated;
    Ok(state)
}

fn write_state(folder: &Path, state: &State) -> Result<(), Failure> {
    let top_level =
        [("timestamp", &state.timestamp), ("snapshot", &state.snapshot), ("targets", &state.targets)];
    std::fs::write(folder.join("root.json"), &state.root)?;
    for (role, bytes) in top_level {
        let file = folder.join(format!("{role}.json"));
        match bytes {
            Some(bytes) => std::fs::write(file, bytes)?,
            None if file.exists() => std::fs::remove_file(file)?,
            None => {}
        }
    }
    for (role, bytes) in &state.delegated {
        std::fs::write(folder.join(format!("{}.json", quoted(role, b""))), bytes)?;
    }
    Ok(())
}

struct Http<'a> {
    metadata: &'a str,
    targets: &'a str,
}

impl Source for Http<'_> {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        // Role names arrive percent-encoded.
        get(&format!("{}{name}", self.metadata), max)
    }

    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        get(&format!("{}{}", self.targets, quoted(path, b"/")), max)
    }

    fn status(&self, _: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(None)
    }
}

/// One GET over HTTP/1.0, which ends when the server closes.
fn get(url: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
    let failed = |reason: String| SourceError::Read { name: url.to_owned(), reason };
    let rest = url.strip_prefix("http://").ok_or_else(|| failed("not http".to_owned()))?;
    let (host, path) = rest.split_once('/').ok_or_else(|| failed("no path".to_owned()))?;
    let request = || -> std::io::Result<Vec<u8>> {
        const HEAD: u64 = 64 * 1024;
        let mut stream = TcpStream::connect(host)?;
        write!(stream, "GET /{path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.take(max.saturating_add(HEAD)).read_to_end(&mut answer)?;
        Ok(answer)
    };
    let answer = request().map_err(|error| failed(error.to_string()))?;
    let end =
        answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| failed("no head".to_owned()))?;
    let (head, body) = (answer.get(..end).unwrap_or_default(), answer.get(end + 4..).unwrap_or_default());
    let status = String::from_utf8_lossy(head).split(' ').nth(1).map(str::to_owned).unwrap_or_default();
    match status.as_str() {
        "200" if body.len() as u64 > max => Err(SourceError::TooLarge { name: url.to_owned(), max }),
        "200" => Ok(Some(body.to_vec())),
        "403" | "404" => Ok(None),
        _ => Err(failed(format!("status {status}"))),
    }
}

fn quoted(text: &str, safe: &[u8]) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || safe.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn unquoted(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}
