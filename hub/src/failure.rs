//! Why the program did not do what its operator asked: fact, advice and a stable code, in both languages.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

use zizhi_model::Text;

/// A command that could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// Stable, for people who search and programs that match.
    pub code: &'static str,
    /// Whether the program itself is at fault, and not what it was given.
    pub fault: bool,
    /// What happened and what follows from it.
    pub fact: Text,
    /// What to do.
    pub advice: Text,
    /// The error underneath.
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// A failure in fixed words: Chinese, English.
    #[must_use]
    pub fn fixed(
        code: &'static str,
        fact: (&'static str, &'static str),
        advice: (&'static str, &'static str),
    ) -> Self {
        Self::new(code, Text::fixed(fact.0, fact.1), Text::fixed(advice.0, advice.1))
    }

    /// A failure whose fact is made from data.
    #[must_use]
    pub fn of(code: &'static str, zh: String, en: String, advice: (&'static str, &'static str)) -> Self {
        Self::new(code, told(zh, en), Text::fixed(advice.0, advice.1))
    }

    /// A failure that the input or the way of asking caused.
    #[must_use]
    pub fn new(code: &'static str, fact: Text, advice: Text) -> Self {
        Self { code, fault: false, fact, advice, source: None }
    }

    /// The same with the error underneath.
    #[must_use]
    pub fn because(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// What should not happen, whatever was asked.
    #[must_use]
    pub fn internal(source: impl Error + Send + Sync + 'static) -> Self {
        let fact = (
            "程序没有完成这一步，这是程序自身的问题。",
            "the program did not finish this step; the fault is its own",
        );
        let advice = ("请把这里显示的内容告诉开发者。", "tell the developers what you see here");
        Self { fault: true, ..Self::fixed("INTERNAL", fact, advice) }.because(source)
    }

    /// A file or folder that cannot be read.
    #[must_use]
    pub fn unreadable(path: &Path, error: io::Error) -> Self {
        let path = path.display();
        Self::of(
            "IO-READ",
            format!("无法读取 {path}，操作没有进行。"),
            format!("{path} cannot be read; nothing was done"),
            (
                "请核对路径，并确认运行枢纽的用户（作为系统服务时是 zizhi-hub）有权读取。",
                "check the path, and that the user whom the hub runs as may read it (zizhi-hub, where it is a service)",
            ),
        )
        .because(error)
    }
}

/// A message made from data.
#[must_use]
pub fn told(zh: String, en: String) -> Text {
    Text { zh: zh.into(), en: Some(en.into()) }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.fact.en(), self.code)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
