//! Both packages on a real machine: installed, used as a desktop uses them, and removed.

use std::path::Path;

use anyhow::{Result, ensure};

use super::formats::Packages;
use super::layout;
use crate::setup::apt;
use crate::shell::Shell;
use crate::steps::{Counting, Steps, Tally};
use crate::verbs::screen::Screen;
use crate::verbs::stage::Stage;

const APT: &str = "env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600";

/// Refuses where the check could not work, and where it would remove what somebody uses.
pub fn possible() -> Result<()> {
    ensure!(apt::is_root()?, "--check installs the package: run it as root");
    ensure!(
        apt::missing(&["zizhitong"])?.len() == 1,
        "zizhitong is installed here, and --check would remove it: remove it first"
    );
    Ok(())
}

/// Installs, uses and removes each of the two, one after the other.
pub fn check(steps: &mut Steps, packages: &Packages) {
    let world = layout::folder().join("demo");
    let zizhi = crate::target().join("release/zizhi");
    let prepared = steps.function("Debian packages for a screen", "cargo xtask setup", || {
        apt::install(&[apt::SCREEN, apt::OPENING].concat()).map(|()| Tally::default())
    }) && steps.command(
        "make the demo worlds",
        Counting::Nothing,
        &Shell::at(&zizhi).args(["demo".into(), world.display().to_string()]),
    );
    if !prepared {
        return;
    }
    for way in [deb(packages), rpm(packages)] {
        way.check(steps, &world);
    }
}

/// How one kind of package comes and goes.
struct Way {
    kind: &'static str,
    install: Vec<Shell>,
    remove: Shell,
    /// What tells the version that is installed.
    version: Shell,
}

fn deb(packages: &Packages) -> Way {
    Way {
        kind: ".deb",
        install: vec![
            Shell::new(&format!("{APT} install --no-install-recommends"))
                .arg(packages.deb.display().to_string()),
        ],
        remove: Shell::new(&format!("{APT} purge zizhitong")),
        version: Shell::new("dpkg-query -W -f ${Version} zizhitong"),
    }
}

/// Debian's `rpm` knows none of the packages that are there, and does not run what the distributions with .rpm files run
/// whenever a kind of file or a program comes: the libraries are those that the .deb asked for, the two are run by hand.
fn rpm(packages: &Packages) -> Way {
    Way {
        kind: ".rpm",
        install: vec![
            Shell::new("rpm --force-debian --install --nodeps").arg(packages.rpm.display().to_string()),
            Shell::new("update-mime-database /usr/share/mime"),
            Shell::new("update-desktop-database /usr/share/applications"),
        ],
        remove: Shell::new("rpm --force-debian --erase zizhitong"),
        version: Shell::new("rpm -q --qf %{VERSION} zizhitong"),
    }
}

impl Way {
    fn check(&self, steps: &mut Steps, world: &Path) {
        let kind = self.kind;
        let installed = self
            .install
            .iter()
            .all(|step| steps.command(&format!("install the {kind}"), Counting::One, step));
        if installed {
            self.open(steps, world);
        }
        // What was installed by half is removed too.
        steps.command(&format!("remove the {kind}"), Counting::One, &self.remove);
        steps.function("nothing of it is left", "cargo xtask package --check", || {
            ensure!(!Path::new("/usr/bin/zizhitong").exists(), "the program is still there");
            ensure!(!Path::new("/usr/lib/zizhitong").exists(), "its resources are still there");
            Ok(Tally { passed: 1, failed: 0 })
        });
    }

    fn open(&self, steps: &mut Steps, world: &Path) {
        let Some(screen) = Screen::step(steps, "cargo xtask package --check") else { return };
        // Asked here, since the journey has a home of its own and Debian's `rpm` keeps its list in a person's.
        let version = self.version.read().unwrap_or_default().trim().to_owned();
        let paths =
            ["/usr/bin/zizhitong".into(), "/usr/bin/zizhi".into(), world.to_owned(), layout::folder()];
        let journey = Stage::Open.journey("installed", &paths).env("ZIZHI_VERSION", version);
        let journey = journey.env("DISPLAY", &screen.display);
        steps.command(&format!("the programs of the {}", self.kind), Counting::Tests, &journey);
    }
}
