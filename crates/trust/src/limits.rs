//! Bounds on a trust package, in one place.

/// What the bytes of a trust package meet before a parser does.
///
/// A package is larger and has more files than a dossier, so `zizhi_model::Limits` does not fit it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustLimits {
    /// Bytes of a `.zztrust` on disk. 200 000 issuers with their records take about 300 MiB.
    pub package_bytes: u64,
    /// Files in a `.zztrust`: one for each issuer, rule pack and status list, and some metadata. As many
    /// as a ZIP without ZIP64 can name; a larger register travels as a folder or over HTTPS.
    pub package_entries: usize,
    /// Inflated bytes per deflated byte. Hexadecimal digests deflate to a half, records to a fifth.
    pub ratio: u64,
    /// Bytes of one root. Four provinces need 5 kB.
    pub root_bytes: u64,
    /// Bytes of a timestamp, which holds one version number.
    pub timestamp_bytes: u64,
    /// Bytes of a snapshot, which holds one version number for each role.
    pub snapshot_bytes: u64,
    /// Bytes of a targets role. One issuer takes 140 bytes, so a province may list 400 000.
    pub targets_bytes: u64,
    /// Bytes of one issuer record, rule pack or type.
    pub target_bytes: u64,
    /// Bytes of one status list: two million credentials at two bits, incompressible.
    pub status_bytes: u64,
    /// Roots that one refresh steps through. A root a week makes this last four years.
    pub root_steps: u32,
    /// Delegated roles that one search or one opening visits.
    pub roles: usize,
    /// Nesting of arrays and objects in JSON.
    pub json_depth: usize,
}

impl Default for TrustLimits {
    fn default() -> Self {
        Self {
            package_bytes: 512 * 1024 * 1024,
            package_entries: 65_535,
            ratio: 200,
            root_bytes: 512 * 1024,
            timestamp_bytes: 64 * 1024,
            snapshot_bytes: 4 * 1024 * 1024,
            targets_bytes: 64 * 1024 * 1024,
            target_bytes: 8 * 1024 * 1024,
            status_bytes: 8 * 1024 * 1024,
            root_steps: 256,
            roles: 256,
            json_depth: 32,
        }
    }
}
