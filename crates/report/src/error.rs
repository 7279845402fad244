//! Why a document was not made. Whatever the reason, no part of it was written.

use std::fmt;
use std::path::PathBuf;

use zizhi_model::Text;

/// Why a document was not made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// No font for Chinese stands in any of the folders.
    #[error("no Chinese font was found in {} folders", looked_in.len())]
    FontsMissing {
        /// Where it was looked for.
        looked_in: Vec<PathBuf>,
    },
    /// A font file was found and cannot be used.
    #[error("the font {} cannot be read", path.display())]
    FontUnreadable {
        /// The file.
        path: PathBuf,
        /// Why, where the system said so; a damaged file has no such reason.
        source: Option<std::io::Error>,
    },
    /// Characters that none of the fonts has. A character is never left out in silence.
    #[error("no font has {}", Named(characters))]
    MissingGlyph {
        /// Each once, in the order of first use.
        characters: Vec<char>,
    },
    /// What the code should hold is too long for a QR code that a camera still reads.
    #[error("{bytes} bytes are too many for a QR code")]
    Qr {
        /// Bytes that it should hold.
        bytes: usize,
    },
    /// A row has another number of cells than the table has columns.
    #[error("row {row} has {cells} cells for {columns} columns")]
    Row {
        /// 1-based, without the heading.
        row: usize,
        /// Cells in it.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// More rows or columns than a worksheet holds.
    #[error("a worksheet holds 1048576 rows and 16384 columns")]
    TooLarge,
    /// The workbook could not be written.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The lines could not be written.
    #[error("the lines could not be written: {said}")]
    Csv {
        /// The writer's own words.
        said: String,
    },
    /// The report could not be written as JSON.
    #[error("the report could not be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The template and the typesetter do not agree: a fault of this program.
    #[error("the document could not be laid out: {}", said.join("; "))]
    Layout {
        /// The typesetter's own words.
        said: Vec<String>,
    },
}

impl ReportError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FontsMissing { .. } => "REPORT-FONTS",
            Self::FontUnreadable { .. } => "REPORT-FONT-UNREADABLE",
            Self::MissingGlyph { .. } => "REPORT-GLYPH",
            Self::Qr { .. } => "REPORT-QR",
            Self::Row { .. } | Self::TooLarge => "REPORT-TABLE",
            Self::Workbook(_) | Self::Csv { .. } | Self::Json(_) | Self::Layout { .. } => "INTERNAL",
        }
    }

    /// What happened, and that nothing was written.
    #[must_use]
    pub fn text(&self) -> Text {
        let (zh, en) = match self {
            Self::FontsMissing { .. } => (
                "没有找到中文字体，文件没有生成。".to_owned(),
                "no font for Chinese was found; no document was made".to_owned(),
            ),
            Self::FontUnreadable { path, .. } => (
                format!("字体文件 {} 无法读取，文件没有生成。", path.display()),
                format!("the font {} cannot be read; no document was made", path.display()),
            ),
            Self::MissingGlyph { characters } => (
                format!("字体中没有下列字符，文件没有生成：{}。", Named(characters)),
                format!("no font has {}; no document was made", Named(characters)),
            ),
            Self::Qr { bytes } => (
                format!("二维码要容纳的内容过长（{bytes}字节），文件没有生成。"),
                format!("the QR code would have to hold {bytes} bytes; no document was made"),
            ),
            Self::Row { row, cells, columns } => (
                format!("表格第{row}行有{cells}格，应为{columns}格，没有导出。"),
                format!("row {row} has {cells} cells instead of {columns}; nothing was exported"),
            ),
            Self::TooLarge => (
                "表格超过工作表的上限（1048576行、16384列），没有导出。".to_owned(),
                "the table is larger than a worksheet (1048576 rows, 16384 columns); nothing was exported"
                    .to_owned(),
            ),
            Self::Workbook(_) | Self::Csv { .. } => (
                "表格没有写成，没有导出。".to_owned(),
                "the table was not finished; nothing was exported".to_owned(),
            ),
            Self::Json(_) | Self::Layout { .. } => (
                "排版没有完成，文件没有生成。".to_owned(),
                "the layout was not finished; no document was made".to_owned(),
            ),
        };
        Text { zh: zh.into(), en: Some(en.into()) }
    }

    /// Who should do what.
    #[must_use]
    pub const fn advice(&self) -> Text {
        match self {
            Self::FontsMissing { .. } => Text::fixed(
                "请安装思源黑体（fonts-noto-cjk）或重新安装本软件，再试一次。",
                "install Noto Sans CJK (fonts-noto-cjk) or install this program again, then try again",
            ),
            Self::FontUnreadable { .. } => Text::fixed(
                "请重新安装该字体或本软件，再试一次。",
                "install that font or this program again, then try again",
            ),
            Self::MissingGlyph { .. } => Text::fixed(
                "生僻字请安装霞鹜文楷（fonts-lxgw-wenkai）后再试；仍没有的，请用完整字库的电脑打印，或手写补注后另行存档。",
                "for rare characters install LXGW WenKai (fonts-lxgw-wenkai) and try again; if it lacks them too, keep the JSON report and add the characters by hand",
            ),
            Self::Qr { .. } => Text::fixed("请缩短报告编号。", "use a shorter report number"),
            Self::Row { .. } => Text::fixed("请报告这个错误。", "report this error"),
            Self::TooLarge => {
                Text::fixed("请缩小筛选范围后分次导出。", "narrow the filter and export in parts")
            }
            Self::Workbook(_) | Self::Csv { .. } | Self::Json(_) | Self::Layout { .. } => Text::fixed(
                "请再试一次；如仍出现，请报告这个错误。",
                "try again; if it happens again, report this error",
            ),
        }
    }
}

/// Characters as a person can look them up: `𬭎（U+2CB4E）`.
struct Named<'a>(&'a [char]);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, character) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{character} (U+{:04X})", u32::from(*character))?;
        }
        Ok(())
    }
}
