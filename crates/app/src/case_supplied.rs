//! What 补正 asked for before a version of a dossier came, as the report on that version shows it: each with what the
//! version says to it and what answers it.

use std::collections::BTreeSet;

use zizhi_dossier::Manifest;
use zizhi_model::Limits;
use zizhi_report::{Lang, Supplied, SuppliedState, paper_name};
use zizhi_store::{Case, Reader};
use zizhi_verify::Report;

use crate::case_documents::{Kept, kept, titled};
use crate::case_papers::{asks, numbered};
use crate::case_versions::{Arrival, DemandState, answered};
use crate::decide::Wanted;
use crate::failure::Failure;
use crate::verify_view::manifest_of;

/// What was asked for of the versions before the one that a report is of. What was asked for later is on later reports.
pub(crate) fn supplied(
    reader: &Reader<'_>,
    case: &Case,
    arrivals: &[Arrival],
    of: &Kept,
    lang: Lang,
) -> Result<Vec<Supplied>, Failure> {
    let version =
        |judgement: u32| arrivals.iter().position(|came| came.last.is_none_or(|last| judgement <= last));
    let Some((at, came)) = version(of.nth).and_then(|at| Some((at, arrivals.get(at)?))) else {
        return Ok(Vec::new());
    };
    let mut lines = Vec::new();
    let mut manifest = None;
    for (nth, ask) in (1..).zip(asks(reader, case)?) {
        let asked_of = ask.judgement.and_then(version).filter(|asked_of| *asked_of < at);
        let Some(before) = asked_of.and_then(|asked_of| arrivals.get(asked_of)) else { continue };
        let before = kept(reader, &case.id, before.last).ok().map(|kept| kept.report);
        if manifest.is_none() {
            manifest = Some(read(reader, came)?);
        }
        let manifest = manifest.as_ref().and_then(Option::as_ref);
        let titles = titled(&ask.wanted, &of.report, lang);
        lines.extend(ask.wanted.iter().zip(titles).map(|(wanted, title)| Supplied {
            state: match answered(wanted, before.as_ref(), &of.report) {
                DemandState::Met => SuppliedState::Met,
                DemandState::Open => SuppliedState::Open,
                DemandState::Look => SuppliedState::Look,
            },
            by: by(wanted, manifest, before.as_ref(), &of.report, lang),
            notice: numbered(case, "补", nth),
            wanted: title,
        }));
    }
    Ok(lines)
}

/// The manifest of a version, if it holds.
fn read(reader: &Reader<'_>, came: &Arrival) -> Result<Option<Manifest>, Failure> {
    let limits = Limits::default();
    let Some(original) = reader.open_original(&came.original)? else { return Ok(None) };
    let opened = zizhi_dossier::open(original, &limits)
        .map_err(|error| Failure::unreadable(came.file_name.as_ref(), error))?;
    Ok(manifest_of(&opened, &limits))
}

/// What answers a demand, by name: what answers the item, else what the firm says was added for it or is of that kind,
/// else the papers that came since and answer no item.
fn by(
    wanted: &Wanted,
    manifest: Option<&Manifest>,
    before: Option<&Report>,
    now: &Report,
    lang: Lang,
) -> Vec<String> {
    let named = |paths: Vec<&str>| {
        paths.into_iter().filter_map(|path| paper_name(now, path, lang)).collect::<Vec<_>>()
    };
    if let Some(item) = now.items.iter().find(|item| item.item_id == wanted.item_id) {
        return named(item.by.iter().map(String::as_str).collect());
    }
    let id = &wanted.item_id;
    let credentials = manifest.into_iter().flat_map(|manifest| &manifest.credentials);
    let credentials = credentials.filter(|it| it.answers.contains(id)).map(|it| it.path.as_str());
    let attachments = manifest.into_iter().flat_map(|manifest| &manifest.attachments);
    let attachments =
        attachments.filter(|it| it.answers.contains(id) || it.kind == *id).map(|it| it.path.as_str());
    let said: Vec<&str> = credentials.chain(attachments).collect();
    if !said.is_empty() {
        return named(said);
    }
    let files = |report: Option<&'_ Report>| -> BTreeSet<String> {
        let dossier = report.and_then(|report| report.dossier.as_ref());
        dossier.into_iter().flat_map(|dossier| &dossier.attachments).map(|it| it.path.clone()).collect()
    };
    let known = files(before);
    let answering: BTreeSet<&String> = now.items.iter().flat_map(|item| &item.by).collect();
    let new = files(Some(now));
    named(
        new.iter()
            .filter(|path| !known.contains(*path) && !answering.contains(path))
            .map(String::as_str)
            .collect(),
    )
}
