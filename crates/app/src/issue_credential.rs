//! Issues a credential: claims from a file, signed by an incubator or authority for a firm's key.

use std::path::Path;

use serde_json::{Map, Value};
use zizhi_credential::issue::{IssueError, Statement, issue};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_credential::types::PathPart;
use zizhi_crypto::{PublicKey, SigningKey};
use zizhi_model::{OrgId, Region, Text, civil};

use crate::claim_lines::metadata;
use crate::failure::{Failure, told};
use crate::output::Output;
use crate::read_json::read_json;
use crate::{Host, issue_values, read_keys};

/// Where the status of a credential will stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusPlace {
    /// The list.
    pub uri: String,
    /// The place in it.
    pub idx: u64,
}

/// What to issue.
#[derive(Debug, Clone)]
pub struct Issuing<'a> {
    /// File with the claims; `iat` is filled in if it is not there.
    pub claims: &'a Path,
    /// File with the holder's public key.
    pub holder: &'a Path,
    /// Where the status will stand.
    pub status: Option<StatusPlace>,
    /// Digests of nothing beside the claims.
    pub decoys: usize,
}

/// What was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The text of the `.zzcred`.
    pub text: String,
    /// What its type is called.
    pub title: Option<Text>,
    /// What does not agree with the type's metadata and was signed all the same.
    pub remarks: Vec<Text>,
}

impl StatusPlace {
    /// Reads `URI#IDX`.
    ///
    /// # Errors
    /// A sentence in English, for the command line's own refusal.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "a status is written URI#IDX, such as https://example.org/status/1#42".to_owned();
        let (uri, idx) = text.rsplit_once('#').filter(|(uri, _)| is_uri(uri)).ok_or_else(wrong)?;
        Ok(Self { uri: uri.to_owned(), idx: idx.parse().map_err(|_| wrong())? })
    }

    pub(crate) fn reference(&self) -> StatusRef<'_> {
        StatusRef { uri: self.uri.as_str().into(), idx: self.idx }
    }
}

/// A scheme, a colon and something behind it, without spaces (RFC 3986 §3).
fn is_uri(text: &str) -> bool {
    let scheme = |it: &str| {
        it.starts_with(|c: char| c.is_ascii_alphabetic())
            && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    let behind = |it: &str| !it.is_empty() && !it.contains(|c: char| c.is_whitespace() || c.is_control());
    text.split_once(':').is_some_and(|(before, after)| scheme(before) && behind(after))
}

/// Issues a credential and, where asked, writes it to a file.
///
/// # Errors
/// `IO-READ`, `FMT-JSON`, `KEY-FILE`, `IO-EXISTS`; `ISSUE-VALUE`, `ISSUE-CLAIMS`, `ISSUE-STATUS`, `FMT-USCC` and the codes
/// of formats.md for claims that a reader would refuse. Nothing is signed then.
pub fn issue_credential(
    issuing: &Issuing<'_>,
    key: &SigningKey,
    output: Option<&Output<'_>>,
    host: &dyn Host,
) -> Result<Issued, Failure> {
    if let Some(output) = output {
        output.check()?;
        output.check_apart(&Output { path: issuing.claims, force: false })?;
    }
    let Value::Object(mut claims) = read_json(issuing.claims)? else { return Err(no_object(issuing.claims)) };
    let holder = read_keys::public_key(issuing.holder)?;
    let known = claims.get("vct").and_then(Value::as_str).and_then(|vct| metadata(vct, None));
    let mut remarks = issue_values::remarks(&claims, known.as_ref())?;
    remarks.extend(issue_values::days(&claims, civil::date_in_shanghai(host.now())));
    if holder == *key.public() {
        remarks.push(Text::fixed(
            "持有企业的公钥就是签发用的密钥，请核对 --holder-jwk",
            "the holder's key is the issuer's own; look at --holder-jwk",
        ));
    }
    claims.entry("iat").or_insert_with(|| host.now().timestamp().into());
    let issued = signed(&claims, &holder, issuing.status.as_ref(), issuing.decoys, key, host)?;
    let issued = Issued { remarks, ..issued };
    if let Some(output) = output {
        output.write(issued.text.as_bytes())?;
    }
    Ok(issued)
}

/// Signs claims that are at hand.
pub(crate) fn signed(
    claims: &Map<String, Value>,
    holder: &PublicKey,
    status: Option<&StatusPlace>,
    decoys: usize,
    key: &SigningKey,
    host: &dyn Host,
) -> Result<Issued, Failure> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    for name in ["iss", "sub"] {
        if let Some(org) = text(name)
            && let Err(error) = OrgId::parse(org)
        {
            return Err(organisation(name, org).because(error));
        }
    }
    if let Some(region) = text("region")
        && let Err(error) = Region::parse(region)
    {
        return Err(claim("region").because(error));
    }
    let metadata = text("vct").and_then(|vct| metadata(vct, None));
    let statement = Statement {
        claims,
        holder,
        status: status.map(StatusPlace::reference),
        decoys,
        metadata: metadata.as_ref(),
    };
    let text = issue(&statement, key, host.random().as_mut()).map_err(|error| refused(error, &statement))?;
    Ok(Issued { text, title: metadata.as_ref().map(|it| it.name()), remarks: Vec::new() })
}

/// Why a credential was not issued, for a person.
pub(crate) fn refused(error: IssueError, statement: &Statement<'_>) -> Failure {
    let failure = match &error {
        IssueError::Claims(inner) => match inner.claim() {
            Some(name) => Failure { code: inner.code().as_str(), ..claim(name) },
            None => Failure { code: inner.code().as_str(), ..claim("—") },
        },
        IssueError::Mandatory(name) => lacking(statement, name),
        IssueError::Status => Failure::refused(
            "ISSUE-STATUS",
            "没有指定吊销名单，而声明的有效期超过 24 小时，因此没有签发。".to_owned(),
            "no status is given and the statement lives longer than 24 hours, so nothing was issued".to_owned(),
            "请用 --status URI#IDX 指定凭证在吊销名单中的位置，或让 exp 不晚于 iat 之后 24 小时。",
            "give its place in a status list with --status URI#IDX, or an exp of at most 24 hours after iat",
        ),
        IssueError::Size => Failure::refused(
            "LIMIT-SIZE",
            "凭证会超过阅读方接受的大小，没有签发。".to_owned(),
            "the credential would be larger than readers take; nothing was issued".to_owned(),
            "请减少字段或附件清单。",
            "leave out some claims or attachments",
        ),
        IssueError::Json(_) | IssueError::Write(_) => Failure::refused(
            "FMT-JSON",
            "声明含有不能签名的JSON：小数，或未按NFC规范化的文字。没有签发。".to_owned(),
            "the claims hold JSON that cannot be signed: a number with a fraction, or text that is not NFC; nothing was issued".to_owned(),
            "金额请写成以分为单位的整数，小数请写成文字。",
            "write amounts as whole 分 and other decimals as text",
        ),
        IssueError::Sign(_) => Failure::internal("密钥无法签名，没有签发。", "the key did not sign; nothing was issued"),
        IssueError::OtherType { .. } | IssueError::Twice(_) | IssueError::Reserved(_) => Failure::refused(
            "ISSUE-CLAIMS",
            "声明中有不允许的内容，没有签发。".to_owned(),
            "the claims hold something that is not allowed; nothing was issued".to_owned(),
            "请按“原因”一行修改：cnf、status 由程序填写，_sd、… 是保留名称。",
            "mend what the cause names: cnf and status are filled in here, and _sd and … are reserved",
        ),
    };
    failure.because(error)
}

/// Every claim that the type requires and that is not there: a person should not learn of them one by one.
fn lacking(statement: &Statement<'_>, first: &str) -> Failure {
    let claims = statement.metadata.map(|metadata| metadata.claims.as_slice()).unwrap_or_default();
    let missing = claims.iter().filter_map(|claim| match claim.path.as_slice() {
        [PathPart::Member(name)] if claim.mandatory && !statement.claims.contains_key(name) => {
            Some((name.as_str(), claim.label()))
        }
        _ => None,
    });
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (name, label) in missing {
        zh.push(label.map_or_else(|| name.to_owned(), |label| format!("{name}（{}）", label.zh)));
        en.push(name);
    }
    if en.is_empty() {
        // It stands inside another claim.
        return claim(first);
    }
    Failure::refused(
        "ISSUE-CLAIMS",
        format!("声明中缺少该类型必填的 {}，没有签发。", zh.join("、")),
        format!("the claims lack what the type requires: {}; nothing was issued", en.join(", ")),
        "请在声明文件中补上这些字段。",
        "add them to the file of claims",
    )
}

fn claim(name: &str) -> Failure {
    Failure::input(
        "ISSUE-CLAIMS",
        told(
            format!("声明中的 {name} 缺失或不合要求，没有签发。"),
            format!("the claim {name} is missing or not of its form; nothing was issued"),
        ),
        Text::fixed(
            "必填：iss、sub、vct、provenance、name、region，以及该类型要求的字段；格式见 docs/formats.md 的 Credential 一节。",
            "iss, sub, vct, provenance, name, region and what the type requires must be there; see “Credential” in docs/formats.md",
        ),
    )
}

fn organisation(name: &str, found: &str) -> Failure {
    Failure::refused(
        "FMT-USCC",
        format!("声明中的 {name} “{found}”不是有效的机构标识，没有签发。"),
        format!("the claim {name}, {found:?}, names no organisation; nothing was issued"),
        "请写成 urn:uscc: 加 18 位统一社会信用代码，并核对校验位。",
        "write urn:uscc: and the 18 characters of the code, and look at its check character",
    )
}

fn no_object(path: &Path) -> Failure {
    Failure::refused(
        "FMT-JSON",
        format!("{} 不是一个JSON对象，没有签发。", path.display()),
        format!("{} is no JSON object; nothing was issued", path.display()),
        "声明文件应是一个对象，例如 {\"iss\": …, \"sub\": …, \"vct\": …}。",
        "the claims are one object, such as {\"iss\": …, \"sub\": …, \"vct\": …}",
    )
}
