//! A QR code as an SVG that the typesetter places: sharp at any size.

use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use crate::error::ReportError;

/// Bytes up to which a phone reads the printed code from arm's length: version 14, 73 modules a side.
const LONGEST: usize = 360;

/// The quiet zone that the standard asks for, in modules.
const QUIET: usize = 4;

/// The code that holds `text`, at level M: 15 % of it may be smudged by a stamp or a fold.
///
/// # Errors
/// [`ReportError::Qr`] if `text` is too long.
pub(crate) fn svg(text: &str) -> Result<String, ReportError> {
    let too_long = || ReportError::Qr { bytes: text.len() };
    if text.len() > LONGEST {
        return Err(too_long());
    }
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| too_long())?;
    Ok(SvgBuilder::default().margin(QUIET).to_str(&code))
}
