//! The command line, in the order in which a dossier comes to be.

use clap::{Parser, Subcommand};

use crate::commands::{
    completions, credential, db, decide, decision, demo, dossier, key, log, request, rules, status, sync,
    trust, verify, voucher,
};
use crate::lang::Lang;

/// 资质通：跨省资质互认档案的签发、准备与离线核验 / qualification dossiers across provinces
#[derive(Debug, Parser)]
#[command(name = "zizhi", version, max_term_width = 100)]
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
    /// 生成、查看和导出密钥 / make, show and export keys
    Key(key::Key),
    /// 签发、出示和检查凭证 / issue, present and inspect credentials
    Credential(credential::Credential),
    /// 建立、修改和读取凭证吊销名单 / build, change and read status lists
    Status(status::Status),
    /// 迁入地向企业索取档案的请求 / requests for a dossier
    Request(request::Request),
    /// 企业准备、自检、签署和加密档案 / prepare, check, sign and seal a dossier
    Dossier(dossier::Dossier),
    /// 离线核验档案文件或文件夹 / verify dossiers, offline
    Verify(verify::Verify),
    /// 对核验过的档案作出并签署决定 / decide on a verified dossier and sign it
    Decide(decide::Decide),
    /// 企业阅读决定 / read a decision
    Decision(decision::Decision),
    /// 检查规则包，试算条件，查询凭证 / check rule packs, try conditions, query credentials
    Rules(rules::Rules),
    /// 导入、查看、更新和发布信任数据 / import, show, refresh and publish trust data
    Trust(trust::Trust),
    /// 与枢纽同步，或用 U 盘交换 / synchronise with the hub, or exchange by a stick
    Sync(sync::Sync),
    /// 创新券：登记、预约、核销、裁定、兑付和对账 / innovation vouchers
    Voucher(voucher::Voucher),
    /// 检查、备份和恢复本地数据库 / check, back up and restore the local database
    Db(db::Db),
    /// 验证操作日志没有被改动 / prove that the activity log was not altered
    Log(log::Log),
    /// 生成演示文件并逐份核验 / make the demonstration and verify it
    Demo(demo::Demo),
    /// 生成命令补全脚本 / shell completions
    Completions(completions::Completions),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    /// Columns on a terminal: Chinese characters and their punctuation take two.
    fn width(line: &str) -> usize {
        line.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum()
    }

    /// Examples are copied: a line that the terminal's help breaks by itself would not run.
    fn look(command: &clap::Command, wide: &mut Vec<String>) {
        let said = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        wide.extend(said.lines().filter(|line| line.starts_with(' ') && width(line) > 98).map(str::to_owned));
        command.get_subcommands().for_each(|below| look(below, wide));
    }

    #[test]
    fn no_example_is_broken_by_the_help() {
        let mut wide = Vec::new();
        look(&super::Args::command(), &mut wide);
        assert!(wide.is_empty(), "wider than the help: {wide:#?}");
    }
}
