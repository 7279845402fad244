//! What kind of document a file is, by its content: a name can say anything.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use zizhi_archive::{Archive, Bounds, Profile};
use zizhi_model::Limits;

use crate::failure::Failure;

/// A kind of document that dossiers carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Media {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// The ending that its name should have.
    pub(crate) ending: &'static str,
}

const PDF: Media = Media { media_type: "application/pdf", ending: "pdf" };
const OFD: Media = Media { media_type: "application/ofd", ending: "ofd" };
const PNG: Media = Media { media_type: "image/png", ending: "png" };
const JPEG: Media = Media { media_type: "image/jpeg", ending: "jpg" };

/// The entry that every OFD has (GB/T 33190-2016 §7.1).
const OFD_ENTRY: &str = "OFD.xml";

/// Recognises a document; the file is rewound.
///
/// # Errors
/// `IO-READ`; `ATTACH-TYPE` if it is of no kind that a dossier carries.
pub(crate) fn recognise(path: &Path, file: &mut File, limits: &Limits) -> Result<Media, Failure> {
    let unreadable = |error| Failure::unreadable(path, error);
    let mut head = Vec::with_capacity(8);
    file.by_ref().take(8).read_to_end(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    let media = if head.starts_with(b"%PDF-") {
        PDF
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        PNG
    } else if head.starts_with(b"\xff\xd8\xff") {
        JPEG
    } else if head.starts_with(b"PK\x03\x04") && is_ofd(file, limits) {
        OFD
    } else {
        return Err(unknown(path));
    };
    file.rewind().map_err(unreadable)?;
    Ok(media)
}

/// Whether a ZIP holds the entry that makes it an OFD. Its other faults are not ours to judge.
fn is_ofd(file: &mut File, limits: &Limits) -> bool {
    let bounds = Bounds {
        file_bytes: limits.entry_bytes,
        entry_bytes: limits.entry_bytes,
        entries: limits.entries,
        ratio: limits.ratio,
    };
    Archive::examine(file, &bounds, Profile::Package)
        .is_ok_and(|archive| archive.entries().iter().any(|entry| entry.name == OFD_ENTRY))
}

fn unknown(path: &Path) -> Failure {
    Failure::refused(
        "ATTACH-TYPE",
        format!("{} 不是PDF、OFD、PNG或JPEG文件，没有加入档案。", path.display()),
        format!("{} is no PDF, OFD, PNG or JPEG and was not added", path.display()),
        "请把文件另存为PDF（Word、WPS均可导出），或扫描为PDF、JPEG；电子证照请用原OFD文件。",
        "save it as PDF, or scan it to PDF or JPEG; give e-licences as the original OFD",
    )
}
