//! 收件: a dossier that came, taken in as a case of the local database.

use std::process::ExitCode;

use serde_json::json;
use zizhi_app::receive_dossier::{Receiving, receive_dossier};
use zizhi_app::working_days::WorkingDays;
use zizhi_app::{Failure, Host as _, SystemHost, case_page};

use super::finish::Open;
use crate::commands::own_desk::OwnDesk;
use crate::commands::shared;
use crate::render::report;
use crate::say::Voice;

/// Takes it in. One that is here already is shown again.
pub fn receive(args: &Open, operator: &str, voice: Voice) -> Result<ExitCode, Failure> {
    let mut identities = shared::identities(&args.identity)?;
    let desk = OwnDesk::open(&args.own, voice)?;
    let database = &desk.unlocked.database;
    identities.extend_from_slice(desk.unlocked.inbox.identities());
    let receiving = Receiving { path: &args.file, operator, identities: &identities, library: &desk.library };
    let received = receive_dossier(database, &receiving, &SystemHost)?;
    let days = WorkingDays::at(&args.own.folders()?.0);
    let page = case_page::case_page(database, &received.case_id, &desk.library, &days, SystemHost.now())?;
    let (number, found) = (&page.case.number, &page.view.report);
    if args.json {
        let told =
            json!({ "case": number, "id": received.case_id, "known": received.known, "report": found });
        voice.data(&told.to_string());
    } else {
        voice.data(&format!("{}  {number}", voice.lang.pick("办件编号", "case")));
        voice.data(report::page(found, &page.view.grounds, voice.lang, voice.colour).trim_end());
    }
    if received.known {
        voice.talk(
            voice.lang.pick(
                "这份文件以前收过，没有重复收件",
                "this very file was taken in before; nothing was added",
            ),
        );
    }
    for same_key in [Some(true), Some(false), None] {
        let waiting = page.waiting.iter().filter(|one| one.same_key == same_key);
        let numbers: Vec<&str> = waiting.map(|one| one.case.number.as_str()).collect();
        if numbers.is_empty() {
            continue;
        }
        let (zh, en) = match same_key {
            Some(true) => (
                "正等这家企业补正；这份若是补正材料，请在窗口的办件页并入",
                "waits for a supplement of this firm; if this is it, join them on the case's page in the window",
            ),
            Some(false) => (
                "正等这家企业补正；这份的签名密钥与原档案不同，可能出自他人，请先向企业核实",
                "waits for a supplement of this firm; another key signed this one, so ask the firm about it first",
            ),
            None => (
                "正等这家企业补正；这份与原档案是否同一密钥签名无法比对，请先向企业核实",
                "waits for a supplement of this firm; whether the same key signed both cannot be told, so ask the firm about it first",
            ),
        };
        let (zh, en) = (format!("{} {zh}", numbers.join("、")), format!("{} {en}", numbers.join(", ")));
        voice.talk(voice.lang.pick(&zh, &en));
    }
    Ok(shared::exit_of(found.verdict))
}
