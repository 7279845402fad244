//! What single checks read like, word by word.

use zizhi_model::{Check, CheckCode, Outcome};

use crate::{check, shown};

fn told(check: &Check, zh: &str, en: &str) {
    assert_eq!(shown(check), (zh.to_owned(), en.to_owned()));
}

#[test]
fn the_first_story_reads_as_a_clerk_would_say_it() {
    told(
        &check(CheckCode::StatStale, Outcome::Pending)
            .with("at", "2026-11-14T18:00:00+08:00")
            .with("age_days", 9)
            .with("max_age_days", 7),
        "吊销名单已过时效，数据截至2026年11月14日18:00，已有9天，上限7天，此后是否被撤销无从得知，待联网复核。",
        "The status list is out of date, as of 2026-11-14 18:00 (UTC+8), 9 days old, limit 7 days. Whether it was revoked since is not known; pending online check.",
    );
    told(
        &check(CheckCode::DateSoon, Outcome::Warning).with("until", "2026-12-31").with("days_left", 38),
        "即将到期，有效期至2026年12月31日，还剩38天。",
        "It expires soon (2026-12-31), 38 days left.",
    );
    told(
        &check(CheckCode::DateExpired, Outcome::Fail)
            .with("until", "2026-10-20")
            .with("claim", "valid_until"),
        "已过期，有效期至2026年10月20日，不予采信。",
        "It has expired (2026-10-20). It is not accepted.",
    );
    told(
        &check(CheckCode::IncRdsite, Outcome::Warning)
            .with("actual", 60)
            .with("limit", 50)
            .with("basis", "国科发区〔2018〕300号"),
        "据企业自述，部分研发人员（60%）在接收地，主要研发场所可能已不在原孵化器，在孵条件可能不再满足（国科发区〔2018〕300号）。",
        "By the firm's own figures part of its R&D staff (60%) works at the destination. The main R&D site may have left the origin incubator, and the incubatee conditions may no longer hold (国科发区〔2018〕300号).",
    );
    told(
        &check(CheckCode::RegScope, Outcome::Pending).with("pack_id", "demo-qwj").with("region", "310117"),
        "互认规则包“demo-qwj”不适用于接收地（上海市松江区），按“仅作参考”处理，待取得适用的规则后复核。",
        "The rule pack “demo-qwj” does not cover the destination (上海市松江区). It counts as for reference only, pending rules that do.",
    );
}

#[test]
fn the_second_story_reads_as_a_clerk_would_say_it() {
    told(
        &check(CheckCode::MoveReport3m, Outcome::Warning).with("until", "2026-12-10").with("days_left", 17),
        "企业应在迁移完成后三个月内向认定机构报告，期限2026年12月10日，还剩17天，逾期可能影响资质。",
        "The firm must report the move to the authority within three months, by 2026-12-10, 17 days left. Being late may cost the qualification.",
    );
    told(
        &check(CheckCode::FmtPat, Outcome::Warning)
            .with("number", "ZL202339900004.2")
            .with("rule", "kind_differs"),
        "专利号“ZL202339900004.2”本身有效，但与所填专利类型不一致，以专利号表明的类型为准。",
        "The patent number “ZL202339900004.2” holds, but it differs from the stated kind of patent. The kind that the number tells counts.",
    );
    told(
        &check(CheckCode::SubjName, Outcome::Info).with("found", "苏州云栈机器人科技有限公司【演示】"),
        "凭证上的名称“苏州云栈机器人科技有限公司【演示】”是企业的曾用名，更名依据齐全，统一社会信用代码一致。",
        "The name on the credential, “苏州云栈机器人科技有限公司【演示】”, is a former name of the firm; the change is shown and the unified social credit code is the same.",
    );
    told(
        &check(CheckCode::IncAge, Outcome::Fail)
            .with("limit", 24)
            .with("actual", 65)
            .with("beyond_months", 41)
            .with("basis", "国科发区〔2018〕300号"),
        "企业入驻时成立时间超过上限24个月，超出41个月，不符合在孵企业条件（国科发区〔2018〕300号）。",
        "The firm was too old when it entered: the limit is 24 months, exceeded by 41 months. It does not meet the conditions of an incubatee (国科发区〔2018〕300号).",
    );
    told(
        &check(CheckCode::IncAge, Outcome::Fail).with("limit", 24).with("actual", 24).with("beyond_days", 1),
        "企业入驻时成立时间超过上限24个月，超出1天，不符合在孵企业条件。",
        "The firm was too old when it entered: the limit is 24 months, exceeded by 1 day. It does not meet the conditions of an incubatee.",
    );
    told(
        &check(CheckCode::RegAuthority, Outcome::Info).with("from", "320000").with("to", "浙江省宁波市"),
        "迁出地（江苏省）与迁入地（浙江省宁波市）分属不同的认定机构，须按跨认定机构的规定办理。",
        "Origin (江苏省) and destination (浙江省宁波市) have different determining authorities, so the rules for moving between them apply.",
    );
    told(
        &check(CheckCode::DateOrder, Outcome::Fail)
            .with("expected", "established_on 2021-06-08")
            .with("found", "entered_on 2020-01-02"),
        "日期先后矛盾：入驻日期2020年1月2日，早于成立日期2021年6月8日，所填内容不可能属实，不予采信。",
        "The dates contradict each other: entered on 2020-01-02 is before established on 2021-06-08. This cannot be true and is not accepted.",
    );
}

#[test]
fn the_third_story_reads_as_a_clerk_would_say_it() {
    told(
        &check(CheckCode::VchBalance, Outcome::Fail).with("actual", 2_880_000).with("limit", 1_440_000),
        "抵扣金额（¥28,800.00）超过创新券余额（¥14,400.00），不能兑付。",
        "The amount (¥28,800.00) is more than the voucher's balance (¥14,400.00). It cannot be redeemed.",
    );
    told(
        &check(CheckCode::VchScope, Outcome::Fail).with("rule", "region").with("region", "310117"),
        "超出创新券的使用范围：使用地区不符（上海市松江区），不能兑付。",
        "The use is outside the voucher's scope: region (上海市松江区). It cannot be redeemed.",
    );
}

#[test]
fn pending_is_told_apart_from_wrong() {
    for code in
        [CheckCode::SigUnknownKey, CheckCode::IssUnknown, CheckCode::StatSuspended, CheckCode::SigKeyRevoked]
    {
        let (pending, fail) = (shown(&check(code, Outcome::Pending)), shown(&check(code, Outcome::Fail)));
        assert_ne!(pending, fail, "{code}");
        assert!(pending.0.contains("待联网复核") && !fail.0.contains("复核"), "{code}");
        assert!(pending.1.contains("pending online check") && !fail.1.contains("pending"), "{code}");
    }
}

#[test]
fn why_a_dossier_comes_without_a_request_is_not_guessed() {
    told(
        &check(CheckCode::Unsolicited, Outcome::Info),
        "档案没有附核验请求：企业主动提交，或补正时没有附上。不影响其他核验结果。",
        "The dossier comes without a request: the firm submitted it of its own accord, or left it out of a supplement. This does not change the other results.",
    );
}

#[test]
fn organisations_sizes_and_lists_are_told_in_words() {
    told(
        &check(CheckCode::IssUnknown, Outcome::Fail).with("issuer", "urn:uscc:91340100DEM0000228"),
        "签发方（91340100DEM0000228）未列入信任名录，其签发的内容不予采信。",
        "The issuer (91340100DEM0000228) is not in the register. What it issued is not accepted.",
    );
    told(
        &check(CheckCode::LimitSize, Outcome::Fail).with("actual", 576_716_800).with("limit", 536_870_912),
        "文件或其中一项过大，550 MB，限额512 MB，已停止读取，未作核验。",
        "The file or a part of it is too large, 550 MB, limit 512 MB. Reading stopped and it was not verified.",
    );
    told(
        &check(CheckCode::RuleOpen, Outcome::Pending)
            .with("rule", "SJ-E-01")
            .with("missing", vec!["credential.rd_on_site".to_owned(), "credential.field".to_owned()]),
        "互认规则“SJ-E-01”所需的信息没有提供（credential.rd_on_site、credential.field），不能判断是否符合，待补充后复核。",
        "What the recognition rule “SJ-E-01” needs is not there (credential.rd_on_site, credential.field), so it cannot be told whether it holds. Pending until it is supplied.",
    );
    // A rule about something that has a title is told by it, and what it asks for by what that is called.
    told(
        &check(CheckCode::RuleOpen, Outcome::Pending)
            .with("rule", "high-tech#when")
            .with("title", "高新技术企业证书")
            .with("title_en", "high-tech certificate")
            .with(
                "missing",
                vec!["dossier.facts.claims_high_tech".to_owned(), "credential.valid_until".to_owned()],
            ),
        "“高新技术企业证书”的互认规则所需的信息没有提供（以高新技术企业身份申报、有效期至），不能判断是否符合，待补充后复核。",
        "What the recognition rule for “high-tech certificate” needs is not there (comes as a high-tech enterprise, valid until), so it cannot be told whether it holds. Pending until it is supplied.",
    );
    told(
        &check(CheckCode::RuleFalse, Outcome::Fail)
            .with("rule", "lease#1")
            .with("title", "租赁合同")
            .with("title_en", "lease")
            .with(
                "values",
                vec![
                    "dossier.facts.claims_high_tech = false".to_owned(),
                    "credential.valid_until = 2026-10-20".to_owned(),
                    "credential.other = 3".to_owned(),
                    "dossier.facts.redemption.amount_fen = 1440000".to_owned(),
                    "dossier.facts.enters_as = tenant".to_owned(),
                ],
            ),
        "不符合“租赁合同”的互认规则的条件（以高新技术企业身份申报：否、有效期至：2026年10月20日、credential.other = 3、本次抵扣金额（元）：¥14,400.00、拟以何种身份入驻：一般入驻），该项不能通过。",
        "The condition of the recognition rule for “lease” does not hold (comes as a high-tech enterprise: no, valid until: 2026-10-20, credential.other = 3, amount to offset, CNY: ¥14,400.00, enters as: tenant), so this does not pass.",
    );
    told(
        &check(CheckCode::ProvLow, Outcome::Warning).with("expected", "attested").with("found", "declared"),
        "凭证来源“企业自述”低于材料清单的要求“孵化器核验背书”，请补充更有力的证明。",
        "The provenance, “self-declared”, is below what the checklist asks for, “attested by the incubator”.",
    );
}

#[test]
fn days_left_are_told_before_on_and_after_the_day() {
    for (days, zh, en) in [
        (1, "还剩1天", "1 day left"),
        (0, "今天到期", "due today"),
        (-1, "已逾期1天", "1 day overdue"),
        (-40, "已逾期40天", "40 days overdue"),
        (i64::MIN, "已逾期9223372036854775808天", "9223372036854775808 days overdue"),
    ] {
        let (shown_zh, shown_en) =
            shown(&check(CheckCode::MoveReport3m, Outcome::Warning).with("days_left", days));
        assert!(shown_zh.contains(zh) && shown_en.contains(en), "{shown_zh} {shown_en}");
    }
}

#[test]
fn facts_cannot_disturb_the_line_or_the_template() {
    let name = "甲\u{202e}乙\n丙\u{0}{kid}[x]";
    let (zh, _) = shown(&check(CheckCode::IssUnknown, Outcome::Fail).with("name", name.to_owned()));
    assert_eq!(zh, "签发方“甲\u{fffd}乙\u{fffd}丙\u{fffd}{kid}[x]”未列入信任名录，其签发的内容不予采信。");
    let (zh, _) = shown(&check(CheckCode::IssUnknown, Outcome::Fail).with("name", "长".repeat(10_000)));
    assert!(zh.chars().count() < 200 && zh.contains('…'));
    let (zh, _) = shown(&check(CheckCode::IssUnknown, Outcome::Fail).with("name", ""));
    assert_eq!(zh, "签发方未列入信任名录，其签发的内容不予采信。", "an empty fact is a missing one");
}

#[test]
fn a_code_that_somebody_has_a_name_for_is_told_with_it() {
    told(
        &check(CheckCode::AudMismatch, Outcome::Fail)
            .with("expected", "91310117DEM000030B")
            .with("found", "91320594DEM0000657")
            .with("found_name", "苏州国际科技园【演示】"),
        "档案是提交给另一单位“苏州国际科技园【演示】（91320594DEM0000657）”的，不是本单位“91310117DEM000030B”，不能在此办理。",
        "The dossier is meant for another organisation (“苏州国际科技园【演示】 (91320594DEM0000657)”), not for this one (“91310117DEM000030B”). It cannot be handled here.",
    );
    let values = check(CheckCode::RuleFalse, Outcome::Fail).with("values", "credential.region = 340104");
    assert!(shown(&values).0.contains("安徽省合肥市蜀山区"), "{values:?}");
}
