//! A verified dossier as data of the wire.

use zizhi_app::case_versions::Proposal;
use zizhi_app::verify_view::{self as view, ViewLine};
use zizhi_model::{self as model, civil};
use zizhi_verify::report::Answer as ReportAnswer;
use zizhi_wire::*;

use crate::refusal::{refused, sentence};

/// What the open database knows of a dossier.
#[derive(Default)]
pub(crate) struct Known {
    /// The case that has it.
    pub(crate) case_id: Option<String>,
    /// Cases that wait for something that it may be.
    pub(crate) waiting: Vec<Proposal>,
}

/// A dossier with its view.
pub(crate) fn verified(view: view::VerifiedView, path: String, known: Known) -> Result<Verified, Refusal> {
    let report = serde_json::to_value(&view.report).and_then(serde_json::from_value::<Report>);
    Ok(Verified {
        report: report.map_err(|error| unfit(&error))?,
        path,
        grounds: grounds(&view),
        credentials: view.credentials.iter().map(credential).collect(),
        signatures: view.signatures.into_iter().map(signature).collect(),
        attachments: view.attachments.into_iter().map(attachment).collect(),
        advice: view.advice.iter().map(advice).collect(),
        case_id: known.case_id,
        waiting: known.waiting.into_iter().map(waiting).collect(),
        demo: view.demo,
    })
}

fn grounds(view: &view::VerifiedView) -> Vec<GroundsLine> {
    let credentials = view.report.credentials.iter();
    let taken = credentials.map(|credential| GroundsLine {
        subject: credential.path.clone(),
        text: sentence(&view.grounds.taken(credential)),
    });
    let items = view.report.items.iter().filter_map(|item| {
        let basis = view.grounds.item(&item.item_id)?;
        let text = Sentence { zh: basis.to_owned(), en: basis.to_owned() };
        Some(GroundsLine { subject: item.item_id.clone(), text })
    });
    taken.chain(items).collect()
}

fn waiting(Proposal { case, same_key }: Proposal) -> WaitingCase {
    WaitingCase { received: civil::rfc3339(case.received), id: case.id, number: case.number, same_key }
}

/// A credential with what it shows.
pub(crate) fn credential(view: &view::CredentialView) -> CredentialView {
    CredentialView {
        path: view.path.clone(),
        kind: view.kind.clone(),
        title: sentence(&view.title),
        lines: view.lines.iter().map(line).collect(),
        hidden: count(view.hidden),
    }
}

/// A disclosed claim. Where its type does not say what it is called, its path does.
pub(crate) fn line(line: &ViewLine) -> Line {
    let claim = &line.claim;
    let label = claim.label.as_ref().map(sentence);
    let path = || Sentence { zh: claim.path.clone(), en: claim.path.clone() };
    Line {
        label: label.unwrap_or_else(path),
        value: claim.value.zh.clone().into_owned(),
        path: claim.path.clone(),
        selectable: line.selectable,
    }
}

fn signature(view: view::SignatureView) -> SignatureLine {
    SignatureLine {
        subject: view.subject,
        title: sentence(&view.title),
        signer: view.signer,
        signer_name: view.signer_name,
        signed_at: view.signed_at,
        algorithm: view.algorithm,
        kid: view.kid,
        answer: match view.answer {
            ReportAnswer::Pass => Answer::Pass,
            ReportAnswer::Fail => Answer::Fail,
            ReportAnswer::Pending => Answer::Pending,
        },
    }
}

/// An attachment.
pub(crate) fn attachment(view: view::AttachmentView) -> AttachmentView {
    AttachmentView {
        path: view.path,
        name: view.name,
        kind: view.kind,
        media_type: view.media_type.to_owned(),
        size: view.size,
        intact: view.intact,
        remark: view.remark.as_ref().map(sentence),
        preview: view.preview,
    }
}

fn advice(view: &view::CodeAdvice) -> CodeAdvice {
    CodeAdvice {
        code: view.code.as_str().to_owned(),
        title: sentence(&view.title),
        advice: sentence(&view.advice),
    }
}

/// A file that was written.
pub(crate) fn written(path: &str, sha256: Option<String>, things: usize) -> Result<Written, Refusal> {
    Ok(Written { path: path.to_owned(), sha256, count: count(things) })
}

/// A verdict.
pub(crate) const fn verdict(verdict: model::Verdict) -> Verdict {
    match verdict {
        model::Verdict::Passed => Verdict::Passed,
        model::Verdict::PassedWithConditions => Verdict::PassedWithConditions,
        model::Verdict::Pending => Verdict::Pending,
        model::Verdict::Failed => Verdict::Failed,
    }
}

/// The reverse of [`verdict`].
pub(crate) const fn verdict_of(verdict: Verdict) -> model::Verdict {
    match verdict {
        Verdict::Passed => model::Verdict::Passed,
        Verdict::PassedWithConditions => model::Verdict::PassedWithConditions,
        Verdict::Pending => model::Verdict::Pending,
        Verdict::Failed => model::Verdict::Failed,
    }
}

/// A number of things; more than four thousand million are told as that many.
pub(crate) fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}

/// A report of another shape than the wire's: a fault of this program.
fn unfit(error: &serde_json::Error) -> Refusal {
    Refusal {
        cause: Some(error.to_string()),
        ..refused(
            "INTERNAL",
            ("核验完成了，但结果无法显示。", "The verification finished, but its result cannot be shown."),
            (
                "请用命令行 zizhi verify 核验同一文件，并报告这个错误。",
                "Verify the same file with zizhi verify, and report this error.",
            ),
        )
    }
}
