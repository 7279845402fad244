//! What is written is read back, whole.

mod common;

use common::{at, case, entry, firm, fresh, judgement};
use zizhi_model::Verdict;
use zizhi_store::{CaseFilter, FirmFilter, Input, InputKind};

#[test]
fn a_firm_is_read_as_it_was_entered() {
    let (_folder, database) = fresh();
    let written = firm(1, "合肥星河量子传感技术有限公司【演示】");
    let writer = database.writer().unwrap();
    writer.put_firm(&written).unwrap();
    writer.commit(&entry("firm.entered")).unwrap();

    let reader = database.reader().unwrap();
    assert_eq!(reader.firm_by_uscc(&written.uscc).unwrap(), Some(written.clone()), "every column comes back");
    let found = reader.firms(&FirmFilter { text: "量子".into(), ..Default::default() }, None, 10).unwrap();
    assert_eq!(found.rows, vec![written], "it is found by two characters");
}

#[test]
fn a_case_is_received_judged_and_found() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    let original = writer.add_original(&mut b"PK...".as_slice(), "application/zip", at(0)).unwrap();
    let number = writer.next_case_number(2026).unwrap();
    assert_eq!(number, "收〔2026〕0001", "numbers begin with 1 in each year");
    let received = case(1, &number, original.sha256, "苏州云栈机器人科技有限公司【演示】");
    writer.add_case(&received).unwrap();
    let inputs = [Input { kind: InputKind::Status, key: "https://status.example/1".into(), idx: Some(7) }];
    let seq = writer.add_judgement(&judgement(&received.id, Verdict::Pending), b"{}", &inputs).unwrap();
    writer.commit(&entry("case.received")).unwrap();

    let reader = database.reader().unwrap();
    let filter = CaseFilter { text: "1".into(), verdict: Some(Verdict::Pending), ..Default::default() };
    let found = reader.cases(&filter, None, 10).unwrap().rows;
    assert_eq!(found.len(), 1, "it is found by its number and the verdict of its judgement");
    assert_eq!(reader.report(&received.id, seq).unwrap().as_deref(), Some(b"{}".as_slice()));
    let touched = reader.cases_on_status_entries("https://status.example/1", [6, 7]).unwrap();
    assert!(touched.contains(&received.id), "its judgement rests on entry 7");
    assert!(database.check().unwrap().is_whole());
}
