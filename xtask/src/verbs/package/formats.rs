//! The two packages: `dpkg-deb` and `rpmbuild` over the same folder.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::layout::{self, Layout, PROGRAMS};
use crate::shell::{Shell, short};
use crate::steps::Tally;

/// Every crate's version is the workspace's, and so is the packages'.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The font package that the .deb depends on.
const FONTS: &str = "fonts-noto-cjk";

/// How large an installer may be without its fonts, in bytes.
const GOAL: u64 = 15_000_000;

/// Where the packages are.
pub struct Packages {
    /// For Debian and what descends from it.
    pub deb: PathBuf,
    /// For the others.
    pub rpm: PathBuf,
}

impl Packages {
    /// Makes both.
    pub fn make(layout: &Layout) -> Result<Self> {
        // The tools take this for the time of every file, so that equal programs make equal packages.
        let time = Shell::new("git log -1 --format=%ct").read()?.trim().to_owned();
        let rpm = rpm(layout, &time)?;
        let deb = deb(layout, &time)?;
        Ok(Self { deb, rpm })
    }

    /// Asks both packages for their files.
    pub fn hold(&self, layout: &Layout) -> Result<Tally> {
        let deb = Shell::new("dpkg-deb --contents").arg(self.deb.display().to_string()).read()?;
        let rpm = Shell::new("rpm -qlp").arg(self.rpm.display().to_string()).read()?;
        let mut tally = Tally::default();
        for (package, listed) in [("deb", &deb), ("rpm", &rpm)] {
            for file in &layout.files {
                let held = listed.lines().any(|line| line.ends_with(&format!("/{file}")));
                tally.passed += u64::from(held);
                tally.failed += u64::from(!held);
                if !held {
                    println!("  the .{package} lacks /{file}");
                }
            }
        }
        Ok(tally)
    }

    /// Says how large everything is, and how much of it are fonts.
    pub fn sizes(&self, layout: &Layout) -> Result<()> {
        for package in [&self.deb, &self.rpm] {
            println!("  {:>8}  {}", megabytes(fs::metadata(package)?.len()), short(package));
        }
        println!("  {:>8}  installed", megabytes(layout.bytes(|_| true)?));
        for program in PROGRAMS {
            let bytes = layout.bytes(|file| file == format!("usr/bin/{program}"))?;
            println!("  {:>8}  of that /usr/bin/{program}", megabytes(bytes));
        }
        let is_font = |file: &str| [".ttf", ".otf", ".ttc"].iter().any(|end| file.ends_with(end));
        println!("  {:>8}  of that fonts", megabytes(layout.bytes(is_font)?));
        if let Some(bytes) = fonts_to_fetch() {
            println!("  {:>8}  {FONTS}, which the .deb depends on for its fonts", megabytes(bytes));
        }
        let deb = fs::metadata(&self.deb)?.len();
        match deb.checked_sub(GOAL) {
            Some(over) if over > 0 => {
                println!(
                    "  without fonts the .deb is {} above the goal of {}",
                    megabytes(over),
                    megabytes(GOAL)
                );
            }
            _ => println!("  without fonts the .deb keeps the goal of {}", megabytes(GOAL)),
        }
        Ok(())
    }
}

fn rpm(layout: &Layout, time: &str) -> Result<PathBuf> {
    let machine = Shell::new("rpm --eval %{_arch}").read()?;
    let name = format!("zizhitong-{VERSION}-1.{}.rpm", machine.trim());
    let folder = layout::folder();
    let defined = [
        format!("_topdir {}", folder.join("rpmbuild").display()),
        format!("_rpmdir {}", folder.display()),
        format!("_build_name_fmt {name}"),
        format!("staged {}", layout.root.display()),
        format!("version_ {VERSION}"),
    ];
    Shell::new("rpmbuild -bb --quiet")
        .args(defined.into_iter().flat_map(|macro_| ["--define".to_owned(), macro_]))
        .arg("packaging/zizhitong.spec")
        .env("SOURCE_DATE_EPOCH", time)
        .read()?;
    Ok(folder.join(name))
}

fn deb(layout: &Layout, time: &str) -> Result<PathBuf> {
    let architecture = Shell::new("dpkg --print-architecture").read()?.trim().to_owned();
    let kib = layout.bytes(|_| true)?.div_ceil(1024).to_string();
    let control = fs::read_to_string(crate::root().join("packaging/control"))?
        .replace("@VERSION@", VERSION)
        .replace("@ARCHITECTURE@", &architecture)
        .replace("@KIB@", &kib)
        .replace(
            "@LIBRARIES@",
            &libraries(&PROGRAMS.map(|program| layout.root.join("usr/bin").join(program)))?,
        );
    layout::write(&layout.root.join("DEBIAN/control"), &control)?;
    let deb = layout::folder().join(format!("zizhitong_{VERSION}_{architecture}.deb"));
    Shell::new("dpkg-deb --root-owner-group -Zxz -z9 --build")
        .arg(layout.root.display().to_string())
        .arg(deb.display().to_string())
        .env("SOURCE_DATE_EPOCH", time)
        .read()?;
    Ok(deb)
}

/// The packages that hold the libraries which these programs ask for, in the words of a control file.
pub fn libraries(programs: &[PathBuf]) -> Result<String> {
    // The tool wants to be run beside the control file of a source package.
    let source = layout::folder().join("source");
    layout::write(
        &source.join("debian/control"),
        "Source: zizhitong\n\nPackage: zizhitong\nArchitecture: any\n",
    )?;
    let programs = programs.iter().map(|program| program.display().to_string());
    let said = Shell::new("dpkg-shlibdeps -O").args(programs).within(source).read()?;
    let libraries =
        said.trim().strip_prefix("shlibs:Depends=").context("dpkg-shlibdeps named no libraries")?;
    Ok(libraries.to_owned())
}

/// What the fonts add to what a machine fetches, where apt knows it.
fn fonts_to_fetch() -> Option<u64> {
    let said = Shell::new("apt-cache show --no-all-versions").arg(FONTS).read().ok()?;
    said.lines().find_map(|line| line.strip_prefix("Size: "))?.trim().parse().ok()
}

fn megabytes(bytes: u64) -> String {
    // Whole tenths: no number here is large enough for a float to be needed.
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
