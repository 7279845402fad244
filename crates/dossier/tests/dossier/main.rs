//! Everything about dossiers but the memory they need.

#[expect(dead_code, reason = "a part of the builder is enough here")]
#[path = "../../../archive/tests/builder/mod.rs"]
mod builder;

mod any_bytes;
mod assembled;
mod defects;
mod documents;
mod sealed;
mod support;
