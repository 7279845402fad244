//! What the two programs are made of, under which licences: the list that the window shows, and the texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::tidy::metadata;

/// Components that no package manager knows, SQLite among them, stand in the list that the program carries.
const DIRECT: &str = "crates/app/data/licences.json";

/// Names that licence files begin with.
const NAMES: [&str; 5] = ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// One package by others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    name: String,
    version: String,
    licence: String,
    /// Where its files are.
    folder: PathBuf,
}

/// The crates and the JavaScript packages that the programs are built from.
pub fn all() -> Result<BTreeSet<Component>> {
    let mut components = crates(&["zizhitong", "zizhi-cli"])?;
    components.extend(modules()?);
    Ok(components)
}

/// The list in the shape that `zizhi_app::about` reads.
pub fn list(components: &BTreeSet<Component>) -> Result<String> {
    let mut licences: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for component in components {
        licences.entry(&component.licence).or_default().insert(&component.name);
    }
    let known: BTreeSet<&str> = components.iter().map(|component| component.name.as_str()).collect();
    let direct: Vec<Value> = serde_json::from_str(&fs::read_to_string(crate::root().join(DIRECT))?)?;
    for group in &direct {
        let licence = group.get("licence").and_then(Value::as_str).context("a group without a licence")?;
        let names = group.get("components").and_then(Value::as_array).context("no components")?;
        let others = names.iter().filter_map(Value::as_str).filter(|name| !known.contains(name));
        licences.entry(licence).or_default().extend(others);
    }
    licences.retain(|_, names| !names.is_empty());
    let groups: Vec<Value> =
        licences.iter().map(|(licence, names)| json!({"licence": licence, "components": names})).collect();
    Ok(serde_json::to_string(&groups)?)
}

/// Every licence text once, under the components that came with it.
pub fn texts(components: &BTreeSet<Component>) -> Result<String> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for component in components {
        let mut found = Vec::new();
        search(&component.folder, &mut found)?;
        if found.is_empty() {
            found.push(format!("It came without a text of its licence, {}.\n", component.licence));
        }
        for text in found {
            texts.entry(text).or_default().insert(format!("{} {}", component.name, component.version));
        }
    }
    let mut page = String::new();
    for (text, names) in texts {
        let names: Vec<String> = names.into_iter().collect();
        writeln!(page, "{}\n\n{}\n\n{}\n", names.join(", "), text.trim_matches('\n'), "=".repeat(80))?;
    }
    Ok(page)
}

/// The crates that the hub is built from.
pub fn of_hub() -> Result<BTreeSet<Component>> {
    crates(&["zizhi-hub"])
}

/// The crates by others that these of ours carry.
fn crates(ours: &[&str]) -> Result<BTreeSet<Component>> {
    let mut carried = BTreeSet::new();
    for name in ours {
        carried.extend(metadata::carried_by(name)?);
    }
    let theirs = |package: &metadata::Package| package.source.is_some() && carried.contains(&package.name);
    Ok(metadata::packages()?
        .into_iter()
        .filter(theirs)
        .map(|package| Component {
            name: package.name,
            version: package.version,
            licence: expression(&package.licence.unwrap_or_default()),
            folder: package.folder,
        })
        .collect())
}

fn modules() -> Result<BTreeSet<Component>> {
    let ui = crate::root().join("ui");
    let lock: Value = serde_json::from_str(&fs::read_to_string(ui.join("package-lock.json"))?)?;
    let packages = lock.get("packages").and_then(Value::as_object).context("no packages in the lock file")?;
    let text =
        |package: &Value, key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    // What is for development or for another platform is in the lock file and not in the built interface.
    let left_out = |package: &Value| ["dev", "optional"].iter().any(|mark| package.get(*mark).is_some());
    let carried = packages.iter().filter(|(_, package)| !left_out(package));
    Ok(carried
        .filter_map(|(path, package)| {
            let (_, name) = path.rsplit_once("node_modules/")?;
            Some(Component {
                name: name.to_owned(),
                version: text(package, "version"),
                licence: text(package, "license"),
                folder: ui.join(path),
            })
        })
        .collect())
}

/// An expression as everybody else writes it: the old slash means `OR`.
fn expression(given: &str) -> String {
    given.replace('/', " OR ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Licence files at any depth: a crate keeps those of its C sources below its own.
fn search(folder: &Path, found: &mut Vec<String>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_dir() && name != "NODE_MODULES" {
            search(&path, found)?;
        } else if NAMES.iter().any(|start| name.starts_with(start))
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push(text.replace("\r\n", "\n"));
        }
    }
    Ok(())
}
