//! Writing a trust package.
