//! What is typed into a form and not saved yet.

wire! {
    /// Which form.
    pub struct OfForm {
        /// What the interface calls it, and what it is of.
        pub form: String,
    }

    /// What is kept of forms.
    pub struct UnsavedForms {
        /// Each form once.
        pub forms: Vec<UnsavedForm>,
    }

    /// What is kept of a form. A passphrase is never among it.
    pub struct UnsavedForm {
        /// Which form.
        pub form: String,
        /// What stands in its fields, as the interface writes it.
        pub typed: String,
    }
}
