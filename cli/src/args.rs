//! The command line, in the order in which a dossier comes to be.

use clap::{Parser, Subcommand};

use crate::commands::{rules, trust, verify};
use crate::lang::Lang;

/// 资质通：跨省资质互认档案的签发、准备与离线核验
#[derive(Debug, Parser)]
#[command(name = "zizhi", version, about, max_term_width = 100)]
pub struct Args {
    /// 界面语言 / language of the talk
    #[arg(long, global = true, env = "ZIZHI_LANG", default_value = "zh")]
    pub lang: Lang,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 离线核验档案文件或文件夹 / verify dossiers, offline
    Verify(verify::Verify),
    /// 检查规则包，试算条件，查询凭证 / check rule packs, try conditions, query credentials
    Rules(rules::Rules),
    /// 导入、查看、更新和发布信任数据 / import, show, refresh and publish trust data
    Trust(trust::Trust),
}
