//! What was handed out is printed again as it was, each paper under its own number; and what the log says of a case.

use chrono::TimeDelta;
use serde_json::json;
use zizhi_app::Output;
use zizhi_app::activity_log::{Teller, Told};
use zizhi_app::case_documents::{Document, Paper, save_document};
use zizhi_app::case_steps::{Hands, accept, close};
use zizhi_app::case_versions::{Joining, join};
use zizhi_app::print_report::{Lang, fonts};
use zizhi_app::rejudge::rejudge_case;
use zizhi_store::{Case, CaseEvent, Database, Entry, Role};

use crate::versions::{ask, better, hands, page, supplement, waiting};
use crate::world::{Dossier, World};

/// The bytes of a document of a case.
fn printed(world: &World, database: &Database, id: &str, document: Document, nth: Option<u32>) -> Vec<u8> {
    let fonts = fonts(None).unwrap();
    let paper = Paper { case_id: id, nth, language: Lang::Zh, fonts: &fonts, drill: false };
    let path = world.folder.path().join("paper.pdf");
    save_document(database, &paper, document, &Output { path: &path, force: true }).unwrap();
    std::fs::read(&path).unwrap()
}

fn read(world: &World, paper: &[u8]) -> String {
    let path = world.write("read.pdf", paper);
    let out = std::process::Command::new("pdftotext").args(["-raw"]).arg(&path).arg("-").output().unwrap();
    String::from_utf8(out.stdout).unwrap().split_whitespace().collect()
}

const PAPERS: [Document; 3] = [Document::Receipt, Document::Report, Document::SupplementNotice];

#[test]
fn what_was_handed_out_is_printed_again_as_it_was_whatever_came_since() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let print = |world: &World, document, nth| printed(world, &database, &first.id, document, nth);
    let handed_out = PAPERS.map(|document| print(&world, document, None));
    let told = [
        ["收〔2026〕0001", "first.zzdossier"],
        ["核〔2026〕0001", "2026年11月23日"],
        ["补〔2026〕0001", "收〔2026〕0001"],
    ];
    for (paper, told) in handed_out.iter().zip(told) {
        let text = read(&world, paper);
        assert!(told.iter().all(|words| text.contains(words)), "{told:?}: {text}");
    }

    world.now += TimeDelta::days(3);
    assert_eq!(supplement(&world, &database, "second.zzdossier", &better(), &first.id), "");
    ask(&world, &database, &first.id, &["other"]);
    rejudge_case(&database, &world.library(), &first.id, &world.host()).unwrap();
    let other = Hands { operator: "赵某".to_owned(), reviewer: Some("钱某".to_owned()) };
    accept(&database, &first.id, &other, Some("线下补交"), &world.host()).unwrap();
    close(&database, &first.id, &other, Some("企业撤回"), &world.host()).unwrap();

    for (document, paper) in PAPERS.into_iter().zip(&handed_out) {
        assert!(print(&world, document, Some(1)) == *paper, "{document:?} is what it was");
    }
    let report = read(&world, &print(&world, Document::Report, None));
    let annex = report.split("附件：补正事项核对表").nth(1).unwrap_or_default();
    for told in ["在孵企业证明请补齐补〔2026〕0001√已补齐", "请补齐补〔2026〕0001○人工查看情况说明.png"]
    {
        assert!(annex.contains(told), "{told}: {report}");
    }
    assert!(
        !annex.contains("补〔2026〕0001-2"),
        "what was asked of this very version is not answered by it: {annex}"
    );
    let receipt = read(&world, &print(&world, Document::Receipt, None));
    assert!(receipt.contains("second.zzdossier") && receipt.contains("收〔2026〕0001-2"), "{receipt}");
    let notice = read(&world, &print(&world, Document::SupplementNotice, None));
    for told in ["补〔2026〕0001-2", "核〔2026〕0001-2", "收〔2026〕0001-2", "2026年11月26日"] {
        assert!(notice.contains(told), "the second notice is on the second report: {told}: {notice}");
    }

    let page = page(&world, &database, &first.id);
    let told: Vec<_> =
        page.papers.iter().map(|paper| (paper.document, paper.nth, paper.number.as_str())).collect();
    let expected = [
        (Document::Report, 3, "核〔2026〕0001-3"),
        (Document::Report, 2, "核〔2026〕0001-2"),
        (Document::Report, 1, "核〔2026〕0001"),
        (Document::Receipt, 2, "收〔2026〕0001-2"),
        (Document::Receipt, 1, "收〔2026〕0001"),
        (Document::SupplementNotice, 2, "补〔2026〕0001-2"),
        (Document::SupplementNotice, 1, "补〔2026〕0001"),
        (Document::ReportJson, 3, "核〔2026〕0001-3"),
    ];
    assert_eq!(told, expected, "each paper has a number that no other one has");
    let fonts = fonts(None).unwrap();
    for (document, code) in PAPERS.into_iter().zip(["CASE-VERSION", "CASE-REPORT", "CASE-NO-SUPPLEMENT"]) {
        let paper =
            Paper { case_id: &first.id, nth: Some(9), language: Lang::Zh, fonts: &fonts, drill: false };
        let path = world.folder.path().join("none.pdf");
        let output = Output { path: &path, force: false };
        assert_eq!(save_document(&database, &paper, document, &output).unwrap_err().code, code);
        assert!(!path.exists(), "nothing was written");
    }
}

#[test]
fn a_dossier_that_was_joined_keeps_the_receipt_that_was_handed_out() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let second = world.receive(&database, "second.zzdossier", &better());
    let handed_out = printed(&world, &database, &second.id, Document::Receipt, None);
    let library = world.library();
    let other = Hands { operator: "赵某".to_owned(), reviewer: None };
    let joining = Joining { waiting: &first.id, newer: &second.id, hands: &other, library: &library };
    world.now += TimeDelta::days(1);
    join(&database, &joining, &world.host()).unwrap();
    let receipt = printed(&world, &database, &first.id, Document::Receipt, None);
    assert!(receipt == handed_out, "the same paper: {}", read(&world, &receipt));
    let papers = page(&world, &database, &first.id).papers;
    let receipts = papers.iter().filter(|paper| paper.document == Document::Receipt);
    let numbers: Vec<_> = receipts.map(|paper| paper.number.as_str()).collect();
    assert_eq!(numbers, ["收〔2026〕0002", "收〔2026〕0001"]);
}

#[test]
fn a_notice_that_an_earlier_program_asked_for_names_the_reviewer_of_the_case() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "first.zzdossier", &Dossier::default());
    let writer = database.writer().unwrap();
    writer.update_case(&Case { reviewer: Some("钱某".to_owned()), ..case.clone() }).unwrap();
    let wanted = json!([{"item_id": "other", "text": "请补齐", "due": "2026-12-10"}]);
    writer
        .add_case_event(&CaseEvent {
            case_id: case.id.clone(),
            seq: 0,
            at: world.now,
            kind: "supplement".to_owned(),
            actor: "王某".to_owned(),
            note: String::new(),
            details: json!({ "supplements": wanted }),
        })
        .unwrap();
    writer.commit(&Entry::new(world.now, "王某", "test.asked")).unwrap();
    let notice = read(&world, &printed(&world, &database, &case.id, Document::SupplementNotice, None));
    assert!(notice.contains("王某") && notice.contains("钱某"), "{notice}");
}

#[test]
fn the_log_says_which_case_went_on_with_what_and_that_it_was_resumed() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let second = world.receive(&database, "second.zzdossier", &better());
    let (library, hands) = (world.library(), hands());
    let joining = Joining { waiting: &first.id, newer: &second.id, hands: &hands, library: &library };
    join(&database, &joining, &world.host()).unwrap();
    accept(&database, &first.id, &hands, Some("章程已核对"), &world.host()).unwrap();
    let reader = database.reader().unwrap();
    let rows = reader.activity(&Default::default(), None, 2).unwrap().rows;
    let mut teller = Teller::new(&reader);
    let told: Vec<_> = rows.iter().map(|row| teller.tell(row).unwrap()).collect();
    let about = |told: &Told| told.about.as_ref().unwrap().zh.to_string();
    let case = format!("收〔2026〕0001（{}）", crate::world::NAME);
    assert_eq!((told[0].done.zh.as_ref(), about(&told[0])), ("恢复受理", case.clone()));
    assert_eq!(told[0].reason.as_deref(), Some("章程已核对"));
    let continued = format!("{case}；第 2 版档案；原为 收〔2026〕0002");
    assert_eq!((told[1].done.zh.as_ref(), about(&told[1])), ("补正材料并入原办件", continued));
}
