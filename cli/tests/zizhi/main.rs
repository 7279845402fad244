//! What a person sees who runs `zizhi` and has no hub, in one program; with a hub it is `tests/sync`.
#![cfg(test)]

mod bad_input;
mod database;
mod desk;
mod journey;
mod offices;
mod own_database;
mod paper;
mod publish;
#[cfg(unix)]
mod readme;
mod refusals;
mod restored;
mod rules;
mod run;
mod told;
mod trust;
