//! What to say when a trust repository cannot be changed.

use std::path::Path;

use zizhi_credential::status::Status;
use zizhi_credential::types::TypeMetadata;
use zizhi_model::{Provenance, Text};
use zizhi_rules::pack::Diagnostic;
use zizhi_trust::authoring::AuthoringError;
use zizhi_trust::{RecordError, TrustError};

use crate::failure::{Failure, told};
use crate::status_lists;

pub(super) fn hub_key(province: &str) -> Failure {
    Failure::input(
        "TRUST-HUB",
        told(
            format!("枢纽的密钥只作 hub 一种用途，并写明 {province} 省的枢纽编号，没有作任何改动。"),
            format!(
                "a key of a hub has the use hub alone and names a hub of the province {province}; nothing was changed"
            ),
        ),
        Text::fixed(
            "请用 --uses hub --hub 枢纽编号，如 --hub 31-main。",
            "give --uses hub --hub ID, such as --hub 31-main",
        ),
    )
}

/// The failure for what the repository refuses. Nothing was written.
pub(crate) fn failed(error: AuthoringError) -> Failure {
    let (code, fact, advice) = match &error {
        AuthoringError::Algorithm => (
            "KEY-ALG",
            Text::fixed("信任数据只能用Ed25519密钥签名。", "only Ed25519 keys sign trust data"),
            Text::fixed("请改用Ed25519密钥。", "use an Ed25519 key"),
        ),
        AuthoringError::Threshold { role, have, need } => (
            "TRUST-THRESHOLD",
            told(
                format!("角色 {role} 需要{need}把密钥签名，手头只有{have}把，没有作任何改动。"),
                format!("the role {role} needs {need} of its keys, {have} are at hand; nothing was changed"),
            ),
            Text::fixed(
                "请用 --key 补上该角色的其他密钥。根和总目录需四省中的三省签名。",
                "give more of that role's keys with --key; root and targets take three of the four provinces",
            ),
        ),
        AuthoringError::Province(province) => (
            "TRUST-PROVINCE",
            told(
                format!("信任数据中没有省份 {province}。"),
                format!("the trust data has no province {province}"),
            ),
            Text::fixed(
                "请写两位省级代码，如 31、34。",
                "write the two digits of a province, such as 31 or 34",
            ),
        ),
        AuthoringError::Issuer(uscc) => (
            "ISS-UNKNOWN",
            told(format!("名录中没有 {uscc}。"), format!("{uscc} is not in the register")),
            Text::fixed(
                "请核对统一社会信用代码，或先用 zizhi trust add-issuer 登记。",
                "check the code, or register it first with zizhi trust add-issuer",
            ),
        ),
        AuthoringError::Key(key) => (
            "KEY-UNKNOWN",
            told(
                format!("密钥 {key} 不在其中，或已在其中，不能这样改动。"),
                format!("the key {key} is not listed there, or is listed already"),
            ),
            Text::fixed("请用 zizhi trust show 核对密钥编号。", "check the key's id with zizhi trust show"),
        ),
        AuthoringError::Record(_) => (
            "TRUST-RECORD",
            Text::fixed(
                "登记内容会被读取方拒绝，没有登记。",
                "readers would refuse the record; it was not registered",
            ),
            Text::fixed("请按“原因”一行改正登记内容。", "mend the record as the cause says"),
        ),
        AuthoringError::Content(_) => (
            "TRUST-CONTENT",
            Text::fixed("这样的名称或内容不能发布。", "a name or text like this cannot be published"),
            Text::fixed("请改用字母、数字和连字符组成的名称。", "use a name of letters, digits and hyphens"),
        ),
        AuthoringError::File(file) => (
            "TRUST-FILE",
            told(
                format!("文件夹中的信任数据缺少 {file}，或由别的程序写成，没有作任何改动。"),
                format!(
                    "{file} is missing from the folder or was written by another program; nothing was changed"
                ),
            ),
            Text::fixed(
                "请指向用 zizhi trust init-demo 或发布工具建立的文件夹（其中有 metadata）。",
                "point at the folder that the publishing tool made; it holds metadata",
            ),
        ),
        AuthoringError::Io(_) | AuthoringError::Pack(_) => (
            "IO-WRITE",
            Text::fixed("信任数据没有写出。", "the trust data was not written"),
            Text::fixed(
                "请确认磁盘有空间，并且您有写入权限。",
                "check that the disk has room and that you may write",
            ),
        ),
        _ => (
            "KEY-SIGN",
            Text::fixed("密钥没有签成名，没有作任何改动。", "a key did not sign; nothing was changed"),
            Text::fixed("请换一把密钥再试。", "try another key"),
        ),
    };
    Failure::input(code, fact, advice).because(error)
}

/// The failure for a repository that its own readers would refuse.
pub(crate) fn refuses_itself(error: TrustError) -> Failure {
    Failure::input(
        error.code().as_str(),
        Text::fixed(
            "这份信任数据会被读取方整份拒绝，没有写出任何内容。",
            "readers would refuse this trust data as a whole; nothing was written",
        ),
        Text::fixed(
            "请检查文件夹是否完整，以及根和总目录是否有三省签名。",
            "check that the folder is whole and that three provinces signed root and targets",
        ),
    )
    .because(error)
}

/// The failure for a member of a record that is missing or holds what no reader knows.
pub(super) fn record(path: &Path, member: &str) -> Failure {
    Failure::input(
        "TRUST-RECORD",
        told(
            format!("{} 的成员 {member} 缺失，或写了读取方不认识的内容，没有登记。", path.display()),
            format!(
                "{member} in {} is missing or holds what no reader knows; it was not registered",
                path.display()
            ),
        ),
        Text::fixed(
            "请对照 docs/formats.md 第3节的机构登记格式改正。",
            "mend it by the form of issuer records in docs/formats.md §3",
        ),
    )
}

/// The failure for a level that there is not.
pub(super) fn level(level: &str, known: &[(String, Text)]) -> Failure {
    let zh: Vec<String> = known.iter().map(|(value, called)| format!("{value} {}", called.zh)).collect();
    let en: Vec<String> = known.iter().map(|(value, called)| format!("{value} ({})", called.en())).collect();
    Failure::input(
        "TRUST-RECORD",
        told(
            format!("没有名为 {level} 的孵化器级别，没有登记。"),
            format!("there is no level {level:?} of an incubator; it was not registered"),
        ),
        told(format!("--level 可用的值：{}。", zh.join("、")), format!("--level takes {}", en.join(", "))),
    )
}

/// The failure for what is not `TYPE=PROVENANCE`.
pub(super) fn scope(typed: &str) -> Failure {
    Failure::refused(
        "TRUST-RECORD",
        format!("“{typed}”不是 类型=来源 的写法，没有登记。"),
        format!("{typed:?} is not written TYPE=PROVENANCE; it was not registered"),
        "例如 --may-issue business-licence=attested（营业执照，孵化器核验背书）；两种来源都可以的写 direct+attested，不再可以签发的写 none。",
        "such as --may-issue business-licence=attested; direct+attested for both, none to take the type out",
    )
}

/// The failure for a type that there is not.
pub(super) fn no_type(kind: &str, types: &[TypeMetadata]) -> Failure {
    let zh: Vec<String> = types.iter().map(|known| format!("{} {}", known.id(), known.name().zh)).collect();
    let en: Vec<&str> = types.iter().map(TypeMetadata::id).collect();
    Failure::input(
        "TRUST-RECORD",
        told(
            format!("没有名为 {kind} 的凭证类型，没有登记。"),
            format!("there is no type of credential {kind:?}; it was not registered"),
        ),
        told(format!("可用的类型：{}。", zh.join("、")), format!("types are {}", en.join(", "))),
    )
}

/// The failure for a way in which nobody may state a type.
pub(super) fn provenance(title: &Text, kind: &str, word: &str, possible: &[Provenance]) -> Failure {
    let zh: Vec<String> = possible.iter().map(|way| format!("{kind}={way} {}", way.zh())).collect();
    let en: Vec<String> = possible.iter().map(|way| format!("{kind}={way}")).collect();
    Failure::input(
        "TRUST-RECORD",
        told(
            format!("{}（{kind}）不能以“{word}”方式签发，没有登记。", title.zh),
            format!("nobody issues {} ({kind}) as {word:?}; it was not registered", title.en()),
        ),
        told(
            format!("--may-issue 可用的写法：{}。", zh.join("、")),
            format!("--may-issue takes {}", en.join(", ")),
        ),
    )
}

pub(super) fn record_defect(path: &Path, defect: RecordError) -> Failure {
    let member = match &defect {
        RecordError::Member(member) => member,
        RecordError::Uscc(_) | RecordError::OtherOrganisation => "uscc",
        RecordError::Region(_) | RecordError::OtherProvince => "region",
        RecordError::RepeatedKey(_) => "keys",
        RecordError::Json(_) => "JSON",
    };
    record(path, member).because(defect)
}

pub(super) fn unknown_use(word: &str) -> Failure {
    Failure::input(
        "KEY-USE",
        told(format!("没有名为 {word} 的密钥用途。"), format!("there is no use {word:?} of a key")),
        Text::fixed(
            "可用的用途：credential、status、decision、request、report。",
            "uses are credential, status, decision, request and report",
        ),
    )
}

pub(super) fn rules(path: &Path, first: &Diagnostic) -> Failure {
    let Diagnostic { line, column, code, message, .. } = first;
    Failure::input(
        "TRUST-RULES",
        told(
            format!("规则包 {}:{line}:{column} 有错误（{code}：{}），没有发布。", path.display(), message.zh),
            format!(
                "the rule pack {}:{line}:{column} has an error ({code}: {}); it was not published",
                path.display(),
                message.en()
            ),
        ),
        Text::fixed(
            "请用 zizhi rules check 查看全部问题，改正后再发布。",
            "see all of it with zizhi rules check, mend it and publish again",
        ),
    )
}

pub(super) fn no_province(path: &Path) -> Failure {
    Failure::input(
        "TRUST-PROVINCE",
        told(
            format!("从 {} 的 to_regions 看不出由哪个省发布，没有发布。", path.display()),
            format!(
                "to_regions of {} does not tell which province publishes it; it was not published",
                path.display()
            ),
        ),
        Text::fixed("请用 --province 写明省份，如 31。", "name the province with --province, such as 31"),
    )
}

pub(super) fn credential_type(path: &Path) -> Failure {
    Failure::input(
        "TRUST-TYPE",
        told(
            format!("{} 不是凭证类型说明，没有发布。", path.display()),
            format!("{} is no type metadata; it was not published", path.display()),
        ),
        Text::fixed("请按“原因”一行改正。", "mend it as the cause says"),
    )
}

pub(super) fn status(path: &Path, zh: &str, en: &str) -> Failure {
    Failure::input(
        "TRUST-STATUS",
        told(
            format!("吊销名单 {} 会被读取方拒绝（{zh}），没有放入。", path.display()),
            format!("readers would refuse the status list {} ({en}); it was not put in", path.display()),
        ),
        Text::fixed(
            "请确认签发方已登记、密钥用途含status，并且名单不旧于已发布的。",
            "check that its issuer is registered with a key for status, and that it is not older than the one published",
        ),
    )
}

/// How many places are named before the rest is only counted.
const NAMED: usize = 20;

pub(super) fn milder(path: &Path, places: &[(u64, Status, Status)]) -> Failure {
    let word = |status: Status| status_lists::status_name(status.value());
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (idx, was, now) in places.iter().take(NAMED) {
        let (was, now) = (word(*was), word(*now));
        zh.push(format!("第{idx}号由{}变为{}", was.zh, now.zh));
        en.push(format!("{idx} from {} to {}", was.en(), now.en()));
    }
    let more = places.len().saturating_sub(NAMED);
    if more > 0 {
        zh.push(format!("另有{more}处"));
        en.push(format!("{more} more"));
    }
    let (zh, en) = (zh.join("、"), en.join(", "));
    Failure::input(
        "STATUS-MILDER",
        told(
            format!(
                "吊销名单 {} 使已撤销或注销的凭证不再失效：{zh}。没有放入，已发布的名单没有改动。",
                path.display()
            ),
            format!(
                "the status list {} makes valid again what was revoked or ended: {en}; it was not put in, and the one that is published is unchanged",
                path.display()
            ),
        ),
        Text::fixed(
            "撤销和注销不能恢复，这多半是从旧备份签出的名单。请向签发方核实，由其核对后重新导出；确认无误时加 --force。",
            "what was revoked or ended stays so, and such a list was most likely signed from an old backup; ask its issuer, who settles it and exports it again; if it is right all the same, add --force",
        ),
    )
}
