//! Texts about the numbers on qualifications.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Warning};

pub(super) const FMT_USCC: Entry = Entry {
    usual: Fail,
    title: line("统一社会信用代码", "Unified social credit code"),
    ok: line(
        "统一社会信用代码格式和校验位正确。",
        "The unified social credit code is well-formed and its check character fits.",
    ),
    problem: line(
        "统一社会信用代码[“{found}”]有误[（{rule}）]，不能确定是哪家单位。",
        "The unified social credit code[ “{found}”] is wrong[ ({rule})], so it names no organisation for certain.",
    ),
    variants: &[],
    advice: line(
        "请填写单位对照营业执照更正后重新提交。",
        "Whoever filled it in should correct it from the business licence and submit again.",
    ),
};

pub(super) const FMT_ORG: Entry = Entry {
    usual: Warning,
    title: line("主体标识码校验", "Check of the organisation part"),
    ok: line(
        "统一社会信用代码中的主体标识码校验位正确。",
        "The check character of the code's organisation part fits.",
    ),
    problem: line(
        "统一社会信用代码整体有效，但其中主体标识码（第9至17位）的校验位不对，少数早期代码如此。",
        "The unified social credit code holds as a whole, but the check character of its organisation part (9 to 17) does not fit. A few old codes are like that.",
    ),
    variants: &[],
    advice: line(
        "请经办人在国家企业信用信息公示系统核对该代码。",
        "The operator should look the code up in the national enterprise credit publicity system.",
    ),
};

pub(super) const FMT_GR: Entry = Entry {
    usual: Fail,
    title: line("高新技术企业证书编号", "High-tech enterprise certificate number"),
    ok: line("高新技术企业证书编号格式正确。", "The high-tech enterprise certificate number is well-formed."),
    problem: line(
        "高新技术企业证书编号[“{number}”]有误[（{rule}）]，应为GR加12位数字，不予采信。",
        "The high-tech enterprise certificate number[ “{number}”] is wrong[ ({rule})]; it should be GR and 12 digits. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业对照证书原件核对编号，由签发方更正后重新签发凭证。",
        "The firm should compare with the certificate, and the issuer should issue a corrected credential.",
    ),
};

pub(super) const FMT_TSME: Entry = Entry {
    usual: Warning,
    title: line("科技型中小企业入库登记编号", "Technology-based SME registration number"),
    ok: line(
        "科技型中小企业入库登记编号格式正确。",
        "The technology-based SME registration number is well-formed.",
    ),
    problem: line(
        "科技型中小企业入库登记编号[“{number}”]与常见格式不符[（{rule}）]，请核对。",
        "The technology-based SME registration number[ “{number}”] does not have the usual form[ ({rule})]. Please check it.",
    ),
    variants: &[],
    advice: line(
        "请经办人在全国科技型中小企业信息服务平台核对该编号。",
        "The operator should look the number up on the national service platform for technology-based SMEs.",
    ),
};

pub(super) const FMT_PAT: Entry = Entry {
    usual: Fail,
    title: line("专利号", "Patent number"),
    ok: line("专利号格式和校验位正确。", "The patent number is well-formed and its check character fits."),
    problem: line(
        "专利号[“{number}”]有误[（{rule}）]，不予采信。",
        "The patent number[ “{number}”] is wrong[ ({rule})]. It is not accepted.",
    ),
    variants: &[(
        Warning,
        line(
            "专利号[“{number}”]本身有效，但{rule|与所填内容不一致}，以专利号表明的类型为准。",
            "The patent number[ “{number}”] holds, but {rule|it differs from what is stated}. The kind that the number tells counts.",
        ),
    )],
    advice: line(
        "请企业对照专利证书核对专利号和类型，由签发方更正后重新签发凭证。",
        "The firm should compare number and kind with the patent certificate, and the issuer should issue a corrected credential.",
    ),
};

pub(super) const FMT_TCON: Entry = Entry {
    usual: Warning,
    title: line("技术合同登记编号", "Technology contract registration number"),
    ok: line("技术合同登记编号格式正确。", "The technology contract registration number is well-formed."),
    problem: line(
        "技术合同登记编号[“{number}”]不是16位（旧式14位）数字[（{rule}）]，个别地区会附加字母，请核对。",
        "The technology contract registration number[ “{number}”] does not have 16 digits, or 14 in its older form[ ({rule})]. Some provinces append letters; please check.",
    ),
    variants: &[],
    advice: line(
        "请经办人对照技术合同登记证明核对编号。",
        "The operator should compare the number with the registration certificate.",
    ),
};

pub(super) const FMT_SOFT: Entry = Entry {
    usual: Warning,
    title: line("软件著作权编号", "Software copyright number"),
    ok: line("软件著作权编号格式正确。", "The software copyright number is well-formed."),
    problem: line(
        "软件著作权编号[“{number}”]与登记号、证书号的格式都不符[（{rule}）]，请核对。",
        "The software copyright number[ “{number}”] has the form of neither a registration nor a certificate number[ ({rule})]. Please check it.",
    ),
    variants: &[],
    advice: line(
        "请经办人对照软件著作权登记证书核对登记号或证书号。",
        "The operator should compare the number with the registration certificate.",
    ),
};

pub(super) const FMT_ECERT: Entry = Entry {
    usual: Warning,
    title: line("电子证照标识", "E-licence identifier"),
    ok: line(
        "附件所带的电子证照标识格式和校验位正确。",
        "The e-licence identifier on the attachment is well-formed and its check character fits.",
    ),
    problem: line(
        "附件所带的电子证照标识[“{number}”]有误[（{rule}）]，不能凭此认出是哪份电子证照。",
        "The e-licence identifier on the attachment[ “{number}”] is wrong[ ({rule})], so it does not tell which licence this is.",
    ),
    variants: &[],
    advice: line(
        "请企业从政务服务平台重新下载该电子证照，请经办人用版式软件核对。",
        "The firm should download the e-licence again from the government portal; the operator should check it with a layout reader.",
    ),
};
