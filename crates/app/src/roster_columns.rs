//! Which column of a table holds which field of the register, by what people write above it.

use std::collections::HashMap;

use crate::register_fields::{Field, folded};
use crate::roster_table::{Row, Sheet};

/// Rows among which the headings are looked for; above them stand titles and remarks.
const FIRST_ROWS: usize = 20;

/// Headings as they are written, folded: half-width, lower case, without white space, marks and what
/// stands in brackets. More telling fields come first, since "联系人电话" is a phone and no person.
const HEADINGS: [(Field, &[&str]); 15] = [
    (
        Field::Uscc,
        &[
            "统一社会信用代码",
            "社会信用代码",
            "统一信用代码",
            "信用代码",
            "统一代码",
            "信用代码证号",
            "uscc",
            "usci",
            "unifiedsocialcreditcode",
            "socialcreditcode",
            "creditcode",
        ],
    ),
    (
        Field::FormerName,
        &[
            "曾用名",
            "曾用名称",
            "原名称",
            "原企业名称",
            "原公司名称",
            "变更前名称",
            "formername",
            "formernames",
            "previousname",
        ],
    ),
    (
        Field::Name,
        &[
            "企业名称",
            "公司名称",
            "单位名称",
            "企业全称",
            "公司全称",
            "机构名称",
            "在孵企业名称",
            "入驻企业名称",
            "入孵企业名称",
            "入驻企业",
            "在孵企业",
            "企业",
            "公司",
            "名称",
            "单位",
            "name",
            "companyname",
            "company",
            "firm",
            "firmname",
            "enterprise",
            "enterprisename",
        ],
    ),
    (
        Field::EstablishedOn,
        &[
            "成立日期",
            "成立时间",
            "企业成立日期",
            "企业成立时间",
            "公司成立时间",
            "注册日期",
            "注册时间",
            "工商注册时间",
            "工商注册日期",
            "设立日期",
            "设立时间",
            "establishedon",
            "established",
            "dateofestablishment",
            "foundedon",
            "incorporatedon",
        ],
    ),
    (
        Field::EnteredOn,
        &[
            "入驻日期",
            "入驻时间",
            "入孵日期",
            "入孵时间",
            "入园日期",
            "入园时间",
            "进驻日期",
            "进驻时间",
            "迁入日期",
            "迁入时间",
            "enteredon",
            "entered",
            "dateofentry",
            "entrydate",
            "moveindate",
        ],
    ),
    (
        Field::IncubationDeadline,
        &[
            "孵化截止日期",
            "孵化截止时间",
            "孵化截止",
            "孵化到期日",
            "孵化到期日期",
            "孵化到期时间",
            "孵化期限",
            "孵化期至",
            "孵化期满日期",
            "在孵截止日期",
            "孵化协议到期",
            "孵化协议到期日",
            "孵化协议到期日期",
            "孵化协议到期时间",
            "孵化协议截止日期",
            "入孵协议到期",
            "入孵协议到期日",
            "入孵协议到期日期",
            "入驻协议到期",
            "入驻协议到期日",
            "入驻协议到期日期",
            "协议到期",
            "协议到期日",
            "协议到期日期",
            "协议到期时间",
            "协议截止日期",
            "合同到期",
            "合同到期日",
            "合同到期日期",
            "合同到期时间",
            "incubationdeadline",
            "deadline",
            "incubationends",
            "enddate",
        ],
    ),
    (
        Field::AgreementNo,
        &[
            "孵化协议编号",
            "孵化协议号",
            "协议编号",
            "协议号",
            "入驻协议编号",
            "入驻协议号",
            "合同编号",
            "合同号",
            "agreementno",
            "agreementnumber",
            "contractno",
            "contractnumber",
        ],
    ),
    (
        Field::ContactPhone,
        &[
            "联系电话",
            "联系人电话",
            "联系方式",
            "联系人手机",
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "企业联系电话",
            "phone",
            "contactphone",
            "mobile",
            "telephone",
            "tel",
            "phonenumber",
        ],
    ),
    (Field::HolderKey, &["企业公钥", "公钥", "公钥jwk", "holderkey", "holderjwk", "publickey", "jwk"]),
    (
        Field::ContactName,
        &["联系人", "联系人姓名", "企业联系人", "对接人", "contact", "contactname", "contactperson"],
    ),
    (
        Field::AreaSqm,
        &[
            "面积",
            "使用面积",
            "场地面积",
            "租赁面积",
            "孵化面积",
            "办公面积",
            "孵化场地面积",
            "入驻面积",
            "房屋面积",
            "area",
            "areasqm",
            "floorarea",
        ],
    ),
    (
        Field::SiteAddress,
        &[
            "场地地址",
            "场地",
            "入驻地址",
            "入驻场地",
            "办公地址",
            "办公场所",
            "经营场所",
            "房间号",
            "房号",
            "门牌号",
            "楼号房号",
            "地址",
            "siteaddress",
            "address",
            "site",
            "room",
            "officeaddress",
        ],
    ),
    (
        Field::RdOnSite,
        &[
            "主要研发在场地内",
            "主要研发场所在孵化器内",
            "主要研发场所是否在孵化器内",
            "研发场所在孵化器内",
            "研发场所是否在孵化器内",
            "是否在场地内研发",
            "研发是否在场地内",
            "rdonsite",
            "mainrdonsite",
        ],
    ),
    (
        Field::Field,
        &[
            "技术领域",
            "所属技术领域",
            "所属领域",
            "领域",
            "行业领域",
            "产业领域",
            "所属行业",
            "行业",
            "所属产业",
            "field",
            "technologyfield",
            "fieldoftechnology",
            "industry",
            "sector",
        ],
    ),
    (
        Field::Region,
        &[
            "所在地区",
            "地区",
            "行政区划",
            "行政区划代码",
            "区划代码",
            "注册地",
            "注册地区",
            "注册所在地",
            "所在地",
            "所在区县",
            "区县",
            "所属地区",
            "所属区域",
            "region",
            "regioncode",
            "district",
            "registeredregion",
        ],
    ),
];

/// Parts of headings by which a column is known where the heading as a whole is not.
const PARTS: [(Field, &str); 10] = [
    (Field::Uscc, "信用代码"),
    (Field::FormerName, "曾用名"),
    (Field::Name, "企业名称"),
    (Field::Name, "公司名称"),
    (Field::EstablishedOn, "成立"),
    (Field::EnteredOn, "入驻日期"),
    (Field::EnteredOn, "入驻时间"),
    (Field::ContactPhone, "电话"),
    (Field::ContactPhone, "手机"),
    (Field::AreaSqm, "面积"),
];

/// Where the headings are, and what they say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Headed {
    /// Which sheet.
    pub sheet: usize,
    /// Which of its rows.
    pub row: usize,
    /// For each column, the field that it was taken for.
    pub fields: Vec<Option<Field>>,
}

/// Finds the headings: the row with the most known ones. Where nothing is known, the first row of the
/// first sheet that has any; a person can say then what the columns are.
pub(crate) fn find_headings(sheets: &[Sheet]) -> Option<Headed> {
    let mut best: Option<(usize, Headed)> = None;
    for (at, sheet) in sheets.iter().enumerate() {
        for (row_at, row) in sheet.iter().take(FIRST_ROWS).enumerate() {
            let fields = guess(row);
            let known = fields.iter().flatten().count();
            if best.as_ref().is_none_or(|(most, _)| known > *most) {
                best = Some((known, Headed { sheet: at, row: row_at, fields }));
            }
        }
    }
    best.map(|(_, headed)| headed)
}

/// The fields of a row of headings; each field once, and a whole heading before a part of one.
fn guess(row: &Row) -> Vec<Option<Field>> {
    let headings: Vec<String> = row.cells.iter().map(|cell| plain(&cell.text())).collect();
    let mut taken: HashMap<Field, usize> = HashMap::new();
    for (field, names) in HEADINGS {
        // The order of the names is the order of preference: "企业名称" before "名称".
        let found = names.iter().find_map(|name| headings.iter().position(|heading| heading == name));
        if let Some(column) = found {
            taken.entry(field).or_insert(column);
        }
    }
    for (field, part) in PARTS {
        let free = |column: &usize| taken.values().all(|used| used != column);
        let found = headings.iter().position(|heading| heading.contains(part)).filter(free);
        if let Some(column) = found {
            taken.entry(field).or_insert(column);
        }
    }
    let by_column: HashMap<usize, Field> = taken.into_iter().map(|(field, column)| (column, field)).collect();
    (0..headings.len()).map(|column| by_column.get(&column).copied()).collect()
}

/// A heading without what varies: width, case, white space, marks, and remarks in brackets.
fn plain(heading: &str) -> String {
    let mut depth = 0_usize;
    let folded = folded(heading).to_lowercase();
    let kept = folded.chars().filter(|c| {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0 && c.is_alphanumeric()
    });
    kept.collect()
}
