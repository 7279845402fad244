//! Shows a chosen part of a credential to one verifier, bound to the holder's key.

use std::path::Path as FilePath;

use serde::Serialize;
use serde_json::Value;
use zizhi_credential::present::{Binding, Choice, PresentError, choices, present};
use zizhi_credential::sdjwt::SdJwtError;
use zizhi_credential::{Path, PathError};
use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, OrgId, Text, Uscc};

use crate::Host;
use crate::claim_lines::{ClaimLine, claim_lines, metadata};
use crate::failure::{Failure, told};
use crate::inspect_credential::{payload_of, read_issued};
use crate::output::Output;

/// Which claims to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disclose {
    /// All of them.
    All,
    /// These, as [`Choosable::path`] writes them.
    Only(Vec<String>),
}

/// For whom.
#[derive(Debug, Clone, Copy)]
pub struct For<'a> {
    /// The verifier. A bare unified social credit code is written as `urn:uscc:…`.
    pub aud: &'a str,
    /// The nonce of the transaction.
    pub nonce: &'a str,
}

/// What a holder can choose from.
#[derive(Debug, Serialize)]
pub struct Choosable {
    /// What the type is called.
    pub title: Option<Text>,
    /// What everybody sees.
    pub always: Vec<ClaimLine>,
    /// What can be chosen, outer claims before what stands inside them.
    pub choosable: Vec<ClaimLine>,
}

/// Makes a presentation and, where asked, writes it to a file.
///
/// # Errors
/// `IO-READ`, `FMT-TEXT`, `LIMIT-SIZE`, `IO-EXISTS`; `PRESENT-CLAIM` for a claim that is not there,
/// `HOLDER-KEY` if it was issued to another key, and the codes of formats.md for a broken credential.
pub fn present_credential(
    file: &FilePath,
    disclose: &Disclose,
    to: &For<'_>,
    key: &SigningKey,
    output: Option<&Output<'_>>,
    host: &dyn Host,
) -> Result<String, Failure> {
    output.map_or(Ok(()), Output::check)?;
    let issued = read_issued(file)?;
    let aud = audience(to.aud);
    let iat = host.now().timestamp();
    let text = presented(file, &issued, disclose, &Binding { key, aud: &aud, nonce: to.nonce, iat })?;
    if let Some(output) = output {
        output.write(text.as_bytes())?;
    }
    Ok(text)
}

/// The claims of a credential, with those that can be chosen.
///
/// # Errors
/// As [`present_credential`].
pub fn choosable(file: &FilePath) -> Result<Choosable, Failure> {
    let issued = read_issued(file)?;
    let wrong = |error| unreadable(file, error);
    let paths: Vec<String> =
        choices(&issued, &Limits::default()).map_err(wrong)?.iter().map(Path::to_string).collect();
    let payload = payload_of(&issued).map_err(wrong)?;
    let vct = payload.get("vct").and_then(Value::as_str).unwrap_or_default();
    let metadata = metadata(vct, None);
    let lines = claim_lines(&payload, metadata.as_ref());
    let (choosable, always) = lines.into_iter().partition(|line| paths.contains(&line.path));
    Ok(Choosable { title: metadata.map(|metadata| metadata.name()), always, choosable })
}

/// The presentation of a credential whose text is at hand.
pub(crate) fn presented(
    file: &FilePath,
    issued: &str,
    disclose: &Disclose,
    binding: &Binding<'_>,
) -> Result<String, Failure> {
    let paths = match disclose {
        Disclose::All => Vec::new(),
        Disclose::Only(texts) => texts.iter().map(|text| path(text)).collect::<Result<Vec<_>, Failure>>()?,
    };
    let choice = match disclose {
        Disclose::All => Choice::All,
        Disclose::Only(_) => Choice::Only(&paths),
    };
    present(issued, choice, Some(binding), &Limits::default()).map_err(|error| match error {
        PresentError::Credential(error) => unreadable(file, error),
        PresentError::NoSuchClaim(name) => no_claim(file, &name),
        error @ PresentError::OtherHolder => other_holder(file).because(error),
        error @ PresentError::Sign(_) => Failure::internal(
            "密钥无法签名，没有生成出示文件。",
            "the key did not sign; no presentation was made",
        )
        .because(error),
    })
}

/// Reads the path of a claim.
pub(crate) fn path(text: &str) -> Result<Path<'static>, Failure> {
    Path::parse(text).map_err(|error: PathError| {
        Failure::refused(
            "PRESENT-CLAIM",
            format!("“{text}”不是字段的写法，没有生成出示文件。"),
            format!("{text:?} is not how a claim is written; no presentation was made"),
            "字段写成 number、attested.by 或 owners[0]；可选字段见 zizhi credential claims。",
            "a claim is written number, attested.by or owners[0]; zizhi credential claims lists them",
        )
        .because(error)
    })
}

/// A verifier as key bindings name it.
pub(crate) fn audience(text: &str) -> String {
    Uscc::parse_lenient(text).map_or_else(|_| text.to_owned(), |uscc| OrgId::from(uscc).to_string())
}

/// A credential that its holder cannot use.
pub(crate) fn unreadable(file: &FilePath, error: SdJwtError) -> Failure {
    Failure::input(
        error.code().as_str(),
        told(
            format!("{} 不是可用的凭证文件，没有作任何改动。", file.display()),
            format!("{} is not a credential that can be used; nothing was changed", file.display()),
        ),
        Text::fixed(
            "请用 zizhi credential inspect 查看详情；文件损坏时请向签发方重新索取。",
            "zizhi credential inspect tells more; if the file is damaged, ask its issuer for it again",
        ),
    )
    .because(error)
}

fn no_claim(file: &FilePath, name: &str) -> Failure {
    Failure::refused(
        "PRESENT-CLAIM",
        format!("{} 中没有字段 {name}，没有生成出示文件。", file.display()),
        format!("{} has no claim {name}; no presentation was made", file.display()),
        "可选字段见 zizhi credential claims。",
        "zizhi credential claims lists what can be chosen",
    )
}

fn other_holder(file: &FilePath) -> Failure {
    Failure::refused(
        "HOLDER-KEY",
        format!("{} 是签发给另一把密钥的，用这把密钥无法出示。", file.display()),
        format!("{} was issued to another key and cannot be presented with this one", file.display()),
        "请用申领凭证时交给签发方的那把密钥；密钥已更换时请签发方重新签发。",
        "use the key that the issuer was given; if it was replaced, have the credential issued anew",
    )
}
