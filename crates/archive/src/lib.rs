//! A strict ZIP reader and a deterministic writer for .zzdossier and .zztrust.
