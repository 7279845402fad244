//! 数据基准: what the answer rests on and how old that is.

use chrono::{DateTime, NaiveDateTime, Utc};
use zizhi_crypto::b64;
use zizhi_model::civil;
use zizhi_verify::Report;
use zizhi_verify::report::{PackBasis, StatusBasis, TrustBasis};

use crate::lang::Lang;
use crate::paper::Field;

/// How the name of a sealed file ends.
const SEALED: &str = ".age";

/// The rows of the section.
pub(super) fn rows(report: &Report, sm3: Option<&[u8; 32]>, lang: Lang) -> Vec<Vec<Field>> {
    let basis = &report.basis;
    let field = |zh, en, value: &str| Field::new(lang.pick(zh, en), value);
    let lines = |zh, en, value| Field::lines(lang.pick(zh, en), value);
    let how = if basis.online {
        lang.pick("在线核验", "verified online")
    } else {
        lang.pick("离线核验", "verified offline")
    };
    let mut rows = vec![
        vec![
            field("核验方式", "Method", &lang.with(how, &basis.software)),
            field("核验时间", "Verified at", &lang.told_time(&basis.verified_at)),
        ],
        vec![field("数据截至", "Data as of", &as_of(report, lang))],
        vec![field("信任名录", "Trust data", &trust(basis.trust.as_ref(), &basis.verified_at, lang))],
    ];
    rows.extend(basis.trust.as_ref().map(|trust| vec![root(trust, lang)]));
    rows.push(vec![field("互认规则包", "Rule pack", &pack(basis.rule_pack.as_ref(), lang))]);
    let lists: Vec<String> = basis.status.iter().flat_map(|list| status(list, report, lang)).collect();
    let lists =
        if lists.is_empty() { vec![lang.pick("未用到", "none was needed").to_owned()] } else { lists };
    rows.push(vec![lines("吊销名单", "Status lists", lists)]);
    // Size and digest are those of the dossier, also where it came in a sealed file.
    let (size, sealed) = (size(report.file.size, lang), report.file.name.ends_with(SEALED));
    let beside = match (sealed, lang) {
        (false, _) => size,
        (true, Lang::Zh) => format!("已加密；解密后的档案{size}"),
        (true, Lang::En) => format!("sealed; the dossier in it: {size}"),
    };
    rows.push(vec![field("档案文件", "File", &lang.with(&report.file.name, &beside))]);
    let label = match sealed {
        false => lang.pick("档案SHA-256摘要", "SHA-256 of the file"),
        true => lang.pick("解密后SHA-256摘要", "SHA-256, unsealed"),
    };
    let digest = b64::decode(&report.file.sha256);
    rows.push(vec![digest.map_or_else(|_| Field::new(label, "—"), |digest| Field::digest(label, &digest))]);
    rows.extend(sm3.map(|sm3| {
        let label = match sealed {
            false => lang.pick("档案SM3摘要", "SM3 of the file"),
            true => lang.pick("解密后SM3摘要", "SM3, unsealed"),
        };
        vec![Field::digest(label, sm3)]
    }));
    rows
}

/// The oldest of the data that was used, which bounds the whole answer.
fn as_of(report: &Report, lang: Lang) -> String {
    let basis = &report.basis;
    let verified = civil::parse_time(&basis.verified_at).ok();
    let told = basis.trust.iter().map(|trust| trust.timestamp.as_str());
    let told = told.chain(basis.status.iter().filter_map(|list| list.iat.as_deref()));
    // A publisher that only says until when its data holds does not say how old it is.
    let times = told.filter_map(|text| civil::parse_time(text).ok());
    let oldest: Option<DateTime<Utc>> = times.filter(|at| Some(*at) <= verified).min();
    match (oldest, verified) {
        (Some(oldest), Some(verified)) => {
            lang.with(&lang.time(oldest), &lang.age((verified - oldest).num_seconds()))
        }
        _ => lang.pick("没有可用的数据时间", "no usable time of the data").to_owned(),
    }
}

fn trust(trust: Option<&TrustBasis>, verified_at: &str, lang: Lang) -> String {
    let Some(trust) = trust else {
        return lang.pick("没有可用的信任数据", "no usable trust data").to_owned();
    };
    let (root, snapshot) = (trust.root_version, trust.snapshot_version);
    let later = match (civil::parse_time(&trust.timestamp), civil::parse_time(verified_at)) {
        (Ok(told), Ok(verified)) => told > verified,
        _ => false,
    };
    let time = lang.told_time(&trust.timestamp);
    let time = if later {
        format!("{}{time}", lang.pick("有效至", "valid until "))
    } else {
        let age = lang.with(&time, &lang.age(trust.age_seconds));
        format!("{}{age}", lang.pick("数据截至", "as of "))
    };
    match lang {
        Lang::Zh => format!("根第{root}版，快照第{snapshot}版，{time}"),
        Lang::En => format!("root {root}, snapshot {snapshot}, {time}"),
    }
}

/// The root that trust begins with, by the digest that is compared with the stamped paper.
fn root(trust: &TrustBasis, lang: Lang) -> Field {
    let pin = trust.pinned_root_version;
    let label = match lang {
        Lang::Zh => format!("根指纹第{pin}版"),
        Lang::En => format!("Fingerprint, root {pin}"),
    };
    Field { digest: true, ..Field::new(&label, trust.pinned_root.clone()) }
}

fn pack(pack: Option<&PackBasis>, lang: Lang) -> String {
    let Some(pack) = pack else {
        return lang.pick("没有找到档案所用的规则包", "the rule pack was not found").to_owned();
    };
    let until = match (&pack.valid_until, lang) {
        (Some(day), Lang::Zh) => format!("，有效期至{}", day_of(day, lang)),
        (Some(day), Lang::En) => format!(", valid until {day}"),
        (None, Lang::Zh) => "，未定有效期".to_owned(),
        (None, Lang::En) => ", without an end".to_owned(),
    };
    match lang {
        Lang::Zh => format!("{} 第{}版{until}", pack.id, pack.version),
        Lang::En => format!("{} version {}{until}", pack.id, pack.version),
    }
}

fn day_of(text: &str, lang: Lang) -> String {
    civil::parse_date(text).map_or_else(|_| text.to_owned(), |day| lang.date(day))
}

fn status(list: &StatusBasis, report: &Report, lang: Lang) -> [String; 2] {
    let told = match (&list.iat, list.age_seconds) {
        (Some(iat), Some(seconds)) => {
            let time = lang.with(&lang.told_time(iat), &lang.age(seconds));
            format!("{}{time}", lang.pick("截至", "as of "))
        }
        _ => lang.pick("没有可用的数据", "no usable data").to_owned(),
    };
    [list_name(&list.uri, report, lang).unwrap_or_else(|| list.uri.clone()), told]
}

/// What a status list of this program is called, as in the window: by whose it is and when it was begun.
fn list_name(uri: &str, report: &Report, lang: Lang) -> Option<String> {
    let (code, number) = uri.strip_prefix("urn:zizhitong:status:")?.split_once(':')?;
    let issuers = report.credentials.iter().filter_map(|credential| credential.issuer.as_ref());
    let name = issuers.filter(|issuer| issuer.uscc == code).find_map(|issuer| issuer.name.as_deref());
    let name = name.unwrap_or(code);
    // The number is the time in UTC, and four digits that tell lists of one second apart.
    let begun = number.get(..14).and_then(|time| NaiveDateTime::parse_from_str(time, "%Y%m%d%H%M%S").ok());
    Some(match (begun.map(|time| lang.time(time.and_utc())), lang) {
        (Some(begun), Lang::Zh) => format!("{name}{begun}开始的吊销名单"),
        (Some(begun), Lang::En) => format!("status list of {name}, begun {begun}"),
        (None, Lang::Zh) => format!("{name}的第{number}份吊销名单"),
        (None, Lang::En) => format!("status list {number} of {name}"),
    })
}

fn size(bytes: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{bytes}字节"),
        Lang::En => format!("{bytes} bytes"),
    }
}
