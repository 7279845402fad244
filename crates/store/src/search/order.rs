//! Names in the order in which a person looks for them: Chinese by its pinyin, numbers by what they are worth.

use pinyin::ToPinyin as _;
use rusqlite::Transaction;

use super::Searchable;
use crate::table::case::Case;
use crate::table::firm::Firm;
use crate::table::subject::Subject;

/// Places that are not read as their characters commonly are, each with its reading in full.
const PLACES: [(&str, &[&str]); 8] = [
    ("重庆", &["chong2", "qing4"]),
    ("六安", &["lu4", "an1"]),
    ("蚌埠", &["beng4", "bu4"]),
    ("乐清", &["yue4", "qing1"]),
    ("枞阳", &["zong1", "yang2"]),
    ("涡阳", &["guo1", "yang2"]),
    ("台州", &["tai1", "zhou1"]),
    ("厦门", &["xia4", "men2"]),
];

/// Before what stands there: numbers, then what is read, then letters, then the rest.
const NUMBER: char = '\u{1}';
const READ: char = '\u{2}';
const LETTER: char = '\u{3}';
const OTHER: char = '\u{4}';

/// Characters of a name that are put in order; longer names that begin alike are told apart by their place.
const LONGEST: usize = 60;

/// A text whose bytes compare as the names are to be put in order. Characters that sound alike stand together.
pub(crate) fn order(name: &str) -> String {
    let name: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect();
    let mut order = String::with_capacity(name.len() * 10);
    let mut rest = name.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        if let Some((characters, readings)) = place(rest) {
            for (c, reading) in characters.iter().zip(readings) {
                read(&mut order, reading, *c);
            }
            rest = rest.get(characters.len()..).unwrap_or_default();
            continue;
        }
        rest = behind;
        if first.is_ascii_digit() {
            let digits = std::iter::once(first).chain(behind).take_while(|c| c.is_ascii_digit()).count();
            let worth: String =
                std::iter::once(first).chain(behind).take(digits).skip_while(|c| **c == '0').collect();
            // A number with more digits is a larger one; there are at most sixty.
            order.push(NUMBER);
            order.push(char::from(b'0' + u8::try_from(worth.len()).unwrap_or(LONGEST as u8)));
            order.push_str(&worth);
            rest = behind.get(digits - 1..).unwrap_or_default();
        } else if let Some(reading) = first.to_pinyin() {
            read(&mut order, reading.with_tone_num_end(), *first);
        } else {
            order.push(if first.is_alphabetic() { LETTER } else { OTHER });
            order.extend(first.to_lowercase());
        }
    }
    order
}

fn read(order: &mut String, reading: &str, c: char) {
    order.push(READ);
    order.push_str(reading);
    order.push(c);
}

/// The place that stands at the beginning.
fn place(name: &[char]) -> Option<(&[char], &'static [&'static str])> {
    PLACES.iter().find_map(|(place, readings)| {
        let length = readings.len();
        let begins = name.len() >= length && place.chars().eq(name.iter().take(length).copied());
        if begins { Some((name.get(..length)?, *readings)) } else { None }
    })
}

/// The last part of the eighth step of the tables: every name gets its place, and each table its index.
pub(crate) fn fill(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    of_table::<Firm>(transaction, "name")?;
    of_table::<Subject>(transaction, "names ->> 0")?;
    of_table::<Case>(transaction, "firm_name")
}

fn of_table<R: Searchable>(transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<()> {
    let (table, index) = (R::TABLE, R::BY_NAME);
    let mut find = transaction.prepare(&format!("SELECT seq, {name} FROM {table} ORDER BY seq"))?;
    let mut put = transaction.prepare(&format!("UPDATE {table} SET name_order = ?2 WHERE seq = ?1"))?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, name): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
        put.execute((seq, order(&name.unwrap_or_default())))?;
    }
    transaction.execute_batch(&format!("CREATE INDEX {index} ON {table} (name_order, seq)"))
}
