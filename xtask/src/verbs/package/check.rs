//! The .deb on a real machine: installed, used as a desktop uses it, and removed.

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

/// Installs, uses and removes the .deb.
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
    let install = Shell::new(&format!("{APT} install --no-install-recommends"));
    let install = install.arg(packages.deb.display().to_string());
    if steps.command("install the .deb", Counting::One, &install) {
        open(steps, &world);
    }
    // What was installed by half is removed too.
    let remove = Shell::new(&format!("{APT} purge zizhitong"));
    steps.command("remove it", Counting::One, &remove);
    steps.function("nothing of it is left", "dpkg-query -S zizhitong", || {
        ensure!(!Path::new("/usr/bin/zizhitong").exists(), "the program is still there");
        ensure!(!Path::new("/usr/lib/zizhitong").exists(), "its resources are still there");
        Ok(Tally { passed: 1, failed: 0 })
    });
}

fn open(steps: &mut Steps, world: &Path) {
    let Some(screen) = Screen::step(steps, "cargo xtask package --check") else { return };
    let paths = ["/usr/bin/zizhitong".into(), "/usr/bin/zizhi".into(), world.to_owned(), layout::folder()];
    let journey = Stage::Open.journey("installed", &paths, &screen);
    steps.command("the installed programs", Counting::Tests, &journey);
}
