//! How the person at the desk wants to see a table.

wire! {
    /// Which table.
    pub struct OfTable {
        /// Its key.
        pub table: String,
    }

    /// Filters with a name, and columns that are left out.
    pub struct TableViews {
        /// The table's key.
        pub table: String,
        /// In the order in which they were named.
        pub filters: Vec<NamedFilter>,
        /// The keys of columns that are left out.
        pub hidden: Vec<String>,
    }

    /// A filter that somebody gave a name.
    pub struct NamedFilter {
        /// Its name.
        pub name: String,
        /// What it asks for, as the interface writes it.
        pub filter: String,
    }
}
