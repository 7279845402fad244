use super::safe;

#[test]
fn a_name_cannot_hide_or_turn_anything() {
    let name = "甲\u{202e}乙\u{200b}丙\u{1b}[2J\u{61c}丁\u{3164}戊\u{2029}己\n";
    let shown = "甲\u{fffd}乙\u{fffd}丙\u{fffd}[2J\u{fffd}丁\u{fffd}戊\u{fffd}己\u{fffd}";
    assert_eq!(safe(name), shown);
    assert_eq!(safe("合肥星河【演示】 A-1"), "合肥星河【演示】 A-1");
}
