//! 创新券对账单 on paper.

use chrono::NaiveDate;
use zizhi_model::money::Fen;
use zizhi_model::{Text, civil};
use zizhi_report::{Firm, Lang, VoucherLine, VoucherStatement, voucher_statement};

use crate::reading::{Document, flat};
use crate::world::fonts;

fn line(day: &str, amount: i64, state: &'static str, receipt: Option<&str>) -> VoucherLine {
    VoucherLine {
        day: civil::parse_date(day).unwrap(),
        voucher: "CSJQ-330421-2026-000017".to_owned(),
        fund: "11330000DEM000102T".to_owned(),
        firm: "91330421DEM0000814".to_owned(),
        redeemer: "12310000DEM00009XN".to_owned(),
        amount: Fen(amount),
        state: Text::fixed(state, "redeemed"),
        receipt: receipt.map(str::to_owned),
    }
}

pub fn november() -> VoucherStatement {
    VoucherStatement {
        owner: Firm {
            name: "上海材料表征平台【演示】".to_owned(), uscc: "12310000DEM00009XN".to_owned()
        },
        from: NaiveDate::from_ymd_opt(2026, 11, 1),
        until: NaiveDate::from_ymd_opt(2026, 11, 30),
        lines: vec![
            line("2026-11-16", 1_440_000, "已核销", Some("01KAQ5B6Z0V7M3W4X5Y6Z7A8B9")),
            line("2026-11-17", 250_050, "预核销，未到账", None),
        ],
        sums: vec![
            (Text::fixed("已核销", "Redeemed"), Fen(1_440_000)),
            (Text::fixed("其中：已兑付", "of it paid"), Fen(0)),
            (Text::fixed("预核销，未到账", "Provisional"), Fen(250_050)),
        ],
        made_at: civil::parse_time("2026-12-01T09:05:00+08:00").unwrap(),
        software: "zizhi 0.1.0".to_owned(),
        drill: false,
    }
}

#[test]
fn a_statement_has_its_sums_in_figures_and_in_capitals() {
    let document = Document::new(&voucher_statement(&november(), Lang::Zh, fonts()).unwrap());
    let text = document.text();
    for words in [
        "创新券对账单",
        "2026年11月1日至2026年11月30日",
        "上海材料表征平台【演示】",
        "已核销¥14,400.00人民币壹万肆仟肆佰元整",
        "¥2,500.50人民币贰仟伍佰元伍角整",
        "人民币零元整",
        "CSJQ-330421-2026-000017",
        "用券企业91330421DEM0000814；发券单位11330000DEM000102T",
        "服务机构12310000DEM00009XN；回执01KAQ5B6Z0V7M3W4X5Y6Z7A8B9",
        "没有回执",
        "不是付款凭证",
        "（盖章处）",
        "第1页共",
    ] {
        assert!(text.contains(&flat(words)), "“{words}” is not in\n{text}");
    }
    assert!(document.info().contains("<pdfaid:part>3</pdfaid:part>"), "PDF/A, as every paper");
}

#[test]
fn a_statement_of_nothing_says_so_and_one_in_english_has_no_capitals() {
    let none = VoucherStatement { lines: Vec::new(), from: None, until: None, ..november() };
    let text = Document::new(&voucher_statement(&none, Lang::Zh, fonts()).unwrap()).text();
    assert!(text.contains("该期间没有核销记录") && text.contains("全部日期"), "{text}");
    let text = Document::new(&voucher_statement(&november(), Lang::En, fonts()).unwrap()).text();
    assert!(text.contains("14,400.00") && text.contains("Voucherstatement"), "{text}");
    assert!(!text.contains("人民币"), "{text}");
}
