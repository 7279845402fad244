//! What stands in the way of a hub, in the words of its operator: errors of the layers below as [`Failure`]s.

mod backup;
mod data;
mod peers;
mod serving;
mod store;

use std::error::Error;
use std::io;

use rustls::pki_types::pem;
use zizhi_model::Text;

use crate::failure::told;

pub use serving::{bucket, listening, published};

/// What an error of a lower layer says, where it has words for operators.
#[must_use]
pub fn words(error: &(dyn Error + 'static)) -> Option<Text> {
    let zh = if let Some(error) = error.downcast_ref::<io::Error>() {
        system(error)?
    } else if let Some(pem::Error::Io(error)) = error.downcast_ref::<pem::Error>() {
        system(error)?
    } else {
        return None;
    };
    Some(told(zh.to_owned(), error.to_string()))
}

/// What the operating system says.
fn system(error: &io::Error) -> Option<&'static str> {
    use io::ErrorKind as Kind;
    Some(match error.kind() {
        Kind::NotFound => "没有这个文件或文件夹",
        Kind::PermissionDenied => "没有权限",
        Kind::AlreadyExists => "已经有同名的文件",
        Kind::IsADirectory => "这是文件夹，不是文件",
        Kind::NotADirectory => "路径中有一段不是文件夹",
        Kind::StorageFull => "磁盘已满",
        Kind::QuotaExceeded => "超出了磁盘配额",
        Kind::ReadOnlyFilesystem => "磁盘是只读的",
        Kind::UnexpectedEof => "文件提前结束，内容不完整",
        Kind::TimedOut => "等待超时",
        Kind::ConnectionRefused => "对方拒绝连接",
        Kind::ConnectionReset | Kind::ConnectionAborted => "连接中断",
        Kind::NetworkDown => "网络断开",
        Kind::HostUnreachable | Kind::NetworkUnreachable => "网络不通",
        Kind::AddrInUse => "地址和端口已被占用",
        Kind::AddrNotAvailable => "本机没有这个地址",
        _ => return None,
    })
}
