//! Three-valued judgement of a rule, with the clause that decided.

use serde_json::Value;

use super::engine::{Absence, Engine, Fault, Steps, Stop, located};
use super::error::{LogicError, Need};
use super::expr::{Expr, Kind, Node};
use super::parse::shorten;
use super::text;
use super::value::Val;
use crate::scope::{Data, Shape};

/// Clauses of one trace. A person reads the first few.
const MAX_CLAUSES: usize = 64;

/// What a rule came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It was decided and does not hold.
    False,
    /// It could not be decided.
    Open {
        /// The paths that it needs and that are not there; empty if the data was there but did not fit.
        missing: Vec<String>,
        /// What did not fit.
        fault: Option<LogicError>,
    },
}

/// One clause of a rule: a part that `and` and `if` do not take apart further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Where it stands, as a JSON pointer into the expression.
    pub path: String,
    /// The clause in words, such as `credential.level === "national"`.
    pub text: String,
    /// The facts it looked at.
    pub facts: Vec<ClauseFact>,
    /// What it came to; nothing while it is open.
    pub holds: Option<bool>,
}

/// One fact that a clause looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseFact {
    /// The path as the rule writes it.
    pub path: String,
    /// The value, shortened for people; nothing where the path leads nowhere.
    pub value: Option<String>,
}

/// A rule's result and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The result.
    pub result: Truth,
    /// The value of the expression; `null` while open.
    pub value: Value,
    /// The clauses in the order they were looked at, the deciding one last. Empty where the rule holds;
    /// [`trace`] gives them then, too.
    pub trace: Vec<Clause>,
}

impl Evaluation {
    /// The clause that made the rule false or left it open.
    #[must_use]
    pub fn deciding(&self) -> Option<&Clause> {
        self.trace.last()
    }
}

/// Judges a rule.
///
/// formats.md §4: a rule that touches a missing fact is open. Operands are looked at in order, and only
/// as far as `and` and `if` need them, so that a fact in a branch not taken is not touched. An explicit
/// `null` is a statement and not missing. Data that does not fit (a text where a number is needed)
/// leaves a rule open, too: nothing was decided.
#[must_use]
pub fn judge<'a>(expr: &'a Expr, data: impl Into<Data<'a>>) -> Evaluation {
    let context = Val::of(data.into());
    let mut engine = Engine { steps: Steps::all(), absence: Absence::Open };
    match engine.eval(&expr.root, &context) {
        Ok(Val::Bool(true)) => {
            Evaluation { result: Truth::True, value: Value::Bool(true), trace: Vec::new() }
        }
        Ok(value) => settled(expr, &context, &value),
        Err(Stop::Fault { node, fault }) => faulty(expr, &context, node, fault),
        Err(Stop::Missing { node }) => {
            let trace = clauses(expr, &context);
            let mut missing: Vec<String> = trace
                .last()
                .into_iter()
                .flat_map(|clause| &clause.facts)
                .filter(|fact| fact.value.is_none())
                .map(|fact| fact.path.clone())
                .collect();
            if missing.is_empty() {
                // The gap is inside an element that a `reduce` went over.
                missing.extend(expr.path_of(node).map(str::to_owned));
            }
            Evaluation { result: Truth::Open { missing, fault: None }, value: Value::Null, trace }
        }
    }
}

/// Every clause that a rule looks at, whatever comes of it.
#[must_use]
pub fn trace<'a>(expr: &'a Expr, data: impl Into<Data<'a>>) -> Vec<Clause> {
    clauses(expr, &Val::of(data.into()))
}

fn settled<'a>(expr: &'a Expr, context: &Val<'a>, value: &Val<'a>) -> Evaluation {
    let Some(holds) = value.truth() else {
        let operator = expr.root.operator().unwrap_or_default();
        let fault = Fault::Type { operator, need: Need::Truth };
        return faulty(expr, context, expr.root.id, fault);
    };
    match value.export(&mut Steps::all()) {
        Ok(value) if holds => Evaluation { result: Truth::True, value, trace: Vec::new() },
        Ok(value) => Evaluation { result: Truth::False, value, trace: clauses(expr, context) },
        Err(fault) => faulty(expr, context, expr.root.id, fault),
    }
}

fn faulty<'a>(expr: &'a Expr, context: &Val<'a>, node: u32, fault: Fault) -> Evaluation {
    let fault = Some(located(expr, node, fault));
    let result = Truth::Open { missing: Vec::new(), fault };
    Evaluation { result, value: Value::Null, trace: clauses(expr, context) }
}

fn clauses<'a>(expr: &'a Expr, context: &Val<'a>) -> Vec<Clause> {
    let engine = Engine { steps: Steps::all(), absence: Absence::Open };
    let mut tracer = Tracer { context, engine, found: Vec::new() };
    tracer.walk(&expr.root);
    let mut pointers = expr.pointers(|id| tracer.found.iter().any(|(node, _)| node.id == id)).into_iter();
    let found = tracer.found.into_iter();
    // Clauses were looked at in reading order, and that is how the pointers come.
    found.map(|(node, holds)| clause(node, holds, pointers.next().unwrap_or_default(), context)).collect()
}

struct Tracer<'a, 'c> {
    context: &'c Val<'a>,
    engine: Engine,
    found: Vec<(&'a Node, Option<bool>)>,
}

impl<'a> Tracer<'a, '_> {
    /// Notes the clauses of `node` up to the one that decides it.
    fn walk(&mut self, node: &'a Node) -> Option<bool> {
        match &node.kind {
            Kind::And(operands) => {
                let mut holds = None;
                for operand in operands {
                    holds = self.walk(operand);
                    if holds != Some(true) {
                        return holds;
                    }
                }
                holds
            }
            Kind::If(nodes) => {
                let [guard, then, otherwise] = nodes.as_ref();
                let taken = if self.walk(guard)? { then } else { otherwise };
                self.walk(taken)
            }
            _ => {
                let holds = self.engine.eval(node, self.context).ok().and_then(|value| value.truth());
                // The clause that decides comes last, so a full trace gives up the one before it.
                self.found.truncate(MAX_CLAUSES - 1);
                self.found.push((node, holds));
                holds
            }
        }
    }
}

fn clause<'a>(node: &'a Node, holds: Option<bool>, path: String, context: &Val<'a>) -> Clause {
    let mut facts: Vec<ClauseFact> = Vec::new();
    node.visit(&mut Vec::new(), false, &mut |below, _, in_lambda| {
        if let (Kind::Var(path), false) = (&below.kind, in_lambda)
            && facts.len() < MAX_CLAUSES
            && facts.iter().all(|fact| fact.path != path.text)
        {
            let value = context.access(path).map(|value| describe(&value));
            facts.push(ClauseFact { path: path.text.clone(), value });
        }
    });
    Clause { path, text: text::render(node), facts, holds }
}

/// A value for people: short, and without the inside of arrays and objects.
fn describe(value: &Val<'_>) -> String {
    match value {
        Val::Null => "null".to_owned(),
        Val::Bool(value) => value.to_string(),
        Val::Int(number) => number.to_string(),
        Val::Text(text) => shorten(text, 120),
        Val::Data(Data::Scope(_)) | Val::Time(_) | Val::List(_) | Val::Frame(_) => "…".to_owned(),
        Val::Data(data) => match data.shape() {
            Shape::Array(elements) => format!("[{elements}]"),
            Shape::Object(members) => format!("{{{members}}}"),
            Shape::Plain => data.to_value().to_string(),
        },
    }
}
