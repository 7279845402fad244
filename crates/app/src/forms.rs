//! 材料清单, 授权书, 同意书, 承诺书: the templates, filled from a draft of the firm or blank for staff.

use std::sync::Arc;

use zizhi_model::{Region, civil};
use zizhi_report::{Disclosed, Firm as OnPaper, Fonts, FormConsent, FormFacts, FormPaper, Lang, form};
use zizhi_store::{Database, Profile, Role};

pub use zizhi_report::Form;

use crate::draft_page::{Page, page};
use crate::failure::Failure;
use crate::firm::Firm;
use crate::output::Output;
use crate::print_report::{WrittenFile, not_printed, write};
use crate::{Host, SOFTWARE};

/// How a template is printed.
#[derive(Debug, Clone, Copy)]
pub struct FormPrint {
    /// Which.
    pub form: Form,
    /// In which language.
    pub language: Lang,
    /// Whether it is made for practice.
    pub drill: bool,
}

/// Writes a template that is filled from a draft.
///
/// # Errors
/// As [`page`]; `IO-EXISTS`, `IO-WRITE`, and the codes of [`zizhi_report::ReportError`].
pub fn print_filled(
    firm: &Firm<'_>,
    draft: &str,
    print: FormPrint,
    fonts: impl FnOnce() -> Result<Arc<Fonts>, Failure>,
    output: &Output<'_>,
) -> Result<WrittenFile, Failure> {
    output.check()?;
    let owner = firm.owner()?;
    let facts = of_draft(&page(firm, draft)?, &owner);
    printed(facts, print, firm.host, fonts, output)
}

/// Writes a template in which nothing is filled but who hands it out: an incubator as the recipient, a firm as itself.
///
/// # Errors
/// `IO-EXISTS`, `IO-WRITE`, and the codes of [`zizhi_report::ReportError`]; as every read of the database.
pub fn print_blank(
    database: &Database,
    print: FormPrint,
    host: &dyn Host,
    fonts: impl FnOnce() -> Result<Arc<Fonts>, Failure>,
    output: &Output<'_>,
) -> Result<WrittenFile, Failure> {
    output.check()?;
    let mut facts = FormFacts::default();
    if let Some(profile) = database.reader()?.profile()? {
        let own = Some(on_paper(&profile));
        match profile.role {
            Role::Firm => facts.firm = own,
            Role::Incubator | Role::Both => facts.recipient = own,
        }
    }
    printed(facts, print, host, fonts, output)
}

fn printed(
    facts: FormFacts,
    print: FormPrint,
    host: &dyn Host,
    fonts: impl FnOnce() -> Result<Arc<Fonts>, Failure>,
    output: &Output<'_>,
) -> Result<WrittenFile, Failure> {
    let facts = FormFacts { made_at: host.now(), software: SOFTWARE.to_owned(), drill: print.drill, ..facts };
    write(&form(print.form, &facts, print.language, &*fonts()?).map_err(not_printed)?, output)
}

fn on_paper(profile: &Profile) -> OnPaper {
    OnPaper { name: profile.name.clone(), uscc: profile.uscc.to_string() }
}

/// What a draft knows. What was typed and is no region or day is left to be written.
fn of_draft(page: &Page, owner: &Profile) -> FormFacts {
    let fields = &page.fields;
    let name = if fields.name.trim().is_empty() { &owner.name } else { &fields.name };
    let papers = page.items.iter().map(|item| FormPaper {
        title: item.title.clone(),
        required: item.required,
        have: item.by.clone(),
    });
    let disclosed = page.credentials.iter().map(|credential| Disclosed {
        title: credential.held.looked.title(),
        number: credential.held.row.number.clone(),
        fields: credential
            .claims
            .iter()
            .filter(|claim| claim.shown)
            .filter_map(|claim| claim.line.label.clone())
            .collect(),
    });
    let consents = fields.consents.iter().map(|consent| FormConsent {
        purpose: consent.purpose.trim().to_owned(),
        kinds: consent
            .kinds
            .iter()
            .map(|kind| {
                let known = page.kinds.iter().find(|(known, _)| known == kind);
                known.map_or_else(|| kind.clone(), |(_, title)| title.zh.clone().into_owned())
            })
            .collect(),
        until: consent.until.as_deref().and_then(|until| civil::parse_date(until.trim()).ok()),
    });
    FormFacts {
        firm: Some(OnPaper { name: name.trim().to_owned(), uscc: owner.uscc.to_string() }),
        recipient: page
            .destination
            .as_ref()
            .map(|record| OnPaper { name: record.name.clone(), uscc: record.uscc.to_string() }),
        origin: Region::parse(fields.origin_region.trim()).ok().map(|region| region.label().into_owned()),
        destination: Some(page.line.destination.label().into_owned()),
        scenario: Some(zizhi_model::Text::fixed(page.line.scenario.zh(), page.line.scenario.en())),
        papers: papers.collect(),
        disclosed: disclosed.collect(),
        consents: consents.collect(),
        ..FormFacts::default()
    }
}
