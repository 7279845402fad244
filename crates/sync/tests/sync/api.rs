//! Requests and answers: their form in JSON, cursors, codes.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zizhi_model::money::Fen;
use zizhi_model::{JsonError, Region};
use zizhi_sync::api::{
    self, ANSWER_BYTES, Code, Conflict, Cursor, Decide, Decided, Decision, Enrol, Enrolled, HoldAnswer,
    HoldLine, HoldRequest, HoldState, Item, Judgement, MailAnswer, NewUpload, Offset, Organisation, Problem,
    PutVoucher, REQUEST_BYTES, Reason, ReceiptAnswer, Redemption, Refused, ReplaceDevices, Revoked,
    SyncAnswer, SyncRequest, Upload, VoucherView, read, read_answer, write,
};
use zizhi_sync::invitation::Role;
use zizhi_sync::object::Fault;
use zizhi_sync::{Digest, ObjectError, Token};

use crate::support::{NOW, date, firm, id, limits};

/// A request: written as given, read back the same, and refused with one member more.
fn asks<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, text: &str) {
    let written = String::from_utf8(write(value).unwrap()).unwrap();
    assert_eq!(written, text, "the form of docs/hub.md");
    assert_eq!(read::<T>(text.as_bytes(), REQUEST_BYTES, &limits()).unwrap(), *value);
    for more in with_more(text) {
        let outcome = read::<T>(more.as_bytes(), REQUEST_BYTES, &limits());
        assert!(matches!(outcome, Err(ObjectError::Form(_))), "an unknown member: {more}");
    }
}

/// An answer: written as given, and read back the same, also with members that are not known.
fn answers<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, text: &str) {
    let written = String::from_utf8(write(value).unwrap()).unwrap();
    assert_eq!(written, text, "the form of docs/hub.md");
    assert_eq!(read_answer::<T>(text.as_bytes(), REQUEST_BYTES, &limits()).unwrap(), *value);
    for more in with_more(text) {
        let read = read_answer::<T>(more.as_bytes(), REQUEST_BYTES, &limits());
        assert_eq!(read.unwrap(), *value, "of a hub that is newer: {more}");
        assert!(
            api::read::<T>(more.as_bytes(), REQUEST_BYTES, &limits()).is_err(),
            "no request is like that"
        );
    }
}

/// The text with a member more in each of its objects, one at a time.
fn with_more(text: &str) -> Vec<String> {
    let begins = text.match_indices('{').map(|(at, _)| at + 1);
    begins
        .map(|at| {
            let (before, after) = text.split_at(at);
            let comma = if after.starts_with('}') { "" } else { "," };
            format!("{before}\"extra\":{{\"a\":[1]}}{comma}{after}")
        })
        .collect()
}

fn redemption() -> Redemption {
    Redemption {
        redeemer: None,
        amount: Fen(300),
        kind: "research".to_owned(),
        day: date("2026-06-01"),
        region: Region::parse("330100").unwrap(),
        document: Digest([0; 32]),
        hold: None,
        made: NOW,
    }
}

const ZERO: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[test]
fn bodies_have_the_form_of_the_page() {
    let (firm_text, id_text) = (firm().to_string(), id(1).to_string());
    asks(
        &Enrol { invitation: "a.b.c".into(), devices: "d.e.f".into() },
        r#"{"invitation":"a.b.c","devices":"d.e.f"}"#,
    );
    answers(&Enrolled { organisation: firm() }, &format!(r#"{{"organisation":"{firm_text}"}}"#));
    answers(
        &Organisation {
            organisation: firm(),
            name: "名".into(),
            role: Role::VoucherFund,
            devices: "d.e.f".into(),
        },
        &format!(r#"{{"organisation":"{firm_text}","name":"名","role":"voucher_fund","devices":"d.e.f"}}"#),
    );
    asks(&ReplaceDevices { devices: "d.e.f".into() }, r#"{"devices":"d.e.f"}"#);
    answers(&MailAnswer { receipt: "a.b.c".into() }, r#"{"receipt":"a.b.c"}"#);
    asks(
        &NewUpload { id: id(1), to: firm(), len: 5, sha256: Digest([0; 32]) },
        &format!(r#"{{"id":"{id_text}","to":"{firm_text}","len":5,"sha256":"{ZERO}"}}"#),
    );
    answers(&Upload { upload: id(1), offset: 4 }, &format!(r#"{{"upload":"{id_text}","offset":4}}"#));
    answers(&Offset { offset: 4 }, r#"{"offset":4}"#);
    asks(&PutVoucher { entry: "a.b.c".into() }, r#"{"entry":"a.b.c"}"#);
    answers(&ReceiptAnswer { receipt: "a.b.c".into() }, r#"{"receipt":"a.b.c"}"#);
    asks(&HoldRequest { amount: Fen(5), until: NOW }, &format!(r#"{{"amount":5,"until":{NOW}}}"#));
    answers(&HoldAnswer { hold: "a.b.c".into() }, r#"{"hold":"a.b.c"}"#);
    asks(&Reason { reason: "误发".into() }, r#"{"reason":"误发"}"#);
    asks(
        &Decide { decision: Decision::Accepted, reason: "无误".into() },
        r#"{"decision":"accepted","reason":"无误"}"#,
    );
    answers(&Decided { receipt: None }, "{}");
}

#[test]
fn a_round_of_sync_has_the_form_of_the_page() {
    let (firm_text, id_text) = (firm().to_string(), id(1).to_string());
    asks(
        &SyncRequest { cursor: None, acks: vec![], public: None },
        r#"{"cursor":null,"acks":[],"public":null}"#,
    );
    let cursor = Cursor { epoch: 2, seq: 17 };
    asks(
        &SyncRequest { cursor: Some(cursor), acks: vec![id(1)], public: Some("\"x\"".into()) },
        &format!(r#"{{"cursor":"2.17","acks":["{id_text}"],"public":"\"x\""}}"#),
    );
    let item = Item {
        seq: 17,
        id: id(1),
        from: firm(),
        at: NOW,
        len: 3,
        sha256: Digest([0; 32]),
        body: Some("AAAA".into()),
    };
    answers(
        &SyncAnswer {
            epoch: 2,
            time: NOW,
            cursor,
            items: vec![item],
            more: false,
            senders: vec![],
            public: None,
            refused: vec![Refused {
                id: id(1),
                code: Token::parse("ORG-UNKNOWN").unwrap(),
                day: date("2026-11-23"),
            }],
        },
        &format!(
            r#"{{"epoch":2,"time":{NOW},"cursor":"2.17","items":[{{"seq":17,"id":"{id_text}","from":"{firm_text}","at":{NOW},"len":3,"sha256":"{ZERO}","body":"AAAA"}}],"more":false,"senders":[],"public":null,"refused":[{{"id":"{id_text}","code":"ORG-UNKNOWN","day":"2026-11-23"}}]}}"#
        ),
    );
}

#[test]
fn a_redemption_has_the_form_of_the_page() {
    asks(
        &redemption(),
        &format!(
            r#"{{"amount":300,"kind":"research","day":"2026-06-01","region":"330100","document":"{ZERO}","made":{NOW}}}"#
        ),
    );
    let whole = Redemption { redeemer: Some(firm()), hold: Some(id(4)), ..redemption() };
    let text = write(&whole).unwrap();
    assert_eq!(read::<Redemption>(&text, REQUEST_BYTES, &limits()).unwrap(), whole);
    assert_eq!(whole.check(), Ok(()));
    assert_eq!(Redemption { amount: Fen(0), ..redemption() }.check(), Err(Fault::Number("amount")));
    assert_eq!(Redemption { kind: String::new(), ..redemption() }.check(), Err(Fault::Text("kind")));
    assert_eq!(Redemption { made: -1, ..redemption() }.check(), Err(Fault::Time("made")));
    assert_eq!(HoldRequest { amount: Fen(-5), until: NOW }.check(), Err(Fault::Number("amount")));
    assert_eq!(HoldRequest { amount: Fen(5), until: -1 }.check(), Err(Fault::Time("until")));
    assert_eq!(Reason { reason: " ".into() }.check(), Err(Fault::Text("reason")));
}

#[test]
fn a_voucher_is_shown_whole() {
    let view = VoucherView {
        entry: "a.b.c".into(),
        revoked: Some(Revoked { at: NOW, reason: "误发".into() }),
        spent: Fen(300),
        held: Fen(5),
        redemptions: vec!["a.b.c".into()],
        holds: vec![HoldLine { hold: "a.b.c".into(), state: HoldState::Open, closed_at: None, reason: None }],
        conflicts: vec![Conflict {
            id: id(6),
            redeemer: firm(),
            redemption: redemption(),
            code: Code::VoucherOverdrawn,
            at: NOW,
            judgement: Some(Judgement { decision: Decision::Rejected, reason: "重复".into(), at: NOW }),
        }],
    };
    let text = write(&view).unwrap();
    assert_eq!(read::<VoucherView>(&text, ANSWER_BYTES, &limits()).unwrap(), view);
    let members: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&text).unwrap();
    let names: Vec<_> = members.keys().map(String::as_str).collect();
    let mut expected = ["entry", "revoked", "spent", "held", "redemptions", "holds", "conflicts"];
    expected.sort_unstable();
    let mut names = names;
    names.sort_unstable();
    assert_eq!(names, expected, "docs/hub.md §6");
}

#[test]
fn bodies_are_read_strictly() {
    let refused = |text: &str| read::<Offset>(text.as_bytes(), REQUEST_BYTES, &limits()).unwrap_err();
    assert!(matches!(refused(r#"{"offset":1,"offset":2}"#), ObjectError::Json(JsonError::DuplicateKey(_))));
    assert!(matches!(refused(r#"{"offset":1.0}"#), ObjectError::Json(JsonError::Float)));
    assert!(matches!(refused(r#"{"offset":1} x"#), ObjectError::Json(JsonError::Syntax(_))));
    assert!(matches!(refused(r#"{"offset":-1}"#), ObjectError::Form(_)));
    assert!(matches!(refused(r#"{"offset":null}"#), ObjectError::Form(_)));
    assert!(matches!(refused("[4]"), ObjectError::Spelling), "a list of members is no object");
    let null = r#"{"receipt":null}"#;
    let outcome = read::<Decided>(null.as_bytes(), REQUEST_BYTES, &limits());
    assert!(matches!(outcome, Err(ObjectError::Spelling)), "what is absent is not there");
    let outcome = read::<Offset>(br#"{"offset":1}"#, 11, &limits());
    assert!(matches!(outcome, Err(ObjectError::Size(11))), "12 bytes are one too many");
}

#[test]
fn answers_are_read_as_strictly_but_for_members_that_are_not_known() {
    let refused = |text: &str| read_answer::<Offset>(text.as_bytes(), ANSWER_BYTES, &limits()).unwrap_err();
    let twice = r#"{"offset":1,"new":1,"new":2}"#;
    assert!(matches!(refused(twice), ObjectError::Json(JsonError::DuplicateKey(_))), "one reading only");
    assert!(matches!(refused(r#"{"offset":1,"new":1.5}"#), ObjectError::Json(JsonError::Float)));
    assert!(matches!(refused(r#"{"offset":1} x"#), ObjectError::Json(JsonError::Syntax(_))));
    assert!(matches!(refused(r#"{"new":1}"#), ObjectError::Form(_)), "what is known has to be there");
    assert!(matches!(refused("[4]"), ObjectError::Spelling), "a list of members is no object");
    let missing = format!(
        r#"{{"epoch":1,"time":{NOW},"cursor":"1.0","items":[],"more":false,"senders":[],"refused":[]}}"#
    );
    let outcome = read_answer::<SyncAnswer>(missing.as_bytes(), ANSWER_BYTES, &limits());
    assert!(matches!(outcome, Err(ObjectError::Spelling)), "null is said");
    let null = r#"{"receipt":null}"#;
    let outcome = read_answer::<Decided>(null.as_bytes(), ANSWER_BYTES, &limits());
    assert!(matches!(outcome, Err(ObjectError::Spelling)), "what is absent is not there");
    let new = r#"{"new":null}"#;
    let outcome = read_answer::<Decided>(new.as_bytes(), ANSWER_BYTES, &limits());
    assert_eq!(outcome.unwrap(), Decided { receipt: None }, "null is a form like any other");
    let outcome = read_answer::<Offset>(br#"{"offset":1}"#, 11, &limits());
    assert!(matches!(outcome, Err(ObjectError::Size(11))), "12 bytes are one too many");
}

#[test]
fn a_cursor_has_one_spelling() {
    for (text, epoch, seq) in
        [("0.0", 0, 0), ("1.0", 1, 0), ("12.345", 12, 345), ("1.9223372036854775807", 1, i64::MAX as u64)]
    {
        let cursor = Cursor { epoch, seq };
        assert_eq!(text.parse(), Ok(cursor));
        assert_eq!(cursor.to_string(), text);
    }
    for wrong in [
        "",
        "1",
        "1.",
        ".1",
        "01.1",
        "1.01",
        "+1.1",
        "1.-1",
        "1.1.1",
        " 1.1",
        "1.1 ",
        "１.1",
        "1.9223372036854775808",
    ] {
        assert!(wrong.parse::<Cursor>().is_err(), "{wrong:?} is no cursor");
    }
}

#[test]
fn a_cursor_of_another_epoch_starts_again() {
    let cursor = Cursor { epoch: 3, seq: 40 };
    assert_eq!(cursor.after(3), 40);
    assert_eq!(cursor.after(4), 0, "the hub was restored");
    assert_eq!(cursor.after(2), 0, "a cursor from a future that was lost");
}

#[test]
fn every_code_of_the_page_is_in_the_catalogue_and_the_other_way_round() {
    let page = include_str!("../../../../docs/hub.md");
    let mut named = BTreeSet::new();
    for piece in page.split('`').skip(1).step_by(2) {
        let code = piece.len() > 1
            && piece.contains('-')
            && piece.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        if code {
            named.insert(piece);
        }
    }
    let known: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(named, known, "docs/hub.md and the catalogue name the same codes");
}

#[test]
fn every_code_has_its_words_and_is_told_apart() {
    for code in Code::ALL {
        assert_eq!(Code::parse(code.as_str()), Some(*code));
        assert!((400..600).contains(&code.status()), "{code} is an error");
        assert!(code.status() < 500 || code.retry(), "{code}: what a hub cannot do now it may do later");
        for text in [code.zh(), code.advice_zh()] {
            assert!(!text.is_ascii() && !text.ends_with('。'), "{code}: {text}");
        }
        for text in [code.en(), code.advice_en()] {
            assert!(text.is_ascii() && !text.ends_with('.'), "{code}: {text}");
        }
    }
    let titles: BTreeSet<_> = Code::ALL.iter().map(|code| code.zh()).collect();
    assert_eq!(titles.len(), Code::ALL.len(), "no two codes say the same");
}

#[test]
fn a_problem_says_it_in_both_languages() {
    let problem = Problem { time: Some(NOW), ..Problem::from(Code::AuthTime) };
    answers(
        &problem,
        &format!(
            r#"{{"status":401,"code":"AUTH-TIME","title":"{}","title_en":"{}","retry":true,"time":{NOW}}}"#,
            Code::AuthTime.zh(),
            Code::AuthTime.en()
        ),
    );
    let unknown = r#"{"status":400,"code":"NO-SUCH","title":"x","title_en":"x","retry":false}"#;
    assert!(
        read_answer::<Problem>(unknown.as_bytes(), REQUEST_BYTES, &limits()).is_err(),
        "a code is one of the page"
    );
}
