//! Text that would rather be something else.

use zizhi_report::{Details, Lang, ReportError, verification_report};
use zizhi_verify::Report;

use crate::reading::{Document, flat};
use crate::world::{IN_ORDER, details, fonts, print, report};

/// What markup, code, other languages and spreadsheets would act on.
const MARKUP: [&str; 24] = [
    "#eval(\"1 + 1\")",
    "#panic()",
    "#include \"/etc/passwd\"",
    "#read(\"/etc/passwd\")",
    "#set text(size: 0pt)",
    "#pagebreak()",
    "$ x^2 $",
    "*bold*",
    "_slanted_",
    "`raw`",
    "= heading",
    "- item",
    "+ item",
    "<label> @reference",
    "\\ \\u{202e} \\#",
    "// gone",
    "/* gone */",
    "[ ] { } ( ) ; :",
    "-- --- ... ~ '",
    "]; panic(); [",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} %s %n",
    "\" onload=\"x",
    "&lt;b&gt; &#65;",
];

fn named(name: &str) -> Report {
    let mut report = report(IN_ORDER);
    let dossier = report.dossier.as_mut().unwrap();
    dossier.firm.name = name.to_owned();
    dossier.firm.former_names = vec![name.to_owned()];
    report.file.name = name.to_owned();
    for credential in &mut report.credentials {
        credential.number = Some(name.to_owned());
        credential.rule_id = Some(name.to_owned());
        credential.issuer.iter_mut().for_each(|issuer| issuer.name = Some(name.to_owned()));
    }
    report
}

#[test]
fn markup_in_every_text_is_printed_as_it_is_written() {
    for payload in MARKUP {
        let report = named(payload);
        let details = Details {
            number: payload.to_owned(),
            organisation: payload.to_owned(),
            purpose: Some(payload.to_owned()),
            operator: Some(payload.to_owned()),
            ..details()
        };
        let text = Document::new(&verification_report(&report, &details, Lang::Zh, fonts()).unwrap()).text();
        let times = text.matches(&flat(payload)).count();
        assert!(times >= 10, "{payload}: {times} times in\n{text}");
        assert!(!text.contains("root:"), "{payload} reached a file");
    }
}

#[test]
fn characters_that_hide_or_turn_text_are_written_out() {
    let report = named("甲\u{202e}乙\u{200b}丙\u{7}丁\u{feff}戊\u{ad}己\n庚\t辛");
    let text = Document::new(&print(&report)).text();
    let shown = "甲〔U+202E〕乙〔U+200B〕丙〔U+0007〕丁〔U+FEFF〕戊〔U+00AD〕己庚辛";
    assert!(text.contains(shown), "{text}");
}

#[test]
fn characters_that_no_font_has_are_named_all_of_them() {
    let report = named("苏州😀\u{e000}𱍐有限公司\u{e000}");
    let error = verification_report(&report, &details(), Lang::Zh, fonts()).unwrap_err();
    let ReportError::MissingGlyph { characters } = &error else { panic!("{error}") };
    assert_eq!(*characters, ['😀', '\u{e000}', '𱍐'], "each once, the private one too");
    assert_eq!(error.code(), "REPORT-GLYPH");
    assert!(error.text().zh.contains("U+1F600"), "{}", error.text().zh);
    assert!(error.text().en().contains("U+31350"), "{}", error.text().en());
}

#[test]
fn long_words_without_a_break_stay_between_the_margins_and_whole() {
    let long = "https://example.invalid/".to_owned() + &"a1".repeat(600);
    let report = named(&long);
    let document = Document::new(&print(&report));
    for word in document.words() {
        assert!(word.left >= 27.5 && word.right <= 210.0 - 25.5, "{word:?}");
    }
    let text = document.text();
    let letters = text.matches("a1").count();
    let places = 3 + 3 * report.credentials.len();
    assert!(letters + places * 60 >= 600 * places, "{letters} in {places} places: nothing of it is lost");
}

#[test]
fn a_row_longer_than_a_page_is_broken_and_not_cut() {
    for length in [100, 250, 500, 900, 4000] {
        let mut report = report(IN_ORDER);
        let long: String = (0..length).map(|at| char::from_u32(0x4e00 + at % 3000).unwrap()).collect();
        report.credentials[0].number = Some(long.clone());
        report.credentials[0].maps_to = Some(long.clone());
        report.credentials[1].issuer.iter_mut().for_each(|issuer| issuer.name = Some(long.clone()));
        let text = Document::new(&print(&report)).text();
        let others = Document::new(&print(&crate::world::report(IN_ORDER))).text();
        let count = |text: &str| text.chars().filter(|c| ('\u{4e00}'..'\u{59b8}').contains(c)).count();
        let added = count(&text).saturating_sub(count(&others));
        // The headings that pages repeat only add to it, and the issuer's own name is replaced.
        assert!(added + 30 >= 3 * usize::try_from(length).unwrap(), "{length}: {added} characters");
    }
}

#[test]
fn a_number_too_long_for_the_code_is_refused_with_advice() {
    let details = Details { number: "号".repeat(200), ..details() };
    let error = verification_report(&report(IN_ORDER), &details, Lang::Zh, fonts()).unwrap_err();
    assert!(matches!(error, ReportError::Qr { bytes } if bytes > 600), "{error}");
    assert!(error.advice().zh.contains("编号"), "{}", error.advice().zh);
}
