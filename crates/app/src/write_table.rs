//! Writes a table as a file for a spreadsheet: `.xlsx` or `.csv`, by the ending that the person chose.

use chrono::{DateTime, Utc};
use zizhi_crypto::digest;
use zizhi_model::Text;
use zizhi_report::{ReportError, Table, csv, xlsx};

use crate::Output;
use crate::failure::{Failure, told};

/// Writes `table` and gives the SHA-256 of the file, hexadecimal.
///
/// # Errors
/// `TABLE-ENDING` for any other ending, `TABLE-SIZE` if a sheet holds no such table, `IO-EXISTS`,
/// `IO-WRITE`.
pub fn write_table(table: &Table, output: &Output<'_>, now: DateTime<Utc>) -> Result<String, Failure> {
    let ending = output.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let bytes = match ending.to_ascii_lowercase().as_str() {
        "xlsx" => xlsx(table, now),
        "csv" => csv(table),
        _ => return Err(other_ending(output)),
    };
    let bytes = bytes.map_err(not_made)?;
    output.write(&bytes)?;
    Ok(digest::hex(&digest::sha256(&bytes)))
}

fn other_ending(output: &Output<'_>) -> Failure {
    Failure::input(
        "TABLE-ENDING",
        told(
            format!("{} 不是表格文件名，没有导出。", output.path.display()),
            format!("{} is not the name of a table; nothing was written", output.path.display()),
        ),
        Text::fixed("请使用以 .xlsx 或 .csv 结尾的文件名。", "use a name that ends in .xlsx or .csv"),
    )
}

fn not_made(error: ReportError) -> Failure {
    match error {
        ReportError::TooLarge => Failure::input(
            "TABLE-SIZE",
            Text::fixed(
                "行数超过了一张表能容纳的数量，没有导出。",
                "there are more rows than a sheet holds; nothing was written",
            ),
            Text::fixed("请缩小筛选范围，或导出为 .csv。", "narrow the filter, or export as .csv"),
        ),
        _ => Failure::internal(
            "表格没有生成，没有写入文件。",
            "the table could not be made; nothing was written",
        ),
    }
    .because(error)
}
