//! Settles the status lists of a restored database: who is at the desk gives a list as it was last exported,
//! or states that nothing was revoked or suspended since the backup. Only then is a list signed again.

use std::path::Path;

use serde_json::json;
use zizhi_credential::status::MAX_TOKEN_BYTES;
use zizhi_model::{Text, civil};

use crate::after_restore::{AfterRestore, after_restore, settled, unsettled};
use crate::failure::{Failure, told};
use crate::files;
use crate::incubator::Incubator;
use crate::own_status_lists::{learn, own_token, take_in};
use crate::register_fields as fields;

/// By what lists are settled.
#[derive(Debug, Clone, Copy)]
pub enum Settling<'a> {
    /// A list as it was last exported, or a newer one than the database has.
    File(&'a Path),
    /// For all that are open: nothing was revoked or suspended since, for this reason.
    Nothing(&'a str),
}

/// Settles lists, and tells what is still open.
///
/// # Errors
/// `STATUS-SETTLED` if none is open; `STATUS-REASON` without a reason; `IO-READ`, `STATUS-FOREIGN` for a file that
/// is no list of these signed by this organisation, `STATUS-OLDER` for one that is older than what the
/// database has; as every write to the database. Nothing is settled then.
pub fn settle_lists(incubator: &Incubator<'_>, by: Settling<'_>) -> Result<AfterRestore, Failure> {
    let open = unsettled(&incubator.database.reader()?)?;
    if open.is_empty() {
        return Err(none_open());
    }
    let entry = incubator.entry("status_list.settled")?;
    let now = incubator.host.now();
    let writer = incubator.database.writer()?;
    match by {
        Settling::Nothing(reason) => {
            let reason =
                fields::line(reason).ok().filter(|reason| !reason.is_empty()).ok_or_else(no_reason)?;
            for uri in &open {
                learn(&writer, uri, incubator.library.trust(), now)?;
            }
            settled(&writer, &open)?;
            writer.commit(&entry.with(json!({ "lists": open, "reason": reason })))?;
        }
        Settling::File(path) => {
            let text = files::read_text(path, MAX_TOKEN_BYTES as u64)?;
            let text = text.trim();
            let token = own_token(&writer, text)?.filter(|token| open.contains(&token.uri));
            let token = token.ok_or_else(|| foreign(path))?;
            let row = writer.status_list(&token.uri)?.ok_or_else(|| foreign(path))?;
            if row.iat.is_some_and(|known| token.issued_at < known.timestamp()) {
                return Err(older(path, token.issued_at));
            }
            take_in(&writer, row, &token, text, now)?;
            learn(&writer, &token.uri, incubator.library.trust(), now)?;
            settled(&writer, std::slice::from_ref(&token.uri))?;
            let summary = json!({ "iat": token.issued_at });
            writer.commit(&entry.about("status_list", &token.uri).with(summary))?;
        }
    }
    after_restore(incubator)
}

fn none_open() -> Failure {
    Failure::input(
        "STATUS-SETTLED",
        Text::fixed("没有需要核对的吊销名单。", "no status list has to be settled"),
        Text::fixed("可以照常签名和撤销。", "sign and revoke as usual"),
    )
}

fn no_reason() -> Failure {
    Failure::input(
        "STATUS-REASON",
        Text::fixed("没有写明依据，没有核对。", "no reason was given; nothing was settled"),
        Text::fixed(
            "请写明怎样知道备份之后没有撤销和暂停，如“备份之后没有上班”。",
            "say how it is known that nothing was revoked or suspended since, such as: the office was closed",
        ),
    )
}

fn foreign(path: &Path) -> Failure {
    Failure::refused(
        "STATUS-FOREIGN",
        format!("{} 不是本单位签过、需要核对的吊销名单，没有核对。", path.display()),
        format!(
            "{} is none of the lists to be settled, signed by this organisation; nothing was settled",
            path.display()
        ),
        "请选择本单位最后一次导出的吊销名单文件（.jwt）。",
        "choose the file (.jwt) of the status list as this organisation last exported it",
    )
}

fn older(path: &Path, iat: i64) -> Failure {
    let (zh, en) = civil::from_numeric_date(iat).map_or_else(Default::default, |time| {
        let day = civil::date_in_shanghai(time);
        (format!("，签署于{}", civil::date_zh(day)), format!(", signed on {day}"))
    });
    Failure::input(
        "STATUS-OLDER",
        told(
            format!("{} 比数据库里的名单还旧{zh}，没有核对。", path.display()),
            format!("{} is older than the list in the database{en}; nothing was settled", path.display()),
        ),
        Text::fixed("请选择最后一次导出的吊销名单文件。", "choose the file that was exported last"),
    )
}
