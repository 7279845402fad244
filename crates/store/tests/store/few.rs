//! A few rows among many are found without the many.

use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_store::{
    Credential, CredentialDirection, CredentialFilter, CredentialState, Database, Firm, Reader,
};

use crate::common::{credential, entry, firm, fresh, key, raw, uscc};

/// More than are looked at one by one.
const ORGANISATIONS: u32 = 2_100;
const COMMON: &str = "tech-sme";
const RARE: &str = "innovation-voucher";

/// Every organisation has a common credential, and one in 75 two rare ones, the newer of them revoked.
fn filled() -> (TempDir, Database) {
    let (folder, database) = fresh();
    let writer = database.writer().unwrap();
    let add = |number: u32, organisation: u32, kind: &str, state| {
        let name = if organisation.is_multiple_of(2) { "星河" } else { "云栈" };
        let row = Credential {
            credential_type: kind.to_owned(),
            subject_uscc: uscc(organisation),
            state,
            // In another order than that in which they came.
            ..credential(number, &format!("{name}{}有限公司【演示】", organisation * 37 % ORGANISATIONS))
        };
        writer.add_credential(&row, &number.to_be_bytes()).unwrap();
    };
    for number in 0..ORGANISATIONS {
        add(number, number, COMMON, CredentialState::Valid);
    }
    for (at, organisation) in (0..ORGANISATIONS).step_by(75).enumerate() {
        let number = ORGANISATIONS + 2 * at as u32;
        add(number, organisation, RARE, CredentialState::Valid);
        add(number + 1, organisation, RARE, CredentialState::Revoked);
    }
    writer.commit(&entry("filled")).unwrap();
    (folder, database)
}

fn typed(text: &str) -> CredentialFilter {
    CredentialFilter {
        direction: CredentialDirection::Issued,
        text: text.to_owned(),
        ..CredentialFilter::default()
    }
}

/// Every row of a list, a few at a time.
fn all(reader: &Reader<'_>, filter: &CredentialFilter, limit: usize) -> Vec<Credential> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = reader.credentials(filter, after, limit).unwrap();
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

#[test]
fn a_list_of_one_type_is_what_the_whole_list_has_of_it_rare_or_common() {
    let (_folder, database) = filled();
    let reader = database.reader().unwrap();
    for by_name in [false, true] {
        for text in ["星河", "yunzhan", ""] {
            if text.is_empty() && !by_name {
                continue;
            }
            let whole = all(&reader, &CredentialFilter { by_name, ..typed(text) }, 5_000);
            for (kind, limits) in [(RARE, &[1, 3, 100][..]), (COMMON, &[900, 5_000])] {
                for state in [None, Some(CredentialState::Valid), Some(CredentialState::Revoked)] {
                    let fits = |row: &&Credential| {
                        row.credential_type == kind && state.is_none_or(|state| state == row.state)
                    };
                    let expected: Vec<&Credential> = whole.iter().filter(fits).collect();
                    let credential_type = Some(kind.to_owned());
                    let filter = CredentialFilter { credential_type, state, by_name, ..typed(text) };
                    for limit in limits {
                        let found = all(&reader, &filter, *limit);
                        let what =
                            format!("{kind} {state:?} of {text:?}, by name {by_name}, {limit} at a time");
                        assert!(found.iter().eq(expected.iter().copied()), "{what}: {}", found.len());
                    }
                    assert_eq!(reader.count_credentials(&filter, 9_999).unwrap(), expected.len());
                }
            }
        }
    }
}

#[test]
fn a_rare_type_is_found_by_a_name_without_the_other_organisations_of_that_name() {
    let (folder, database) = filled();
    database.close().unwrap();
    // With no line in it, whoever asks the index of the names finds nobody.
    raw(folder.path()).execute_batch("DELETE FROM subject_search").unwrap();
    let database = Database::open(folder.path(), &key()).unwrap();
    let reader = database.reader().unwrap();
    let of = |kind: &str| {
        let filter = CredentialFilter { credential_type: Some(kind.to_owned()), ..typed("星河") };
        all(&reader, &filter, 5).len()
    };
    assert_eq!((of(RARE), of(COMMON)), (28, 0));
}

#[test]
fn firms_are_found_by_their_public_key() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    let jwk = |x: &str| json!({"kty": "EC", "crv": "P-256", "x": x});
    for (number, holder_jwk) in [(1, jwk("a")), (2, jwk("b")), (3, Value::Null), (4, jwk("a"))] {
        let extra = json!({ "field": "量子信息", "holder_jwk": holder_jwk });
        writer.put_firm(&Firm { extra, ..firm(number, "星河【演示】") }).unwrap();
    }
    let with = |x: &str| -> Vec<_> {
        let found = writer.firms_with_key(&jwk(x).to_string()).unwrap();
        found.into_iter().map(|firm| firm.uscc).collect()
    };
    assert_eq!(with("a"), [uscc(1), uscc(4)]);
    assert_eq!(with("c"), []);
    assert_eq!(writer.firm_keys().unwrap().len(), 3);
    writer.put_firm(&firm(4, "星河【演示】")).unwrap();
    assert_eq!(with("a"), [uscc(1)], "one that has it no more");
}
