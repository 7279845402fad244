//! 迁移与异地经营: where to go, what is asked there, what is missing, signing, and what came of it.

mod convert;
mod typed;

use std::path::{Path, PathBuf};

use zizhi_app::draft_attach::{self, Answering, Changing};
use zizhi_app::draft_begin::{self, Purpose};
use zizhi_app::draft_choose::{self, Choosing};
use zizhi_app::draft_sign::{self, Signing};
use zizhi_app::forms::{self, FormPrint};
use zizhi_app::print_report::WrittenFile;
use zizhi_app::{
    Output, draft_again, draft_check, draft_page, draft_save, draft_signing_page, plan_destinations,
    receive_decision,
};
use zizhi_wire::commands::DraftCommands;
use zizhi_wire::*;

use crate::desk::Desk;
use crate::refusal::refused;
use crate::request::{region, uscc};
use crate::verify::lang;
use crate::words;

impl DraftCommands for Desk {
    fn draft_destinations(&self, _: Nothing) -> Result<Destinations, Refusal> {
        let all = self.firm()?.work(plan_destinations::destinations)?;
        let now = self.host.now();
        Ok(Destinations { destinations: all.iter().map(|it| convert::destination(it, now)).collect() })
    }

    fn draft_begin(&self, request: BeginDraft) -> Result<DraftPage, Refusal> {
        let begun = match (&request.request_id, unasked(&request)) {
            (Some(id), _) => self.firm()?.work(|firm| draft_begin::begin(firm, &Purpose::Answer(id)))?,
            (None, Some((scenario, to, aud, checklist_id, pack_id))) => {
                let purpose = Purpose::Unasked {
                    scenario: words::meant(scenario),
                    destination: region(to)?,
                    aud: uscc(aud)?,
                    checklist_id,
                    pack_id,
                };
                self.firm()?.work(|firm| draft_begin::begin(firm, &purpose))?
            }
            (None, None) => return Err(no_purpose()),
        };
        self.moved(&begun.id)
    }

    fn draft_again(&self, request: ById) -> Result<DraftPage, Refusal> {
        let begun = self.firm()?.work(|firm| draft_again::again(firm, &request.id))?;
        self.moved(&begun.id)
    }

    fn draft_list(&self, _: Nothing) -> Result<Drafts, Refusal> {
        let lines = self.firm()?.work(draft_page::list)?;
        Ok(Drafts { drafts: lines.into_iter().map(convert::line).collect() })
    }

    fn draft_get(&self, request: ById) -> Result<DraftPage, Refusal> {
        let desk = self.firm()?;
        let page = desk.work(|firm| draft_page::page(firm, &request.id))?;
        let drill_answer = desk.drill_answer(&request.id).map(|path| path.to_string_lossy().into_owned());
        Ok(DraftPage { drill_answer, ..convert::page(page, self.host.now()) })
    }

    fn draft_save(&self, request: SaveDraft) -> Result<DraftPage, Refusal> {
        let fields = typed::fields(request.fields);
        self.firm()?.work(|firm| draft_save::save(firm, &request.id, fields))?;
        self.moved(&request.id)
    }

    fn draft_remove(&self, request: ById) -> Result<Nothing, Refusal> {
        self.firm()?.work(|firm| draft_save::remove(firm, &request.id))?;
        self.changed(&[Changed::Drafts]);
        Ok(Nothing {})
    }

    fn draft_choose(&self, request: ChooseCredential) -> Result<DraftPage, Refusal> {
        let choosing = Choosing {
            draft: &request.draft_id,
            credential: &request.credential_id,
            disclose: request.disclose,
            answers: request.answers,
            demands: request.demands,
        };
        self.firm()?.work(|firm| draft_choose::choose(firm, &choosing))?;
        self.moved(&request.draft_id)
    }

    fn draft_drop(&self, request: DropCredential) -> Result<DraftPage, Refusal> {
        let DropCredential { draft_id, credential_id } = request;
        self.firm()?.work(|firm| draft_choose::drop(firm, &draft_id, &credential_id))?;
        self.moved(&draft_id)
    }

    fn draft_attach(&self, request: Attach) -> Result<DraftPage, Refusal> {
        let Attach { draft_id, paths, kind, answers, demands } = request;
        let answering = Answering { items: &answers, demands: &demands };
        let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
        self.firm()?.work(|firm| draft_attach::attach(firm, &draft_id, &paths, &kind, answering))?;
        self.moved(&draft_id)
    }

    fn draft_change_attachment(&self, request: ChangeAttachment) -> Result<DraftPage, Refusal> {
        let changing = Changing {
            draft: &request.draft_id,
            file: &request.path,
            name: request.name.as_deref(),
            kind: &request.kind,
            answers: request.answers,
            demands: request.demands,
        };
        self.firm()?.work(|firm| draft_attach::change_attachment(firm, &changing))?;
        self.moved(&request.draft_id)
    }

    fn draft_check(&self, request: CheckDraft) -> Result<CheckedDraft, Refusal> {
        let CheckDraft { id, passphrase } = &request;
        self.firm()?.work(|firm| convert::checked(&draft_check::check(firm, id, passphrase)?))
    }

    fn draft_signing_page(&self, request: ById) -> Result<SigningPage, Refusal> {
        let page = self.firm()?.work(|firm| draft_signing_page::signing_page(firm, &request.id))?;
        Ok(convert::signing_page(page))
    }

    fn draft_sign(&self, request: SignDraft) -> Result<Written, Refusal> {
        let SignDraft { id, passphrase, path, seal } = &request;
        let signing = Signing { draft: id, passphrase, path: Path::new(path), seal: *seal };
        let signed = self.firm()?.work(|firm| draft_sign::sign(firm, &signing));
        // Signed and kept, even where it could not be written out.
        self.changed(&[Changed::Drafts, Changed::Requests, Changed::Session]);
        Ok(convert::written(signed?, request.path))
    }

    fn draft_export(&self, request: SignedAgain) -> Result<Written, Refusal> {
        let SignedAgain { id, path, seal } = &request;
        let written = self.firm()?.work(|firm| draft_sign::export(firm, id, Path::new(path), *seal))?;
        self.changed(&[Changed::Drafts]);
        Ok(convert::written(written, request.path))
    }

    fn draft_save_form(&self, request: SaveForm) -> Result<Written, Refusal> {
        let file = self.form(&request)?;
        Ok(Written { path: request.path, sha256: Some(file.sha256), count: 1 })
    }

    fn draft_import_decision(&self, request: ImportDecision) -> Result<ImportedDecision, Refusal> {
        let received = self.firm()?.work(|firm| {
            let received = receive_decision::receive(firm, Path::new(&request.path))?;
            convert::received(received)
        })?;
        self.changed(&[Changed::Drafts]);
        Ok(received)
    }
}

impl Desk {
    fn form(&self, request: &SaveForm) -> Result<WrittenFile, Refusal> {
        let desk = self.firm()?;
        let output = Output { path: Path::new(&request.path), force: true };
        let (drill, language) = (desk.drill(), lang(request.language));
        let print = FormPrint { form: convert::form(request.form), language, drill };
        let fonts = || self.fonts();
        desk.work(|firm| match &request.draft_id {
            Some(draft) => forms::print_filled(firm, draft, print, fonts, &output),
            None => forms::print_blank(firm.database, print, firm.host, fonts, &output),
        })
    }

    /// The page of a draft that was changed, which other pages hear of.
    fn moved(&self, id: &str) -> Result<DraftPage, Refusal> {
        self.changed(&[Changed::Drafts]);
        self.draft_get(ById { id: id.to_owned() })
    }
}

type Terms<'r> = (Scenario, &'r str, &'r str, &'r str, &'r str);

/// What a dossier without a request needs to be begun.
fn unasked(request: &BeginDraft) -> Option<Terms<'_>> {
    Some((
        request.scenario?,
        request.destination_region.as_deref()?,
        request.aud.as_deref()?,
        request.checklist_id.as_deref()?,
        request.pack_id.as_deref()?,
    ))
}

fn no_purpose() -> Refusal {
    refused(
        "DRAFT-TERMS",
        (
            "还没有选全情形、地区、接收方和清单，没有建立草稿。",
            "Purpose, region, destination and checklist are not all chosen; no draft was made.",
        ),
        ("请从目的地列表中选择一项，或选择一份请求。", "Choose one of the destinations, or a request."),
    )
}
