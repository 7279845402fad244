//! The verification report.

use chrono::NaiveDate;
use zizhi_crypto::digest;
use zizhi_model::{Outcome, RecognitionMode, Text, Verdict};
use zizhi_report::{ATTACHED, Decision, Details, Lang, Reason, Wanted, verification_report};
use zizhi_verify::{Grounds, Report};

use crate::reading::{Document, flat};
use crate::world::{IN_ORDER, details, fonts, grounds, print, report, shown};

const SECTIONS: [&str; 8] = [
    "资质核验报告",
    "一、基本信息",
    "二、核验结论",
    "三、数据基准",
    "四、资质明细",
    "五、问题与补正清单",
    "六、未能离线确认的事项",
    "七、声明",
];

const ENGLISH: [&str; 8] = [
    "Verification report",
    "1. The firm",
    "2. Conclusion",
    "3. Data relied on",
    "4. Qualifications",
    "5. Findings and what to put right",
    "6. What could not be confirmed offline",
    "7. Statement",
];

const STATEMENT: &str =
    "本报告依据提交档案及上列数据基准作出，仅供双方孵化器内部互认使用，不构成行政认定，不替代证照原件。";

#[track_caller]
fn holds(text: &str, wanted: &str, whose: &str) {
    assert!(text.contains(&flat(wanted)), "{whose}: “{wanted}” is not in\n{text}");
}

fn holds_all_of(report: &Report, text: &str, name: &str, lang: Lang) {
    let pick = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    holds(text, pick(report.verdict.zh(), report.verdict.en()), name);
    holds(text, "核〔2026〕松孵第0017号", name);
    holds(text, "松江科创孵化器【演示】", name);
    for check in report.all_checks().filter(|check| check.outcome > Outcome::Pass) {
        holds(text, check.code.as_str(), name);
    }
    for check in report.findings() {
        let said = check.text();
        holds(text, if lang == Lang::Zh { &said.zh } else { said.en() }, name);
    }
    if let Some(dossier) = &report.dossier {
        holds(text, &dossier.firm.name, name);
        holds(text, &dossier.firm.uscc, name);
    }
    for number in report.credentials.iter().filter_map(|credential| credential.number.as_deref()) {
        holds(text, number, name);
    }
    for item in &report.items {
        holds(text, if lang == Lang::Zh { &item.title.zh } else { item.title.en() }, name);
    }
}

#[test]
fn a_word_that_fits_into_its_column_is_not_broken() {
    let bytes = verification_report(&report(IN_ORDER), &details(), Lang::En, fonts()).unwrap();
    let words: Vec<String> = Document::new(&bytes).words().into_iter().map(|word| word.text).collect();
    for whole in ["incubator]", "declared]", "HFUSP-2026-0117", "certificate"] {
        assert!(words.iter().any(|word| word == whole), "{whole} is broken: {words:?}");
    }
    assert!(words.iter().any(|word| word == "[self-"), "what is too long is broken behind its hyphen");
}

#[test]
fn every_dossier_of_the_demonstration_prints_with_every_section_number_and_code() {
    for shown in shown() {
        let report = report(&shown.file);
        let text = Document::new(&print(&report)).text();
        for section in SECTIONS {
            holds(&text, section, &shown.file);
        }
        holds(&text, STATEMENT, &shown.file);
        for words in ["经办人：", "复核人：", "（盖章处）", "一式两份", "数据截至", "2026年11月23日"]
        {
            holds(&text, words, &shown.file);
        }
        holds_all_of(&report, &text, &shown.file, Lang::Zh);
    }
}

#[test]
fn the_english_report_says_the_same() {
    for shown in shown().iter().step_by(6) {
        let report = report(&shown.file);
        let bytes = verification_report(&report, &details(), Lang::En, fonts()).unwrap();
        let text = Document::new(&bytes).text();
        for section in ENGLISH {
            holds(&text, section, &shown.file);
        }
        holds_all_of(&report, &text, &shown.file, Lang::En);
        assert!(!text.contains("资质核验报告"), "{}: the title is English", shown.file);
    }
}

#[test]
fn every_conclusion_cites_what_it_rests_on() {
    let report = report(IN_ORDER);
    let grounds = grounds(&report);
    let printed = |lang, grounds: &Grounds| {
        let details = Details { grounds: grounds.clone(), ..details() };
        Document::new(&verification_report(&report, &details, lang, fonts()).unwrap()).text()
    };
    let law = "《高新技术企业认定管理办法》（国科发火〔2016〕32号）第十八条";
    let agreement = "《双方孵化器资质互认协议【演示】》（演示〔2026〕1号）第三条";
    let text = printed(Lang::Zh, &grounds);
    for credential in report.credentials.iter().filter(|credential| credential.rule_id.is_some()) {
        let rule = credential.rule_id.as_deref().unwrap();
        let basis = if rule == "SJ-E-02" { law } else { agreement };
        holds(&text, &format!("{basis}（规则 {rule}）"), rule);
    }
    holds(&text, "没有适用的互认规则", "the firm's own declaration");
    let (_, annex) = text.split_once(&flat("附件：材料清单核对表")).unwrap();
    holds(annex, &format!("依据：{agreement}"), "the checklist");
    holds(&printed(Lang::En, &grounds), &format!("{law} (rule SJ-E-02)"), "in English");

    // Where the pack is not at hand, the rule is named, and nothing is made up.
    let unknown = printed(Lang::Zh, &Grounds::default());
    holds(&unknown, "规则 SJ-E-02", "the rule");
    assert!(!unknown.contains("《高新技术企业认定管理办法》"), "{unknown}");
    // What another pack of that name says is nothing of this report.
    let other = include_bytes!("../../../app/data/demo/rules/hz-yuhang.json");
    assert_eq!(Grounds::read(other, &report), Grounds::default());
}

#[test]
fn each_verdict_is_told_by_a_word_a_mark_and_a_reason() {
    let cases = [
        ("kit/shanghai-to-zhejiang.zzdossier", Verdict::Passed, "√通过", "各项检查均成立"),
        (IN_ORDER, Verdict::PassedWithConditions, "△有条件通过", "必备材料可以采信"),
        ("1-hefei-songjiang/lists-9-days-old.zzdossier", Verdict::Pending, "○待联网复核", "见第六部分"),
        ("1-hefei-songjiang/incubation-revoked.zzdossier", Verdict::Failed, "×不通过", "签发方已撤销该凭证"),
    ];
    for (file, verdict, word, reason) in cases {
        let report = report(file);
        assert_eq!(report.verdict, verdict, "{file}");
        let pages = Document::new(&print(&report)).pages();
        holds(&pages[0], word, file);
        holds(&pages[0], reason, file);
    }
}

#[test]
fn how_a_paper_would_be_taken_is_no_question_where_it_does_not_hold() {
    let mut report = report("1-hefei-songjiang/incubation-revoked.zzdossier");
    let printed = |report: &Report| Document::new(&print(report)).text().matches("等效互认").count();
    for credential in &mut report.credentials {
        credential.mode = RecognitionMode::Equivalent;
    }
    let failed = report.credentials.iter().filter(|credential| credential.verdict == Verdict::Failed).count();
    assert!(failed > 0, "one was revoked");
    let marked = printed(&report);
    for credential in &mut report.credentials {
        credential.verdict = Verdict::Passed;
    }
    assert_eq!(printed(&report), marked + failed, "each that failed was without its mode");
}

#[test]
fn the_age_of_the_data_is_told_beside_its_time() {
    let text = Document::new(&print(&report("1-hefei-songjiang/lists-9-days-old.zzdossier"))).text();
    holds(&text, "（已9天）", "status lists nine days old");
    let text = Document::new(&print(&report(IN_ORDER))).text();
    holds(&text, "离线核验", "the method");
    assert!(!text.contains("已9天"), "fresh lists are not nine days old");
}

#[test]
fn a_status_list_is_called_by_whose_it_is_and_when_it_was_begun() {
    let mut report = report(IN_ORDER);
    let issuer = report.credentials[0].issuer.clone().unwrap();
    let name = issuer.name.unwrap();
    report.basis.status[0].uri = format!("urn:zizhitong:status:{}:202611280303212955", issuer.uscc);
    let text = Document::new(&print(&report)).text();
    holds(&text, &format!("{name}2026年11月28日11:03开始的吊销名单"), "as the window calls it");
    assert!(!text.contains("urn:zizhitong:status"), "{text}");
    holds(&text, "根指纹第", "the word of the window for what is compared with the paper");
}

#[test]
fn the_same_report_gives_the_same_bytes_whatever_was_printed_between() {
    let report = report(IN_ORDER);
    let first = print(&report);
    let other = crate::world::report("2-suzhou-hangzhou/dossier.zzdossier");
    for between in 0..6 {
        let _ = print(&other);
        assert_eq!(first, print(&report), "after {between} other documents");
    }
    let again = zizhi_report::Fonts::of_system().unwrap();
    let fresh = verification_report(&report, &details(), Lang::Zh, &again).unwrap();
    assert_eq!(first, fresh, "with fonts read anew");
}

#[test]
fn the_report_travels_inside_and_the_code_holds_its_digest() {
    let report = report(IN_ORDER);
    let json = serde_json::to_vec(&report).unwrap();
    let document = Document::new(&print(&report));
    assert_eq!(document.attachment(ATTACHED), json, "byte for byte what a decision's digest is about");
    let sha256 = digest::sha256(&json);
    let expected = format!(
        "资质核验报告\n编号 核〔2026〕松孵第0017号\n结论 有条件通过\nSHA-256 {}",
        digest::hex(&sha256)
    );
    assert_eq!(document.code(), expected, "read back from the printed page");
    holds(&document.text(), &digest::hex_groups(&sha256), "the digest in groups of four");
}

#[test]
fn the_file_is_a4_tagged_pdf_a_3a_and_pdf_ua_1() {
    let document = Document::new(&print(&report(IN_ORDER)));
    let info = document.info();
    for line in [
        "Tagged:          yes",
        "595.276 x 841.89 pts (A4)",
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "资质核验报告 核〔2026〕松孵第0017号",
        "松江科创孵化器【演示】",
        "2026-11-23T10:00:00+08:00",
    ] {
        assert!(info.contains(line), "“{line}” is not in\n{info}");
    }
    assert!(!info.contains("JavaScript:      yes"), "no script");
    for font in document.fonts().lines().skip(2) {
        let embedded: Vec<&str> = font.split_whitespace().rev().collect();
        assert_eq!(embedded[4], "yes", "embedded: {font}");
    }
}

#[test]
fn text_keeps_the_margins_of_an_official_paper() {
    for file in [IN_ORDER, "2-suzhou-hangzhou/dossier.zzdossier"] {
        for word in Document::new(&print(&report(file))).words() {
            assert!(word.left >= 27.5, "28 mm on the binding side: {word:?}");
            assert!(word.right <= 210.0 - 25.5, "26 mm opposite: {word:?}");
            // The page's foot stands below the text, in the margin of 35 mm.
            let foot = word.top > 297.0 - 35.0;
            assert!(foot || (word.top >= 36.0 && word.bottom <= 297.0 - 34.5), "37 and 35 mm: {word:?}");
            assert!(word.bottom < 297.0 - 15.0, "above the edge that printers leave white: {word:?}");
        }
    }
}

#[test]
fn every_page_bears_its_number_and_several_ask_for_the_seal_across_their_edges() {
    let pages = Document::new(&print(&report(IN_ORDER))).pages();
    assert!(pages.len() > 1);
    for (number, page) in (1..).zip(&pages) {
        holds(page, &format!("第{number}页共{}页", pages.len()), "the foot");
        holds(page, "核〔2026〕松孵第0017号", "the number on every page");
    }
    let all = pages.concat();
    holds(&all, &format!("本件共{}页，请在各页接缝处加盖骑缝章。", pages.len()), "several pages");
}

#[test]
fn the_place_for_the_seal_is_free_and_nothing_is_drawn_in_colour() {
    let document = Document::new(&print(&report(IN_ORDER)));
    let words = document.words();
    let place = words.iter().find(|word| word.text.contains("盖章处")).unwrap();
    let middle = f64::midpoint(place.left, place.right);
    let (left, right, top, bottom) = (middle - 22.5, middle + 22.5, place.top, place.top + 45.0);
    assert!(right <= 210.0, "the square is on the paper");
    let inside = words.iter().filter(|word| {
        word.page == place.page
            && word.right > left
            && word.left < right
            && word.bottom > top
            && word.top < bottom
    });
    let inside: String = inside.map(|word| word.text.as_str()).collect();
    assert_eq!(
        flat(&inside),
        "（盖章处）松江科创孵化器【演示】2026年11月23日",
        "what the seal is pressed over"
    );
    for page in 1..=document.pages().len() {
        let image = document.image(page, 40);
        let coloured = image.points.iter().filter(|[r, g, b]| r.abs_diff(*g) > 8 || g.abs_diff(*b) > 8);
        assert_eq!(coloured.count(), 0, "page {page}: no red seal, nothing that a copier loses");
    }
}

#[test]
fn a_drill_says_so_on_every_page_and_nothing_else_does() {
    let report = report(IN_ORDER);
    let drill = Details { drill: true, ..details() };
    let document = Document::new(&verification_report(&report, &drill, Lang::Zh, fonts()).unwrap());
    for page in document.pages() {
        holds(&page, "演练模式生成，仅供练习，不作为互认依据", "the head of a drill");
        // Readers take the slanted watermark apart.
        assert!(page.matches('模').count() >= 2, "the watermark and the head: {page}");
    }
    let english = Document::new(&verification_report(&report, &drill, Lang::En, fonts()).unwrap());
    for page in english.pages() {
        holds(&page, "DRILL", "the watermark in English");
    }
    assert!(!Document::new(&print(&report)).text().contains("演练"), "no drill, no watermark");
}

#[test]
fn a_decision_and_its_deadlines_are_on_the_report() {
    let report = report("1-hefei-songjiang/no-lease.zzdossier");
    let missing = report.items.iter().find(|item| !item.checks.is_empty() && item.required).unwrap();
    let decision = Decision {
        outcome: Text::fixed("需补充材料", "supplement required"),
        number: Some("决〔2026〕松孵第0009号".to_owned()),
        decided_on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        reasons: vec![Reason {
            code: "CHK-MISSING".to_owned(), text: "缺经营场所使用证明".to_owned()
        }],
        supplements: report
            .items
            .iter()
            .map(|item| Wanted {
                item: item.title.zh.clone().into_owned(),
                item_id: item.item_id.clone(),
                text: "补交原件扫描件".to_owned(),
                due: NaiveDate::from_ymd_opt(2026, 12, 8),
            })
            .collect(),
    };
    let details =
        Details { decision: Some(decision), dated: NaiveDate::from_ymd_opt(2026, 11, 25), ..details() };
    let text = Document::new(&verification_report(&report, &details, Lang::Zh, fonts()).unwrap()).text();
    holds(&text, "需补充材料（2026年11月24日、决〔2026〕松孵第0009号）", "the decision");
    holds(&text, "缺经营场所使用证明（CHK-MISSING）", "its reason");
    holds(&text, "2026-12-08", &missing.item_id);
    holds(&text, "2026年11月25日", "the date of the document");
}

#[test]
fn the_conditions_of_a_decision_stand_with_it_and_their_days() {
    let wanted = |item: &str, text: &str, day| Wanted {
        item: item.to_owned(),
        item_id: "other".to_owned(),
        text: text.to_owned(),
        due: NaiveDate::from_ymd_opt(2026, 12, day),
    };
    let decision = Decision {
        outcome: Text::fixed("有条件认可", "accepted with conditions"),
        number: Some("决〔2026〕松孵第0009号".to_owned()),
        decided_on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        reasons: vec![Reason {
            code: "CHK-MISSING".to_owned(), text: "缺少租赁合同备案证明".to_owned()
        }],
        supplements: vec![
            wanted("租赁合同备案证明", "补交租赁合同备案证明", 31),
            wanted("其他", "到期前办结变更登记", 8),
        ],
    };
    let details = Details { decision: Some(decision), ..details() };
    let report = report(IN_ORDER);
    for (lang, first, second) in [
        (Lang::Zh, "补交租赁合同备案证明，期限 2026-12-31", "其他：到期前办结变更登记，期限 2026-12-08"),
        (Lang::En, "补交租赁合同备案证明, by 2026-12-31", "其他: 到期前办结变更登记, by 2026-12-08"),
    ] {
        let printed = verification_report(&report, &details, lang, fonts()).unwrap();
        let text = Document::new(&printed).text();
        holds(&text, first, "a condition and its day");
        holds(&text, second, "what it belongs to");
        let text: String = text.split_whitespace().collect();
        let data = text.find(if lang == Lang::Zh { "三、数据基准" } else { "3.Datareliedon" }).unwrap();
        assert!(
            text.find("2026-12-08").is_some_and(|at| at < data),
            "in the section of the decision: {text}"
        );
    }
}

#[test]
fn two_hundred_credentials_keep_their_rows_and_repeat_the_heading() {
    let mut report = report(IN_ORDER);
    let one = report.credentials[0].clone();
    report.credentials = (1..=200)
        .map(|number| {
            let mut credential = one.clone();
            credential.number = Some(format!("NO{number:04}"));
            credential.path = format!("credentials/{number:03}.sdjwt");
            credential
        })
        .collect();
    let document = Document::new(&print(&report));
    let pages = document.pages();
    let text = pages.concat();
    for number in 1..=200 {
        holds(&text, &format!("NO{number:04}"), "every row is there");
    }
    let with_rows: Vec<&String> = pages.iter().filter(|page| page.contains("NO0")).collect();
    assert!(with_rows.len() > 10, "{} pages", with_rows.len());
    for page in with_rows {
        holds(page, "资质名称／编号", "the heading on every page");
    }
    // A row and the line below it are not torn apart.
    for page in pages.iter().filter(|page| page.contains("NO0")) {
        let (rows, notes) = (page.matches("NO0").count(), page.matches("说明／依据").count());
        assert_eq!(rows, notes, "{page}");
    }
}

#[test]
fn pages_are_filled_and_a_short_checklist_stands_below_the_signature_where_there_is_room() {
    let stories = [
        (IN_ORDER, 4),
        ("2-suzhou-hangzhou/dossier.zzdossier", 3),
        ("3-voucher/dossier.zzdossier", 2),
        ("1-hefei-songjiang/no-lease.zzdossier", 4),
    ];
    for (file, most) in stories {
        let document = Document::new(&print(&report(file)));
        let pages = document.pages();
        assert!(pages.len() <= most, "{file}: {} pages", pages.len());
        let annex = pages.iter().find(|page| page.contains("附件：材料清单核对表")).unwrap();
        holds(annex, "对应材料", "a heading does not stand alone");
        // But for the last page none ends above its lower third.
        for page in 1..pages.len() {
            let low = document.words().into_iter().filter(|word| word.page == page && word.top < 255.0);
            let end = low.map(|word| word.bottom).fold(0.0, f64::max);
            assert!(end > 190.0, "{file}: page {page} ends at {end} mm");
        }
    }
    let pages = Document::new(&print(&report("3-voucher/dossier.zzdossier"))).pages();
    assert!(pages[1].contains("（盖章处）") && pages[1].contains("附件："), "{}", pages[1]);
}

#[test]
fn size_and_digest_of_a_sealed_file_say_what_they_are_of() {
    let mut report = report(IN_ORDER);
    let size = report.file.size;
    let text = Document::new(&print(&report)).text();
    holds(&text, &format!("{}（{size}字节）", report.file.name), "one that came open");
    holds(&text, "档案SHA-256摘要", "its digest");
    report.file.name = format!("{}.age", report.file.name);
    let text = Document::new(&print(&report)).text();
    holds(&text, &format!("{}（已加密；解密后的档案{size}字节）", report.file.name), "a sealed one");
    holds(&text, "解密后SHA-256摘要", "the digest is that of the dossier");
}

#[test]
fn the_digest_that_people_in_china_compare_stands_beside_the_other() {
    let mut report = report(IN_ORDER);
    let abc = zizhi_crypto::digest::sm3(b"abc");
    let with = |report: &Report| {
        let details = Details { dossier_sm3: Some(abc), ..details() };
        Document::new(&verification_report(report, &details, Lang::Zh, fonts()).unwrap()).text()
    };
    // GB/T 32905-2016, annex A, example 1.
    let told = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    holds(&with(&report), &format!("档案SM3摘要{told}"), "SM3 of “abc”");
    let attached = Document::new(&print(&report)).attachment(zizhi_report::ATTACHED);
    assert!(
        !String::from_utf8(attached).unwrap().contains("sm3"),
        "the report itself is as formats.md has it"
    );
    assert!(!Document::new(&print(&report)).text().contains("SM3"), "and without the bytes nothing is said");
    report.file.name = format!("{}.age", report.file.name);
    holds(&with(&report), "解密后SM3摘要", "that of the dossier in it");
}

#[test]
fn a_reason_in_ones_own_words_has_no_code_on_the_report() {
    let decision = Decision {
        outcome: Text::fixed("不予认可", "not accepted"),
        number: None,
        decided_on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        reasons: vec![Reason { code: Reason::OWN.to_owned(), text: "分公司没有登记".to_owned() }],
        supplements: Vec::new(),
    };
    let details = Details { decision: Some(decision), ..details() };
    let printed = verification_report(&report(IN_ORDER), &details, Lang::Zh, fonts()).unwrap();
    let text = Document::new(&printed).text();
    holds(&text, "分公司没有登记（本单位意见）", "the reason");
    assert!(!text.contains("OWN"), "{text}");
}
