//! Receipts and notices of after the backup are with the firms: none of their numbers is given again.

use serde_json::{Value, json};

use super::Story;
use crate::demonstration::file;

impl Story {
    /// Receives a dossier and gives its number.
    fn receive(&self, name: &str) -> Value {
        let path = file(&format!("1-hefei-songjiang/{name}.zzdossier"));
        self.world.ask("cases.receive", json!({"path": path, "operator": "王某"}))["line"]["number"].clone()
    }

    fn next_case(&self) -> Value {
        self.open()["next_case"].clone()
    }
}

#[test]
fn the_replaced_database_tells_which_number_of_a_receipt_was_the_last() {
    let story = Story::new();
    assert_eq!(story.next_case(), Value::Null, "it was never restored");
    assert_eq!(story.receive("dossier"), "收〔2026〕0001");
    let backup = story.back_up();
    assert_eq!(story.receive("no-lease"), "收〔2026〕0002");

    story.restore(&backup);
    assert_eq!(
        story.next_case(),
        "收〔2026〕0003",
        "the case itself is not here, and its number is not free"
    );
    assert_eq!(story.receive("incubation-revoked"), "收〔2026〕0003");
}

#[test]
fn without_the_replaced_database_receipts_go_on_behind_a_gap() {
    let story = Story::new();
    story.receive("dossier");
    let backup = story.back_up();
    story.receive("no-lease");

    story.lose_and_restore(&backup);
    assert_eq!(story.next_case(), "收〔2026〕1001");
    assert_eq!(story.receive("no-lease"), "收〔2026〕1001", "0002 stands on paper already");
    assert_eq!(story.receive("incubation-revoked"), "收〔2026〕1002", "from there on they count");

    story.restore(&backup);
    assert_eq!(story.next_case(), "收〔2026〕1003", "a gap is left once");
}

#[test]
fn a_database_that_gave_no_number_yet_leaves_the_same_gap() {
    let story = Story::new();
    let backup = story.back_up();
    story.receive("dossier");

    story.lose_and_restore(&backup);
    assert_eq!(story.receive("dossier"), "收〔2026〕1001");
}
