-- Other hubs: who they are, whom they speak for, and what is on its way to them (docs/hub.md §7).

CREATE TABLE peers (
    hub       TEXT PRIMARY KEY,
    kid       TEXT NOT NULL UNIQUE,
    jwk       TEXT NOT NULL,
    origin    TEXT NOT NULL,
    -- Two digits each, with spaces between.
    provinces TEXT NOT NULL,
    added     INTEGER NOT NULL
) STRICT;

CREATE TABLE peer_organisations (
    org TEXT PRIMARY KEY,
    hub TEXT NOT NULL REFERENCES peers (hub) ON DELETE CASCADE
) STRICT;

-- Organisations of other hubs that somebody here asked about: the answer, and a counter as a mailbox has one.
CREATE TABLE remote_organisations (
    org      TEXT PRIMARY KEY,
    hub      TEXT NOT NULL,
    name     TEXT NOT NULL,
    role     TEXT NOT NULL,
    list_seq INTEGER NOT NULL CHECK (list_seq >= 1),
    list     TEXT NOT NULL,
    seen     INTEGER NOT NULL,
    last_seq INTEGER NOT NULL DEFAULT 0,
    bytes    INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0)
) STRICT;

-- The peer that brought a message or an upload; nothing where a device of this hub did.
ALTER TABLE messages ADD COLUMN via TEXT;
CREATE INDEX messages_by_peer ON messages (via) WHERE via IS NOT NULL AND waiting = 1;
ALTER TABLE uploads ADD COLUMN via TEXT;

-- Messages that are to go to another hub. `due` and `wait` are milliseconds, `due` since 1970.
CREATE TABLE outbox (
    message TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    hub     TEXT NOT NULL,
    due     INTEGER NOT NULL,
    wait    INTEGER NOT NULL DEFAULT 0,
    tries   INTEGER NOT NULL DEFAULT 0,
    code    TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (hub, due);
