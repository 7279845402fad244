//! Paper: the verification report, receipts and notices as PDF/A, tables as XLSX and CSV.
