//! Pure verification: dossier, trust, statuses, rules and time in, report out.
