//! The TypeScript of the interface, made from the same declarations: `ui/src/gen/wire.ts`.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};

use ts_rs::{Config, TS, TypeVisitor};

/// Declarations as they are collected, each type once.
pub(crate) struct Declarations {
    config: Config,
    seen: HashSet<TypeId>,
    types: BTreeMap<String, String>,
    commands: Vec<String>,
}

impl Declarations {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only our own types have a place in a file; `string` and the like have none.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.types.insert(T::ident(&self.config), format!("{docs}export {}", T::decl(&self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }

    pub(crate) fn command<Q: TS + 'static, A: TS + 'static>(&mut self, word: &str) {
        let (request, response) = (Q::name(&self.config), A::name(&self.config));
        self.commands.push(format!("  \"{word}\": {{ request: {request}; response: {response} }};"));
        self.add::<Q>();
        self.add::<A>();
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

/// The whole file.
#[must_use]
pub fn typescript() -> String {
    let mut declarations = Declarations {
        // Every number of the wire is below 2^53: sizes of files, versions, seconds.
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        types: BTreeMap::new(),
        commands: Vec::new(),
    };
    crate::commands::declare(&mut declarations);
    declarations.add::<crate::Refusal>();
    declarations.add::<crate::Event>();
    let types: Vec<String> = declarations.types.into_values().collect();
    let text = format!(
        "// Made from crates/wire by `cargo xtask codegen`; not edited by hand.\n\n{}\n\n{}\n\nexport interface Commands {{\n{}\n}}\n",
        types.join("\n\n"),
        codes(),
        declarations.commands.join("\n")
    );
    // Empty lines of a comment come with a space at their end.
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// The codes of refusals as one type, so that a page which acts on one cannot misspell it.
fn codes() -> String {
    let all = crate::codes::REFUSALS.iter().chain(crate::codes::FAULTS);
    let all: String = all.map(|code| format!("\n  | \"{code}\"")).collect();
    format!(
        "/**\n * Every code under which the program refuses; those of checks and of hubs stand beside them.\n */\nexport type RefusalCode ={all};"
    )
}
