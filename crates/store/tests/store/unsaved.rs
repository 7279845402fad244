//! What is typed and not saved: kept, replaced and forgotten, and no entry of the log.

use crate::common::{at, fresh, key};
use zizhi_store::{Database, Unsaved};

const MANY: u32 = 99;

fn unsaved(form: &str, typed: &str, second: i64) -> Unsaved {
    Unsaved { form: form.to_owned(), typed: typed.to_owned(), kept: at(second) }
}

pub fn fill_unsaved(database: &Database) {
    database.keep_unsaved(&unsaved("register firm-1", r#"{"name":"没写完"}"#, 5), MANY).unwrap();
}

/// What the table of a version has, which is there since version 11.
pub fn assert_unsaved(database: &Database, version: u32) {
    let expected = (version >= 11).then(|| unsaved("register firm-1", r#"{"name":"没写完"}"#, 5));
    assert_eq!(database.reader().unwrap().unsaved().unwrap(), Vec::from_iter(expected));
}

fn typed(database: &Database, form: &str) -> Option<String> {
    let all = database.reader().unwrap().unsaved().unwrap();
    all.into_iter().find(|unsaved| unsaved.form == form).map(|unsaved| unsaved.typed)
}

#[test]
fn the_last_words_of_a_form_are_there_after_closing_until_they_are_forgotten() {
    let (folder, database) = fresh();
    assert_eq!(typed(&database, "a"), None);
    for (second, word) in [(0, "一"), (1, "一二")] {
        database.keep_unsaved(&unsaved("a", word, second), MANY).unwrap();
    }
    database.keep_unsaved(&unsaved("b", "别的", 2), MANY).unwrap();
    database.close().unwrap();
    let database = Database::open(folder.path(), &key()).unwrap();
    assert_eq!(typed(&database, "a").as_deref(), Some("一二"));
    database.drop_unsaved("a").unwrap();
    database.drop_unsaved("a").unwrap();
    assert_eq!(typed(&database, "a"), None);
    assert_eq!(typed(&database, "b").as_deref(), Some("别的"), "each form has its own");
}

#[test]
fn the_log_does_not_tell_of_it() {
    let (_folder, database) = fresh();
    database.keep_unsaved(&unsaved("a", "一", 0), MANY).unwrap();
    database.drop_unsaved("a").unwrap();
    database.drop_unsaved_before(at(9)).unwrap();
    let reader = database.reader().unwrap();
    assert_eq!(reader.log_end().unwrap().seq, 0, "nobody has done anything yet");
    assert!(reader.verify_log().unwrap().is_ok());
}

#[test]
fn what_is_old_and_what_is_too_much_goes() {
    let (_folder, database) = fresh();
    for (second, form) in [(1, "a"), (2, "b"), (3, "c"), (3, "d")] {
        database.keep_unsaved(&unsaved(form, "字", second), 3).unwrap();
    }
    let left = |forms: [&str; 4]| forms.map(|form| typed(&database, form).is_some());
    assert_eq!(left(["a", "b", "c", "d"]), [false, true, true, true], "the oldest went for the fourth");
    database.keep_unsaved(&unsaved("a", "字", 3), 1).unwrap();
    assert_eq!(left(["a", "b", "c", "d"]), [true, false, false, false], "what was just typed stays");
    database.drop_unsaved_before(at(3)).unwrap();
    assert!(typed(&database, "a").is_some(), "not older than that moment");
    database.drop_unsaved_before(at(4)).unwrap();
    assert!(typed(&database, "a").is_none());
}
