//! Made-up organisations.

use zizhi_model::Uscc;

/// The code of the organisation `n` of a registrar (8 characters), whose two check characters hold.
pub fn code(registrar: &str, n: usize) -> String {
    let stem = format!("{registrar}DEM{n:05}");
    let checks = || "0123456789ABCDEFGHJKLMNPQRTUWXY".chars();
    let pairs = checks().flat_map(|inner| checks().map(move |outer| (inner, outer)));
    let mut codes = pairs.map(|(inner, outer)| format!("{stem}{inner}{outer}"));
    codes.find(|text| Uscc::parse(text).is_ok_and(|uscc| uscc.inner_check_holds())).expect("one fits")
}
