//! DCQL, CertLogic, equivalences and checklists: the recognition outcome.
