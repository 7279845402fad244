//! TUF trust package: issuers, keys, rule packs, types, with freshness.
