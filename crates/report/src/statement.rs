//! 创新券对账单 on paper: each redemption, and what they add up to in figures and in capitals (大写), which no pen
//! can turn into another amount.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::money::Fen;
use zizhi_model::{Text, civil};

use crate::details::Firm;
use crate::error::ReportError;
use crate::fonts::Fonts;
use crate::lang::Lang;
use crate::paper::{self, Block, Column, Field, Paper, Row};
use crate::press::{self, Inputs};

/// A statement of account.
#[derive(Debug, Clone, PartialEq)]
pub struct VoucherStatement {
    /// Whose statement.
    pub owner: Firm,
    /// The first day; nothing where it is open.
    pub from: Option<NaiveDate>,
    /// The last day; nothing where it is open.
    pub until: Option<NaiveDate>,
    /// The redemptions, the oldest first.
    pub lines: Vec<VoucherLine>,
    /// What the lines add up to, by how far they got.
    pub sums: Vec<(Text, Fen)>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Name and version of the program.
    pub software: String,
    /// Whether it is made for practice.
    pub drill: bool,
}

/// A redemption.
#[derive(Debug, Clone, PartialEq)]
pub struct VoucherLine {
    /// 日期
    pub day: NaiveDate,
    /// 券号
    pub voucher: String,
    /// 发券单位, by its code.
    pub fund: String,
    /// 用券企业, by its code.
    pub firm: String,
    /// 服务机构, by its code.
    pub redeemer: String,
    /// How much.
    pub amount: Fen,
    /// How far it got.
    pub state: Text,
    /// The number of the ledger's receipt; nothing where there is none.
    pub receipt: Option<String>,
}

/// The statement as a document: A4, PDF/A-3a and PDF/UA-1, the same bytes for the same input.
///
/// # Errors
/// As [`crate::verification_report`].
pub fn voucher_statement(made: &VoucherStatement, lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let title = lang.pick("创新券对账单", "Voucher statement");
    let span = span(made, lang);
    let field = |zh, en, value: &str| Field::new(lang.pick(zh, en), value);
    let mut blocks = vec![
        Block::Fields {
            rows: vec![
                vec![field("对账单位", "Organisation", &made.owner.name)],
                vec![
                    field("统一社会信用代码", "Credit code", &made.owner.uscc),
                    field("笔数", "Redemptions", &made.lines.len().to_string()),
                ],
                vec![field("期间", "Period", &span)],
                vec![field("数据截至", "As of", &lang.time(made.made_at))],
            ],
        },
        Block::heading(lang.pick("一、合计", "1. Sums")),
        Block::Fields { rows: made.sums.iter().map(|(what, sum)| vec![amount(what, *sum, lang)]).collect() },
        Block::heading(lang.pick("二、明细", "2. Redemptions")),
    ];
    blocks.push(if made.lines.is_empty() {
        Block::text(lang.pick("该期间没有核销记录。", "Nothing was redeemed in this period."))
    } else {
        table(&made.lines, lang)
    });
    let statement = lang.pick(
        "本对账单依据本机保存的账本回执列出，供核对使用，不是付款凭证；预核销的金额未经账本确认，不计入已核销。",
        "This statement lists the ledger's receipts that are kept here. It is for reconciling and is no voucher for \
         payment; what is provisional was not confirmed by the ledger and does not count as redeemed.",
    );
    let day = lang.date(civil::date_in_shanghai(made.made_at));
    let signing = paper::signing(lang, None, None, &made.owner.name, day, None);
    blocks.push(Block::Together { blocks: vec![Block::text(statement), Block::Signing(signing)] });
    let paper = Paper {
        lang: lang.pick("zh", "en").to_owned(),
        title: title.to_owned(),
        number: span.clone(),
        copies: Some(lang.pick("一式两份", "in two copies").to_owned()),
        organisation: made.owner.name.clone(),
        description: format!("{} {span}", made.owner.uscc),
        watermark: paper::watermark(made.drill, lang),
        page: paper::page(lang),
        attachment: None,
        blocks,
    };
    let identity = format!("{title} {} {}", made.owner.uscc, civil::rfc3339(made.made_at));
    let inputs = Inputs {
        code: None,
        attached: None,
        at: made.made_at,
        identity: &identity,
        software: &made.software,
    };
    press::print(&paper, inputs, fonts)
}

/// An amount in figures and, in Chinese, in capitals below.
fn amount(what: &Text, sum: Fen, lang: Lang) -> Field {
    let mut lines = vec![sum.yuan()];
    if lang == Lang::Zh {
        lines.push(sum.capitals());
    }
    Field::lines(lang.of(what), lines)
}

fn span(made: &VoucherStatement, lang: Lang) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| lang.date(day));
    match (day(made.from), day(made.until), lang) {
        (Some(from), Some(until), Lang::Zh) => format!("{from}至{until}"),
        (Some(from), None, Lang::Zh) => format!("{from}起"),
        (None, Some(until), Lang::Zh) => format!("截至{until}"),
        (None, None, Lang::Zh) => "全部日期".to_owned(),
        (Some(from), Some(until), Lang::En) => format!("{from} to {until}"),
        (Some(from), None, Lang::En) => format!("from {from}"),
        (None, Some(until), Lang::En) => format!("until {until}"),
        (None, None, Lang::En) => "all days".to_owned(),
    }
}

fn table(lines: &[VoucherLine], lang: Lang) -> Block {
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::short(lang.pick("日期", "Day"), 23),
        Column::words(lang.pick("券号", "Voucher"), 0),
        Column::short(lang.pick("金额（元）", "Amount (CNY)"), 29),
        Column::short(lang.pick("状态", "State"), 32),
    ];
    let rows = (1_usize..).zip(lines).map(|(number, line)| {
        let parties = match lang {
            Lang::Zh => format!("用券企业{}；发券单位{}", line.firm, line.fund),
            Lang::En => format!("firm {}; fund {}", line.firm, line.fund),
        };
        let receipt = match (&line.receipt, lang) {
            (Some(receipt), Lang::Zh) => format!("服务机构{}；回执{receipt}", line.redeemer),
            (None, Lang::Zh) => format!("服务机构{}；没有回执", line.redeemer),
            (Some(receipt), Lang::En) => format!("redeemer {}; receipt {receipt}", line.redeemer),
            (None, Lang::En) => format!("redeemer {}; no receipt", line.redeemer),
        };
        Row {
            cells: vec![
                vec![number.to_string()],
                vec![line.day.to_string()],
                vec![line.voucher.clone()],
                vec![line.amount.yuan()],
                vec![lang.of(&line.state).to_owned()],
            ],
            note: Some(Field::lines("", vec![parties, receipt])),
        }
    });
    Block::Table { columns, rows: rows.collect() }
}
