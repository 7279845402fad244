//! `zizhi trust`, the publishing side: a repository in a folder, changed and signed.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use zizhi_app::author_trust::{Change, Grant, Published, Signers, author_trust, pack_trust};
use zizhi_app::check_rules::Severity;
use zizhi_app::init_demo_trust::init_demo_trust;
use zizhi_app::{Failure, Output, SystemHost};
use zizhi_model::Uscc;

use super::super::shared;
use crate::lang::Lang;
use crate::render::trust;
use crate::say::Voice;

#[derive(Debug, Subcommand)]
pub enum Author {
    /// 建立演示用信任数据，带全部新密钥 / make a demo repository with fresh keys
    #[command(after_help = "示例 / Examples:
  zizhi trust init-demo 演示信任数据
  zizhi trust pack 演示信任数据 -o 演示.zztrust")]
    InitDemo {
        /// 新文件夹 / a new folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// 登记一家机构，或更新其登记 / register an issuer, or replace its record
    #[command(after_help = "示例 / Examples:
  zizhi trust add-issuer 信任数据/ 某孵化器.json --level ministry_standard \\
      --may-issue business-licence=attested,high-tech-enterprise=attested
  zizhi trust add-issuer 信任数据/ 某孵化器.json --may-issue innovation-voucher=none \\
      --key 安徽密钥.jwk --key 分发密钥.jwk

单位导出的登记文件没有级别，只申请它自己出具的凭证：级别和背书范围由登记部门用这两项写入。
A record as an organisation exports it has no level and asks for its own papers alone: level and what it may attest are
for the province, by these two options.

级别 / levels: ministry_excellent 卓越级 · ministry_standard 标准级 · national_legacy 国家级（原） ·
  provincial 省级 · municipal 市级 · maker_space_national 国家备案众创空间 ·
  maker_space_provincial 省级备案众创空间 · university_park 大学科技园 ·
  accelerator 加速器 · other 其他
来源 / provenance: direct 签发方直签 · attested 孵化器核验背书 · none 不可签发")]
    AddIssuer {
        #[command(flatten)]
        folder: Folder,
        /// 登记文件（docs/formats.md 第3节） / the record
        #[arg(value_name = "RECORD.json")]
        record: PathBuf,
        /// 孵化器级别，代替登记文件中的 / the level of an incubator, in place of the record's
        #[arg(long, value_name = "LEVEL")]
        level: Option<String>,
        /// 可以签发的类型和来源，用逗号分开；代替登记文件中该类型的 / what it may issue, in place of what the record has of the type
        #[arg(long, value_name = "TYPE=PROVENANCE", value_delimiter = ',')]
        may_issue: Vec<String>,
    },
    /// 给机构换新密钥，旧密钥保留供核验旧凭证 / give an issuer a new key; the old one stays listed
    RotateKey {
        #[command(flatten)]
        folder: Folder,
        /// 机构 / the issuer
        #[arg(long, value_name = "USCC", value_parser = shared::uscc)]
        issuer: Uscc,
        /// 新公钥文件 / the new public key
        #[arg(long, value_name = "FILE")]
        new: PathBuf,
        /// 用途，用逗号分开 / what it may sign
        #[arg(
            long,
            value_name = "USE",
            value_delimiter = ',',
            default_value = "credential,status,decision,request,report"
        )]
        uses: Vec<String>,
        /// 用它签名的枢纽，只与 --uses hub 同用 / the hub that signs with it, exactly with --uses hub
        #[arg(long, value_name = "HUB")]
        hub: Option<String>,
        /// 启用时间，默认现在 / from when; now by default
        #[arg(long, value_name = "TIME", value_parser = shared::time)]
        from: Option<DateTime<Utc>>,
    },
    /// 撤销机构的一把密钥 / revoke a key of an issuer
    RevokeKey {
        #[command(flatten)]
        folder: Folder,
        /// 机构 / the issuer
        #[arg(long, value_name = "USCC", value_parser = shared::uscc)]
        issuer: Uscc,
        /// 密钥编号，见 zizhi trust show --issuer / the key's id
        #[arg(long, value_name = "KID", allow_hyphen_values = true)]
        kid: String,
        /// 撤销时间，默认现在 / from when; now by default
        #[arg(long, value_name = "TIME", value_parser = shared::time)]
        revoked_at: Option<DateTime<Utc>>,
        /// 原因 / why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// 发布规则包或其新版本 / publish a rule pack
    AddRules {
        #[command(flatten)]
        folder: Folder,
        /// 规则包文件 / the pack
        #[arg(value_name = "PACK.json")]
        pack: PathBuf,
        /// 发布的省份，两位代码 / the province that publishes it
        #[arg(long, value_name = "NN")]
        province: Option<String>,
    },
    /// 发布凭证类型说明（需三省签名） / publish type metadata; three provinces sign
    AddType {
        #[command(flatten)]
        folder: Folder,
        /// 类型说明文件 / the metadata
        #[arg(value_name = "TYPE.json")]
        file: PathBuf,
    },
    /// 放入签发方已签名的吊销名单 / put in a status list that its issuer signed
    AddStatus {
        #[command(flatten)]
        folder: Folder,
        /// 吊销名单 / the token
        #[arg(value_name = "LIST.jwt")]
        token: PathBuf,
        /// 即使它使已撤销或注销的凭证不再失效 / even if it makes valid again what was revoked or ended
        #[arg(long)]
        force: bool,
    },
    /// 签发新的时间戳和快照 / sign a new timestamp and snapshot
    Sign {
        #[command(flatten)]
        folder: Folder,
        /// 所有角色都重新签名 / sign every role anew
        #[arg(long)]
        renew: bool,
    },
    /// 更换一省的根密钥或分发方密钥 / replace a province's root key, or the distributor's
    RotateRoot {
        #[command(flatten)]
        folder: Folder,
        /// 旧公钥文件 / the old public key
        #[arg(long, value_name = "FILE")]
        old: PathBuf,
        /// 新公钥文件 / the new public key
        #[arg(long, value_name = "FILE")]
        new: PathBuf,
    },
    /// 更换一省登记用的密钥 / replace the key with which a province signs its issuers and rules
    RotateProvince {
        #[command(flatten)]
        folder: Folder,
        /// 省份，两位代码 / two digits
        #[arg(long, value_name = "NN")]
        province: String,
        /// 新公钥文件 / the new public key
        #[arg(long, value_name = "FILE")]
        new: PathBuf,
    },
    /// 打成一个 .zztrust 文件 / pack into one file
    Pack {
        /// 信任数据文件夹 / the repository
        #[arg(id = "repository", value_name = "DIR")]
        folder: PathBuf,
        /// 写到哪里 / where to
        #[arg(short = 'o', long, value_name = "X.zztrust", visible_alias = "out")]
        output: PathBuf,
        /// 替换已存在的文件 / replace a file that is there
        #[arg(long)]
        force: bool,
        /// 输出JSON / print JSON
        #[arg(long)]
        json: bool,
    },
}

/// The repository, and who signs.
#[derive(Debug, Args)]
pub struct Folder {
    /// 信任数据文件夹 / the repository
    #[arg(id = "repository", value_name = "DIR")]
    path: PathBuf,
    /// 签名用的密钥文件或文件夹，默认 DIR/keys / key files or folders; DIR/keys by default
    #[arg(long, value_name = "FILE|DIR")]
    key: Vec<PathBuf>,
    /// 签发时间，默认现在 / time of issue; now by default
    #[arg(long, value_name = "TIME", value_parser = shared::time)]
    at: Option<DateTime<Utc>>,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Author, voice: Voice) -> Result<ExitCode, Failure> {
    let (folder, change) = match args {
        Author::InitDemo { folder } => {
            let made = init_demo_trust(folder, &SystemHost)?;
            voice.talk(&trust::made_demo(&made, folder, voice));
            voice.data(&trust::page(&made.trust, voice));
            return Ok(ExitCode::SUCCESS);
        }
        Author::Pack { folder, output, force, json } => {
            let shown = pack_trust(folder, &Output { path: output, force: *force }, &SystemHost)?;
            if *json {
                voice.data(&serde_json::to_string(&shown).unwrap_or_default());
            } else {
                voice.talk(&match voice.lang {
                    Lang::Zh => format!("已打包到 {}。", output.display()),
                    Lang::En => format!("packed into {}", output.display()),
                });
            }
            return Ok(ExitCode::SUCCESS);
        }
        Author::AddIssuer { folder, record, level, may_issue } => {
            let grant = Grant { level: level.clone(), may_issue: may_issue.clone() };
            (folder, Change::AddIssuer { record: record.clone(), grant })
        }
        Author::RotateKey { folder, issuer, new, uses, hub, from } => {
            let (new, uses, hub) = (new.clone(), uses.clone(), hub.clone());
            (folder, Change::RotateKey { issuer: *issuer, new, uses, hub, from: *from })
        }
        Author::RevokeKey { folder, issuer, kid, revoked_at, reason } => {
            let (kid, reason) = (kid.clone(), reason.clone());
            (folder, Change::RevokeKey { issuer: *issuer, kid, at: *revoked_at, reason })
        }
        Author::AddRules { folder, pack, province } => {
            (folder, Change::AddRules { pack: pack.clone(), province: province.clone() })
        }
        Author::AddType { folder, file } => (folder, Change::AddType { file: file.clone() }),
        Author::AddStatus { folder, token, force } => {
            (folder, Change::AddStatus { token: token.clone(), force: *force })
        }
        Author::Sign { folder, renew } => (folder, Change::Sign { renew: *renew }),
        Author::RotateRoot { folder, old, new } => {
            (folder, Change::RotateRoot { old: old.clone(), new: new.clone() })
        }
        Author::RotateProvince { folder, province, new } => {
            (folder, Change::RotateProvince { province: province.clone(), new: new.clone() })
        }
    };
    let signers = Signers {
        keys: folder.key.clone(),
        passphrase: std::env::var(shared::PASSPHRASE).ok().filter(|value| !value.is_empty()),
        at: folder.at,
    };
    let published = author_trust(&folder.path, &change, &signers, &SystemHost)?;
    told(&published, folder.json, voice);
    Ok(ExitCode::SUCCESS)
}

fn told(published: &Published, json: bool, voice: Voice) {
    let lacks = published.registered.iter().flat_map(|registered| trust::lacks(registered, voice));
    if json {
        voice.data(&serde_json::to_string(&published.trust).unwrap_or_default());
        lacks.for_each(|line| voice.advise(&line));
        return;
    }
    let warnings = published.remarks.iter().filter(|remark| remark.severity == Severity::Warning).count();
    if warnings > 0 {
        voice.talk(&match voice.lang {
            Lang::Zh => format!("规则包有{warnings}处提醒，可用 zizhi rules check 查看。"),
            Lang::En => format!("the rule pack has {warnings} warnings; see them with zizhi rules check"),
        });
    }
    for fingerprint in &published.fingerprints {
        voice.talk(&match voice.lang {
            Lang::Zh => format!("密钥指纹：{fingerprint}\n请打电话与该机构逐组核对。"),
            Lang::En => format!(
                "key fingerprint: {fingerprint}\ncompare it group by group with the issuer by telephone"
            ),
        });
    }
    if let Some(registered) = &published.registered {
        voice.talk(&trust::registered(registered, voice));
    }
    voice.talk(voice.lang.pick("已签名并写入。", "signed and written"));
    voice.data(&trust::page(&published.trust, voice));
    lacks.for_each(|line| voice.advise(&line));
}
