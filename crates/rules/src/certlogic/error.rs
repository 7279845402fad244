//! Why an expression is refused or cannot be evaluated.

use std::fmt;

use zizhi_model::Text;

/// What is wrong with an expression, or with the data it met. `at` is a JSON pointer into the
/// expression (RFC 6901).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogicError {
    /// An operation is an object with exactly one member.
    #[error("{at}: an operation is an object with one member, this one has {found}")]
    Shape {
        /// Where.
        at: String,
        /// How many members it has.
        found: usize,
    },
    /// `null` and numbers that are not whole 64-bit numbers are no expressions.
    #[error("{at}: null and numbers that are not whole cannot be written in an expression")]
    Literal {
        /// Where.
        at: String,
    },
    /// The specification has no such operation.
    #[error("{at}: there is no operation {name:?}")]
    Operator {
        /// Where.
        at: String,
        /// The name found, shortened.
        name: String,
    },
    /// Too few or too many operands.
    #[error("{at}: {operator} takes {takes}, this one has {found}")]
    Arity {
        /// Where.
        at: String,
        /// The operation.
        operator: &'static str,
        /// How many it takes.
        takes: Count,
        /// How many there are.
        found: usize,
    },
    /// An operand that must be written out has another form.
    #[error("{at}: {operator} needs {need} here")]
    Argument {
        /// Where.
        at: String,
        /// The operation.
        operator: &'static str,
        /// What belongs there.
        need: Need,
    },
    /// Nested deeper, or larger, than [`MAX_DEPTH`](super::MAX_DEPTH) and [`MAX_NODES`](super::MAX_NODES).
    #[error("{at}: the expression is nested too deep or too large")]
    Size {
        /// Where.
        at: String,
    },
    /// An operand came out as another type than the operation takes.
    #[error("{at}: {operator} needs {need}")]
    Type {
        /// Where.
        at: String,
        /// The operation.
        operator: &'static str,
        /// What it needs.
        need: Need,
    },
    /// A text that is no date or date-time of the specification, or a day that does not exist.
    #[error("{at}: {text:?} is not a date or date-time")]
    Date {
        /// Where.
        at: String,
        /// The text, shortened.
        text: String,
    },
    /// A sum beyond 64 bits, or a date outside the years 0000 to 9999.
    #[error("{at}: the result is out of range")]
    Overflow {
        /// Where.
        at: String,
    },
    /// More than [`MAX_STEPS`](super::MAX_STEPS) steps, or a value nested too deep.
    #[error("{at}: the evaluation takes too long")]
    Budget {
        /// Where.
        at: String,
    },
}

/// How many operands an operation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Exactly so many.
    Exactly(usize),
    /// One of two neighbouring numbers.
    Between(usize, usize),
    /// So many or more.
    AtLeast(usize),
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(1) => write!(f, "1 operand"),
            Self::Exactly(count) => write!(f, "{count} operands"),
            Self::Between(least, most) => write!(f, "{least} or {most} operands"),
            Self::AtLeast(least) => write!(f, "{least} or more operands"),
        }
    }
}

impl Count {
    fn zh(self) -> String {
        match self {
            Self::Exactly(count) => format!("{count} 个操作数"),
            Self::Between(least, most) => format!("{least} 或 {most} 个操作数"),
            Self::AtLeast(least) => format!("至少 {least} 个操作数"),
        }
    }
}

macro_rules! needs {
    ($($(#[$meta:meta])* $name:ident = $zh:literal, $en:literal;)+) => {
        /// What an operation needs where something else was found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Need { $($(#[$meta])* $name,)+ }

        impl Need {
            /// In Chinese.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)+ }
            }

            /// In English.
            #[must_use]
            pub fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)+ }
            }
        }
    };
}

needs! {
    /// The operands stand in an array.
    Operands = "由操作数组成的数组", "an array of operands";
    /// `var` takes a path.
    Path = "以文本写出、各段不为空的路径", "a path as text, without empty steps";
    /// A number that is written out.
    WholeNumber = "直接写出的整数", "a whole number, written out";
    /// A unit of time that is written out.
    TimeUnit = "\"year\"、\"month\"、\"day\" 或 \"hour\"", "\"year\", \"month\", \"day\" or \"hour\"";
    /// Operands that are whole numbers.
    Numbers = "整数", "whole numbers";
    /// Operands that are date-times.
    Times = "由 plusTime 得到的日期时间", "date-times made with plusTime";
    /// A date that is not yet a date-time.
    DateText = "以文本写出的日期", "a date as text";
    /// A text, or `null`.
    TextOrNull = "文本或 null", "a text or null";
    /// The right operand of `in`.
    ArrayRight = "右侧为数组", "an array on the right";
    /// The first operand of `reduce`.
    ArrayOrNull = "数组或 null", "an array or null";
    /// Something truthy or falsy.
    Truth = "可判断真假的值，而不是日期时间", "something true or false, not a date-time";
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.en())
    }
}

impl LogicError {
    /// Where in the expression, as a JSON pointer.
    #[must_use]
    pub fn at(&self) -> &str {
        match self {
            Self::Shape { at, .. }
            | Self::Literal { at }
            | Self::Operator { at, .. }
            | Self::Arity { at, .. }
            | Self::Argument { at, .. }
            | Self::Size { at }
            | Self::Type { at, .. }
            | Self::Date { at, .. }
            | Self::Overflow { at }
            | Self::Budget { at } => at,
        }
    }

    /// What is wrong, in both languages, without the place.
    #[must_use]
    pub fn text(&self) -> Text {
        let zh = match self {
            Self::Shape { found, .. } => format!("一个运算写成只有一个成员的对象，这里有 {found} 个成员"),
            Self::Literal { .. } => "表达式中不能直接写 null 或非整数".to_owned(),
            Self::Operator { name, .. } => format!("没有名为“{name}”的运算"),
            Self::Arity { operator, takes, found, .. } => {
                format!("{operator} 需要 {}，这里有 {found} 个", takes.zh())
            }
            Self::Argument { operator, need, .. } | Self::Type { operator, need, .. } => {
                format!("{operator} 需要{}", need.zh())
            }
            Self::Size { .. } => "表达式嵌套过深或过大".to_owned(),
            Self::Date { text, .. } => format!("“{text}”不是日期或日期时间"),
            Self::Overflow { .. } => "结果超出范围".to_owned(),
            Self::Budget { .. } => "计算步骤过多".to_owned(),
        };
        let en = self.to_string();
        let en = en.split_once(": ").map_or(en.as_str(), |(_, what)| what).to_owned();
        Text { zh: zh.into(), en: Some(en.into()) }
    }
}
