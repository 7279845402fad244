//! Request, manifest and container of a dossier: assemble, seal, open.
