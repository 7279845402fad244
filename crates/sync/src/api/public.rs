//! Public data (docs/hub.md §3).

use serde::{Deserialize, Serialize};

use crate::Digest;

/// `GET /v1/public/changes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicChanges {
    /// The state of all status lists that are published.
    pub state: Digest,
    /// The lists that changed since the state that was asked about: file names below `status/`. Null where that state
    /// is not known, so that every list may have changed.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub lists: Option<Vec<String>>,
}
