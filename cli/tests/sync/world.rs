//! A hub, a firm and an incubator.

use std::ffi::OsStr;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_app::SystemHost;
use zizhi_app::create_database::{Owner, Role, create_database};
use zizhi_app::vault::{self, Unlocked};

use crate::line::Line;
use crate::place::Place;
use crate::run::{ended, zizhi};

pub const HEFEI: &str = "91340100DEM0000228";
pub const SONGJIANG: &str = "91310117DEM000030B";
pub const FIRM: &str = "91340100DEM000014D";
pub const FIRM_NAME: &str = "合肥星河量子传感技术有限公司【演示】";
pub const INCUBATOR_NAME: &str = "松江科创孵化器【演示】";
pub const LIST: &str = "https://status.example/91340100DEM0000228/1";
pub const PASSPHRASE: &str = "七个字的口令不够长，这一句够长";

/// The hub's program. `cargo test --workspace` has built it beside ours; whoever tests this crate alone
/// has it built here.
fn program() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_zizhi")).with_file_name("zizhi-hub");
    if !program.exists() {
        let mut cargo = Command::new(env!("CARGO"));
        let built =
            cargo.args(["build", "--locked", "--package", "zizhi-hub", "--bin", "zizhi-hub"]).status();
        assert!(built.unwrap().success() && program.exists(), "the hub's program is there");
    }
    program
}

/// A hub that can be killed and started again; it ends with the test, however that ends.
pub struct Hub {
    pub data: PathBuf,
    pub id: &'static str,
    pub listen: String,
    /// Where the desktops reach it.
    pub url: String,
    /// What it speaks TLS with; nothing for HTTP alone.
    pub tls: Option<Tls>,
    place: Place,
    running: Option<Child>,
}

/// Certificate and key of a hub, and whom it trusts of other hubs: files in PEM.
pub struct Tls {
    pub certificate: PathBuf,
    pub key: PathBuf,
    /// Who issued the certificate.
    pub authority: PathBuf,
    pub peers: Option<PathBuf>,
}

impl Hub {
    pub fn new(data: PathBuf, id: &'static str) -> Self {
        let place = Place::new();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("{}:{port}", place.address);
        Self { data, id, url: format!("http://{listen}"), listen, tls: None, place, running: None }
    }

    /// The program on its data.
    fn program(&self) -> Command {
        let mut command = Command::new(program());
        command.arg("--data").arg(&self.data).env("ZIZHI_LANG", "en");
        command
    }

    /// As its operator does after a database was restored, so that everybody notices.
    pub fn raise_epoch(&self) {
        let raised = self.program().arg("raise-epoch").output().unwrap();
        assert!(raised.status.success(), "{}", String::from_utf8_lossy(&raised.stderr));
    }

    /// Starts it, again at the same address.
    pub fn go_on(&mut self) {
        let mut command = self.program();
        command.args(["serve", "--id", self.id]);
        command.args(["--listen", &self.listen, "--origin", &self.url]);
        if let Some(tls) = &self.tls {
            command.arg("--tls-cert").arg(&tls.certificate).arg("--tls-key").arg(&tls.key);
            command.args(tls.peers.iter().flat_map(|peers| [OsStr::new("--peer-ca"), peers.as_os_str()]));
        }
        self.running = Some(self.place.run(command).stderr(Stdio::null()).spawn().unwrap());
        let up = (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            TcpStream::connect(&self.listen).is_ok()
        });
        assert!(up, "the hub answers in time");
    }

    /// The file of its tables.
    pub fn database(&self) -> PathBuf {
        self.data.join("hub.sqlite")
    }

    /// A command that is told where this hub is, and by which authority's certificates.
    pub fn named<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        let mut all = [arguments, &["--hub", &self.url]].concat();
        if let Some(tls) = &self.tls {
            all.extend(["--ca", tls.authority.to_str().unwrap()]);
        }
        all
    }

    /// Ends it without a word, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().unwrap();
            running.wait().unwrap();
        }
    }

    /// Runs another verb of the program and gives what it says to a person.
    pub fn talk(&self, arguments: &[&str]) -> String {
        let output = self.program().args(arguments).output().unwrap();
        let talk = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {talk}");
        talk
    }

    /// Runs another verb of the program and gives what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.program().args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.kill();
    }
}

/// One organisation at its desk, with a data folder of its own.
pub struct Office {
    pub folder: PathBuf,
    place: Place,
}

impl Office {
    pub fn open(folder: PathBuf, uscc: &str, name: &str, role: Role, region: &str) -> Self {
        std::fs::create_dir_all(&folder).unwrap();
        let owner = Owner { uscc, name, role, region };
        drop(create_database(&folder.join("data/database"), &owner, PASSPHRASE, &SystemHost).unwrap());
        Self { folder, place: Place::new() }
    }

    /// The program at this desk, about to run.
    fn zizhi(&self, arguments: &[&str]) -> Command {
        let mut command = zizhi(&self.folder, arguments);
        command.env("ZIZHI_PASSPHRASE", PASSPHRASE);
        self.place.run(command)
    }

    /// Runs, expects the exit code, and gives data and talk.
    pub fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        ended(self.zizhi(arguments).output().unwrap(), code, arguments)
    }

    /// Runs, and gives data and exit code, whichever that is.
    pub fn run(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let output = self.zizhi(arguments).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    }

    pub fn json(&self, arguments: &[&str], code: i32) -> Value {
        let (data, _) = self.ends(&[arguments, &["--json"]].concat(), code);
        serde_json::from_str(&data).unwrap()
    }

    pub fn refused(&self, arguments: &[&str], code: &str) {
        let (_, talk) = self.ends(arguments, 2);
        assert!(talk.contains(&format!("code: {code}")), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: "), "{arguments:?} says what to do: {talk}");
    }

    /// One round that goes through.
    pub fn sync(&self) -> Value {
        self.json(&["sync"], 0)
    }

    /// Whether a round found nothing to do, and left the outbox and the log as they were.
    pub fn is_idle(&self) -> bool {
        let before = self.end_of_log();
        let round = self.sync();
        let numbers = ["received", "sent", "parked", "later", "refused"];
        let nothing = numbers.iter().all(|name| round[*name] == 0) && round["applied"] == json!([]);
        nothing && self.end_of_log() == before
    }

    fn end_of_log(&self) -> u64 {
        self.unlocked().database.reader().unwrap().log_end().unwrap().seq
    }

    pub fn unlocked(&self) -> Unlocked {
        vault::look(&self.folder.join("data/database"), PASSPHRASE).unwrap()
    }
}

/// Hub, firm and incubator in one folder, with the demonstration's trust data and keys.
pub struct World {
    pub folder: TempDir,
    pub hub: Hub,
    pub firm: Office,
    pub incubator: Office,
}

impl World {
    /// Nobody has joined yet.
    pub fn apart() -> Self {
        let folder = TempDir::new().unwrap();
        let hub = Hub::new(folder.path().join("hub"), "31-main");
        Self::with(folder, hub)
    }

    /// The same with a line to the hub that can be cut.
    pub fn apart_over_a_line() -> (Self, Line) {
        let folder = TempDir::new().unwrap();
        let mut hub = Hub::new(folder.path().join("hub"), "31-main");
        let line = Line::to(hub.listen.clone());
        hub.url.clone_from(&line.url);
        (Self::with(folder, hub), line)
    }

    fn with(folder: TempDir, mut hub: Hub) -> Self {
        let path = |name: &str| folder.path().join(name);
        hub.go_on();
        let firm = Office::open(path("firm"), FIRM, FIRM_NAME, Role::Firm, "340104");
        let incubator = Office::open(path("incubator"), SONGJIANG, INCUBATOR_NAME, Role::Incubator, "310117");
        let world = Self { folder, hub, firm, incubator };
        world.on_files(&["trust", "init-demo", "world"], 0);
        for office in [&world.firm, &world.incubator] {
            office.ends(&["trust", "import", "../world"], 0);
        }
        world
    }

    /// The incubator joined by the operator's invitation, the firm by the incubator's.
    pub fn joined() -> Self {
        let world = Self::apart();
        world.join();
        world
    }

    /// The same with a line to the hub that can be cut.
    pub fn joined_over_a_line() -> (Self, Line) {
        let (world, line) = Self::apart_over_a_line();
        world.join();
        (world, line)
    }

    fn join(&self) {
        let invited = self.invitation();
        self.incubator.ends(&["sync", "join", &invited, "--hub", &self.hub.url], 0);
        self.join_firm(&self.hub.url);
    }

    /// Both joined, a dossier was sent and decided on, so that each knows the other's device list; and the hub is
    /// gone.
    pub fn parted() -> Self {
        let mut world = Self::joined();
        world.dossier(0);
        world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
        world.firm.sync();
        world.incubator.sync();
        world.decision();
        world.hub.kill();
        world
    }

    /// An invitation of the hub's operator for the incubator, as the incubator names the file.
    pub fn invitation(&self) -> String {
        let whom = ["--org", SONGJIANG, "--name", INCUBATOR_NAME, "--role", "incubator"];
        let invited = self.hub.run(&[&["invite"][..], &whom].concat());
        self.write("incubator.jwt", invited.as_bytes());
        "../incubator.jwt".to_owned()
    }

    pub fn join_firm(&self, url: &str) {
        self.incubator.ends(&["sync", "invite", FIRM, "--name", FIRM_NAME, "-o", "../firm.jwt"], 0);
        self.firm.ends(&["sync", "join", "../firm.jwt", "--hub", url, "--device", "前台电脑"], 0);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs a command on files, with no database.
    pub fn on_files(&self, arguments: &[&str], code: i32) -> (String, String) {
        ended(zizhi(self.folder.path(), arguments).output().unwrap(), code, arguments)
    }

    pub fn issue(&self, kind: &str, place: u32, holder: &str, more: &Value) {
        let mut claims = json!({
            "iss": format!("urn:uscc:{HEFEI}"), "sub": format!("urn:uscc:{FIRM}"),
            "vct": format!("urn:zizhitong:credential:{kind}:1"), "name": FIRM_NAME, "region": "340104",
        });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.write(&format!("{kind}.json"), claims.to_string().as_bytes());
        let (key, claims, out) =
            (format!("world/keys/{HEFEI}.jwk"), format!("{kind}.json"), format!("{kind}.zzcred"));
        let status = format!("{LIST}#{place}");
        let arguments = ["credential", "issue", "--key", &key, "--claims", &claims, "--status", &status];
        self.on_files(&[&arguments[..], &["--holder-jwk", holder, "-o", &out]].concat(), 0);
    }

    /// A request `ask.zzrequest` of the incubator, for whoever `more` says.
    pub fn request(&self, more: &[&str]) {
        let key = format!("world/keys/{SONGJIANG}.jwk");
        let ask = ["request", "new", "--key", &key, "--from", SONGJIANG, "-o", "ask.zzrequest"];
        let terms = [
            "--scenario",
            "branch_operation",
            "--region",
            "310117",
            "--checklist",
            "SJ-BRANCH",
            "--rule-pack",
            "sh-songjiang@3",
        ];
        self.on_files(&[&ask[..], &terms, more].concat(), 0);
    }

    /// A signed dossier `a.zzdossier` of the firm for the incubator, with an attachment of about so many
    /// bytes.
    pub fn dossier(&self, bytes: usize) {
        self.write("pass.txt", PASSPHRASE.as_bytes());
        self.on_files(&["key", "new", "-o", "firm.zzkey", "--passphrase-file", "pass.txt"], 0);
        let seen = json!({"by": format!("urn:uscc:{HEFEI}"), "method": "original",
            "system": "国家企业信用信息公示系统", "checked_on": "2026-11-01", "operator": "经办"});
        self.issue(
            "business-licence",
            1,
            "firm.pub.jwk",
            &json!({"provenance": "attested", "number": FIRM, "issued_on": "2024-03-18", "attested": seen,
                "established_on": "2024-03-18", "legal_representative": "（略）",
                "registrar": "合肥市市场监督管理局【演示】"}),
        );
        self.issue(
            "incubatee-certificate",
            2,
            "firm.pub.jwk",
            &json!({"provenance": "direct", "number": "HFUSP-2026-0117", "issued_on": "2026-01-05",
                "established_on": "2024-03-18", "entered_on": "2024-12-16",
                "incubation_deadline": "2028-12-15", "rd_on_site": true,
                "incubator_level": "ministry_standard", "valid_until": "2030-12-15"}),
        );
        let key = ["--key", "firm.zzkey", "--passphrase-file", "pass.txt"];
        let terms = [
            "--aud",
            SONGJIANG,
            "--scenario",
            "branch_operation",
            "--destination",
            "310117",
            "--checklist",
            "SJ-BRANCH",
            "--rule-pack",
            "sh-songjiang@3",
            "--firm-uscc",
            FIRM,
            "--firm-name",
            FIRM_NAME,
            "--origin",
            "340104",
        ];
        self.on_files(&[&["dossier", "new", "draft"][..], &terms].concat(), 0);
        for kind in ["business-licence", "incubatee-certificate"] {
            let file = format!("{kind}.zzcred");
            self.on_files(&["dossier", "add", "draft", &file, "--minimum", "--trust", "world"], 0);
        }
        // A PDF may have anything behind its end; what does not compress makes the dossier as long.
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/attachments");
        let mut lease = std::fs::read(samples.join("lease.pdf")).unwrap();
        let mut noise = 1_u64;
        lease.extend((0..bytes).map(|_| {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            noise.to_be_bytes()[0]
        }));
        self.write("lease.pdf", &lease);
        self.on_files(&["dossier", "add", "draft", "lease.pdf", "--kind", "lease"], 0);
        for (file, kind) in [("licence.ofd", "business_licence_scan"), ("site.png", "photo")] {
            let sample = samples.join(file).display().to_string();
            self.on_files(&["dossier", "add", "draft", &sample, "--kind", kind], 0);
        }
        self.on_files(&["dossier", "facts", "draft", "claims_high_tech=false"], 0);
        self.on_files(&[&["dossier", "sign", "draft", "-o", "a.zzdossier", "--yes"][..], &key].concat(), 0);
    }

    /// The incubator's decision `a.zzdecision` on `a.zzdossier`.
    pub fn decision(&self) {
        self.decision_by(&["--key", &format!("world/keys/{SONGJIANG}.jwk")]);
    }

    /// The same, signed with another key.
    pub fn decision_by(&self, key: &[&str]) {
        let terms = [
            "decide",
            "a.zzdossier",
            "--as",
            SONGJIANG,
            "--outcome",
            "supplement_required",
            "--reason",
            "MORE=请补充在孵证明",
            "--supplement",
            "incubatee=在孵证明@2099-12-31",
            "--operator",
            "经办一",
            "--reviewer",
            "复核一",
            "--trust",
            "world",
            "-o",
            "a.zzdecision",
        ];
        self.on_files(&[&terms[..], key].concat(), 0);
    }
}
