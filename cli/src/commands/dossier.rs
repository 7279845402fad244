//! `zizhi dossier`: a firm prepares, checks, signs and seals what it hands over.

mod add;
mod finish;
mod kept;
mod prepare;
mod receive;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use zizhi_app::Failure;

use crate::say::Voice;

/// 档案 / dossiers
#[derive(Debug, Args)]
pub struct Dossier {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 建立档案草稿文件夹 / begin a draft folder
    #[command(after_help = "示例 / Examples:
  zizhi dossier new 草稿 --request 请求.zzrequest --firm-uscc 91340100DEM000014D \\
      --firm-name 合肥星河量子传感技术有限公司【演示】 --origin 340104
  zizhi dossier new 草稿 --aud 91310117DEM000030B --scenario branch_operation \\
      --origin 340104 --destination 310117 --checklist SJ-BRANCH --rule-pack sh-songjiang@3 \\
      --firm-uscc 91340100DEM000014D --firm-name …
  zizhi dossier new --data 数据 --request 请求.zzrequest

不给文件夹时，草稿建在本地数据库里（请求一并收下），窗口中可见；印出草稿编号，供 add、facts、check、sign、seal 使用。
Without a folder the draft is begun in the local database, which takes the request in with it, and the window shows it.
Its id is printed, for add, facts, check, sign and seal.

退出码 / Exit codes: 0 已建立 · 2 没有建立")]
    New(prepare::New),
    /// 加入凭证或附件 / add a credential or an attachment
    #[command(after_help = "示例 / Examples:
  zizhi dossier add 草稿 在孵证明.zzcred --minimum --trust 长三角.zztrust
  zizhi dossier add 草稿 高企.zzcred --disclose number valid_until --answers high-tech
  zizhi dossier add 草稿 租赁合同.pdf --kind lease
  zizhi dossier add 019a… 在孵证明.zzcred --minimum --data 数据

附件按内容识别：PDF、OFD、PNG、JPEG。凭证必须说明披露什么，没有默认值。
Attachments are recognised by content. What a credential discloses has to be said; there is no default.
本地数据库里的草稿写编号；还没有持有的凭证先收入库中。
A draft of the local database is named by its id; a credential that is not held yet is taken in first.")]
    Add(add::Add),
    /// 从草稿移除凭证或附件 / take a credential or an attachment out of a draft
    #[command(after_help = "示例 / Examples:
  zizhi dossier remove 草稿 attachments/003.pdf
  zizhi dossier remove 草稿 租赁合同.pdf")]
    Remove(add::Remove),
    /// 填写企业自述的事实和同意书 / what the firm says of itself; consents
    #[command(after_help = "示例 / Examples:
  zizhi dossier facts 草稿 rd_staff_at_destination_percent=60
  zizhi dossier facts 草稿 'related=[{\"uscc\":\"91310117DEM0000498\",\"relation\":\"branch\"}]'
  zizhi dossier facts 草稿 --consent 同意书.json
  zizhi dossier facts 019a… --data 数据 redemption.amount_fen=300000   （3 000 元 / ¥3,000）

内容为空即删除。An empty value takes the fact out.
名称以 _fen 结尾的金额是以分为单位的整数；本地数据库的草稿也可以带单位写，如 3000元。
An amount whose name ends in _fen is whole 分; for a draft of the local database it may have a unit, such as 3000元.")]
    Facts(prepare::Facts),
    /// 查看草稿：将披露什么、附件、自述 / look at a draft
    #[command(after_help = "示例 / Example:
  zizhi dossier show 草稿")]
    Show(prepare::Show),
    /// 自检：按接收方的做法核验草稿 / check a draft as the destination would
    #[command(after_help = "示例 / Example:
  zizhi dossier check 草稿 --key 企业.zzkey --trust 长三角.zztrust
  zizhi dossier check 019a… --data 数据

退出码 / Exit codes: 0 通过或有条件通过 · 1 不通过 · 3 待联网复核 · 2 草稿无法使用")]
    Check(finish::Check),
    /// 签署：生成 .zzdossier / sign it into a .zzdossier
    #[command(after_help = "示例 / Example:
  zizhi dossier sign 草稿 --key 企业.zzkey -o 星河.zzdossier
  zizhi dossier sign 019a… --data 数据 -o 星河.zzdossier

本地数据库里的草稿用其中的密钥签署，档案存入数据库。A draft of the local database is signed with the key in it, and kept.
签署前显示将签署的全部内容并请求确认；脚本中用 --yes。
What will be signed is shown first, and confirmed; use --yes in scripts.")]
    Sign(finish::Sign),
    /// 加密：只有接收方能打开 / seal it for the destination
    #[command(after_help = "示例 / Examples:
  zizhi dossier seal 星河.zzdossier --trust 长三角.zztrust -o 星河.zzdossier.age
  zizhi dossier seal 星河.zzdossier --to age1… -o 星河.zzdossier.age
  zizhi dossier seal 019a… --data 数据 -o 星河.zzdossier.age")]
    Seal(finish::Seal),
    /// 打开档案看清单，取出附件（不是核验）；加 --operator 收件 / look inside, take attachments out; with --operator take it in
    #[command(after_help = "示例 / Examples:
  zizhi dossier open 星河.zzdossier
  zizhi dossier open 星河.zzdossier.age --identity 收件密钥.txt --extract 附件/
  zizhi dossier open 星河.zzdossier.age --operator 经办人 --data 数据

给出 --operator 时收件：在本地数据库里核验并记入台账，印出办件编号；加密的用库中的收件密钥打开。
With --operator it is taken in: verified, and noted as a case of the local database, whose number is printed. What is
sealed opens with the inbox key there.

退出码 / Exit codes: 0 清单与文件相符 · 1 不符 · 2 文件无法读取；收件时：0 通过或有条件通过 · 1 不通过 · 3 待定 · 2 没有收件")]
    Open(finish::Open),
}

/// Runs the command.
pub fn run(args: &Dossier, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::New(args) => prepare::new(args, voice),
        Verb::Add(args) => add::run(args, voice),
        Verb::Remove(args) => add::take_out(args, voice),
        Verb::Facts(args) => prepare::facts(args, voice),
        Verb::Show(args) => prepare::show(args, voice),
        Verb::Check(args) => finish::check(args, voice),
        Verb::Sign(args) => finish::sign(args, voice),
        Verb::Seal(args) => finish::seal(args, voice),
        Verb::Open(args) => finish::open(args, voice),
    }
}
