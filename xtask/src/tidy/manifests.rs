//! Rules about manifests.

use anyhow::Result;

use super::metadata;
use super::tree::Tree;

/// Members whose manifest does not inherit what the workspace decides once.
pub fn own_ways(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for member in metadata::members()? {
        let path = if member.folder == "src-tauri" {
            "Cargo.toml".to_owned()
        } else {
            format!("{}/Cargo.toml", member.folder)
        };
        let Some(text) = tree.text(&path) else { continue };
        let lints = text
            .split("[lints]")
            .nth(1)
            .is_some_and(|rest| rest.trim_start().starts_with("workspace = true"));
        if !lints {
            found.push(format!("{path}: no [lints] workspace = true"));
        }
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            if !text.contains(&format!("{key}.workspace = true")) {
                found.push(format!("{path}: {key} is not the workspace's"));
            }
        }
    }
    Ok(found)
}
