//! `zizhi-hub serve`: what a hub is started with, and what keeps it from starting.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum_server::Handle;
use zizhi_hub::blobs;
use zizhi_hub::clock::SystemClock;
use zizhi_hub::data::Data;
use zizhi_hub::failure::Failure;
use zizhi_hub::line::Line;
use zizhi_hub::run::{serve, stop_on_signal, tls};
use zizhi_hub::serve::{Hub, Parts};
use zizhi_hub::told::{bucket, listening};
use zizhi_sync::HubId;
use zizhi_terminal::usage;

use crate::{Database, Result, keys, place, settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// 枢纽的编号，如 31-main；只在第一次给出 / the hub's id, such as 31-main; needed the first time only
    #[arg(long, env = "ZIZHI_HUB_ID", value_parser = hub_id)]
    id: Option<HubId>,
    #[command(flatten)]
    database: Database,
    /// 大消息的存放处，如 s3://bucket/prefix，密钥在 AWS_…；不写时在数据文件夹 / where large messages are, such as `s3://bucket/prefix`, with the keys in `AWS_…`; the data folder if not given
    #[arg(long, env = "ZIZHI_HUB_BLOBS", value_name = "ADDRESS")]
    blobs: Option<String>,
    /// 在哪里接受连接 / where to listen
    #[arg(long, env = "ZIZHI_HUB_LISTEN", default_value = "127.0.0.1:8443", value_parser = address)]
    listen: SocketAddr,
    /// 桌面端填写的地址：协议、主机和端口；不写时用 --listen / scheme, host and port under which desktops reach the hub; that of `--listen` if not given
    #[arg(long, env = "ZIZHI_HUB_ORIGIN")]
    origin: Option<String>,
    /// TLS 证书，PEM；不写时由反向代理做 TLS / the TLS certificates, in PEM; without them a proxy has to do TLS
    #[arg(long, env = "ZIZHI_HUB_TLS_CERT", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// 证书的私钥，PEM / the key of the first certificate, in PEM
    #[arg(long, env = "ZIZHI_HUB_TLS_KEY", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// 核对其他枢纽证书的证书机构，PEM；不写时用公共的 / the authorities that other hubs' certificates are checked by, in PEM; the public ones if not given
    #[arg(long, env = "ZIZHI_HUB_PEER_CA")]
    peer_ca: Option<PathBuf>,
    #[command(flatten)]
    set: settings::Set,
}

/// The id of a hub as it was typed.
fn hub_id(text: &str) -> std::result::Result<HubId, String> {
    HubId::parse(text).map_err(|error| {
        usage::either(
            "写省级两位代码、连字符和小写字母或数字的名称，如 31-main",
            &format!("{error}, such as 31-main"),
        )
    })
}

/// Where to listen, as it was typed.
fn address(text: &str) -> std::result::Result<SocketAddr, String> {
    text.parse().map_err(|error| {
        usage::either(
            "写地址和端口，如 127.0.0.1:8443 或 0.0.0.0:443",
            &format!("{error}, such as 127.0.0.1:8443"),
        )
    })
}

/// Serves until the process is told to stop.
pub(crate) async fn answer(folder: &Path, asked: Serve) -> Result<()> {
    let settings = asked.set.settings()?;
    let origin = origin(&asked)?;
    let secure = match (&asked.tls_cert, &asked.tls_key) {
        (Some(certificate), Some(key)) => Some(tls(certificate, key)?),
        _ => None,
    };
    let line = line(asked.peer_ca.as_deref())?;
    let data = Data::open(folder, asked.id.as_ref())?;
    let url = asked.database.database_url.as_deref();
    // Held as long as it serves. Copies that share PostgreSQL may share a folder as well.
    let _held = if url.is_none() { Some(data.hold()?) } else { None };
    let store = place::store(&data, url).await?;
    keys::check(&data, store.as_ref()).await?;
    let listener = TcpListener::bind(asked.listen).map_err(|error| listening(asked.listen, error))?;
    let place = asked.blobs.as_deref();
    let blobs = blobs::open(place, &data.blobs(), &data.id).map_err(|error| bucket(place, error))?;
    tracing::info!(target: "zizhi_hub", hub = data.id.as_str(), origin, listen = %asked.listen, "serving");
    let hub = Hub::new(Parts {
        id: data.id.clone(),
        key: Arc::clone(&data.key),
        origin,
        store,
        blobs,
        public: data.public(),
        clock: Arc::new(SystemClock),
        line,
        settings,
    });
    let handle = Handle::new();
    tokio::spawn(stop_on_signal(handle.control()));
    Ok(serve(hub, listener, secure, handle).await?)
}

/// The line to other hubs, with the authorities of a file.
pub(crate) fn line(roots: Option<&Path>) -> Result<Line> {
    Line::new(roots).map_err(|error| {
        let path = roots.unwrap_or(Path::new("")).display();
        Failure::of(
            "PEER-CA",
            format!("{path} 里没有可用的证书，无法核实其他枢纽，操作没有进行。"),
            format!("{path} holds no certificates by which other hubs could be checked; nothing was done"),
            (
                "请在 --peer-ca（ZIZHI_HUB_PEER_CA）写证书机构的 PEM 文件，并让运行枢纽的用户能读；其他枢纽用公共证书的，去掉这一项。",
                "name a PEM file of their authorities by --peer-ca (ZIZHI_HUB_PEER_CA), readable for the hub's user; where they have public certificates, leave it out",
            ),
        )
        .because(error)
    })
}

/// The address that desktops sign. Mail between machines goes over TLS, by the hub or by a proxy before it.
fn origin(asked: &Serve) -> Result<String> {
    let (ip, secure) = (asked.listen.ip(), asked.tls_cert.is_some());
    let behind_tls = asked.origin.as_deref().is_some_and(|origin| origin.starts_with("https://"));
    if !secure && !ip.is_loopback() && !behind_tls {
        return Err(open(asked.listen));
    }
    let scheme = if secure { "https" } else { "http" };
    let origin = match &asked.origin {
        Some(origin) => origin.clone(),
        None if ip.is_unspecified() => return Err(nameless(asked.listen)),
        None => format!("{scheme}://{}", asked.listen),
    };
    let formed = origin.strip_prefix("http").is_some_and(|rest| rest.contains("://"));
    if formed && !origin.ends_with('/') { Ok(origin) } else { Err(malformed(&origin)) }
}

fn open(listen: SocketAddr) -> Failure {
    Failure::of(
        "LISTEN-OPEN",
        format!("在 {listen} 会不加密地接受其他机器的连接，桌面端也不接受这样的地址；枢纽没有启动。"),
        format!(
            "at {listen} other machines would be answered without TLS, and no desktop takes such an address; the hub was not started"
        ),
        (
            "枢纽自己做 TLS 的，给出 --tls-cert 和 --tls-key；由反向代理做的，写明桌面端填写的地址 --origin https://…，代理在本机的再写 --listen 127.0.0.1:8443；只在本机试用的，也写 127.0.0.1。",
            "give --tls-cert and --tls-key for the hub to do TLS; where a proxy does, say what desktops type by --origin https://…, and --listen 127.0.0.1:8443 if it is on this machine; to look at it on this machine only, 127.0.0.1 as well",
        ),
    )
}

fn nameless(listen: SocketAddr) -> Failure {
    Failure::of(
        "SERVE-ORIGIN",
        format!("{listen} 是本机的全部地址，不是桌面端能填写的地址；请求签名包含地址，枢纽没有启动。"),
        format!(
            "{listen} is every address of this machine and none that desktops could type and sign; the hub was not started"
        ),
        (
            "请用 --origin（ZIZHI_HUB_ORIGIN）写桌面端填写的地址，如 https://hub.example.cn，端口不是 443 的要写端口。",
            "say what desktops type by --origin (ZIZHI_HUB_ORIGIN), such as https://hub.example.cn, with the port unless it is 443",
        ),
    )
}

fn malformed(origin: &str) -> Failure {
    Failure::of(
        "SERVE-ORIGIN",
        format!("“{origin}”不是桌面端填写的地址，枢纽没有启动。"),
        format!("{origin} is no address that desktops type; the hub was not started"),
        (
            "--origin（ZIZHI_HUB_ORIGIN）写协议、主机和端口，末尾没有斜杠，如 https://hub.example.cn。",
            "--origin (ZIZHI_HUB_ORIGIN) is scheme, host and port without a slash at the end, such as https://hub.example.cn",
        ),
    )
}
