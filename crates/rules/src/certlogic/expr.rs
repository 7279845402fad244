//! A parsed expression.

use super::time::Unit;
use crate::pointer;

/// A CertLogic expression, read once and evaluated often.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub(super) root: Node,
}

/// One node; `id` counts in reading order, so that an evaluation can name a node without carrying its
/// path along.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) id: u32,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Node>),
    Var(Path),
    If(Box<[Node; 3]>),
    And(Vec<Node>),
    Not(Box<Node>),
    Equal(Box<[Node; 2]>),
    In(Box<[Node; 2]>),
    Add(Box<[Node; 2]>),
    Compare(Order, Vec<Node>),
    CompareTime(Order, Vec<Node>),
    PlusTime(Box<Node>, i64, Unit),
    DateOfBirth(Box<Node>),
    Reduce(Box<[Node; 3]>),
    Fragment(Box<Node>, i64),
}

/// A path of `var`, split once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    pub(super) text: String,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) key: String,
    pub(super) index: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    More,
    Less,
    MoreOrEqual,
    LessOrEqual,
}

impl Order {
    pub(super) fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::More => ordering.is_gt(),
            Self::Less => ordering.is_lt(),
            Self::MoreOrEqual => ordering.is_ge(),
            Self::LessOrEqual => ordering.is_le(),
        }
    }

    pub(super) fn number_name(self) -> &'static str {
        match self {
            Self::More => ">",
            Self::Less => "<",
            Self::MoreOrEqual => ">=",
            Self::LessOrEqual => "<=",
        }
    }

    pub(super) fn time_name(self) -> &'static str {
        match self {
            Self::More => "after",
            Self::Less => "before",
            Self::MoreOrEqual => "not-before",
            Self::LessOrEqual => "not-after",
        }
    }
}

/// One data access of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access<'e> {
    /// The path as written.
    pub path: &'e str,
    /// Whether it stands in the lambda of a `reduce`, where it starts at `current`, `accumulator` or
    /// `data`.
    pub in_lambda: bool,
    /// Where, as a JSON pointer into the expression.
    pub at: String,
}

impl Expr {
    /// Every `var` of the expression, in reading order.
    #[must_use]
    pub fn accesses(&self) -> Vec<Access<'_>> {
        let mut found = Vec::new();
        let mut at = Vec::new();
        self.root.visit(&mut at, false, &mut |node, at, in_lambda| {
            if let Kind::Var(path) = &node.kind {
                found.push(Access { path: &path.text, in_lambda, at: pointer::render(at) });
            }
        });
        found
    }

    /// The path of the `var` at the node `id`.
    pub(super) fn path_of(&self, id: u32) -> Option<&str> {
        let mut found = None;
        self.root.visit(&mut Vec::new(), false, &mut |node, _, _| {
            if let (Kind::Var(path), true) = (&node.kind, node.id == id) {
                found = Some(path.text.as_str());
            }
        });
        found
    }

    /// The JSON pointers of the nodes that are wanted, in reading order.
    pub(super) fn pointers(&self, wanted: impl Fn(u32) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        self.root.visit(&mut Vec::new(), false, &mut |node, at, _| {
            if wanted(node.id) {
                found.push(pointer::render(at));
            }
        });
        found
    }

    /// The JSON pointer of the node `id`.
    pub(super) fn pointer(&self, id: u32) -> String {
        self.pointers(|node| node == id).pop().unwrap_or_default()
    }
}

impl Node {
    /// The name of the operation, where the node is one.
    pub(super) fn operator(&self) -> Option<&'static str> {
        Some(match &self.kind {
            Kind::Bool(_) | Kind::Int(_) | Kind::Text(_) | Kind::List(_) => return None,
            Kind::Var(_) => "var",
            Kind::If(_) => "if",
            Kind::And(_) => "and",
            Kind::Not(_) => "!",
            Kind::Equal(_) => "===",
            Kind::In(_) => "in",
            Kind::Add(_) => "+",
            Kind::Compare(order, _) => order.number_name(),
            Kind::CompareTime(order, _) => order.time_name(),
            Kind::PlusTime(..) => "plusTime",
            Kind::DateOfBirth(_) => "dccDateOfBirth",
            Kind::Reduce(_) => "reduce",
            Kind::Fragment(..) => "extractFromUVCI",
        })
    }

    /// The nodes below, in the order they are written.
    pub(super) fn children(&self) -> &[Node] {
        match &self.kind {
            Kind::Bool(_) | Kind::Int(_) | Kind::Text(_) | Kind::Var(_) => &[],
            Kind::List(nodes) | Kind::And(nodes) | Kind::Compare(_, nodes) | Kind::CompareTime(_, nodes) => {
                nodes
            }
            Kind::If(nodes) | Kind::Reduce(nodes) => nodes.as_slice(),
            Kind::Equal(nodes) | Kind::In(nodes) | Kind::Add(nodes) => nodes.as_slice(),
            Kind::Not(node)
            | Kind::PlusTime(node, ..)
            | Kind::DateOfBirth(node)
            | Kind::Fragment(node, _) => std::slice::from_ref(node),
        }
    }

    /// Walks the tree in reading order, with the path and whether a lambda surrounds the node.
    pub(super) fn visit<'e>(
        &'e self,
        at: &mut Vec<String>,
        in_lambda: bool,
        see: &mut impl FnMut(&'e Node, &[String], bool),
    ) {
        see(self, at, in_lambda);
        let depth = at.len();
        at.extend(self.operator().map(str::to_owned));
        for (index, child) in self.children().iter().enumerate() {
            let lambda = in_lambda || (matches!(self.kind, Kind::Reduce(_)) && index == 1);
            at.push(index.to_string());
            child.visit(at, lambda, see);
            at.pop();
        }
        at.truncate(depth);
    }
}
