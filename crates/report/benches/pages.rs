//! How many pages a second: a report of few pages and one of fifty, and a workbook of 20 000 rows.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark stops at a surprise and prints what it measured"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use zizhi_app::demo;
use zizhi_model::civil;
use zizhi_report::{
    Cell, Column, Details, Fonts, Kind, Lang, Receipt, Table, receipt, verification_report, xlsx,
};
use zizhi_verify::{Grounds, Report};

fn details() -> Details {
    Details {
        number: "核〔2026〕松孵第0017号".to_owned(),
        organisation: "松江科创孵化器【演示】".to_owned(),
        purpose: None,
        received_on: None,
        operator: None,
        reviewer: None,
        dated: None,
        drill: false,
        decision: None,
        dossier_sm3: None,
        grounds: Grounds::default(),
        supplied: Vec::new(),
    }
}

/// The report with as many credentials, each with its own number so that nothing is laid out once for all.
fn with(report: &Report, credentials: usize, round: usize) -> Report {
    let mut report = report.clone();
    let pattern = report.credentials.clone();
    report.credentials = pattern.iter().cycle().take(credentials).cloned().collect();
    for (number, credential) in (1..).zip(&mut report.credentials) {
        credential.number = Some(format!("GR{round:06}{number:06}"));
    }
    report
}

fn pages(pdf: &[u8]) -> usize {
    pdf.windows(11).filter(|bytes| bytes == b"/Type /Page").count().max(1)
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    demo::demo(folder.path()).expect("the demonstration");
    let file = "1-hefei-songjiang/dossier.zzdossier";
    let report = demo::verify(folder.path(), file, "demo.zztrust", "91310117DEM000030B").expect("the report");
    let fonts = Fonts::of_system().expect("fonts");
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();

    criterion
        .bench_function("fonts/find", |bench| bench.iter(|| black_box(Fonts::of_system().expect("fonts"))));

    let mut round = 0;
    criterion.bench_function("receipt/1 page", |bench| {
        bench.iter(|| {
            round += 1;
            let slip = Receipt {
                number: format!("收〔2026〕松孵第{round}号"),
                organisation: "松江科创孵化器【演示】".to_owned(),
                received_at: civil::parse_time(demo::TIME).expect("a time"),
                firm: None,
                file: "a.zzdossier".to_owned(),
                size: 1,
                sha256: [7; 32],
                sealed: None,
                operator: None,
                software: "benchmark".to_owned(),
                drill: false,
            };
            black_box(receipt(&slip, Lang::Zh, &fonts).expect("a receipt"))
        });
    });

    let mut group = criterion.benchmark_group("report");
    for credentials in [11, 240] {
        let made = verification_report(&with(&report, credentials, 0), &details(), Lang::Zh, &fonts);
        let made = made.expect("a report");
        println!("{credentials} credentials: {} pages, {} bytes", pages(&made), made.len());
        group.throughput(Throughput::Elements(u64::try_from(pages(&made)).unwrap_or(1)));
        group.bench_function(format!("{credentials} credentials"), |bench| {
            bench.iter(|| {
                round += 1;
                let report = with(&report, credentials, round);
                black_box(verification_report(&report, &details(), Lang::Zh, &fonts).expect("a report"))
            });
        });
    }
    group.finish();

    let table = Table {
        title: "台账".to_owned(),
        columns: ["编号", "企业名称", "结论"]
            .map(|title| Column { title: title.to_owned(), kind: Kind::Text })
            .into(),
        rows: (0..20_000)
            .map(|row| ["核", "企业", "通过"].map(|word| Cell::text(format!("{word}{row}"))).into())
            .collect(),
    };
    let at = civil::parse_time(demo::TIME).expect("a time");
    criterion.bench_function("xlsx/20 000 rows", |bench| {
        bench.iter(|| black_box(xlsx(&table, at).expect("a book")))
    });
    criterion.final_summary();
}
