//! An expression as a person reads it: infix, short.

use super::expr::{Kind, Node};
use super::parse::shorten;

/// Characters of one clause's text.
const MAX_TEXT: usize = 300;

/// The node as text, such as `credential.valid_until not-before now + 90 day`.
pub(super) fn render(node: &Node) -> String {
    let mut text = String::new();
    write(node, false, &mut text);
    shorten(&text, MAX_TEXT)
}

fn write(node: &Node, nested: bool, out: &mut String) {
    // What is cut off later need not be written.
    if out.len() > MAX_TEXT * 4 {
        return;
    }
    match &node.kind {
        Kind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Kind::Int(number) => out.push_str(&number.to_string()),
        Kind::Text(text) => {
            out.push('"');
            out.push_str(&shorten(text, 60));
            out.push('"');
        }
        Kind::List(nodes) => call("", ["[", "]"], nodes, out),
        Kind::Var(path) if path.text.is_empty() => out.push_str("(all facts)"),
        Kind::Var(path) => out.push_str(&path.text),
        Kind::Not(operand) => {
            out.push_str("not ");
            write(operand, true, out);
        }
        Kind::PlusTime(operand, amount, unit) => {
            write(operand, true, out);
            if *amount != 0 {
                let sign = if *amount < 0 { '-' } else { '+' };
                out.push_str(&format!(" {sign} {} {}", amount.unsigned_abs(), unit.as_str()));
            }
        }
        Kind::Fragment(operand, index) => {
            write(operand, true, out);
            out.push_str(&format!(" fragment {index}"));
        }
        Kind::If(nodes) => call("if", ["(", ")"], nodes.as_slice(), out),
        Kind::Reduce(nodes) => call("reduce", ["(", ")"], nodes.as_slice(), out),
        Kind::DateOfBirth(operand) => call("dccDateOfBirth", ["(", ")"], std::slice::from_ref(operand), out),
        _ => infix(node, nested, out),
    }
}

fn infix(node: &Node, nested: bool, out: &mut String) {
    if nested {
        out.push('(');
    }
    for (index, operand) in node.children().iter().enumerate() {
        if index > 0 {
            out.push(' ');
            out.push_str(node.operator().unwrap_or_default());
            out.push(' ');
        }
        write(operand, true, out);
    }
    if nested {
        out.push(')');
    }
}

fn call(name: &str, [open, close]: [&str; 2], nodes: &[Node], out: &mut String) {
    out.push_str(name);
    out.push_str(open);
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(node, false, out);
    }
    out.push_str(close);
}
