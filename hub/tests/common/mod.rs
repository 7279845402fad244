//! What the tests of the hub share: organisations, and a PostgreSQL.

pub mod server;

use zizhi_model::{OrgId, Uscc};

/// The organisation number `n` of Shanghai: a code with the right check character (GB 32100-2015, annex A).
pub fn org(n: u32) -> OrgId {
    org_of("31", n)
}

/// The organisation number `n` of a province.
pub fn org_of(province: &str, n: u32) -> OrgId {
    const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("91{province}0000{n:09}");
    let (mut sum, mut weight) = (0, 1);
    for sign in body.bytes() {
        let value = SIGNS.iter().position(|known| *known == sign).expect("a sign of the alphabet");
        sum = (sum + value * weight) % 31;
        weight = weight * 3 % 31;
    }
    let check = char::from(SIGNS[(31 - sum) % 31]);
    Uscc::parse(&format!("{body}{check}")).expect("a well-formed code").into()
}
