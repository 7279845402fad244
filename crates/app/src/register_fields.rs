//! The fields of the register: what they are called, and what a person wrote as the value that is stored.
//!
//! A form and a table are read by the same functions, so that a firm typed in and the same firm imported
//! are one. A reader gives the value or a sentence on what is wrong with the text; it never guesses what
//! would change the meaning, and never stores a phone number that could be called.

use chrono::{Datelike as _, Days, NaiveDate};
use unicode_normalization::UnicodeNormalization as _;
use zizhi_crypto::PublicKey;
use zizhi_model::text::hides;
use zizhi_model::{Region, Text, Uscc, civil};

use crate::check_typed_uscc;
use crate::failure::told;
use crate::register_regions::named;

/// Characters of the longest name or address. The longest registered names have about sixty.
pub(crate) const LONGEST: usize = 200;
/// Day 0 of Excel, chosen so that every day since 1900-03-01 is right (Excel has a 1900-02-29).
const EXCEL_ZERO: (i32, u32, u32) = (1899, 12, 30);
/// Serial numbers that are days from 1954 to 2119; smaller and larger numbers are something else.
const EXCEL_DAYS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// A field of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// 统一社会信用代码
    Uscc,
    /// 企业名称
    Name,
    /// 所在地区
    Region,
    /// 成立日期
    EstablishedOn,
    /// 入驻日期
    EnteredOn,
    /// 场地地址
    SiteAddress,
    /// 面积
    AreaSqm,
    /// 主要研发在场地内
    RdOnSite,
    /// 技术领域
    Field,
    /// 孵化协议编号
    AgreementNo,
    /// 孵化截止日期
    IncubationDeadline,
    /// 联系人
    ContactName,
    /// 联系电话
    ContactPhone,
    /// 曾用名
    FormerName,
    /// 企业公钥
    HolderKey,
}

impl Field {
    /// What it is called.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Uscc => Text::fixed("统一社会信用代码", "unified social credit code"),
            Self::Name => Text::fixed("企业名称", "name"),
            Self::Region => Text::fixed("所在地区", "region"),
            Self::EstablishedOn => Text::fixed("成立日期", "date of establishment"),
            Self::EnteredOn => Text::fixed("入驻日期", "date of entry"),
            Self::SiteAddress => Text::fixed("场地地址", "site address"),
            Self::AreaSqm => Text::fixed("面积（平方米）", "area in square metres"),
            Self::RdOnSite => Text::fixed("主要研发在场地内", "main R&D on site"),
            Self::Field => Text::fixed("技术领域", "field of technology"),
            Self::AgreementNo => Text::fixed("孵化协议编号", "agreement number"),
            Self::IncubationDeadline => Text::fixed("孵化截止日期", "incubation deadline"),
            Self::ContactName => Text::fixed("联系人", "contact"),
            Self::ContactPhone => Text::fixed("联系电话", "phone"),
            Self::FormerName => Text::fixed("曾用名", "former name"),
            Self::HolderKey => Text::fixed("企业公钥", "public key"),
        }
    }
}

/// Text as people mean it: form C, no white space at its ends, runs of white space as one space.
pub(crate) fn tidy(text: &str) -> String {
    // Most cells are tidy already, and a table has a hundred thousand of them.
    let plain = text.bytes().all(|byte| matches!(byte, b'!'..=b'~'));
    if plain {
        return text.to_owned();
    }
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Half-width, without any white space and without the marks that spreadsheets and web pages leave in copied text: for
/// codes, dates and numbers.
pub(crate) fn folded(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b'!'..=b'~')) {
        return text.to_owned();
    }
    text.nfkc().filter(|c| !c.is_whitespace() && !hides(*c)).collect()
}

/// A code, with or without spaces in it.
pub(crate) fn uscc(text: &str) -> Result<Uscc, Text> {
    let folded = folded(text).to_uppercase();
    if let Some((mantissa, exponent)) = folded.split_once("E+")
        && mantissa.contains('.')
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(lost_digits());
    }
    Uscc::parse(&folded).map_err(check_typed_uscc::words)
}

/// A code that a spreadsheet took for a number.
pub(crate) fn lost_digits() -> Text {
    Text::fixed(
        "代码被表格软件存成了数字，后几位已丢失；请把该列设为文本格式后重新填写代码。",
        "the spreadsheet stored the code as a number and lost its last digits; make the column text and enter the code again",
    )
}

/// A line of text: a name, an address, a number of an agreement.
pub(crate) fn line(text: &str) -> Result<String, Text> {
    let tidy = tidy(text);
    if tidy.contains('\u{fffd}') {
        return Err(Text::fixed(
            "含有不能识别的字符，可能是文件编码有误；请另存为 .xlsx 或 UTF-8 的 CSV。",
            "it holds characters that could not be read, perhaps for a wrong encoding; save the table as .xlsx or as CSV in UTF-8",
        ));
    }
    if tidy.chars().any(hides) {
        return Err(Text::fixed(
            "含有看不见的控制字符，请删除后重新填写。",
            "it holds invisible control characters; remove them",
        ));
    }
    let count = tidy.chars().count();
    if count > LONGEST {
        return Err(told(
            format!("有{count}个字，超过{LONGEST}个字的上限。"),
            format!("it has {count} characters, more than {LONGEST}"),
        ));
    }
    Ok(tidy)
}

/// A name, which is at least two characters and no number.
pub(crate) fn name(text: &str) -> Result<String, Text> {
    let name = line(text)?;
    if name.chars().count() < 2 || !name.chars().any(char::is_alphabetic) {
        return Err(Text::fixed("这不是一个企业名称。", "this is no name of a firm"));
    }
    Ok(name)
}

/// A day in any of the usual forms: `2026-3-5`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `20260305`, the
/// number of the day as Excel counts, each with or without a time behind it.
pub(crate) fn date(text: &str) -> Result<NaiveDate, Text> {
    let spaced: String = text.nfkc().filter(|c| !hides(*c)).collect();
    let day = spaced.trim().split([' ', 'T']).next().unwrap_or_default();
    // 2026 年 3 月 5 日 has spaces inside.
    let folded = if spaced.contains('年') { folded(text) } else { day.to_owned() };
    let folded = folded.trim_end_matches('日').trim_end_matches('号');
    let parts: Vec<&str> = folded.split(['-', '/', '.', '年', '月']).collect();
    let number = |part: &str| -> Option<u32> {
        let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse().ok() } else { None }
    };
    let whole = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u64>().ok());
    match parts.as_slice() {
        [year, month, ""] if number(year).is_some() && number(month).is_some() => Err(no_day()),
        [year, month, rest] => {
            let (Some(y), Some(month), Some(day)) = (number(year), number(month), number(rest)) else {
                return Err(no_date());
            };
            match year.len() {
                4 => in_calendar(y, month, day),
                _ => Err(two_digits()),
            }
        }
        [eight] if eight.len() == 8 => match whole(eight).flatten() {
            Some(number) => in_calendar(
                u32::try_from(number / 10_000).unwrap_or_default(),
                u32::try_from(number / 100 % 100).unwrap_or_default(),
                u32::try_from(number % 100).unwrap_or_default(),
            ),
            None => Err(no_date()),
        },
        [serial] => whole(serial).flatten().and_then(excel_day).ok_or_else(no_date),
        // A serial with a time of the day behind the point.
        [serial, fraction] if serial.len() == 5 && number(fraction.get(..1).unwrap_or("x")).is_some() => {
            whole(serial).flatten().and_then(excel_day).ok_or_else(no_date)
        }
        [year, month] if number(year).is_some() && number(month).is_some() => Err(no_day()),
        _ => Err(no_date()),
    }
}

/// The day with a number of Excel's, where it is one.
pub(crate) fn excel_day(serial: u64) -> Option<NaiveDate> {
    let (year, month, day) = EXCEL_ZERO;
    let zero = NaiveDate::from_ymd_opt(year, month, day)?;
    if EXCEL_DAYS.contains(&serial) { zero.checked_add_days(Days::new(serial)) } else { None }
}

fn in_calendar(year: u32, month: u32, day: u32) -> Result<NaiveDate, Text> {
    let year = i32::try_from(year).unwrap_or_default();
    let found = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        told(
            format!("日历上没有{year}年{month}月{day}日这一天。"),
            format!("there is no such day as {year}-{month:02}-{day:02}"),
        )
    })?;
    if (1900..=2199).contains(&found.year()) { Ok(found) } else { Err(no_date()) }
}

fn no_date() -> Text {
    Text::fixed(
        "不是日期，请写成 2026-03-05、2026/3/5 或 2026年3月5日。",
        "it is no date; write 2026-03-05, 2026/3/5 or 2026年3月5日",
    )
}

fn no_day() -> Text {
    Text::fixed("只有年月，缺少日，请写成 2026-03-05。", "the day is missing; write 2026-03-05")
}

fn two_digits() -> Text {
    Text::fixed(
        "年份不是四位数，无法确定是哪一年，请写成 2026-03-05。",
        "the year has not four digits and could be several; write 2026-03-05",
    )
}

/// A region: six digits, or its name with or without what is above it.
pub(crate) fn region(text: &str) -> Result<Region, Text> {
    let folded = folded(text);
    if folded.bytes().all(|byte| byte.is_ascii_digit()) {
        return Region::parse(&folded).map_err(|_| {
            told(
                format!("行政区划代码有6位，这里是{}位。", folded.len()),
                format!("the code of a region has 6 digits, this has {}", folded.len()),
            )
        });
    }
    match named(&folded) {
        [only] => Ok(*only),
        [] => Err(Text::fixed(
            "没有找到这个地区，请写六位行政区划代码或长三角地区的全称，如“安徽省合肥市蜀山区”。",
            "no such region was found; give its six digits, or the full name of a region of the Yangtze River Delta such as 安徽省合肥市蜀山区",
        )),
        _ => Err(Text::fixed(
            "有多个地区叫这个名称，请写明省市，如“江苏省南京市鼓楼区”。",
            "several regions have this name; say of which city, such as 江苏省南京市鼓楼区",
        )),
    }
}

/// An area in whole square metres; a fraction is rounded, a unit behind it is read.
pub(crate) fn area(text: &str) -> Result<u32, Text> {
    let folded = folded(text).to_lowercase();
    let units = ["平方米", "平米", "平", "㎡", "m2", "m²", "sqm"];
    let bare = units.iter().find_map(|unit| folded.strip_suffix(unit)).unwrap_or(&folded).replace(',', "");
    let (whole, fraction) = bare.split_once('.').unwrap_or((&bare, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = if whole.is_empty() || whole.len() > 7 || !digits(whole) || !digits(fraction) {
        None
    } else {
        whole.parse::<u32>().ok()
    };
    let up = fraction.bytes().next().is_some_and(|tenth| tenth >= b'5');
    number.map(|number| number + u32::from(up)).ok_or_else(|| {
        Text::fixed(
            "不是面积，请填写平方米数，如 120；小数按四舍五入取整。",
            "it is no area; give the square metres, such as 120; a fraction is rounded",
        )
    })
}

/// Yes or no.
pub(crate) fn yes_or_no(text: &str) -> Result<bool, Text> {
    match folded(text).to_lowercase().as_str() {
        "是" | "有" | "在" | "√" | "✓" | "y" | "yes" | "true" | "1" => Ok(true),
        "否" | "无" | "不在" | "×" | "✗" | "x" | "n" | "no" | "false" | "0" => Ok(false),
        _ => Err(Text::fixed("请填写“是”或“否”。", "write 是 or 否, yes or no")),
    }
}

/// A phone number as it is stored: `138****0012`, `021-****5678`. The whole number is not kept, since
/// nothing here needs it (个人信息保护法 art. 6 and 19).
pub(crate) fn phone(text: &str) -> Result<String, Text> {
    let folded: String = folded(text).chars().filter(|c| !matches!(c, '(' | ')' | '_')).collect();
    let bare = folded.strip_prefix("+86").or_else(|| folded.strip_prefix("0086")).unwrap_or(&folded);
    let plain: String = bare.chars().filter(|c| *c != '-').collect();
    let fits = |c: char| c.is_ascii_digit() || c == '*';
    if !plain.chars().all(fits) || plain.chars().filter(|c| *c == '*').count() > 4 {
        return Err(no_phone());
    }
    let tail = |count: usize| plain.get(plain.len().saturating_sub(count)..).unwrap_or_default();
    match plain.len() {
        // 移动电话
        11 if plain.starts_with('1')
            && plain.get(1..2).is_some_and(|c| ('3'..='9').any(|d| c.starts_with(d))) =>
        {
            Ok(format!("{}****{}", plain.get(..3).unwrap_or_default(), tail(4)))
        }
        // 区号 and seven or eight digits
        10..=12 if plain.starts_with('0') => {
            let area = if plain.starts_with("01") || plain.starts_with("02") { 3 } else { 4 };
            Ok(format!("{}-****{}", plain.get(..area).unwrap_or_default(), tail(4)))
        }
        // Without 区号
        7 | 8 if !plain.starts_with('0') => Ok(format!("****{}", tail(4))),
        _ => Err(no_phone()),
    }
}

fn no_phone() -> Text {
    Text::fixed(
        "不是电话号码：手机号有11位，固定电话请带区号，如 0551-63600000。",
        "it is no phone number: a mobile number has 11 digits; write others with their area code, such as 0551-63600000",
    )
}

/// Names that a firm had, several separated by `；`, `、`, `;` or a line break.
pub(crate) fn former_names(text: &str) -> Result<Vec<String>, Text> {
    let parts = text.split(['；', ';', '、', '\n', '|']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(name).collect()
}

/// The firm's public key, as it exports it (JWK). Private members are passed over.
pub(crate) fn holder_key(text: &str) -> Result<PublicKey, Text> {
    PublicKey::from_jwk_bytes(text.trim().as_bytes()).map_err(|_| {
        Text::fixed(
            "不是可用的公钥，请粘贴企业导出的公钥文件（.jwk）的全部内容。",
            "it is no public key that can be used; paste the whole text of the file (.jwk) that the firm exported",
        )
    })
}

/// What a day says that lies after today, where it may not.
pub(crate) fn not_in_future(day: NaiveDate, today: NaiveDate) -> Result<(), Text> {
    if day <= today {
        return Ok(());
    }
    Err(told(format!("{}还没有到。", civil::date_zh(day)), format!("{day} is in the future")))
}
