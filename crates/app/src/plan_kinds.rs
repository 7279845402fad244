//! Kinds of attachment and what they are called: by the destination's own words where its rule pack has
//! any, else by the words that are usual in the field.

use zizhi_model::Text;
use zizhi_rules::pack::{Checklist, RulePack};

/// Kinds that are usual, with what they are called: those that checklists ask for (domain.md §3.3), those of which the
/// program prints templates, those about persons (`PI-CONSENT`), and what is none of them.
const USUAL: &[(&str, &str, &str)] = &[
    ("business_licence_scan", "营业执照扫描件", "scan of the business licence"),
    ("articles", "公司章程", "articles of association"),
    ("resolution", "股东会迁移决议", "shareholders' resolution to move"),
    ("lease", "经营场所租赁合同", "lease of the premises"),
    ("premises_proof", "住所使用证明", "proof of premises"),
    ("name_change_notice", "准予变更登记通知书", "notice of the change of name"),
    ("relocation_notice", "迁入地认定机构证明", "proof of the destination's determining authority"),
    ("relocation_proof", "异地搬迁证明", "proof of the move"),
    ("miit_platform_record", "优质中小企业平台记录", "record of the platform for SMEs"),
    ("tax_status", "税务状态证明", "proof of the tax status"),
    ("annual_report", "年报公示情况", "published annual reports"),
    ("service_contract", "服务合同", "service contract"),
    ("usage_record", "机时使用记录", "record of instrument time"),
    ("test_report", "检测报告", "test report"),
    ("invoice", "发票", "invoice"),
    ("payment_record", "付款凭证", "proof of payment"),
    ("evaluation", "用户评价", "user's evaluation"),
    ("materials_list", "材料清单", "list of materials"),
    ("power_of_attorney", "授权委托书", "power of attorney"),
    ("consent", "个人信息单独同意书", "separate consent for personal data"),
    ("commitment", "真实性承诺书", "statement of truthfulness"),
    ("identity_document", "身份证明", "identity document"),
    ("staff_list", "人员名单", "list of staff"),
    ("social_insurance_list", "社保参保名单", "list of insured staff"),
    ("resume", "简历", "CV"),
    ("photo", "照片", "photograph"),
    ("other", "其他材料", "other document"),
];

/// What a kind is called.
#[must_use]
pub fn kind_name(kind: &str, pack: Option<&RulePack>) -> Text {
    let supplements = pack.into_iter().flat_map(|pack| &pack.equivalences).flat_map(|rule| &rule.supplements);
    let mut own = supplements.filter(|supplement| supplement.kind == kind);
    if let Some(supplement) = own.next() {
        return supplement.title.clone();
    }
    let usual = USUAL.iter().find(|(known, ..)| *known == kind);
    usual.map_or_else(|| Text { zh: kind.to_owned().into(), en: None }, |(_, zh, en)| Text::fixed(zh, en))
}

/// The kinds that can be chosen, each with what it is called: those that the checklist and its rules ask for first, then
/// all that are usual.
#[must_use]
pub fn kinds(rules: Option<(&RulePack, &Checklist)>) -> Vec<(String, Text)> {
    let mut names: Vec<&str> = Vec::new();
    if let Some((pack, list)) = rules {
        names.extend(list.items.iter().flat_map(|item| &item.evidence.attachment_kinds).map(String::as_str));
        let fitting = pack.equivalences.iter();
        let fitting =
            fitting.filter(|rule| rule.scenarios.is_empty() || rule.scenarios.contains(&list.scenario));
        names.extend(fitting.flat_map(|rule| &rule.supplements).map(|supplement| supplement.kind.as_str()));
    }
    names.extend(USUAL.iter().map(|(kind, ..)| *kind));
    let mut kinds: Vec<(String, Text)> = Vec::new();
    for name in names {
        if kinds.iter().all(|(known, _)| known != name) {
            kinds.push((name.to_owned(), kind_name(name, rules.map(|(pack, _)| pack))));
        }
    }
    kinds
}
