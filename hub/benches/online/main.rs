//! What the online part costs, each as a ratio to its limit in the same run: polls, redemptions, sending, and the
//! daily update. `cargo bench -p zizhi-hub --bench online -- polls` measures one of them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark stops at a surprise and prints what it measured"
)]

mod client;
#[path = "../../tests/common/mod.rs"]
mod common;
mod compare;
mod daily_update;
mod durable;
#[expect(dead_code, reason = "redemptions are enough here")]
#[path = "../../tests/store/engine.rs"]
mod engine;
#[path = "../../../crates/app/benches/common/goal.rs"]
mod goal;
mod issuers;
#[expect(dead_code, reason = "nobody dies here")]
#[path = "../../tests/proof/pair.rs"]
mod pair;
mod polls;
mod redemptions;
mod sending;
mod serving;
mod vouchers;
#[expect(dead_code, reason = "requests and parties are enough here")]
#[path = "../../tests/http/world.rs"]
mod world;

/// What can be measured, by its name.
const ALL: [(&str, fn()); 4] = [
    ("daily_update", daily_update::measure),
    ("polls", polls::measure),
    ("redemptions", redemptions::measure),
    ("sending", sending::measure),
];

fn main() {
    serving::log();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (name, measure) in ALL {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word)) {
            measure();
        }
    }
}
