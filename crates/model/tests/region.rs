//! Regions, their names, the groups and the patterns of rule packs.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use zizhi_model::region::{Group, Region, RegionError, RegionPattern};

const DATA: &str = include_str!("../data/regions_yrd.json");

fn region(code: &str) -> Region {
    Region::parse(code).unwrap()
}

fn pattern(text: &str) -> RegionPattern {
    RegionPattern::parse(text).unwrap()
}

/// The source of `src/region/table.rs` that belongs to the data.
fn table_source(data: &Value) -> String {
    let rows = |key: &str| data[key].as_array().unwrap().clone();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let mut full: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
    for row in rows("provinces") {
        full.insert(text(&row, "code"), (text(&row, "name"), None));
    }
    for row in rows("cities") {
        let above = &full[&text(&row, "province")].0;
        let own = text(&row, "name");
        let name = if *above == own { own } else { format!("{above}{own}") };
        full.insert(text(&row, "code"), (name, None));
    }
    for row in rows("counties").iter().chain(&rows("abolished")) {
        let above = &full[&text(row, "city")].0;
        let since = row.get("since").map(|since| since.as_str().unwrap().to_owned());
        full.insert(text(row, "code"), (format!("{above}{}", text(row, "name")), since));
    }
    let mut out = String::from(
        "//! Made from `data/regions_yrd.json` by the test `the_table_is_made_from_the_data`. Do not edit.\n\n\
         /// One region.\npub(super) struct Row {\n    /// The code.\n    pub(super) code: &'static [u8; 6],\n    \
         /// The full name.\n    pub(super) name: &'static str,\n    /// The year in which the code was abolished.\n    \
         pub(super) abolished: Option<u16>,\n}\n\n\
         const fn now(code: &'static [u8; 6], name: &'static str) -> Row {\n    \
         Row { code, name, abolished: None }\n}\n\n\
         const fn until(year: u16, code: &'static [u8; 6], name: &'static str) -> Row {\n    \
         Row { code, name, abolished: Some(year) }\n}\n\n",
    );
    for (name, key) in [("G60", "g60"), ("YRD", "yrd"), ("DEMO_ZONE", "demo-zone")] {
        let list: Vec<String> =
            data["groups"][key].as_array().unwrap().iter().map(Value::to_string).collect();
        let _ = writeln!(
            out,
            "/// The code prefixes of the group `{key}`.\npub(super) const {name}: &[&str] =\n    &[{}];\n",
            list.join(", ")
        );
    }
    out.push_str("/// Every region, sorted by code.\npub(super) static TABLE: &[Row] = &[\n");
    for (code, (name, since)) in &full {
        let _ = match since {
            None => writeln!(out, "    now(b\"{code}\", \"{name}\"),"),
            Some(year) => writeln!(out, "    until({year}, b\"{code}\", \"{name}\"),"),
        };
    }
    out.push_str("];\n");
    out
}

#[test]
fn the_table_is_made_from_the_data() {
    let data: Value = serde_json::from_str(DATA).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/region/table.rs");
    let made = table_source(&data);
    if std::env::var_os("UPDATE_REGIONS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    // Formatting may break lines elsewhere, so compare without white space.
    let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == ',', "");
    assert_eq!(bare(&std::fs::read_to_string(path).unwrap()), bare(&made), "run with UPDATE_REGIONS=1");
}

#[test]
fn any_six_digits_are_a_region_and_nothing_else_is() {
    for code in ["320594", "330103", "110000", "999999", "340171", "310000"] {
        assert_eq!(region(code).as_str(), code);
        assert_eq!(serde_json::to_string(&region(code)).unwrap(), format!("\"{code}\""));
        assert_eq!(serde_json::from_str::<Region>(&format!("\"{code}\"")).unwrap(), region(code));
    }
    for (text, error) in [
        ("", RegionError::Length(0)),
        ("3100", RegionError::Length(4)),
        ("3101171", RegionError::Length(7)),
        ("31011x", RegionError::Digit),
        (" 31011", RegionError::Digit),
        ("３１", RegionError::Digit),
        ("上海市", RegionError::Length(3)),
    ] {
        assert_eq!(Region::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn names_are_full_and_short() {
    for (code, name, own) in [
        ("310000", "上海市", "上海市"),
        ("310117", "上海市松江区", "松江区"),
        ("330000", "浙江省", "浙江省"),
        ("330100", "浙江省杭州市", "杭州市"),
        ("330110", "浙江省杭州市余杭区", "余杭区"),
        ("330421", "浙江省嘉兴市嘉善县", "嘉善县"),
        ("330103", "浙江省杭州市下城区", "下城区"),
        ("320509", "江苏省苏州市吴江区", "吴江区"),
        ("340104", "安徽省合肥市蜀山区", "蜀山区"),
    ] {
        assert_eq!(region(code).name(), Some(name));
        assert_eq!(region(code).own_name(), Some(own));
        assert_eq!(region(code).label(), name);
    }
    for (code, label) in [
        ("320594", "江苏省苏州市（320594）"),
        ("320571", "江苏省苏州市（320571）"),
        ("340171", "安徽省合肥市（340171）"),
        ("310100", "上海市（310100）"),
        ("341400", "安徽省（341400）"),
        ("110105", "110105"),
    ] {
        assert_eq!(region(code).name(), None, "{code} is not in the tables");
        assert_eq!(region(code).label(), label);
    }
}

#[test]
fn abolished_codes_keep_their_name_and_tell_since_when() {
    for code in ["330103", "330104"] {
        assert_eq!(region(code).abolished_since(), Some(2021));
        assert!(region(code).name().is_some());
    }
    for code in ["330113", "330114", "330102", "320594"] {
        assert_eq!(region(code).abolished_since(), None);
    }
}

#[test]
fn there_are_forty_one_cities_and_305_counties() {
    let cities: Vec<Region> = Region::cities().collect();
    let of = |province: &str| cities.iter().filter(|city| city.province() == province).count();
    assert_eq!((of("31"), of("32"), of("33"), of("34"), cities.len()), (1, 13, 11, 16, 41));
    assert_eq!(cities.iter().flat_map(|city| city.counties()).count(), 305);
    assert!(cities.iter().all(|city| city.name().is_some() && city.city_region() == *city));
    assert!(!cities.contains(&region("340900")) && !cities.contains(&region("341400")));
    assert!(region("330100").counties().all(|county| county != region("330103")), "not what was abolished");
}

#[test]
fn g60_is_nine_cities_and_of_shanghai_only_songjiang() {
    let g60 = pattern("g60");
    let mut names: Vec<&str> =
        Region::cities().filter(|c| g60.matches(c)).filter_map(|c| c.own_name()).collect();
    names.extend(region("310000").counties().filter(|c| g60.matches(c)).filter_map(|c| c.own_name()));
    assert_eq!(
        names,
        ["苏州市", "杭州市", "嘉兴市", "湖州市", "金华市", "合肥市", "芜湖市", "宣城市", "松江区"]
    );
    for inside in ["320594", "320571", "340171", "330103", "330110", "341882", "310117"] {
        assert!(g60.matches(&region(inside)), "{inside}");
    }
    for outside in ["310000", "310118", "310115", "330200", "320100", "340300", "110000"] {
        assert!(!g60.matches(&region(outside)), "{outside}");
    }
}

#[test]
fn yrd_is_four_provinces_and_the_demo_zone_three_counties() {
    let (yrd, zone) = (pattern("yrd"), pattern("demo-zone"));
    assert!(["310000", "320594", "330103", "341882"].iter().all(|code| yrd.matches(&region(code))));
    assert!(["350100", "110000", "300000"].iter().all(|code| !yrd.matches(&region(code))));
    assert!(["310118", "320509", "330421"].iter().all(|code| zone.matches(&region(code))));
    assert!(["310117", "320594", "320500", "330400"].iter().all(|code| !zone.matches(&region(code))));
}

#[test]
fn patterns_are_prefixes_groups_or_everything() {
    for (text, inside, outside) in [
        ("31", "310117", "320000"),
        ("3101", "310117", "310000"),
        ("310117", "310117", "310118"),
        ("3301", "330103", "330200"),
    ] {
        assert!(pattern(text).matches(&region(inside)), "{text} {inside}");
        assert!(!pattern(text).matches(&region(outside)), "{text} {outside}");
        assert_eq!(pattern(text).as_str(), text);
    }
    assert!(pattern("*").matches(&region("999999")));
    for (text, error) in [
        ("", RegionError::Group),
        ("G60", RegionError::Digit),
        ("YRD", RegionError::Group),
        ("3", RegionError::Length(1)),
        ("310", RegionError::Length(3)),
        ("31011", RegionError::Length(5)),
        ("3101170", RegionError::Length(7)),
        ("31*", RegionError::Digit),
        ("**", RegionError::Group),
    ] {
        assert_eq!(RegionPattern::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn narrower_patterns_are_more_specific() {
    let order = ["*", "g60", "31", "3101", "310117"].map(|text| pattern(text).specificity());
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
    assert_eq!(pattern("yrd").specificity(), pattern("demo-zone").specificity());
}

#[test]
fn patterns_are_text_in_files() {
    let read: Vec<RegionPattern> = serde_json::from_str(r#"["*", "34", "g60", "demo-zone"]"#).unwrap();
    assert_eq!(read[2], RegionPattern::Group(Group::G60));
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"["*","34","g60","demo-zone"]"#);
    assert!(serde_json::from_str::<RegionPattern>(r#""g61""#).is_err());
    assert!(serde_json::from_str::<RegionPattern>("31").is_err(), "a number is not a pattern");
}

#[test]
fn ningbo_has_its_own_determining_authority() {
    for (code, authority) in [
        ("330110", "330000"),
        ("330100", "330000"),
        ("330212", "330200"),
        ("330200", "330200"),
        ("320594", "320000"),
        ("310117", "310000"),
        ("440305", "440300"),
    ] {
        assert_eq!(region(code).determining_authority(), region(authority), "{code}");
    }
}
