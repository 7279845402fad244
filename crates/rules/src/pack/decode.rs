//! From places in a text to typed values, noting everything that does not fit.
//!
//! Every function gives `None` after noting what is wrong, so that reading goes on and all remarks come
//! at once; the caller looks at the log in the end.

use chrono::NaiveDate;
use zizhi_model::{OrgId, RegionPattern, Text, civil};

use super::json::{Member, Node, Spanned, Spot};
use super::report::{Log, Problem, Words};
use crate::certlogic::{self, Expr, LogicError};
use crate::dcql::{DcqlProblem, Query};
use crate::pointer;

pub(super) const OBJECT: Words = ("对象", "an object");
const LIST: Words = ("列表", "a list");
const TEXT: Words = ("非空文本", "a text that is not empty");
const TRUTH: Words = (" true 或 false", "true or false");
const COUNT: Words = ("非负整数", "a whole number from 0");

/// The decoder: where it is, and what it has noted.
pub(super) struct Decoder<'l> {
    pub(super) path: Vec<String>,
    pub(super) log: &'l mut Log,
}

/// An object whose members are all known.
pub(super) struct Fields<'n> {
    at: Spot,
    members: &'n [Member],
}

impl<'n> Fields<'n> {
    pub(super) fn get(&self, name: &str) -> Option<&'n Spanned> {
        self.members.iter().find(|member| member.key == name).map(|member| &member.value)
    }

    /// The same, unless it is `null`.
    pub(super) fn said(&self, name: &str) -> Option<&'n Spanned> {
        self.get(name).filter(|value| !matches!(value.node, Node::Null))
    }
}

impl Decoder<'_> {
    pub(super) fn note(&mut self, at: Spot, problem: &Problem) {
        self.log.add(at, &self.path, problem);
    }

    /// An object with no members but these. formats.md §4: unknown members are refused, never ignored.
    pub(super) fn fields<'n>(
        &mut self,
        value: &'n Spanned,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        let Node::Object(members) = &value.node else {
            self.note(value.at, &Problem::Type { expected: OBJECT });
            return None;
        };
        for member in members.iter().filter(|member| !known.contains(&member.key.as_str())) {
            let near = nearest(&member.key, known);
            self.path.push(member.key.clone());
            self.note(member.at, &Problem::Unknown { member: member.key.clone(), near });
            self.path.pop();
        }
        Some(Fields { at: value.at, members })
    }

    pub(super) fn required<'n, T>(
        &mut self,
        fields: &Fields<'n>,
        name: &'static str,
        read: impl FnOnce(&mut Self, &'n Spanned) -> Option<T>,
    ) -> Option<T> {
        let Some(value) = fields.get(name) else {
            self.note(fields.at, &Problem::Missing { member: name });
            return None;
        };
        self.member(name, value, read)
    }

    /// A member that may be absent, or `null` where it has nothing to say.
    pub(super) fn optional<'n, T>(
        &mut self,
        fields: &Fields<'n>,
        name: &'static str,
        read: impl FnOnce(&mut Self, &'n Spanned) -> Option<T>,
    ) -> Option<T> {
        let value = fields.said(name)?;
        self.member(name, value, read)
    }

    fn member<'n, T>(
        &mut self,
        name: &'static str,
        value: &'n Spanned,
        read: impl FnOnce(&mut Self, &'n Spanned) -> Option<T>,
    ) -> Option<T> {
        self.path.push(name.to_owned());
        let read = read(self, value);
        self.path.pop();
        read
    }

    pub(super) fn list<'n, T>(
        &mut self,
        value: &'n Spanned,
        mut read: impl FnMut(&mut Self, &'n Spanned) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Node::List(items) = &value.node else {
            self.note(value.at, &Problem::Type { expected: LIST });
            return None;
        };
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            self.path.push(index.to_string());
            list.extend(read(self, item));
            self.path.pop();
        }
        Some(list)
    }

    /// A list that must hold something.
    pub(super) fn some<'n, T>(
        &mut self,
        value: &'n Spanned,
        read: impl FnMut(&mut Self, &'n Spanned) -> Option<T>,
    ) -> Option<Vec<T>> {
        if matches!(&value.node, Node::List(items) if items.is_empty()) {
            self.note(value.at, &Problem::Empty);
            return None;
        }
        self.list(value, read)
    }

    /// The members of an object whose names are data.
    pub(super) fn entries<'n, T>(
        &mut self,
        value: &'n Spanned,
        mut read: impl FnMut(&mut Self, &'n str, &'n Spanned) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Node::Object(members) = &value.node else {
            self.note(value.at, &Problem::Type { expected: OBJECT });
            return None;
        };
        let mut entries = Vec::with_capacity(members.len());
        for member in members {
            self.path.push(member.key.clone());
            entries.extend(read(self, &member.key, &member.value));
            self.path.pop();
        }
        Some(entries)
    }

    pub(super) fn text<'n>(&mut self, value: &'n Spanned) -> Option<&'n str> {
        match &value.node {
            Node::Text(text) if !text.trim().is_empty() => Some(text),
            _ => {
                self.note(value.at, &Problem::Type { expected: TEXT });
                None
            }
        }
    }

    pub(super) fn owned(&mut self, value: &Spanned) -> Option<String> {
        self.text(value).map(str::to_owned)
    }

    pub(super) fn truth(&mut self, value: &Spanned) -> Option<bool> {
        if let Node::Bool(truth) = value.node {
            return Some(truth);
        }
        self.note(value.at, &Problem::Type { expected: TRUTH });
        None
    }

    pub(super) fn count<T: TryFrom<i64>>(&mut self, value: &Spanned) -> Option<T> {
        let count = match value.node {
            Node::Int(number) => T::try_from(number).ok(),
            _ => None,
        };
        if count.is_none() && !matches!(value.node, Node::Odd) {
            self.note(value.at, &Problem::Type { expected: COUNT });
        }
        count
    }

    /// One of a closed list of identifiers.
    pub(super) fn term<T>(
        &mut self,
        value: &Spanned,
        allowed: impl Iterator<Item = &'static str>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(value)?;
        let term = parse(text);
        if term.is_none() {
            let allowed: Vec<&'static str> = allowed.collect();
            let near = nearest(text, &allowed);
            self.note(value.at, &Problem::Value { allowed, near });
        }
        term
    }

    pub(super) fn date(&mut self, value: &Spanned) -> Option<NaiveDate> {
        let date = civil::parse_date(self.text(value)?).ok();
        if date.is_none() {
            self.note(value.at, &Problem::Date);
        }
        date
    }

    pub(super) fn organisation(&mut self, value: &Spanned) -> Option<OrgId> {
        let organisation = OrgId::parse(self.text(value)?).ok();
        if organisation.is_none() {
            self.note(value.at, &Problem::Organisation);
        }
        organisation
    }

    pub(super) fn region(&mut self, value: &Spanned) -> Option<RegionPattern> {
        match RegionPattern::parse(self.text(value)?) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                self.note(value.at, &Problem::Region(error));
                None
            }
        }
    }

    pub(super) fn message(&mut self, value: &Spanned) -> Option<Text> {
        let fields = self.fields(value, &["zh", "en"])?;
        let zh = self.required(&fields, "zh", Self::owned);
        let en = self.optional(&fields, "en", Self::owned);
        Some(Text { zh: zh?.into(), en: en.map(Into::into) })
    }

    pub(super) fn logic(&mut self, value: &Spanned) -> Option<Expr> {
        match certlogic::parse(&value.to_value()) {
            Ok(expr) => Some(expr),
            Err(error) => {
                let key = matches!(error, LogicError::Operator { .. });
                self.note_below(value, error.at(), key, &Problem::Logic(error.clone()));
                None
            }
        }
    }

    pub(super) fn query(&mut self, value: &Spanned) -> Option<Query> {
        match Query::parse(&value.to_value()) {
            Ok(query) => Some(query),
            Err(error) => {
                let key = matches!(error.problem, DcqlProblem::Unknown { .. });
                self.note_below(value, &error.at, key, &Problem::Dcql(error.problem.clone()));
                None
            }
        }
    }

    /// Notes a problem at a JSON pointer below `value`.
    pub(super) fn note_below(&mut self, value: &Spanned, below: &str, key: bool, problem: &Problem) {
        let spot = value.locate(pointer::segments(below), key);
        let depth = self.path.len();
        self.path.extend(pointer::segments(below));
        self.note(spot, problem);
        self.path.truncate(depth);
    }
}

/// The known name that a misspelt one comes nearest to, if it is near at all.
fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    const LONGEST: usize = 40;
    if name.chars().count() > LONGEST {
        return None;
    }
    let distances = known.iter().map(|candidate| (distance(name, candidate), *candidate));
    let (distance, candidate) = distances.min()?;
    (distance <= 2 && distance < candidate.chars().count()).then_some(candidate)
}

/// Characters to insert, delete or replace to make one word of another.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, letter) in from.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(above + 1);
        for ((other, pair), index) in to.iter().zip(row.windows(2)).zip(0..) {
            let &[diagonal, up] = pair else { continue };
            let left: usize = next.get(index).copied().unwrap_or_default();
            let replaced = diagonal + usize::from(letter != *other);
            next.push(replaced.min(up + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
