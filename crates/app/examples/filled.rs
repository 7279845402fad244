//! Makes an incubator's database that is as large as the store's benchmark has it, for `tests/e2e/measure.mjs`:
//!
//!     cargo run --release -p zizhi-app --example filled -- FOLDER PASSPHRASE
//!
//! 200 000 firms, 2 000 000 credentials, 50 000 cases; fewer with `ZIZHI_FIRMS=2000`.

#![expect(clippy::expect_used, reason = "a program for measuring stops at the first surprise")]

#[path = "../../store/benches/made/mod.rs"]
#[expect(
    dead_code,
    clippy::print_stdout,
    reason = "the benchmark asks for what it made as well, and tells how long it took"
)]
mod made;

use std::path::PathBuf;

use zizhi_app::{FixedTime, vault};
use zizhi_model::{Region, Uscc};
use zizhi_store::{Profile, Role};

fn main() {
    let mut given = std::env::args().skip(1);
    let folder = PathBuf::from(given.next().expect("the folder"));
    let passphrase = given.next().expect("the passphrase");
    let host = FixedTime(made::at(0));
    let owner = Profile {
        uscc: Uscc::parse("91340100DEM0000228").expect("a code"),
        name: "合肥国家大学科技园【演示】".to_owned(),
        role: Role::Incubator,
        region: Region::parse("340104").ok(),
        created: host.0,
    };
    let created = vault::create(&folder, &owner, &passphrase, &host).expect("a database");
    made::fill(&created.unlocked.database, &made::Size::wanted());
    created.unlocked.database.close().expect("closed");
}
