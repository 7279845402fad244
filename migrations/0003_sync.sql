-- The local database, version 3.
--
-- What a device exchanges with its hub (docs/hub.md): whose device it is there, what waits to be sent, and what came.

-- The hub that this device has joined, how far its mailbox was read, and when to ask again.
CREATE TABLE hub (
    only         INTEGER PRIMARY KEY CHECK (only = 1),
    id           TEXT NOT NULL,
    url          TEXT NOT NULL,
    card         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('firm', 'incubator', 'voucher_fund', 'service_provider')),
    device_kid   TEXT NOT NULL,
    -- The device's private key, sealed like the signing keys.
    sealed       BLOB NOT NULL,
    -- When the hub confirmed it; nothing before.
    joined       INTEGER,
    epoch        INTEGER NOT NULL CHECK (epoch >= 0),
    -- Read up to here in that epoch.
    cursor       INTEGER NOT NULL CHECK (cursor >= 0),
    public_etag  TEXT,
    -- The hub's time less this machine's, in seconds, where they were too far apart.
    clock_offset INTEGER NOT NULL,
    -- The last round that went through, the code of one that did not, and how long to wait since, in milliseconds.
    synced       INTEGER,
    code         TEXT,
    wait_ms      INTEGER NOT NULL CHECK (wait_ms >= 0),
    retry_at     INTEGER
) STRICT;

-- The device lists that stand: this organisation's own and those of its peers.
CREATE TABLE device_list (
    org     TEXT PRIMARY KEY CHECK (length(org) = 18),
    name    TEXT NOT NULL,
    seq     INTEGER NOT NULL CHECK (seq >= 1),
    jws     TEXT NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

-- Messages to others. A row is written in the transaction of the change that it tells; the network only reads it.
CREATE TABLE outbox (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    recipient  TEXT NOT NULL CHECK (length(recipient) = 18),
    kind       TEXT NOT NULL,
    -- What it belongs to.
    about_kind TEXT NOT NULL,
    about_id   TEXT NOT NULL,
    body       BLOB NOT NULL REFERENCES original (sha256),
    -- The message itself, once it was sealed: offered again and again with these very bytes.
    message    BLOB REFERENCES original (sha256),
    created    INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'parked', 'discarded')),
    -- Why it is parked, or what the last attempt brought.
    code       TEXT,
    -- The words for it: fact and advice in both languages.
    told       TEXT CHECK (json_valid(told)),
    -- Why a person gave it up.
    reason     TEXT,
    attempts   INTEGER NOT NULL CHECK (attempts >= 0),
    wait_ms    INTEGER NOT NULL CHECK (wait_ms >= 0),
    next_at    INTEGER,
    -- Bytes of a large message that the hub has so far.
    uploaded   INTEGER NOT NULL CHECK (uploaded >= 0),
    receipt    TEXT,
    -- The hub's epoch in which it said that it has the message.
    epoch      INTEGER,
    sent       INTEGER,
    CHECK ((state = 'sent') = (receipt IS NOT NULL AND epoch IS NOT NULL AND sent IS NOT NULL))
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, seq);
CREATE INDEX outbox_by_about ON outbox (about_kind, about_id);
CREATE INDEX outbox_by_body ON outbox (body);
CREATE INDEX outbox_by_message ON outbox (message) WHERE message IS NOT NULL;

-- Messages from others, as they came. A message that came twice is here once.
CREATE TABLE inbox (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    sender   TEXT NOT NULL CHECK (length(sender) = 18),
    -- What it is, once it was opened.
    kind     TEXT,
    message  BLOB NOT NULL REFERENCES original (sha256),
    received INTEGER NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('stored', 'applied', 'parked')),
    code     TEXT,
    told     TEXT CHECK (json_valid(told)),
    -- What it became here.
    about_kind TEXT,
    about_id   TEXT,
    -- Whether the hub still has to be told that it is here.
    owed     INTEGER NOT NULL CHECK (owed IN (0, 1))
) STRICT;
CREATE INDEX inbox_by_state ON inbox (state, seq);
CREATE INDEX inbox_owed ON inbox (seq) WHERE owed = 1;
CREATE INDEX inbox_by_message ON inbox (message);
