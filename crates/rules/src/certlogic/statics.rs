//! What can be said about an expression's types before any data is known.

use super::error::{LogicError, Need};
use super::expr::{Expr, Kind, Node};
use super::parse::shorten;
use super::time;
use crate::pointer;

/// What a node can come out as. Facts are JSON, so a bare `var` is never a date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Anything, for all that is known.
    Any,
    /// A fact: any JSON value, and so no date-time.
    Fact,
    Bool,
    Int,
    Text,
    Time,
    List,
}

impl Expr {
    /// Operations that cannot succeed whatever the data, such as `after` on a date that nobody turned
    /// into a date-time. They are no errors of form; evaluated, they leave a rule open.
    #[must_use]
    pub fn misfits(&self) -> Vec<LogicError> {
        let mut misfits = Vec::new();
        self.root.visit(&mut Vec::new(), false, &mut |node, at, in_lambda| {
            let operator = node.operator().unwrap_or_default();
            if let Some(need) = unmet(node, in_lambda) {
                misfits.push(LogicError::Type { at: pointer::render(at), operator, need });
            }
            if let Some(text) = unreadable_date(node) {
                misfits.push(LogicError::Date { at: pointer::render(at), text: shorten(text, 40) });
            }
        });
        if shape(&self.root, false) == Shape::Time {
            let operator = self.root.operator().unwrap_or_default();
            misfits.push(LogicError::Type { at: String::new(), operator, need: Need::Truth });
        }
        misfits
    }
}

fn shape(node: &Node, in_lambda: bool) -> Shape {
    match &node.kind {
        Kind::Bool(_)
        | Kind::Not(_)
        | Kind::Equal(_)
        | Kind::In(_)
        | Kind::Compare(..)
        | Kind::CompareTime(..) => Shape::Bool,
        Kind::Int(_) | Kind::Add(_) => Shape::Int,
        Kind::Text(_) => Shape::Text,
        Kind::List(_) => Shape::List,
        Kind::PlusTime(..) | Kind::DateOfBirth(_) => Shape::Time,
        // In a lambda the accumulator may be a date-time.
        Kind::Var(_) if !in_lambda => Shape::Fact,
        Kind::Var(_) | Kind::And(_) | Kind::Reduce(_) | Kind::Fragment(..) => Shape::Any,
        Kind::If(nodes) => {
            let [_, then, otherwise] = nodes.as_ref();
            let (then, otherwise) = (shape(then, in_lambda), shape(otherwise, in_lambda));
            if then == otherwise { then } else { Shape::Any }
        }
    }
}

/// What the operands of `node` can never be and must.
fn unmet(node: &Node, in_lambda: bool) -> Option<Need> {
    let shapes = || node.children().iter().map(|child| shape(child, in_lambda));
    match &node.kind {
        Kind::CompareTime(..) => {
            shapes().any(|shape| !matches!(shape, Shape::Time | Shape::Any)).then_some(Need::Times)
        }
        Kind::Compare(..) | Kind::Add(_) => shapes()
            .any(|shape| !matches!(shape, Shape::Int | Shape::Any | Shape::Fact))
            .then_some(Need::Numbers),
        Kind::PlusTime(..) | Kind::DateOfBirth(_) => shapes()
            .any(|shape| !matches!(shape, Shape::Text | Shape::Any | Shape::Fact))
            .then_some(Need::DateText),
        Kind::Fragment(..) => shapes()
            .any(|shape| !matches!(shape, Shape::Text | Shape::Any | Shape::Fact))
            .then_some(Need::TextOrNull),
        Kind::In(_) => shapes()
            .nth(1)
            .filter(|shape| !matches!(shape, Shape::List | Shape::Any | Shape::Fact))
            .map(|_| Need::ArrayRight),
        Kind::Reduce(_) => shapes()
            .next()
            .filter(|shape| !matches!(shape, Shape::List | Shape::Any | Shape::Fact))
            .map(|_| Need::ArrayOrNull),
        Kind::And(_) | Kind::Not(_) => shapes().any(|shape| shape == Shape::Time).then_some(Need::Truth),
        Kind::If(_) => shapes().next().filter(|shape| *shape == Shape::Time).map(|_| Need::Truth),
        _ => None,
    }
}

/// A date that is written out and cannot be read.
fn unreadable_date(node: &Node) -> Option<&str> {
    let (operand, readable): (_, fn(&str) -> bool) = match &node.kind {
        Kind::PlusTime(operand, ..) => (operand, |text| time::parse(text).is_some()),
        Kind::DateOfBirth(operand) => (operand, |text| time::parse_day(text).is_some()),
        _ => return None,
    };
    match &operand.kind {
        Kind::Text(text) if !readable(text) => Some(text),
        _ => None,
    }
}
