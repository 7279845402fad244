//! What a file is by its content, so that a person who chose the wrong one is told what it is and where it belongs.
//!
//! It reads claims that nobody has verified, and nothing follows from it but words.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use serde_json::Value;
use zizhi_credential::sdjwt;
use zizhi_crypto::jws;
use zizhi_dossier::{MANIFEST, Opened};
use zizhi_model::Limits;

use crate::decide::{REPORT_TYP, VCT};
use crate::failure::{Failure, told};
use crate::files;
use crate::verify_file::{begins, is_named_sealed, is_sealed};

/// Entries of a trust package begin so, those of a dossier one of these ways.
const TRUST: &str = "metadata/";
const DOSSIER: [&str; 3] = [MANIFEST, "credentials/", "attachments/"];
/// The type of a status list (draft-ietf-oauth-status-list, section 5.1).
const STATUS_LIST: &str = "statuslist+jwt";
/// What every document of the newer Office programs holds.
const OFFICE: &str = "[Content_Types].xml";

/// The kinds of file that somebody may take for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A dossier, be it sealed or damaged.
    Dossier,
    /// A credential, as issued or as presented.
    Credential,
    /// A decision.
    Decision,
    /// A request.
    Request,
    /// A signed report.
    Report,
    /// A status list.
    StatusList,
    /// A package of trust data.
    Trust,
    /// A backup.
    Backup,
    /// Something signed that cannot be read.
    Unread,
    /// Nothing of this program's: what it seems to be.
    Other(Words),
}

/// Whether a refusal of this code says that a file is something else than what was expected.
#[must_use]
pub fn is_of_other_file(code: &str) -> bool {
    code.starts_with("FILE-")
}

/// What a file is called in both languages.
type Words = (&'static str, &'static str);

/// What the file at `path` is.
///
/// # Errors
/// `IO-READ`.
pub fn kind_of(path: &Path) -> Result<FileKind, Failure> {
    let unreadable = |error| Failure::unreadable(path, error);
    let mut file = File::open(path).map_err(unreadable)?;
    if is_sealed(&mut file).map_err(unreadable)? {
        return Ok(if ends_in(path, "zzbackup") { FileKind::Backup } else { FileKind::Dossier });
    }
    if is_named_sealed(path) {
        return Ok(FileKind::Dossier);
    }
    let opened = zizhi_dossier::open(&mut file, &Limits::default()).map_err(unreadable)?;
    opened_kind(path, &mut file, &opened)
}

/// What a file is that was opened as a dossier; `file` holds the bytes that were.
///
/// # Errors
/// `IO-READ`.
pub(crate) fn opened_kind(path: &Path, file: &mut File, opened: &Opened) -> Result<FileKind, Failure> {
    if !opened.entries.is_empty() {
        return Ok(of_entries(path, &opened.entries));
    }
    let unreadable = |error| Failure::unreadable(path, error);
    file.rewind().map_err(unreadable)?;
    let seems = zizhi_dossier::looks(&mut *file).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    Ok(match seems {
        Some("signed") => {
            let mut text = String::new();
            let most = Limits::default().credential_bytes;
            let whole = file.take(most).read_to_string(&mut text);
            let kind = whole.ok().and_then(|_| of_signed(text.trim()));
            kind.unwrap_or(FileKind::Unread)
        }
        // Nothing of it was copied.
        Some("empty") if ends_in(path, "zzdossier") => FileKind::Dossier,
        Some(word) => FileKind::Other(called(word)),
        // The directory of an archive stands at its end: one that was cut off has lost it.
        None if ends_in(path, "zzdossier") || begins(file, b"PK").map_err(unreadable)? => FileKind::Dossier,
        None => FileKind::Other(called("")),
    })
}

fn of_entries(path: &Path, entries: &[String]) -> FileKind {
    let any = |beginning: &str| entries.iter().any(|name| name.starts_with(beginning));
    if DOSSIER.iter().any(|beginning| any(beginning)) || ends_in(path, "zzdossier") && !any(OFFICE) {
        FileKind::Dossier
    } else if any(TRUST) {
        FileKind::Trust
    } else {
        FileKind::Other(called(if any(OFFICE) { "office" } else { "archive" }))
    }
}

/// What was signed, by the type in its header.
fn of_signed(text: &str) -> Option<FileKind> {
    let jwt = text.split('~').next().unwrap_or_default();
    let signed = jws::Unverified::parse(jwt, &Limits::default()).ok()?;
    Some(match signed.header().typ.as_deref()? {
        sdjwt::TYP | sdjwt::TYP_BEFORE => {
            let payload: Value = serde_json::from_slice(signed.payload()).ok()?;
            let decides = payload.get("vct").and_then(Value::as_str) == Some(VCT);
            if decides { FileKind::Decision } else { FileKind::Credential }
        }
        zizhi_dossier::request::TYP => FileKind::Request,
        REPORT_TYP => FileKind::Report,
        STATUS_LIST => FileKind::StatusList,
        _ => return None,
    })
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

const fn called(word: &str) -> Words {
    match word.as_bytes() {
        b"pdf" => ("一个 PDF 文件", "a PDF"),
        b"image" => ("一张图片", "a picture"),
        b"media" => ("一段音频或视频", "a recording"),
        b"office" => ("一份办公文档（Word、Excel 等）", "an office document (Word, Excel or the like)"),
        b"archive" => ("一个压缩文件", "a compressed file"),
        b"text" => ("一个文本文件", "a text file"),
        b"empty" => ("一个空文件", "an empty file"),
        _ => ("其他程序的文件", "a file of some other program"),
    }
}

impl FileKind {
    /// The kind in the middle of a sentence.
    const fn words(self) -> Words {
        match self {
            Self::Dossier => ("一份互认档案", "a dossier"),
            Self::Credential => ("一份资质凭证", "a credential"),
            Self::Decision => ("一份互认决定", "a decision"),
            Self::Request => ("一份索取档案的请求", "a request for a dossier"),
            Self::Report => ("一份签名的核验报告", "a signed report of a verification"),
            Self::StatusList => ("一份吊销名单", "a status list"),
            Self::Trust => ("一个信任数据包", "a package of trust data"),
            Self::Backup => ("一份数据库备份", "a backup of a database"),
            Self::Unread => ("一份读不懂的签名文件", "a signed file that cannot be read"),
            Self::Other(words) => words,
        }
    }

    /// The code by which the window knows where the file belongs.
    const fn code(self) -> &'static str {
        match self {
            Self::Dossier => "FILE-DOSSIER",
            Self::Credential => "FILE-CREDENTIAL",
            Self::Decision => "FILE-DECISION",
            Self::Request => "FILE-REQUEST",
            Self::Report => "FILE-REPORT",
            Self::Trust => "FILE-TRUST",
            Self::Backup => "FILE-BACKUP",
            Self::StatusList | Self::Unread | Self::Other(_) => "FILE-OTHER",
        }
    }

    /// Where such a file goes.
    const fn place(self) -> Words {
        match self {
            Self::Dossier => ("档案请在“核验”中打开。", "open a dossier under “verify”"),
            Self::Credential => (
                "资质凭证由持证企业在“资质凭证”中导入。",
                "its firm imports a credential among those it holds",
            ),
            Self::Decision => (
                "互认决定由企业在“请求与决定”中导入。",
                "the firm imports a decision under “requests and decisions”",
            ),
            Self::Request => (
                "请求由企业在“请求与决定”中导入。",
                "the firm imports a request under “requests and decisions”",
            ),
            Self::Report => (
                "核验报告供人查阅、留存，不需要导入；要重新核验，请打开原来的档案。",
                "a report is for reading and keeping; to verify again, open the dossier itself",
            ),
            Self::StatusList => ("吊销名单随信任数据一起导入。", "a status list comes with the trust data"),
            Self::Trust => ("信任数据请在“信任数据”中导入。", "import trust data under “trust data”"),
            Self::Backup => ("备份请在“备份与恢复”中打开。", "open a backup under “backup and restore”"),
            Self::Unread | Self::Other(_) => ("请确认选对了文件。", "check that this is the right file"),
        }
    }

    /// Says that this is not what was `wanted`, and where it belongs.
    #[must_use]
    pub fn instead_of(self, wanted: Self, path: &Path) -> Failure {
        let ((zh, en), (wanted_zh, wanted_en, source_zh, source_en)) = (self.words(), wanted.expected());
        let (place_zh, place_en) = self.place();
        let name = files::file_name(path);
        Failure::input(
            self.code(),
            told(
                format!("“{name}”是{zh}，不是{wanted_zh}，没有读入任何内容。"),
                format!("“{name}” is {en} and not {wanted_en}; nothing of it was read"),
            ),
            told(format!("{place_zh}{source_zh}"), format!("{place_en}; {source_en}")),
        )
    }

    /// Says at the command line that this is no decision, and which command takes it.
    pub(crate) fn read_as_a_decision(self, path: &Path) -> Failure {
        let ((zh, en), (command_zh, command_en)) = (self.words(), self.command());
        let path = path.display();
        Failure::input(
            "DECISION-TYPE",
            told(
                format!("{path} 是{zh}，不是互认决定，没有读取。"),
                format!("{path} is {en} and no decision; it was not read"),
            ),
            told(
                format!("{command_zh}决定是 .zzdecision 文件。"),
                format!("{command_en}; a decision is a .zzdecision"),
            ),
        )
    }

    /// Which command takes such a file.
    const fn command(self) -> Words {
        match self {
            Self::Dossier => (
                "核验档案用 zizhi verify，加密的再加 --identity；查看内容用 zizhi dossier open。",
                "verify a dossier with zizhi verify, a sealed one with --identity as well; look into it with zizhi \
                 dossier open",
            ),
            Self::Credential => {
                ("查看凭证用 zizhi credential inspect。", "look at it with zizhi credential inspect")
            }
            Self::Request => (
                "查看请求用 zizhi request show，答复用 zizhi dossier new。",
                "read a request with zizhi request show and answer it with zizhi dossier new",
            ),
            Self::Report => (
                "请给出与它一起收到的 .zzdecision 文件，并用 --report 给出这份报告来核对。",
                "give the .zzdecision that came with it, and this one with --report to compare",
            ),
            Self::StatusList => ("查看名单用 zizhi status read。", "read a list with zizhi status read"),
            Self::Trust => (
                "信任数据用 --trust 给出，或用 zizhi trust import 导入。",
                "name trust data with --trust, or import it with zizhi trust import",
            ),
            Self::Backup => ("恢复备份用 zizhi db restore。", "restore a backup with zizhi db restore"),
            Self::Decision | Self::Unread | Self::Other(_) => {
                ("请给出接收方发来的文件。", "give the file that the destination sent")
            }
        }
    }

    /// What was expected, and how one gets the right file.
    const fn expected(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Decision => (
                "互认决定",
                "a decision",
                "决定是迁入地签发的 .zzdecision 文件。",
                "a decision is the .zzdecision that the destination signed",
            ),
            Self::Request => (
                "索取档案的请求",
                "a request",
                "请求是迁入地发来的 .zzrequest 文件。",
                "a request is the .zzrequest that the destination sent",
            ),
            _ => (
                "互认档案",
                "a dossier",
                "这里核验的是企业签署的 .zzdossier 或 .zzdossier.age 文件；手里只有材料的照片或文档时，请企业在本软件中准备档案、签署后再发来。",
                "what is verified here is a .zzdossier or .zzdossier.age that a firm signed; if all there is are \
                 pictures or documents, ask the firm to assemble and sign a dossier with this program",
            ),
        }
    }
}
