//! Attaches files to a draft, changes what is said about them, and takes them out. What kind of document a
//! file is, is told by its bytes; they go into the database as they are, a piece at a time.

use std::fs::File;
use std::io::{Read, Seek as _};
use std::path::{Path, PathBuf};

use zizhi_dossier::Digest;
use zizhi_model::Limits;
use zizhi_store::{DraftFile, Writer};

use crate::draft::{named, recognise};
use crate::draft_body::{KIND, Kept, change};
use crate::draft_choose::check_items;
use crate::failure::Failure;
use crate::firm::Firm;
use crate::plan_beyond::{added_for, forget, note, split};
use crate::plan_pack::Rules;
use crate::verify_view::Look;

/// An attached file to change.
#[derive(Debug, Clone)]
pub struct Changing<'a> {
    /// The draft.
    pub draft: &'a str,
    /// The file, by digest in hexadecimal.
    pub file: &'a str,
    /// Its name for people; nothing to take it out.
    pub name: Option<&'a str>,
    /// What it is.
    pub kind: &'a str,
    /// The items that it answers.
    pub answers: Vec<String>,
    /// What the destination asked for and it was added for, by [`crate::plan_beyond::Demand::id`].
    pub demands: Vec<String>,
}

/// What files answer that are attached.
#[derive(Debug, Clone, Copy)]
pub struct Answering<'a> {
    /// The items of the checklist.
    pub items: &'a [String],
    /// What the destination asked for, by [`crate::plan_beyond::Demand::id`].
    pub demands: &'a [String],
}

/// Attaches files: all of them, or none. One that is there already and is attached for something else that the
/// destination asked for is added for that as well, and stays what it is.
///
/// # Errors
/// `IO-READ`, `ATTACH-TYPE`, `ATTACH-KIND`, `LIMIT-SIZE`, `DRAFT-TWICE`, `DRAFT-ITEM`, `DRAFT-SIGNED`,
/// `DRAFT-ABSENT`; as every write to the database.
pub fn attach(
    firm: &Firm<'_>,
    draft: &str,
    paths: &[PathBuf],
    kind: &str,
    answering: Answering<'_>,
) -> Result<(), Failure> {
    let kind = kind_of(kind)?;
    change(firm, draft, "draft.attached", KIND, |writer, kept| {
        check_items(firm, kept, answering.items)?;
        paths.iter().try_for_each(|path| add(firm, writer, kept, path, (None, &kind), answering))
    })
}

/// Attaches one file under a name for people; without one, that of the file.
///
/// # Errors
/// As [`attach`]; `DRAFT-NAME`.
pub fn attach_as(
    firm: &Firm<'_>,
    draft: &str,
    path: &Path,
    (name, kind): (Option<&str>, &str),
    answering: Answering<'_>,
) -> Result<(), Failure> {
    let kind = kind_of(kind)?;
    change(firm, draft, "draft.attached", KIND, |writer, kept| {
        check_items(firm, kept, answering.items)?;
        add(firm, writer, kept, path, (name, &kind), answering)
    })
}

/// Changes what is said about an attached file, or takes it out.
///
/// # Errors
/// `ATTACH-ABSENT`, `ATTACH-KIND`, `DRAFT-NAME`, `DRAFT-ITEM`, `DRAFT-SIGNED`, `DRAFT-ABSENT`; as every write
/// to the database.
pub fn change_attachment(firm: &Firm<'_>, changing: &Changing<'_>) -> Result<(), Failure> {
    let digest = Digest::parse(changing.file).ok_or_else(absent)?;
    let action = if changing.name.is_some() { "draft.attachment_changed" } else { "draft.detached" };
    change(firm, changing.draft, action, KIND, |writer, kept| {
        let files = writer.draft_files(changing.draft)?;
        let known = files.into_iter().find(|file| file.sha256 == digest.0).ok_or_else(absent)?;
        let Some(name) = changing.name else {
            writer.remove_draft_file(changing.draft, &digest.0)?;
            writer.forget_original(&digest.0)?;
            kept.body.sealed_files.retain(|hex| *hex != digest.hex());
            forget(&mut kept.body, &digest.hex());
            return Ok(());
        };
        check_items(firm, kept, &changing.answers)?;
        let name = named(name)?;
        let kind = kind_of(changing.kind)?;
        let rules = Rules::of(firm.library, kept, firm.today());
        let list = rules.checklist(&kept.body.checklist_id).map(|(_, list)| list);
        let (_, beyond) = split(&known.answers, list);
        let said = [changing.answers.as_slice(), &beyond].concat();
        let answers = note(writer, kept, &digest.hex(), &changing.demands, &said, Some(&known.answers))?;
        writer.put_draft_file(&DraftFile { name, kind, answers, ..known })?;
        Ok(())
    })
}

fn add(
    firm: &Firm<'_>,
    writer: &Writer<'_>,
    kept: &mut Kept,
    path: &Path,
    (name, kind): (Option<&str>, &str),
    answering: Answering<'_>,
) -> Result<(), Failure> {
    let limits = Limits::default();
    let unreadable = |error| Failure::unreadable(path, error);
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(unreadable(std::io::ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > limits.entry_bytes {
        return Err(too_large(path, limits.entry_bytes));
    }
    let media = recognise(path, &mut file, &limits)?;
    file.rewind().map_err(unreadable)?;
    // It may grow while it is read.
    let mut content =
        Watched { inner: file.take(limits.entry_bytes + 1), look: Look::default(), failed: None };
    let added = writer.add_original(&mut content, media.media_type, firm.host.now());
    if let Some(error) = content.failed {
        return Err(unreadable(error));
    }
    let original = added?;
    if original.size > limits.entry_bytes {
        return Err(too_large(path, limits.entry_bytes));
    }
    let hex = Digest(original.sha256).hex();
    if let Some(known) = writer.draft_files(&kept.row.id)?.into_iter().find(|it| it.sha256 == original.sha256)
    {
        return again(writer, kept, known, answering)?.ok_or_else(|| twice(path));
    }
    let answers = note(writer, kept, &hex, answering.demands, answering.items, None)?;
    let own = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    writer.put_draft_file(&DraftFile {
        draft: kept.row.id.clone(),
        sha256: original.sha256,
        name: named(name.unwrap_or(&own))?,
        kind: kind.to_owned(),
        media_type: media.media_type.to_owned(),
        answers,
    })?;
    if content.look.sealed() {
        kept.body.sealed_files.push(hex);
    }
    Ok(())
}

/// A file that is there already, added for more of what the destination asked for; nothing if it is no more.
fn again(
    writer: &Writer<'_>,
    kept: &mut Kept,
    known: DraftFile,
    answering: Answering<'_>,
) -> Result<Option<()>, Failure> {
    let hex = Digest(known.sha256).hex();
    let mut demands = added_for(&kept.body, &hex);
    let more: Vec<String> =
        answering.demands.iter().filter(|demand| !demands.contains(demand)).cloned().collect();
    if more.is_empty() {
        return Ok(None);
    }
    demands.extend(more);
    let said = if known.answers.is_empty() { Vec::new() } else { [&known.answers, answering.items].concat() };
    let answers = note(writer, kept, &hex, &demands, &said, Some(&known.answers))?;
    writer.put_draft_file(&DraftFile { answers, ..known })?;
    Ok(Some(()))
}

/// A file that is looked at while it goes by. An error of reading is kept, since it is the file's and not
/// the database's.
struct Watched<R> {
    inner: R,
    look: Look,
    failed: Option<std::io::Error>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.inner.read(buffer) {
            Ok(read) => {
                self.look.take(buffer.get(..read).unwrap_or_default());
                Ok(read)
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.failed = Some(error);
                Err(kind.into())
            }
        }
    }
}

fn kind_of(kind: &str) -> Result<String, Failure> {
    let kind = kind.trim();
    let sound = !kind.is_empty()
        && kind.len() <= 64
        && kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if sound { Ok(kind.to_owned()) } else { Err(no_kind()) }
}

fn too_large(path: &Path, limit: u64) -> Failure {
    Failure::refused(
        "LIMIT-SIZE",
        format!("{} 超过单个附件 {} MiB 的上限，没有加入档案。", path.display(), limit >> 20),
        format!(
            "{} is over the limit of {} MiB for one attachment and was not added",
            path.display(),
            limit >> 20
        ),
        "请压缩扫描件，或分成几个文件。",
        "make the scan smaller, or split it",
    )
}

fn twice(path: &Path) -> Failure {
    Failure::refused(
        "DRAFT-TWICE",
        format!("{} 已在这份草稿中，没有重复加入。", path.display()),
        format!("{} is in this draft already and was not added again", path.display()),
        "它若还能满足别的事项，请在附件列表中修改它的类型或对应事项。",
        "if it answers something else as well, change its kind or its items in the list of attachments",
    )
}

fn no_kind() -> Failure {
    Failure::refused(
        "ATTACH-KIND",
        "没有选择附件是什么材料，没有加入档案。".to_owned(),
        "it was not chosen what the file is; it was not added".to_owned(),
        "请从列表中选择材料类型，如租赁合同；没有合适的请选“其他材料”。",
        "choose what it is from the list, such as a lease; if nothing fits choose “other document”",
    )
}

fn absent() -> Failure {
    Failure::refused(
        "ATTACH-ABSENT",
        "草稿中没有这个附件，没有改动。".to_owned(),
        "the draft has no such attachment; nothing was changed".to_owned(),
        "请重新打开草稿后再试。",
        "open the draft again and try once more",
    )
}
