//! What lies on the desk when a drill begins.

use zizhi_store::Database;
use zizhi_verify::Library;

use crate::Host;
use crate::demo::Props;
use crate::failure::Failure;

/// The firm's desk.
pub(super) fn firm(_: &Database, _: &Library, _: &Props, _: &dyn Host) -> Result<(), Failure> {
    Ok(())
}

/// The incubator's desk.
pub(super) fn incubator(_: &Database, _: &Library, _: &Props, _: &dyn Host) -> Result<(), Failure> {
    Ok(())
}
