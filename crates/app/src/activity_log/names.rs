//! What the things of the log are called.

use zizhi_model::{Text, Uscc};
use zizhi_store::{Case, Credential, Direction, Reader};

use crate::case_steps::find;
use crate::claim_lines::same;
use crate::failure::{Failure, told};
use crate::verify_view::type_name;

/// What the thing of that kind and id is called; nothing where the row is about the database as a whole.
pub(super) fn name(reader: &Reader<'_>, kind: &str, id: &str) -> Result<Option<Text>, Failure> {
    if kind.is_empty() && id.is_empty() {
        return Ok(None);
    }
    let found = match kind {
        "case" => reader.case(id)?.as_ref().map(case),
        "notice" => reader
            .change_notice(id)?
            .and_then(|notice| find(reader, &notice.case_id).ok())
            .map(|it| case(&it)),
        "credential" => reader.credential(id)?.map(credential),
        "draft" | "draft_text" => draft(reader, id)?,
        "dossier" => dossier(reader, id)?,
        "decision" => match reader.decision(id)? {
            Some(decision) => dossier(reader, &decision.dossier_id)?,
            None => dossier(reader, id)?,
        },
        "firm" => reader.firm(id)?.map(|firm| with(&same(firm.name), firm.uscc.as_str())),
        "organisation" => Some(organisation(reader, id)?),
        "hub" => Some(told(format!("枢纽 {id}"), format!("hub {id}"))),
        "voucher" => reader.voucher(id)?.map(|row| voucher(reader, &row.firm, id)).transpose()?,
        "redemption" => match reader.redemption(id)? {
            Some(redemption) => {
                name(reader, "voucher", &redemption.voucher)?.map(|of| with(&of, &redemption.document_name))
            }
            None => None,
        },
        "settlement" => match reader.settlement(id)? {
            Some(settlement) => {
                let other = organisation(reader, settlement.other.as_str())?;
                Some(told(format!("与{}的结算", other.zh), format!("settlement with {}", other.en())))
            }
            None => None,
        },
        "request" => request(reader, id)?,
        "message" => message(reader, id)?,
        "backup" => Some(same(id.to_owned())),
        _ => None,
    };
    Ok(Some(found.unwrap_or_else(|| of_its_kind(kind))))
}

/// A thing that has no name of its own, or is gone.
fn of_its_kind(kind: &str) -> Text {
    let (zh, en) = match kind {
        "case" | "notice" => ("办件", "a case"),
        "credential" => ("凭证", "a credential"),
        "draft" | "draft_text" => ("档案草稿（已删除）", "a draft that was removed"),
        "dossier" | "decision" => ("档案", "a dossier"),
        "firm" => ("名册中的企业（已删除）", "a firm that was removed"),
        "status_list" => ("吊销名单（暂停/撤销）", "the status list (suspended, revoked)"),
        "signing_key" => ("签名密钥", "a signing key"),
        "device" => ("设备", "a device"),
        "file" => ("本机的密钥文件", "the key file of this machine"),
        "voucher" | "redemption" => ("创新券", "a voucher"),
        "settlement" => ("结算", "a settlement"),
        "request" => ("核验请求", "a request"),
        "message" => ("消息", "a message"),
        other => return same(other.to_owned()),
    };
    Text::fixed(zh, en)
}

/// A credential by its number, or its type where it has none, and whom it is about.
pub(super) fn credential(row: Credential) -> Text {
    let number = row.number.map_or_else(|| type_name(&row.credential_type), same);
    with(&number, &row.subject_name)
}

fn case(case: &Case) -> Text {
    with(&same(case.number.clone()), case.firm_name.as_deref().unwrap_or_default())
}

fn draft(reader: &Reader<'_>, id: &str) -> Result<Option<Text>, Failure> {
    Ok(reader
        .draft(id)?
        .map(|draft| told(format!("档案“{}”", draft.title), format!("dossier “{}”", draft.title))))
}

/// A dossier is a draft where it was made, and a case where it was received.
fn dossier(reader: &Reader<'_>, id: &str) -> Result<Option<Text>, Failure> {
    if let Some(made) = reader.sent(id)?.and_then(|sent| sent.draft) {
        return draft(reader, &made);
    }
    Ok(reader.cases_of_dossier(id)?.first().map(case))
}

fn organisation(reader: &Reader<'_>, code: &str) -> Result<Text, Failure> {
    let Ok(uscc) = Uscc::parse(code) else { return Ok(same(code.to_owned())) };
    let own = reader.profile()?.filter(|own| own.uscc == uscc).map(|own| own.name);
    let name = match own {
        Some(own) => Some(own),
        None => reader.firm_by_uscc(&uscc)?.map(|firm| firm.name),
    };
    Ok(same(name.unwrap_or_else(|| code.to_owned())))
}

fn voucher(reader: &Reader<'_>, firm: &Uscc, id: &str) -> Result<Text, Failure> {
    let firm = organisation(reader, firm.as_str())?;
    Ok(with(&told(format!("创新券 {id}"), format!("voucher {id}")), &firm.zh))
}

fn request(reader: &Reader<'_>, id: &str) -> Result<Option<Text>, Failure> {
    for (direction, zh, en) in [(Direction::Issued, "给", "for"), (Direction::Received, "来自", "from")] {
        let Some(request) = reader.request(direction, id)? else { continue };
        let other = match direction {
            Direction::Issued => request.firm,
            Direction::Received => Some(request.counterparty),
        };
        let Some(other) = other else {
            let (zh, en) = (request.scenario.zh(), request.scenario.en());
            return Ok(Some(told(
                format!("不限企业的核验请求（{zh}）"),
                format!("request that any firm may answer ({en})"),
            )));
        };
        let other = organisation(reader, other.as_str())?;
        return Ok(Some(told(format!("{zh}{}的核验请求", other.zh), format!("request {en} {}", other.en()))));
    }
    Ok(None)
}

fn message(reader: &Reader<'_>, id: &str) -> Result<Option<Text>, Failure> {
    if let Some(out) = reader.outgoing(id)? {
        let to = organisation(reader, out.recipient.as_str())?;
        return Ok(Some(told(format!("发给{}的消息", to.zh), format!("message to {}", to.en()))));
    }
    let Some(came) = reader.incoming(id)? else { return Ok(None) };
    let from = organisation(reader, came.sender.as_str())?;
    Ok(Some(told(format!("{}发来的消息", from.zh), format!("message from {}", from.en()))))
}

/// A name with what tells it from others.
fn with(name: &Text, more: &str) -> Text {
    if more.is_empty() {
        return name.clone();
    }
    told(format!("{}（{more}）", name.zh), format!("{} ({more})", name.en()))
}
