//! Exactly what will be signed: what the manifest says, what each credential shows and what it keeps
//! hidden, and the files. Beside this a dossier holds its number, the time and the proofs of the firm's
//! key, which are made when it is signed.

use zizhi_credential::Path;
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::present::{Choice, present};
use zizhi_model::{Limits, Text, civil};
use zizhi_store::Direction;

use crate::draft_body::{Stage, read, signed};
use crate::draft_folder::terms;
use crate::draft_page::PageAttachment;
use crate::failure::{Failure, told};
use crate::firm::Firm;
use crate::hold_credentials;
use crate::plan_destinations::in_words;
use crate::plan_facts;
use crate::plan_pack::Rules;
use crate::requests_stored::{known, request_of};
use crate::vault;
use crate::verify_view::{CredentialView, shown};

/// What will be signed.
#[derive(Debug)]
pub struct SigningPage {
    /// Members of the manifest: the member, what it is called, its value.
    pub lines: Vec<SigningLine>,
    /// The credentials, cut to what will be shown.
    pub credentials: Vec<CredentialView>,
    /// The files.
    pub attachments: Vec<PageAttachment>,
    /// What signing means.
    pub statement: Text,
}

/// A member of the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningLine {
    /// The member.
    pub path: String,
    /// What it is called.
    pub label: Text,
    /// Its value for people.
    pub value: String,
}

/// The page of a draft.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-SIGNED`, `DRAFT-FIELD`, `DRAFT-FACT`, `FORM-VALUE`, `HOLD-ABSENT`, `PRESENT-CLAIM`.
pub fn signing_page(firm: &Firm<'_>, id: &str) -> Result<SigningPage, Failure> {
    let owner = firm.owner()?;
    let reader = firm.database.reader()?;
    let kept = read(&reader, id)?;
    if kept.stage != Stage::Draft {
        return Err(signed(&kept.row.title));
    }
    let files = reader.draft_files(id)?;
    let draft = terms(&kept, owner.uscc, &files)?;
    let key = vault::holder_public(firm.database)?;
    let record = firm.library.trust().issuer(&kept.aud).ok().flatten();
    let to = called(record.as_ref().map(|record| record.name.clone()), kept.aud.as_str());
    let rules = Rules::of(firm.library, &kept, firm.today());
    let list = rules.checklist(&draft.checklist_id).map(|(_, list)| list.title.zh.clone().into_owned());
    let regions = rules.pack.as_ref().map(|pack| in_words(&pack.to_regions));
    let mut lines = vec![
        line("firm", ("企业", "firm"), format!("{}（{}）", draft.firm.name, draft.firm.uscc)),
        line("aud", ("接收方", "destination"), to),
        line("scenario", ("情形", "purpose"), kept.scenario.zh().to_owned()),
        line("origin_region", ("迁出地", "from"), draft.origin_region.label().into_owned()),
        line("destination_region", ("迁入地", "to"), draft.destination_region.label().into_owned()),
        line("checklist_id", ("材料清单", "checklist"), called(list, &draft.checklist_id)),
        line(
            "rule_pack",
            ("规则包", "rule pack"),
            format!("{} 第{}版", called(regions, &draft.rule_pack.id), draft.rule_pack.version),
        ),
    ];
    for (at, former) in draft.firm.former_names.iter().enumerate() {
        let until = former.until.map(|day| format!("，至{}", civil::date_zh(day))).unwrap_or_default();
        let evidence = former.evidence.as_ref().map(|name| format!("，依据：{name}")).unwrap_or_default();
        let path = format!("firm.former_names[{at}]");
        lines.push(line(&path, ("曾用名", "former name"), format!("{}{until}{evidence}", former.name)));
    }
    if let Some(request) = request_of(&reader, &kept, firm.host.now())? {
        let row = reader.request(Direction::Received, &request)?;
        let until =
            row.as_ref().and_then(known).map(|known| civil::time_zh(known.row.exp)).unwrap_or_default();
        let whose = record.as_ref().map(|record| format!("{}的请求", record.name));
        let named = called(whose, &request);
        lines.push(line("request", ("答复的请求", "in answer to"), format!("{named}，{until}前有效")));
    }
    for fact in &kept.body.fields.facts {
        if !fact.value.trim().is_empty() {
            let label = plan_facts::label(&fact.name);
            lines.push(SigningLine {
                path: format!("facts.{}", fact.name),
                label: told(format!("企业自述：{}", label.zh), format!("stated by the firm: {}", label.en())),
                value: plan_facts::value_label(&fact.name, &fact.value).to_owned(),
            });
        }
    }
    for (at, consent) in draft.consents.iter().enumerate() {
        lines.push(line(
            &format!("consents[{at}]"),
            ("个人信息单独同意", "separate consent"),
            consent.to_string(),
        ));
    }
    lines.push(line("cnf", ("签名密钥指纹", "fingerprint of the key"), key.key_id().as_str().to_owned()));
    let credentials = kept.body.credentials.iter().map(|chosen| {
        let held = hold_credentials::one(firm, &chosen.id)?;
        cut(firm, &held, &chosen.disclose)
    });
    let credentials = credentials.collect::<Result<Vec<_>, Failure>>()?;
    let attachments = files.into_iter().map(|file| {
        let size = reader.original(&file.sha256)?.map_or(0, |original| original.size);
        let sealed = kept.body.sealed_files.contains(&zizhi_crypto::digest::hex(&file.sha256));
        Ok(PageAttachment { file, size, sealed })
    });
    Ok(SigningPage {
        lines,
        credentials,
        attachments: attachments.collect::<Result<Vec<_>, Failure>>()?,
        statement: statement(),
    })
}

/// A credential as the destination will read it.
fn cut(
    firm: &Firm<'_>,
    held: &hold_credentials::Held,
    disclose: &[String],
) -> Result<CredentialView, Failure> {
    let limits = Limits::default();
    let paths: Vec<Path<'_>> = disclose.iter().filter_map(|path| Path::parse(path).ok()).collect();
    let text = present(&held.issued, Choice::Only(&paths), None, &limits)
        .map_err(|error| no_claim(held).because(error))?;
    let expected = Expected { issuer: None, aud: None, nonce: None, at: firm.host.now().timestamp() };
    let found = inspect(text.as_bytes(), &expected, &limits);
    let kind = held.row.credential_type.clone();
    let (title, lines, hidden) = shown(&found, &kind, firm.library.trust());
    Ok(CredentialView { path: held.row.id.clone(), kind, title, lines, hidden })
}

/// A name with its code; the code alone where nobody at hand has the name.
fn called(name: Option<String>, code: &str) -> String {
    name.map_or_else(|| code.to_owned(), |name| format!("{name}（{code}）"))
}

fn line(path: &str, label: (&'static str, &'static str), value: String) -> SigningLine {
    SigningLine { path: path.to_owned(), label: Text::fixed(label.0, label.1), value }
}

fn statement() -> Text {
    Text::fixed(
        "签署后，本页列出的内容连同附件将用本企业的密钥签名，由本企业对其真实性负责。签署不能撤回：文件交出后，接收方可以长期保存并核验它。未列出的字段不会出示。",
        "Once signed, what this page lists and the files bear the signature of this firm, which answers for them. Signing \
         cannot be taken back: whoever is given the file can keep and verify it. What is not listed stays hidden.",
    )
}

fn no_claim(held: &hold_credentials::Held) -> Failure {
    let label = held.label();
    Failure::input(
        "PRESENT-CLAIM",
        told(
            format!("“{}”中没有草稿要出示的字段，没有继续。", label.zh),
            format!("{} lacks a claim that the draft would show; nothing was done", label.en()),
        ),
        Text::fixed(
            "请打开草稿，重新选择这份凭证要出示的字段。",
            "open the draft and choose its claims again",
        ),
    )
}
