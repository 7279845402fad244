//! Every remark that can be made about a pack: its code, its words, its advice.

use zizhi_model::Text;
use zizhi_model::region::RegionError;

use super::diagnostic::{Diagnostic, Severity};
use super::json::Spot;
use crate::certlogic::{LogicError, Need, shorten};
use crate::dcql::DcqlProblem;
use crate::pointer;

/// Remarks of one pack that are kept. Nobody reads more.
const MAX_DIAGNOSTICS: usize = 500;

/// The remarks made so far.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Log {
    pub(super) fn add(&mut self, at: Spot, path: &[String], problem: &Problem) {
        if self.diagnostics.len() >= MAX_DIAGNOSTICS {
            return;
        }
        let (severity, code) = problem.kind();
        let (message, advice) = (problem.message(), problem.advice());
        let Spot { line, column } = at;
        let path = pointer::render(path);
        self.diagnostics.push(Diagnostic { severity, code, line, column, path, message, advice });
    }

    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The remarks in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        self.diagnostics
    }
}

/// What a member must be, in both languages.
pub(super) type Words = (&'static str, &'static str);

/// One kind of remark.
#[derive(Debug)]
pub(super) enum Problem {
    Size,
    Utf8,
    Syntax { expected: &'static str },
    Depth { limit: usize },
    DuplicateKey { key: String },
    Float,
    NotNfc,
    Unknown { member: String, near: Option<&'static str> },
    Missing { member: &'static str },
    Type { expected: Words },
    Value { allowed: Vec<&'static str>, near: Option<&'static str> },
    Empty,
    Date,
    Organisation,
    Region(RegionError),
    Logic(LogicError),
    Dcql(DcqlProblem),
    WhenAlone,
    DatesReversed,
    DuplicateId { id: String },
    UnknownFact { path: String },
    NoCredentialYet { fact: String },
    NoMembers { fact: &'static str },
    NeverFits(LogicError),
    Conflict { with: String, case: String },
    Unreachable,
    TooManyRules,
    OutsideRegions,
    RoundRegion { shorter: String },
    NoEvidence,
    NoBasis,
    NoEnglish,
    NoMessage,
    Demo,
    Vct { value: String },
    Authority { kind: String },
    ForeignFormat { format: String },
    SupplementsMissing,
}

impl Problem {
    fn kind(&self) -> (Severity, &'static str) {
        use Severity::{Error, Warning};
        match self {
            Self::Size => (Error, "PACK-SIZE"),
            Self::Utf8 => (Error, "PACK-UTF8"),
            Self::Syntax { .. } => (Error, "PACK-SYNTAX"),
            Self::Depth { .. } => (Error, "PACK-DEPTH"),
            Self::DuplicateKey { .. } => (Error, "PACK-DUPLICATE-KEY"),
            Self::Float => (Error, "PACK-FLOAT"),
            Self::NotNfc => (Error, "PACK-NFC"),
            Self::Unknown { .. } => (Error, "PACK-UNKNOWN-MEMBER"),
            Self::Missing { .. } | Self::WhenAlone => (Error, "PACK-MISSING-MEMBER"),
            Self::Type { .. } => (Error, "PACK-TYPE"),
            Self::Value { .. } => (Error, "PACK-VALUE"),
            Self::Empty => (Error, "PACK-EMPTY"),
            Self::Date => (Error, "PACK-DATE"),
            Self::Organisation => (Error, "PACK-ORGANISATION"),
            Self::Region(_) => (Error, "PACK-REGION"),
            Self::Logic(_) => (Error, "PACK-LOGIC"),
            Self::Dcql(_) => (Error, "PACK-DCQL"),
            Self::DatesReversed => (Error, "PACK-DATE-ORDER"),
            Self::DuplicateId { .. } => (Error, "PACK-DUPLICATE-ID"),
            Self::UnknownFact { .. } | Self::NoCredentialYet { .. } | Self::NoMembers { .. } => {
                (Error, "PACK-FACT")
            }
            Self::NeverFits(LogicError::Type { need: Need::Times, .. }) => Text::fixed(
                "日期先用 plusTime 转换，例如 {\"plusTime\": [日期, 0, \"day\"]}",
                "turn dates into date-times first, as in {\"plusTime\": [date, 0, \"day\"]}",
            ),
            Self::NeverFits(_) => Text::fixed(
                "改写操作数；照此规则永远无法判断",
                "change the operands; as it is, the rule can never be decided",
            ),
            Self::Dcql(_) => {
                Text::fixed("按 OpenID4VP 1.0 第 6 节改写", "write it as OpenID4VP 1.0 §6 has it")
            }
            Self::DatesReversed => Text::fixed("对调或更正日期", "swap or correct the dates"),
            Self::DuplicateId { .. } => Text::fixed("改用未使用的编号", "use another id"),
            Self::UnknownFact { .. } => Text::fixed(
                "以 now、scenario、origin、destination、firm、issuer、credential 或 dossier 开头",
                "begin with now, scenario, origin, destination, firm, issuer, credential or dossier",
            ),
            Self::NoCredentialYet { .. } => {
                Text::fixed("改用 firm、dossier 等事实", "use facts such as firm or dossier")
            }
            Self::NoMembers { .. } => Text::fixed("去掉后面的部分", "leave out what follows"),
            Self::Conflict { .. } => Text::fixed(
                "使其中一条更具体；否则两者都只按“仅作参考”处理",
                "make one of them more specific; as it is, the case counts as reference",
            ),
            Self::Unreachable | Self::OutsideRegions => {
                Text::fixed("删除或改写这条规则", "remove or change the rule")
            }
            Self::TooManyRules => Text::fixed("拆分规则包后再检查", "split the pack and check again"),
            Self::RoundRegion { shorter } => both(
                format!("若要包含下辖地区，写“{shorter}”"),
                format!("write {shorter:?} to take in what is below it"),
            ),
            Self::NoEvidence => {
                Text::fixed("写明“dcql”或“attachment_kinds”", "give \"dcql\" or \"attachment_kinds\"")
            }
            Self::NoBasis => Text::fixed(
                "写明文件名称、文号和条款，或双方协议",
                "name the document, its number and article, or the agreement",
            ),
            Self::NoEnglish => Text::fixed(
                "补上“en”；否则英文界面显示中文",
                "add \"en\"; without it the Chinese text is shown",
            ),
            Self::NoMessage => Text::fixed("补上“message”", "add \"message\""),
            Self::Demo => {
                Text::fixed("正式发布前替换或删除", "replace or remove it before publishing in earnest")
            }
            Self::Vct { .. } => Text::fixed(
                "写成 urn:zizhitong:credential:<类型>:<版本>",
                "write urn:zizhitong:credential:<type>:<major>",
            ),
            Self::Authority { .. } => Text::fixed(
                "使用 aki（签发方密钥标识）或 openid_federation（urn:uscc:…）",
                "use aki (the issuer's key id) or openid_federation (urn:uscc:…)",
            ),
            Self::ForeignFormat { .. } => Text::fixed("使用 dc+sd-jwt", "use dc+sd-jwt"),
            Self::SupplementsMissing => Text::fixed("补上“supplements”", "add \"supplements\""),
        }
    }
}

fn both(zh: String, en: String) -> Text {
    Text { zh: zh.into(), en: Some(en.into()) }
}

fn region_zh(error: RegionError) -> String {
    match error {
        RegionError::Length(found) => format!("地区代码有 6 位，前缀有 2、4 或 6 位，这里有 {found} 位"),
        RegionError::Digit => "地区代码只含数字".to_owned(),
        RegionError::Group => "没有这个地区分组".to_owned(),
    }
}

fn unknown_operator(name: &str) -> Text {
    // People who know JsonLogic look for these.
    match name {
        "or" => Text::fixed(
            "CertLogic 没有 or：写成 {\"if\": [甲, true, 乙]}",
            "CertLogic has no or: write {\"if\": [a, true, b]}",
        ),
        "==" => Text::fixed("写成 ===", "write ==="),
        "!=" | "!==" => {
            Text::fixed("写成 {\"!\": [{\"===\": [甲, 乙]}]}", "write {\"!\": [{\"===\": [a, b]}]}")
        }
        "not" => Text::fixed("写成 !", "write !"),
        _ => Text::fixed("使用 CertLogic 1.3.3 的运算", "use an operation of CertLogic 1.3.3"),
    }
}

fn syntax_zh(expected: &str) -> &str {
    match expected {
        "the end of the file" => "文件结尾",
        "a value" => "一个值",
        "',' or ']'" => "“,”或“]”",
        "',' or '}'" => "“,”或“}”",
        "a key in quotation marks" => "带引号的成员名",
        "':'" => "“:”",
        "a number without leading zeros" => "没有前导零的数",
        "a digit" => "数字",
        "a closing '\"'" => "结尾的引号",
        "no control character in a text" => "不含控制字符的文本",
        "an escape sequence of JSON" => " JSON 转义序列",
        other => other,
    }
}
