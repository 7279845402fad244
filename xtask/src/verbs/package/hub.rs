//! `cargo xtask package hub`: the hub as a .deb, with a user, a unit for systemd and a file of settings of its own.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use super::components;
use super::formats::{VERSION, libraries};
use super::layout::{self, copy, write};
use crate::setup::apt;
use crate::shell::{Shell, short};
use crate::steps::{Counting, Steps, Tally};

const APT: &str = "env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600";

/// Files of the repository, and where they go.
const COPIES: &[(&str, &str)] = &[
    ("packaging/hub/zizhi-hub.service", "usr/lib/systemd/system/zizhi-hub.service"),
    ("packaging/hub/zizhi-hub.env", "etc/zizhi-hub.env"),
    ("packaging/hub/zizhi-hubctl", "usr/sbin/zizhi-hubctl"),
    ("packaging/hub/patroni.yml", "usr/share/doc/zizhi-hub/patroni.yml"),
    ("packaging/hub/copyright", "usr/share/doc/zizhi-hub/copyright"),
    ("LICENSE", "usr/share/doc/zizhi-hub/LICENSE"),
    ("docs/operating.md", "usr/share/doc/zizhi-hub/operating.md"),
    ("docs/operating.zh-CN.md", "usr/share/doc/zizhi-hub/operating.zh-CN.md"),
    ("docs/hub.md", "usr/share/doc/zizhi-hub/hub.md"),
    ("docs/codes.md", "usr/share/doc/zizhi-hub/codes.md"),
    ("packaging/hub/postinst", "DEBIAN/postinst"),
    ("packaging/hub/prerm", "DEBIAN/prerm"),
    ("packaging/hub/postrm", "DEBIAN/postrm"),
];

/// Where an installed hub keeps its data.
const DATA: &str = "/var/lib/zizhi-hub";
/// Its settings.
const SETTINGS: &str = "/etc/zizhi-hub.env";

/// Builds the package; with `check` installs it, lets it serve and removes it as well.
pub fn package(check: bool) -> Result<bool> {
    if check {
        ensure!(apt::is_root()?, "--check installs the package: run it as root");
        ensure!(
            apt::missing(&["zizhi-hub"])?.len() == 1 && !Path::new(DATA).exists(),
            "a hub is or was installed here, and --check would remove it: use another machine"
        );
    }
    let mut steps = Steps::begin()?;
    if let Some(deb) = make(&mut steps)
        && check
    {
        try_out(&mut steps, &deb);
    }
    Ok(steps.finish_counted())
}

fn make(steps: &mut Steps) -> Option<PathBuf> {
    let program = Shell::new("cargo build --release --locked --package zizhi-hub");
    if !steps.command("build the hub", Counting::Nothing, &program) {
        return None;
    }
    let mut deb = None;
    steps.function("pack it", "cargo xtask package hub", || {
        let made = pack()?;
        println!("  {}: {} kB", short(&made), fs::metadata(&made)?.len().div_ceil(1000));
        deb = Some(made);
        Ok(Tally { passed: 1, failed: 0 })
    });
    deb
}

fn pack() -> Result<PathBuf> {
    let root = layout::folder().join("hub");
    if root.is_dir() {
        fs::remove_dir_all(&root)?;
    }
    let program = root.join("usr/bin/zizhi-hub");
    copy(&crate::target().join("release/zizhi-hub"), &program)?;
    for (from, to) in COPIES {
        copy(&crate::root().join(from), &root.join(to))?;
    }
    let texts = root.join("usr/share/doc/zizhi-hub/components.txt");
    write(&texts, &components::texts(&components::of_hub()?)?)?;
    Shell::new("gzip -9 --no-name").arg(texts.display().to_string()).read()?;
    write(&root.join("DEBIAN/conffiles"), &format!("{SETTINGS}\n"))?;

    let (architecture, kib) = (
        Shell::new("dpkg --print-architecture").read()?.trim().to_owned(),
        Shell::new("du --apparent-size --block-size=1024 --summarize")
            .arg(root.display().to_string())
            .read()?,
    );
    let control = fs::read_to_string(crate::root().join("packaging/hub/control"))?
        .replace("@VERSION@", VERSION)
        .replace("@ARCHITECTURE@", &architecture)
        .replace("@KIB@", kib.split_whitespace().next().unwrap_or("0"))
        .replace("@LIBRARIES@", &libraries(&[program])?);
    write(&root.join("DEBIAN/control"), &control)?;

    let within = |path: &str| root.join(path).display().to_string();
    // Whatever mask this machine gives new files. The settings may hold a password.
    Shell::new("chmod -R u=rwX,go=rX").arg(root.display().to_string()).read()?;
    Shell::new("chmod 0600").arg(within("etc/zizhi-hub.env")).read()?;
    let scripts = ["DEBIAN/postinst", "DEBIAN/prerm", "DEBIAN/postrm", "usr/sbin/zizhi-hubctl"].map(within);
    Shell::new("chmod 0755").args(scripts).read()?;
    let deb = layout::folder().join(format!("zizhi-hub_{VERSION}_{architecture}.deb"));
    Shell::new("dpkg-deb --root-owner-group -Zxz -z9 --build")
        .arg(root.display().to_string())
        .arg(deb.display().to_string())
        // Equal programs make equal packages.
        .env("SOURCE_DATE_EPOCH", Shell::new("git log -1 --format=%ct").read()?.trim())
        .read()?;
    Ok(deb)
}

/// Installs it on this machine, lets it serve as its user, and removes it.
fn try_out(steps: &mut Steps, deb: &Path) {
    let install =
        Shell::new(&format!("{APT} install --no-install-recommends")).arg(deb.display().to_string());
    if steps.command("install the .deb", Counting::One, &install) {
        steps.function("its user, data and settings are its own", "cargo xtask package hub --check", owned);
        steps.function("it serves as its user and stops", "cargo xtask package hub --check", served);
    }
    // What was installed by half is removed too.
    steps.command("remove it", Counting::One, &Shell::new(&format!("{APT} purge zizhi-hub")));
    steps.function("only its data are left", "dpkg-query -S zizhi-hub", || {
        for gone in
            ["/usr/bin/zizhi-hub", "/usr/lib/systemd/system/zizhi-hub.service", SETTINGS, "/etc/zizhi-hub"]
        {
            ensure!(!Path::new(gone).exists(), "{gone} is still there");
        }
        ensure!(Path::new(DATA).join("hub.key").exists(), "the data went with the package");
        Ok(Tally { passed: 1, failed: 0 })
    });
    steps.function("the data and the user of this check go", "rm -r /var/lib/zizhi-hub", || {
        fs::remove_dir_all(DATA)?;
        Shell::new("deluser --system --quiet zizhi-hub").read()?;
        Ok(Tally::default())
    });
}

fn owned() -> Result<Tally> {
    for (path, expected) in [
        (DATA, "zizhi-hub zizhi-hub 700"),
        ("/etc/zizhi-hub", "root zizhi-hub 750"),
        (SETTINGS, "root root 600"),
    ] {
        let found = Shell::new("stat").args(["--format=%U %G %a", path]).read()?;
        ensure!(found.trim() == expected, "{path} is {}, not {expected}", found.trim());
    }
    let conffiles = Shell::new("dpkg-query -W -f=${Conffiles} zizhi-hub").read()?;
    ensure!(conffiles.contains(SETTINGS), "the settings are no conffile: {conffiles}");
    Ok(Tally { passed: 1, failed: 0 })
}

/// A hub that ends with the check, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn served() -> Result<Tally> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    // As the unit does it, where no systemd runs.
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=zizhi-hub", "--regid=zizhi-hub", "--init-groups", "--no-new-privs"])
        .args(["/usr/bin/zizhi-hub", "serve", "--id", "31-check", "--listen", &address])
        .env("ZIZHI_HUB_DATA", DATA)
        .current_dir("/")
        .stderr(Stdio::null());
    let mut hub = Running(command.spawn().context("setpriv cannot be run")?);
    let mut answer = String::new();
    for _ in 0..100 {
        sleep(Duration::from_millis(100));
        if let Ok(said) = health(&address) {
            answer = said;
            break;
        }
    }
    ensure!(answer.starts_with("HTTP/1.1 204 "), "/health answers {answer:?}");
    let owner = Shell::new("stat").args(["--format=%U %a", &format!("{DATA}/hub.key")]).read()?;
    ensure!(owner.trim() == "zizhi-hub 600", "the key is {}", owner.trim());
    Shell::new("kill").arg(hub.0.id().to_string()).read()?;
    let ended = hub.0.wait()?;
    ensure!(ended.success(), "told to stop, it ended with {ended}");
    Ok(Tally { passed: 2, failed: 0 })
}

fn health(address: &str) -> Result<String> {
    let mut line = TcpStream::connect(address)?;
    line.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(line, "GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut said = String::new();
    line.read_to_string(&mut said)?;
    Ok(said)
}
