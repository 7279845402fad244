//! Values during an evaluation. They borrow from the data and the expression and share what they build.

use std::rc::Rc;

use chrono::NaiveDateTime;
use serde_json::{Map, Value};
use zizhi_model::Json;

use super::engine::{Fault, Steps};
use super::expr::{Path, Step};
use super::time;
use crate::scope::{Data, Shape};

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
        let number = |number: Option<i64>| number.map_or(Self::Data(data), Self::Int);
        match data {
            Data::Value(Value::Null) | Data::Json(Json::Null) => Self::Null,
            Data::Value(Value::Bool(value)) | Data::Json(Json::Bool(value)) => Self::Bool(*value),
            Data::Value(Value::String(text)) => Self::Text(text),
            Data::Json(Json::Str(text)) => Self::Text(text),
            Data::Value(Value::Number(found)) => number(found.as_i64().or_else(|| whole(found.as_f64()?))),
            Data::Json(Json::Int(found)) => Self::Int(*found),
            Data::Json(Json::Float(found)) => number(whole(*found)),
            Data::Value(_) | Data::Json(_) | Data::Scope(_) => Self::Data(data),
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
            Self::Data(data) => !matches!(data.shape(), Shape::Array(0) | Shape::Object(0)),
            Self::Frame(_) => true,
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
            Self::Data(data) => data.member(&step.key).or_else(|| data.element(step.index?)).map(Self::of),
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
            Self::Data(data) => Some(data.elements()?.into_iter().map(Self::of).collect()),
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
                    (Self::Data(a), Self::Data(b)) => same(*a, *b, steps)?,
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
            Self::Data(data) => copy(*data, steps)?,
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

fn same(a: Data<'_>, b: Data<'_>, steps: &mut Steps) -> Result<bool, Fault> {
    match (a, b) {
        (Data::Scope(a), Data::Scope(b)) => return Ok(std::ptr::eq(a, b)),
        (Data::Scope(_), _) | (_, Data::Scope(_)) => return Ok(false),
        _ => {}
    }
    match (a.shape(), b.shape()) {
        (Shape::Object(mine), Shape::Object(others)) => {
            if mine != others {
                return Ok(false);
            }
            for name in a.names() {
                let (Some(value), Some(other)) = (a.member(name), b.member(name)) else { return Ok(false) };
                if !Val::of(value).equals(&Val::of(other), steps)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Shape::Plain, Shape::Plain) => Ok(a.to_value() == b.to_value()),
        _ => Ok(false),
    }
}

fn copy(data: Data<'_>, steps: &mut Steps) -> Result<Value, Fault> {
    steps.take()?;
    Ok(match data.shape() {
        Shape::Array(_) => {
            let elements = data.elements().unwrap_or_default().into_iter();
            Value::Array(elements.map(|element| copy(element, steps)).collect::<Result<_, _>>()?)
        }
        Shape::Object(_) => {
            let mut copied = Map::new();
            for name in data.names() {
                if let Some(member) = data.member(name) {
                    copied.insert(name.to_owned(), copy(member, steps)?);
                }
            }
            Value::Object(copied)
        }
        Shape::Plain => data.to_value(),
    })
}
