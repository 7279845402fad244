//! `cargo xtask package`: what a machine without Rust and Node installs, as a .deb and as an .rpm; `cargo xtask package
//! hub`: the hub as a .deb.
//!
//! Both are made of one folder by the distributions' own tools; docs/decisions/0013 says why.

mod check;
mod components;
mod formats;
mod hub;
mod layout;

use anyhow::{Result, bail, ensure};

use crate::setup::{apt, node};
use crate::shell::Shell;
use crate::steps::{Counting, Steps, Tally};
use formats::Packages;
use layout::Layout;

/// Builds both packages and says how large they are; with `--check` installs, uses and removes each as well.
/// `hub` builds the package of the hub instead.
pub fn package(rest: &[String]) -> Result<bool> {
    if let [first, rest @ ..] = rest
        && first == "hub"
    {
        ensure!(rest.is_empty() || rest == ["--check"], "cargo xtask package hub takes nothing but --check");
        return hub::package(!rest.is_empty());
    }
    let check = match rest {
        [] => false,
        [word] if word == "--check" => true,
        _ => bail!("cargo xtask package takes nothing but hub and --check"),
    };
    if check {
        check::possible()?;
    }
    let mut steps = Steps::begin()?;
    if let Some(packages) = make(&mut steps)
        && check
    {
        check::check(&mut steps, &packages);
    }
    Ok(steps.finish_counted())
}

fn make(steps: &mut Steps) -> Option<Packages> {
    let prepared = steps.function("Debian packages to build and pack with", "cargo xtask setup", || {
        apt::install(&[apt::WINDOW, apt::PACKING].concat()).map(|()| Tally::default())
    }) && steps.function("packages of the interface", "cargo xtask setup", || {
        node::interface().map(|()| Tally::default())
    });
    let interface = Shell::new("npm run --silent build").within("ui");
    let programs = Shell::new("cargo build --release --locked --package zizhi-cli --package zizhitong");
    let built = prepared
        && steps.command("build the interface", Counting::Nothing, &interface)
        && steps.command("build the programs", Counting::Nothing, &programs);
    if !built {
        return None;
    }
    let mut layout = None;
    steps.function("lay out the files", "cargo xtask package", || {
        layout = Some(Layout::make()?);
        Ok(Tally::default())
    });
    let layout = layout?;
    let mut packages = None;
    steps.function("pack them", "cargo xtask package", || {
        packages = Some(Packages::make(&layout)?);
        Ok(Tally { passed: 1, failed: 0 })
    });
    let packages = packages?;
    steps.function("both packages hold every file", "cargo xtask package", || packages.hold(&layout));
    steps.function("sizes", "cargo xtask package", || packages.sizes(&layout).map(|()| Tally::default()));
    Some(packages)
}
