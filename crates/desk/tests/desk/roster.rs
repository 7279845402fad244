//! Made-up firms by number, as a table and in the register.

use std::ops::Range;

use serde_json::json;

use crate::incubator::code;
use crate::world::World;

/// The id of the firm with a made-up code, if it is in the register.
pub fn firm_id(world: &World, n: usize) -> Option<String> {
    let find = json!({"text": code(n), "state": null, "after": null, "limit": 5});
    Some(world.ask("register.list", find)["firms"].get(0)?["id"].as_str()?.to_owned())
}

/// A CSV table of firms in order, which all have the same key.
pub fn roster(numbers: Range<usize>, key: &str) -> String {
    let mut table = "统一社会信用代码,企业名称,所在地区,成立日期,入驻日期,企业公钥\n".to_owned();
    let key = key.replace('"', "\"\"");
    for n in numbers {
        let code = code(n);
        table += &format!("{code},松江第{n}科技有限公司【演示】,310117,2025-03-05,2026-03-05,\"{key}\"\n");
    }
    table
}
