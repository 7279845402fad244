//! Paper: the verification report with what machines read inside, receipts, notices, months, voucher statements and
//! templates to sign as PDF, and tables as XLSX and CSV.
//!
//! Each function takes finished values and gives the bytes of one file; none writes a file, reads a clock
//! or opens a socket. The only thing read from the machine is its [`Fonts`], from folders that the caller
//! names. The same input gives the same bytes.
//!
//! What a document says about a firm comes from files that anybody may have made. Such text reaches the
//! typesetter as data, never as markup, and a spreadsheet as text, never as a formula. A character that
//! cannot be printed stops the document with its name; it is not dropped.
//!
//! None of these documents is an electronic licence, and none bears a drawn seal: there is room for the
//! real one.

#![forbid(unsafe_code)]

mod csv;
mod details;
mod error;
mod figures;
mod fonts;
mod forms;
mod gate;
mod lang;
mod notices;
mod paper;
mod party;
mod press;
mod qr;
mod receipt;
mod statement;
mod table;
mod verification;
mod xlsx;

pub use crate::csv::csv;
pub use details::{Decision, Details, Firm, Notice, Reason, Receipt, Supplied, SuppliedState, Wanted};
pub use error::ReportError;
pub use figures::{Figure, FigureSection, MonthFigures, month_report};
pub use fonts::{Fonts, SYSTEM_FOLDERS};
pub use forms::{Disclosed, Form, FormConsent, FormFacts, FormPaper, form};
pub use lang::Lang;
pub use notices::{decision_notice, supplement_notice};
pub use receipt::receipt;
pub use statement::{VoucherLine, VoucherStatement, voucher_statement};
pub use table::{Cell, Column, Kind, Table};
pub use verification::{ATTACHED, paper_name, verification_report};
pub use xlsx::xlsx;
