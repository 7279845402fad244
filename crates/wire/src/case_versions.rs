//! 补正材料 and 历次档案: a case that goes on with another dossier, and two of them beside each other.

use crate::{AttachmentView, Hands, ItemState, Sentence, SupplementLine, Verdict};

wire! {
    /// A case that becomes the newest version of an older one, which waits for it.
    pub struct JoinCase {
        /// The case that waits.
        pub id: String,
        /// The case that becomes part of it.
        pub newer: String,
        /// Who says so.
        pub hands: Hands,
    }

    /// A case that a code on paper belongs to. It is opened once the person said so.
    pub struct CaseOnPaper {
        /// Its id.
        pub id: String,
        /// Its number in the books.
        pub number: String,
        /// The firm's name.
        pub firm_name: String,
    }

    /// A case that waits for what a dossier may be.
    pub struct WaitingCase {
        /// Its id.
        pub id: String,
        /// Its number in the books.
        pub number: String,
        /// When its dossier came.
        pub received: String,
        /// Whether the same key signed both; absent where that cannot be told. A dossier by another one may be anybody's.
        pub same_key: Option<bool>,
    }

    /// A version of a case: a dossier that came in.
    pub struct CaseVersion {
        /// Its place, from 1.
        pub version: u32,
        /// When it came in.
        pub received: String,
        /// The name of the file.
        pub file_name: String,
        /// The verdict of its last judgement.
        pub verdict: Verdict,
    }

    /// Something that was asked for, looked at in the version that came since.
    pub struct DemandLine {
        /// What was asked for.
        pub line: SupplementLine,
        /// What the new version says to it.
        pub state: DemandState,
    }

    /// Two versions of a case to put beside each other.
    pub struct CompareVersions {
        /// The case.
        pub id: String,
        /// The older version.
        pub older: u32,
        /// The newer version.
        pub newer: u32,
    }

    /// Two versions of a case and what differs; of each kind also how much does not.
    pub struct ComparedVersions {
        /// The older version.
        pub older: CaseVersion,
        /// The newer version.
        pub newer: CaseVersion,
        /// Items of the checklist whose state moved.
        pub items: Vec<ItemChange>,
        /// Items that stand as before.
        pub same_items: u32,
        /// Papers that came, went, or show something else.
        pub credentials: Vec<CredentialChange>,
        /// Papers that show the same.
        pub same_credentials: u32,
        /// Attachments that came, went, or have other bytes.
        pub attachments: Vec<AttachmentChange>,
        /// Attachments with the same bytes.
        pub same_attachments: u32,
        /// What the firm says of itself otherwise.
        pub facts: Vec<ValueChange>,
        /// What the firm says of itself as before.
        pub same_facts: u32,
    }

    /// An item of the checklist whose state moved.
    pub struct ItemChange {
        /// What it is called.
        pub title: Sentence,
        /// Whether the dossier needs it.
        pub required: bool,
        /// How it stood; absent where that checklist has no such item.
        pub older: Option<ItemState>,
        /// How it stands.
        pub newer: Option<ItemState>,
    }

    /// A paper that differs.
    pub struct CredentialChange {
        /// What its type is called.
        pub title: Sentence,
        /// As it was; absent where it is new.
        pub older: Option<PaperLine>,
        /// As it is; absent where it was left out.
        pub newer: Option<PaperLine>,
        /// Of a paper on both sides, what it shows on one side only or otherwise.
        pub lines: Vec<ValueChange>,
    }

    /// A paper in short.
    pub struct PaperLine {
        /// Its number, if disclosed.
        pub number: Option<String>,
        /// Last day of validity, if disclosed.
        pub valid_until: Option<String>,
        /// The answer about this paper alone.
        pub verdict: Verdict,
    }

    /// An attachment that differs.
    pub struct AttachmentChange {
        /// As it was; absent where it is new.
        pub older: Option<AttachmentView>,
        /// As it is; absent where it was left out.
        pub newer: Option<AttachmentView>,
    }

    /// A value that differs.
    pub struct ValueChange {
        /// What it is called.
        pub label: Sentence,
        /// As it was; absent where it was not said.
        pub older: Option<String>,
        /// As it is; absent where it is not said.
        pub newer: Option<String>,
    }
}

words! {
    /// What a new version says to a demand.
    pub enum DemandState {
        /// The item was not answered well enough before, and is now.
        Met,
        /// The item is not answered well enough.
        Open,
        /// No item tells: a person has to look.
        Look,
    }
}
