//! What a person may copy for the developers: the program, the machine, the state of things. It names no
//! firm, no person, no file and no folder, and holds nothing that is secret.

use zizhi_model::civil;
use zizhi_store::{Database, SCHEMA_VERSION};
use zizhi_trust::Trust;

use crate::failure::Failure;
use crate::settings::Look;
use crate::{Host, SOFTWARE, backups};

/// What the program knows of itself when it is asked.
pub struct State<'a> {
    /// The open database, if one is open.
    pub database: Option<&'a Database>,
    /// Whether there is one, open or not.
    pub exists: bool,
    /// 演练模式
    pub drill: bool,
    /// The trust data; nothing if it cannot be read.
    pub trust: Option<&'a Trust>,
    /// How the window looks.
    pub look: &'a Look,
}

/// The diagnostics as text, in English, one line each.
///
/// # Errors
/// As every read of the database.
pub fn diagnose(state: &State<'_>, host: &dyn Host) -> Result<String, Failure> {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| text += &format!("{name}: {value}\n");
    line("software", SOFTWARE);
    line("system", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    line("time", &civil::rfc3339(host.now()));
    line("tables", &SCHEMA_VERSION.to_string());
    line("drill", yes(state.drill));
    line(
        "look",
        &format!("{:?} {:?} large={}", state.look.language, state.look.theme, state.look.large_text),
    );
    match state.database {
        Some(database) => of_database(database, host, &mut line)?,
        None => line("database", if state.exists { "locked" } else { "none" }),
    }
    match state.trust.map(Trust::basis) {
        None => line("trust", "unreadable"),
        Some(basis) if basis.root_version == 0 => line("trust", "none"),
        Some(basis) => {
            line("trust", &format!("root {} snapshot {}", basis.root_version, basis.snapshot_version));
            line(
                "trust age, seconds",
                &basis.age_seconds.map_or_else(|| "unknown".to_owned(), |age| age.to_string()),
            );
            line("trust stale", yes(basis.stale));
        }
    }
    Ok(text)
}

fn of_database(
    database: &Database,
    host: &dyn Host,
    line: &mut dyn FnMut(&str, &str),
) -> Result<(), Failure> {
    let (sqlite, cipher) = database.engine_versions()?;
    line("database", "open");
    line("engine", &format!("SQLite {sqlite}, SQLCipher {cipher}"));
    line("interrupted", yes(database.was_interrupted()));
    let standing = backups::standing(database, host)?;
    line("backups", &standing.backups.len().to_string());
    line("backup due", yes(standing.due.is_some()));
    line("rows of the activity log", &database.reader()?.log_end()?.seq.to_string());
    Ok(())
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
