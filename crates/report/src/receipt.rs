//! 收件回执: that a dossier came in, when, and which one. It says nothing about what is in it.

use zizhi_crypto::digest;
use zizhi_model::civil;

use crate::details::Receipt;
use crate::error::ReportError;
use crate::fonts::Fonts;
use crate::lang::Lang;
use crate::paper::{self, Block, Code, Field, Paper};
use crate::press::{self, Inputs};
use crate::qr;

/// The receipt as a document: A4, PDF/A-3a and PDF/UA-1, the same bytes for the same input.
///
/// # Errors
/// As [`crate::verification_report`].
pub fn receipt(receipt: &Receipt, lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let title = lang.pick("收件回执", "Receipt");
    let hex = digest::hex(&receipt.sha256);
    let code = [
        title.to_owned(),
        format!("{} {}", lang.pick("编号", "No."), receipt.number),
        format!("SHA-256 {hex}"),
    ]
    .join("\n");
    let day = lang.date(civil::date_in_shanghai(receipt.received_at));
    let shown = Code::new(
        lang.pick("二维码，内容为回执编号与档案摘要", "QR code with number and digest"),
        match receipt.sealed {
            None => lang.pick("档案摘要（SHA-256）", "Digest of the dossier (SHA-256)"),
            Some(_) => lang.pick("解密后的档案摘要（SHA-256）", "Digest of the dossier, unsealed (SHA-256)"),
        },
        &receipt.sha256,
        lang.pick(
            "扫码得到编号与摘要，无需联网；与企业签署的档案摘要一致即为所收的同一份。",
            "Holds number and digest; no network is needed. The dossier that was received has this digest.",
        ),
    );
    let operator = receipt.operator.as_deref();
    let mut signing = paper::signing(lang, operator, None, &receipt.organisation, day, Some(shown));
    // Taking something in needs no second person.
    signing.people.truncate(1);
    let statement = lang.pick(
        "上列档案已收到并登记。本回执只证明收件的时间和文件，不代表核验结论；核验后另行出具核验报告或通知。",
        "The dossier above was received and registered. This receipt shows when and which file came in. It is \
         no result of verification; a report or a notice follows.",
    );
    let blocks =
        vec![Block::Fields { rows: rows(receipt, lang) }, Block::text(statement), Block::Signing(signing)];
    let paper = Paper {
        lang: lang.pick("zh", "en").to_owned(),
        title: title.to_owned(),
        number: receipt.number.clone(),
        copies: None,
        organisation: receipt.organisation.clone(),
        description: receipt.file.clone(),
        watermark: paper::watermark(receipt.drill, lang),
        page: paper::page(lang),
        attachment: None,
        blocks,
    };
    let identity = format!("{} {hex}", receipt.number);
    let inputs = Inputs {
        code: Some(qr::svg(&code)?),
        attached: None,
        at: receipt.received_at,
        identity: &identity,
        software: &receipt.software,
    };
    press::print(&paper, inputs, fonts)
}

fn rows(receipt: &Receipt, lang: Lang) -> Vec<Vec<Field>> {
    let field = |zh, en, value: &str| Field::new(lang.pick(zh, en), value);
    let (name, uscc) = match &receipt.firm {
        Some(firm) => (firm.name.as_str(), firm.uscc.as_str()),
        None => (lang.pick("（档案未能读出）", "(not readable)"), "—"),
    };
    let mut rows = vec![
        vec![field("提交企业", "From", name)],
        vec![field("统一社会信用代码", "Credit code", uscc)],
        vec![
            field("收件机构", "Received by", &receipt.organisation),
            field("收件时间", "Received at", &lang.time(receipt.received_at)),
        ],
    ];
    let size = |bytes: u64| match lang {
        Lang::Zh => format!("{bytes}字节"),
        Lang::En => format!("{bytes} bytes"),
    };
    match &receipt.sealed {
        None => rows.push(vec![field("档案文件", "File", &lang.with(&receipt.file, &size(receipt.size)))]),
        Some((bytes, sha256)) => {
            let sealed = Field::digest(
                lang.pick("加密文件摘要（SHA-256）", "Digest of the sealed file (SHA-256)"),
                sha256,
            );
            rows.push(vec![field("收到的加密文件", "Sealed file", &lang.with(&receipt.file, &size(*bytes)))]);
            rows.push(vec![sealed]);
            rows.push(vec![field("解密后的档案", "Dossier in it", &size(receipt.size))]);
        }
    }
    rows
}
