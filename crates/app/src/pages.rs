//! Lists that are wanted whole, whose rows the database gives page by page.

use zizhi_store::{After, Page, StoreError};

use crate::failure::Failure;

/// The rows of all pages.
///
/// # Errors
/// As the reading of a page.
pub(crate) fn whole<T>(
    page: impl Fn(Option<After>) -> Result<Page<T>, StoreError>,
) -> Result<Vec<T>, Failure> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = page(after)?;
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(rows);
        }
    }
}
