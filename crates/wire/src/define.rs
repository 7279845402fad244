//! The macros behind the tables: data with its derives, and the list of commands.

/// Declares data of the wire: every item gets the derives that both sides need.
macro_rules! wire {
    ($($(#[$outer:meta])* pub $kind:ident $name:ident { $($body:tt)* })*) => {
        $(
            $(#[$outer])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(deny_unknown_fields)]
            pub $kind $name { $($body)* }
        )*
    };
}

/// Declares words of the wire: enums whose variants are written in snake case.
macro_rules! words {
    ($($(#[$outer:meta])* pub enum $name:ident { $($body:tt)* })*) => {
        $(
            $(#[$outer])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(rename_all = "snake_case")]
            pub enum $name { $($body)* }
        )*
    };
}

/// Declares the commands, flow by flow: a trait for each flow, the router over all of them, and the TypeScript.
macro_rules! define_commands {
    ($($(#[$flow_doc:meta])* $flow:ident { $($(#[$doc:meta])* $word:literal $name:ident($request:ty) -> $response:ty;)* })*) => {
        /// Every command by the word that the interface sends.
        pub const COMMANDS: &[&str] = &[$($($word),*),*];

        $(
            $(#[$flow_doc])*
            pub trait $flow {
                $(
                    $(#[$doc])*
                    ///
                    /// # Errors
                    /// A refusal with a stable code.
                    fn $name(&self, request: $request) -> Result<$response, crate::Refusal>;
                )*
            }
        )*

        /// What a host answers: every flow, and nothing besides.
        pub trait Commands: $($flow +)* {}

        impl<T: $($flow +)*> Commands for T {}

        /// Answers one command.
        ///
        /// # Errors
        /// `WIRE-UNKNOWN` for a word that is not in the table, `WIRE-FORM` for data of another shape, and
        /// whatever the command itself refuses.
        pub fn dispatch<C: Commands>(
            commands: &C,
            word: &str,
            payload: serde_json::Value,
        ) -> Result<serde_json::Value, crate::Refusal> {
            match word {
                $($($word => {
                    let request = serde_json::from_value(payload).map_err(|error| crate::Refusal::form(word, &error))?;
                    let response = commands.$name(request)?;
                    serde_json::to_value(response).map_err(|error| crate::Refusal::form(word, &error))
                })*)*
                _ => Err(crate::Refusal::unknown(word)),
            }
        }

        pub(crate) fn declare(declarations: &mut crate::typescript::Declarations) {
            $($(declarations.command::<$request, $response>($word);)*)*
        }
    };
}
