//! Why a use case could not do its work: the fact, the advice and a stable code. What a check found in
//! a dossier is never a failure; it is in the report.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use zizhi_model::Text;

/// Whose doing it is, which decides the exit code of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The input or the way of asking: exit 2.
    Input,
    /// The program itself: exit 70.
    Internal,
}

/// A use case that could not do its work. Nothing was changed.
#[derive(Debug)]
pub struct Failure {
    /// Stable, for people who search and programs that match.
    pub code: &'static str,
    /// Whose doing it is.
    pub cause: Cause,
    /// What happened and what follows from it.
    pub fact: Text,
    /// What to do.
    pub advice: Text,
    /// The error underneath, for the curious.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Failure {
    /// A failure that the input caused.
    #[must_use]
    pub fn input(code: &'static str, fact: Text, advice: Text) -> Self {
        Self { code, cause: Cause::Input, fact, advice, source: None }
    }

    /// A failure whose fact is made from data.
    pub(crate) fn refused(
        code: &'static str,
        zh: String,
        en: String,
        advice_zh: &'static str,
        advice_en: &'static str,
    ) -> Self {
        Self::input(code, told(zh, en), Text::fixed(advice_zh, advice_en))
    }

    /// What should not happen, however the input is.
    pub(crate) fn internal(zh: &'static str, en: &'static str) -> Self {
        let advice = Text::fixed("请把这条信息告诉开发者。", "tell the developers what you see here");
        Self { cause: Cause::Internal, ..Self::input("INTERNAL", Text::fixed(zh, en), advice) }
    }

    /// The same failure with the error underneath.
    #[must_use]
    pub fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// A file or folder that cannot be read.
    #[must_use]
    pub fn unreadable(path: &Path, error: std::io::Error) -> Self {
        Self::input(
            "IO-READ",
            told(format!("无法读取 {}。", path.display()), format!("{} cannot be read", path.display())),
            Text::fixed(
                "请确认路径正确、文件存在，并且您有读取权限。",
                "check the path, that the file exists and that you may read it",
            ),
        )
        .because(error)
    }

    /// A file or folder that cannot be written.
    #[must_use]
    pub fn unwritable(path: &Path, error: std::io::Error) -> Self {
        Self::input(
            "IO-WRITE",
            told(
                format!("无法写入 {}，没有留下半成品。", path.display()),
                format!("{} cannot be written; nothing half-made was left", path.display()),
            ),
            Text::fixed(
                "请确认磁盘有空间，并且您有写入该文件夹的权限。",
                "check that the disk has room and that you may write to that folder",
            ),
        )
        .because(error)
    }
}

/// A message made from data.
#[must_use]
pub fn told(zh: String, en: String) -> Text {
    Text { zh: Cow::Owned(zh), en: Some(Cow::Owned(en)) }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.fact.en(), self.code)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
