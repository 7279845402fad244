//! The language that the command line speaks.

pub use zizhi_terminal::Lang;
