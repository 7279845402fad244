//! How results look to a clerk on a terminal. Data goes to standard output, talk to standard error.

pub mod checks;
pub mod claims;
pub mod decision;
pub mod dossier;
pub mod report;
pub mod request;
pub mod rules;
pub mod style;
pub mod trust;
