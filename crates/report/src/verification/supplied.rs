//! 补正事项核对表: what notices asked to supplement, with what the dossier that came since says to each.

use super::marks;
use crate::details::Supplied;
use crate::lang::Lang;
use crate::paper::{Block, Column, Row};

/// The list; nothing where nothing was asked for before this dossier came.
pub(super) fn annex(supplied: &[Supplied], lang: Lang) -> Vec<Block> {
    if supplied.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::words(lang.pick("要求补正的事项", "Asked for"), 0),
        Column::short(lang.pick("补正通知", "By notice"), 33),
        Column::words(lang.pick("状态", "State"), 27),
        Column::words(lang.pick("对应材料", "Answered by"), 46),
    ];
    let rows = (1..).zip(supplied).map(|(number, line)| Row {
        cells: vec![
            vec![number.to_string()],
            vec![line.wanted.item.clone(), line.wanted.text.clone()],
            vec![line.notice.clone()],
            vec![marks::supplied(line.state, lang)],
            if line.by.is_empty() { vec!["—".to_owned()] } else { line.by.clone() },
        ],
        note: None,
    });
    let title = lang.pick("附件：补正事项核对表", "Annex: what was to be supplemented");
    let table = Block::Table { columns, rows: rows.collect() };
    vec![Block::heading(title), table]
}
