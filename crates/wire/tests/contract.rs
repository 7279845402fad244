//! The table of commands, its router and its TypeScript are one thing.

use std::collections::HashSet;
use std::path::PathBuf;

use zizhi_wire::commands::COMMANDS;
use zizhi_wire::typescript::typescript;

#[test]
fn the_interface_has_the_typescript_of_this_table() {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/gen/wire.ts");
    let kept = std::fs::read_to_string(place).unwrap();
    assert!(kept == typescript(), "the table changed and the file did not: run `cargo xtask codegen`");
}

#[test]
fn every_command_stands_once_and_in_the_typescript() {
    let text = typescript();
    let mut seen = HashSet::new();
    for word in COMMANDS {
        assert!(seen.insert(word), "{word} stands twice");
        assert_eq!(text.matches(&format!("  \"{word}\": {{ request: ")).count(), 1, "{word}");
    }
}

#[test]
fn no_large_integer_becomes_a_bigint() {
    assert!(!typescript().contains("bigint"), "JSON has no bigint");
}
