-- The keys that the hub is known by: a copy with another one does not serve. The highest number is the newest.
CREATE TABLE hub_keys (
    kid    TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT;
