//! Sets a document and writes it as PDF/A-3a and PDF/UA-1.
//!
//! The typesetter sees one template, the document as data, and files that are handed to it. It reaches no
//! disk, no network and no clock. Text from a dossier is in the data and never in the template.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _, Utc};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::ReportError;
use crate::fonts::Fonts;
use crate::gate;
use crate::paper::Paper;

const TEMPLATE: &str = include_str!("../templates/paper.typ");

/// China is eight hours ahead of UTC.
const AHEAD_MINUTES: i32 = 480;

/// How many documents ago something must last have been used for the typesetter to forget it.
const KEPT_FOR: usize = 4;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// What goes into a document beside its text.
pub(crate) struct Inputs<'a> {
    /// The code that the document shows, as SVG.
    pub code: Option<String>,
    /// The file that [`Paper::attachment`] names.
    pub attached: Option<Vec<u8>>,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What makes two documents the same one; only its digest goes into the file.
    pub identity: &'a str,
    /// Name and version of the program.
    pub software: &'a str,
}

/// Sets `paper`. The same input gives the same bytes.
///
/// # Errors
/// [`ReportError::MissingGlyph`] if a character cannot be printed; [`ReportError::Layout`] if the template
/// is at fault.
pub(crate) fn print(paper: &Paper, inputs: Inputs<'_>, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let mut data = serde_json::to_value(paper)?;
    gate::admit(&mut data, fonts)?;
    let families = serde_json::json!({ "serif": fonts.serif(), "sans": fonts.sans() });
    let desk = Desk::new(
        fonts,
        [
            ("paper.json", Some(serde_json::to_vec(&data)?)),
            ("fonts.json", Some(serde_json::to_vec(&families)?)),
            ("code.svg", inputs.code.map(String::into_bytes)),
            (paper.attachment.as_ref().map_or("attached", |file| file.name), inputs.attached),
        ],
    )?;
    let set = typst::compile::<PagedDocument>(&desk).output.map_err(|said| fault(&said));
    let written = set.and_then(|document| {
        let options = options(inputs.at, inputs.identity, inputs.software)?;
        typst_pdf::pdf(&document, &options).map_err(|said| fault(&said))
    });
    typst::comemo::evict(KEPT_FOR);
    written
}

fn options(at: DateTime<Utc>, identity: &str, software: &str) -> Result<PdfOptions, ReportError> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| ReportError::Layout { said: vec![error.message().to_string()] })?;
    Ok(PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some(software.to_owned())),
        timestamp: timestamp(at),
        standards,
        ..PdfOptions::default()
    })
}

fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let local = at.with_timezone(&FixedOffset::east_opt(AHEAD_MINUTES * 60)?);
    let small = |number: u32| u8::try_from(number).ok();
    let time = Datetime::from_ymd_hms(
        local.year(),
        small(local.month())?,
        small(local.day())?,
        small(local.hour())?,
        small(local.minute())?,
        small(local.second())?,
    )?;
    Timestamp::new_local(time, AHEAD_MINUTES)
}

fn fault(said: &[SourceDiagnostic]) -> ReportError {
    ReportError::Layout { said: said.iter().map(|told| told.message.to_string()).collect() }
}

/// What the typesetter may see.
struct Desk<'a> {
    fonts: &'a Fonts,
    template: Source,
    files: Vec<(FileId, Bytes)>,
}

impl<'a> Desk<'a> {
    fn new<const N: usize>(
        fonts: &'a Fonts,
        files: [(&str, Option<Vec<u8>>); N],
    ) -> Result<Self, ReportError> {
        let template = Source::new(id("paper.typ")?, TEMPLATE.to_owned());
        let files = files.into_iter().filter_map(|(name, bytes)| Some((name, bytes?)));
        let files = files.map(|(name, bytes)| Ok((id(name)?, Bytes::new(bytes))));
        Ok(Self { fonts, template, files: files.collect::<Result<_, ReportError>>()? })
    }
}

fn id(name: &str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(name);
    let path = path.map_err(|error| ReportError::Layout { said: vec![error.to_string()] })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(of, _)| *of == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
