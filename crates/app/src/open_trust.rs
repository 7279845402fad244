//! Opens trust data from a folder or a `.zztrust` package.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_model::Text;
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
    Failure::input(
        error.code().as_str(),
        told(
            format!("信任数据未被采用：{error}。原有的信任数据保持不变。"),
            format!("the trust data was refused: {error}; what was trusted before is unchanged"),
        ),
        Text::fixed(
            "请向信任数据的发布方索取最新的数据包。",
            "ask the publisher of the trust data for its newest package",
        ),
    )
}
