//! 请求: what a destination asks for, made here or received.

use crate::{Scenario, Sentence};

wire! {
    /// A request to make.
    pub struct NewRequest {
        /// What for.
        pub scenario: Scenario,
        /// The checklist.
        pub checklist_id: String,
        /// The rule pack.
        pub pack_id: String,
        /// Where to, six digits.
        pub destination_region: String,
        /// The only firm that may answer; absent for any.
        pub firm: Option<String>,
        /// Days until it ends.
        pub days: u32,
        /// Opens the signing key.
        pub passphrase: String,
        /// Where the `.zzrequest` goes.
        pub path: String,
    }

    /// Requests that were made or came.
    pub struct Requests {
        /// Newest first.
        pub requests: Vec<RequestLine>,
    }

    /// A request.
    pub struct RequestLine {
        /// `jti`.
        pub id: String,
        /// Whether it was made here.
        pub ours: bool,
        /// The other side's name or code: the firm that may answer, or the destination that asks.
        pub other: Option<String>,
        /// What for.
        pub scenario: Scenario,
        /// Six digits.
        pub destination_region: String,
        /// The checklist.
        pub checklist_id: String,
        /// When it ends.
        pub expires: String,
        /// Whether it was answered.
        pub answered: bool,
        /// The draft of the dossier by which the firm answered it.
        pub draft_id: Option<String>,
        /// Whether it has ended.
        pub over: bool,
        /// Whether it was put into the outbox.
        pub queued: bool,
        /// What could not be checked about it.
        pub remark: Option<Sentence>,
    }
}
