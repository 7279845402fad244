//! Adding a credential or an attachment to a draft.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zizhi_app::add_to_dossier::{Showing, add_attachment, add_credential, is_credential};
use zizhi_app::draft::{DraftDisclose, DraftFolder};
use zizhi_app::remove_from_dossier::remove;
use zizhi_app::{Failure, Host as _, SystemHost, Text};

use super::super::shared::{Passphrase, TrustFrom};
use super::kept;
use crate::lang::Lang;
use crate::render::style::safe;
use crate::say::Voice;

#[derive(Debug, Args)]
pub struct Add {
    /// 草稿文件夹，或本地数据库里草稿的编号 / the draft's folder, or the id of one in the local database
    #[arg(value_name = "DRAFT")]
    pub(super) draft: PathBuf,
    /// 凭证（.zzcred），或PDF、OFD、PNG、JPEG附件 / a credential, or an attachment
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// 凭证：披露这些字段 / credential: disclose these claims
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["disclose_all", "minimum"])]
    pub(super) disclose: Vec<String>,
    /// 凭证：披露全部字段 / credential: disclose every claim
    #[arg(long, conflicts_with = "minimum")]
    pub(super) disclose_all: bool,
    /// 凭证：只披露接收方规则包所需 / credential: disclose what the rule pack asks for and no more
    #[arg(long)]
    pub(super) minimum: bool,
    #[command(flatten)]
    pub(super) trust: TrustFrom,
    /// 附件：是什么，如 lease、business_licence_scan / attachment: what it is
    #[arg(long, value_name = "K")]
    pub(super) kind: Option<String>,
    /// 附件：给人看的名称，默认文件名 / attachment: its name; the file's by default
    #[arg(long, value_name = "N")]
    pub(super) name: Option<String>,
    /// 对应清单中的哪一项，可多次；不给时由规则判断 / the item it answers; any by default
    #[arg(long, value_name = "ITEM")]
    pub(super) answers: Vec<String>,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
}

#[derive(Debug, Args)]
pub struct Remove {
    /// 草稿文件夹 / the draft
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// 要移除的一项：草稿中的文件，或附件的名称 / what to take out: its file in the draft, or an attachment's name
    #[arg(value_name = "NAME")]
    named: String,
}

pub fn take_out(args: &Remove, voice: Voice) -> Result<ExitCode, Failure> {
    let mut folder = DraftFolder::read(&args.folder)?;
    let file = remove(&mut folder, &args.named)?;
    voice.talk(&format!("{}{}", voice.lang.pick("已从草稿移除 ", "taken out of the draft: "), safe(&file)));
    Ok(ExitCode::SUCCESS)
}

pub fn run(args: &Add, voice: Voice) -> Result<ExitCode, Failure> {
    if let Some(id) = kept::id(&args.draft) {
        return kept::add(args, id, voice);
    }
    let mut folder = DraftFolder::read(&args.draft)?;
    if is_credential(&args.file)? {
        credential(args, &mut folder, voice)
    } else {
        attachment(args, &mut folder, voice)
    }
}

fn credential(args: &Add, folder: &mut DraftFolder, voice: Voice) -> Result<ExitCode, Failure> {
    let lang = voice.lang;
    let library;
    let showing = if args.disclose_all {
        Showing::All
    } else if args.minimum {
        library = args.trust.open(SystemHost.now())?;
        Showing::Minimum(&library)
    } else if args.disclose.is_empty() {
        return Err(no_choice());
    } else {
        Showing::Only(&args.disclose)
    };
    let added = add_credential(folder, &args.file, showing, &args.answers)?;
    let title = added.title.as_ref().map_or_else(|| safe(&added.entry.kind), |title| safe(lang.of(title)));
    let shows = match &added.entry.disclose {
        DraftDisclose::All(_) => lang.pick("披露全部字段", "every claim is disclosed").to_owned(),
        DraftDisclose::Only(paths) => shows(paths, lang),
    };
    voice.data(&format!("{}  {title}  {shows}", added.entry.file));
    if let Some(other) = &added.of_other {
        voice.talk(&match lang {
            Lang::Zh => format!("注意：这份凭证的持有者是 {}，不是本企业；分支机构须在 facts 的 related 中列明", safe(other)),
            Lang::En => format!("note: this credential is about {}, not this firm; a branch has to be named in the fact `related`", safe(other)),
        });
    }
    Ok(ExitCode::SUCCESS)
}

/// The claims that a credential shows, in words.
pub(super) fn shows(paths: &[String], lang: Lang) -> String {
    if paths.is_empty() {
        return lang.pick("只有总是可见的字段", "only what is always visible").to_owned();
    }
    format!("{}{}", lang.pick("披露：", "discloses: "), safe(&paths.join(" ")))
}

fn attachment(args: &Add, folder: &mut DraftFolder, voice: Voice) -> Result<ExitCode, Failure> {
    let kind = args.kind.as_deref().ok_or_else(no_kind)?;
    let added = add_attachment(folder, &args.file, kind, args.name.as_deref(), &args.answers);
    let added = added.map_err(named_here)?;
    voice.data(&format!(
        "{}  {}  [{}]  {}  {} B",
        added.file,
        safe(&added.name),
        safe(&added.kind),
        added.media_type,
        added.size
    ));
    Ok(ExitCode::SUCCESS)
}

/// A refusal of a name, with how it is given here.
pub(super) fn named_here(failure: Failure) -> Failure {
    if failure.code != "DRAFT-NAME" {
        return failure;
    }
    let advice = Text::fixed(
        "请用 --name 给它普通的文件名：不为空，不含斜杠、冒号等符号和换行，不超过255字节。",
        "give it a plain file name with --name: not empty, without slashes, colons and the like and without line breaks, at most 255 bytes",
    );
    Failure { advice, ..failure }
}

pub(super) fn no_choice() -> Failure {
    Failure::input(
        "DISCLOSE-CHOICE",
        Text::fixed(
            "没有说明这份凭证披露哪些字段，没有加入档案。",
            "nothing says what this credential discloses; it was not added",
        ),
        Text::fixed(
            "请用 --minimum（规则所需）、--disclose 字段… 或 --disclose-all；可选字段见 zizhi credential claims。",
            "use --minimum for what the rules ask, --disclose PATH… or --disclose-all; zizhi credential claims lists the claims",
        ),
    )
}

pub(super) fn no_kind() -> Failure {
    Failure::input(
        "ATTACH-KIND",
        Text::fixed(
            "没有说明附件是什么，没有加入档案。",
            "nothing says what the attachment is; it was not added",
        ),
        Text::fixed(
            "请用 --kind，例如 lease 租赁合同、business_licence_scan 营业执照扫描件，以材料清单为准。",
            "use --kind, such as lease or business_licence_scan, as the checklist has it",
        ),
    )
}
