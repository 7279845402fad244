//! One file per use case, composed through a Host.
