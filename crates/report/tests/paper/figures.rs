//! 月报 on paper.

use chrono::NaiveDate;
use zizhi_model::{Text, civil};
use zizhi_report::{Figure, FigureSection, Lang, MonthFigures, month_report};

use crate::reading::{Document, flat};
use crate::world::fonts;

fn figure(what: &'static str, value: Option<(u32, u8)>, unit: &'static str, said: &'static str) -> Figure {
    let text = |zh| Text::fixed(zh, zh);
    Figure { what: text(what), value, unit: text(unit), said: text(said) }
}

pub fn november() -> MonthFigures {
    let section = |title, figures| FigureSection { title: Text::fixed(title, "Figures"), figures };
    MonthFigures {
        organisation: "松江科创孵化器【演示】".to_owned(),
        operator: Some("王某".to_owned()),
        month: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
        sections: vec![
            section(
                "收件与办结",
                vec![
                    figure("收件数", Some((37, 0)), "件", ""),
                    figure("办结数", Some((29, 0)), "件", ""),
                    figure("通过率（含有条件通过）", Some((730, 1)), "%", "27 / 37 件"),
                    figure("平均用时", None, "个工作日", ""),
                ],
            ),
            section(
                "核验结论",
                vec![
                    figure("通过", Some((14, 0)), "件", ""),
                    figure("有条件通过", Some((13, 0)), "件", ""),
                    figure("待联网复核", Some((6, 0)), "件", ""),
                    figure("不通过", Some((4, 0)), "件", ""),
                ],
            ),
            section("主要问题", Vec::new()),
            section(
                "在园企业指标",
                vec![figure(
                    "高企认定率",
                    Some((300, 1)),
                    "%",
                    "有效高企6家 / 在园企业20家；有记录但当日无效2家，无记录12家；参考线40%",
                )],
            ),
        ],
        definitions: vec![
            Text::fixed("收件数：当月收件的办件。", "Received: cases taken in that month."),
            Text::fixed("参考线出自韦一玉，2020浦江创新论坛。", "Reference lines."),
        ],
        made_at: civil::parse_time("2026-12-01T09:05:00+08:00").unwrap(),
        software: "zizhi 0.1.0".to_owned(),
        drill: false,
    }
}

#[test]
fn a_month_on_paper_has_every_figure_its_definition_and_a_place_for_the_seal() {
    let document = Document::new(&month_report(&november(), Lang::Zh, fonts()).unwrap());
    let text = document.text();
    for words in [
        "资质互认工作月报",
        "2026年11月",
        "一、收件与办结",
        "通过率（含有条件通过）73.0%27/37件",
        "平均用时—个工作日",
        "三、主要问题无。",
        "高企认定率30.0%有效高企6家/在园企业20家",
        "五、口径",
        "2020浦江创新论坛",
        "数据截至2026年12月1日09:05",
        "（盖章处）",
        "经办人：王某",
        "2026年12月1日",
        "第1页共",
    ] {
        assert!(text.contains(&flat(words)), "“{words}” is not in\n{text}");
    }
    assert!(!text.contains("SHA-256"), "nothing is compared with a file, so no code is shown");
    let info = document.info();
    assert!(info.contains("<pdfaid:part>3</pdfaid:part>"), "{info}");
    let fonts = document.fonts();
    assert!(fonts.lines().skip(2).all(|line| line.contains(" yes ")), "every font is embedded: {fonts}");
    assert_eq!(
        month_report(&november(), Lang::Zh, crate::world::fonts()).unwrap(),
        month_report(&november(), Lang::Zh, crate::world::fonts()).unwrap(),
        "the same figures give the same bytes"
    );
}

#[test]
fn a_month_of_a_drill_says_so_and_one_in_english_has_its_words() {
    let drill = MonthFigures { drill: true, ..november() };
    let text = Document::new(&month_report(&drill, Lang::En, fonts()).unwrap()).text();
    for words in ["Monthly figures", "2026-11", "1. Figures", "DRILL", "As of", "How this is counted"] {
        assert!(text.contains(&flat(words)), "“{words}” is not in\n{text}");
    }
}
