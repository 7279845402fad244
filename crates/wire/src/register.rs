//! 在园企业名册: the firms of an incubator, typed in or imported from the table it already has.

use crate::{FormerName, Sentence};

wire! {
    /// A search in the register.
    pub struct FindFirms {
        /// Part of a name, pinyin, pinyin initials or a code; empty for all.
        pub text: String,
        /// Only this state.
        pub state: Option<FirmState>,
        /// Whether they come by name as it is read.
        #[serde(default)]
        pub by_name: bool,
        /// Continue after this cursor.
        pub after: Option<String>,
        /// At most so many.
        pub limit: u32,
    }

    /// The register, or what a filter leaves of it, to write as a table.
    pub struct ExportFirms {
        /// Which firms.
        pub filter: FindFirms,
        /// Where to; the ending says which: `.xlsx` or `.csv`.
        pub path: String,
    }

    /// Some firms.
    pub struct Firms {
        /// Those that entered the register last first, or by name.
        pub firms: Vec<Firm>,
        /// The cursor to continue with; absent at the end.
        pub next: Option<String>,
        /// How many firms there are in all, without the filter.
        pub total: u32,
    }

    /// A firm of the register.
    pub struct Firm {
        /// Its id; empty for one that is to be added.
        pub id: String,
        /// Its code.
        pub uscc: String,
        /// Its name.
        pub name: String,
        /// The names it had.
        pub former_names: Vec<FormerName>,
        /// Six digits; empty while it is not known.
        pub region: String,
        /// Civil date of establishment.
        pub established_on: Option<String>,
        /// Civil date of entry.
        pub entered_on: Option<String>,
        /// 场地地址
        pub site_address: Option<String>,
        /// 面积, square metres.
        pub area_sqm: Option<u32>,
        /// Whether its main research is on site.
        pub rd_on_site: Option<bool>,
        /// 技术领域
        pub field: Option<String>,
        /// 孵化协议编号
        pub agreement_no: Option<String>,
        /// Civil date on which incubation ends at the latest.
        pub incubation_deadline: Option<String>,
        /// Contact's name.
        pub contact_name: Option<String>,
        /// Contact's phone. It is stored masked, `138****0012`.
        pub contact_phone: Option<String>,
        /// The firm's public key as JWK, if it has given one.
        pub holder_jwk: Option<String>,
        /// Whether it is still here.
        pub state: FirmState,
        /// How many credentials were issued to it.
        pub issued: u32,
    }

    /// A public key that a firm handed over.
    pub struct HolderKey {
        /// As JWK.
        pub jwk: String,
    }

    /// A public key that is entered for a firm.
    pub struct EnteredKey {
        /// As JWK.
        pub jwk: String,
        /// The firm's code, as far as it is typed.
        pub uscc: String,
    }

    /// What is shown of a key that is entered.
    pub struct SeenKey {
        /// Its fingerprint, in groups of four, as two people compare it by telephone.
        pub text: String,
        /// What to mind about it: other firms have it.
        pub warning: Option<Sentence>,
    }

    /// A key's fingerprint, in groups of four, as two people compare it by telephone.
    pub struct Fingerprint {
        /// Hexadecimal digits.
        pub text: String,
    }

    /// A table to import.
    pub struct PreviewRoster {
        /// `.xlsx`, `.xls`, `.ods` or `.csv` (UTF-8 or GB 18030).
        pub path: String,
        /// Which column holds which field, where the person corrected the guess.
        pub mapping: Option<Vec<ColumnChoice>>,
    }

    /// A column and the field it holds.
    pub struct ColumnChoice {
        /// The column, from 0.
        pub column: u32,
        /// The field; absent to leave the column out.
        pub field: Option<RosterField>,
    }

    /// What an import would do. Nothing was written. Empty cells change nothing of a firm that is there.
    pub struct RosterPreview {
        /// Names this preview when it is imported.
        pub id: String,
        /// Headings of the table.
        pub headings: Vec<String>,
        /// What each column was taken for.
        pub mapping: Vec<ColumnChoice>,
        /// The first rows as they would be stored.
        pub sample: Vec<RosterRow>,
        /// Every bad cell.
        pub problems: Vec<CellProblem>,
        /// Rows that would be added.
        pub new: u32,
        /// Rows that would change a firm that is there.
        pub changed: u32,
        /// Rows that change nothing.
        pub same: u32,
        /// Rows that cannot be imported.
        pub refused: u32,
    }

    /// A row of a table.
    pub struct RosterRow {
        /// Its number in the table, from 1.
        pub row: u32,
        /// Its cells as text, in the order of the headings.
        pub cells: Vec<String>,
        /// Whether it can be imported.
        pub usable: bool,
    }

    /// A cell that cannot be used, or is unusual.
    pub struct CellProblem {
        /// Row in the table, from 1.
        pub row: u32,
        /// Column, from 0.
        pub column: u32,
        /// What stands there.
        pub text: String,
        /// What is wrong with it.
        pub problem: crate::Sentence,
        /// What is left out because of it.
        pub left_out: LeftOut,
    }

    /// What an import did.
    pub struct Imported {
        /// Added.
        pub new: u32,
        /// Changed.
        pub changed: u32,
        /// Left out.
        pub refused: u32,
    }
}

words! {
    /// Whether a firm is still here.
    pub enum FirmState {
        /// 在孵
        In,
        /// 已毕业
        Graduated,
        /// 已迁出
        Left,
    }

    /// What is left out because of a cell.
    pub enum LeftOut {
        /// Its row.
        Row,
        /// The cell alone.
        Cell,
        /// Nothing: it is unusual, and taken as it stands.
        Nothing,
    }

    /// A field of the register that a column can hold.
    pub enum RosterField {
        /// The code.
        Uscc,
        /// The name.
        Name,
        /// Six digits or the region's name.
        Region,
        /// Civil date of establishment.
        EstablishedOn,
        /// Civil date of entry.
        EnteredOn,
        /// 场地地址
        SiteAddress,
        /// 面积
        AreaSqm,
        /// 主要研发在场地内
        RdOnSite,
        /// 技术领域
        Field,
        /// 孵化协议编号
        AgreementNo,
        /// 孵化截止日期
        IncubationDeadline,
        /// 联系人
        ContactName,
        /// 联系电话
        ContactPhone,
        /// 曾用名
        FormerName,
        /// 企业公钥, a public key as JWK.
        HolderKey,
    }
}
