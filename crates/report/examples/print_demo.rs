//! Prints documents of the demonstration into a folder, to be looked at.

#![expect(clippy::unwrap_used, reason = "stops at the first surprise")]

use std::path::Path;

use zizhi_report::*;

fn main() {
    let to = std::env::args().nth(1).unwrap();
    let to = Path::new(&to);
    let world = to.join("world");
    let shown = zizhi_app::demo::demo(&world).unwrap();
    let fonts = Fonts::of_system().unwrap();
    let details = Details {
        number: "核〔2026〕松孵第0017号".into(),
        organisation: "松江科创孵化器【演示】".into(),
        purpose: Some("入驻审核".into()),
        received_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 23),
        operator: Some("经办人甲【演示】".into()),
        reviewer: None,
        dated: None,
        drill: std::env::args().nth(2).is_some(),
        decision: None,
    };
    extra(to, &fonts, &details, &world, &shown);
    for shown in &shown {
        let aud = if shown.file.starts_with("2-") {
            "91330110DEM000073U"
        } else if shown.file.starts_with("3-") {
            "12310000DEM00009XN"
        } else {
            "91310117DEM000030B"
        };
        let report = zizhi_app::demo::verify(&world, &shown.file, shown.trust, aud).unwrap();
        let name = shown.file.replace('/', "_");
        for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            std::fs::write(
                to.join(format!("{name}.{tag}.pdf")),
                verification_report(&report, &details, lang, &fonts).unwrap(),
            )
            .unwrap();
        }
    }
}

fn extra(to: &Path, fonts: &Fonts, details: &Details, world: &Path, shown: &[zizhi_app::demo::Shown]) {
    let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 11, d);
    let firm = Firm {
        name: "合肥星河量子传感技术有限公司【演示】".into(),
        uscc: "91340100DEM000014D".into(),
    };
    let at = zizhi_model::civil::parse_time("2026-11-24T15:00:00+08:00").unwrap();
    let decision = Decision {
        outcome: zizhi_model::Text::fixed("有条件认可", "accepted with conditions"),
        number: Some("决〔2026〕松孵第0009号".into()),
        decided_on: day(24).unwrap(),
        reasons: vec![
            Reason {
                code: "DATE-EXPIRED".into(),
                text: "质量管理体系认证证书有效期至2026年10月20日，已过期，不予采信。".into(),
            },
            Reason {
                code: "CHK-MISSING".into(),
                text: "材料清单要求的经营场所使用证明没有提供，材料不齐。".into(),
            },
        ],
        supplements: vec![
            Wanted {
                item: "经营场所使用证明".into(),
                item_id: "lease".into(),
                text: "租赁合同扫描件，含双方签章页".into(),
                due: day(30),
            },
            Wanted {
                item: "质量管理体系认证".into(),
                item_id: "quality".into(),
                text: "续期后的证书，或说明不再提交".into(),
                due: None,
            },
        ],
    };
    let notice = Notice {
        number: "决〔2026〕松孵第0009号".into(),
        organisation: details.organisation.clone(),
        firm: firm.clone(),
        received_on: day(23),
        dossier_id: "01a20621-ad00-75c1-8057-a8073b630ba7".into(),
        dossier_sha256: [0x5a; 32],
        report_sha256: [0x3c; 32],
        report_number: Some(details.number.clone()),
        operator: details.operator.clone(),
        reviewer: Some("复核人乙【演示】".into()),
        decision: decision.clone(),
        made_at: at,
        software: "zizhi 0.1.0".into(),
        drill: false,
    };
    let slip = Receipt {
        number: "收〔2026〕松孵第0031号".into(),
        organisation: details.organisation.clone(),
        received_at: at,
        firm: Some(firm),
        file: "合肥星河-松江.zzdossier".into(),
        size: 48213,
        sha256: [0x7b; 32],
        operator: details.operator.clone(),
        software: "zizhi 0.1.0".into(),
        drill: false,
    };
    for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        std::fs::write(to.join(format!("receipt.{tag}.pdf")), receipt(&slip, lang, fonts).unwrap()).unwrap();
        std::fs::write(
            to.join(format!("supplement.{tag}.pdf")),
            supplement_notice(&notice, lang, fonts).unwrap(),
        )
        .unwrap();
        std::fs::write(
            to.join(format!("decision.{tag}.pdf")),
            decision_notice(&notice, lang, fonts).unwrap(),
        )
        .unwrap();
    }
    let s = shown.iter().find(|s| s.file.ends_with("/dossier.zzdossier")).unwrap();
    let mut report = zizhi_app::demo::verify(world, &s.file, s.trust, "91310117DEM000030B").unwrap();
    report.dossier.as_mut().unwrap().firm.name = "钱𬭎𠮷 #eval(\"1\") $x$ *粗* 有限公司".into();
    let details = Details {
        decision: Some(decision),
        drill: true,
        organisation: "𬭎𠮷孵化器（#panic()）".into(),
        ..details.clone()
    };
    let one = report.credentials[2].clone();
    report.credentials = (0..60)
        .map(|n| {
            let mut c = one.clone();
            c.number = Some(format!("GR2025349{n:05}"));
            c
        })
        .collect();
    std::fs::write(to.join("long.zh.pdf"), verification_report(&report, &details, Lang::Zh, fonts).unwrap())
        .unwrap();
    let t = std::time::Instant::now();
    let table = Table {
        title: "台账 2026-11".into(),
        columns: [
            ("报告编号", Kind::Text),
            ("企业名称", Kind::Text),
            ("统一社会信用代码", Kind::Text),
            ("收件日期", Kind::Date),
            ("结论", Kind::Text),
            ("用时（天）", Kind::Number),
            ("合同金额（万元）", Kind::Money),
        ]
        .map(|(t, kind)| Column { title: t.into(), kind })
        .into(),
        rows: (0..40)
            .map(|n| {
                vec![
                    Cell::text(format!("核〔2026〕松孵第{n:04}号")),
                    Cell::text(if n % 7 == 3 {
                        "=HYPERLINK(\"http://x.invalid\")".to_owned()
                    } else {
                        "合肥星河量子传感技术有限公司【演示】".into()
                    }),
                    Cell::text("91340100DEM000014D"),
                    Cell::Date(day(1 + n as u32 % 28).unwrap()),
                    Cell::text("有条件通过"),
                    Cell::Number { digits: 15 + n, places: 1 },
                    Cell::Money(zizhi_model::money::Fen(120_000_000 + n * 1234567)),
                ]
            })
            .collect(),
    };
    std::fs::write(to.join("table.xlsx"), xlsx(&table, at).unwrap()).unwrap();
    std::fs::write(to.join("table.csv"), csv(&table).unwrap()).unwrap();
    println!("{:?}", t.elapsed());
}
