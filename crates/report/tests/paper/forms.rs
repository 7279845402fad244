//! The templates: filled from a draft, and blank.

use chrono::NaiveDate;
use zizhi_model::{Text, civil};
use zizhi_report::{Disclosed, Firm, Form, FormConsent, FormFacts, FormPaper, Lang, form};

use crate::reading::{Document, flat};
use crate::world::fonts;

const ALL: [Form; 4] = [Form::Materials, Form::Authorisation, Form::Consent, Form::Commitment];

pub fn filled() -> FormFacts {
    let paper = |title, required, have: &[&str]| FormPaper {
        title: Text::fixed(title, title),
        required,
        have: have.iter().map(|have| (*have).to_owned()).collect(),
    };
    FormFacts {
        firm: Some(Firm {
            name: "合肥星河量子传感技术有限公司【演示】".to_owned(),
            uscc: "91340100DEM000014D".to_owned(),
        }),
        recipient: Some(Firm {
            name: "松江科创孵化器【演示】".to_owned(),
            uscc: "91310117DEM000030B".to_owned(),
        }),
        origin: Some("安徽省合肥市".to_owned()),
        destination: Some("上海市松江区".to_owned()),
        scenario: Some(Text::fixed("异地经营", "branch operation")),
        papers: vec![
            paper("营业执照", true, &["营业执照 91340100DEM000014D"]),
            paper("高新技术企业证书", true, &["高新技术企业证书 GR202534990001"]),
            paper("经营场所使用证明", true, &["租赁合同【演示】.pdf"]),
            paper("技术合同登记证明", false, &[]),
        ],
        disclosed: vec![Disclosed {
            title: Text::fixed("高新技术企业证书", "high-tech certificate"),
            number: Some("GR202534990001".to_owned()),
            fields: vec![
                Text::fixed("认定机构", "authority"),
                Text::fixed("发证日期", "issued on"),
                Text::fixed("有效期至", "valid until"),
            ],
        }],
        consents: vec![FormConsent {
            purpose: "核对社保参保人数".to_owned(),
            kinds: vec!["参保证明".to_owned(), "联系人姓名和电话".to_owned()],
            until: NaiveDate::from_ymd_opt(2027, 11, 30),
        }],
        made_at: civil::parse_time("2026-11-23T10:00:00+08:00").unwrap(),
        software: "zizhi 0.1.0".to_owned(),
        drill: false,
    }
}

fn blank() -> FormFacts {
    FormFacts { made_at: filled().made_at, software: filled().software, ..FormFacts::default() }
}

fn text(which: Form, facts: &FormFacts) -> String {
    Document::new(&form(which, facts, Lang::Zh, fonts()).unwrap()).text()
}

#[track_caller]
fn holds(text: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(text.contains(&flat(words)), "“{words}” is not in\n{text}");
    }
}

#[test]
fn every_template_says_whose_it_is_and_that_it_is_no_official_form() {
    for which in ALL {
        let document = Document::new(&form(which, &filled(), Lang::Zh, fonts()).unwrap());
        holds(
            &document.text(),
            &[
                &which.title().zh,
                "合肥星河量子传感技术有限公司【演示】",
                "91340100DEM000014D",
                "异地经营",
                "安徽省合肥市",
                "上海市松江区",
                "松江科创孵化器【演示】",
                "参考模板",
                "不是行政机关的格式文书",
                "年月日",
            ],
        );
        assert!(document.info().contains("<pdfaid:part>3</pdfaid:part>"), "{which:?}");
    }
}

#[test]
fn a_list_of_papers_names_what_the_dossier_has_and_leaves_a_box_to_tick() {
    let text = text(Form::Materials, &filled());
    holds(
        &text,
        &[
            "高新技术企业证书必备高新技术企业证书GR202534990001□",
            "技术合同登记证明可选□",
            "与原件一致",
            "提交人：",
            "接收人：",
        ],
    );
}

#[test]
fn an_authorisation_names_the_fields_that_are_shown() {
    let text = text(Form::Authorisation, &filled());
    holds(
        &text,
        &["GR202534990001认定机构、发证日期、有效期至", "未列出的字段不出示", "法定代表人：", "（盖章处）"],
    );
}

#[test]
fn a_consent_is_a_persons_and_names_recipient_purpose_manner_and_kinds() {
    let text = text(Form::Consent, &filled());
    holds(
        &text,
        &[
            "参保证明、联系人姓名和电话",
            "核对社保参保人数",
            "2027-11-30",
            "接收方联系方式",
            "提供方式",
            "书面撤回同意",
            "本人签字：",
        ],
    );
    assert!(!text.contains("（盖章处）"), "nobody stamps in the place of a person");
}

#[test]
fn a_commitment_lists_the_papers_it_is_about() {
    let text = text(Form::Commitment, &filled());
    assert!(!text.contains("技术合同登记证明"), "what is not there is not committed to");
    holds(
        &text,
        &["真实、完整、有效", "个工作日内书面告知", "租赁合同【演示】.pdf", "不构成行政认定", "法定代表人："],
    );
}

#[test]
fn a_blank_template_leaves_lines_to_write_on_and_invents_nothing() {
    for which in ALL {
        let document = Document::new(&form(which, &blank(), Lang::Zh, fonts()).unwrap());
        // A list and a consent are one sheet; the others may need a second one for the signatures.
        let sheets = if matches!(which, Form::Materials | Form::Consent) { 1..=1 } else { 1..=2 };
        assert!(sheets.contains(&document.pages().len()), "{which:?}: {}", document.pages().len());
        let text = document.text();
        holds(&text, &[&which.title().zh, "企业名称", "统一社会信用代码", "参考模板"]);
        for word in ["演示", "2026", "高新技术企业证书"] {
            assert!(!text.contains(word), "{word} in {which:?}: {text}");
        }
    }
    holds(&text(Form::Commitment, &blank()), &["因办理＿＿＿＿"]);
    let rows = text(Form::Materials, &blank());
    assert!(rows.contains("45678"), "rows to write in: {rows}");
}

#[test]
fn the_templates_are_complete_in_english() {
    for which in ALL {
        let text = Document::new(&form(which, &filled(), Lang::En, fonts()).unwrap()).text();
        holds(&text, &[which.title().en(), "template", "branch operation"]);
    }
}
