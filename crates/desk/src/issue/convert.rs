//! Issued credentials for the window, and what the window asks of them.

use std::path::Path;

use zizhi_app::after_restore::AfterRestore as Open;
use zizhi_app::issue_batch::{
    Attestation as Seen, Batch, Differing, Getting, Holding, IssuingBatch, Preview, RefusedFirm as Refused,
    Revoked, Sharing,
};
use zizhi_app::issued_credentials::{FindIssued as Find, Issued};
use zizhi_app::recover_issued::Recovered;
use zizhi_app::settle_lists::ListSource;
use zizhi_model::civil::rfc3339;
use zizhi_store::CredentialState;
use zizhi_wire::{
    AfterRestore, Attestation, CredentialStatus, DifferingClaim, FindIssued, GettingFirm, HoldingFirm, Issue,
    IssuePreview, IssuedBatch, IssuedLine, ReadList, RecoveredIssued, RefusedFile, RefusedFirm, RevokedFirm,
    SharingFirm, UnsettledList,
};

use crate::hold::claim;
use crate::incubator::count;
use crate::refusal::{refusal, sentence};
use crate::type_form::{provenance, stated};

/// An issued credential in a line.
pub(super) fn line(issued: &Issued) -> IssuedLine {
    let row = &issued.row;
    IssuedLine {
        id: row.id.clone(),
        kind: row.credential_type.clone(),
        title: sentence(&issued.title),
        number: row.number.clone(),
        firm_uscc: row.subject_uscc.to_string(),
        firm_name: row.subject_name.clone(),
        issued: rfc3339(row.iat),
        valid_until: row.valid_until.map(|day| day.to_string()),
        status: status(row.state),
        status_list: row.status_uri.clone(),
        status_place: row.status_idx.and_then(|place| u32::try_from(place).ok()),
        reason: row.reason.clone(),
        changed: row.changed.map(rfc3339),
        provenance: provenance(row.provenance),
    }
}

/// What issuing came to.
pub(super) fn batch(batch: Batch) -> IssuedBatch {
    IssuedBatch {
        issued: count(batch.issued.len()),
        ids: batch.issued,
        refused: batch.refused.into_iter().map(refused).collect(),
        folder: batch.folder.display().to_string(),
        status_list: batch.status_list.unwrap_or_default(),
    }
}

/// Which credentials are wanted.
pub(super) fn find(find: FindIssued) -> Find {
    Find {
        text: find.text,
        kind: find.kind,
        state: find.status.map(state),
        firm: find.firm,
        by_name: find.by_name,
    }
}

/// How an original was seen.
pub(super) fn attestation(attestation: Attestation) -> Seen {
    Seen {
        method: attestation.method,
        system: attestation.system,
        url: attestation.url.unwrap_or_default(),
        checked_on: attestation.checked_on,
        operator: attestation.operator,
    }
}

/// What becomes of a credential, from the window.
pub(super) fn state(status: CredentialStatus) -> CredentialState {
    match status {
        CredentialStatus::Valid => CredentialState::Valid,
        CredentialStatus::Suspended => CredentialState::Suspended,
        CredentialStatus::Revoked => CredentialState::Revoked,
        CredentialStatus::Ended => CredentialState::Ended,
    }
}

fn status(state: CredentialState) -> CredentialStatus {
    match state {
        CredentialState::Valid => CredentialStatus::Valid,
        CredentialState::Suspended => CredentialStatus::Suspended,
        CredentialState::Revoked => CredentialStatus::Revoked,
        CredentialState::Ended => CredentialStatus::Ended,
    }
}

/// What is open since a restore.
pub(super) fn after_restore(open: Open) -> AfterRestore {
    let list = |list: zizhi_app::after_restore::UnsettledList| UnsettledList {
        uri: list.uri,
        known_until: list.known_until.map(rfc3339),
        not_valid: count(list.not_valid),
        in_trust: list.in_trust.map(rfc3339),
    };
    AfterRestore {
        at: open.at.map(rfc3339),
        made: open.made.map(rfc3339),
        lists: open.lists.into_iter().map(list).collect(),
        numbers: open.numbers,
        series: open.series,
        unknown: open.unknown,
        next_case: open.next_case,
    }
}

/// Where lists are.
pub(super) fn source(path: Option<&str>) -> ListSource<'_> {
    path.map_or(ListSource::Trust, |path| ListSource::File(Path::new(path)))
}

/// What was taken back.
pub(super) fn recovered(done: &Recovered) -> RecoveredIssued {
    let refused = done.refused.iter().map(|refused| RefusedFile {
        path: refused.path.display().to_string(),
        refusal: refusal(&refused.failure),
    });
    RecoveredIssued {
        taken: done.taken.iter().map(line).collect(),
        known: count(done.known),
        refused: refused.collect(),
        firms: count(done.firms),
        remarks: done.remarks.iter().map(sentence).collect(),
    }
}

/// A list that was read.
pub(super) fn read_list(read: zizhi_app::settle_lists::ReadList) -> ReadList {
    ReadList {
        uri: read.uri,
        signed_at: rfc3339(read.signed_at),
        made: read.made.map(rfc3339),
        sha256: zizhi_crypto::digest::hex(&read.sha256),
        adds: read.adds.iter().map(line).collect(),
        unknown: count(read.unknown),
    }
}

/// What is to be issued.
pub(super) fn issuing(request: &Issue) -> IssuingBatch<'_> {
    IssuingBatch {
        kind: &request.kind,
        provenance: stated(request.provenance),
        firms: &request.firms,
        typed: request.claims.iter().map(|typed| (typed.name.clone(), typed.value.clone())).collect(),
        number: request.number.as_deref(),
        valid_until: request.valid_until.as_deref(),
        number_looked_at: request.number_looked_at,
        attested: request.attested.clone().map(attestation),
        folder: Path::new(&request.folder),
    }
}

/// What would be signed.
pub(super) fn preview(preview: Preview) -> IssuePreview {
    let shown = preview.first.iter().filter(|line| !line.value.zh.is_empty());
    IssuePreview {
        count: count(preview.firms.len()),
        first: shown.map(|line| claim(line, false)).collect(),
        firms: preview.firms.into_iter().map(getting).collect(),
        refused: preview.refused.into_iter().map(refused).collect(),
        holding: preview.holding.into_iter().map(holding).collect(),
        revoked: preview.revoked.into_iter().map(revoked).collect(),
        sharing: preview.sharing.into_iter().map(sharing).collect(),
        differing: preview.differing.into_iter().map(differing).collect(),
    }
}

fn getting(firm: Getting) -> GettingFirm {
    GettingFirm { id: firm.id, name: firm.name, uscc: firm.uscc.to_string(), values: firm.values }
}

fn differing(claim: Differing) -> DifferingClaim {
    DifferingClaim { label: sentence(&claim.label), name: claim.name }
}

fn revoked(firm: Revoked) -> RevokedFirm {
    RevokedFirm { id: firm.id, name: firm.name, on: firm.on.to_string(), reason: firm.reason }
}

fn sharing(firm: Sharing) -> SharingFirm {
    SharingFirm { id: firm.id, name: firm.name, warning: sentence(&firm.warning) }
}

fn holding(holding: Holding) -> HoldingFirm {
    HoldingFirm { id: holding.id, name: holding.name, until: holding.until.map(|day| day.to_string()) }
}

fn refused(refused: Refused) -> RefusedFirm {
    RefusedFirm {
        id: refused.id,
        name: refused.name,
        why: sentence(&refused.why.why),
        code: refused.why.code.to_owned(),
    }
}
