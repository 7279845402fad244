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
        // A key can be as long as the pack.
        let path: Vec<String> = path.iter().map(|segment| shorten(segment, 80)).collect();
        let path = pointer::render(&path);
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
    Unread,
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
            Self::NeverFits(_) => (Error, "PACK-LOGIC-TYPE"),
            Self::Conflict { .. } => (Warning, "PACK-CONFLICT"),
            Self::Unreachable | Self::OutsideRegions => (Warning, "PACK-UNREACHABLE"),
            Self::TooManyRules => (Warning, "PACK-UNCHECKED"),
            Self::RoundRegion { .. } => (Warning, "PACK-REGION-ROUND"),
            Self::NoEvidence => (Warning, "PACK-EVIDENCE"),
            Self::NoBasis => (Warning, "PACK-BASIS"),
            Self::NoEnglish => (Warning, "PACK-ENGLISH"),
            Self::NoMessage => (Warning, "PACK-MESSAGE"),
            Self::Unread => (Warning, "PACK-ATTACHMENT"),
            Self::Demo => (Warning, "PACK-DEMO"),
            Self::Vct { .. } => (Warning, "PACK-VCT"),
            Self::Authority { .. } => (Warning, "PACK-AUTHORITY"),
            Self::ForeignFormat { .. } => (Warning, "PACK-FORMAT"),
            Self::SupplementsMissing => (Warning, "PACK-SUPPLEMENTS"),
        }
    }

    fn message(&self) -> Text {
        match self {
            Self::Size => Text::fixed("文件超过 4 MiB", "the file is larger than 4 MiB"),
            Self::Utf8 => Text::fixed("不是 UTF-8 文本", "this is not UTF-8"),
            Self::Syntax { expected } => both(
                format!("不是有效的 JSON：此处应为{}", syntax_zh(expected)),
                format!("not JSON: expected {expected}"),
            ),
            Self::Depth { limit } => {
                both(format!("嵌套超过 {limit} 层"), format!("nested deeper than {limit} levels"))
            }
            Self::DuplicateKey { key } => {
                let key = shorten(key, 60);
                both(format!("成员“{key}”重复出现"), format!("the member {key:?} occurs twice"))
            }
            Self::Float => Text::fixed(
                "这里只允许 64 位整数，不允许小数、指数或 -0",
                "only whole 64-bit numbers may stand here: no fraction, exponent or -0",
            ),
            Self::NotNfc => Text::fixed(
                "文本不是 Unicode NFC 规范形式",
                "the text is not in Unicode normalisation form C",
            ),
            Self::Unknown { member, .. } => {
                let member = shorten(member, 60);
                both(format!("没有名为“{member}”的成员"), format!("there is no member {member:?}"))
            }
            Self::Missing { member } => both(format!("缺少成员“{member}”"), format!("{member:?} is missing")),
            Self::WhenAlone => Text::fixed(
                "“when”只与 \"required\": \"when\" 一起使用，且两者缺一不可",
                "\"when\" goes with \"required\": \"when\", and neither without the other",
            ),
            Self::Type { expected: (zh, en) } => both(format!("此处应为{zh}"), format!("{en} belongs here")),
            Self::Value { allowed, .. } => both(
                format!("取值只能是：{}", allowed.join("、")),
                format!("the values are: {}", allowed.join(", ")),
            ),
            Self::Empty => Text::fixed("不能为空", "this must not be empty"),
            Self::Date => {
                Text::fixed("不是日期，或历法中没有这一天", "this is not a date, or there is no such day")
            }
            Self::Organisation => Text::fixed(
                "不是“urn:uscc:”加统一社会信用代码，或校验码不符",
                "this is not urn:uscc: and a code whose check character holds",
            ),
            Self::Region(error) => both(region_zh(*error), error.to_string()),
            Self::Logic(error) | Self::NeverFits(error) => error.text(),
            Self::Dcql(problem) => both(problem.zh(), problem.to_string()),
            Self::DatesReversed => {
                Text::fixed("“valid_until”早于“valid_from”", "\"valid_until\" is before \"valid_from\"")
            }
            Self::DuplicateId { id } => {
                let id = shorten(id, 60);
                both(format!("编号“{id}”已使用过"), format!("the id {id:?} is already taken"))
            }
            Self::UnknownFact { path } => {
                let path = shorten(path, 60);
                both(format!("没有可供“{path}”取值的事实"), format!("there is no fact for {path:?}"))
            }
            Self::NoCredentialYet { fact } => both(
                format!("判断是否必需时尚无“{fact}”"),
                format!("there is no {fact:?} yet when this is decided"),
            ),
            Self::NoMembers { fact } => both(
                format!("“{fact}”是文本，没有下级成员"),
                format!("{fact:?} is a text and has no members"),
            ),
            Self::Conflict { with, case } => both(
                format!("与规则“{with}”同样具体：{case}"),
                format!("as specific as the rule {with:?}: {case}"),
            ),
            Self::Unreachable => Text::fixed(
                "这条规则永远不会被选中：总有更具体的规则，或其有效期在规则包之外",
                "this rule is never chosen: another is always more specific, or it is in force when the pack is not",
            ),
            Self::OutsideRegions => Text::fixed(
                "这条规则永远不会被选中：其“to_regions”不在规则包的范围内",
                "this rule is never chosen: its \"to_regions\" are outside those of the pack",
            ),
            Self::TooManyRules => {
                Text::fixed("规则过多，未逐一比较冲突", "too many rules to look for all conflicts")
            }
            Self::RoundRegion { .. } => Text::fixed(
                "六位代码只匹配它自己，不含下辖地区",
                "a code of six digits matches only itself and nothing below it",
            ),
            Self::NoEvidence => {
                Text::fixed("没有说明什么材料可以满足此项", "nothing says what answers this item")
            }
            Self::NoBasis => Text::fixed("没有写明依据", "no basis is given"),
            Self::NoEnglish => Text::fixed("没有英文文本", "the English text is missing"),
            Self::NoMessage => Text::fixed("没有写明不满足时的说明", "nothing says what to tell people"),
            Self::Unread => Text::fixed(
                "这一项可以只附附件，那时没有凭证可看，这条规则不能判断",
                "an attachment alone may answer this item, and has no credential that the rule could look at",
            ),
            Self::Demo => Text::fixed("这条规则标记为演示", "this rule is marked as a demonstration"),
            Self::Vct { value } => {
                let value = shorten(value, 80);
                both(
                    format!("“{value}”不是本系统的凭证类型"),
                    format!("{value:?} is no credential type of ours"),
                )
            }
            Self::Authority { kind } => {
                let kind = shorten(kind, 60);
                both(
                    format!("无法核对“{kind}”类型的信任机构"),
                    format!("authorities of type {kind:?} cannot be matched"),
                )
            }
            Self::ForeignFormat { format } => {
                let format = shorten(format, 60);
                both(
                    format!("“{format}”格式的凭证不会匹配"),
                    format!("credentials of format {format:?} match nothing"),
                )
            }
            Self::SupplementsMissing => Text::fixed(
                "“supplement”模式没有列出需补充的材料",
                "the mode \"supplement\" lists nothing to add",
            ),
        }
    }

    fn advice(&self) -> Text {
        match self {
            Self::Unknown { near: Some(near), .. } | Self::Value { near: Some(near), .. } => {
                both(format!("是否为“{near}”？"), format!("did you mean {near:?}?"))
            }
            Self::Unknown { .. } => {
                Text::fixed("删除该成员，或改用格式规定的名称", "remove it, or use a name of the format")
            }
            Self::Size => Text::fixed("拆分为多个规则包", "split the pack"),
            Self::Utf8 => Text::fixed("另存为 UTF-8", "save the file as UTF-8"),
            Self::Syntax { .. } => Text::fixed(
                "检查此处及之前的逗号、引号和括号",
                "check commas, quotation marks and brackets here and before",
            ),
            Self::Depth { .. } => Text::fixed("减少嵌套", "nest less deeply"),
            Self::DuplicateKey { .. } => Text::fixed("只保留一个", "keep one of them"),
            Self::Float => Text::fixed("改用整数，金额以分计", "use a whole number; money is counted in fen"),
            Self::NotNfc => Text::fixed("重新输入这段文本", "type the text again"),
            Self::Missing { .. } => Text::fixed("补上该成员", "add it"),
            Self::WhenAlone => {
                Text::fixed("补上“when”，或改写“required”", "add \"when\", or change \"required\"")
            }
            Self::Type { .. } | Self::Value { .. } => {
                Text::fixed("按要求的类型改写", "write it as the format has it")
            }
            Self::Empty => Text::fixed("至少写一项", "write at least one entry"),
            Self::Date => Text::fixed("写成 2026-07-01", "write it like 2026-07-01"),
            Self::Organisation => Text::fixed("核对 18 位代码", "check the 18 characters of the code"),
            Self::Region(_) => Text::fixed(
                "写 *、2/4/6 位数字，或 g60、yrd、demo-zone",
                "write *, 2, 4 or 6 digits, or g60, yrd, demo-zone",
            ),
            Self::Logic(LogicError::Operator { name, .. }) => unknown_operator(name),
            Self::Logic(_) => Text::fixed("按 CertLogic 1.3.3 改写", "write it as CertLogic 1.3.3 has it"),
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
            Self::Unread => {
                Text::fixed("去掉这条规则，或不收附件", "drop the rule, or take no attachment here")
            }
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
