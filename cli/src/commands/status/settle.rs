//! `zizhi status settle`: after a restore, what was revoked since the backup, by a list or by who knows.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use zizhi_app::after_restore::{AfterRestore, after_restore};
use zizhi_app::incubator::Incubator;
use zizhi_app::issued_credentials::{Issued, by_number};
use zizhi_app::settle_lists::{CredentialState, ListSource, ReadList, Settling, read_lists, settle_lists};
use zizhi_app::status_lists::state_name;
use zizhi_app::{Failure, Text};
use zizhi_model::civil::rfc3339;

use super::super::own_desk::OwnDesk;
use super::super::shared::{self, OwnDatabase};
use crate::lang::Lang;
use crate::render::style::safe;
use crate::say::Voice;

/// Exit code while lists are open.
const PENDING: u8 = 3;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("by").args(["file", "from_trust", "reason"]))]
pub struct Settle {
    /// 最后一次导出的吊销名单，或含有它的信任数据；都不给时只列出待核对的名单 / the list as last exported, or trust data that hold it; without any, what is open is shown
    #[arg(value_name = "LIST.jwt|X.zztrust")]
    file: Option<PathBuf>,
    /// 用已导入的信任数据中的名单 / take the list of the trust data that were imported
    #[arg(long)]
    from_trust: bool,
    /// 没有名单时：依据，记入操作日志 / without a list: how it is known what changed; kept in the log
    #[arg(long, value_name = "TEXT", value_parser = shared::words)]
    reason: Option<String>,
    /// 备份之后撤销的凭证编号或标识，可多次 / number or id of a credential revoked since; may be repeated
    #[arg(long, value_name = "NUMBER", requires = "reason")]
    revoked: Vec<String>,
    /// 备份之后暂停的凭证编号或标识，可多次 / number or id of one suspended since
    #[arg(long, value_name = "NUMBER", requires = "reason")]
    suspended: Vec<String>,
    /// 备份之后注销的凭证编号或标识，可多次 / number or id of one ended since
    #[arg(long, value_name = "NUMBER", requires = "reason")]
    ended: Vec<String>,
    /// 不再询问 / do not ask
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn settle(args: &Settle, voice: Voice) -> Result<ExitCode, Failure> {
    let desk = OwnDesk::open(&args.own, voice)?;
    let incubator = desk.incubator();
    let source = match (&args.file, args.from_trust) {
        (Some(path), _) => Some(ListSource::File(path)),
        (None, true) => Some(ListSource::Trust),
        (None, false) => None,
    };
    let open = match (source, &args.reason) {
        (Some(source), _) => {
            let read = read_lists(&incubator, source)?;
            read.iter().for_each(|list| shown(list, voice));
            sure(args, voice)?;
            let sums: Vec<[u8; 32]> = read.iter().map(|list| list.sha256).collect();
            settle_lists(&incubator, Settling::Lists(source, &sums), &desk.secret)?
        }
        (None, Some(reason)) => {
            let since = since(args, &incubator)?;
            since.iter().for_each(|issued| voice.talk(&line(issued, voice)));
            sure(args, voice)?;
            let since: Vec<_> = since.into_iter().map(|Issued { row, .. }| (row.id, row.state)).collect();
            settle_lists(&incubator, Settling::Stated(&since, reason), &desk.secret)?
        }
        (None, None) => after_restore(&incubator)?,
    };
    if args.json {
        voice.data(&as_json(&open).to_string());
    } else {
        still_open(&open, voice);
    }
    Ok(ExitCode::from(if open.lists.is_empty() { 0 } else { PENDING }))
}

/// Credentials with what became of them since the backup.
fn since(args: &Settle, incubator: &Incubator<'_>) -> Result<Vec<Issued>, Failure> {
    let mut since = Vec::new();
    for (numbers, state) in [
        (&args.revoked, CredentialState::Revoked),
        (&args.suspended, CredentialState::Suspended),
        (&args.ended, CredentialState::Ended),
    ] {
        for number in numbers {
            let mut issued = by_number(incubator, number)?;
            issued.row.state = state;
            since.push(issued);
        }
    }
    Ok(since)
}

fn sure(args: &Settle, voice: Voice) -> Result<(), Failure> {
    if args.yes {
        return Ok(());
    }
    shared::confirm(
        &Text::fixed("没有得到确认，没有核对。", "nobody confirmed, so nothing was settled"),
        voice.lang.pick(
            "没有写进来的撤销会重新变为有效。确认这就是全部，请输入 yes：",
            "what this leaves out becomes valid again; type yes if it is everything:",
        ),
        voice,
    )
}

/// A list before it counts.
fn shown(list: &ReadList, voice: Voice) {
    let (uri, signed) = (safe(&list.uri), rfc3339(list.signed_at));
    voice.talk(&match voice.lang {
        Lang::Zh => format!("吊销名单 {uri}，签署于 {signed}，会补进："),
        Lang::En => format!("the status list {uri}, signed at {signed}, adds:"),
    });
    list.adds.iter().for_each(|issued| voice.talk(&line(issued, voice)));
    let unknown = list.unknown;
    voice.talk(&match voice.lang {
        Lang::Zh => format!("  本机不知道的凭证：{unknown}份"),
        Lang::En => format!("  credentials that are not here: {unknown}"),
    });
}

/// A credential with the status that it gets.
fn line(issued: &Issued, voice: Voice) -> String {
    let number = issued.row.number.as_deref().unwrap_or_default();
    let status = state_name(issued.row.state);
    format!(
        "  {} {} {} {}",
        safe(number),
        safe(&issued.row.subject_name),
        safe(voice.lang.of(&issued.title)),
        voice.lang.of(&status)
    )
}

/// What is open since a restore, as data.
pub fn as_json(open: &AfterRestore) -> serde_json::Value {
    let list = |list: &zizhi_app::after_restore::UnsettledList| {
        json!({
            "uri": list.uri,
            "known_until": list.known_until.map(rfc3339),
            "not_valid": list.not_valid,
            "in_trust": list.in_trust.map(rfc3339),
        })
    };
    json!({
        "lists": open.lists.iter().map(list).collect::<Vec<_>>(),
        "unknown": open.unknown,
        "next_case": open.next_case,
    })
}

/// Tells what is open since a restore, and with which command it is done.
pub fn still_open(open: &AfterRestore, voice: Voice) {
    let lang = voice.lang;
    if open.open == 0 {
        voice.talk(lang.pick(
            "恢复之后没有待办的事；请导出吊销名单并交给发布方。",
            "nothing is open since the restore; export the status lists and hand them to whoever publishes them",
        ));
        return;
    }
    if open.unknown {
        voice.advise(lang.pick(
            "备份之后签发的凭证和名单，这个数据库都不知道。请从签发时写出的文件补登：\n  zizhi credential recover 文件或文件夹\n都已补登或没有签发过时：zizhi credential recover --complete",
            "this database knows no credentials and lists of after the backup; enter them again from the files as they were issued:\n  zizhi credential recover FILE|DIR\nwhere all are here, or none was issued: zizhi credential recover --complete",
        ));
    }
    if open.lists.is_empty() {
        return;
    }
    voice.talk(lang.pick(
        "以下吊销名单核对之前不能签名，其中的凭证不能撤销：",
        "these status lists are not signed before they were settled, and nothing on them can be revoked:",
    ));
    for list in &open.lists {
        voice.talk(&format!("  {}", safe(&list.uri)));
    }
    voice.advise(lang.pick(
        "请用最后一次导出的名单或含有它的信任数据核对：\n  zizhi status settle 名单.jwt",
        "settle them with the list as last exported, or trust data that hold it:\n  zizhi status settle LIST.jwt",
    ));
    if open.lists.iter().any(|list| list.in_trust.is_some()) {
        voice.advise(lang.pick(
            "已导入的信任数据里有备份之后签的名单：zizhi status settle --from-trust",
            "the imported trust data hold one signed after the backup: zizhi status settle --from-trust",
        ));
    }
}
