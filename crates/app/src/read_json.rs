//! JSON files that a person names: read within limits, and refused with the place that is wrong.

use std::path::Path;

use serde_json::Value;
use zizhi_model::json::{self, JsonError, Profile};
use zizhi_model::{CheckCode, Text};

use crate::failure::{Failure, told};
use crate::files;

/// Bytes of a rule, a query, or the facts they are tried on. A whole rule pack takes 20 kB.
const LIMIT: u64 = 4 * 1024 * 1024;
/// Levels of nesting: twice what a signed file may have.
const DEPTH: usize = 64;

/// Reads a file of any JSON without a repeated key.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `LIMIT-DEPTH`, `FMT-JSON`.
pub(crate) fn read_json(path: &Path) -> Result<Value, Failure> {
    let bytes = files::read(path, LIMIT)?;
    json::read(&bytes, DEPTH, Profile::Foreign)
        .map(|value| value.to_value())
        .map_err(|error| not_json(path, error))
}

/// The failure for a file that is no JSON or not within limits.
pub(crate) fn not_json(path: &Path, error: JsonError) -> Failure {
    let code = match error {
        JsonError::Depth(_) => CheckCode::LimitDepth,
        _ => CheckCode::FmtJson,
    };
    Failure::input(
        code.as_str(),
        told(
            format!("{} 不是可用的JSON文件，没有读取。", path.display()),
            format!("{} is not usable JSON and was not read", path.display()),
        ),
        Text::fixed(
            "请按“原因”一行指出的位置修改；同一对象内的成员名不得重复。",
            "mend it where the cause says; no object may have the same member twice",
        ),
    )
    .because(error)
}
