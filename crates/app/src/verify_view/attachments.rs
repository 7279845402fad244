//! The attachments of a dossier: what each really is, whether it is the one that was signed, and whether
//! the window can show it.

use std::io::{Read, Seek, Write as _};
use std::path::Path;

use zizhi_archive::{Archive, ArchiveError, Bounds, Profile};
use zizhi_crypto::digest::{self, Sha256};
use zizhi_dossier::container::intact;
use zizhi_dossier::manifest::AttachmentRef;
use zizhi_dossier::{Digest, Manifest, Opened};
use zizhi_model::{Limits, Text};

use super::manifest_of;
use crate::failure::{Failure, told};
use crate::output::Output;

/// Bytes of the largest attachment that is handed to the window: 32 MiB. A scan of a licence has two.
pub const LARGEST_PREVIEW: u64 = 32 * 1024 * 1024;

/// An attachment of a dossier.
#[derive(Debug)]
pub struct AttachmentView {
    /// Its path in the container.
    pub path: String,
    /// The name that the firm gave it. Hostile text.
    pub name: String,
    /// What it is, as checklists ask for it.
    pub kind: String,
    /// Its media type, by its bytes and not by its name.
    pub media_type: &'static str,
    /// Bytes.
    pub size: u64,
    /// Whether its bytes are those that were signed.
    pub intact: bool,
    /// What a person should know before relying on it.
    pub remark: Option<Text>,
    /// Whether the window can show it.
    pub preview: bool,
}

const PDF: &str = "application/pdf";
const OFD: &str = "application/ofd";
const PNG: &str = "image/png";
const JPEG: &str = "image/jpeg";
const UNKNOWN: &str = "application/octet-stream";

/// How many bytes tell PDF, PNG, JPEG and ZIP apart.
const HEAD: usize = 8;

/// Every attachment that the manifest lists.
pub(super) fn attachments(
    manifest: &Manifest,
    opened: &Opened,
    bytes: &mut (impl Read + Seek),
) -> std::io::Result<Vec<AttachmentView>> {
    let mut archive = match archive(bytes) {
        Ok(archive) => Some(archive),
        Err(ArchiveError::Io(error)) => return Err(error),
        Err(ArchiveError::Refused(_)) => None,
    };
    let mut views = Vec::with_capacity(manifest.attachments.len());
    let intact = intact(manifest, opened);
    for entry in &manifest.attachments {
        let intact = intact.contains(entry.path.as_str());
        let mut look = Look::default();
        let index = archive.as_ref().and_then(|archive| archive.find(&entry.path)).filter(|_| intact);
        if let (Some(archive), Some(index)) = (&mut archive, index) {
            match archive.stream(index, &mut |block: &[u8]| look.take(block)) {
                Ok(_) | Err(ArchiveError::Refused(_)) => {}
                Err(ArchiveError::Io(error)) => return Err(error),
            }
        }
        views.push(described(entry, intact, &look));
    }
    Ok(views)
}

fn described(entry: &AttachmentRef, intact: bool, look: &Look) -> AttachmentView {
    let media_type = look.media_type();
    let remark = if !intact {
        Some(Text::fixed(
            "与签名清单不符或缺失，不能打开",
            "missing, or not the file that was signed; it cannot be opened",
        ))
    } else if look.sealed() {
        Some(Text::fixed(
            "含签章，未在本软件内验签，请用版式软件核对",
            "bears an electronic seal, which this program does not verify; check it with a reader for such files",
        ))
    } else if media_type != entry.media_type {
        Some(told(
            format!("清单写的类型是 {}，与文件内容不符", entry.media_type),
            format!("the manifest calls it {}, which its content is not", entry.media_type),
        ))
    } else {
        None
    };
    AttachmentView {
        path: entry.path.clone(),
        name: entry.name.clone(),
        kind: entry.kind.clone(),
        media_type,
        size: entry.size,
        intact,
        remark,
        preview: intact && entry.size <= LARGEST_PREVIEW && matches!(media_type, PDF | PNG | JPEG),
    }
}

/// The bytes of an attachment with its media type.
///
/// # Errors
/// `ATTACH-ABSENT` if the dossier lists no such attachment, `ATTACH-ALTERED` if its bytes are not those
/// that were signed, `ATTACH-LARGE` over [`LARGEST_PREVIEW`], `IO-READ`.
pub(super) fn attachment(
    name: &Path,
    bytes: &mut (impl Read + Seek),
    path: &str,
) -> Result<(&'static str, Vec<u8>), Failure> {
    let mut content = Vec::new();
    let look = take_out(name, bytes, path, LARGEST_PREVIEW, &mut |block| content.extend_from_slice(block))?;
    Ok((look.media_type(), content))
}

/// Writes an attachment to a file, whole or not at all, and gives the SHA-256 of it in hexadecimal. What
/// was at that place is replaced.
///
/// # Errors
/// As [`attachment`] but for its size; `IO-WRITE`.
pub(super) fn save_attachment(
    name: &Path,
    bytes: &mut (impl Read + Seek),
    path: &str,
    to: &Path,
) -> Result<String, Failure> {
    let output = Output { path: to, force: true };
    let mut copy = output.begin()?;
    let (mut state, mut written) = (Sha256::new(), Ok(()));
    take_out(name, bytes, path, u64::MAX, &mut |block| {
        state.update(block);
        if written.is_ok() {
            written = copy.write_all(block);
        }
    })?;
    written.map_err(|error| Failure::unwritable(to, error))?;
    output.put(copy)?;
    Ok(digest::hex(&state.finish()))
}

/// Hands out the bytes of an attachment that is intact.
fn take_out(
    name: &Path,
    bytes: &mut (impl Read + Seek),
    path: &str,
    largest: u64,
    sink: &mut dyn FnMut(&[u8]),
) -> Result<Look, Failure> {
    let limits = Limits::default();
    let unreadable = |error| Failure::unreadable(name, error);
    let opened = zizhi_dossier::open(&mut *bytes, &limits).map_err(unreadable)?;
    let manifest = manifest_of(&opened, &limits).ok_or_else(absent)?;
    let entry = manifest.attachments.iter().find(|entry| entry.path == path).ok_or_else(absent)?;
    if !intact(&manifest, &opened).contains(entry.path.as_str()) {
        return Err(altered());
    }
    if entry.size > largest {
        return Err(large());
    }
    let refused = |error: ArchiveError| altered().because(error);
    let mut archive = archive(bytes).map_err(refused)?;
    let index = archive.find(path).ok_or_else(absent)?;
    let (mut state, mut look) = (Sha256::new(), Look::default());
    let streamed = archive.stream(index, &mut |block: &[u8]| {
        state.update(block);
        look.take(block);
        sink(block);
    });
    streamed.map_err(refused)?;
    // The file may have been replaced since it was looked at.
    if Digest(state.finish()) == entry.sha256 { Ok(look) } else { Err(altered()) }
}

fn archive<R: Read + Seek>(bytes: &mut R) -> Result<Archive<&mut R>, ArchiveError> {
    let limits = Limits::default();
    let bounds = Bounds {
        file_bytes: limits.file_bytes,
        entry_bytes: limits.entry_bytes,
        entries: limits.entries,
        ratio: limits.ratio,
    };
    bytes.rewind().map_err(ArchiveError::Io)?;
    Archive::examine(bytes, &bounds, Profile::Dossier)
}

/// What a file shows as it goes by: its first bytes, and whether it has parts that only sealed files have.
#[derive(Default)]
pub(crate) struct Look {
    head: Vec<u8>,
    /// The end of what went by, as long as the longest mark but one byte.
    tail: Vec<u8>,
    /// GB/T 33190-2016 §7.1: the entry that every OFD has.
    ofd: bool,
    /// The list of seals of an OFD.
    ofd_seals: bool,
    /// ISO 32000-1 §12.8: what a signature in a PDF covers.
    pdf_seal: bool,
}

/// Names in a ZIP are never compressed, and a PDF writes where its signature lies in the open.
const OFD_ENTRY: &[u8] = b"OFD.xml";
const OFD_SEALS: &[u8] = b"Signatures.xml";
const PDF_SEAL: &[u8] = b"/ByteRange";
const LONGEST_MARK: usize = OFD_SEALS.len();

impl Look {
    /// Looks at the next bytes.
    pub(crate) fn take(&mut self, block: &[u8]) {
        let missing = HEAD.saturating_sub(self.head.len());
        self.head.extend(block.iter().take(missing));
        let mut seam = std::mem::take(&mut self.tail);
        seam.extend(block.iter().take(LONGEST_MARK - 1));
        self.find(&seam);
        self.find(block);
        let last = if block.len() >= LONGEST_MARK - 1 { block } else { &seam };
        self.tail = last.get(last.len().saturating_sub(LONGEST_MARK - 1)..).unwrap_or_default().to_vec();
    }

    fn find(&mut self, bytes: &[u8]) {
        let holds = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
        if self.head.starts_with(b"PK\x03\x04") {
            self.ofd = self.ofd || holds(OFD_ENTRY);
            self.ofd_seals = self.ofd_seals || holds(OFD_SEALS);
        } else if self.head.starts_with(b"%PDF-") {
            self.pdf_seal = self.pdf_seal || holds(PDF_SEAL);
        }
    }

    fn media_type(&self) -> &'static str {
        if self.head.starts_with(b"%PDF-") {
            PDF
        } else if self.head.starts_with(b"\x89PNG\r\n\x1a\n") {
            PNG
        } else if self.head.starts_with(b"\xff\xd8\xff") {
            JPEG
        } else if self.ofd {
            OFD
        } else {
            UNKNOWN
        }
    }

    /// Whether the file bears an electronic seal or signature of its own.
    pub(crate) fn sealed(&self) -> bool {
        match self.media_type() {
            PDF => self.pdf_seal,
            OFD => self.ofd_seals,
            _ => false,
        }
    }
}

pub(super) fn absent() -> Failure {
    Failure::input(
        "ATTACH-ABSENT",
        Text::fixed(
            "档案的清单里没有这个附件，没有打开。",
            "the dossier lists no such attachment; nothing was opened",
        ),
        Text::fixed("请重新打开档案后再试。", "open the dossier again and try once more"),
    )
}

fn altered() -> Failure {
    Failure::input(
        "ATTACH-ALTERED",
        Text::fixed(
            "附件与企业签名的清单不符，没有打开，也没有取出。",
            "the attachment is not the file that the firm signed; it was neither opened nor taken out",
        ),
        Text::fixed("请退回企业重新生成档案。", "send the dossier back to the firm to be made again"),
    )
}

pub(super) fn large() -> Failure {
    Failure::input(
        "ATTACH-LARGE",
        Text::fixed(
            "附件超过32 MiB，不在窗口内预览。",
            "the attachment has more than 32 MiB and is not shown in the window",
        ),
        Text::fixed("请先另存，再用阅读软件打开。", "save it first, then open it with a reader"),
    )
}
