//! Receipts and letters.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_crypto::digest;
use zizhi_model::{Text, civil};
use zizhi_report::{
    Decision, Firm, Lang, Notice, Reason, Receipt, ReportError, Wanted, decision_notice, receipt,
    supplement_notice,
};

use crate::reading::{Document, flat};
use crate::world::fonts;

fn at(text: &str) -> DateTime<Utc> {
    civil::parse_time(text).unwrap()
}

fn arrived() -> Receipt {
    Receipt {
        number: "收〔2026〕松孵第0031号".to_owned(),
        organisation: "松江科创孵化器【演示】".to_owned(),
        received_at: at("2026-11-23T09:30:00+08:00"),
        firm: Some(firm()),
        file: "合肥星河.zzdossier".to_owned(),
        size: 48_213,
        sha256: digest::sha256(b"dossier"),
        sealed: None,
        operator: Some("经办人【演示】".to_owned()),
        software: "zizhi 0.1.0".to_owned(),
        drill: false,
    }
}

fn firm() -> Firm {
    Firm {
        name: "合肥星河量子传感技术有限公司【演示】".to_owned(), uscc: "91340100DEM000014D".to_owned()
    }
}

fn notice() -> Notice {
    let due = NaiveDate::from_ymd_opt(2026, 12, 10);
    Notice {
        number: "补〔2026〕松孵第0009号".to_owned(),
        received_as: "收〔2026〕松孵第0031号".to_owned(),
        organisation: "松江科创孵化器【演示】".to_owned(),
        firm: firm(),
        received_on: NaiveDate::from_ymd_opt(2026, 11, 23),
        dossier_id: "018f2f0e-7c1a-7000-8000-000000000001".to_owned(),
        dossier_sha256: digest::sha256(b"dossier"),
        report_sha256: digest::sha256(b"report"),
        report_number: Some("核〔2026〕松孵第0017号".to_owned()),
        operator: Some("经办人【演示】".to_owned()),
        reviewer: Some("复核人【演示】".to_owned()),
        decision: Decision {
            outcome: Text::fixed("有条件认可", "accepted with conditions"),
            number: Some("补〔2026〕松孵第0009号".to_owned()),
            decided_on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            reasons: vec![
                Reason {
                    code: "CHK-MISSING".to_owned(),
                    text: "材料清单要求的经营场所使用证明没有提供。".to_owned(),
                },
                Reason {
                    code: "DATE-EXPIRED".to_owned(), text: "质量管理体系认证已过期。".to_owned()
                },
            ],
            supplements: vec![
                Wanted {
                    item: "经营场所使用证明".to_owned(),
                    item_id: "lease".to_owned(),
                    text: "租赁合同扫描件，含双方签章页".to_owned(),
                    due,
                },
                Wanted {
                    item: "质量管理体系认证".to_owned(),
                    item_id: "quality".to_owned(),
                    text: "续期后的证书".to_owned(),
                    due: None,
                },
            ],
        },
        made_at: at("2026-11-24T15:00:00+08:00"),
        software: "zizhi 0.1.0".to_owned(),
        drill: false,
    }
}

#[track_caller]
fn holds(text: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(text.contains(&flat(words)), "“{words}” is not in\n{text}");
    }
}

#[test]
fn a_receipt_names_file_digest_and_time_and_concludes_nothing() {
    let document = Document::new(&receipt(&arrived(), Lang::Zh, fonts()).unwrap());
    let text = document.text();
    holds(
        &text,
        &[
            "收件回执",
            "收〔2026〕松孵第0031号",
            "合肥星河量子传感技术有限公司【演示】",
            "91340100DEM000014D",
            "2026年11月23日09:30",
            "合肥星河.zzdossier（48213字节）",
            "不代表核验结论",
            "（盖章处）",
            "经办人：",
            &digest::hex_groups(&digest::sha256(b"dossier")),
        ],
    );
    assert!(!text.contains("复核人"), "taking something in needs one person");
    assert!(!text.contains("骑缝章"), "one page needs no seal across edges");
    assert_eq!(document.pages().len(), 1);
    let expected = format!(
        "收件回执\n编号 收〔2026〕松孵第0031号\nSHA-256 {}",
        digest::hex(&digest::sha256(b"dossier"))
    );
    assert_eq!(document.code(), expected);
}

#[test]
fn a_name_beside_its_seal_stands_in_one_line_or_breaks_before_the_firm_s_form() {
    let lines = |name: &str| {
        let slip = Receipt { organisation: name.to_owned(), ..arrived() };
        let words = Document::new(&receipt(&slip, Lang::Zh, fonts()).unwrap()).words();
        let beside = words.into_iter().filter(|word| word.left > 110.0 && name.contains(&word.text));
        beside.map(|word| word.text).collect::<Vec<_>>()
    };
    assert_eq!(lines("上海松江云间孵化器有限公司"), ["上海松江云间孵化器有限公司"]);
    assert_eq!(lines("松江区云间科技企业孵化器有限责任公司"), ["松江区云间科技企业孵化器", "有限责任公司"]);
}

#[test]
fn a_receipt_for_a_sealed_file_names_the_file_as_it_came_and_the_dossier_in_it() {
    let sealed = Receipt {
        file: "合肥星河.zzdossier.age".to_owned(),
        sealed: Some((48_613, digest::sha256(b"sealed"))),
        ..arrived()
    };
    let document = Document::new(&receipt(&sealed, Lang::Zh, fonts()).unwrap());
    holds(
        &document.text(),
        &[
            "收到的加密文件",
            "合肥星河.zzdossier.age（48613字节）",
            "加密文件摘要（SHA-256）",
            &digest::hex_groups(&digest::sha256(b"sealed")),
            "解密后的档案",
            "48213字节",
            "解密后的档案摘要（SHA-256）",
            &digest::hex_groups(&digest::sha256(b"dossier")),
        ],
    );
    assert_eq!(document.pages().len(), 1);
}

#[test]
fn a_receipt_for_an_unreadable_file_says_so() {
    let unread = Receipt { firm: None, ..arrived() };
    let text = Document::new(&receipt(&unread, Lang::Zh, fonts()).unwrap()).text();
    holds(&text, &["（档案未能读出）", "收件回执"]);
}

#[test]
fn a_notice_to_supplement_lists_items_deadlines_and_reasons() {
    let document = Document::new(&supplement_notice(&notice(), Lang::Zh, fonts()).unwrap());
    holds(
        &document.text(),
        &[
            "补正通知",
            "补〔2026〕松孵第0009号",
            "合肥星河量子传感技术有限公司【演示】",
            "请不迟于2026年12月10日",
            "租赁合同扫描件，含双方签章页",
            "2026-12-10",
            "CHK-MISSING",
            "DATE-EXPIRED",
            "收〔2026〕松孵第0031号",
            "核〔2026〕松孵第0017号",
            "（盖章处）",
            "2026年11月24日",
        ],
    );
    assert!(document.code().starts_with("补正通知\n编号 补〔2026〕松孵第0009号\n核验报告 SHA-256 "));
}

#[test]
fn a_notice_with_several_days_leads_with_the_nearest_and_lists_each() {
    let mut several = notice();
    several.decision.supplements[1].due = NaiveDate::from_ymd_opt(2026, 12, 3);
    let text = Document::new(&supplement_notice(&several, Lang::Zh, fonts()).unwrap()).text();
    holds(&text, &["最早一项的期限是2026年12月3日，请按各项期限补齐下列材料", "2026-12-03", "2026-12-10"]);
    assert!(!text.contains("不迟于"), "no day for all of them");
}

#[test]
fn a_notice_without_a_deadline_sets_none() {
    let mut open = notice();
    open.decision.supplements.iter_mut().for_each(|wanted| wanted.due = None);
    let text = Document::new(&supplement_notice(&open, Lang::Zh, fonts()).unwrap()).text();
    holds(&text, &["请尽快补齐下列材料"]);
    assert!(!text.contains("不迟于"));
}

#[test]
fn a_notice_of_decision_tells_outcome_reasons_and_what_counts() {
    let document = Document::new(&decision_notice(&notice(), Lang::Zh, fonts()).unwrap());
    holds(
        &document.text(),
        &[
            "资质互认决定通知",
            "有条件认可",
            "本决定于2026年11月24日作出",
            "一、理由",
            "以签名的决定文件（.zzdecision）为准",
            "不构成行政认定",
        ],
    );
    let mut plain = notice();
    plain.decision.reasons.clear();
    plain.decision.supplements.clear();
    let text = Document::new(&decision_notice(&plain, Lang::Zh, fonts()).unwrap()).text();
    assert_eq!(text.matches("无。").count(), 2, "no reasons and nothing to add are told as none");
}

#[test]
fn all_letters_have_an_english_side_and_repeat_byte_for_byte() {
    type Print = fn(Lang) -> Result<Vec<u8>, ReportError>;
    let letters: [(Print, &str); 3] = [
        (|lang| receipt(&arrived(), lang, fonts()), "Receipt"),
        (|lang| supplement_notice(&notice(), lang, fonts()), "Notice to supplement"),
        (|lang| decision_notice(&notice(), lang, fonts()), "Notice of decision"),
    ];
    for (print, title) in letters {
        let english = print(Lang::En).unwrap();
        let chinese = print(Lang::Zh).unwrap();
        assert_ne!(english, chinese, "{title}");
        assert_eq!(english, print(Lang::En).unwrap(), "{title}");
        assert_eq!(chinese, print(Lang::Zh).unwrap(), "{title}");
        let text = Document::new(&english).text();
        holds(&text, &[title, "(place for the seal)", "Prepared by", "91340100DEM000014D"]);
        assert!(Document::new(&chinese).info().contains("<pdfuaid:part>1</pdfuaid:part>"), "{title}");
    }
}

#[test]
fn a_letter_of_a_drill_says_so() {
    let drill = Notice { drill: true, ..notice() };
    holds(&Document::new(&decision_notice(&drill, Lang::Zh, fonts()).unwrap()).text(), &["演练模式"]);
}

#[test]
fn what_the_organisation_says_itself_has_no_code_on_paper() {
    let mut own = notice();
    let (code, text) = (Reason::OWN.to_owned(), "分公司登记的经营范围与业务不一致".to_owned());
    own.decision.reasons.push(Reason { code, text });
    for (lang, words) in [(Lang::Zh, "本单位意见"), (Lang::En, "own words")] {
        for print in [supplement_notice, decision_notice] {
            let text = Document::new(&print(&own, lang, fonts()).unwrap()).text();
            holds(&text, &[words, "分公司登记的经营范围与业务不一致"]);
            assert!(!text.contains("OWN"), "{text}");
        }
    }
}

#[test]
fn a_letter_of_two_items_and_two_reasons_stays_on_one_page_with_its_signature() {
    for print in [supplement_notice, decision_notice] {
        let pages = Document::new(&print(&notice(), Lang::Zh, fonts()).unwrap()).pages();
        assert_eq!(pages.len(), 1, "{}", pages.concat());
    }
}
