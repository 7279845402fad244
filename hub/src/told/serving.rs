//! Starting to serve, and publishing.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::path::Path;

use crate::failure::{Failure, told};
use crate::run::RunError;

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Read(path, source) => {
                let path = path.display();
                Self::of(
                    "TLS-FILE",
                    format!("TLS 文件 {path} 不能读取，枢纽没有启动。"),
                    format!("the TLS file {path} cannot be read; the hub was not started"),
                    (
                        "请核对 ZIZHI_HUB_TLS_CERT 和 ZIZHI_HUB_TLS_KEY 的路径，并让运行枢纽的用户能读：install -m 0640 -g zizhi-hub 文件 /etc/zizhi-hub/",
                        "check the paths of ZIZHI_HUB_TLS_CERT and ZIZHI_HUB_TLS_KEY, and let the hub's user read them: install -m 0640 -g zizhi-hub FILE /etc/zizhi-hub/",
                    ),
                )
                .because(source)
            }
            RunError::Certificate(path) => {
                let path = path.display();
                Self::of(
                    "TLS-CERT",
                    format!("{path} 里没有 PEM 格式的证书，枢纽没有启动。"),
                    format!("{path} holds no certificate in PEM; the hub was not started"),
                    (
                        "ZIZHI_HUB_TLS_CERT 要写证书连同中间证书的文件，以 -----BEGIN CERTIFICATE----- 开头；检查是否与私钥的文件写反了。",
                        "ZIZHI_HUB_TLS_CERT names the file with the certificate and those between it and its authority, which begins with -----BEGIN CERTIFICATE-----; see whether it was swapped with the key's",
                    ),
                )
            }
            RunError::Key(path) => {
                let path = path.display();
                Self::of(
                    "TLS-KEY",
                    format!("{path} 里没有枢纽能用的私钥，枢纽没有启动。"),
                    format!("{path} holds no private key that the hub can use; it was not started"),
                    (
                        "ZIZHI_HUB_TLS_KEY 要写证书的私钥文件，PEM 格式、不带口令，以 -----BEGIN PRIVATE KEY----- 等开头；可用的有 RSA（2048 位以上）、P-256、P-384、Ed25519。检查是否与证书的文件写反了。",
                        "ZIZHI_HUB_TLS_KEY names the file of the certificate's key, in PEM without a passphrase, which begins with -----BEGIN PRIVATE KEY----- or the like; RSA from 2048 bits, P-256, P-384 and Ed25519 can be used. See whether it was swapped with the certificate's",
                    ),
                )
            }
            RunError::Tls { certificate, key, source } => {
                let (certificate, key) = (certificate.display(), key.display());
                Self::of(
                    "TLS-PAIR",
                    format!("证书 {certificate} 与私钥 {key} 不是一对，枢纽没有启动。"),
                    format!("the certificate {certificate} and the key {key} do not go together; the hub was not started"),
                    (
                        "请放上这张证书自己的私钥；换证书时两个文件要一起换，本机证书排在文件的最前面。",
                        "give the key of this very certificate: both files are replaced together, and the hub's own certificate comes first in its file",
                    ),
                )
                .because(source)
            }
            RunError::Socket(source) => Self::fixed(
                "LISTEN-FAILED",
                ("枢纽的网络端口失效，服务停止了。", "the hub's socket failed, and it stopped"),
                (
                    "请重新启动枢纽；再次出现的，检查本机网络和打开文件数的上限（ulimit -n）。",
                    "start the hub again; if it comes back, look at this machine's network and at the limit of open files (ulimit -n)",
                ),
            )
            .because(source),
        }
    }
}

/// Why nobody can be listened to at an address.
#[must_use]
pub fn listening(address: SocketAddr, error: io::Error) -> Failure {
    let (ip, port) = (address.ip(), address.port());
    match error.kind() {
        ErrorKind::AddrInUse => Failure::new(
            "LISTEN-PORT",
            told(
                format!("端口 {port}（{address}）已被另一个程序占用，枢纽没有启动。"),
                format!("another program has the port {port} ({address}); the hub was not started"),
            ),
            told(
                format!(
                    "请看是谁在用（ss -ltnp 'sport = :{port}'）：多半是另一个枢纽或网站服务；停止它，或用 --listen（ZIZHI_HUB_LISTEN）换一个端口。"
                ),
                format!(
                    "see who has it (ss -ltnp 'sport = :{port}'), mostly another hub or a web server: stop it, or give another port by --listen (ZIZHI_HUB_LISTEN)"
                ),
            ),
        ),
        ErrorKind::AddrNotAvailable => Failure::of(
            "LISTEN-ADDRESS",
            format!("本机没有地址 {ip}，枢纽没有启动。"),
            format!("this machine does not have the address {ip}; the hub was not started"),
            (
                "请在 --listen（ZIZHI_HUB_LISTEN）写本机的地址：前面有反向代理的写 127.0.0.1:8443，直接对外的写 0.0.0.0:443。",
                "give an address of this machine by --listen (ZIZHI_HUB_LISTEN): 127.0.0.1:8443 behind a proxy, 0.0.0.0:443 to be reached directly",
            ),
        ),
        ErrorKind::PermissionDenied => Failure::of(
            "LISTEN-RIGHT",
            format!("没有权限使用端口 {port}（{address}），枢纽没有启动。"),
            format!("the port {port} ({address}) is not permitted; the hub was not started"),
            (
                "1024 以下的端口要由系统服务（systemctl start zizhi-hub）使用；自己运行的，用 --listen 换成 1024 以上的端口。",
                "ports below 1024 are for the service (systemctl start zizhi-hub); run by hand, give a higher one by --listen",
            ),
        ),
        _ => Failure::of(
            "LISTEN-FAILED",
            format!("不能在 {address} 接受连接，枢纽没有启动。"),
            format!("connections to {address} cannot be taken; the hub was not started"),
            (
                "请核对 --listen（ZIZHI_HUB_LISTEN）和本机网络。",
                "check --listen (ZIZHI_HUB_LISTEN) and the network of this machine",
            ),
        )
        .because(error),
    }
}

/// Why the place of large messages cannot be used.
#[must_use]
pub fn bucket(place: Option<&str>, error: io::Error) -> Failure {
    let name = place.unwrap_or("blobs");
    let fact = told(
        format!("大消息的存放处 {name} 不能使用，枢纽没有启动。"),
        format!("the place of large messages, {name}, cannot be used; the hub was not started"),
    );
    let advice = match place {
        None => told(
            "请检查数据文件夹里 blobs 的权限和磁盘空间。".to_owned(),
            "check the permissions of blobs in the data folder, and the room on the disk".to_owned(),
        ),
        Some(_) => told(
            "请核对 --blobs（ZIZHI_HUB_BLOBS，写作 s3://桶 或 s3://桶/前缀）和 AWS_ 开头的各项；地址不加密的，确认线路可信后设 AWS_ALLOW_HTTP=true。".to_owned(),
            "check --blobs (ZIZHI_HUB_BLOBS, s3://bucket or s3://bucket/prefix) and the settings that begin with AWS_; an address without TLS needs AWS_ALLOW_HTTP=true, where the line is trusted".to_owned(),
        ),
    };
    Failure::new("SERVE-BLOBS", fact, advice).because(error)
}

/// Why a folder was not published.
#[must_use]
pub fn published(folder: &Path, error: io::Error) -> Failure {
    let folder = folder.display();
    if error.kind() == ErrorKind::InvalidData {
        return Failure::of(
            "TREE-FORM",
            format!("{folder} 不是可发布的信任数据，没有发布，原来的还在。"),
            format!("{folder} is no trust data to be published; nothing was published, and what was there stays"),
            (
                "请给出 zizhi trust 生成的文件夹：里面有 metadata/timestamp.json、targets 和 status，没有别的文件。",
                "name the folder that zizhi trust makes: metadata with timestamp.json, targets and status, and no other files",
            ),
        )
        .because(error);
    }
    Failure::of(
        "TREE-READ",
        format!("{folder} 没有发布完：有文件不能读写。在时间戳换上之前，大家看到的还是原来的。"),
        format!("{folder} was not published to the end: a file cannot be read or written. Until the timestamp is replaced, everybody sees what was there"),
        (
            "请核对路径，让运行枢纽的用户能读这个文件夹，并检查磁盘空间，再执行一次。",
            "check the path, that the hub's user may read the folder, and the room on the disk, and say it again",
        ),
    )
    .because(error)
}
