//! 收件、受理、补正、决定、台账: what becomes of a dossier at the destination.

pub(crate) mod encode;
mod versions;

use std::path::Path;

use zizhi_app::case_compare::compare_versions;
use zizhi_app::case_decide::{Deciding, decide_case};
use zizhi_app::case_decision::decision_draft;
use zizhi_app::case_documents::{Paper, save_document};
use zizhi_app::case_ledger::{export_ledger, ledger};
use zizhi_app::case_month::month;
use zizhi_app::case_notices::{notice_seen, notices};
use zizhi_app::case_on_paper::case_on_paper;
use zizhi_app::case_page::case_page;
use zizhi_app::case_steps::{self, Asking};
use zizhi_app::case_versions::{self, Joining};
use zizhi_app::issue_types::unregistered_to_decide;
use zizhi_app::month_paper::{MonthPaper, export_month};
use zizhi_app::receive_dossier::{Receiving, receive_dossier, receive_supplement};
use zizhi_app::rejudge::rejudge_case;
use zizhi_app::working_days::WorkingDays;
use zizhi_app::{Failure, Output};
use zizhi_model::civil;
use zizhi_wire::commands::CaseCommands;
use zizhi_wire::*;

use crate::desk::{Desk, Open};
use crate::refusal::{refusal, sentence};
use crate::verify::{encode as shown, lang};

impl CaseCommands for Desk {
    fn cases_receive(&self, request: ReceiveDossier) -> Result<CasePage, Refusal> {
        let (open, kept) = (self.open()?, self.at_hand()?);
        let inbox = open.inbox();
        let receiving = Receiving {
            path: Path::new(&request.path),
            operator: &request.operator,
            identities: inbox.identities(),
            library: &kept.library,
        };
        let received = match &request.continues {
            Some(id) => receive_supplement(&open.database, &receiving, id, self.host.as_ref()),
            None => receive_dossier(&open.database, &receiving, self.host.as_ref()),
        };
        let received = received.map_err(|failure| refusal(&failure))?;
        if !received.known {
            self.cases_changed();
        }
        self.page(&open, &received.case_id)
    }

    fn cases_list(&self, request: FindCases) -> Result<Cases, Refusal> {
        let open = self.open()?;
        let today = civil::date_in_shanghai(self.host.now());
        let (filter, after) = encode::filter(&request, today)?;
        let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
        let page =
            ledger(&open.database, &filter, after, limit, today).map_err(|failure| refusal(&failure))?;
        Ok(Cases {
            cases: page.lines.iter().map(encode::line).collect(),
            next: page.next.map(|after| after.to_number().to_string()),
        })
    }

    fn cases_get(&self, request: ById) -> Result<CasePage, Refusal> {
        self.page(&*self.open()?, &request.id)
    }

    fn cases_accept(&self, request: CaseStep) -> Result<CasePage, Refusal> {
        let hands = encode::hands(&request.hands);
        self.step(&request.id, |open| {
            let note = request.note.as_deref();
            case_steps::accept(&open.database, &request.id, &hands, note, self.host.as_ref())
        })
    }

    fn cases_request_supplement(&self, request: RequestSupplement) -> Result<CasePage, Refusal> {
        let (hands, supplements) = (encode::hands(&request.hands), encode::wanted(&request.supplements)?);
        let place = request.notice.as_deref().map(|path| Output { path: Path::new(path), force: true });
        let fonts = match &place {
            Some(_) => Some(self.fonts().map_err(|failure| refusal(&failure))?),
            None => None,
        };
        self.step(&request.id, |open| {
            let asking = Asking {
                case_id: &request.id,
                hands: &hands,
                supplements: &supplements,
                notice: place.as_ref().zip(fonts.as_deref()),
                drill: open.drill,
            };
            case_steps::request_supplement(&open.database, &asking, self.host.as_ref())
        })
    }

    fn cases_join(&self, request: JoinCase) -> Result<CasePage, Refusal> {
        let (hands, kept) = (encode::hands(&request.hands), self.at_hand()?);
        self.step(&request.id, |open| {
            let joining = Joining {
                waiting: &request.id,
                newer: &request.newer,
                hands: &hands,
                library: &kept.library,
            };
            case_versions::join(&open.database, &joining, self.host.as_ref())
        })
    }

    fn cases_compare(&self, request: CompareVersions) -> Result<ComparedVersions, Refusal> {
        let (open, kept) = (self.open()?, self.at_hand()?);
        let versions = (request.older, request.newer);
        let compared = compare_versions(&open.database, &request.id, versions, &kept.library);
        Ok(versions::compared(compared.map_err(|failure| refusal(&failure))?))
    }

    fn cases_on_paper(&self, request: AtPath) -> Result<CaseOnPaper, Refusal> {
        let open = self.open()?;
        let case = case_on_paper(&open.database, Path::new(&request.path));
        let case = case.map_err(|failure| refusal(&failure))?;
        Ok(CaseOnPaper {
            firm_name: case.firm_name.unwrap_or(case.file_name),
            id: case.id,
            number: case.number,
        })
    }

    fn cases_close(&self, request: CaseStep) -> Result<CasePage, Refusal> {
        let hands = encode::hands(&request.hands);
        self.step(&request.id, |open| {
            let note = request.note.as_deref();
            case_steps::close(&open.database, &request.id, &hands, note, self.host.as_ref())
        })
    }

    fn cases_rejudge(&self, request: ById) -> Result<CasePage, Refusal> {
        let kept = self.at_hand()?;
        self.step(&request.id, |open| {
            rejudge_case(&open.database, &kept.library, &request.id, self.host.as_ref())
        })
    }

    fn cases_decision_draft(&self, request: ById) -> Result<DecisionDraft, Refusal> {
        let ((judgement, draft), unregistered) = self.incubator()?.work(|incubator| {
            Ok((decision_draft(incubator.database, &request.id)?, unregistered_to_decide(incubator)?))
        })?;
        Ok(DecisionDraft {
            judgement,
            suggested: encode::outcome(draft.suggested),
            reasons: encode::reasons(draft.reasons),
            remarks: encode::reasons(draft.remarks),
            unregistered: unregistered.as_ref().map(sentence),
            supplements: draft.supplements.iter().map(encode::supplement).collect(),
        })
    }

    fn cases_decide(&self, request: Decide) -> Result<CasePage, Refusal> {
        let (hands, supplements) = (encode::hands(&request.hands), encode::wanted(&request.supplements)?);
        let reasons: Vec<_> =
            request.reasons.iter().map(|reason| (reason.code.clone(), reason.text.clone())).collect();
        let kept = self.at_hand()?;
        self.step(&request.id, |open| {
            let deciding = Deciding {
                case_id: &request.id,
                judgement: Some(request.judgement),
                outcome: encode::outcome_of(request.outcome),
                reasons: &reasons,
                supplements: &supplements,
                hands: &hands,
                take_up: false,
                passphrase: &request.passphrase,
                output: Output { path: Path::new(&request.path), force: true },
                library: &kept.library,
            };
            decide_case(&open.database, &deciding, self.host.as_ref()).map(drop)
        })
    }

    fn cases_save_document(&self, request: SaveDocument) -> Result<Written, Refusal> {
        let open = self.open()?;
        let saved = || {
            let fonts = self.fonts()?;
            let paper = Paper {
                case_id: &request.id,
                nth: request.nth,
                language: lang(request.language),
                fonts: &fonts,
                drill: open.drill,
            };
            let output = Output { path: Path::new(&request.path), force: true };
            let document = versions::document_of(request.document);
            save_document(&open.database, &paper, document, &output)
        };
        let file = saved().map_err(|failure| refusal(&failure))?;
        shown::written(&request.path, Some(file.sha256), 1)
    }

    fn cases_export(&self, request: ExportCases) -> Result<Written, Refusal> {
        let open = self.open()?;
        let today = civil::date_in_shanghai(self.host.now());
        let (filter, _) = encode::filter(&request.filter, today)?;
        let output = Output { path: Path::new(&request.path), force: true };
        let count = export_ledger(&open.database, &filter, &output, self.host.now());
        shown::written(&request.path, None, count.map_err(|failure| refusal(&failure))?)
    }

    fn cases_month(&self, request: MonthOf) -> Result<Month, Refusal> {
        let today = civil::date_in_shanghai(self.host.now());
        let figures = month(&self.open()?.database, &request.month, &self.working_days(), today);
        Ok(encode::month(&request.month, &figures.map_err(|failure| refusal(&failure))?))
    }

    fn cases_export_month(&self, request: ExportMonth) -> Result<Written, Refusal> {
        let open = self.open()?;
        let output = Output { path: Path::new(&request.path), force: true };
        let paper = MonthPaper {
            month: &request.month,
            days: &self.working_days(),
            language: lang(request.language),
            drill: open.drill,
            now: self.host.now(),
        };
        let count = export_month(&open.database, &paper, || self.fonts(), &output);
        shown::written(&request.path, None, count.map_err(|failure| refusal(&failure))?)
    }

    fn cases_notices(&self, _: Nothing) -> Result<Notices, Refusal> {
        let found = notices(&self.open()?.database).map_err(|failure| refusal(&failure))?;
        Ok(Notices { notices: found.into_iter().map(encode::notice).collect() })
    }

    fn cases_notice_seen(&self, request: ById) -> Result<Nothing, Refusal> {
        let open = self.open()?;
        notice_seen(&open.database, &request.id, self.host.as_ref()).map_err(|failure| refusal(&failure))?;
        self.cases_changed();
        Ok(Nothing {})
    }
}

impl Desk {
    /// Takes a step of a case, tells the window, and gives the case as it is then. What a refused step may
    /// have found out all the same, such as a verdict that moved, is told as well.
    fn step(
        &self,
        case_id: &str,
        take: impl FnOnce(&Open) -> Result<(), Failure>,
    ) -> Result<CasePage, Refusal> {
        let open = self.open()?;
        let taken = take(&open);
        if !taken.as_ref().is_err_and(|failure| failure.code != "CASE-MOVED") {
            self.cases_changed();
        }
        taken.map_err(|failure| refusal(&failure))?;
        self.page(&open, case_id)
    }

    fn page(&self, open: &Open, case_id: &str) -> Result<CasePage, Refusal> {
        let kept = self.at_hand()?;
        let days = self.working_days();
        let page = case_page(&open.database, case_id, &kept.library, &days, self.host.now());
        encode::page(page.map_err(|failure| refusal(&failure))?)
    }

    fn working_days(&self) -> WorkingDays {
        WorkingDays::at(&self.place.data)
    }

    fn cases_changed(&self) {
        self.tell(Event::Changed {
            what: vec![Changed::Cases, Changed::Requests, Changed::Session, Changed::Upkeep],
        });
    }
}
