//! What is underneath a failure, in the words of who reads it. Lower layers speak English, to developers; what people
//! meet often has words here, and the rest stays what it is.

use std::error::Error;
use std::io::{self, ErrorKind};

use serde_json::error::Category;
use zizhi_crypto::KeyError;
use zizhi_crypto::sealed::SealedError;
use zizhi_dossier::UnsealError;
use zizhi_model::Text;
use zizhi_model::json::JsonError;
use zizhi_sync::envelope::EnvelopeError;

use crate::failure::told;

/// What an error says; nothing for one that only developers understand.
#[must_use]
pub fn words(error: &(dyn Error + 'static)) -> Option<Text> {
    let zh = if let Some(error) = error.downcast_ref::<io::Error>() {
        system(error)?
    } else if let Some(error) = error.downcast_ref::<JsonError>() {
        json(error)
    } else if let Some(error) = error.downcast_ref::<serde_json::Error>() {
        members(error)?
    } else if let Some(error) = error.downcast_ref::<KeyError>() {
        key(error)
    } else if let Some(error) = error.downcast_ref::<SealedError>() {
        sealed(error)?
    } else if let Some(error) = error.downcast_ref::<UnsealError>() {
        match error {
            UnsealError::Sealed(error) => sealed(error)?,
            UnsealError::TooLarge(most) => format!("解密后超过 {most} 字节"),
            UnsealError::Io(_) => return None,
        }
    } else if let Some(error) = error.downcast_ref::<EnvelopeError>() {
        return Some(envelope(error));
    } else {
        return None;
    };
    Some(told(zh, error.to_string()))
}

/// What the operating system says.
fn system(error: &io::Error) -> Option<String> {
    let zh = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已经有同名的文件",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::QuotaExceeded => "超出了磁盘配额",
        ErrorKind::FileTooLarge => "文件太大，磁盘放不下",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::ResourceBusy => "文件或设备正在使用",
        ErrorKind::UnexpectedEof => "文件提前结束，内容不完整",
        ErrorKind::TimedOut => "等待超时",
        ErrorKind::ConnectionRefused => "对方拒绝连接",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "连接中断",
        ErrorKind::InvalidFilename => "文件名不能用",
        ErrorKind::NetworkDown => "网络断开",
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => "网络不通",
        ErrorKind::OutOfMemory => "内存不够",
        _ => return None,
    };
    Some(zh.to_owned())
}

/// What a reader of JSON says: that it is none, or which member is wrong.
fn members(error: &serde_json::Error) -> Option<String> {
    let place = match error.line() {
        0 => String::new(),
        line => format!("第 {line} 行第 {} 列", error.column()),
    };
    if error.classify() != Category::Data {
        return Some(format!("{place}不是正确的 JSON"));
    }
    let said = error.to_string();
    let named =
        |beginning: &str| said.strip_prefix(beginning)?.split_once('`').map(|(name, _)| name.to_owned());
    let flaws = [
        ("unknown field `", "不认识“{}”"),
        ("missing field `", "缺少“{}”"),
        ("duplicate field `", "有两个“{}”"),
    ];
    let flaw = flaws.iter().find_map(|(beginning, zh)| Some(zh.replace("{}", &named(beginning)?)))?;
    Some(if place.is_empty() { flaw } else { format!("{place}：{flaw}") })
}

fn json(error: &JsonError) -> String {
    match error {
        JsonError::Syntax(detail) => match place(detail) {
            Some((line, column)) => format!("第 {line} 行第 {column} 列不是正确的 JSON"),
            None => "不是正确的 JSON 文件".to_owned(),
        },
        JsonError::DuplicateKey(name) => format!("同一对象内有两个“{name}”"),
        JsonError::Float => "有一个数字不是 64 位整数".to_owned(),
        JsonError::NotNfc => "有文字不是 Unicode 规范形式 C".to_owned(),
        JsonError::Depth(most) => format!("嵌套超过 {most} 层"),
    }
}

/// Where a parser stopped, as it says at the end of what it says.
fn place(detail: &str) -> Option<(&str, &str)> {
    detail.rsplit_once(" at line ")?.1.split_once(" column ")
}

fn key(error: &KeyError) -> String {
    match error {
        KeyError::Json(error) => format!("密钥不能读取：{}", json(error)),
        KeyError::Member(name) => format!("密钥缺少“{name}”，或写法不对"),
        KeyError::Unsupported(kind) => format!("不支持这种密钥：{kind}"),
        KeyError::Weak(_) => "这个密钥太弱，或不是真正的密钥".to_owned(),
        KeyError::Algorithm { said, is } => format!("密钥写明用于“{said}”，实际是 {is} 的密钥"),
        KeyError::Use => "这个密钥不是用来签名的".to_owned(),
        KeyError::Mismatch => "密钥的公开部分与私有部分不是一对".to_owned(),
        KeyError::Pem(kind) => format!("不是“{kind}”的 PEM 文件"),
        KeyError::Der => "PEM 里面不是正确的密钥".to_owned(),
        KeyError::Random => "系统没有给出可用的随机数".to_owned(),
    }
}

fn sealed(error: &SealedError) -> Option<String> {
    Some(match error {
        SealedError::Format => "不是加密文件".to_owned(),
        SealedError::Header => "加密文件的开头过长".to_owned(),
        SealedError::OtherRecipient => "文件是加密给别的单位或密钥的".to_owned(),
        SealedError::Damaged => "加密文件不完整或被改动过".to_owned(),
        SealedError::Recipient(at) => format!("第 {at} 个收件公钥写法不对"),
        SealedError::Identity(at) => format!("第 {at} 个收件密钥写法不对"),
        SealedError::Count => "没有给出收件公钥或密钥，或给得太多".to_owned(),
        SealedError::Io(error) => system(error)?,
    })
}

/// Why a message was not opened.
pub(crate) fn envelope(error: &EnvelopeError) -> Text {
    let zh = match error {
        EnvelopeError::Sealed(error) => sealed(error).unwrap_or_else(|| "读写没有完成".to_owned()),
        EnvelopeError::Size(most) => format!("消息超过 {most} 字节"),
        EnvelopeError::Line => "消息的开头没有签名".to_owned(),
        EnvelopeError::Object(_) => "消息开头的签名不成立".to_owned(),
        EnvelopeError::Audience(org) => format!("消息是发给 {} 的", org.uscc()),
        EnvelopeError::Length => "内容的长度与签名时不同".to_owned(),
        EnvelopeError::Digest => "内容与签名时不同".to_owned(),
        EnvelopeError::Padding => "内容之后有不该有的数据".to_owned(),
    };
    told(zh, error.to_string())
}
