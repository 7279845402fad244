//! Beginning a draft, stating facts, looking at it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use zizhi_app::add_to_dossier::state;
use zizhi_app::draft::{DraftFolder, preview};
use zizhi_app::new_dossier::{FormerlyNamed, NamedFirm, Purpose, Unasked, new_dossier};
use zizhi_app::{Failure, Text, draft_begin, requests_stored};
use zizhi_model::{Region, Scenario, Uscc};

use super::super::own_desk::OwnDesk;
use super::super::shared::{self, OwnDatabase};
use crate::render::dossier;
use crate::say::Voice;
use crate::usage;

#[derive(Debug, Args)]
pub struct New {
    /// 新文件夹；不给时草稿建在本地数据库里 / a new folder; without it the draft is begun in the local database
    #[arg(value_name = "DIR", requires_all = ["origin", "firm_uscc", "firm_name"])]
    folder: Option<PathBuf>,
    /// 要答复的请求 / the request to answer
    #[arg(long, value_name = "R", conflicts_with_all = ["aud", "scenario", "destination", "checklist", "rule_pack"])]
    request: Option<PathBuf>,
    /// 接收单位（没有请求时） / the destination, without a request
    #[arg(long, value_name = "USCC", value_parser = shared::uscc, required_unless_present = "request")]
    aud: Option<Uscc>,
    /// 情形 / the scenario
    #[arg(long, value_name = "SCENARIO", value_parser = shared::scenario, required_unless_present = "request")]
    scenario: Option<Scenario>,
    /// 迁出地区，6位代码；数据库里的草稿取自企业信息 / where the firm is; in the database, as it says
    #[arg(long, value_name = "REGION", value_parser = shared::region, requires = "folder")]
    origin: Option<Region>,
    /// 迁入地区，6位代码 / where it goes
    #[arg(long, value_name = "REGION", value_parser = shared::region, required_unless_present = "request")]
    destination: Option<Region>,
    /// 材料清单编号 / the checklist
    #[arg(long, value_name = "ID", required_unless_present = "request")]
    checklist: Option<String>,
    /// 规则包及版本 / the rule pack
    #[arg(long, value_name = "ID@VERSION", value_parser = shared::rule_pack, required_unless_present = "request")]
    rule_pack: Option<(String, i64)>,
    /// 企业的统一社会信用代码 / the firm's code
    #[arg(long, value_name = "USCC", value_parser = shared::uscc, requires = "folder")]
    firm_uscc: Option<Uscc>,
    /// 企业名称 / its name
    #[arg(long, value_name = "NAME", value_parser = shared::words, requires = "folder")]
    firm_name: Option<String>,
    /// 曾用名，可附最后使用日和证明附件名 / a name it had, with its last day and the attachment that shows it
    #[arg(long, value_name = "NAME[@UNTIL[=EVIDENCE]]", value_parser = former_name, requires = "folder")]
    former_name: Vec<FormerlyNamed>,
    #[command(flatten)]
    own: OwnDatabase,
}

#[derive(Debug, Args)]
pub struct Facts {
    /// 草稿文件夹，或本地数据库里草稿的编号 / the draft's folder, or the id of one in the local database
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// 事实；名称以 _fen 结尾的金额以分为单位 / facts; an amount whose name ends in _fen is whole 分
    #[arg(value_name = "KEY=VALUE", required_unless_present = "consent")]
    pub(super) facts: Vec<String>,
    /// 加入一份同意书（JSON） / add a consent
    #[arg(long, value_name = "FILE")]
    pub(super) consent: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) own: OwnDatabase,
}

#[derive(Debug, Args)]
pub struct Show {
    /// 草稿文件夹 / the draft
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

fn former_name(text: &str) -> Result<FormerlyNamed, String> {
    FormerlyNamed::parse(text)
        .map_err(|error| usage::either("曾用名写成 名称[@最后使用日[=附件名]]，日期如 2026-09-10", &error))
}

pub fn new(args: &New, voice: Voice) -> Result<ExitCode, Failure> {
    let (Some(folder), Some(uscc), Some(name), Some(origin)) =
        (&args.folder, args.firm_uscc, &args.firm_name, args.origin)
    else {
        return kept(args, voice);
    };
    let purpose = match (&args.request, args.aud, args.scenario, args.destination) {
        (Some(request), ..) => Purpose::Answer(request),
        (None, Some(aud), Some(scenario), Some(destination)) => Purpose::Unasked(Unasked {
            aud,
            scenario,
            destination,
            checklist_id: args.checklist.clone().unwrap_or_default(),
            rule_pack: args.rule_pack.clone().unwrap_or_default(),
        }),
        // The arguments of `New` leave no other way.
        _ => return Err(incomplete()),
    };
    let firm = NamedFirm { uscc, name: name.clone(), origin, former_names: args.former_name.clone() };
    new_dossier(folder, &purpose, &firm)?;
    if args.request.is_some() {
        voice.advise(voice.lang.pick(
            "草稿按请求填写；请求的签名未在此核验，可用 zizhi request show 查看",
            "the draft follows the request; its signature was not checked here, see zizhi request show",
        ));
    }
    shared::written(folder, voice);
    Ok(ExitCode::SUCCESS)
}

/// A draft of the local database; a request that is answered is taken in with it.
fn kept(args: &New, voice: Voice) -> Result<ExitCode, Failure> {
    let desk = OwnDesk::open(&args.own, voice)?;
    let firm = desk.firm();
    let begun = match (&args.request, args.aud, args.scenario, args.destination, &args.rule_pack) {
        (Some(request), ..) => {
            let listed = requests_stored::import(&firm, request)?;
            draft_begin::begin(&firm, &draft_begin::Purpose::Answer(&listed.known.request.jti))?
        }
        (None, Some(aud), Some(scenario), Some(destination), Some(pack)) => {
            desk.has_pack(&destination, pack)?;
            let checklist_id = args.checklist.as_deref().unwrap_or_default();
            let purpose =
                draft_begin::Purpose::Unasked { scenario, destination, aud, checklist_id, pack_id: &pack.0 };
            draft_begin::begin(&firm, &purpose)?
        }
        // The arguments of `New` leave no other way.
        _ => return Err(incomplete()),
    };
    voice.data(&begun.id);
    voice.talk(voice.lang.pick(
        "草稿在本地数据库里，窗口中可见；以后的命令用上面的编号",
        "the draft is in the local database, and the window shows it; further commands name it by the id above",
    ));
    if begun.continued {
        voice.talk(voice.lang.pick(
            "注意：这份请求已有草稿在准备，接着用它，没有另建；请在窗口中核对里面已有的内容",
            "note: a draft in work answers this request already; it goes on and no other was begun: look in the window at what it holds",
        ));
        super::kept::tell_open(&desk.firm(), &begun.id, voice)?;
    } else {
        super::kept::tell_chosen(&desk.firm(), &begun.id, voice)?;
    }
    Ok(ExitCode::SUCCESS)
}

pub fn facts(args: &Facts, voice: Voice) -> Result<ExitCode, Failure> {
    if let Some(id) = super::kept::id(&args.draft) {
        return super::kept::facts(args, id, voice);
    }
    let mut folder = DraftFolder::read(&args.draft)?;
    state(&mut folder, &args.facts, &args.consent)?;
    for (name, value) in &folder.draft.facts {
        voice.data(&format!("{}  {value}", crate::render::style::safe(name)));
    }
    Ok(ExitCode::SUCCESS)
}

pub fn show(args: &Show, voice: Voice) -> Result<ExitCode, Failure> {
    let folder = DraftFolder::read(&args.folder)?;
    let shown = preview(&folder)?;
    if args.json {
        voice.data(&json!(shown).to_string());
    } else {
        voice.data(dossier::draft(&shown, voice).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

fn incomplete() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed(
            "没有说明答复哪份请求或交给谁。",
            "nothing says which request is answered or who it is for",
        ),
        Text::fixed(
            "请用 --request，或给出 --aud、--scenario、--destination。",
            "use --request, or --aud, --scenario and --destination",
        ),
    )
}
