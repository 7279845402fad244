//! Reads the public key that a firm handed over, so that a clerk names the file and copies no text out of it.

use std::path::Path;

use zizhi_crypto::PublicKey;
use zizhi_model::Text;

use crate::failure::Failure;
use crate::read_keys::public_key;

/// The key in a file, public or the public half of a private one.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `FMT-TEXT`, `KEY-HOLDER`.
pub fn read_holder_key(path: &Path) -> Result<PublicKey, Failure> {
    public_key(path).map_err(|failure| match failure.code {
        "KEY-FILE" => Failure { code: "KEY-HOLDER", advice: advice(), ..failure },
        _ => failure,
    })
}

/// The key that was pasted or is in the register.
///
/// # Errors
/// `KEY-HOLDER`.
pub fn typed_holder_key(jwk: &str) -> Result<PublicKey, Failure> {
    PublicKey::from_jwk_bytes(jwk.as_bytes()).map_err(|error| {
        Failure::input(
            "KEY-HOLDER",
            Text::fixed("这不是可用的企业公钥。", "this is no public key that can be used"),
            advice(),
        )
        .because(error)
    })
}

fn advice() -> Text {
    Text::fixed(
        "请选择企业从“资质凭证”页导出的公钥文件（.jwk）。",
        "choose the file (.jwk) that the firm exported from its page of qualifications",
    )
}
