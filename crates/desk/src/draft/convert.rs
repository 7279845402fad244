//! Drafts, plans and decisions for the window.

use chrono::{DateTime, Utc};
use zizhi_app::Failure;
use zizhi_app::draft_body::Stage;
use zizhi_app::draft_page::{self, Event, Happened, Page, PageAttachment, PageCredential, PageFile};
use zizhi_app::draft_sign::WrittenFile;
use zizhi_app::draft_signing_page;
use zizhi_app::forms::Form;
use zizhi_app::plan_beyond::Demand;
use zizhi_app::plan_destinations;
use zizhi_app::plan_readiness::{self, PlanItem};
use zizhi_app::receive_decision::Received;
use zizhi_app::verify_view::{self, LARGEST_PREVIEW, VerifiedView};
use zizhi_crypto::digest;
use zizhi_model::{Text, civil};
use zizhi_wire::*;

use super::typed;
use crate::cases::encode::{decision, outcome};
use crate::hold::{claim, whole_days};
use crate::refusal::sentence;
use crate::trust::issuer_line;
use crate::type_form::{claim_field, provenance};
use crate::words::{mode, scenario};

pub(super) fn destination(found: &plan_destinations::Destination, now: DateTime<Utc>) -> Destination {
    Destination {
        scenario: scenario(found.scenario),
        pack_id: found.pack.0.clone(),
        pack_version: found.pack.1,
        checklist_id: found.checklist_id.clone(),
        title: sentence(&found.title),
        regions: found.regions.clone(),
        region_codes: found.region_codes.iter().map(ToString::to_string).collect(),
        incubators: found.recipients.iter().map(|record| issuer_line(record, now)).collect(),
        request_id: found.request_id.clone(),
        own: found.own,
    }
}

pub(super) const fn form(form: PaperForm) -> Form {
    match form {
        PaperForm::Materials => Form::Materials,
        PaperForm::Authorisation => Form::Authorisation,
        PaperForm::Consent => Form::Consent,
        PaperForm::Commitment => Form::Commitment,
    }
}

pub(super) fn line(line: draft_page::Line) -> DraftLine {
    DraftLine {
        id: line.id,
        title: line.title,
        scenario: scenario(line.scenario),
        destination_region: line.destination.to_string(),
        destination: line.to,
        updated: civil::rfc3339(line.updated),
        signed: line.signed.map(civil::rfc3339),
        number: line.number,
        overtaken: line.overtaken.map(civil::rfc3339),
        state: match line.stage {
            Stage::Draft => DraftState::Draft,
            Stage::Signed => DraftState::Signed,
            Stage::Decided => DraftState::Decided,
        },
        outcome: line.outcome.map(outcome),
        differ: line.differ,
        due: line.due.map(|day| day.to_string()),
        days_left: line.days_left.map(whole_days),
    }
}

pub(super) fn page(page: Page, now: DateTime<Utc>) -> DraftPage {
    DraftPage {
        line: line(page.line),
        fields: typed::shown(page.fields),
        items: page.items.into_iter().map(item).collect(),
        beyond: page.beyond.into_iter().map(demand).collect(),
        credentials: page.credentials.iter().map(credential).collect(),
        attachments: page.attachments.iter().map(attachment).collect(),
        destination: page.destination.map(|record| issuer_line(&record, now)),
        can_seal: page.can_seal,
        timeline: page.timeline.into_iter().map(happened).collect(),
        decision_signed_at: page.decision.as_ref().map(|decision| civil::rfc3339(decision.signed_at)),
        decision: page.decision.map(decision),
        other_decisions: page
            .other_decisions
            .into_iter()
            .map(|other| OtherDecision {
                signed_at: civil::rfc3339(other.signed_at),
                decision: decision(other),
            })
            .collect(),
        drill_answer: None,
        declared_until: page.declared_until.map(civil::rfc3339),
        signed_sha256: page.signed_sha256.map(|sha256| digest::hex_groups(&sha256)),
        fact_fields: page.fact_fields.iter().map(claim_field).collect(),
        attachment_kinds: page
            .kinds
            .into_iter()
            .map(|(kind, title)| AttachmentKind { kind, title: sentence(&title) })
            .collect(),
        remarks: page.remarks.iter().map(sentence).collect(),
    }
}

fn item(item: PlanItem) -> DraftItem {
    let accepted = item.accepted.into_iter().map(|accepted| Accepted {
        title: sentence(&accepted.title),
        mode: mode(accepted.mode),
        supplements: accepted.supplements.iter().map(sentence).collect(),
        rule_id: accepted.rule_id,
        grounds: sentence(&accepted.grounds),
        counts_as: accepted.counts_as.as_ref().map(sentence),
    });
    DraftItem {
        item_id: item.item_id,
        title: sentence(&item.title),
        required: item.required,
        state: match item.state {
            plan_readiness::Readiness::Ready => Readiness::Ready,
            plan_readiness::Readiness::Missing => Readiness::Missing,
            plan_readiness::Readiness::Expiring => Readiness::Expiring,
            plan_readiness::Readiness::Supplement => Readiness::Supplement,
            plan_readiness::Readiness::Insufficient => Readiness::Insufficient,
            plan_readiness::Readiness::ByHand => Readiness::ByHand,
            plan_readiness::Readiness::Asked => Readiness::Asked,
        },
        accepted: accepted.collect(),
        by: item.by,
        remark: item.remark.as_ref().map(sentence),
        to_state: item.to_state,
        candidates: item.candidates,
        attachment_kinds: item.attachment_kinds,
        basis: item.basis,
        asked: item.asked.into_iter().map(demand).collect(),
    }
}

fn demand(asked: Demand) -> DraftDemand {
    DraftDemand { id: asked.id, text: asked.text, due: asked.due.map(|day| day.to_string()), by: asked.by }
}

fn credential(chosen: &PageCredential) -> DraftCredential {
    // The heads of objects and lists have no value of their own.
    let claims = chosen.claims.iter().filter(|it| !it.line.value.zh.is_empty() || it.selectable);
    let claims = claims.map(|it| DraftClaim {
        line: claim(&it.line, it.selectable),
        shown: it.shown,
        needed: it.needed,
    });
    DraftCredential {
        credential_id: chosen.held.row.id.clone(),
        title: sentence(&chosen.held.looked.title()),
        number: chosen.held.row.number.clone(),
        provenance: provenance(chosen.held.row.provenance),
        claims: claims.collect(),
        answers: chosen.answers.clone(),
        demands: chosen.demands.clone(),
    }
}

fn attachment(file: &PageFile) -> DraftAttachment {
    DraftAttachment {
        view: attachment_view(&file.attachment),
        answers: file.answers.clone(),
        beyond: file.beyond,
        demands: file.demands.clone(),
    }
}

fn attachment_view(attached: &PageAttachment) -> AttachmentView {
    let file = &attached.file;
    let remark = attached.sealed.then(|| {
        sentence(&Text::fixed(
            "含签章，未在本软件内验签",
            "bears an electronic seal, which this program does not verify",
        ))
    });
    let shown = matches!(file.media_type.as_str(), "application/pdf" | "image/png" | "image/jpeg");
    AttachmentView {
        path: digest::hex(&file.sha256),
        name: file.name.clone(),
        kind: file.kind.clone(),
        media_type: file.media_type.clone(),
        size: attached.size,
        intact: true,
        remark,
        preview: shown && attached.size <= LARGEST_PREVIEW,
    }
}

fn happened(happened: Happened) -> CaseEvent {
    CaseEvent {
        at: civil::rfc3339(happened.at),
        kind: match happened.what {
            Event::Begun => CaseEventKind::Begun,
            Event::Signed => CaseEventKind::Signed,
            Event::Exported => CaseEventKind::Exported,
            Event::Supplement => CaseEventKind::Supplement,
            Event::Decided => CaseEventKind::Decided,
            Event::Queued => CaseEventKind::Queued,
            Event::Delivered => CaseEventKind::Delivered,
            Event::Refused => CaseEventKind::Refused,
        },
        actor: happened.actor,
        note: happened.note,
        told: None,
    }
}

/// What the destination would find.
pub(super) fn checked(view: &VerifiedView) -> Result<CheckedDraft, Failure> {
    let advice = view.advice.iter().map(|advice| CodeAdvice {
        code: advice.code.to_string(),
        title: sentence(&advice.title),
        advice: sentence(&advice.advice),
    });
    Ok(CheckedDraft { report: same(&view.report)?, advice: advice.collect() })
}

pub(super) fn signing_page(page: draft_signing_page::SigningPage) -> SigningPage {
    let lines = page.lines.into_iter();
    let lines = lines.map(|line| Line {
        label: sentence(&line.label),
        value: line.value,
        path: line.path,
        selectable: false,
    });
    SigningPage {
        lines: lines.collect(),
        credentials: page.credentials.iter().map(credential_view).collect(),
        attachments: page.attachments.iter().map(attachment_view).collect(),
        statement: sentence(&page.statement),
    }
}

fn credential_view(view: &verify_view::CredentialView) -> CredentialView {
    CredentialView {
        path: view.path.clone(),
        kind: view.kind.clone(),
        title: sentence(&view.title),
        lines: view.lines.iter().map(|line| claim(&line.claim, line.selectable)).collect(),
        hidden: u32::try_from(view.hidden).unwrap_or(u32::MAX),
    }
}

pub(super) fn written(file: WrittenFile, path: String) -> Written {
    Written { path, sha256: Some(file.sha256.hex()), count: 1 }
}

pub(super) fn received(received: Received) -> Result<ImportedDecision, Failure> {
    Ok(ImportedDecision {
        draft_id: received.draft,
        decision: decision(received.decision),
        by: received.by,
        checks: same(&received.checks)?,
    })
}

/// What a report says is written alike on both sides: it is read from the very JSON that is exchanged.
fn same<T: serde::Serialize, W: serde::de::DeserializeOwned>(told: &T) -> Result<W, Failure> {
    let value = serde_json::to_value(told).and_then(serde_json::from_value);
    value.map_err(|error| {
        Failure::input(
            "INTERNAL",
            Text::fixed(
                "结果已经得出，但无法交给界面显示。",
                "the result is there, but could not be handed to the window",
            ),
            Text::fixed("请复制诊断信息告诉开发者。", "copy the diagnostics for the developers"),
        )
        .because(error)
    })
}
