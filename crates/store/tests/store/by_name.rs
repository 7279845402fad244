//! Lists by name: as the names are read, and page by page the same as the whole.

use chrono::NaiveDate;
use zizhi_store::{
    After, Case, CaseFilter, CaseState, CredentialDirection, CredentialFilter, CredentialState, Database,
    Firm, FirmFilter, FirmState, Page,
};

use crate::common::{at, case, credential, day, entry, firm, fresh, raw, uscc};

/// In the order in which a person looks for them.
const NAMES: [&str; 14] = [
    "1号空间【演示】",
    "安徽星河【演示】",
    "合肥星河9【演示】",
    "合肥星河10【演示】",
    "合肥云栈【演示】",
    "六安云栈【演示】",
    "宁波星河【演示】",
    "苏州星河【演示】",
    "苏州云栈【演示】",
    "芜湖星河【演示】",
    "扬州星河【演示】",
    "重庆星河【演示】",
    "Beta【演示】",
    "gamma【演示】",
];

/// Where a name is among [`NAMES`], by pinyin: 重庆 is read `chong`.
fn expected() -> Vec<&'static str> {
    let mut names = NAMES.to_vec();
    let chongqing = names.remove(11);
    names.insert(2, chongqing);
    names
}

/// Names that come in any order but theirs.
fn shuffled() -> impl Iterator<Item = (u32, &'static str)> {
    (0..NAMES.len()).map(|at| (at as u32 + 1, NAMES[(at * 5 + 3) % NAMES.len()]))
}

fn filled() -> (tempfile::TempDir, Database) {
    let (folder, database) = fresh();
    let writer = database.writer().unwrap();
    let original = writer.add_original(&mut &b"dossier"[..], "application/zip", at(0)).unwrap();
    for (number, name) in shuffled() {
        let state = if number % 3 == 0 { FirmState::Left } else { FirmState::In };
        writer.add_firm(&Firm { state, ..firm(number, name) }).unwrap();
        let state = if number % 2 == 0 { CaseState::Accepted } else { CaseState::Received };
        let taken = case(number, &format!("收〔2026〕{number:04}"), original.sha256, name);
        writer.add_case(&Case { state, ..taken }).unwrap();
        // Two of each firm; every third firm has a revoked one.
        for second in 0..2 {
            let mut row = credential(number + 100 * second, name);
            row.subject_uscc = uscc(100 + number);
            if second == 1 && number % 3 == 0 {
                row.state = CredentialState::Revoked;
            }
            writer.add_credential(&row, &[number as u8, second as u8]).unwrap();
        }
    }
    writer.commit(&entry("filled")).unwrap();
    (folder, database)
}

/// Every row of a list, a few at a time.
fn all<T>(limit: usize, mut page: impl FnMut(Option<After>) -> Page<T>) -> Vec<T> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let found = page(after);
        assert!(found.rows.len() <= limit, "no more than asked for");
        rows.extend(found.rows);
        after = found.next;
        if after.is_none() {
            return rows;
        }
    }
}

#[test]
fn firms_come_as_their_names_are_read_and_their_pages_are_the_whole_list() {
    let (_folder, database) = filled();
    let reader = database.reader().unwrap();
    let names = |filter: &FirmFilter, limit| -> Vec<String> {
        all(limit, |after| reader.firms(filter, after, limit).unwrap())
            .into_iter()
            .map(|row| row.name)
            .collect()
    };
    let by_name = FirmFilter { by_name: true, ..FirmFilter::default() };
    for limit in [1, 2, 3, 5, 100] {
        assert_eq!(names(&by_name, limit), expected(), "{limit} at a time");
    }
    let wanted = |fits: &dyn Fn(u32, &str) -> bool| -> Vec<&str> {
        let kept: Vec<&str> =
            shuffled().filter(|(number, name)| fits(*number, name)).map(|(_, name)| name).collect();
        expected().into_iter().filter(|name| kept.contains(name)).collect()
    };
    let left = FirmFilter { state: Some(FirmState::Left), ..by_name.clone() };
    assert_eq!(names(&left, 2), wanted(&|number, _| number % 3 == 0), "with a filter");
    let text = FirmFilter { text: "星河".to_owned(), ..by_name.clone() };
    assert_eq!(names(&text, 2), wanted(&|_, name| name.contains("星河")), "with a text");
    assert_eq!(names(&FirmFilter { text: "无此企业".to_owned(), ..by_name }, 2), Vec::<String>::new());
}

#[test]
fn cases_come_as_the_firms_names_are_read() {
    let (_folder, database) = filled();
    let reader = database.reader().unwrap();
    let names = |filter: &CaseFilter, limit| -> Vec<String> {
        let rows = all(limit, |after| reader.cases(filter, after, limit).unwrap());
        rows.into_iter().filter_map(|row| row.firm_name).collect()
    };
    let by_name = CaseFilter { by_name: true, ..CaseFilter::default() };
    for limit in [1, 3, 100] {
        assert_eq!(names(&by_name, limit), expected(), "{limit} at a time");
    }
    let accepted = CaseFilter { states: vec![CaseState::Accepted], ..by_name.clone() };
    let even: Vec<&str> = shuffled().filter(|(number, _)| number % 2 == 0).map(|(_, name)| name).collect();
    let wanted: Vec<&str> = expected().into_iter().filter(|name| even.contains(name)).collect();
    assert_eq!(names(&accepted, 2), wanted);
    let none = CaseFilter { until: Some(NaiveDate::MIN), ..by_name };
    assert_eq!(names(&none, 2), Vec::<String>::new(), "days are asked for as well");
}

#[test]
fn credentials_come_by_the_names_of_whom_they_are_about_the_newest_of_each_first() {
    let (_folder, database) = filled();
    let reader = database.reader().unwrap();
    let found = |filter: &CredentialFilter, limit| -> Vec<(String, String)> {
        let rows = all(limit, |after| reader.credentials(filter, after, limit).unwrap());
        rows.into_iter().map(|row| (row.subject_name, row.id)).collect()
    };
    let by_name = CredentialFilter {
        direction: CredentialDirection::Issued,
        by_name: true,
        ..CredentialFilter::default()
    };
    let whole = found(&by_name, 100);
    let names: Vec<&str> = whole.iter().map(|(name, _)| name.as_str()).collect();
    let twice: Vec<&str> = expected().into_iter().flat_map(|name| [name, name]).collect();
    assert_eq!(names, twice);
    for pair in whole.chunks(2) {
        assert!(pair[0].1 > pair[1].1, "the newest of a firm first: {pair:?}");
    }
    for limit in [1, 2, 3, 7] {
        assert_eq!(found(&by_name, limit), whole, "{limit} at a time");
    }
    let revoked = CredentialFilter { state: Some(CredentialState::Revoked), ..by_name.clone() };
    let third: Vec<&str> = shuffled().filter(|(number, _)| number % 3 == 0).map(|(_, name)| name).collect();
    let wanted: Vec<&str> = expected().into_iter().filter(|name| third.contains(name)).collect();
    let names: Vec<String> = found(&revoked, 2).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, wanted, "with a filter");
    let text = CredentialFilter { text: "xinghe".to_owned(), ..by_name };
    let names: Vec<String> = found(&text, 3).into_iter().map(|(name, _)| name).collect();
    let wanted: Vec<&str> = twice.into_iter().filter(|name| name.contains("星河")).collect();
    assert_eq!(names, wanted, "with pinyin");
}

#[test]
fn a_firm_that_is_renamed_moves_and_so_does_what_is_issued_to_it() {
    let (_folder, database) = filled();
    let writer = database.writer().unwrap();
    let renamed = "安庆云栈【演示】";
    let moved = shuffled().find(|(_, name)| name.starts_with("扬州")).unwrap().0;
    writer.put_firm(&firm(moved, renamed)).unwrap();
    let mut row = credential(500, renamed);
    row.subject_uscc = uscc(100 + moved);
    row.issued_on = Some(day("2026-11-23"));
    writer.add_credential(&row, b"new").unwrap();
    writer.commit(&entry("renamed")).unwrap();
    let reader = database.reader().unwrap();
    let firms = reader.firms(&FirmFilter { by_name: true, ..FirmFilter::default() }, None, 3).unwrap().rows;
    let names: Vec<&str> = firms.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["1号空间【演示】", "安徽星河【演示】", renamed], "安徽 hui before 安庆 qing");
    let filter = CredentialFilter {
        direction: CredentialDirection::Issued,
        by_name: true,
        ..CredentialFilter::default()
    };
    let issued = reader.credentials(&filter, None, 5).unwrap().rows;
    assert_eq!(issued[4].id, row.id, "the newest of it, where its new name is");
}

#[test]
fn tables_of_the_version_before_get_their_order() {
    let (folder, database) = filled();
    database.close().unwrap();
    // As version 7 had it: no column, no index.
    raw(folder.path())
        .execute_batch(
            "DROP INDEX firm_by_name; DROP INDEX subject_by_name; DROP INDEX case_by_name;
             ALTER TABLE firm DROP COLUMN name_order; ALTER TABLE subject DROP COLUMN name_order;
             ALTER TABLE dossier_case DROP COLUMN name_order; DROP TABLE case_version;
             DROP INDEX judgement_by_report; DROP INDEX credential_by_kind; DROP INDEX firm_by_key;
             ALTER TABLE voucher DROP COLUMN balance; DROP TABLE unsaved;
             PRAGMA user_version = 7;",
        )
        .unwrap();
    let database = Database::open(folder.path(), &crate::common::key()).unwrap();
    let reader = database.reader().unwrap();
    let filter = FirmFilter { by_name: true, ..FirmFilter::default() };
    let names: Vec<String> =
        reader.firms(&filter, None, 100).unwrap().rows.into_iter().map(|row| row.name).collect();
    assert_eq!(names, expected());
    let filter = CaseFilter { by_name: true, ..CaseFilter::default() };
    assert_eq!(reader.cases(&filter, None, 100).unwrap().rows.len(), NAMES.len());
}
