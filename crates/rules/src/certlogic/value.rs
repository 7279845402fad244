//! Values during an evaluation. They borrow from the data and the expression and share what they build.

use std::rc::Rc;

use chrono::NaiveDateTime;
use serde_json::{Map, Value};

use super::engine::{Fault, Steps};
use super::expr::{Path, Step};
use super::time;
use crate::scope::{Data, FACT_NAMES};

/// Levels of arrays and contexts that an evaluation may build, so that dropping and comparing them
/// stays within the stack.
const MAX_BUILT_DEPTH: u32 = 64;

#[derive(Debug, Clone)]
pub(super) enum Val<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Text(&'a str),
    Time(NaiveDateTime),
    /// An object, an array or a number that is no whole one, as it stands in the data.
    Data(Data<'a>),
    List(Rc<List<'a>>),
    /// What the lambda of a `reduce` sees.
    Frame(Rc<Frame<'a>>),
}

#[derive(Debug)]
pub(super) struct List<'a> {
    pub(super) items: Vec<Val<'a>>,
    depth: u32,
}

#[derive(Debug)]
pub(super) struct Frame<'a> {
    accumulator: Val<'a>,
    current: Val<'a>,
    data: Val<'a>,
    depth: u32,
}

impl<'a> Val<'a> {
    pub(super) fn of(data: Data<'a>) -> Self {
        match data {
            Data::Value(value) => Self::json(value),
            Data::Scope(_) => Self::Data(data),
        }
    }

    pub(super) fn json(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::String(text) => Self::Text(text),
            Value::Number(number) => match number.as_i64().or_else(|| whole(number.as_f64()?)) {
                Some(number) => Self::Int(number),
                None => Self::Data(Data::Value(value)),
            },
            Value::Array(_) | Value::Object(_) => Self::Data(Data::Value(value)),
        }
    }

    pub(super) fn list(items: Vec<Self>) -> Result<Self, Fault> {
        let depth = items.iter().map(Self::depth).max().unwrap_or(0) + 1;
        if depth > MAX_BUILT_DEPTH {
            Err(Fault::Budget)
        } else {
            Ok(Self::List(Rc::new(List { items, depth })))
        }
    }

    pub(super) fn frame(accumulator: Self, current: Self, data: Self) -> Result<Self, Fault> {
        let depth = accumulator.depth().max(current.depth()).max(data.depth()) + 1;
        if depth > MAX_BUILT_DEPTH {
            return Err(Fault::Budget);
        }
        Ok(Self::Frame(Rc::new(Frame { accumulator, current, data, depth })))
    }

    fn depth(&self) -> u32 {
        match self {
            Self::List(list) => list.depth,
            Self::Frame(frame) => frame.depth,
            _ => 0,
        }
    }

    /// Truthy, falsy, or neither, which only date-times are.
    pub(super) fn truth(&self) -> Option<bool> {
        Some(match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Int(number) => *number != 0,
            Self::Text(text) => !text.is_empty(),
            Self::Time(_) => return None,
            Self::Data(Data::Value(Value::Array(items))) => !items.is_empty(),
            Self::Data(Data::Value(Value::Object(members))) => !members.is_empty(),
            Self::Data(Data::Value(_)) | Self::Frame(_) => true,
            Self::Data(Data::Scope(scope)) => FACT_NAMES.iter().any(|name| scope.get(name).is_some()),
            Self::List(list) => !list.items.is_empty(),
        })
    }

    /// What `path` leads to, or nothing where it leads nowhere.
    pub(super) fn access(&self, path: &Path) -> Option<Val<'a>> {
        let mut steps = path.steps.iter();
        let Some(first) = steps.next() else { return Some(self.clone()) };
        steps.try_fold(self.member(first)?, |value, step| value.member(step))
    }

    fn member(&self, step: &Step) -> Option<Val<'a>> {
        match self {
            Self::Data(Data::Value(Value::Object(members))) => members.get(&step.key).map(Self::json),
            Self::Data(Data::Value(Value::Array(items))) => items.get(step.index?).map(Self::json),
            Self::Data(Data::Scope(scope)) => scope.get(&step.key).map(Self::json),
            Self::List(list) => list.items.get(step.index?).cloned(),
            Self::Frame(frame) => match step.key.as_str() {
                "accumulator" => Some(frame.accumulator.clone()),
                "current" => Some(frame.current.clone()),
                "data" => Some(frame.data.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The elements, if this is an array.
    pub(super) fn items(&self) -> Option<Vec<Val<'a>>> {
        match self {
            Self::Data(Data::Value(Value::Array(items))) => Some(items.iter().map(Self::json).collect()),
            Self::List(list) => Some(list.items.clone()),
            _ => None,
        }
    }

    /// Equality without coercion; arrays and objects by what they hold.
    pub(super) fn equals(&self, other: &Self, steps: &mut Steps) -> Result<bool, Fault> {
        steps.take()?;
        Ok(match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Time(a), Self::Time(b)) => a == b,
            _ => match (self.items(), other.items()) {
                (Some(mine), Some(others)) => {
                    if mine.len() != others.len() {
                        return Ok(false);
                    }
                    for (a, b) in mine.iter().zip(&others) {
                        if !a.equals(b, steps)? {
                            return Ok(false);
                        }
                    }
                    true
                }
                (None, None) => match (self, other) {
                    (Self::Data(Data::Value(a)), Self::Data(Data::Value(b))) => same(a, b, steps)?,
                    (Self::Data(Data::Scope(a)), Self::Data(Data::Scope(b))) => std::ptr::eq(*a, *b),
                    (Self::Frame(a), Self::Frame(b)) => Rc::ptr_eq(a, b),
                    _ => false,
                },
                _ => false,
            },
        })
    }

    /// The value as JSON, which stands on its own.
    pub(super) fn export(&self, steps: &mut Steps) -> Result<Value, Fault> {
        steps.take()?;
        Ok(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(number) => Value::from(*number),
            Self::Text(text) => Value::from(*text),
            Self::Time(time) => Value::String(time::format(*time)),
            Self::Data(Data::Value(value)) => copy(value, steps)?,
            Self::Data(Data::Scope(scope)) => {
                let mut members = Map::new();
                for name in FACT_NAMES {
                    if let Some(value) = scope.get(name) {
                        members.insert(name.to_owned(), copy(value, steps)?);
                    }
                }
                Value::Object(members)
            }
            Self::List(list) => {
                Value::Array(list.items.iter().map(|item| item.export(steps)).collect::<Result<_, _>>()?)
            }
            Self::Frame(frame) => {
                let mut members = Map::new();
                members.insert("accumulator".to_owned(), frame.accumulator.export(steps)?);
                members.insert("current".to_owned(), frame.current.export(steps)?);
                members.insert("data".to_owned(), frame.data.export(steps)?);
                Value::Object(members)
            }
        })
    }
}

/// A number written with a fraction that is zero: JSON does not tell 1.0 from 1.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

fn same(a: &Value, b: &Value, steps: &mut Steps) -> Result<bool, Fault> {
    match (a, b) {
        (Value::Object(mine), Value::Object(others)) => {
            if mine.len() != others.len() {
                return Ok(false);
            }
            for (key, value) in mine {
                let Some(other) = others.get(key) else { return Ok(false) };
                if !Val::json(value).equals(&Val::json(other), steps)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => Ok(a == b),
    }
}

fn copy(value: &Value, steps: &mut Steps) -> Result<Value, Fault> {
    steps.take()?;
    Ok(match value {
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| copy(item, steps)).collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let mut copied = Map::new();
            for (key, value) in members {
                copied.insert(key.clone(), copy(value, steps)?);
            }
            Value::Object(copied)
        }
        other => other.clone(),
    })
}
