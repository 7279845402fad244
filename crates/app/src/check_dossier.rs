//! 自检: the draft as a dossier under the firm's own key, judged as the destination would.

use std::collections::HashSet;

use zizhi_crypto::SigningKey;
use zizhi_model::Limits;
use zizhi_verify::{Library, Report};

use crate::Host;
use crate::draft::{DraftFolder, assemble};
use crate::failure::Failure;
use crate::plan_pack::rule_pack;
use crate::verify_file::{Settings, verify_file};

/// What the destination would find now. The dossier is made in a temporary folder and removed again.
///
/// # Errors
/// As [`crate::sign_dossier::sign_dossier`].
pub fn check_dossier(
    folder: &DraftFolder,
    key: &SigningKey,
    library: &Library,
    host: &dyn Host,
) -> Result<Report, Failure> {
    let place = std::env::temp_dir();
    let unwritable = |error| Failure::unwritable(&place, error);
    let temporary = tempfile::tempdir().map_err(unwritable)?;
    let name = folder.folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let name = if name.is_empty() { "draft" } else { name.as_ref() };
    let path = temporary.path().join(format!("{name}.zzdossier"));
    let file = std::fs::File::create_new(&path).map_err(unwritable)?;
    assemble(folder, key, file, host)?;
    let limits = Limits::default();
    verify_file(
        &path,
        &Settings {
            library,
            now: host.now(),
            recipient: Some(*folder.draft.aud.uscc()),
            identities: &[],
            limits: &limits,
            memory: None,
        },
    )
}

/// The attachments, by name and kind, of a kind that no item of the checklist takes; nothing where the rule pack is
/// not at hand, or where an item takes whatever names it.
#[must_use]
pub fn unwanted<'f>(folder: &'f DraftFolder, library: &Library) -> Vec<(&'f str, &'f str)> {
    let draft = &folder.draft;
    let Ok(pack) = rule_pack(library, &draft.destination_region, &draft.rule_pack.id) else {
        return Vec::new();
    };
    let Some(list) = pack.checklist(&draft.checklist_id) else { return Vec::new() };
    let kinds: HashSet<&str> =
        list.items.iter().flat_map(|item| &item.evidence.attachment_kinds).map(String::as_str).collect();
    let evidence: HashSet<&str> =
        draft.firm.former_names.iter().filter_map(|former| former.evidence.as_deref()).collect();
    let supplements: HashSet<&str> = pack
        .equivalences
        .iter()
        .flat_map(|rule| &rule.supplements)
        .map(|wanted| wanted.kind.as_str())
        .collect();
    let own = draft.attachments.iter().filter(|entry| {
        let kind = entry.kind.as_str();
        entry.answers.is_empty()
            && !kinds.contains(kind)
            && !supplements.contains(kind)
            && !evidence.contains(entry.name.as_str())
    });
    own.map(|entry| (entry.name.as_str(), entry.kind.as_str())).collect()
}
