-- The local database, version 11: what was typed into a form and not saved.

CREATE TABLE unsaved (
    -- The form and what it is of, as the interface calls them.
    form  TEXT PRIMARY KEY,
    -- What stands in its fields, as the interface writes it.
    typed TEXT NOT NULL,
    kept  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
