//! The evaluator.

use serde_json::Value;

use super::error::{LogicError, Need};
use super::expr::{Expr, Kind, Node, Order};
use super::parse::shorten;
use super::value::Val;
use super::{MAX_STEPS, time};
use crate::scope::Data;

/// What stopped an operation, without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    Type { operator: &'static str, need: Need },
    Date { text: String },
    Overflow,
    Budget,
}

/// Why an evaluation has no value.
#[derive(Debug)]
pub(super) enum Stop {
    /// The data does not fit the expression.
    Fault { node: u32, fault: Fault },
    /// A fact is missing and the evaluation asked to stop there.
    Missing { node: u32 },
}

/// Steps left.
#[derive(Debug)]
pub(super) struct Steps(u32);

impl Steps {
    pub(super) fn all() -> Self {
        Self(MAX_STEPS)
    }

    pub(super) fn take(&mut self) -> Result<(), Fault> {
        self.0 = self.0.checked_sub(1).ok_or(Fault::Budget)?;
        Ok(())
    }
}

/// What a missing fact means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    /// `null`, as the specification has it.
    Null,
    /// The evaluation stops: the rule is open.
    Open,
}

pub(super) struct Engine {
    pub(super) steps: Steps,
    pub(super) absence: Absence,
}

pub(super) fn run(expr: &Expr, data: Data<'_>) -> Result<Value, LogicError> {
    let mut engine = Engine { steps: Steps::all(), absence: Absence::Null };
    let fault = |stop| match stop {
        Stop::Fault { node, fault } => located(expr, node, fault),
        // An absent fact never stops an evaluation in this mode; were it to, it would be this error.
        Stop::Missing { node } => located(expr, node, Fault::Budget),
    };
    let value = engine.eval(&expr.root, &Val::of(data)).map_err(fault)?;
    value.export(&mut Steps::all()).map_err(|fault| located(expr, expr.root.id, fault))
}

/// A fault with its place.
pub(super) fn located(expr: &Expr, node: u32, fault: Fault) -> LogicError {
    let at = expr.pointer(node);
    match fault {
        Fault::Type { operator, need } => LogicError::Type { at, operator, need },
        Fault::Date { text } => LogicError::Date { at, text },
        Fault::Overflow => LogicError::Overflow { at },
        Fault::Budget => LogicError::Budget { at },
    }
}

impl Engine {
    pub(super) fn eval<'a>(&mut self, node: &'a Node, context: &Val<'a>) -> Result<Val<'a>, Stop> {
        let stop = |fault| Stop::Fault { node: node.id, fault };
        self.steps.take().map_err(stop)?;
        match &node.kind {
            Kind::Bool(value) => Ok(Val::Bool(*value)),
            Kind::Int(number) => Ok(Val::Int(*number)),
            Kind::Text(text) => Ok(Val::Text(text)),
            Kind::List(nodes) => {
                let items = self.all(nodes, context)?;
                Val::list(items).map_err(stop)
            }
            Kind::Var(path) => match (context.access(path), self.absence) {
                (Some(value), _) => Ok(value),
                (None, Absence::Null) => Ok(Val::Null),
                (None, Absence::Open) => Err(Stop::Missing { node: node.id }),
            },
            Kind::If(nodes) => {
                let [guard, then, otherwise] = nodes.as_ref();
                let holds = self.truth(node, guard, context)?.0;
                self.eval(if holds { then } else { otherwise }, context)
            }
            Kind::And(nodes) => {
                let mut last = Val::Null;
                for operand in nodes {
                    let (holds, value) = self.truth(node, operand, context)?;
                    if !holds {
                        return Ok(value);
                    }
                    last = value;
                }
                Ok(last)
            }
            Kind::Not(operand) => Ok(Val::Bool(!self.truth(node, operand, context)?.0)),
            Kind::Equal(nodes) => {
                let [left, right] = self.both(nodes, context)?;
                left.equals(&right, &mut self.steps).map(Val::Bool).map_err(stop)
            }
            Kind::In(nodes) => {
                let [needle, hay] = self.both(nodes, context)?;
                self.contains(&needle, &hay).map(Val::Bool).map_err(stop)
            }
            Kind::Add(nodes) => match self.both(nodes, context)? {
                [Val::Int(left), Val::Int(right)] => {
                    left.checked_add(right).map(Val::Int).ok_or_else(|| stop(Fault::Overflow))
                }
                _ => Err(stop(Fault::Type { operator: "+", need: Need::Numbers })),
            },
            Kind::Compare(order, nodes) => {
                let values = self.all(nodes, context)?;
                compare_numbers(*order, &values).map(Val::Bool).map_err(stop)
            }
            Kind::CompareTime(order, nodes) => {
                let values = self.all(nodes, context)?;
                compare_times(*order, &values).map(Val::Bool).map_err(stop)
            }
            Kind::PlusTime(operand, amount, unit) => {
                let value = self.eval(operand, context)?;
                let Val::Text(text) = value else {
                    return Err(stop(Fault::Type { operator: "plusTime", need: Need::DateText }));
                };
                let time = time::parse(text).ok_or_else(|| stop(not_a_date(text)))?;
                time::plus(time, *amount, *unit).map(Val::Time).ok_or_else(|| stop(Fault::Overflow))
            }
            Kind::DateOfBirth(operand) => {
                let value = self.eval(operand, context)?;
                let Val::Text(text) = value else {
                    return Err(stop(Fault::Type { operator: "dccDateOfBirth", need: Need::DateText }));
                };
                let day = time::parse_day(text).ok_or_else(|| stop(not_a_date(text)))?;
                Ok(Val::Time(time::midnight(day)))
            }
            Kind::Reduce(nodes) => {
                let [operand, lambda, initial] = nodes.as_ref();
                self.reduce(node.id, operand, lambda, initial, context)
            }
            Kind::Fragment(operand, index) => match self.eval(operand, context)? {
                Val::Null => Ok(Val::Null),
                Val::Text(text) => Ok(fragment(text, *index).map_or(Val::Null, Val::Text)),
                _ => Err(stop(Fault::Type { operator: "extractFromUVCI", need: Need::TextOrNull })),
            },
        }
    }

    /// Evaluates `operand` of `node` and says whether it is truthy.
    fn truth<'a>(
        &mut self,
        node: &Node,
        operand: &'a Node,
        context: &Val<'a>,
    ) -> Result<(bool, Val<'a>), Stop> {
        let value = self.eval(operand, context)?;
        let operator = node.operator().unwrap_or_default();
        match value.truth() {
            Some(holds) => Ok((holds, value)),
            None => Err(Stop::Fault { node: node.id, fault: Fault::Type { operator, need: Need::Truth } }),
        }
    }

    fn all<'a>(&mut self, nodes: &'a [Node], context: &Val<'a>) -> Result<Vec<Val<'a>>, Stop> {
        nodes.iter().map(|node| self.eval(node, context)).collect()
    }

    fn both<'a>(&mut self, nodes: &'a [Node; 2], context: &Val<'a>) -> Result<[Val<'a>; 2], Stop> {
        let [left, right] = nodes;
        Ok([self.eval(left, context)?, self.eval(right, context)?])
    }

    fn contains(&mut self, needle: &Val<'_>, hay: &Val<'_>) -> Result<bool, Fault> {
        // Nothing is a member of null: the published vectors ask for it, the prose leaves it open.
        if matches!(hay, Val::Null) {
            return Ok(false);
        }
        let items = hay.items().ok_or(Fault::Type { operator: "in", need: Need::ArrayRight })?;
        for item in &items {
            if needle.equals(item, &mut self.steps)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn reduce<'a>(
        &mut self,
        id: u32,
        operand: &'a Node,
        lambda: &'a Node,
        initial: &'a Node,
        context: &Val<'a>,
    ) -> Result<Val<'a>, Stop> {
        let stop = |fault| Stop::Fault { node: id, fault };
        let value = self.eval(operand, context)?;
        if matches!(value, Val::Null) {
            return self.eval(initial, context);
        }
        let need = Need::ArrayOrNull;
        let items = value.items().ok_or_else(|| stop(Fault::Type { operator: "reduce", need }))?;
        let mut accumulator = self.eval(initial, context)?;
        for current in items {
            // The original data stays in reach as `data`: the vectors ask for it, the prose allows it.
            let frame = Val::frame(accumulator, current, context.clone()).map_err(stop)?;
            accumulator = self.eval(lambda, &frame)?;
        }
        Ok(accumulator)
    }
}

fn not_a_date(text: &str) -> Fault {
    Fault::Date { text: shorten(text, 40) }
}

fn compare_numbers(order: Order, values: &[Val<'_>]) -> Result<bool, Fault> {
    let numbers: Option<Vec<i64>> =
        values.iter().map(|value| if let Val::Int(number) = value { Some(*number) } else { None }).collect();
    let need = Need::Numbers;
    let numbers = numbers.ok_or(Fault::Type { operator: order.number_name(), need })?;
    Ok(in_order(order, &numbers))
}

fn compare_times(order: Order, values: &[Val<'_>]) -> Result<bool, Fault> {
    let times: Option<Vec<_>> =
        values.iter().map(|value| if let Val::Time(time) = value { Some(*time) } else { None }).collect();
    let need = Need::Times;
    let times = times.ok_or(Fault::Type { operator: order.time_name(), need })?;
    Ok(in_order(order, &times))
}

fn in_order<T: Ord>(order: Order, values: &[T]) -> bool {
    values.iter().zip(values.iter().skip(1)).all(|(left, right)| order.holds(left.cmp(right)))
}

/// The fragment `index` of a certificate identifier; its prefix `URN:UVCI:` does not count.
fn fragment(text: &str, index: i64) -> Option<&str> {
    let index = usize::try_from(index).ok()?;
    text.strip_prefix("URN:UVCI:").unwrap_or(text).split(['/', '#', ':']).nth(index)
}
