//! Reading an expression: everything that can be refused before data is known is refused here.

use serde_json::Value;

use super::error::{Count, LogicError, Need};
use super::expr::{Expr, Kind, Node, Order, Path, Step};
use super::time::Unit;
use crate::pointer;

/// Levels of operations and arrays. A rule pack's own limit on JSON depth is reached well before.
pub const MAX_DEPTH: usize = 32;

/// Nodes of one expression. The largest rule of the sample packs has 30.
pub const MAX_NODES: u32 = 10_000;

/// Reads an expression.
///
/// Stricter than the evaluators of others, as the specification's own validator is: an operation has
/// exactly the operands it takes, and a path has no empty step.
///
/// # Errors
/// Any [`LogicError`] of form; never one that depends on data.
pub fn parse(value: &Value) -> Result<Expr, LogicError> {
    let mut reader = Reader { at: Vec::new(), nodes: 0 };
    Ok(Expr { root: reader.node(value, 0)? })
}

struct Reader<'v> {
    at: Vec<Segment<'v>>,
    nodes: u32,
}

#[derive(Clone, Copy)]
enum Segment<'v> {
    Key(&'v str),
    Index(usize),
}

impl<'v> Reader<'v> {
    fn here(&self) -> String {
        let path: Vec<String> = self
            .at
            .iter()
            .map(|segment| match segment {
                Segment::Key(key) => (*key).to_owned(),
                Segment::Index(index) => index.to_string(),
            })
            .collect();
        pointer::render(&path)
    }

    fn node(&mut self, value: &'v Value, depth: usize) -> Result<Node, LogicError> {
        if depth > MAX_DEPTH || self.nodes >= MAX_NODES {
            return Err(LogicError::Size { at: self.here() });
        }
        let id = self.nodes;
        self.nodes += 1;
        let kind = match value {
            Value::Bool(value) => Kind::Bool(*value),
            Value::String(text) => Kind::Text(text.clone()),
            Value::Number(number) => {
                Kind::Int(number.as_i64().ok_or_else(|| LogicError::Literal { at: self.here() })?)
            }
            Value::Null => return Err(LogicError::Literal { at: self.here() }),
            Value::Array(items) => Kind::List(self.nodes(items, depth)?),
            Value::Object(members) => {
                let mut entries = members.iter();
                match (entries.next(), entries.next()) {
                    (Some((name, operands)), None) => {
                        self.at.push(Segment::Key(name));
                        let kind = self.operation(name, operands, depth)?;
                        self.at.pop();
                        kind
                    }
                    _ => return Err(LogicError::Shape { at: self.here(), found: members.len() }),
                }
            }
        };
        Ok(Node { id, kind })
    }

    fn nodes(&mut self, values: &'v [Value], depth: usize) -> Result<Vec<Node>, LogicError> {
        let mut nodes = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            nodes.push(self.operand(index, value, depth)?);
        }
        Ok(nodes)
    }

    fn operand(&mut self, index: usize, value: &'v Value, depth: usize) -> Result<Node, LogicError> {
        self.at.push(Segment::Index(index));
        let node = self.node(value, depth + 1)?;
        self.at.pop();
        Ok(node)
    }

    fn operation(&mut self, name: &'v str, operands: &'v Value, depth: usize) -> Result<Kind, LogicError> {
        let Some(operator) = OPERATORS.iter().copied().find(|known| *known == name) else {
            return Err(LogicError::Operator { at: self.here(), name: shorten(name, 60) });
        };
        if operator == "var" {
            return self.path(operands).map(Kind::Var);
        }
        let Value::Array(operands) = operands else {
            return Err(LogicError::Argument { at: self.here(), operator, need: Need::Operands });
        };
        match operator {
            "if" => Ok(Kind::If(Box::new(self.exactly(operator, operands, depth)?))),
            "and" => {
                if operands.len() < 2 {
                    return Err(self.arity(operator, Count::AtLeast(2), operands.len()));
                }
                self.nodes(operands, depth).map(Kind::And)
            }
            "!" => {
                let [operand] = self.exactly(operator, operands, depth)?;
                Ok(Kind::Not(Box::new(operand)))
            }
            "===" => Ok(Kind::Equal(Box::new(self.exactly(operator, operands, depth)?))),
            "in" => Ok(Kind::In(Box::new(self.exactly(operator, operands, depth)?))),
            "+" => Ok(Kind::Add(Box::new(self.exactly(operator, operands, depth)?))),
            "reduce" => Ok(Kind::Reduce(Box::new(self.exactly(operator, operands, depth)?))),
            "dccDateOfBirth" => {
                let [operand] = self.exactly(operator, operands, depth)?;
                Ok(Kind::DateOfBirth(Box::new(operand)))
            }
            "extractFromUVCI" => {
                let [operand, index] = operands.as_slice() else {
                    return Err(self.arity(operator, Count::Exactly(2), operands.len()));
                };
                let operand = self.operand(0, operand, depth)?;
                let index = self.whole_number(operator, 1, index)?;
                Ok(Kind::Fragment(Box::new(operand), index))
            }
            "plusTime" => {
                let [operand, amount, unit] = operands.as_slice() else {
                    return Err(self.arity(operator, Count::Exactly(3), operands.len()));
                };
                let operand = self.operand(0, operand, depth)?;
                let amount = self.whole_number(operator, 1, amount)?;
                let Some(unit) = unit.as_str().and_then(Unit::parse) else {
                    return Err(self.argument(operator, 2, Need::TimeUnit));
                };
                Ok(Kind::PlusTime(Box::new(operand), amount, unit))
            }
            _ => {
                if !(2..=3).contains(&operands.len()) {
                    return Err(self.arity(operator, Count::Between(2, 3), operands.len()));
                }
                let nodes = self.nodes(operands, depth)?;
                Ok(match operator {
                    ">" => Kind::Compare(Order::More, nodes),
                    "<" => Kind::Compare(Order::Less, nodes),
                    ">=" => Kind::Compare(Order::MoreOrEqual, nodes),
                    "<=" => Kind::Compare(Order::LessOrEqual, nodes),
                    "after" => Kind::CompareTime(Order::More, nodes),
                    "before" => Kind::CompareTime(Order::Less, nodes),
                    "not-before" => Kind::CompareTime(Order::MoreOrEqual, nodes),
                    _ => Kind::CompareTime(Order::LessOrEqual, nodes),
                })
            }
        }
    }

    fn exactly<const N: usize>(
        &mut self,
        operator: &'static str,
        operands: &'v [Value],
        depth: usize,
    ) -> Result<[Node; N], LogicError> {
        if operands.len() != N {
            return Err(self.arity(operator, Count::Exactly(N), operands.len()));
        }
        let nodes = self.nodes(operands, depth)?;
        nodes.try_into().map_err(|nodes: Vec<Node>| self.arity(operator, Count::Exactly(N), nodes.len()))
    }

    fn whole_number(
        &mut self,
        operator: &'static str,
        index: usize,
        value: &Value,
    ) -> Result<i64, LogicError> {
        value.as_i64().ok_or_else(|| self.argument(operator, index, Need::WholeNumber))
    }

    fn path(&mut self, operands: &Value) -> Result<Path, LogicError> {
        let Value::String(text) = operands else {
            return Err(LogicError::Argument { at: self.here(), operator: "var", need: Need::Path });
        };
        if text.is_empty() {
            return Ok(Path { text: String::new(), steps: Vec::new() });
        }
        if text.split('.').any(str::is_empty) {
            return Err(LogicError::Argument { at: self.here(), operator: "var", need: Need::Path });
        }
        let steps =
            text.split('.').map(|key| Step { key: key.to_owned(), index: array_index(key) }).collect();
        Ok(Path { text: text.clone(), steps })
    }

    fn arity(&self, operator: &'static str, takes: Count, found: usize) -> LogicError {
        LogicError::Arity { at: self.here(), operator, takes, found }
    }

    fn argument(&mut self, operator: &'static str, index: usize, need: Need) -> LogicError {
        self.at.push(Segment::Index(index));
        let at = self.here();
        self.at.pop();
        LogicError::Argument { at, operator, need }
    }
}

/// Every operation of the specification.
const OPERATORS: [&str; 19] = [
    "var",
    "if",
    "and",
    "!",
    "===",
    "in",
    "+",
    ">",
    "<",
    ">=",
    "<=",
    "after",
    "before",
    "not-after",
    "not-before",
    "plusTime",
    "dccDateOfBirth",
    "reduce",
    "extractFromUVCI",
];

/// The index that a path step names in an array: decimal digits without a leading zero.
fn array_index(step: &str) -> Option<usize> {
    let digits = step.bytes().all(|byte| byte.is_ascii_digit());
    (digits && (step == "0" || !step.starts_with('0'))).then(|| step.parse().ok()).flatten()
}

/// At most `limit` characters of a text that may be hostile.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
