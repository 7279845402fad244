//! 备份、日志、诊断: what keeps the data whole and shows who did what.

use crate::Sentence;

wire! {
    /// Where backups stand.
    pub struct BackupStatus {
        /// The folder; absent until one was chosen.
        pub folder: Option<String>,
        /// Backups that are there, newest first.
        pub backups: Vec<BackupLine>,
        /// When a restore was last tried.
        pub drilled_at: Option<String>,
        /// Whether one is due, and why.
        pub due: Option<Sentence>,
    }

    /// What making a backup came to.
    pub struct BackedUp {
        /// The file that was just made.
        pub made: BackupLine,
        /// Where backups stand now.
        pub status: BackupStatus,
    }

    /// A backup.
    pub struct BackupLine {
        /// Its path.
        pub path: String,
        /// When it was made.
        pub at: String,
        /// Bytes.
        pub size: u64,
    }

    /// A backup to restore, or to try.
    pub struct Restore {
        /// The `.zzbackup` file.
        pub path: String,
        /// The passphrase that was in force when it was made, or the recovery key.
        pub secret: String,
    }

    /// What a trial showed.
    pub struct Drilled {
        /// When the backup was made.
        pub at: String,
        /// Records in it by kind, in words.
        pub contents: Vec<Sentence>,
        /// Whether its activity log is whole.
        pub log_whole: bool,
    }

    /// A search in the activity log.
    pub struct FindActivity {
        /// Part of an actor, an object or a note; empty for all.
        pub text: String,
        /// Only this action.
        pub action: Option<String>,
        /// On or after this civil date.
        pub from: Option<String>,
        /// On or before this civil date.
        pub to: Option<String>,
        /// Continue before this number.
        pub before: Option<i64>,
        /// At most so many.
        pub limit: u32,
    }

    /// Part of the activity log.
    pub struct Activities {
        /// Newest first.
        pub entries: Vec<ActivityLine>,
        /// Continue before this number; absent at the end.
        pub next: Option<i64>,
    }

    /// An entry of the activity log.
    pub struct ActivityLine {
        /// Its number.
        pub seq: i64,
        /// When.
        pub at: String,
        /// Who.
        pub actor: String,
        /// What, as a stable word.
        pub action: String,
        /// What, in words.
        pub title: Sentence,
        /// What was done, with what the entry itself says about it.
        pub done: Sentence,
        /// To what, by its name; absent for the database as a whole.
        pub about: Option<Sentence>,
        /// Why, as a person typed it.
        pub reason: Option<String>,
        /// On what, by kind and id.
        pub object: String,
        /// First eight digits of its hash.
        pub hash: String,
    }

    /// Whether the log and the database are whole.
    pub struct CheckedDatabase {
        /// Whether everything is.
        pub whole: bool,
        /// Entries of the log.
        pub entries: i64,
        /// What was found, in words.
        pub findings: Vec<Sentence>,
    }

    /// The log to write as a table.
    pub struct ExportActivity {
        /// Which entries.
        pub filter: FindActivity,
        /// Where to: `.xlsx` or `.csv`.
        pub path: String,
    }

    /// What a person may copy for the developers. It names no firm and no person.
    pub struct Diagnostics {
        /// As text.
        pub text: String,
    }

    /// What the palette finds.
    pub struct Find {
        /// As typed: words, pinyin or initials.
        pub text: String,
    }

    /// What was found.
    pub struct Found {
        /// The best first.
        pub hits: Vec<Hit>,
    }

    /// Something that can be opened.
    pub struct Hit {
        /// What it is.
        pub kind: HitKind,
        /// Its id.
        pub id: String,
        /// What it is called.
        pub title: String,
        /// What tells it from others.
        pub detail: String,
    }
}

words! {
    /// What can be opened from the palette.
    pub enum HitKind {
        /// A case.
        Case,
        /// A firm of the register.
        Firm,
        /// A held credential.
        Held,
        /// An issued credential.
        Issued,
        /// A draft.
        Draft,
    }
}
