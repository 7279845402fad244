//! Repositories written by python-tuf and by us, each loaded by python-tuf's client and by ours.
//!
//! Run with the feature `interop` by `cargo xtask test`, which sets the tools up and says where they
//! are: `ZIZHI_INTEROP_PYTHON` is a Python with the packages of `tests/interop/requirements.txt`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::client::{Expired, Options, Round, State, refresh};
use zizhi_trust::{Folder, ProvinceState, Trust, TrustError, TrustLimits};

use common::{Fixed, ISSUERS, key, now, record, uscc};

const PROVINCES: [&str; 4] = ["31", "32", "33", "34"];
/// The province whose keys are replaced in the second generation.
const ROTATED: &str = "33";

/// Who writes a repository, and how.
#[derive(Debug, Clone, Copy)]
enum Writer {
    Ours,
    Python { keys: &'static str, compact: bool, digests: bool },
}

const PYTHON: Writer = Writer::Python { keys: "both", compact: false, digests: true };

/// Every way of python-tuf's to write metadata that we read.
const PYTHONS: [Writer; 4] = [
    Writer::Python { keys: "ed25519", compact: true, digests: false },
    Writer::Python { keys: "ecdsa", compact: false, digests: false },
    Writer::Python { keys: "both", compact: true, digests: true },
    PYTHON,
];

/// Files by path: what a repository holds, or what a client got of it.
type Files = BTreeMap<String, String>;

/// What both write: an issuer in each province, two rule packs, two types, with names in Chinese.
fn content() -> Files {
    let issuer = |((province, code, region), seed): (&(&str, &str, &str), u64)| {
        let record = record(code, region, &key(seed)).to_json().unwrap();
        (format!("issuers/{province}/{code}.json"), String::from_utf8(record).unwrap())
    };
    let mut files: Files = ISSUERS.iter().zip(100..).map(issuer).collect();
    for path in [
        "rules/31/sh-songjiang.json",
        "rules/33/zj-yuhang.json",
        "types/高新技术企业.json",
        "types/incubatee-certificate.json",
    ] {
        files.insert(path.to_owned(), json!({ "path": path, "name": "资质通 “\\” \"\n" }).to_string());
    }
    files
}

/// The role that signs for a file.
fn role(path: &str) -> &str {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["issuers" | "rules", province, _] => province,
        _ => "targets",
    }
}

/// Everything ends so far away that it does not matter that python-tuf reads the machine's clock.
const FAR: &str = "2126-01-01T00:00:00Z";
const PAST: &str = "2020-01-01T00:00:00Z";

/// Writes each repository into its folder: who writes, how old it is, when it ends, where it goes.
fn write(all: &[(Writer, u32, &str, &Path)]) {
    let mut jobs = Vec::new();
    for (writer, generation, expires, folder) in all {
        match *writer {
            Writer::Ours => write_ours(*generation, expires, folder),
            Writer::Python { keys, compact, digests } => jobs.push(json!({
                "folder": folder, "targets": by_role(&content()), "expires": expires, "keys": keys,
                "compact": compact, "digests": digests, "generation": generation,
            })),
        }
    }
    ask("write.py", &jobs);
}

fn by_role(files: &Files) -> BTreeMap<&str, Files> {
    let mut roles: BTreeMap<&str, Files> = BTreeMap::new();
    for (path, text) in files {
        roles.entry(role(path)).or_default().insert(path.clone(), text.clone());
    }
    roles
}

fn write_ours(generation: u32, expires: &str, folder: &Path) {
    let terms = ending(expires);
    let keys = Keys::generate(&PROVINCES, &mut Fixed(1)).unwrap();
    let mut repository = Repository::init(&keys, &terms).unwrap();
    let files = content();
    for ((province, code, region), seed) in ISSUERS.iter().zip(100..) {
        repository.put_issuer(province, &record(code, region, &key(seed))).unwrap();
    }
    for (path, text) in &files {
        let name = path.rsplit('/').next().and_then(|file| file.strip_suffix(".json")).unwrap();
        match path.split('/').next() {
            Some("rules") => repository.put_rule_pack(role(path), name, text.as_bytes()).unwrap(),
            Some("types") => repository.put_type(name, text.as_bytes()).unwrap(),
            _ => {}
        }
    }
    let new = [key(900), key(901), key(902)];
    let mut all = keys.all();
    repository.publish(&all, &terms).unwrap();
    all.extend(&new);
    for generation in 2..=generation {
        if generation == 2 {
            let [root, distributor, own] = new.each_ref().map(|key| key.public());
            let old = keys.provinces.get(ROTATED).unwrap().root.public();
            repository.replace_root_key(old, root).unwrap();
            repository.replace_distributor_key(keys.distributor.public(), distributor).unwrap();
            repository.replace_province_key(ROTATED, own).unwrap();
        }
        repository.renew_all();
        repository.publish(&all, &terms).unwrap();
    }
    repository.write(folder).unwrap();
}

/// Terms under which every role ends at `expires`.
fn ending(expires: &str) -> Terms {
    const DAYS: u32 = 30;
    let end: DateTime<Utc> = expires.parse().unwrap();
    Terms {
        issued: end - common::days(DAYS.into()),
        root_days: DAYS,
        targets_days: DAYS,
        province_days: DAYS,
        snapshot_days: DAYS,
        timestamp_days: DAYS,
    }
}

/// What a client made of a repository.
#[derive(Debug)]
struct Got {
    /// The files that it gave; none if it refused the repository.
    files: Files,
    /// Why it refused the repository.
    error: Option<String>,
    /// Version of every role that it trusts.
    versions: BTreeMap<String, u64>,
}

/// One client of each kind, with what it remembers.
struct Clients {
    ours: Option<State>,
    memory: TempDir,
}

impl Clients {
    fn new() -> Self {
        Self { ours: None, memory: TempDir::new().unwrap() }
    }

    /// Loads the repository in `folder` with our client and asks it for `paths`. The first time it
    /// starts from the first root, then from what it remembers.
    fn ours(&mut self, folder: &Path, paths: &[&str]) -> Got {
        let pin = fs::read(pin(folder)).unwrap();
        let source = Arc::new(Folder::new(folder));
        let start = self.ours.clone();
        match Trust::open(source, start.is_none().then_some(&pin), start, now()) {
            Err(error) => {
                Got { files: Files::new(), error: Some(error.to_string()), versions: BTreeMap::new() }
            }
            Ok(trust) => {
                self.ours = trust.state().cloned();
                let files = paths.iter().filter_map(|path| Some(((*path).to_owned(), give(&trust, path)?)));
                let versions = trust.basis().expires.iter().map(|role| (role.role.clone(), role.version));
                Got { files: files.collect(), error: None, versions: versions.collect() }
            }
        }
    }

    /// What python-tuf's client has to do for the same.
    fn job(&self, folder: &Path, paths: &[&str]) -> Value {
        let fresh = !self.memory.path().join("root.json").exists();
        json!({ "folder": folder, "pin": fresh.then(|| pin(folder)), "memory": self.memory.path(), "paths": paths })
    }

    /// Loads the repository in `folder` with both: first ours, then python-tuf's.
    fn both(&mut self, folder: &Path, paths: &[&str]) -> (Got, Got) {
        let answer = ask("load.py", &[self.job(folder, paths)]).remove(0);
        (self.ours(folder, paths), theirs(&answer))
    }
}

fn pin(folder: &Path) -> PathBuf {
    folder.join("metadata/1.root.json")
}

/// The file at `path`, through the questions that the product asks.
fn give(trust: &Trust, path: &str) -> Option<String> {
    let bytes = match path.trim_end_matches(".json").split('/').collect::<Vec<_>>().as_slice() {
        ["issuers", _, code] => trust.issuer(&uscc(code)).ok()??.to_json().ok()?,
        ["rules", province, id] => trust.rule_pack_in(province, id).ok()??.bytes,
        _ => trust.type_metadata(path).ok()??.bytes,
    };
    String::from_utf8(bytes).ok()
}

fn theirs(answer: &Value) -> Got {
    let read = |value: Option<&Value>| value.cloned().unwrap_or_else(|| json!({}));
    Got {
        files: serde_json::from_value(read(answer.pointer("/ok/targets"))).unwrap(),
        error: answer.get("error").map(|error| error.as_str().unwrap().to_owned()),
        versions: serde_json::from_value(read(answer.get("versions"))).unwrap(),
    }
}

fn paths(files: &Files) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

/// Puts jobs to one of the Python scripts.
fn ask(script: &str, jobs: &[Value]) -> Vec<Value> {
    if jobs.is_empty() {
        return Vec::new();
    }
    let python = std::env::var_os("ZIZHI_INTEROP_PYTHON")
        .expect("ZIZHI_INTEROP_PYTHON is not set: run `cargo xtask test`, which sets the tools up");
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop/tuf").join(script);
    let mut child = Command::new(python)
        .arg("-B")
        .arg(&script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let input = serde_json::to_vec(jobs).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "{} gave up", script.display());
    let results: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(results.len(), jobs.len(), "one result for each job");
    results
}

/// Loads repositories of `writer` in all three generations, each with new clients.
fn loads_in_both(writer: Writer) {
    let files = content();
    let folders = [(); 3].map(|()| TempDir::new().unwrap());
    let written: Vec<_> =
        (1..).zip(&folders).map(|(generation, folder)| (writer, generation, FAR, folder.path())).collect();
    write(&written);
    for (_, generation, _, folder) in written {
        let mut clients = Clients::new();
        let (ours, theirs) = clients.both(folder, &paths(&files));
        let told = format!("{writer:?}, generation {generation}");
        assert_eq!((ours.error, theirs.error), (None, None), "{told}");
        assert_eq!(ours.files, files, "{told}: ours");
        assert_eq!(theirs.files, files, "{told}: python-tuf's");
        assert_eq!(ours.versions, theirs.versions, "{told}");
        assert_eq!(ours.versions.get("root"), Some(&u64::from(generation)), "{told}: it followed the roots");
        assert_eq!(ours.versions.len(), 8, "{told}: four roles and four provinces");
    }
}

#[test]
fn a_repository_of_python_tuf_loads_here_as_it_does_there() {
    for writer in PYTHONS {
        loads_in_both(writer);
    }
}

#[test]
fn a_repository_of_ours_loads_in_python_tuf_as_it_does_here() {
    loads_in_both(Writer::Ours);
}

#[test]
fn nothing_of_a_repository_of_python_tuf_is_a_problem() {
    let folder = TempDir::new().unwrap();
    write(&[(PYTHON, 2, FAR, folder.path())]);
    let pin = fs::read(pin(folder.path())).unwrap();
    let trust = Trust::open(Arc::new(Folder::new(folder.path())), Some(&pin), None, now()).unwrap();
    assert_eq!(trust.problems(), [], "nothing is expired, missing or disabled");
    assert_eq!(trust.issuer_count(), ISSUERS.len());
    assert_eq!(trust.rule_packs().len(), 2);
    assert_eq!(trust.types().len(), 2);
    for province in PROVINCES {
        assert_eq!(trust.province_state(province), ProvinceState::Ok, "{province}");
    }
    assert_eq!(trust.basis().timestamp, None, "our member `issued` is not TUF's");
}

/// Clients that saw the third generation are shown the second one again, which is signed by the same
/// keys.
#[test]
fn both_clients_follow_a_repository_and_refuse_to_go_back() {
    let files = content();
    for writer in [Writer::Ours, PYTHON] {
        let folders = [(); 3].map(|()| TempDir::new().unwrap());
        let written: Vec<_> = (1..)
            .zip(&folders)
            .map(|(generation, folder)| (writer, generation, FAR, folder.path()))
            .collect();
        write(&written);
        let mut clients = Clients::new();
        let mut newest = BTreeMap::new();
        for (_, generation, _, folder) in &written {
            let (ours, theirs) = clients.both(folder, &paths(&files));
            assert_eq!((&ours.files, &theirs.files), (&files, &files), "{writer:?} {generation}");
            assert_eq!(ours.versions, theirs.versions, "{writer:?} {generation}");
            newest = ours.versions;
        }
        let second = folders.get(1).unwrap().path();
        let remembered = clients.ours.clone();
        let (ours, theirs) = clients.both(second, &paths(&files));
        let ours = ours.error.expect("ours refuses");
        let (timestamp, before) = (newest.get("timestamp").unwrap(), newest.get("timestamp").unwrap() - 1);
        assert_eq!(ours, format!("timestamp goes back from version {timestamp} to {before}"), "{writer:?}");
        assert!(theirs.error.unwrap().starts_with("BadVersionNumberError"), "{writer:?}");
        assert_eq!(theirs.versions, newest, "{writer:?}: it goes on trusting what it trusted");
        assert_eq!(clients.ours, remembered, "{writer:?}: and so do we");
    }
}

/// A way to damage the repository in a folder.
type Damage = fn(&Path);
/// Whether it costs a file.
type Costs = fn(&str) -> bool;

/// What was done, how, and which files it costs.
const DAMAGES: [(&str, Damage, Costs); 13] = [
    (
        "a byte of a target is another",
        |folder| flip(&stored(folder, "issuers/31")),
        |path| path.starts_with("issuers/31/"),
    ),
    (
        "a target is longer",
        |folder| append(&stored(folder, "rules/33")),
        |path| path.starts_with("rules/33/"),
    ),
    (
        "a target is missing",
        |folder| fs::remove_file(stored(folder, "rules/31")).unwrap(),
        |path| path.starts_with("rules/31/"),
    ),
    ("a province's role is altered", |folder| alter(&newest(folder, "31")), |path| role(path) == "31"),
    (
        "a province's role is missing",
        |folder| fs::remove_file(newest(folder, "32")).unwrap(),
        |path| role(path) == "32",
    ),
    (
        "a province's role is signed by another province",
        |folder| {
            let other = read(&newest(folder, "34"));
            edit(&newest(folder, "31"), |file| file["signatures"] = other["signatures"].clone());
        },
        |path| role(path) == "31",
    ),
    ("the targets role is altered", |folder| alter(&newest(folder, "targets")), |_| true),
    ("two of four sign the targets role", |folder| keep_signatures(&newest(folder, "targets"), 2), |_| true),
    (
        "one signs the targets role three times",
        |folder| repeat_signature(&newest(folder, "targets")),
        |_| true,
    ),
    ("two of four sign the root", |folder| keep_signatures(&newest(folder, "root"), 2), |_| true),
    ("the snapshot is altered", |folder| alter(&newest(folder, "snapshot")), |_| true),
    ("the snapshot is cut short", |folder| cut(&newest(folder, "snapshot")), |_| true),
    ("the timestamp is altered", |folder| alter(&folder.join("metadata/timestamp.json")), |_| true),
];

#[test]
fn both_clients_refuse_what_was_tampered_with_and_only_that() {
    let files = content();
    for writer in [Writer::Ours, PYTHON] {
        let folders = DAMAGES.map(|_| TempDir::new().unwrap());
        let written: Vec<_> = folders.iter().map(|folder| (writer, 2, FAR, folder.path())).collect();
        write(&written);
        let clients = DAMAGES.map(|_| Clients::new());
        let mut jobs = Vec::new();
        for (((_, damage, _), folder), client) in DAMAGES.iter().zip(&folders).zip(&clients) {
            damage(folder.path());
            jobs.push(client.job(folder.path(), &paths(&files)));
        }
        let answers = ask("load.py", &jobs);
        for ((((what, _, costs), folder), mut client), answer) in
            DAMAGES.iter().zip(&folders).zip(clients).zip(&answers)
        {
            let left: Files = files.clone().into_iter().filter(|(path, _)| !costs(path)).collect();
            assert_ne!(left, files, "{what}: it costs something");
            let (ours, theirs) = (client.ours(folder.path(), &paths(&files)), theirs(answer));
            assert_eq!(ours.files, left, "{writer:?}, {what}: ours, {:?}", ours.error);
            assert_eq!(theirs.files, left, "{writer:?}, {what}: python-tuf's, {:?}", theirs.error);
            // Where everything is lost, nothing is used; where a province is, the rest stands.
            assert_eq!(ours.error.is_some(), left.is_empty(), "{writer:?}, {what}: ours");
            assert_eq!(theirs.error.is_some(), left.is_empty(), "{writer:?}, {what}: python-tuf's");
        }
    }
}

/// Shanghai signs for a rule pack of Anhui that Anhui does not publish.
#[test]
fn neither_client_takes_a_file_from_a_province_it_is_not_delegated_to() {
    let folder = TempDir::new().unwrap();
    let stray = "rules/34/stray.json";
    let mut roles = BTreeMap::from([("31", Files::from([(stray.to_owned(), "{}".to_owned())]))]);
    roles.entry("34").or_default().insert("rules/34/own.json".to_owned(), "{}".to_owned());
    let job = json!({ "folder": folder.path(), "targets": roles, "expires": FAR, "keys": "ed25519",
                      "compact": true, "digests": false, "generation": 1 });
    ask("write.py", &[job]);
    let (ours, theirs) = Clients::new().both(folder.path(), &[stray, "rules/34/own.json"]);
    let own = Files::from([("rules/34/own.json".to_owned(), "{}".to_owned())]);
    assert_eq!((ours.files, theirs.files), (own.clone(), own));
}

/// The one difference on purpose (formats.md §3): expired metadata serves here, with its age.
#[test]
fn expired_metadata_is_refused_there_and_reported_here() {
    let files = content();
    for writer in [Writer::Ours, PYTHON] {
        let folder = TempDir::new().unwrap();
        write(&[(writer, 1, PAST, folder.path())]);
        let (ours, theirs) = Clients::new().both(folder.path(), &paths(&files));
        let error = theirs.error.expect("python-tuf refuses");
        assert!(error.starts_with("ExpiredMetadataError"), "{writer:?}: {error}");
        assert_eq!(ours.files, files, "{writer:?}: it goes on serving");

        let root = fs::read(pin(folder.path())).unwrap();
        let source = Folder::new(folder.path());
        let trust = Trust::open(Arc::new(source.clone()), Some(&root), None, now()).unwrap();
        assert!(trust.basis().stale, "{writer:?}: and every answer is TRUST-STALE");

        let limits = TrustLimits::default();
        let options = Options { limits, expired: Expired::Refuse };
        let round = Round { source: &source, now: now(), options };
        let attempt = refresh(State::pinned(&root, &limits).unwrap(), &round);
        let error = attempt.outcome.expect_err("asked to be strict, we refuse too");
        assert!(matches!(error, TrustError::Expired { role: "root", .. }), "{writer:?}: {error}");
    }
}

/// The newest file of a role under `metadata/`.
fn newest(folder: &Path, role: &str) -> PathBuf {
    let number = |file: &PathBuf| {
        let name = file.file_name()?.to_str()?;
        name.strip_suffix(&format!(".{role}.json"))?.parse::<u64>().ok()
    };
    let files = fs::read_dir(folder.join("metadata")).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| number(file).is_some()).max_by_key(number).unwrap()
}

/// The one file in a folder under `targets/`.
fn stored(folder: &Path, under: &str) -> PathBuf {
    let mut files = fs::read_dir(folder.join("targets").join(under)).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none(), "there is one");
    file
}

fn flip(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(file, bytes).unwrap();
}

fn append(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    bytes.push(b'\n');
    fs::write(file, bytes).unwrap();
}

fn cut(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(file, bytes).unwrap();
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

fn edit(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut value = read(file);
    change(&mut value);
    fs::write(file, serde_json::to_vec(&value).unwrap()).unwrap();
}

/// Makes the role end a year later. Nothing else tells that this was not signed.
fn alter(file: &Path) {
    edit(file, |value| value["signed"]["expires"] = "2127-01-01T00:00:00Z".into());
}

fn keep_signatures(file: &Path, count: usize) {
    edit(file, |value| value["signatures"].as_array_mut().unwrap().truncate(count));
}

fn repeat_signature(file: &Path) {
    edit(file, |value| {
        let signatures = value["signatures"].as_array_mut().unwrap();
        let first = signatures.first().unwrap().clone();
        signatures.iter_mut().for_each(|signature| *signature = first.clone());
    });
}
