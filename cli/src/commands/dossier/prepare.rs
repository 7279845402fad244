//! Beginning a draft, stating facts, looking at it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use zizhi_app::add_to_dossier::state;
use zizhi_app::draft::{DraftFolder, preview};
use zizhi_app::new_dossier::{FormerlyNamed, NamedFirm, Purpose, Unasked, new_dossier};
use zizhi_app::{Failure, Text};
use zizhi_model::{Region, Scenario, Uscc};

use super::super::shared;
use crate::render::dossier;
use crate::say::Voice;

#[derive(Debug, Args)]
pub struct New {
    /// 新文件夹 / a new folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// 要答复的请求 / the request to answer
    #[arg(long, value_name = "R", conflicts_with_all = ["aud", "scenario", "destination", "checklist", "rule_pack"])]
    request: Option<PathBuf>,
    /// 接收单位（没有请求时） / the destination, without a request
    #[arg(long, value_name = "USCC", value_parser = shared::uscc, required_unless_present = "request")]
    aud: Option<Uscc>,
    /// 情形 / the scenario
    #[arg(long, value_name = "SCENARIO", value_parser = shared::scenario, required_unless_present = "request")]
    scenario: Option<Scenario>,
    /// 迁出地区，6位代码 / where the firm is
    #[arg(long, value_name = "REGION", value_parser = shared::region)]
    origin: Region,
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
    #[arg(long, value_name = "USCC", value_parser = shared::uscc)]
    firm_uscc: Uscc,
    /// 企业名称 / its name
    #[arg(long, value_name = "NAME", value_parser = shared::words)]
    firm_name: String,
    /// 曾用名，可附最后使用日和证明附件名 / a name it had, with its last day and the attachment that shows it
    #[arg(long, value_name = "NAME[@UNTIL[=EVIDENCE]]", value_parser = FormerlyNamed::parse)]
    former_name: Vec<FormerlyNamed>,
}

#[derive(Debug, Args)]
pub struct Facts {
    /// 草稿文件夹 / the draft
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// 事实 / facts
    #[arg(value_name = "KEY=VALUE", required_unless_present = "consent")]
    facts: Vec<String>,
    /// 加入一份同意书（JSON） / add a consent
    #[arg(long, value_name = "FILE")]
    consent: Vec<PathBuf>,
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

pub fn new(args: &New, voice: Voice) -> Result<ExitCode, Failure> {
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
    let firm = NamedFirm {
        uscc: args.firm_uscc,
        name: args.firm_name.clone(),
        origin: args.origin,
        former_names: args.former_name.clone(),
    };
    new_dossier(&args.folder, &purpose, &firm)?;
    if args.request.is_some() {
        voice.advise(voice.lang.pick(
            "草稿按请求填写；请求的签名未在此核验，可用 zizhi request show 查看",
            "the draft follows the request; its signature was not checked here, see zizhi request show",
        ));
    }
    shared::written(&args.folder, voice);
    Ok(ExitCode::SUCCESS)
}

pub fn facts(args: &Facts, voice: Voice) -> Result<ExitCode, Failure> {
    let mut folder = DraftFolder::read(&args.folder)?;
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
