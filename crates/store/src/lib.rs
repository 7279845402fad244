//! The local database: SQLCipher, migrations, one module per table, activity log, search, backup.
//!
//! A [`Database`] is a folder with one encrypted file. A [`Reader`] reads it as it was at one moment; a
//! [`Writer`] is one transaction, and commits only together with an [`Entry`] of the activity log. The
//! tables' rows, and what can be asked of them, are the methods of these two types, one module of
//! [`table`] each; what was typed and not saved ([`table::unsaved`]) has no entry.
//!
//! ```no_run
//! # use zizhi_store::{Database, DatabaseKey, Entry, StoreError};
//! # fn f(folder: &std::path::Path, key: DatabaseKey, now: chrono::DateTime<chrono::Utc>) -> Result<(), StoreError> {
//! let database = Database::open(folder, &key)?;
//! let writer = database.writer()?;
//! writer.put_setting("language", &"zh-CN".into())?;
//! writer.commit(&Entry::new(now, "王某", "setting.changed").about("setting", "language"))?;
//! # Ok(()) }
//! ```
//!
//! The only SQL of the desktop is here. The crate refuses to judge what it stores, to read a clock, to
//! make ids, and to know any cryptography but a digest: it hands the key to SQLCipher, and private keys
//! arrive sealed.
#![forbid(unsafe_code)]

mod access;
mod backup;
mod check;
mod connection;
mod daily_backup;
mod database;
mod error;
mod files;
mod key;
mod lock;
mod migrate;
mod page;
pub mod place;
mod restore;
mod row;
mod search;
pub mod table;

pub use access::{Reader, Writer};
pub use backup::{BackupDefect, BackupFile, BackupHeader, Progress, read_backup_header};
pub use check::{Findings, LogFault};
pub use daily_backup::backups_by_day_in;
pub use database::{DATABASE_FILE, Database, READERS};
pub use error::{Result, StoreError};
pub use key::{DatabaseKey, KEYS_FILE, read_wrapped_keys, replace_wrapped_keys};
pub use migrate::SCHEMA_VERSION;
pub use page::{After, Page};
pub use restore::{Replaced, Restored, restore};
pub use row::Digest;
pub use search::fits;
pub use table::activity::{Activity, ActivityFilter, Entry, Head, LogEnd};
pub use table::case::{Case, CaseFigure, CaseFilter, CaseState, case_number};
pub use table::case_event::CaseEvent;
pub use table::case_version::CaseVersion;
pub use table::change_notice::ChangeNotice;
pub use table::credential::{Credential, CredentialDirection, CredentialFilter, CredentialState};
pub use table::decision::{Decision, DecisionOutcome};
pub use table::device_list::DeviceList;
pub use table::draft::{Draft, DraftFile};
pub use table::firm::{Firm, FirmFilter, FirmKey, FirmState};
pub use table::hub::Hub;
pub use table::inbox::{InboxState, Incoming};
pub use table::inbox_identity::InboxIdentity;
pub use table::judgement::{Input, InputKind, Judgement, Why};
pub use table::original::{Original, OriginalReader};
pub use table::outbox::{OutboxState, Outgoing};
pub use table::profile::{Profile, Role};
pub use table::redemption::{Hold, HoldState, Redemption, RedemptionState};
pub use table::request::{Direction, Request};
pub use table::sent::{Sent, SentState};
pub use table::settlement::{SettledReceipt, Settlement, SettlementDirection, SettlementState};
pub use table::signing_key::SigningKey;
pub use table::standing::Standing;
pub use table::status_list::StatusList;
pub use table::unsaved::Unsaved;
pub use table::voucher::{Ledger, Voucher};
