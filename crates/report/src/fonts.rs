//! The fonts of a document: found by name in a list of folders, read when a document needs them.
//!
//! The chain is Noto Serif CJK SC for title and text, Noto Sans CJK SC for headings and tables, and LXGW
//! WenKai for characters that neither has. Only one Chinese font has to be there; without the serif
//! everything is set in the sans, and without the bold faces in the regular ones. A `.ttc` holds the
//! faces of several countries, whose characters differ in shape: only the Simplified Chinese one is used.
//!
//! The files are large (20 to 27 MB each). Only what characters they have is kept; the bytes are read
//! when a page needs a face, and go when the [`Fonts`] go.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::error::ReportError;

/// How deep a font folder is searched: `share/fonts/opentype/noto` lies two below `share/fonts`.
const DEPTH: usize = 3;

/// Where systems keep fonts. A host puts its own resources before these.
pub const SYSTEM_FOLDERS: [&str; 6] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:\\Windows\\Fonts",
    "/opt/zizhitong/fonts",
];

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Serif,
    Sans,
    /// For characters that the others lack.
    Rare,
}

/// A face that documents use: the family it must have, and the files that may hold it, best first.
struct Wanted {
    role: Role,
    family: &'static [&'static str],
    files: &'static [&'static str],
}

const WANTED: [Wanted; 5] = [
    Wanted {
        role: Role::Sans,
        family: &["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"],
        files: &[
            "NotoSansCJK-Regular.ttc",
            "NotoSansCJKsc-Regular.otf",
            "SourceHanSansSC-Regular.otf",
            "NotoSansSC-Regular.otf",
        ],
    },
    Wanted {
        role: Role::Sans,
        family: &["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"],
        files: &[
            "NotoSansCJK-Bold.ttc",
            "NotoSansCJKsc-Bold.otf",
            "SourceHanSansSC-Bold.otf",
            "NotoSansSC-Bold.otf",
        ],
    },
    Wanted {
        role: Role::Serif,
        family: &["Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC"],
        files: &[
            "NotoSerifCJK-Regular.ttc",
            "NotoSerifCJKsc-Regular.otf",
            "SourceHanSerifSC-Regular.otf",
            "NotoSerifSC-Regular.otf",
        ],
    },
    Wanted {
        role: Role::Serif,
        family: &["Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC"],
        files: &[
            "NotoSerifCJK-Bold.ttc",
            "NotoSerifCJKsc-Bold.otf",
            "SourceHanSerifSC-Bold.otf",
            "NotoSerifSC-Bold.otf",
        ],
    },
    Wanted { role: Role::Rare, family: &["LXGW WenKai"], files: &["LXGWWenKai-Regular.ttf"] },
];

/// Fonts that were found. Making one reads each file once; keep it for as long as documents are made.
#[derive(Debug)]
pub struct Fonts {
    faces: Vec<Face>,
    book: LazyHash<FontBook>,
}

#[derive(Debug)]
struct Face {
    role: Role,
    path: PathBuf,
    index: u32,
    info: FontInfo,
    font: OnceLock<Option<Font>>,
}

impl Fonts {
    /// Looks for the fonts in `folders`, the first folder first, and in the folders within them.
    ///
    /// # Errors
    /// [`ReportError::FontsMissing`] if there is none that has Chinese; [`ReportError::FontUnreadable`]
    /// if there is one, but damaged. A damaged file beside a sound one is passed over.
    pub fn find(folders: &[PathBuf]) -> Result<Self, ReportError> {
        let mut found = Vec::new();
        for folder in folders {
            list(folder, DEPTH, &mut found);
        }
        let (mut faces, mut damaged) = (Vec::new(), None);
        for wanted in &WANTED {
            let paths = wanted.files.iter().filter_map(|name| {
                found.iter().find(|path| path.file_name().is_some_and(|file| file == *name))
            });
            for path in paths {
                match Face::read(wanted, path) {
                    Ok(Some(face)) => {
                        faces.push(face);
                        break;
                    }
                    Ok(None) => {}
                    Err(error) => drop(damaged.get_or_insert(error)),
                }
            }
        }
        if faces.is_empty() {
            return Err(damaged.unwrap_or_else(|| ReportError::FontsMissing { looked_in: folders.to_vec() }));
        }
        let book = FontBook::from_infos(faces.iter().map(|face| face.info.clone()));
        Ok(Self { faces, book: LazyHash::new(book) })
    }

    /// Looks in [`SYSTEM_FOLDERS`] only.
    ///
    /// # Errors
    /// As [`Fonts::find`].
    pub fn of_system() -> Result<Self, ReportError> {
        Self::find(&SYSTEM_FOLDERS.map(PathBuf::from))
    }

    /// The families that were found, as a person may want to know.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        self.families_of(|_| true)
    }

    /// Whether some face has this character.
    pub(crate) fn covers(&self, character: char) -> bool {
        self.faces.iter().any(|face| face.info.coverage.contains(character.into()))
    }

    /// Families for title and text, in the order in which they are asked.
    pub(crate) fn serif(&self) -> Vec<&str> {
        let mut families = self.families_of(|role| role == Role::Serif);
        families
            .extend(self.sans().into_iter().filter(|family| !families.contains(family)).collect::<Vec<_>>());
        families
    }

    /// Families for headings and tables, in the order in which they are asked.
    pub(crate) fn sans(&self) -> Vec<&str> {
        let mut families = self.families_of(|role| role == Role::Sans);
        for role in [Role::Serif, Role::Rare] {
            families.extend(self.families_of(|of| of == role));
        }
        families
    }

    pub(crate) const fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The face at `index` of the book, read now if it was not before.
    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        face.font.get_or_init(|| Font::new(Bytes::new(fs::read(&face.path).ok()?), face.index)).clone()
    }

    fn families_of(&self, wanted: impl Fn(Role) -> bool) -> Vec<&str> {
        let mut families = Vec::new();
        for face in self.faces.iter().filter(|face| wanted(face.role)) {
            if !families.contains(&face.info.family.as_str()) {
                families.push(face.info.family.as_str());
            }
        }
        families
    }
}

impl Face {
    /// The wanted face in the file, if it holds it.
    fn read(wanted: &Wanted, path: &Path) -> Result<Option<Self>, ReportError> {
        let unreadable = |source| ReportError::FontUnreadable { path: path.to_owned(), source };
        let bytes = fs::read(path).map_err(|error| unreadable(Some(error)))?;
        let mut readable = false;
        for index in order(&bytes) {
            let Some(info) = FontInfo::new(&bytes, index) else { continue };
            readable = true;
            if wanted.family.contains(&info.family.as_str()) {
                let face =
                    Self { role: wanted.role, path: path.to_owned(), index, info, font: OnceLock::new() };
                return Ok(Some(face));
            }
        }
        if readable { Ok(None) } else { Err(unreadable(None)) }
    }
}

/// In which order to look at the faces of a file. Noto's collections hold Japanese, Korean, Simplified
/// Chinese …: the third is nearly always the one, and describing a face costs milliseconds.
fn order(bytes: &[u8]) -> Vec<u32> {
    let faces = match bytes.get(..12) {
        Some([b't', b't', b'c', b'f', _, _, _, _, count @ ..]) => {
            <[u8; 4]>::try_from(count).map_or(1, u32::from_be_bytes).min(64)
        }
        _ => 1,
    };
    const SIMPLIFIED: u32 = 2;
    let first = (SIMPLIFIED < faces).then_some(SIMPLIFIED);
    first.into_iter().chain((0..faces).filter(|index| Some(*index) != first)).collect()
}

/// Every file below `folder`, in the order of their names so that two machines agree.
fn list(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth > 0 {
                list(&path, depth - 1, found);
            }
        } else {
            found.push(path);
        }
    }
}
