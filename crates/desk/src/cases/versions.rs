//! Versions and documents of a case as data of the wire.

use zizhi_app::case_compare::{self as compare, Compared};
use zizhi_app::case_documents::Document;
use zizhi_app::case_papers::CasePaper;
use zizhi_app::case_versions::{Demand, DemandState as Said, Version};
use zizhi_model::civil::rfc3339;
use zizhi_verify::report;
use zizhi_wire::*;

use super::encode::supplement;
use crate::refusal::sentence;
use crate::verify::encode::{attachment, count, verdict};

/// A version of a case.
pub(super) fn version(version: Version) -> CaseVersion {
    CaseVersion {
        version: version.version,
        received: rfc3339(version.received),
        file_name: version.file_name,
        verdict: verdict(version.verdict),
    }
}

/// A document that a case has.
pub(super) fn document(paper: CasePaper) -> DocumentLine {
    DocumentLine {
        document: match paper.document {
            Document::Report => CaseDocument::Report,
            Document::Receipt => CaseDocument::Receipt,
            Document::SupplementNotice => CaseDocument::SupplementNotice,
            Document::DecisionNotice => CaseDocument::DecisionNotice,
            Document::ReportJson => CaseDocument::ReportJson,
            Document::SignedDecision => CaseDocument::SignedDecision,
        },
        nth: paper.nth,
        number: paper.number,
        at: rfc3339(paper.at),
    }
}

/// The reverse of [`document`]'s word.
pub(super) const fn document_of(document: CaseDocument) -> Document {
    match document {
        CaseDocument::Report => Document::Report,
        CaseDocument::Receipt => Document::Receipt,
        CaseDocument::SupplementNotice => Document::SupplementNotice,
        CaseDocument::DecisionNotice => Document::DecisionNotice,
        CaseDocument::ReportJson => Document::ReportJson,
        CaseDocument::SignedDecision => Document::SignedDecision,
    }
}

/// Something that was asked for, looked at in the version that came since.
pub(super) fn demand(demand: &Demand) -> DemandLine {
    DemandLine {
        line: supplement(&demand.wanted),
        state: match demand.state {
            Said::Met => DemandState::Met,
            Said::Open => DemandState::Open,
            Said::Look => DemandState::Look,
        },
    }
}

/// Two versions beside each other.
pub(super) fn compared(compared: Compared) -> ComparedVersions {
    let Compared { older, newer, items, credentials, attachments, facts } = compared;
    ComparedVersions {
        older: version(older),
        newer: version(newer),
        same_items: count(items.same),
        items: items.changed.iter().map(item).collect(),
        same_credentials: count(credentials.same),
        credentials: credentials.changed.into_iter().map(credential).collect(),
        same_attachments: count(attachments.same),
        attachments: attachments
            .changed
            .into_iter()
            .map(|sides| AttachmentChange {
                older: sides.older.map(attachment),
                newer: sides.newer.map(attachment),
            })
            .collect(),
        same_facts: count(facts.same),
        facts: facts.changed.into_iter().map(value).collect(),
    }
}

fn item(change: &compare::ItemChange) -> ItemChange {
    ItemChange {
        title: sentence(&change.title),
        required: change.required,
        older: change.state.older.map(state),
        newer: change.state.newer.map(state),
    }
}

const fn state(state: report::ItemState) -> ItemState {
    match state {
        report::ItemState::Met => ItemState::Met,
        report::ItemState::Missing => ItemState::Missing,
        report::ItemState::Insufficient => ItemState::Insufficient,
        report::ItemState::Open => ItemState::Open,
    }
}

fn credential(change: compare::CredentialChange) -> CredentialChange {
    let paper = |paper: compare::Paper| PaperLine {
        number: paper.number,
        valid_until: paper.valid_until,
        verdict: verdict(paper.verdict),
    };
    CredentialChange {
        title: sentence(&change.title),
        older: change.paper.older.map(paper),
        newer: change.paper.newer.map(paper),
        lines: change.lines.into_iter().map(value).collect(),
    }
}

fn value(change: compare::ValueChange) -> ValueChange {
    ValueChange { label: sentence(&change.label), older: change.value.older, newer: change.value.newer }
}
