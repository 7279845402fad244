//! `zizhi sync`: exchanges messages with a hub, or by a folder on a stick.

mod device;
mod exchange;
mod inbox;
mod join;
mod outbox;
mod round;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use zizhi_app::Failure;

use super::shared::OwnDatabase;
use crate::say::Voice;

/// 与枢纽同步 / synchronise with the hub
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "示例 / Examples:
  zizhi sync
  zizhi sync join 邀请函.jwt --hub https://hub.example
  zizhi sync send 档案.zzdossier
  zizhi sync outbox

不带动词时同步一次：发出发件箱中的消息，收取并处理新消息。
Without a verb it does one round: sends what waits, receives what came and takes it in.

退出码 / Exit codes: 0 同步完成 · 1 有消息被搁置或拒收 · 2 没有完成（没有加入枢纽、枢纽没有应答等）"
)]
pub struct Sync {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    round: round::Once,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 用邀请函加入枢纽 / join a hub with an invitation
    #[command(after_help = "示例 / Examples:
  zizhi sync join 邀请函.jwt --hub https://hub.example
  zizhi sync join 邀请函.jwt --hub https://hub.example --device 前台电脑

地址与邀请函所附的完全相同（协议、主机、端口）。没有收到应答时，用同一份邀请函再运行一次即可。
The address is exactly the one that came with the invitation. If no answer comes, run it once more with the same invitation.

退出码 / Exit codes: 0 已加入 · 2 没有加入")]
    Join(join::Join),
    /// 孵化器邀请企业加入枢纽 / an incubator invites a firm
    #[command(after_help = "示例 / Example:
  zizhi sync invite 91340100DEM000014D --name 合肥星河量子传感技术有限公司【演示】 -o 邀请函.jwt

退出码 / Exit codes: 0 已生成 · 2 没有生成")]
    Invite(join::Invite),
    /// 查看枢纽、进度和待办 / show the hub, how far it is read and what waits
    #[command(after_help = "示例 / Example:
  zizhi sync status --json

退出码 / Exit codes: 0 已显示 · 2 没有加入枢纽或打不开数据库")]
    Status(join::Status),
    /// 把文件放入发件箱 / put a document into the outbox
    #[command(after_help = "示例 / Examples:
  zizhi sync send 档案.zzdossier
  zizhi sync send 请求.zzrequest --to 91340100DEM000014D

文件不要事先加密，发送时会加密给收件单位。下次同步时发出，也可以用 zizhi sync export 带走。
Do not seal it first; sending does. It goes out in the next round, or with zizhi sync export.

退出码 / Exit codes: 0 已放入 · 2 没有放入")]
    Send(outbox::Send),
    /// 查看发件箱，重发或放弃消息 / list the outbox; send again or give up
    #[command(after_help = "示例 / Examples:
  zizhi sync outbox
  zizhi sync outbox retry 019a…
  zizhi sync outbox discard 019a… --reason 已当面递交

被收件单位的枢纽拒收的消息，重发时换用新的编号，也会由 zizhi sync export 写出。
What the recipient's hub refused goes under another id when it is sent again; zizhi sync export writes it as well.

退出码 / Exit codes: 0 完成 · 2 没有这条消息，或它已经送达")]
    Outbox(outbox::Outbox),
    /// 查看收到的消息；再次处理被搁置的 / list what came; take a parked message in again
    #[command(after_help = "示例 / Examples:
  zizhi sync inbox
  zizhi sync inbox retry 019a…

被搁置的消息在原因消除后可以再次处理，下次同步或导入时进行。
A parked message can be taken in again once its reason is gone; the next round or import does.

退出码 / Exit codes: 0 完成 · 2 没有这条消息，或它没有被搁置")]
    Inbox(inbox::Inbox),
    /// 把待发消息和信任数据写到文件夹或 U 盘 / write what waits and the trust data to a folder or a stick
    #[command(after_help = "示例 / Example:
  zizhi sync export /media/U盘

写到其中的 zizhitong-exchange/。消息仍留在发件箱，联网后照常发出；对方收到两次也只算一次。
Writes zizhitong-exchange/ there. The messages stay in the outbox as well; whoever gets one twice counts it once.

退出码 / Exit codes: 0 全部写出 · 1 有消息没有写出（没有收件单位的设备清单，或不能发送）· 2 没有写出")]
    Export(exchange::Export),
    /// 从文件夹或 U 盘收取消息和信任数据 / take messages and trust data in from a folder or a stick
    #[command(after_help = "示例 / Example:
  zizhi sync import /media/U盘

同一份导入两次不会改变任何内容。
Importing the same twice changes nothing.

退出码 / Exit codes: 0 完成 · 1 有消息被搁置，或信任数据没有采用 · 2 没有导入（如其中没有写出的内容）")]
    Import(exchange::Import),
    /// 本单位的几台电脑：申请、加入、移出 / the computers of this organisation: ask, add, remove
    #[command(after_help = "示例 / Examples:
  zizhi sync device request --name 二楼电脑 -o 申请.jwt
  zizhi sync device add 申请.jwt -o 答复.age
  zizhi sync device accept 答复.age

数据库各自独立，不会互相复制；只有清单的第一台收取消息。
Each computer has a database of its own, and nothing is copied between them; only the first of the list takes mail in.

退出码 / Exit codes: 0 完成 · 2 没有完成")]
    Device(device::Device),
}

/// Where a person's data lie, and certificates for the hub.
#[derive(Debug, Args)]
pub struct Desk {
    #[command(flatten)]
    own: OwnDatabase,
    /// 枢纽证书的签发者（PEM），代替公共的；加入时给出的会保存 / PEM certificates that vouch for the hub, in the place of the public ones; kept when joining
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

impl Desk {
    /// The bytes of the certificates, if some were named.
    fn certificates(&self) -> Result<Option<Vec<u8>>, Failure> {
        let read = self
            .ca
            .as_ref()
            .map(|path| std::fs::read(path).map_err(|error| Failure::unreadable(path, error)));
        read.transpose()
    }
}

/// Runs the command.
pub fn run(args: &Sync, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        None => round::run(&args.round, voice),
        Some(Verb::Join(args)) => join::join(args, voice),
        Some(Verb::Invite(args)) => join::invite(args, voice),
        Some(Verb::Status(args)) => join::status(args, voice),
        Some(Verb::Send(args)) => outbox::send(args, voice),
        Some(Verb::Outbox(args)) => outbox::run(args, voice),
        Some(Verb::Inbox(args)) => inbox::run(args, voice),
        Some(Verb::Export(args)) => exchange::export(args, voice),
        Some(Verb::Import(args)) => exchange::import(args, voice),
        Some(Verb::Device(args)) => device::run(args, voice),
    }
}
