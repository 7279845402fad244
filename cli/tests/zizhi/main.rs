//! One program, as everything that links the command line is large: what a person sees who runs `zizhi`.
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
