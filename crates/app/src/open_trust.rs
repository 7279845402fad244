//! Opens trust data from a folder or a `.zztrust` package.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_model::catalogue;
use zizhi_model::check::{Check, CheckCode, Outcome};
use zizhi_trust::client::State;
use zizhi_trust::{Folder, Package, RoleDefect, Source, SourceError, Trust, TrustError, TrustLimits};

use crate::failure::{Failure, told};
use crate::files;

/// Bytes of the largest root file that is read as a pin.
const ROOT_BYTES: u64 = 1024 * 1024;

/// Opens `path`, starting from the pinned root in `pin` or from what was trusted before.
///
/// A package that can be opened but not be trusted gives trust data that knows nothing and says why
/// (`TRUST-INVALID`, `TRUST-MISSING`): every credential is pending then, none is passed.
///
/// # Errors
/// `IO-READ` if the path or the pin is not there.
pub fn open_trust(
    path: &Path,
    pin: Option<&Path>,
    state: Option<State>,
    now: DateTime<Utc>,
) -> Result<Trust, Failure> {
    let pin = pin.map(|pin| files::read(pin, ROOT_BYTES)).transpose()?;
    let source = match open_source(path)? {
        Ok(source) => source,
        Err(error) => return Ok(Trust::unusable(&error)),
    };
    Ok(Trust::open(source, pin.as_deref(), state, now).unwrap_or_else(|error| Trust::unusable(&error)))
}

/// The files of a package or folder. The inner error is a package that cannot be read as one.
///
/// # Errors
/// `IO-READ` if nothing is there.
pub fn open_source(path: &Path) -> Result<Result<Arc<dyn Source>, TrustError>, Failure> {
    let metadata = std::fs::metadata(path).map_err(|error| Failure::unreadable(path, error))?;
    if metadata.is_dir() {
        return Ok(Ok(Arc::new(Folder::new(path))));
    }
    let package = Package::open(path, &TrustLimits::default());
    Ok(package.map(|package| Arc::new(package) as Arc<dyn Source>).map_err(not_a_package))
}

/// The error for a file that cannot be read as a package.
pub(crate) fn not_a_package(error: SourceError) -> TrustError {
    TrustError::Invalid { role: "root", defect: RoleDefect::Source(error) }
}

/// What to say when a package was refused as a whole.
#[must_use]
pub fn refused(error: &TrustError) -> Failure {
    // What could not be read was not found to be wrong.
    if let TrustError::Invalid { defect: RoleDefect::Source(source), .. } = error {
        return unread(source).because(error.clone());
    }
    let code = error.code();
    let mut check = Check::new(code, Outcome::Pending, &Arc::from(error.role()));
    check = check.with("role", error.role().to_owned());
    if let TrustError::Rollback { trusted, offered, .. } = error {
        check = check.with("expected", trusted.to_string()).with("found", offered.to_string());
    }
    let text = check.text();
    let mut advice = catalogue::advice(code);
    if matches!(error, TrustError::Invalid { .. }) {
        advice = told(
            format!(
                "{}换用另一套信任数据（如演示数据）时，请使用另一个数据文件夹（用 --data 指定）。",
                advice.zh
            ),
            format!(
                "{} For another set of trust data, such as a demonstration, use another folder of data (named with --data).",
                advice.en()
            ),
        );
    }
    // The catalogue's words about a rollback say this already.
    let fact = if matches!(error, TrustError::Rollback { .. }) {
        text
    } else {
        told(
            format!("{}原有的信任数据保持不变。", text.zh),
            format!("{} What was trusted before is unchanged.", text.en()),
        )
    };
    Failure::input(code.as_str(), fact, advice).because(error.clone())
}

/// What to say when trust data did not come whole, or is none.
fn unread(source: &SourceError) -> Failure {
    match source {
        SourceError::Read { name, .. } => Failure::refused(
            "TRUST-READ",
            format!("信任数据没有取全：读不到 {name}。原有的信任数据保持不变。"),
            format!("the trust data did not come whole: {name} could not be read; what was trusted before is unchanged"),
            "请检查网络、地址或U盘后再试；原有的信任数据仍可用于离线核验。",
            "check the network, the address or the stick and try again; what was trusted before still serves",
        ),
        SourceError::Package { .. } | SourceError::TooLarge { .. } | SourceError::Path(_) => Failure::refused(
            CheckCode::TrustInvalid.as_str(),
            "这不是可用的信任数据包（.zztrust），或已损坏，没有采用。原有的信任数据保持不变。".to_owned(),
            "this is no trust package (.zztrust) that can be used, or it is damaged; what was trusted before is unchanged".to_owned(),
            "请确认选对了文件；文件损坏时，请从正式渠道重新取得。",
            "check that this is the right file; if it is damaged, get it anew from where it is published",
        ),
    }
}
