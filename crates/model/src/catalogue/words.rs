//! Words for the identifiers that facts hold: rules, types, claims, scenarios.
//!
//! What is not listed is shown as it is written, so a new credential type needs no entry here.

use super::entry::{Line, line};
use crate::ids::PatentKind;
use crate::term::{Provenance, RecognitionMode, Scenario};

/// The words for `value` as the fact `name`, if it is an identifier we know.
pub(super) fn of(name: &str, value: &str) -> Option<Line> {
    match name {
        "rule" => rule(value),
        "type" => credential_type(value),
        "claim" => claim(value),
        "role" => role(value),
        "use" => key_use(value),
        "kind" => PatentKind::parse(value).map(|kind| line(kind.zh(), kind.en())),
        "expected" | "found" | "provenance" => provenance(value).or_else(|| credential_type(value)),
        "scenario" => Scenario::parse(value).map(|term| line(term.zh(), term.en())),
        "looks" => looks(value),
        "required" if value == "open" => Some(line(
            "是否必须提供，取决于档案还没有说明的信息",
            "Whether it is required depends on what the dossier does not say",
        )),
        "missing" => asked(value),
        "dossier.facts.enters_as" => enters_as(value),
        "mode" => RecognitionMode::parse(value).map(|term| line(term.zh(), term.en())),
        _ => None,
    }
}

/// What a file that is no dossier seems to be.
fn looks(value: &str) -> Option<Line> {
    Some(match value {
        "signed" => line(
            "这是凭证、请求、决定或报告一类的签名文件，不是互认档案，无法读取",
            "This is a signed file such as a credential, a request, a decision or a report, and no dossier; it cannot be read",
        ),
        "pdf" => {
            line("这是PDF文件，不是互认档案，无法读取", "This is a PDF and no dossier; it cannot be read")
        }
        "media" => line(
            "这是音频或视频，不是互认档案，无法读取",
            "This is a recording and no dossier; it cannot be read",
        ),
        "image" => {
            line("这是图片，不是互认档案，无法读取", "This is a picture and no dossier; it cannot be read")
        }
        "office" => line(
            "这是办公文档，不是互认档案，无法读取",
            "This is an office document and no dossier; it cannot be read",
        ),
        "archive" => line(
            "这是压缩文件，不是互认档案，无法读取",
            "This is a compressed file and no dossier; it cannot be read",
        ),
        "text" => line(
            "这是文本文件，不是互认档案，无法读取",
            "This is a text file and no dossier; it cannot be read",
        ),
        "empty" => line("这个文件是空的，无法读取", "The file is empty and cannot be read"),
        "changed" => line(
            "内容与打包时的校验值不符，传输中受损或被改动过",
            "The content does not fit the checksum of its packing; it was damaged on its way or altered",
        ),
        _ => return None,
    })
}

fn provenance(value: &str) -> Option<Line> {
    Provenance::parse(value).map(|term| line(term.zh(), term.en()))
}

/// Broken rules, by the names that the parsers give them.
fn rule(name: &str) -> Option<Line> {
    Some(match name {
        // Numbers of qualifications.
        "number_form" => line("位数或格式不对", "wrong length or form"),
        "number_year" => line("年份不对", "impossible year"),
        "number_region" => line("地区代码不对", "impossible region"),
        "check_character" => line("校验位不对", "the check character does not fit"),
        "check_character_missing" => line("缺少校验位", "the check character is missing"),
        "inner_check_character" => {
            line("主体标识码的校验位不对", "the check character of the organisation part does not fit")
        }
        "patent_kind_digit" => line("专利类型代码不对", "impossible digit for the kind of patent"),
        "kind_differs" => line("与所填专利类型不一致", "it differs from the stated kind of patent"),
        "uscc_length" => line("不是18位", "it does not have 18 characters"),
        "uscc_character" => line("含有不允许的字符", "it has a character that cannot occur"),
        "uscc_region" => line("第3至8位不是数字", "characters 3 to 8 are not digits"),
        "elicence_type" => line("证照类型代码不对", "wrong licence type code"),
        "elicence_issuer" => line("颁发机构代码不对", "wrong issuer code"),
        "elicence_serial" => line("流水号或版本号不对", "wrong serial number or version"),
        // What a voucher is limited to.
        "region" => line("使用地区", "region"),
        "service_kind" => line("服务类别", "kind of service"),
        "provider" => line("服务机构", "service provider"),
        "invoice_on" => line("发票日期", "invoice date"),
        _ => return credential_rule(name),
    })
}

/// The rules of RFC 9901 and formats.md §1.
fn credential_rule(name: &str) -> Option<Line> {
    Some(match name {
        "form" | "jws-form" | "missing-tilde" => line("整体结构不对", "wrong overall structure"),
        "json" => line("数据格式不规范", "data not in the required form"),
        "key-binding-unexpected" => {
            line("应是签发件，却带有持有人签名", "a presentation where an issued credential is expected")
        }
        "algorithm" => line("签名算法与密钥不符", "the algorithm is not the key's"),
        "typ" => line("文件类别标记不对", "wrong type mark"),
        "crit" => line("含有无法识别的强制要求", "an unknown mandatory extension"),
        "signature" => line("签名不符", "the signature does not hold"),
        "sd-alg" | "sd-alg-nested" => line("摘要算法声明不对", "wrong digest algorithm statement"),
        "sd-form" | "ellipsis-form" => line("隐藏项的标记写法不对", "hidden claims marked wrongly"),
        "disclosure-encoding"
        | "member-disclosure-form"
        | "element-disclosure-form"
        | "salt-form"
        | "name-form" => line("披露项写法不对", "malformed disclosure"),
        "reserved-name" => line("披露项使用了保留名称", "a disclosure with a reserved name"),
        "shadowed-claim" => line("披露项与已有内容重名", "a disclosure that repeats a visible claim"),
        "repeated-digest" => line("同一摘要重复出现", "a digest that occurs twice"),
        "repeated-disclosure" => line("同一披露项重复提交", "a disclosure sent twice"),
        "unreferenced-disclosure" => {
            line("夹带了签名内容没有列出的披露项", "a disclosure that the signed content does not refer to")
        }
        "reused-salt" => line("披露项的随机数重复", "two disclosures with one salt"),
        "short-salt" => line("披露项的随机数太短", "a salt that is too short"),
        "hidden-claim" => line("必须公开的内容被隐藏", "a mandatory claim is hidden"),
        "missing-claim" => line("缺少必备内容", "a mandatory claim is missing"),
        "claim-form" => line("内容写法不对", "a claim of the wrong form"),
        "declared-by-other" => {
            line("自述内容不是由企业本身签名", "a self-declaration signed by somebody else")
        }
        "holder-key" => line("持有人公钥不可用", "an unusable holder key"),
        "disclosures" => line("披露项过多", "too many disclosures"),
        "size" => line("数据过大", "too much data"),
        "depth" => line("嵌套过深", "nested too deeply"),
        _ => return None,
    })
}

/// The dates and members that checks name. Others are shown by their identifier.
pub(super) fn claim(name: &str) -> Option<Line> {
    Some(match name {
        "iss" => line("签发方", "issuer"),
        "sub" => line("持证主体", "subject"),
        "iat" => line("签发时间", "time of signing"),
        "nbf" => line("生效时间", "start of validity"),
        "exp" => line("签名有效期", "end of the statement"),
        "vct" => line("凭证类型", "credential type"),
        "region" => line("所在地区", "region"),
        "status" => line("状态信息", "status"),
        "cnf" => line("持有人公钥", "holder key"),
        "provenance" => line("来源", "provenance"),
        "name" => line("签发时名称", "name at issue"),
        "number" => line("编号", "number"),
        "valid_from" => line("有效期起", "valid from"),
        "valid_until" => line("有效期至", "valid until"),
        "issued_on" => line("发证日期", "issued on"),
        "established_on" => line("成立日期", "established on"),
        "established_on + 1y" => line("成立满一年", "one year after establishment"),
        "entered_on" => line("入驻日期", "entered on"),
        "graduated_on" => line("毕业日期", "graduated on"),
        "filed_on" => line("申请日", "filed on"),
        "granted_on" => line("授权日", "granted on"),
        _ => return None,
    })
}

/// What a rule asks for, by its path among a rule's facts (formats.md §4), and the value beside it:
/// `dossier.facts.claims_high_tech`, `credential.valid_until = 2026-10-20`.
pub(super) fn asked(path: &str) -> Option<Line> {
    path.strip_prefix("dossier.facts.")
        .and_then(fact)
        .or_else(|| path.strip_prefix("credential.").and_then(claim))
}

/// The members of a dossier's `facts` that the format gives a meaning (formats.md §5).
pub(super) fn fact(path: &str) -> Option<Line> {
    Some(match path {
        "related[0].uscc" => line("分公司（子公司）统一社会信用代码", "code of the branch or subsidiary"),
        "related[0].name" => line("分公司（子公司）名称", "name of the branch or subsidiary"),
        "related[0].relation" => line("与本企业的关系", "its relation to the firm"),
        "rd_staff_at_destination_percent" => {
            line("在迁入地的研发人员占比（%）", "share of R&D staff at the destination, %")
        }
        "registered_at_destination_on" => {
            line("迁入地新执照的核准日期", "date of the new licence at the destination")
        }
        "claims_high_tech" => line("以高新技术企业身份申报", "comes as a high-tech enterprise"),
        "enters_as" => line("拟以何种身份入驻", "enters as"),
        "redemption.amount_fen" => line("本次抵扣金额（元）", "amount to offset, CNY"),
        "redemption.service_kind" => line("服务类别", "kind of service"),
        "redemption.provider" => line("服务机构统一社会信用代码", "code of the service provider"),
        "redemption.invoice_on" => line("发票日期", "date of the invoice"),
        "redemption.other_holds_fen" => line("其他窗口已预约的金额（元）", "amount held elsewhere, CNY"),
        "redemption.related" => line("与服务机构有关联关系", "related to the service provider"),
        "redemption.excluded_testing" => {
            line("属于法定检测、强制检测或批量生产检测", "a statutory, mandatory or serial production test")
        }
        "redemption.holder_changed" => {
            line("领券后已更名或迁出发券地区", "renamed or moved out of the region since the grant")
        }
        _ => return None,
    })
}

/// The answers to `enters_as` (formats.md §5).
fn enters_as(value: &str) -> Option<Line> {
    Some(match value {
        "incubatee" => line("在孵企业", "incubatee"),
        "accelerator" => line("加速器企业", "accelerator firm"),
        "tenant" => line("一般入驻", "tenant"),
        _ => return None,
    })
}

fn key_use(name: &str) -> Option<Line> {
    Some(match name {
        "credential" => line("签发凭证", "signing credentials"),
        "status" => line("签发吊销名单", "signing status lists"),
        "decision" => line("签发互认决定", "signing decisions"),
        "request" => line("签发核验请求", "signing requests"),
        "report" => line("签发核验报告", "signing reports"),
        _ => return None,
    })
}

/// The roles of the trust data.
fn role(name: &str) -> Option<Line> {
    Some(match name {
        "root" => line("根", "root"),
        "targets" => line("总目录", "targets"),
        "snapshot" => line("快照", "snapshot"),
        "timestamp" => line("时间戳", "timestamp"),
        "31" => line("上海市", "Shanghai"),
        "32" => line("江苏省", "Jiangsu"),
        "33" => line("浙江省", "Zhejiang"),
        "34" => line("安徽省", "Anhui"),
        _ => return None,
    })
}

/// The types of domain.md §2.2.
fn credential_type(name: &str) -> Option<Line> {
    Some(match name {
        "business-licence" => line("营业执照", "business licence"),
        "branch-licence" => line("分公司营业执照", "branch licence"),
        "incubatee-certificate" => line("在孵企业证明", "incubatee certificate"),
        "incubation-agreement" => line("孵化协议", "incubation agreement"),
        "graduation-certificate" => line("孵化毕业企业证明", "graduation certificate"),
        "high-tech-enterprise" => line("高新技术企业证书", "high-tech enterprise certificate"),
        "tech-sme" => line("科技型中小企业入库登记编号", "technology-based SME registration"),
        "zj-tech-sme" => line("浙江省科技型中小企业证书", "Zhejiang technology-based SME certificate"),
        "innovative-sme" => line("创新型中小企业", "innovative SME"),
        "srdi-sme" => line("专精特新中小企业", "specialised and sophisticated SME"),
        "little-giant" => line("专精特新“小巨人”企业", "“little giant” enterprise"),
        "tech-contract-registration" => line("技术合同登记证明", "technology contract registration"),
        "patent" => line("专利", "patent"),
        "software-copyright" => line("软件著作权", "software copyright"),
        "innovation-voucher" => line("科技创新券", "innovation voucher"),
        "management-cert" => line("管理体系认证", "management system certificate"),
        "rd-super-deduction" => line("研发费用加计扣除", "R&D super-deduction"),
        "financing-event" => line("投融资记录", "financing event"),
        "verification-attestation" => line("核验背书", "attestation"),
        "instrument-eligibility" => line("科技资源共享使用资格", "instrument sharing eligibility"),
        "chain-position" => line("产业链环节声明", "industry chain position"),
        "consent-record" => line("个人信息单独同意", "separate consent"),
        "recognition-decision" => line("互认决定", "recognition decision"),
        _ => return None,
    })
}
