//! Prints the TypeScript of the interface; `cargo xtask codegen` puts it in its place.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(zizhi_wire::typescript::typescript().as_bytes())
}
