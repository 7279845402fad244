//! What is typed finds what was meant, page by page, and nothing that is typed does harm.

use std::time::{Duration, Instant};

use crate::common::{at, case, credential, entry, fill, firm, fresh, uscc};
use pinyin::ToPinyinMulti as _;
use proptest::prelude::{any, prop_assert_eq, prop_oneof};
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use zizhi_model::RegionPattern;
use zizhi_store::{
    After, CaseFilter, Credential, CredentialDirection, CredentialFilter, CredentialState, Database, Firm,
    FirmFilter, FirmState,
};

const NAMES: [&str; 12] = [
    "合肥星河量子传感技术有限公司【演示】",
    "苏州云栈机器人科技有限公司【演示】",
    "嘉善澄波新材料有限公司【演示】",
    "重庆长行银河（上海）科技股份有限公司【演示】",
    "上海TCL-3D打印研究院【演示】",
    "西安先知软件有限公司【演示】",
    "女娲绿能（嘉兴）有限公司【演示】",
    "𬭎宇𠮷祥新材料有限公司【演示】",
    "Zhang Jiang Hi-Tech Ltd【演示】",
    "ＡＢＣ１２３科技【演示】",
    "合肥科技大市场【演示】",
    "肥合材料【演示】",
];

fn register() -> (tempfile::TempDir, Database) {
    let (folder, database) = fresh();
    let writer = database.writer().unwrap();
    for (number, name) in (0..).zip(NAMES) {
        writer.put_firm(&firm(number, name)).unwrap();
    }
    writer.commit(&entry("firms.imported")).unwrap();
    (folder, database)
}

fn typed(text: &str) -> FirmFilter {
    FirmFilter { text: text.to_owned(), ..Default::default() }
}

/// The places in [`NAMES`] of the firms that were found.
fn found(database: &Database, text: &str) -> Vec<usize> {
    let page = database.reader().unwrap().firms(&typed(text), None, 100).unwrap();
    let place = |firm: &Firm| NAMES.iter().position(|name| *name == firm.name).unwrap();
    let mut places: Vec<usize> = page.rows.iter().map(place).collect();
    places.sort_unstable();
    places
}

#[test]
fn names_are_found_by_what_people_remember_of_them() {
    let (_folder, database) = register();
    let all: Vec<usize> = (0..NAMES.len()).collect();
    let cases: &[(&str, &[usize])] = &[
        // Parts, as written.
        ("合肥", &[0, 10]),
        ("肥合", &[11]),
        ("量子传感", &[0]),
        ("河", &[0, 3]),
        ("合肥星河量子传感技术有限公司【演示】", &[0]),
        ("合肥 技术", &[0]),
        ("技术 合肥", &[0]),
        ("合肥科技", &[10]),
        ("银河上海", &[3]),
        ("银河（上海）", &[3]),
        ("𬭎宇", &[7]),
        ("𠮷", &[7]),
        ("3D打印", &[4]),
        ("3d打", &[4]),
        ("没有", &[]),
        // Initials.
        ("hf", &[0, 10]),
        ("hfxh", &[0]),
        ("lzcg", &[0]),
        ("HFXH", &[0]),
        ("cqcx", &[3]),
        ("zqzh", &[3]),
        ("cqzh", &[3]),
        ("tcl3ddy", &[4]),
        ("nwln", &[6]),
        ("xzrj", &[5]),
        ("s", &[1, 4]),
        // Pinyin.
        ("hefei", &[0, 10]),
        ("xinghe", &[0]),
        ("hefeixingheliang", &[0]),
        ("hefeixinghel", &[0]),
        ("chongqing", &[3]),
        ("zhongqing", &[3]),
        ("yinhang", &[]),
        ("changhang", &[3]),
        ("xian", &[0, 1, 2, 3, 5, 6, 7]),
        ("xianxianzhi", &[5]),
        ("suzhouyunzhanjiqirenkejiyouxiangongsi", &[1]),
        ("nvwa", &[6]),
        ("lvneng", &[6]),
        ("jiax", &[6]),
        // Latin words, letters and digits.
        ("tcl", &[4]),
        ("tc", &[4]),
        ("zhang", &[3, 8]),
        ("jiang", &[8]),
        ("hitech", &[8]),
        ("hi-tech", &[8]),
        ("abc123", &[9]),
        ("ＡＢＣ", &[9]),
        ("abc1234", &[]),
        ("bc123", &[9]),
        // Codes.
        ("913401000000000", &all),
        ("91340100000000000", &[0]),
        ("9134010000000001", &[10, 11]),
        ("000", &[]),
        ("0000", &all),
        // Nothing to go by.
        ("", &all),
        ("  \u{3000}", &all),
        ("【】", &[]),
        ("、", &[]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let got = found(&database, text);
        if got != *expected {
            wrong.push(format!("{text:?}: expected {expected:?}, found {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn former_names_and_the_contact_are_found_too() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    let renamed = Firm {
        former_names: vec!["苏州云栈机器人科技有限公司【演示】".to_owned()],
        contact_name: Some("王小明".to_owned()),
        ..firm(1, "杭州云栈机器人科技有限公司【演示】")
    };
    writer.put_firm(&renamed).unwrap();
    for text in ["苏州", "szyz", "suzhou", "王小", "wxm", "杭州"] {
        assert_eq!(writer.firms(&typed(text), None, 9).unwrap().rows.len(), 1, "{text}");
    }
    writer.put_firm(&Firm { former_names: vec![], ..renamed }).unwrap();
    assert_eq!(writer.firms(&typed("苏州"), None, 9).unwrap().rows.len(), 0, "a changed row has new words");
    assert_eq!(writer.firms(&typed("杭州"), None, 9).unwrap().rows.len(), 1);
}

#[test]
fn filters_narrow_each_other_and_what_was_typed() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    for number in 0..40_u32 {
        let mut row = firm(number, if number % 2 == 0 { "合肥甲" } else { "合肥乙" });
        row.state = if number % 4 < 2 { FirmState::In } else { FirmState::Graduated };
        row.region = zizhi_model::Region::parse(if number % 5 == 0 { "310117" } else { "340104" }).ok();
        writer.put_firm(&row).unwrap();
    }
    writer.commit(&entry("firms.imported")).unwrap();
    let reader = database.reader().unwrap();
    let prefix = |digits| match RegionPattern::parse(digits).unwrap() {
        RegionPattern::Prefix(prefix) => Some(prefix),
        other => panic!("{other:?} is no prefix"),
    };
    for (text, state, region, expected) in [
        ("", None, None, 40),
        ("", Some(FirmState::In), None, 20),
        ("", Some(FirmState::Left), None, 0),
        ("", None, Some("31"), 8),
        ("", None, Some("3101"), 8),
        ("", None, Some("310117"), 8),
        ("", None, Some("310118"), 0),
        ("合肥", None, Some("34"), 32),
        ("甲", Some(FirmState::In), Some("31"), 2),
        ("丙", Some(FirmState::In), Some("31"), 0),
    ] {
        let filter =
            FirmFilter { text: text.to_owned(), state, region: region.and_then(prefix), by_name: false };
        assert_eq!(reader.count_firms(&filter, 100).unwrap(), expected, "{filter:?}");
    }
    assert_eq!(reader.count_firms(&FirmFilter::default(), 7).unwrap(), 7, "counting stops where it is told");
    assert_eq!(reader.count_firms(&FirmFilter::default(), 0).unwrap(), 0);
}

#[test]
fn pages_lose_nothing_and_repeat_nothing_while_rows_come_and_go() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    for number in 0..100 {
        writer.put_firm(&firm(number, "合肥某公司")).unwrap();
    }
    writer.commit(&entry("firms.imported")).unwrap();
    for text in ["", "合肥"] {
        let (mut seen, mut after): (Vec<String>, Option<After>) = (Vec::new(), None);
        for number in 0.. {
            let page = database.reader().unwrap().firms(&typed(text), after, 7).unwrap();
            seen.extend(page.rows.into_iter().map(|firm| firm.id));
            let Some(next) = page.next else { break };
            after = Some(After::from_number(next.to_number()));
            // A firm arrives at the top, and one that was seen leaves.
            let writer = database.writer().unwrap();
            writer.put_firm(&firm(1000 + number, "合肥新公司")).unwrap();
            writer.remove_firm(&seen[0].clone()).ok();
            writer.commit(&entry("firms.changed")).unwrap();
        }
        let mut expected: Vec<String> = (0..100).map(|number| firm(number, "").id).collect();
        expected.retain(|id| seen.contains(id));
        let mut once: Vec<String> = seen.iter().filter(|id| id.as_str() < "firm-001000").cloned().collect();
        once.sort();
        assert_eq!(once, expected, "each once");
        assert!(once.len() >= 99, "and all that stayed");
        let writer = database.writer().unwrap();
        for number in 0..100 {
            writer.put_firm(&firm(number, "合肥某公司")).unwrap();
        }
        writer.commit(&entry("firms.imported")).unwrap();
    }
}

#[test]
fn cases_are_found_by_number_firm_and_month() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    let writer = database.writer().unwrap();
    for number in 2..=17 {
        let next = writer.next_case_number(2026).unwrap();
        writer.add_case(&case(number, &next, world.case.original, "嘉善澄波新材料有限公司")).unwrap();
    }
    writer.commit(&entry("cases.received")).unwrap();
    let reader = database.reader().unwrap();
    let count = |text: &str, month: Option<&str>| {
        let filter =
            CaseFilter { text: text.into(), month: month.map(crate::common::day), ..Default::default() };
        reader.count_cases(&filter, 100).unwrap()
    };
    assert_eq!(count("17", None), 1);
    assert_eq!(count("0017", None), 1);
    assert_eq!(count("收〔2026〕0017", None), 1);
    assert_eq!(count("2026", None), 17);
    assert_eq!((count("260017", None), count("20260017", None)), (1, 1), "from the middle of the number");
    assert_eq!(count("26001", None), 8, "10 to 17");
    assert_eq!(count("收〔2026〕", None), 17);
    assert_eq!(count("yzjqr", None), 1, "the firm's initials");
    assert_eq!(count("", Some("2026-11-30")), 17, "received in November");
    assert_eq!(count("", Some("2026-12-01")), 0);
}

#[test]
fn credentials_are_found_by_subject_and_number_in_their_direction() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    for number in 1..=3 {
        writer.add_credential(&credential(number, "嘉善澄波新材料有限公司"), b"x").unwrap();
    }
    writer.commit(&entry("credentials.issued")).unwrap();
    let reader = database.reader().unwrap();
    let count = |text: &str, direction| {
        let filter = CredentialFilter { text: text.to_owned(), direction, ..Default::default() };
        reader.count_credentials(&filter, 100).unwrap()
    };
    for (text, expected) in
        [("", 3), ("澄波", 3), ("cbxcl", 3), ("HFUSP-2026", 3), ("hfusp20260002", 1), ("91340100", 3)]
    {
        assert_eq!(count(text, CredentialDirection::Issued), expected, "{text}");
        assert_eq!(count(text, CredentialDirection::Held), 0, "{text}");
    }
}

#[test]
fn four_characters_from_anywhere_in_a_code_find_it() {
    let (_folder, database) = register();
    let code = uscc(3).to_string();
    for (from, to) in [(1, 5), (2, 18), (6, 12), (13, 18), (14, 18)] {
        let places = found(&database, &code[from..to]);
        assert!(places.contains(&3), "{}", &code[from..to]);
    }
    assert_eq!(found(&database, &code[10..].to_lowercase()), [3], "its end is its own");
    assert!(found(&database, &code[15..]).is_empty(), "three characters are everywhere");
    assert!(found(&database, &format!("{}{}", &code[14..], &code[4..8])).is_empty(), "only as they stand");

    let writer = database.writer().unwrap();
    for number in 1..=30 {
        writer.add_credential(&credential(number, NAMES[0]), b"x").unwrap();
    }
    writer.commit(&entry("credentials.issued")).unwrap();
    let reader = database.reader().unwrap();
    let filter = |text: &str| CredentialFilter {
        text: text.to_owned(),
        direction: CredentialDirection::Issued,
        ..Default::default()
    };
    let numbers = |text: &str| -> Vec<String> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = reader.credentials(&filter(text), after, 4).unwrap();
            all.extend(page.rows.into_iter().filter_map(|row| row.number));
            after = page.next;
            if after.is_none() {
                return all;
            }
        }
    };
    assert_eq!(numbers("260017"), ["HFUSP-2026-0017"], "a number by its end");
    let tens: Vec<String> = (10..=19).map(|n| format!("HFUSP-2026-{n:04}")).collect();
    assert_eq!(numbers("026-001"), tens, "page by page, each once");
    let about = &credential(1, "").subject_uscc.to_string()[5..];
    assert!(numbers(about).contains(&"HFUSP-2026-0001".to_owned()), "by the code of the firm");
    assert!(numbers("270017").is_empty());
}

/// A credential about one of a few firms of one name, in a state.
fn about(number: u32, firm: u32, state: CredentialState) -> Credential {
    Credential { subject_uscc: uscc(firm), state, ..credential(number, "嘉善澄波新材料有限公司") }
}

/// The ids of the issued credentials in a state that a text finds, page by page.
fn issued(database: &Database, text: &str, state: Option<CredentialState>) -> Vec<String> {
    let direction = CredentialDirection::Issued;
    let filter = CredentialFilter { text: text.to_owned(), direction, state, ..Default::default() };
    let reader = database.reader().unwrap();
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = reader.credentials(&filter, after, 3).unwrap();
        ids.extend(page.rows.into_iter().map(|row| row.id));
        after = page.next;
        if after.is_none() {
            assert_eq!(reader.count_credentials(&filter, 1000).unwrap(), ids.len(), "as many as are counted");
            return ids;
        }
    }
}

/// Holds what is found in each state to what is found in any.
fn assert_states_agree(database: &Database, when: &str) {
    let any = issued(database, "澄波", None);
    let reader = database.reader().unwrap();
    for state in CredentialState::ALL {
        let mut expected = any.clone();
        expected.retain(|id| reader.credential(id).unwrap().unwrap().state == *state);
        for text in ["澄波", "cbxcl", "chengbo"] {
            assert_eq!(issued(database, text, Some(*state)), expected, "{when}: {state:?} by {text}");
        }
    }
}

#[test]
fn credentials_in_a_state_are_those_of_all_states_in_the_same_order() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    let states = CredentialState::ALL;
    for number in 0..60_u32 {
        let state = if number % 3 == 0 { states[number as usize / 3 % states.len()] } else { states[0] };
        writer.add_credential(&about(number, 100 + number % 7, state), b"x").unwrap();
    }
    // What became of a credential that is held says nothing about those that are issued.
    let held = Credential { direction: CredentialDirection::Held, ..about(60, 200, CredentialState::Ended) };
    writer.add_credential(&held, b"x").unwrap();
    writer.commit(&entry("credentials.issued")).unwrap();
    assert_states_agree(&database, "as they were issued");
    assert_eq!(issued(&database, "澄波", None).len(), 60);
    assert!(issued(&database, "澄波", Some(CredentialState::Revoked)).len() > 3, "more than one page");

    let writer = database.writer().unwrap();
    for number in 0..60 {
        let state = states[number % 5 % states.len()];
        let id = format!("credential-{number:06}");
        writer.set_credential_state(&id, state, Some("核查"), at(9)).unwrap();
    }
    writer.commit(&entry("credentials.changed")).unwrap();
    assert_states_agree(&database, "after changes, some of them back");

    let writer = database.writer().unwrap();
    for number in (0..60).filter(|number| number % 7 < 2 || number % 4 == 0) {
        writer.remove_credential(&format!("credential-{number:06}")).unwrap();
    }
    writer.commit(&entry("credentials.removed")).unwrap();
    assert_states_agree(&database, "after removals");
    assert!(database.check().unwrap().is_whole());

    let writer = database.writer().unwrap();
    writer.rebuild_search().unwrap();
    writer.commit(&entry("search.rebuilt")).unwrap();
    assert_states_agree(&database, "with a new index");
    assert!(database.check().unwrap().is_whole());
}

#[test]
fn an_index_that_does_not_know_of_a_revocation_is_noticed_and_mended() {
    let (folder, database) = fresh();
    let writer = database.writer().unwrap();
    writer.add_credential(&about(1, 100, CredentialState::Revoked), b"x").unwrap();
    writer.commit(&entry("credentials.issued")).unwrap();
    drop(database);
    crate::common::raw(folder.path()).execute_batch("UPDATE subject SET states = '[]'").unwrap();
    let database = Database::open(folder.path(), &crate::common::key()).unwrap();
    assert_eq!(database.check().unwrap().search, ["subject_search"], "it is noticed");
    let writer = database.writer().unwrap();
    writer.rebuild_search().unwrap();
    writer.commit(&entry("search.rebuilt")).unwrap();
    assert!(database.check().unwrap().is_whole(), "and mended");
    assert_eq!(issued(&database, "澄波", Some(CredentialState::Revoked)), ["credential-000001"]);
}

/// Of every reading, the last one also in part, with the characters anywhere in the name.
#[test]
fn characters_side_by_side_are_found_by_their_readings() {
    let (_folder, database) = fresh();
    let strategy = ("[一-龥]{1,8}", 0_usize..8, 1_usize..6, any::<u64>(), 0_usize..4);
    let mut runner = TestRunner::new(Config { cases: 400, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |(name, from, length, choice, left_out)| {
            let writer = database.writer().unwrap();
            writer.put_firm(&firm(1, &name)).unwrap();
            writer.commit(&entry("firm.changed")).unwrap();
            let mut choice = choice;
            let mut syllables = Vec::new();
            for c in name.chars().skip(from).take(length) {
                let readings: Vec<&str> = c
                    .to_pinyin_multi()
                    .into_iter()
                    .flatten()
                    .map(pinyin::Pinyin::plain)
                    .filter(|plain| plain.is_ascii())
                    .collect();
                let Some(count) = u64::try_from(readings.len()).ok().filter(|count| *count > 0) else {
                    break;
                };
                syllables.push(readings[usize::try_from(choice % count).unwrap()]);
                choice /= count;
            }
            let letters = syllables.concat();
            let last = syllables.last().map_or(0, |last| last.len());
            let letters = &letters[..letters.len() - left_out.min(last.saturating_sub(1))];
            // A single letter is the initial of a whole name.
            if letters.len() > 1 {
                let found = database.reader().unwrap().firms(&typed(letters), None, 9).unwrap().rows.len();
                prop_assert_eq!(found, 1, "{} in {}", letters, name);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_search_index_can_be_made_again() {
    let (folder, database) = register();
    drop(database);
    crate::common::raw(folder.path()).execute_batch("DELETE FROM firm_search WHERE rowid < 5").unwrap();
    let database = Database::open(folder.path(), &crate::common::key()).unwrap();
    assert_eq!(database.check().unwrap().search, ["firm_search"], "it is noticed");
    let writer = database.writer().unwrap();
    writer.rebuild_search().unwrap();
    writer.commit(&entry("search.rebuilt")).unwrap();
    let findings = database.check().unwrap();
    assert!(findings.is_whole(), "{findings:?}");
    assert_eq!(found(&database, "合肥"), [0, 10]);
}

#[test]
fn no_query_takes_long() {
    let (_folder, database) = register();
    let reader = database.reader().unwrap();
    let long = [
        "a".repeat(10_000),
        "xian".repeat(500),
        "合".repeat(10_000),
        "重".repeat(96),
        "a b ".repeat(5_000),
        "\" OR tokens:* NEAR(".repeat(500),
    ];
    for text in long {
        let begun = Instant::now();
        reader.firms(&typed(&text), None, 50).unwrap();
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(1), "{took:?} for {}…", text.chars().take(20).collect::<String>());
    }
}

/// Quotes, keywords, control characters, any script: stored as it is, found by any two characters of it,
/// and never read as a part of a statement.
#[test]
fn any_text_is_stored_as_it_is_and_found_by_its_parts() {
    let (_folder, database) = fresh();
    let hostile = "[\"'();*:^%\\-a-z合肥\u{0}-\u{7f}]{1,24}";
    let text = || prop_oneof![any::<String>(), "\\PC{1,24}", "[一-龥]{2,12}", hostile];
    let strategy = (text(), text(), 0_usize..12);
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |(name, query, from)| {
            let writer = database.writer().unwrap();
            let written = Firm { extra: json!({"x": query}), ..firm(1, &name) };
            writer.put_firm(&written).unwrap();
            writer.commit(&entry(&query).about(&name, &query)).unwrap();

            let reader = database.reader().unwrap();
            let read = reader.firm(&written.id).unwrap();
            prop_assert_eq!(read.as_ref(), Some(&written));
            let part: String = name.chars().skip(from).take(2).collect();
            if !part.is_empty() && part.chars().all(|c| ('一'..='龥').contains(&c)) {
                let found = reader.firms(&typed(&part), None, 9).unwrap().rows.len();
                prop_assert_eq!(found, 1, "{} in {}", part, name);
            }
            reader.firms(&typed(&query), None, 9).unwrap();
            prop_assert_eq!(reader.count_firms(&typed(""), 9).unwrap(), 1, "searching changed nothing");
            Ok(())
        })
        .unwrap();
    assert!(database.check().unwrap().is_whole());
}
