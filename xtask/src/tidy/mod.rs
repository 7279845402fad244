//! The repository's own rules, checked by `cargo xtask tidy` and by an ordinary test.

pub mod attacks;
pub mod codes;
pub mod decisions;
pub mod dependencies;
pub mod licences;
pub mod manifests;
pub mod metadata;
pub mod texts;
pub mod tree;

use anyhow::Result;

use crate::steps::Tally;
use tree::Tree;

/// One rule: what holds of the repository, and the function that finds where it does not.
pub struct Rule {
    /// The rule as a sentence.
    pub claim: &'static str,
    /// Returns one line for each place that breaks the rule.
    pub find: fn(&Tree) -> Result<Vec<String>>,
}

/// Every rule, cheap ones first.
pub const RULES: &[Rule] = &[
    Rule { claim: "no file of code is longer than 800 lines", find: texts::too_long },
    Rule { claim: "no line ends in a space and every file ends in a newline", find: texts::untidy_ends },
    Rule { claim: "nothing is ignored, skipped, left to do or allowed", find: texts::forbidden_words },
    Rule {
        claim: "no file names a path of one machine or the address of a package registry",
        find: texts::places,
    },
    Rule { claim: "only ui/src/host imports the window's own packages", find: texts::host_seam },
    Rule {
        claim: "every crate forbids unsafe code, but for the shim of the power cuts",
        find: texts::unchecked,
    },
    Rule { claim: "ARCHITECTURE.md is at most 200 lines and names every crate", find: texts::architecture },
    Rule { claim: "every attack in docs/attacks.md has tests that are there", find: attacks::untested },
    Rule {
        claim: "every code of a refusal is declared once, made, told in both languages and listed",
        find: codes::undeclared,
    },
    Rule { claim: "every decision has its number, date, status and three parts", find: decisions::misshapen },
    Rule {
        claim: "every crate takes its lints and its version from the workspace",
        find: manifests::own_ways,
    },
    Rule {
        claim: "crates use each other as the table in ARCHITECTURE.md says",
        find: dependencies::forbidden,
    },
    Rule {
        claim: "every dependency comes from the registry and has an allowed licence",
        find: licences::refused,
    },
    Rule { claim: "the command line carries none of the crates that deny.toml bans", find: licences::banned },
];

/// Looks for breaches of one rule and prints them.
pub fn judge(rule: &Rule) -> Result<Tally> {
    let found = (rule.find)(&Tree::read()?)?;
    for line in &found {
        println!("  {line}");
    }
    Ok(if found.is_empty() { Tally { passed: 1, failed: 0 } } else { Tally { passed: 0, failed: 1 } })
}
