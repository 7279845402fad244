//! What text of others may hide.

use zizhi_model::text::hides;

/// The window has a test that it hides the same.
#[test]
fn what_hides_is_what_the_window_shows_as_a_mark() {
    let listed = include_str!("../../../ui/src/test/hidden.json");
    let ranges: Vec<[String; 2]> = serde_json::from_str(listed).unwrap();
    let code = |text: &str| u32::from_str_radix(text, 16).unwrap();
    let ranges: Vec<_> = ranges.iter().map(|[first, last]| code(first)..=code(last)).collect();
    let listed = |c: char| ranges.iter().any(|range| range.contains(&u32::from(c)));
    let different: Vec<char> = ('\0'..=char::MAX).filter(|c| hides(*c) != listed(*c)).collect();
    assert!(different.is_empty(), "{different:?}");
}
