//! Every limit on untrusted input, in one place (formats.md §5). Hosts may override them.

/// Bounds that untrusted bytes meet before any parser does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a dossier or trust package on disk. Scans of a whole move fit in a tenth of it.
    pub file_bytes: u64,
    /// Bytes of one ZIP entry after inflation.
    pub entry_bytes: u64,
    /// Entries of one ZIP.
    pub entries: usize,
    /// Inflated bytes per deflated byte of one entry. PDF and OFD stay below 20.
    pub ratio: u64,
    /// Bytes of `manifest.jwt`.
    pub manifest_bytes: u64,
    /// Bytes of one credential, request or decision file.
    pub credential_bytes: u64,
    /// Nesting of arrays and objects in JSON.
    pub json_depth: usize,
    /// Disclosures of one credential.
    pub disclosures: usize,
    /// Seconds that two honest clocks may differ by.
    pub clock_skew_seconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 * 1024 * 1024,
            entry_bytes: 200 * 1024 * 1024,
            entries: 2_000,
            ratio: 200,
            manifest_bytes: 4 * 1024 * 1024,
            credential_bytes: 1024 * 1024,
            json_depth: 32,
            disclosures: 512,
            clock_skew_seconds: 300,
        }
    }
}
