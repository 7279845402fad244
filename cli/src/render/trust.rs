//! Trust data as a clerk reads it: what it is, how old it is, what is wrong with it.

use std::fmt::Write as _;
use std::path::Path;

use zizhi_app::author_trust::Registered;
use zizhi_app::init_demo_trust::MadeDemo;
use zizhi_app::show_trust::{ShownIssuer, ShownKey, ShownProvince, ShownTrust};
use zizhi_model::{CheckCode, Uscc, catalogue};

use super::style::{Colour, paint, safe};
use crate::lang::Lang;
use crate::say::Voice;

/// The whole of it.
pub fn page(shown: &ShownTrust, voice: Voice) -> String {
    let (lang, mut out) = (voice.lang, String::new());
    let _ = writeln!(out, "{}", paint(lang.pick("信任数据", "Trust data"), Colour::Bold, voice.colour));
    if let Some(timestamp) = &shown.timestamp {
        let _ = writeln!(
            out,
            "  {}  {timestamp}{}",
            lang.pick("数据截至", "as of"),
            age(shown.age_seconds, lang)
        );
    }
    if let Some(root) = &shown.pinned_root {
        let _ = match lang {
            Lang::Zh => writeln!(out, "  根指纹（第{}版，请与纸质文件核对）", root.version),
            Lang::En => {
                writeln!(out, "  root fingerprint (version {}; compare it with the paper)", root.version)
            }
        };
        let _ = writeln!(out, "    {}", root.fingerprint);
    }
    if let Some(root) = &shown.root {
        let (targets, snapshot, timestamp) =
            (shown.targets_version, shown.snapshot_version, shown.timestamp_version);
        let _ = match lang {
            Lang::Zh => writeln!(
                out,
                "  版本  根 {} · 总目录 {targets} · 快照 {snapshot} · 时间戳 {timestamp}",
                root.version
            ),
            Lang::En => writeln!(
                out,
                "  versions  root {} · targets {targets} · snapshot {snapshot} · timestamp {timestamp}",
                root.version
            ),
        };
    }
    for province in &shown.provinces {
        let _ = writeln!(out, "  {}", province_line(province, voice));
    }
    let (issuers, types, lists) = (shown.issuer_count, shown.types.len(), shown.status_lists.len());
    let _ = match lang {
        Lang::Zh => writeln!(out, "  已登记机构 {issuers} · 凭证类型 {types} · 吊销名单 {lists}"),
        Lang::En => {
            writeln!(out, "  issuers {issuers} · credential types {types} · status lists {lists}")
        }
    };
    if !shown.rule_packs.is_empty() {
        let packs: Vec<String> = shown.rule_packs.iter().map(|pack| safe(pack)).collect();
        let _ = writeln!(out, "  {}  {}", lang.pick("规则包", "rule packs"), packs.join(" "));
    }
    for role in shown.roles.iter().filter(|role| role.expired) {
        let text = lang.pick("已过期", "expired");
        let line = format!("! {}  {text}  {}", role_name(&role.role, lang), role.expires);
        let _ = writeln!(out, "  {}", paint(&line, Colour::Yellow, voice.colour));
    }
    if let Some(kept) = &shown.kept {
        let _ = writeln!(out, "  {}  {}", lang.pick("存放在", "kept in"), safe(&kept.folder));
        let _ =
            writeln!(out, "  {}  {}  {}", lang.pick("来自", "from"), safe(&kept.source), kept.imported_at);
    }
    findings(&mut out, shown, voice);
    out.trim_end().to_owned()
}

fn findings(out: &mut String, shown: &ShownTrust, voice: Voice) {
    let lang = voice.lang;
    for check in &shown.checks {
        let mark = paint(lang.pick("? 待定", "? pending"), Colour::Yellow, voice.colour);
        let _ = writeln!(out, "  {mark}  {}  {}", check.code, safe(&role_name(&check.subject, lang)));
        let _ = writeln!(out, "      {}", safe(lang.of(&check.text())));
        let advice = catalogue::advice(check.code);
        let _ = writeln!(out, "      {}{}", lang.pick("建议：", "hint: "), lang.of(&advice));
    }
}

fn province_line(province: &ShownProvince, voice: Voice) -> String {
    let lang = voice.lang;
    let (mark, colour) = match province.state {
        "ok" => (lang.pick("✓ 可用", "✓ usable"), Colour::Green),
        "stale" => (lang.pick("! 已过期", "! expired"), Colour::Yellow),
        _ => (lang.pick("✗ 停用", "✗ not used"), Colour::Red),
    };
    let name = province.name.unwrap_or_default();
    let reason = province.reason.as_deref().map_or_else(String::new, |reason| format!("  {}", safe(reason)));
    format!("{}  {} {name}{reason}", paint(mark, colour, voice.colour), safe(&province.province))
}

fn role_name(role: &str, lang: Lang) -> String {
    let zh = match role {
        "root" => "根",
        "targets" => "总目录",
        "snapshot" => "快照",
        "timestamp" => "时间戳",
        other => return other.to_owned(),
    };
    lang.pick(zh, role).to_owned()
}

fn age(seconds: Option<i64>, lang: Lang) -> String {
    let Some(seconds) = seconds else { return String::new() };
    let days = seconds.max(0) / 86_400;
    match lang {
        Lang::Zh if days == 0 => "（不足1天）".to_owned(),
        Lang::Zh => format!("（已{days}天）"),
        Lang::En if days == 0 => " (less than a day old)".to_owned(),
        Lang::En if days == 1 => " (1 day old)".to_owned(),
        Lang::En => format!(" ({days} days old)"),
    }
}

/// What an import or a refresh did.
pub fn imported(shown: &ShownTrust, before: Option<u64>, voice: Voice) -> String {
    let now = shown.snapshot_version;
    let missing = shown.checks.iter().any(|check| check.code == CheckCode::TrustMissing);
    match (voice.lang, before) {
        (Lang::Zh, _) if missing => "已导入，但其中没有登记任何机构。".to_owned(),
        (Lang::En, _) if missing => "imported, but it registers nobody".to_owned(),
        (Lang::Zh, None) => "已导入。请把下面的根指纹与纸质文件核对。".to_owned(),
        (Lang::En, None) => "imported; compare the root's fingerprint below with the paper".to_owned(),
        (Lang::Zh, Some(before)) if before == now => "已是最新，数据没有变化。".to_owned(),
        (Lang::En, Some(before)) if before == now => "up to date; nothing is newer".to_owned(),
        (Lang::Zh, Some(before)) => format!("已更新：快照第{before}版 → 第{now}版。"),
        (Lang::En, Some(before)) => format!("updated: snapshot version {before} → {now}"),
    }
}

/// One issuer's record.
pub fn issuer(shown: &ShownIssuer, voice: Voice) -> String {
    let lang = voice.lang;
    let mut out = format!("{}  {}\n", paint(&safe(&shown.name), Colour::Bold, voice.colour), shown.uscc);
    for (name, until) in &shown.former_names {
        let until = until.as_deref().map_or_else(String::new, |day| format!("（{day}）"));
        let _ = writeln!(out, "  {}  {}{until}", lang.pick("原名称", "formerly"), safe(name));
    }
    let region = shown.region_name.unwrap_or_default();
    let level =
        shown.level.as_deref().map_or_else(String::new, |level| format!("  {}", word(&safe(level), lang)));
    let _ = writeln!(out, "  {region} {}  {}{level}", shown.region, words(&shown.roles, lang));
    for key in &shown.keys {
        out.push_str(&key_lines(key, voice));
    }
    for (credential_type, provenance) in &shown.may_issue {
        let _ = writeln!(
            out,
            "  {}  {}  {}",
            lang.pick("可签发", "may issue"),
            zizhi_verify::type_name(credential_type)
                .map_or_else(|| safe(credential_type), |name| lang.of(&name).to_owned()),
            words(provenance, lang)
        );
    }
    for recipient in &shown.seal_to {
        let _ = writeln!(out, "  {}  {}", lang.pick("收件公钥", "seal to"), safe(recipient));
    }
    out.trim_end().to_owned()
}

fn key_lines(key: &ShownKey, voice: Voice) -> String {
    let lang = voice.lang;
    let algorithm = key.algorithm.unwrap_or(lang.pick("不接受的密钥", "refused"));
    let until = key.valid_until.as_deref().unwrap_or(lang.pick("长期", "no end"));
    let mut out = format!(
        "  {}  {}  {algorithm}\n      {}\n      {} → {until}\n",
        lang.pick("密钥", "key"),
        safe(&key.kid),
        words(&key.uses, lang),
        key.valid_from
    );
    if let Some(at) = &key.revoked_at {
        let reason =
            key.revoked_reason.as_deref().map_or_else(String::new, |reason| format!("  {}", safe(reason)));
        let line = format!("✗ {} {at}{reason}", lang.pick("已撤销", "revoked"));
        let _ = writeln!(out, "      {}", paint(&line, Colour::Red, voice.colour));
    }
    out
}

fn words(codes: &[&str], lang: Lang) -> String {
    let words: Vec<&str> = codes.iter().map(|code| word(code, lang)).collect();
    words.join(lang.pick("、", " "))
}

/// What a word of the record is called (formats.md §3); one that is not known here stays as it is.
fn word(code: &str, lang: Lang) -> &str {
    let zh = match code {
        "incubator" => "孵化器",
        "authority" => "主管部门",
        "voucher_fund" => "创新券机构",
        "service_provider" => "服务机构",
        "bank" => "银行",
        "exchange" => "交易场所",
        "ministry_excellent" => "卓越级",
        "ministry_standard" => "标准级",
        "national_legacy" => "国家级（原）",
        "provincial" => "省级",
        "municipal" => "市级",
        "maker_space_national" => "国家备案众创空间",
        "maker_space_provincial" => "省级备案众创空间",
        "university_park" => "大学科技园",
        "accelerator" => "加速器",
        "credential" => "签发凭证",
        "status" => "吊销名单",
        "decision" => "决定",
        "request" => "请求",
        "report" => "报告",
        "hub" => "枢纽",
        "direct" => "签发方直签",
        "attested" => "孵化器核验背书",
        "declared" => "企业自述",
        other => other,
    };
    lang.pick(zh, code)
}

/// What was registered of an issuer, as a clerk reads it.
pub fn registered(registered: &Registered, voice: Voice) -> String {
    let (lang, issuer) = (voice.lang, &registered.issuer);
    let mut out =
        format!("{}{}  {}\n", lang.pick("已登记 ", "registered: "), safe(&issuer.name), safe(&issuer.uscc));
    let level = match (&registered.level, &issuer.level) {
        (Some(called), Some(level)) => format!("{}（{level}）", lang.of(called)),
        (None, Some(level)) => safe(level),
        _ => lang.pick("没有登记", "none").to_owned(),
    };
    let level = if lang == Lang::En { level.replace('（', " (").replace('）', ")") } else { level };
    let _ = writeln!(out, "  {}{level}", lang.pick("级别：", "level: "));
    for (way, title) in
        [("direct", ("可以直签：", "may issue itself: ")), ("attested", ("可以背书：", "may attest: "))]
    {
        let named = issuer.may_issue.iter().filter(|(_, ways)| ways.contains(&way));
        let names: Vec<String> = named
            .map(|(kind, _)| {
                let name = zizhi_verify::type_name(kind);
                name.map_or_else(|| safe(kind), |name| lang.of(&name).to_owned())
            })
            .collect();
        let names = match names.as_slice() {
            [] => lang.pick("没有登记", "nothing").to_owned(),
            names => names.join(lang.pick("、", ", ")),
        };
        let _ = writeln!(out, "  {}{names}", lang.pick(title.0, title.1));
    }
    out.trim_end().to_owned()
}

/// What an issuer was not given, what follows from it, and what to type.
pub fn lacks(registered: &Registered, voice: Voice) -> Vec<String> {
    let mut lines = Vec::new();
    if registered.without_level {
        lines.push(voice.lang.pick(
            "注意：没有登记级别。多数规则按孵化器级别互认，它签发的在孵企业证明在接收方会是“签发孵化器级别不在互认范围内”。请再运行一次 zizhi trust add-issuer，加上级别，例如 --level ministry_standard（标准级）；全部级别见 --help。",
            "note: it has no level. Most rules recognise by the level of the incubator, so that its incubatee certificates will be refused elsewhere for that. Run zizhi trust add-issuer once more with a level, such as --level ministry_standard; --help lists them",
        ));
    }
    if registered.without_attested {
        lines.push(voice.lang.pick(
            "注意：没有登记可以背书的类型。它的“签发凭证”页里没有营业执照、高新技术企业证书等别家出具的材料，不能为企业背书。要让它背书，请再运行一次 zizhi trust add-issuer，例如加上 --may-issue business-licence=attested,high-tech-enterprise=attested。",
            "note: it may attest nothing. Its page for issuing will not offer the business licence or any other paper of others, and it cannot vouch for them. To let it, run zizhi trust add-issuer once more, such as with --may-issue business-licence=attested,high-tech-enterprise=attested",
        ));
    }
    lines.into_iter().map(str::to_owned).collect()
}

/// That an issuer is not in the register.
pub fn no_issuer(uscc: &Uscc, provinces: usize, voice: Voice) -> String {
    match voice.lang {
        Lang::Zh => format!(
            "✗ {uscc} 未列入信任名录（查了{provinces}个省）。\n\n建议：请核对代码；信任数据较旧时先更新。仍查不到的，请该机构向本省名录维护单位登记。\n代码：ISS-UNKNOWN"
        ),
        Lang::En => {
            format!(
                "✗ {uscc} is not in the register ({provinces} provinces asked)\n\nhint: check the code, and refresh \
                 old trust data; else the organisation has to register with its province\ncode: ISS-UNKNOWN"
            )
        }
    }
}

/// What a demonstration consists of, and what to do with it.
pub fn made_demo(made: &MadeDemo, folder: &Path, voice: Voice) -> String {
    let (folder, keys) = (folder.display(), made.keys.display());
    match voice.lang {
        Lang::Zh => format!(
            "【演示】信任数据已建立：{folder}\n  全部私钥（未加密，仅供演示）：{keys}\n  吊销名单：{}\n接下来：\n  \
             zizhi trust import {folder}\n  zizhi trust pack {folder} -o 演示.zztrust",
            made.status_uri
        ),
        Lang::En => format!(
            "DEMO trust data made: {folder}\n  every private key (unprotected, for demonstration only): {keys}\n  \
             status list: {}\nnext:\n  zizhi trust import {folder}\n  zizhi trust pack {folder} -o demo.zztrust",
            made.status_uri
        ),
    }
}
