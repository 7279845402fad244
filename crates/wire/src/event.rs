//! What the program tells the window without being asked.

use crate::{BatchLine, BatchSummary};

/// What the program tells the window.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(tag = "event", rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Event {
    /// Data of these kinds changed: the window asks again for what it shows.
    Changed {
        /// Which kinds.
        what: Vec<Changed>,
    },
    /// The window closes or locks as soon as what was typed is kept; the answer is `session.kept`.
    KeepNow,
    /// The database was locked: idle, screen lock, sleep or asked for.
    Locked,
    /// A second start or a double-click named these files.
    Opened {
        /// Their paths.
        paths: Vec<String>,
    },
    /// A link named this case. It is opened once the person said so.
    Linked {
        /// The case's number in the books.
        number: String,
    },
    /// A folder is being verified.
    Batch {
        /// Which work.
        job: String,
        /// Done so far.
        done: u32,
        /// In all.
        total: u32,
        /// What was done last.
        line: BatchLine,
    },
    /// A folder was verified.
    BatchDone {
        /// Which work.
        job: String,
        /// The result.
        summary: BatchSummary,
    },
    /// Other long work went on: importing, issuing, backing up.
    Progress {
        /// Which work.
        job: String,
        /// Done so far.
        done: u32,
        /// In all.
        total: u32,
    },
    /// A menu entry of the window's own menu was chosen.
    Menu {
        /// Which.
        entry: String,
    },
}

words! {
    /// Kinds of data.
    pub enum Changed {
        /// Session, profile, settings, badges.
        Session,
        /// Trust data.
        Trust,
        /// Cases, judgements, notices.
        Cases,
        /// The register.
        Firms,
        /// Issued credentials and status lists.
        Issued,
        /// Held credentials.
        Held,
        /// Drafts and signed dossiers.
        Drafts,
        /// Requests.
        Requests,
        /// Activity log and backups.
        Upkeep,
        /// Hub, outbox and messages that came.
        Sync,
        /// Vouchers, redemptions and settlements.
        Vouchers,
    }
}
