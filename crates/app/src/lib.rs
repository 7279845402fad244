//! One file per use case, composed through a [`Host`].
//!
//! `ls` is the list of what the program does; each file has the name of a verb of the line
//! issue → hold → assemble → verify → decide, or of the data that the verb works on. A use case takes
//! what a person gave, calls the core crates, and either does its whole work or says why not with a
//! [`Failure`] and leaves everything as it was. It knows no command line and no window, and no
//! sockets but those of [`refresh_trust`] and of hubs ([`sync_hub`], [`hub_join`], [`devices`], [`voucher`]).

#![forbid(unsafe_code)]

pub mod about;
pub mod activity_log;
pub mod add_to_dossier;
pub mod after_restore;
pub mod apply_messages;
pub mod author_trust;
pub mod backups;
pub mod case_compare;
pub mod case_decide;
pub mod case_decision;
pub mod case_documents;
mod case_judge;
pub mod case_ledger;
pub mod case_month;
pub mod case_named;
pub mod case_notices;
pub mod case_on_paper;
pub mod case_page;
pub mod case_papers;
pub mod case_steps;
mod case_supplied;
pub mod case_versions;
pub mod causes;
pub mod check_database;
pub mod check_dossier;
pub mod check_rules;
pub mod check_typed_uscc;
pub mod claim_lines;
pub mod clock_behind;
mod copying;
pub mod correct_name;
pub mod create_database;
pub mod decide;
pub mod demo;
mod device_inboxes;
pub mod devices;
pub mod devices_accept;
pub mod devices_add;
pub mod devices_remove;
pub mod devices_renew;
pub mod devices_request;
pub mod diagnose;
pub mod dossier_sm3;
pub mod draft;
pub mod draft_again;
pub mod draft_attach;
pub mod draft_begin;
pub mod draft_body;
pub mod draft_check;
pub mod draft_choose;
pub mod draft_folder;
pub mod draft_page;
pub mod draft_save;
pub mod draft_sign;
pub mod draft_signing_page;
pub mod drill;
pub mod eval_rules;
pub mod exchange_folder;
pub mod export_lists;
pub mod export_own_record;
mod failure;
pub mod file_kind;
mod files;
pub mod find_anything;
pub mod firm;
pub mod forms;
pub mod held_changes;
pub mod hold_credentials;
pub mod hold_declare;
pub mod hold_import;
pub mod hold_key;
pub mod hold_standing;
pub mod host;
mod https;
pub mod hub_ca;
mod hub_http;
pub mod hub_invite;
pub mod hub_join;
mod hub_keys;
pub mod hub_status;
pub mod import_trust;
pub mod in_order;
pub mod inbox_messages;
pub mod incubator;
pub mod init_demo_trust;
pub mod inspect_credential;
pub mod issue_batch;
pub mod issue_credential;
pub mod issue_needs;
pub mod issue_types;
mod issue_values;
pub mod issued_credentials;
mod issued_files;
mod keep_status;
pub mod keep_unsaved;
pub mod kept_library;
pub mod keychain;
pub mod keys;
mod message_words;
pub mod month_paper;
pub mod new_dossier;
pub mod open_dossier;
pub mod open_remembered;
pub mod open_trust;
pub mod outbox;
mod output;
pub mod own_status_lists;
mod pages;
pub mod park_rates;
mod parked_by_trust;
mod peer_devices;
pub mod plan_beyond;
pub mod plan_destinations;
mod plan_evidence;
pub mod plan_facts;
pub mod plan_kinds;
pub mod plan_pack;
pub mod plan_readiness;
mod plan_words;
pub mod present_credential;
pub mod print_report;
pub mod query_credentials;
pub mod read_decision;
pub mod read_holder_key;
mod read_json;
mod read_keys;
pub mod receive_decision;
pub mod receive_dossier;
pub mod recover_issued;
pub mod refresh_trust;
mod register_changes;
pub mod register_fields;
pub mod register_firms;
mod register_regions;
pub mod rejudge;
pub mod remembered_requests;
pub mod remove_from_dossier;
pub mod report_words;
pub mod requests;
pub mod requests_stored;
mod roster_columns;
pub mod roster_import;
pub mod roster_preview;
mod roster_rows;
pub mod roster_table;
pub mod rule_book;
pub mod seal_dossier;
mod seal_message;
pub mod send_message;
pub mod set_status;
pub mod settings;
pub mod settle_lists;
pub mod shared_keys;
pub mod show_trust;
pub mod sign_dossier;
pub mod status_lists;
pub mod stop;
mod stored;
pub mod sync_hub;
pub mod sync_public;
pub mod table_views;
mod take_status_list;
pub mod told_decision;
pub mod trust_data;
pub mod trust_overview;
pub mod trust_seen;
pub mod type_forms;
mod unfetched;
pub mod unlock_database;
pub mod vault;
pub mod verify_file;
pub mod verify_folder;
pub mod verify_view;
pub mod voucher;
pub mod waiting;
pub mod working_days;
pub mod write_table;

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
