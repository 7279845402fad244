//! 会话: whose database it is, whether it is open, settings.

use crate::{Language, Refusal, Role, Sentence, Story, TrustSummary};

wire! {
    /// What the window needs to know when it starts and after every change of the session.
    pub struct SessionStatus {
        /// The local database.
        pub database: DatabaseState,
        /// Whose it is; only while it is open.
        pub profile: Option<Profile>,
        /// The trust data at hand, which needs no database.
        pub trust: TrustSummary,
        /// 演练模式: everything is sample data and every page carries the watermark.
        pub drill: bool,
        /// Whether this computer opens the database without its passphrase.
        pub remembered: Remembered,
        /// The machine's clock is earlier than a signed time that the program has seen.
        pub clock_behind: bool,
        /// That the open database was found damaged.
        pub damaged: Option<Refusal>,
        /// What waits for attention; only while the database is open.
        pub waiting: Option<Waiting>,
        /// The settings. Language and theme are known before the database is open.
        pub settings: Settings,
        /// Files that the program was started with, for the first page of a window that does not listen yet.
        pub opened: Vec<String>,
        /// The number of a case that a link named when the program was started.
        pub linked: Option<String>,
    }

    /// Files that somebody opened before the window listened.
    pub struct Arrived {
        /// What was opened together, in the order of the openings. The first are those of the status.
        pub files: Vec<Vec<String>>,
    }

    /// Whose database it is.
    pub struct Profile {
        /// The organisation's code.
        pub uscc: String,
        /// Its name.
        pub name: String,
        /// What it uses the program for.
        pub role: Role,
        /// Six digits of its region.
        pub region: String,
        /// What its region is called.
        pub region_name: String,
    }

    /// The right name of the organisation.
    pub struct CorrectName {
        /// As on the business licence.
        pub name: String,
    }

    /// Numbers for the badges of the navigation.
    pub struct Waiting {
        /// Cases that are not decided.
        pub open_cases: u32,
        /// Cases, decided or not, in which the day has passed until which the firm was to add something.
        pub overdue: u32,
        /// Verdicts that moved and nobody has looked at.
        pub notices: u32,
        /// Held credentials that end within ninety days or have ended.
        pub expiring: u32,
        /// Requests that are not answered.
        pub requests: u32,
        /// No backup since the newest key was made, or for more than a month.
        pub backup_due: bool,
        /// Status lists that wait since a restore, and one more where what was issued after the backup is not known.
        pub after_restore: u32,
    }

    /// A new database.
    pub struct CreateSession {
        /// Whose.
        pub profile: NewProfile,
        /// What opens it.
        pub passphrase: String,
    }

    /// An organisation as it names itself.
    pub struct NewProfile {
        /// The organisation's code; spaces and full-width digits are read.
        pub uscc: String,
        /// Its name.
        pub name: String,
        /// What it uses the program for.
        pub role: Role,
        /// Six digits of its region.
        pub region: String,
    }

    /// A database that was made.
    pub struct CreatedSession {
        /// The recovery key in groups, shown once, to be printed.
        pub recovery_key: String,
        /// The thumbprint of the signing key that was made with it.
        pub kid: String,
        /// The session now.
        pub status: SessionStatus,
    }

    /// What opens the database.
    pub struct Unlock {
        /// The passphrase, or the recovery key.
        pub secret: String,
        /// Whether this computer shall remember it from now on; absent to leave that as it is.
        pub remember: Option<bool>,
    }

    /// What the system's keychain has to do with the database.
    pub struct Remembered {
        /// The next start of the program opens it without the passphrase.
        pub on: bool,
        /// The keychain is being asked at this moment; the passphrase may be faster.
        pub asking: bool,
        /// Why the keychain did not open it, or why it is not remembered as was wished.
        pub why_not: Option<Refusal>,
    }

    /// 演练模式 in a role.
    pub struct StartDrill {
        /// Whose part is played.
        pub role: Role,
        /// In which story.
        pub story: Story,
    }

    /// A new passphrase.
    pub struct ChangePassphrase {
        /// The present one, or the recovery key.
        pub present: String,
        /// The new one.
        pub next: String,
    }

    /// Settings of this machine.
    pub struct Settings {
        /// The language of the interface.
        pub language: Language,
        /// Light, dark, or as the system has it.
        pub theme: Theme,
        /// 大字模式
        pub large_text: bool,
        /// Minutes without input after which the database is locked; 0 never.
        pub idle_minutes: u32,
        /// Whether a decision needs a second person.
        pub four_eyes: bool,
        /// Where dated backups go; absent until a folder was chosen.
        pub backup_folder: Option<String>,
        /// Who is at the desk, as documents name them.
        pub operator: String,
    }

    /// A region for a choice list.
    pub struct RegionChoice {
        /// Six digits.
        pub code: String,
        /// Its full name, province first.
        pub name: String,
    }

    /// The regions of the delta, provinces, cities and counties.
    pub struct RegionChoices {
        /// In the order of their codes.
        pub regions: Vec<RegionChoice>,
    }

    /// A code typed into a field.
    pub struct CheckUscc {
        /// As typed.
        pub text: String,
    }

    /// What a typed code is.
    pub struct CheckedUscc {
        /// The code as it is stored; absent if it is none.
        pub uscc: Option<String>,
        /// The name under which the open database knows who has it.
        pub name: Option<String>,
        /// What is wrong with it, or what is unusual.
        pub remark: Option<Sentence>,
    }

    /// What is said about this program.
    pub struct About {
        /// Name and version.
        pub software: String,
        /// What it claims and what it does not, one paragraph each.
        pub statements: Vec<Sentence>,
        /// Open-source components and their licences.
        pub licences: Vec<LicenceLine>,
        /// Where the database lies.
        pub data_folder: String,
    }

    /// One licence and what is under it.
    pub struct LicenceLine {
        /// The licence's name.
        pub licence: String,
        /// Names of the components.
        pub components: Vec<String>,
    }
}

words! {
    /// The local database as the window sees it.
    pub enum DatabaseState {
        /// There is none yet.
        None,
        /// It needs a passphrase.
        Locked,
        /// It is open.
        Open,
    }

    /// The look of the window.
    pub enum Theme {
        /// As the system has it.
        System,
        /// Light.
        Light,
        /// Dark.
        Dark,
    }
}
