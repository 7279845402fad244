//! A document as a list of blocks: what the template sets, and nothing that it would have to decide.
//!
//! Every document of this crate is made of the same few blocks, so that they look alike. A block holds
//! finished text in the document's language. The template reads it as data; none of it is ever markup.

use serde::Serialize;

use crate::lang::Lang;

/// One document.
#[derive(Debug, Serialize)]
pub(crate) struct Paper {
    /// `zh` or `en`, for line breaking and for readers that speak.
    pub lang: String,
    /// Its title.
    pub title: String,
    /// Its number, such as 核〔2026〕松孵第0017号.
    pub number: String,
    /// What stands under the number, such as 一式两份.
    pub copies: Option<String>,
    /// Who makes it; the author in the file's own description.
    pub organisation: String,
    /// One sentence for the file's own description.
    pub description: String,
    /// Set over every page of a drill.
    pub watermark: Option<Watermark>,
    /// The page's foot, before, between and after the numbers of the page and of all pages.
    pub page: [&'static str; 3],
    /// The attached file, if any.
    pub attachment: Option<Attachment>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A word across the page, and the line that says why.
#[derive(Debug, Serialize)]
pub(crate) struct Watermark {
    pub word: &'static str,
    pub line: &'static str,
}

/// A file that travels inside the document.
#[derive(Debug, Serialize)]
pub(crate) struct Attachment {
    pub name: &'static str,
    pub media_type: &'static str,
    pub description: &'static str,
}

/// A part of a document.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Block {
    /// A numbered heading.
    Heading { text: String },
    /// Running text.
    Text { text: String },
    /// A smaller remark.
    Note { text: String },
    /// A grid of labels and values, one or two pairs to a row.
    Fields { rows: Vec<Vec<Field>> },
    /// The answer, to be seen from across a desk.
    Answer { mark: &'static str, word: String, reason: String, points: Vec<Field> },
    /// A table whose heading repeats on every page.
    Table { columns: Vec<Column>, rows: Vec<Row> },
    /// Signatures and the place for the seal.
    Signing(Signing),
    /// Blocks that stay on one page: a signature does not stand alone (GB/T 9704, 7.3.5).
    Together { blocks: Vec<Block> },
    /// What follows is an annex on a page of its own.
    Annex { text: String },
}

/// A label with its value.
#[derive(Debug, Serialize)]
pub(crate) struct Field {
    pub label: String,
    /// One line each.
    pub value: Vec<String>,
    /// Whether it is a digest, which stays in one line in small print.
    pub digest: bool,
    /// Whether a hand writes it, and needs the room.
    pub hand: bool,
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub(crate) struct Column {
    pub title: String,
    /// In millimetres; 0 shares what is left.
    pub width: u32,
    /// Whether a line of a cell stays in one piece.
    pub whole: bool,
    pub centred: bool,
}

/// A row of a table.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// One for each column; one line each.
    pub cells: Vec<Vec<String>>,
    /// What stands below the row across all columns but the first.
    pub note: Option<Field>,
}

/// Who signs, where the seal goes, and the code that ties paper and file together.
#[derive(Debug, Serialize)]
pub(crate) struct Signing {
    /// Names with room for a signature.
    pub people: Vec<Field>,
    /// The code below them, if paper and file are to be compared.
    pub code: Option<Code>,
    /// The organisation whose seal it is.
    pub organisation: String,
    /// (盖章处)
    pub seal: &'static str,
    /// 成文日期, over which the seal is pressed.
    pub date: String,
    /// On several pages: that the seal also goes across their edges. Around the number of pages.
    pub edges: [&'static str; 2],
}

/// A code with what it holds in words.
#[derive(Debug, Serialize)]
pub(crate) struct Code {
    /// What it is, for readers that speak.
    pub alt: &'static str,
    /// What the digest is of.
    pub label: &'static str,
    /// The digest, in groups of four, four groups to a line.
    pub digest: Vec<String>,
    /// What to do with it.
    pub caption: &'static str,
}

impl Field {
    pub(crate) fn new(label: &str, value: impl Into<String>) -> Self {
        Self::lines(label, vec![value.into()])
    }

    /// A value of several lines.
    pub(crate) fn lines(label: &str, value: Vec<String>) -> Self {
        Self { label: label.to_owned(), value, digest: false, hand: false }
    }

    /// A value that is left to be written.
    pub(crate) fn by_hand(label: &str) -> Self {
        Self { hand: true, ..Self::new(label, "") }
    }

    /// A digest in groups of four, so that two people can compare it aloud.
    pub(crate) fn digest(label: &str, digest: &[u8]) -> Self {
        let value = vec![zizhi_crypto::digest::hex_groups(digest)];
        Self { digest: true, ..Self::lines(label, value) }
    }
}

impl Column {
    /// A column for words.
    pub(crate) fn words(title: &str, width: u32) -> Self {
        Self { title: title.to_owned(), width, whole: false, centred: false }
    }

    /// A column for something short that stays in one piece.
    pub(crate) fn short(title: &str, width: u32) -> Self {
        Self { title: title.to_owned(), width, whole: true, centred: true }
    }
}

impl Block {
    pub(crate) fn heading(text: &str) -> Self {
        Self::Heading { text: text.to_owned() }
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }
}

impl Code {
    /// The code for a digest.
    pub(crate) fn new(alt: &'static str, label: &'static str, digest: &[u8], caption: &'static str) -> Self {
        let digest = digest.chunks(8).map(zizhi_crypto::digest::hex_groups).collect();
        Self { alt, label, digest, caption }
    }
}

/// The footer's words.
pub(crate) const fn page(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::Zh => ["第", "页 共", "页"],
        Lang::En => ["Page ", " of ", ""],
    }
}

/// The watermark of a drill.
pub(crate) fn watermark(drill: bool, lang: Lang) -> Option<Watermark> {
    drill.then(|| Watermark {
        word: lang.pick("演练模式", "DRILL"),
        line: lang.pick(
            "演练模式生成，仅供练习，不作为互认依据",
            "made in a drill, for practice only; not a basis for recognition",
        ),
    })
}

/// The signing block that every document ends with.
pub(crate) fn signing(
    lang: Lang,
    operator: Option<&str>,
    reviewer: Option<&str>,
    organisation: &str,
    date: String,
    code: Option<Code>,
) -> Signing {
    let person = |zh, en, name: Option<&str>| Field::new(lang.pick(zh, en), name.unwrap_or_default());
    Signing {
        people: vec![person("经办人", "Prepared by", operator), person("复核人", "Reviewed by", reviewer)],
        code,
        organisation: organisation.to_owned(),
        seal: lang.pick("（盖章处）", "(place for the seal)"),
        date,
        edges: match lang {
            Lang::Zh => ["本件共", "页，请在各页接缝处加盖骑缝章。"],
            Lang::En => ["This document has ", " pages; press the seal across their edges as well."],
        },
    }
}
