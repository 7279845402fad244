//! What `cargo metadata` says, reduced to what the rules ask.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell::Shell;

/// A package of this workspace.
#[derive(Debug)]
pub struct Member {
    /// Its name in the registry's sense.
    pub name: String,
    /// Its folder as seen from the root; `src-tauri` for the root package, whose code lies there.
    pub folder: String,
    /// Normal and build dependencies, by package name; those for tests are free.
    pub uses: BTreeSet<String>,
    /// The names of its features.
    pub features: BTreeSet<String>,
}

/// Any package in the lock file.
#[derive(Debug)]
pub struct Package {
    /// Name and version.
    pub name: String,
    /// Version.
    pub version: String,
    /// The licence expression, as its manifest gives it.
    pub licence: Option<String>,
    /// Where it came from; `None` for a package of this workspace.
    pub source: Option<String>,
    /// Where its files are.
    pub folder: PathBuf,
}

/// The packages of this workspace, sorted by folder.
pub fn members() -> Result<Vec<Member>> {
    let all = metadata(&["--no-deps"])?;
    let root = crate::root().display().to_string();
    let mut members: Vec<Member> = list(&all, "packages")
        .iter()
        .map(|package| {
            let manifest = text(package, "manifest_path").trim_end_matches("/Cargo.toml");
            let folder = manifest.strip_prefix(&root).unwrap_or(manifest).trim_start_matches('/');
            let uses = list(package, "dependencies")
                .iter()
                .filter(|dependency| text(dependency, "kind") != "dev")
                .map(|dependency| text(dependency, "name").to_owned())
                .collect();
            let features = package.get("features").and_then(Value::as_object);
            Member {
                name: text(package, "name").to_owned(),
                folder: if folder.is_empty() { "src-tauri".to_owned() } else { folder.to_owned() },
                uses,
                features: features.map(|features| features.keys().cloned().collect()).unwrap_or_default(),
            }
        })
        .collect();
    members.sort_by(|a, b| a.folder.cmp(&b.folder));
    Ok(members)
}

/// `package/interop` for each package of the workspace that compares itself with other people's programs.
pub fn interop_features() -> Result<Vec<String>> {
    let members = members()?;
    let chosen = members.iter().filter(|member| member.features.contains("interop"));
    Ok(chosen.map(|member| format!("{}/interop", member.name)).collect())
}

/// Every package of the lock file that is built for Linux.
pub fn packages() -> Result<Vec<Package>> {
    let all = metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"])?;
    let optional = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(list(&all, "packages")
        .iter()
        .map(|package| Package {
            name: text(package, "name").to_owned(),
            version: text(package, "version").to_owned(),
            licence: optional(package, "license"),
            source: optional(package, "source"),
            folder: text(package, "manifest_path").trim_end_matches("Cargo.toml").into(),
        })
        .collect())
}

/// Names of everything that the package `name` carries when it is built for Linux.
pub fn carried_by(name: &str) -> Result<BTreeSet<String>> {
    let line = "cargo tree --locked --prefix none --edges normal,build --target x86_64-unknown-linux-gnu --format {p} --package";
    let listed = Shell::new(line).arg(name).read()?;
    Ok(listed.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

/// Names that occur in more than one version, with the versions.
#[must_use]
pub fn repeated(packages: &[Package]) -> BTreeMap<&str, Vec<&str>> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().push(&package.version);
    }
    versions.retain(|_, list| list.len() > 1);
    versions
}

fn metadata(more: &[&str]) -> Result<Value> {
    let said = Shell::new("cargo metadata --format-version 1 --locked").args(more.iter().copied()).read()?;
    serde_json::from_str(&said).context("cargo metadata did not print JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
