//! What a page that was taken over could say to the program: words that are none, and data of another shape.

use serde_json::json;
use zizhi_wire::commands::COMMANDS;

use crate::world::World;

#[test]
fn a_word_that_is_no_command_and_data_of_another_shape_are_refused_and_do_nothing() {
    let world = World::new();
    for word in
        ["", "fs.read", "shell.execute", "__proto__", "session.status\0", "SESSION.STATUS", "../session"]
    {
        assert_eq!(world.refused(word, json!({})).code, "WIRE-UNKNOWN", "{word}");
    }
    for word in COMMANDS {
        for payload in [json!(17), json!(true), json!(1e300)] {
            assert_eq!(world.refused(word, payload.clone()).code, "WIRE-FORM", "{word} with {payload}");
        }
    }
    assert!(!world.data().join("database").exists(), "nothing was made");
    assert!(world.events().is_empty(), "and nothing was told");
}
