//! Letters to the firm: 补正通知 with what to add by when, and 互认决定通知 with what was decided and why.

use zizhi_crypto::digest;

use crate::details::{Notice, Reason, Wanted};
use crate::error::ReportError;
use crate::fonts::Fonts;
use crate::lang::Lang;
use crate::paper::{self, Block, Code, Column, Field, Paper, Row};
use crate::press::{self, Inputs};
use crate::qr;

/// 补正通知: what the firm has to add, and until when. A4, PDF/A-3a and PDF/UA-1, the same bytes for the
/// same input.
///
/// # Errors
/// As [`crate::verification_report`].
pub fn supplement_notice(notice: &Notice, lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let wanted = &notice.decision.supplements;
    let days = || wanted.iter().filter_map(|wanted| wanted.due);
    // Whoever reads no further keeps the first of the days.
    let (first, several) = (days().min(), days().min() != days().max());
    let until = match (first.map(|day| lang.date(day)), several, lang) {
        (Some(day), false, Lang::Zh) => format!("请不迟于{day}"),
        (Some(day), true, Lang::Zh) => format!("最早一项的期限是{day}，请按各项期限"),
        (None, _, Lang::Zh) => "请尽快".to_owned(),
        (Some(day), false, Lang::En) => format!("Please add, by {day},"),
        (Some(day), true, Lang::En) => {
            format!("The first item is due on {day}. Please add, by the day set for each,")
        }
        (None, _, Lang::En) => "Please add, as soon as you can,".to_owned(),
    };
    let about = about(notice, lang);
    let asked = match lang {
        Lang::Zh => format!("{about}，尚需补正。{until}补齐下列材料，重新生成、签名档案后提交。"),
        Lang::En => format!(
            "{about} and is not complete. {until} what is listed below, then make and sign the dossier again \
             and submit it."
        ),
    };
    let body = vec![
        Block::text(asked),
        Block::heading(lang.pick("一、需补正的材料", "1. What to add")),
        items(wanted, lang),
        Block::heading(lang.pick("二、补正的原因", "2. Why")),
        reasons(
            &notice.decision.reasons,
            lang.pick("见上列各项说明。", "As told with what is asked for above."),
            lang,
        ),
        Block::text(lang.pick(
            "收到补正后的档案，另行出具收件回执并重新核验。",
            "The new dossier will get a receipt of its own and be verified again.",
        )),
    ];
    letter(notice, lang.pick("补正通知", "Notice to supplement"), body, lang, fonts)
}

/// 互认决定通知: what was decided on the dossier, why, and what has to be added. A4, PDF/A-3a and PDF/UA-1,
/// the same bytes for the same input.
///
/// # Errors
/// As [`crate::verification_report`].
pub fn decision_notice(notice: &Notice, lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let decision = &notice.decision;
    let about = about(notice, lang);
    let mut body = vec![
        Block::text(match lang {
            Lang::Zh => format!("{about}，决定如下。"),
            Lang::En => format!("{about}. This was decided."),
        }),
        Block::Answer {
            mark: "",
            word: lang.of(&decision.outcome).to_owned(),
            reason: String::new(),
            points: Vec::new(),
        },
        Block::heading(lang.pick("一、理由", "1. Reasons")),
        reasons(&decision.reasons, lang.pick("无。", "None."), lang),
        Block::heading(lang.pick("二、需补充的材料", "2. What to add")),
        items(&decision.supplements, lang),
    ];
    let day = lang.date(decision.decided_on);
    body.push(Block::note(match lang {
        Lang::Zh => format!(
            "说明：本决定于{day}作出，依据为所列档案和核验报告，仅供双方孵化器内部互认使用，不构成行政认定，不替代证照原件。\
             以签名的决定文件（.zzdecision）为准，本页供阅读和存档。"
        ),
        Lang::En => format!(
            "Note: decided on {day}. This decision rests on the dossier and the report named here. It is for recognition \
             between the two incubators only. It is no administrative decision and does not replace the original \
             certificates. The signed file (.zzdecision) counts; this page is for reading and filing."
        ),
    }));
    letter(notice, lang.pick("资质互认决定通知", "Notice of decision"), body, lang, fonts)
}

fn letter(
    notice: &Notice,
    title: &str,
    mut body: Vec<Block>,
    lang: Lang,
    fonts: &Fonts,
) -> Result<Vec<u8>, ReportError> {
    let hex = digest::hex(&notice.report_sha256);
    let code = [
        title.to_owned(),
        format!("{} {}", lang.pick("编号", "No."), notice.number),
        format!("{} SHA-256 {hex}", lang.pick("核验报告", "Report")),
    ]
    .join("\n");
    let shown = Code::new(
        lang.pick("二维码，内容为通知编号与核验报告摘要", "QR code with number and digest of the report"),
        lang.pick("核验报告摘要（SHA-256）", "Digest of the report (SHA-256)"),
        &notice.report_sha256,
        lang.pick(
            "扫码得到通知编号与核验报告摘要，无需联网。",
            "Holds the notice's number and the digest of the report; no network is needed.",
        ),
    );
    let signing = paper::signing(
        lang,
        notice.operator.as_deref(),
        notice.reviewer.as_deref(),
        &notice.organisation,
        lang.date(notice.decision.decided_on),
        Some(shown),
    );
    let mut blocks = vec![Block::Fields { rows: heads(notice, lang) }];
    // A signature does not stand alone on a page: the last words go with it.
    let mut last: Vec<Block> = body.pop().into_iter().collect();
    last.push(Block::Signing(signing));
    blocks.extend(body);
    blocks.push(Block::Together { blocks: last });
    let paper = Paper {
        lang: lang.pick("zh", "en").to_owned(),
        title: title.to_owned(),
        number: notice.number.clone(),
        copies: Some(lang.pick("一式两份", "in two copies").to_owned()),
        organisation: notice.organisation.clone(),
        description: format!("{} {}", notice.firm.name, notice.firm.uscc),
        watermark: paper::watermark(notice.drill, lang),
        page: paper::page(lang),
        attachment: None,
        blocks,
    };
    let identity = format!("{} {title} {hex}", notice.number);
    let inputs = Inputs {
        code: Some(qr::svg(&code)?),
        attached: None,
        at: notice.made_at,
        identity: &identity,
        software: &notice.software,
    };
    press::print(&paper, inputs, fonts)
}

fn heads(notice: &Notice, lang: Lang) -> Vec<Vec<Field>> {
    let field = |zh, en, value: &str| Field::new(lang.pick(zh, en), value);
    vec![
        vec![field("致", "To", &notice.firm.name)],
        vec![field("统一社会信用代码", "Credit code", &notice.firm.uscc)],
        vec![
            field("收件编号", "Received as", &notice.received_as),
            field("核验报告", "Report", notice.report_number.as_deref().unwrap_or("—")),
        ],
        vec![field("档案编号", "Dossier", &notice.dossier_id)],
        vec![Field::digest(lang.pick("档案SHA-256摘要", "Its SHA-256"), &notice.dossier_sha256)],
    ]
}

/// Which dossier the letter is about, as the beginning of a sentence.
fn about(notice: &Notice, lang: Lang) -> String {
    let day = notice.received_on.map(|day| lang.date(day));
    match (lang, day) {
        (Lang::Zh, Some(day)) => format!("你单位{day}提交的资质互认档案经核验"),
        (Lang::Zh, None) => "你单位提交的资质互认档案经核验".to_owned(),
        (Lang::En, Some(day)) => format!("The dossier that you submitted on {day} was verified"),
        (Lang::En, None) => "The dossier that you submitted was verified".to_owned(),
    }
}

fn items(wanted: &[Wanted], lang: Lang) -> Block {
    if wanted.is_empty() {
        return Block::text(lang.pick("无。", "None."));
    }
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::words(lang.pick("材料", "Item"), 40),
        Column::words(lang.pick("要求", "What to add"), 0),
        Column::short(lang.pick("期限", "By"), 23),
    ];
    let rows = (1..).zip(wanted).map(|(number, wanted)| Row {
        cells: vec![
            vec![number.to_string()],
            vec![wanted.item.clone()],
            vec![wanted.text.clone()],
            vec![wanted.due.map_or_else(|| "—".to_owned(), |day| day.to_string())],
        ],
        note: None,
    });
    Block::Table { columns, rows: rows.collect() }
}

fn reasons(reasons: &[Reason], none: &'static str, lang: Lang) -> Block {
    if reasons.is_empty() {
        return Block::text(none);
    }
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::short(lang.pick("编码", "Code"), 35),
        Column::words(lang.pick("说明", "Reason"), 0),
    ];
    let rows = (1..).zip(reasons).map(|(number, reason)| Row {
        cells: vec![vec![number.to_string()], vec![reason.shown(lang)], vec![reason.text.clone()]],
        note: None,
    });
    Block::Table { columns, rows: rows.collect() }
}
