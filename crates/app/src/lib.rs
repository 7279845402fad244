//! One file per use case, composed through a [`Host`].
//!
//! `ls` is the list of what the program does; each file has the name of a verb of the line
//! issue → hold → assemble → verify → decide, or of the data that the verb works on. A use case takes
//! what a person gave, calls the core crates, and either does its whole work or says why not with a
//! [`Failure`] and leaves everything as it was. It knows no command line, no window and no socket but
//! the one in [`refresh_trust`].

pub mod add_to_dossier;
pub mod author_trust;
pub mod check_dossier;
pub mod check_rules;
pub mod claim_lines;
mod copying;
pub mod decide;
pub mod demo;
pub mod draft;
pub mod eval_rules;
mod failure;
mod files;
pub mod host;
pub mod import_trust;
pub mod in_order;
pub mod init_demo_trust;
pub mod inspect_credential;
pub mod issue_credential;
mod keep_status;
pub mod keys;
pub mod new_dossier;
pub mod open_dossier;
pub mod open_trust;
mod output;
pub mod present_credential;
pub mod query_credentials;
pub mod read_decision;
mod read_json;
mod read_keys;
pub mod refresh_trust;
pub mod requests;
pub mod seal_dossier;
pub mod show_trust;
pub mod sign_dossier;
pub mod status_lists;
pub mod trust_data;
pub mod verify_file;

pub use failure::{Cause, Failure, told};
pub use host::{FixedTime, Host, SystemHost};
pub use output::Output;
pub use zizhi_crypto::{Algorithm, SigningKey};
pub use zizhi_model::Text;

/// Name and version, as reports tell them.
pub const SOFTWARE: &str = concat!("zizhi ", env!("CARGO_PKG_VERSION"));

/// Trust data that knows nothing: every credential is pending.
#[must_use]
pub fn no_trust() -> zizhi_trust::Trust {
    zizhi_trust::Trust::missing()
}

/// A digest of our files (base64url) as people compare it: hex in groups of four (formats.md §0).
#[must_use]
pub fn hex_groups(digest: &str) -> String {
    zizhi_dossier::Digest::parse(digest)
        .map_or_else(|| digest.to_owned(), |digest| zizhi_crypto::digest::hex_groups(&digest.0))
}

/// Reads the secrets in a file that `age-keygen` wrote: one to a line, `#` begins a remark.
///
/// # Errors
/// `IO-READ`, `FMT-TEXT`, `LIMIT-SIZE`.
pub fn read_identities(path: &std::path::Path) -> Result<Vec<String>, Failure> {
    const LIMIT: u64 = 64 * 1024;
    let text = files::read_text(path, LIMIT)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}
