//! 材料清单, 授权书, 同意书, 承诺书: templates that are printed, completed by hand, signed and stamped.
//!
//! A firm's own draft fills them as far as it goes; what is not known is left to be written. They are templates for
//! the two incubators' use and say so: none is an official form, and none bears a drawn seal.

mod words;

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::Text;
use zizhi_model::civil;

use crate::details::Firm;
use crate::error::ReportError;
use crate::fonts::Fonts;
use crate::lang::Lang;
use crate::paper::{self, Block, Column, Field, Paper, Row};
use crate::press::{self, Inputs};

/// A template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 材料清单
    Materials,
    /// 授权书
    Authorisation,
    /// 同意书, of a person whose data are in the dossier.
    Consent,
    /// 承诺书
    Commitment,
}

impl Form {
    /// What it is called.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Materials => Text::fixed("资质互认材料清单", "List of papers"),
            Self::Authorisation => Text::fixed("授权书", "Authorisation"),
            Self::Consent => {
                Text::fixed("个人信息提供单独同意书", "Separate consent to provide personal information")
            }
            Self::Commitment => Text::fixed("材料真实性承诺书", "Commitment to true papers"),
        }
    }
}

/// What is known when a template is printed. The default is a blank one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormFacts {
    /// The firm.
    pub firm: Option<Firm>,
    /// Who receives the dossier.
    pub recipient: Option<Firm>,
    /// Where the firm is.
    pub origin: Option<String>,
    /// Where it goes.
    pub destination: Option<String>,
    /// What it wants to do.
    pub scenario: Option<Text>,
    /// The papers of the checklist.
    pub papers: Vec<FormPaper>,
    /// What the dossier shows of each credential.
    pub disclosed: Vec<Disclosed>,
    /// What people are asked to consent to.
    pub consents: Vec<FormConsent>,
    /// When it was printed.
    pub made_at: DateTime<Utc>,
    /// Name and version of the program.
    pub software: String,
    /// Whether it is made for practice.
    pub drill: bool,
}

/// A paper of the checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPaper {
    /// What it is called.
    pub title: Text,
    /// Whether it has to be there.
    pub required: bool,
    /// What the dossier has for it, a line each.
    pub have: Vec<String>,
}

/// What is shown of a credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosed {
    /// What it is called.
    pub title: Text,
    /// Its number.
    pub number: Option<String>,
    /// The fields that are shown, by name.
    pub fields: Vec<Text>,
}

/// A consent to be given.
#[derive(Debug, Clone, PartialEq)]
pub struct FormConsent {
    /// What for.
    pub purpose: String,
    /// Which kinds of data.
    pub kinds: Vec<String>,
    /// Until when.
    pub until: Option<NaiveDate>,
}

/// The template as a document: A4, PDF/A-3a and PDF/UA-1, the same bytes for the same input.
///
/// # Errors
/// As [`crate::verification_report`].
pub fn form(form: Form, facts: &FormFacts, lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let mut blocks = match form {
        Form::Materials => materials(facts, lang),
        Form::Authorisation => authorisation(facts, lang),
        Form::Consent => consent(facts, lang),
        Form::Commitment => commitment(facts, lang),
    };
    // What a signature is for stands on the page with it.
    let mut last: Vec<Block> = blocks.pop().into_iter().collect();
    last.push(Block::Signing(signing(form, facts, lang)));
    last.push(Block::note(words::template(lang)));
    blocks.push(Block::Together { blocks: last });
    let title = form.title();
    let name = facts.firm.as_ref().map(|firm| firm.name.clone()).unwrap_or_default();
    let paper = Paper {
        lang: lang.pick("zh", "en").to_owned(),
        title: lang.of(&title).to_owned(),
        number: lang.pick("参考模板", "template").to_owned(),
        copies: None,
        organisation: name.clone(),
        description: format!("{name} {}", lang.of(&title)),
        watermark: paper::watermark(facts.drill, lang),
        page: paper::page(lang),
        attachment: None,
        blocks,
    };
    let identity = format!("{} {name} {}", title.zh, civil::rfc3339(facts.made_at));
    let inputs = Inputs {
        code: None,
        attached: None,
        at: facts.made_at,
        identity: &identity,
        software: &facts.software,
    };
    press::print(&paper, inputs, fonts)
}

fn materials(facts: &FormFacts, lang: Lang) -> Vec<Block> {
    vec![
        heads(facts, lang),
        Block::heading(lang.pick("一、材料", "1. Papers")),
        papers(&facts.papers, true, lang),
        Block::text(words::handed_over(lang)),
    ]
}

fn authorisation(facts: &FormFacts, lang: Lang) -> Vec<Block> {
    let hand = |zh, en| Field::by_hand(lang.pick(zh, en));
    vec![
        heads(facts, lang),
        Block::text(words::authorises(facts, lang)),
        Block::Fields {
            rows: vec![
                vec![hand("被授权人姓名", "Name"), hand("职务", "Position")],
                vec![hand("联系电话", "Phone"), hand("授权期限至", "Until")],
            ],
        },
        Block::heading(lang.pick("一、授权办理的事项", "1. What is authorised")),
        Block::text(words::matters(lang)),
        Block::heading(lang.pick("二、授权出示的信息", "2. What may be shown")),
        disclosed(facts, lang),
        Block::text(words::no_further(lang)),
    ]
}

fn consent(facts: &FormFacts, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![heads(facts, lang), Block::text(words::consents(facts, lang))];
    let hand = |zh, en| Field::by_hand(lang.pick(zh, en));
    blocks.push(Block::Fields {
        rows: vec![
            vec![hand("本人姓名", "Name"), hand("与企业的关系", "Position")],
            vec![hand("接收方联系人", "Recipient's contact"), hand("接收方联系方式", "How to reach it")],
        ],
    });
    blocks.push(Block::heading(lang.pick("一、同意提供的个人信息", "1. What is provided")));
    blocks.push(asked(facts, lang));
    blocks.push(Block::heading(lang.pick("二、已知悉的事项", "2. What the person knows")));
    blocks.push(Block::text(words::known(lang)));
    blocks
}

fn commitment(facts: &FormFacts, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![heads(facts, lang), Block::text(words::commits(facts, lang))];
    blocks.extend(words::promises(lang).into_iter().map(Block::text));
    blocks.push(Block::heading(lang.pick("附：提交的材料", "The papers")));
    // Only what is there is committed to.
    let there: Vec<FormPaper> = facts.papers.iter().filter(|paper| !paper.have.is_empty()).cloned().collect();
    blocks.push(papers(&there, false, lang));
    blocks.push(Block::text(lang.pick("以上承诺，本企业愿承担相应责任。", "The firm answers for this.")));
    blocks
}

/// Firm, destination and purpose; what is not known is to be written.
fn heads(facts: &FormFacts, lang: Lang) -> Block {
    let field = |zh, en, value: Option<&str>| match value.filter(|value| !value.is_empty()) {
        Some(value) => Field::new(lang.pick(zh, en), value),
        None => Field::by_hand(lang.pick(zh, en)),
    };
    let (firm, to) = (facts.firm.as_ref(), facts.recipient.as_ref());
    Block::Fields {
        rows: vec![
            vec![field("企业名称", "Firm", firm.map(|firm| firm.name.as_str()))],
            vec![
                field("统一社会信用代码", "Credit code", firm.map(|firm| firm.uscc.as_str())),
                field("办理情形", "Purpose", facts.scenario.as_ref().map(|scenario| lang.of(scenario))),
            ],
            vec![
                field("迁出地", "Origin", facts.origin.as_deref()),
                field("迁入地", "Destination", facts.destination.as_deref()),
            ],
            vec![field("接收方", "Recipient", to.map(|to| to.name.as_str()))],
        ],
    }
}

/// The papers, and where staff compare them a box to tick.
fn papers(papers: &[FormPaper], ticked: bool, lang: Lang) -> Block {
    let mut columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::words(lang.pick("材料", "Paper"), 44),
        Column::short(lang.pick("要求", "Needed"), 16),
        Column::words(lang.pick("档案中的凭证或附件", "In the dossier"), 0),
    ];
    if ticked {
        columns.push(Column::short(lang.pick("原件核对", "Original seen"), 20));
    }
    let rows = (1..).zip(papers).map(|(number, paper)| {
        let needed =
            if paper.required { lang.pick("必备", "required") } else { lang.pick("可选", "optional") };
        let mut cells = vec![
            vec![number.to_string()],
            vec![lang.of(&paper.title).to_owned()],
            vec![needed.to_owned()],
            paper.have.clone(),
        ];
        cells.extend(ticked.then(|| vec!["□".to_owned()]));
        Row { cells, note: None }
    });
    let (across, down) = (columns.len(), if ticked { 8 } else { 4 });
    Block::Table { columns, rows: or_blank(rows.collect(), across, down) }
}

fn disclosed(facts: &FormFacts, lang: Lang) -> Block {
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::words(lang.pick("凭证", "Credential"), 42),
        Column::words(lang.pick("编号", "Number"), 42),
        Column::words(lang.pick("出示的字段", "Fields shown"), 0),
    ];
    let rows = (1..).zip(&facts.disclosed).map(|(number, shown)| {
        let fields: Vec<String> = shown.fields.iter().map(|field| lang.of(field).to_owned()).collect();
        Row {
            cells: vec![
                vec![number.to_string()],
                vec![lang.of(&shown.title).to_owned()],
                vec![shown.number.clone().unwrap_or_else(|| "—".to_owned())],
                vec![lang.list(&fields)],
            ],
            note: None,
        }
    });
    Block::Table { columns, rows: or_blank(rows.collect(), 4, 2) }
}

fn asked(facts: &FormFacts, lang: Lang) -> Block {
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::words(lang.pick("信息种类", "Kinds of data"), 0),
        Column::words(lang.pick("提供目的", "Purpose"), 55),
        Column::short(lang.pick("同意截止", "Consent ends"), 26),
    ];
    let rows = (1..).zip(&facts.consents).map(|(number, consent)| Row {
        cells: vec![
            vec![number.to_string()],
            vec![lang.list(&consent.kinds)],
            vec![consent.purpose.clone()],
            vec![consent.until.map(|day| day.to_string()).unwrap_or_default()],
        ],
        note: None,
    });
    Block::Table { columns, rows: or_blank(rows.collect(), 4, 3) }
}

/// The rows, or empty ones to write in.
fn or_blank(rows: Vec<Row>, columns: usize, blank: usize) -> Vec<Row> {
    if !rows.is_empty() {
        return rows;
    }
    let row = |number: usize| {
        let mut cells = vec![vec![String::new()]; columns];
        if let Some(first) = cells.first_mut() {
            *first = vec![number.to_string()];
        }
        Row { cells, note: None }
    };
    (1..=blank).map(row).collect()
}

fn signing(form: Form, facts: &FormFacts, lang: Lang) -> paper::Signing {
    let day = lang.pick("　　　　年　　月　　日", "date:                    ").to_owned();
    let name = facts.firm.as_ref().map(|firm| firm.name.as_str()).unwrap_or_default();
    let mut signing = paper::signing(lang, None, None, name, day, None);
    let hands: &[(&str, &str)] = match form {
        Form::Materials => &[("提交人", "Handed over by"), ("接收人", "Received by")],
        Form::Authorisation => &[("法定代表人", "Legal representative"), ("被授权人", "Authorised person")],
        Form::Consent => &[("本人签字", "Signature")],
        Form::Commitment => &[("法定代表人", "Legal representative"), ("经办人", "Prepared by")],
    };
    signing.people = hands.iter().map(|(zh, en)| Field::new(lang.pick(zh, en), "")).collect();
    if form == Form::Consent {
        // A person consents, and no organisation in that person's place.
        signing.organisation = String::new();
        signing.seal = "";
    }
    signing
}
