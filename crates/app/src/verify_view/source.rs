//! Where an attachment is taken from: a dossier's file, a case, or a draft.

use std::io::Read as _;
use std::path::Path;

use zizhi_dossier::Digest;
use zizhi_model::Limits;
use zizhi_store::{Database, DraftFile, OriginalReader, Reader};

use super::attachments::{self, LARGEST_PREVIEW, absent, large};
use crate::case_steps::find;
use crate::failure::Failure;
use crate::output::Output;
use crate::rejudge::lost;
use crate::verify_file::plain_file;

/// Where an attachment is.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// In the file of a dossier.
    File {
        /// The file.
        path: &'a Path,
        /// The secrets that open sealed ones.
        identities: &'a [String],
    },
    /// In the dossier of a case.
    Case {
        /// The database.
        database: &'a Database,
        /// The case.
        id: &'a str,
        /// Which of its versions; nothing for the newest.
        version: Option<u32>,
    },
    /// In a draft, where its digest in hexadecimal is its name.
    Draft {
        /// The database.
        database: &'a Database,
        /// The draft.
        id: &'a str,
    },
}

/// The bytes of an attachment with its media type. Of a dossier only what is as it was signed.
///
/// # Errors
/// `ATTACH-ABSENT`, `ATTACH-ALTERED`, `ATTACH-LARGE` over [`LARGEST_PREVIEW`]; `IO-READ`, `SEAL-IDENTITY`, `SEAL-DAMAGED`,
/// `CASE-ABSENT`; as every read of the database.
pub fn attachment(source: &Source<'_>, path: &str) -> Result<(String, Vec<u8>), Failure> {
    let named = |(media, bytes): (&str, Vec<u8>)| (media.to_owned(), bytes);
    match *source {
        Source::File { path: file, identities } => {
            let mut bytes = plain_file(file, identities, &Limits::default())?;
            attachments::attachment(file, &mut bytes, path).map(named)
        }
        Source::Case { database, id, version } => {
            let reader = database.reader()?;
            let (name, mut bytes) = of_case(&reader, id, version)?;
            attachments::attachment(name.as_ref(), &mut bytes, path).map(named)
        }
        Source::Draft { database, id } => {
            let reader = database.reader()?;
            let (file, mut bytes) = of_draft(&reader, id, path)?;
            if bytes.size() > LARGEST_PREVIEW {
                return Err(large());
            }
            let mut content = Vec::new();
            bytes
                .read_to_end(&mut content)
                .map_err(|error| Failure::unreadable(file.name.as_ref(), error))?;
            Ok((file.media_type, content))
        }
    }
}

/// Writes an attachment to a file, whole or not at all, and gives the SHA-256 of it in hexadecimal. What
/// was at that place is replaced.
///
/// # Errors
/// As [`attachment`] but for its size; `IO-WRITE`.
pub fn save_attachment(source: &Source<'_>, path: &str, to: &Path) -> Result<String, Failure> {
    match *source {
        Source::File { path: file, identities } => {
            let mut bytes = plain_file(file, identities, &Limits::default())?;
            attachments::save_attachment(file, &mut bytes, path, to)
        }
        Source::Case { database, id, version } => {
            let reader = database.reader()?;
            let (name, mut bytes) = of_case(&reader, id, version)?;
            attachments::save_attachment(name.as_ref(), &mut bytes, path, to)
        }
        Source::Draft { database, id } => {
            let reader = database.reader()?;
            let (_, bytes) = of_draft(&reader, id, path)?;
            copy(bytes, to)
        }
    }
}

/// The file of a case, by name and bytes: that of an earlier version, or else the newest.
fn of_case<'r>(
    reader: &'r Reader<'_>,
    id: &str,
    version: Option<u32>,
) -> Result<(String, OriginalReader<'r>), Failure> {
    let case = find(reader, id)?;
    let earlier = reader.case_versions(id)?.into_iter().find(|row| Some(row.version) == version);
    let (name, original) = match earlier {
        Some(row) => (row.file_name, row.original),
        None => (case.file_name.clone(), case.original),
    };
    Ok((name, reader.open_original(&original)?.ok_or_else(|| lost(&case))?))
}

fn of_draft<'r>(
    reader: &'r Reader<'_>,
    draft: &str,
    hex: &str,
) -> Result<(DraftFile, OriginalReader<'r>), Failure> {
    let sha256 = Digest::parse(hex).ok_or_else(absent)?.0;
    let file = reader.draft_files(draft)?.into_iter().find(|file| file.sha256 == sha256);
    let bytes = reader.open_original(&sha256)?;
    file.zip(bytes).ok_or_else(absent)
}

fn copy(mut bytes: OriginalReader<'_>, to: &Path) -> Result<String, Failure> {
    let output = Output { path: to, force: true };
    let mut file = output.begin()?;
    let unwritable = |error| Failure::unwritable(to, error);
    std::io::copy(&mut bytes, &mut file).map_err(unwritable)?;
    let (digest, _) = Digest::of_reader(file.reopen().map_err(unwritable)?).map_err(unwritable)?;
    output.put(file)?;
    Ok(digest.hex())
}
