-- A row of each copy that serves, committed again and again: whether commits come back (docs/operating.md).
CREATE TABLE heartbeats (
    copy TEXT PRIMARY KEY,
    at   BIGINT NOT NULL
);
