//! Texts about rule packs, checklists and regions.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Info, Pending, Warning};

pub(super) const RULE_FALSE: Entry = Entry {
    usual: Fail,
    title: line("互认规则条件", "Condition of a recognition rule"),
    ok: line(
        "符合[“{title}”的]互认规则[“{rule}”]的条件。",
        "The condition of the recognition rule[ “{rule}”][ for “{title}”] holds.",
    ),
    problem: line(
        "不符合[“{title}”的]互认规则[“{rule}”]的条件[（{values}）]，该项不能通过。",
        "The condition of the recognition rule[ “{rule}”][ for “{title}”] does not hold[ ({values})], so this does not pass.",
    ),
    variants: &[
        (
            Warning,
            line(
                "不符合[“{title}”的]互认规则[“{rule}”]的条件[（{values}）]，请经办人核实。",
                "The condition of the recognition rule[ “{rule}”][ for “{title}”] does not hold[ ({values})]. The operator should look into it.",
            ),
        ),
        (
            Info,
            line(
                "[“{title}”的]互认规则[“{rule}”]的条件不成立[（{values}）]，仅供参考，不影响结果。",
                "The condition of the recognition rule[ “{rule}”][ for “{title}”] does not hold[ ({values})]. For information; it does not change the result.",
            ),
        ),
    ],
    advice: line(
        "请企业对照规则补正材料；对规则有疑问的，请咨询接收方。",
        "The firm should correct its material by the rule, and ask the recipient if the rule is unclear.",
    ),
};

pub(super) const RULE_OPEN: Entry = Entry {
    usual: Pending,
    title: line("互认规则所需信息", "What a recognition rule needs to know"),
    ok: line(
        "[“{title}”的]互认规则[“{rule}”]所需的信息齐全。",
        "All that the recognition rule[ “{rule}”][ for “{title}”] needs is there.",
    ),
    problem: line(
        "[“{title}”的]互认规则[“{rule}”]所需的信息没有提供[（{missing}）]，不能判断是否符合，待补充后复核。",
        "What the recognition rule[ “{rule}”][ for “{title}”] needs is not there[ ({missing})], so it cannot be told whether it holds. Pending until it is supplied.",
    ),
    variants: &[],
    advice: line(
        "请企业补充所缺的内容（披露字段，或填写自述的事实；只附了扫描件的，改用凭证），重新生成、签名档案；没有凭证的，由接收方人工核对原件。",
        "The firm should disclose the claim or state the fact that is missing, or show a credential in place of a scan, then make and sign the dossier again; without a credential the destination has to look at the original.",
    ),
};

pub(super) const RULE_MISSING: Entry = Entry {
    usual: Pending,
    title: line("互认规则包", "Rule pack"),
    ok: line(
        "已载入互认规则包[“{pack_id}”][（版本{version}）]。",
        "The rule pack[ “{pack_id}”][ (version {version})] is loaded.",
    ),
    problem: line(
        "没有接收方的互认规则包[“{pack_id}”][（版本{version}）]，不能判断是否互认，待导入后复核。",
        "The recipient's rule pack[ “{pack_id}”][ (version {version})] is not here, so recognition cannot be judged. Pending until it is imported.",
    ),
    variants: &[],
    advice: line(
        "请经办人更新信任数据（含互认规则包）后重新核验。",
        "The operator should update the trust data, which holds the rule packs, and verify again.",
    ),
};

pub(super) const RULE_EXPIRED: Entry = Entry {
    usual: Pending,
    title: line("互认规则包有效期", "Validity of the rule pack"),
    ok: line("互认规则包在有效期内[（至{until}）]。", "The rule pack is in force[ (until {until})]."),
    problem: line(
        "互认规则包[“{pack_id}”]不在有效期内[（自{from}）][（至{until}）]，不能据以判断，待更新后复核。",
        "The rule pack[ “{pack_id}”] is not in force[ (from {from})][ (until {until})] and nothing can be judged by it. Pending until it is updated.",
    ),
    variants: &[],
    advice: line(
        "请经办人更新互认规则包；没有新版本的，请接收方的规则发布单位续期。",
        "The operator should update the rule pack; if there is none newer, its publisher should renew it.",
    ),
};

pub(super) const RULE_CONFLICT: Entry = Entry {
    usual: Warning,
    title: line("互认规则冲突", "Conflict between rules"),
    ok: line("适用的互认规则没有冲突。", "No recognition rules are in conflict."),
    problem: line(
        "有两条同样具体的互认规则同时适用[（{rule}）]，无法取舍，按“仅作参考”处理。",
        "Two equally specific recognition rules apply[ ({rule})] and neither comes first, so it counts as for reference only.",
    ),
    variants: &[],
    advice: line(
        "请规则发布单位修订互认规则包，使两条规则不再重叠。",
        "The publisher should revise the rule pack so that the two rules no longer overlap.",
    ),
};

pub(super) const REG_SCOPE: Entry = Entry {
    usual: Pending,
    title: line("规则适用地区", "Regions that the rules cover"),
    ok: line("互认规则包适用于接收地[（{region}）]。", "The rule pack covers the destination[ ({region})]."),
    problem: line(
        "互认规则包[“{pack_id}”]不适用于接收地[（{region}）]，按“仅作参考”处理，待取得适用的规则后复核。",
        "The rule pack[ “{pack_id}”] does not cover the destination[ ({region})]. It counts as for reference only, pending rules that do.",
    ),
    variants: &[],
    advice: line(
        "请经办人向接收地取得适用的互认规则包后重新核验。",
        "The operator should get the rule pack of the destination and verify again.",
    ),
};

pub(super) const REG_AUTHORITY: Entry = Entry {
    usual: Info,
    title: line("认定机构", "Determining authority"),
    ok: line("迁出地与迁入地属同一认定机构。", "Origin and destination have one determining authority."),
    problem: line(
        "迁出地[（{from}）]与迁入地[（{to}）]分属不同的认定机构，须按跨认定机构的规定办理。",
        "Origin[ ({from})] and destination[ ({to})] have different determining authorities, so the rules for moving between them apply.",
    ),
    variants: &[],
    advice: line(
        "请企业在高新技术企业认定管理工作网提交“异地搬迁”，由迁入地认定机构核查。",
        "The firm should file the move on the national high-tech enterprise platform; the destination's authority will examine it.",
    ),
};

pub(super) const PROV_LOW: Entry = Entry {
    usual: Warning,
    title: line("凭证来源", "Provenance"),
    ok: line("凭证来源符合要求。", "The provenance is as required."),
    problem: line(
        "凭证来源[“{found}”]低于材料清单的要求[“{expected}”]，请补充更有力的证明。",
        "The provenance[, “{found}”,] is below what the checklist asks for[, “{expected}”].",
    ),
    variants: &[(
        Fail,
        line(
            "凭证来源[“{found}”]低于材料清单的要求[“{expected}”]，不能满足该必备项。",
            "The provenance[, “{found}”,] is below what the checklist asks for[, “{expected}”]. It does not meet the required item.",
        ),
    )],
    advice: line(
        "请企业提交签发方直接签发的凭证，或请孵化器核验原件后背书。",
        "The firm should submit a credential signed by the issuer itself, or have an incubator attest the original.",
    ),
};

pub(super) const CHK_MISSING: Entry = Entry {
    usual: Fail,
    title: line("材料齐全", "Completeness"),
    ok: line("材料清单中的{title|该项}已有材料。", "The item of the checklist is answered[: {title}]."),
    problem: line(
        "材料清单要求的{title|一项材料}没有提供，材料不齐。",
        "A required item of the checklist is not answered[: {title}]. The material is incomplete.",
    ),
    variants: &[(
        Warning,
        line(
            "材料清单中的{title|一项材料}没有提供，或不完整；{required|该项不是必备材料}。",
            "An item of the checklist is not answered, or not whole[: {title}]. {required|It is not a required one}.",
        ),
    )],
    advice: line(
        "必备材料请企业补齐，重新生成、签名档案；可选材料由企业决定是否提供。",
        "The firm should add what is required, then make and sign the dossier again; what is optional it may leave out.",
    ),
};

pub(super) const MOVE_PARTIAL: Entry = Entry {
    usual: Warning,
    title: line("部分搬迁", "Partial relocation"),
    ok: line("该资质不受部分搬迁影响。", "The partial relocation does not touch this qualification."),
    problem: line(
        "企业属部分搬迁，该资质[（{type}）]不随之转移，须在迁入地重新认定。",
        "The firm moves only in part. This qualification[ ({type})] does not move with it and must be certified again at the destination.",
    ),
    variants: &[],
    advice: line(
        "请企业向迁入地认定机构申请重新认定；如实为整体迁移，请提供新营业执照后重新提交。",
        "The firm should apply to the destination's authority; if the whole firm has moved, it should submit again with its new licence.",
    ),
};

pub(super) const MOVE_REPORT_3M: Entry = Entry {
    usual: Warning,
    title: line("迁移后的报告期限", "Deadline to report the move"),
    ok: line("迁移情况已按期报告。", "The move was reported in time."),
    problem: line(
        "企业应在迁移完成后三个月内向认定机构报告[，期限{until}][，{days_left:left}]，逾期可能影响资质。",
        "The firm must report the move to the authority within three months[, by {until}][, {days_left:left}]. Being late may cost the qualification.",
    ),
    variants: &[],
    advice: line(
        "请企业尽快在相应的管理平台提交变更报告，并把受理凭据补充到材料中。",
        "The firm should file the change on the platform concerned soon and add the receipt to its material.",
    ),
};
