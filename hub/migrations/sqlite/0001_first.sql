-- A hub's data on one machine. Times are seconds since 1970, amounts fen, digests base64url.

CREATE TABLE hub (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    epoch INTEGER NOT NULL CHECK (epoch >= 1)
) STRICT;
INSERT INTO hub (one, epoch) VALUES (1, 1);

CREATE TABLE organisations (
    org         TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('firm', 'incubator', 'voucher_fund', 'service_provider')),
    enrolled    INTEGER NOT NULL,
    list_seq    INTEGER NOT NULL CHECK (list_seq >= 1),
    list        TEXT NOT NULL,
    list_sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE invitations (
    jti         TEXT PRIMARY KEY,
    org         TEXT NOT NULL REFERENCES organisations (org),
    list_sha256 TEXT NOT NULL,
    used        INTEGER NOT NULL
) STRICT;

CREATE TABLE devices (
    kid TEXT PRIMARY KEY,
    org TEXT NOT NULL REFERENCES organisations (org),
    jwk TEXT NOT NULL
) STRICT;
CREATE INDEX devices_of ON devices (org);

CREATE TABLE nonces (
    kid     TEXT NOT NULL,
    nonce   TEXT NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (kid, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonces_by_end ON nonces (expires);

-- The counter is taken and the message stored in one transaction, so that no reader passes a number whose
-- message is still under way.
CREATE TABLE mailboxes (
    org      TEXT PRIMARY KEY REFERENCES organisations (org),
    last_seq INTEGER NOT NULL DEFAULT 0,
    bytes    INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0)
) STRICT;

-- A row outlives its body: it is the receipt, and what tells a repetition from a new message.
CREATE TABLE messages (
    id        TEXT PRIMARY KEY,
    sender    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    seq       INTEGER NOT NULL,
    epoch     INTEGER NOT NULL,
    len       INTEGER NOT NULL CHECK (len >= 0),
    sha256    TEXT NOT NULL,
    receipt   TEXT NOT NULL,
    at        INTEGER NOT NULL,
    waiting   INTEGER NOT NULL CHECK (waiting IN (0, 1)),
    body      BLOB,
    asked     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (recipient, seq)
) STRICT;
CREATE INDEX messages_waiting ON messages (recipient, seq) WHERE waiting = 1;
CREATE INDEX messages_by_age ON messages (at);

CREATE TABLE message_parts (
    message TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    place   INTEGER NOT NULL,
    name    TEXT NOT NULL,
    len     INTEGER NOT NULL,
    PRIMARY KEY (message, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE uploads (
    upload    TEXT PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    sender    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    len       INTEGER NOT NULL CHECK (len > 0),
    sha256    TEXT NOT NULL,
    at        INTEGER NOT NULL,
    offset    INTEGER NOT NULL DEFAULT 0 CHECK (offset <= len)
) STRICT;
CREATE INDEX uploads_by_age ON uploads (at);

CREATE TABLE upload_parts (
    upload TEXT NOT NULL REFERENCES uploads (upload) ON DELETE CASCADE,
    offset INTEGER NOT NULL,
    name   TEXT NOT NULL,
    len    INTEGER NOT NULL,
    PRIMARY KEY (upload, offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE vouchers (
    id       TEXT PRIMARY KEY,
    fund     TEXT NOT NULL,
    firm     TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    entry    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    spent    INTEGER NOT NULL DEFAULT 0 CHECK (spent BETWEEN 0 AND amount),
    last_seq INTEGER NOT NULL DEFAULT 0,
    revoked  INTEGER,
    reason   TEXT
) STRICT;

CREATE TABLE redemptions (
    id       TEXT PRIMARY KEY,
    voucher  TEXT NOT NULL REFERENCES vouchers (id),
    redeemer TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    region   TEXT NOT NULL,
    document TEXT NOT NULL,
    hold     TEXT,
    made     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    spent    INTEGER NOT NULL,
    epoch    INTEGER NOT NULL,
    asked    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (redeemer, key),
    UNIQUE (voucher, seq)
) STRICT;

CREATE TABLE conflicts (
    id       TEXT PRIMARY KEY,
    voucher  TEXT NOT NULL REFERENCES vouchers (id),
    redeemer TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,
    amount   INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    region   TEXT NOT NULL,
    document TEXT NOT NULL,
    hold     TEXT,
    made     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    why      TEXT NOT NULL,
    accepted INTEGER CHECK (accepted IN (0, 1)),
    reason   TEXT,
    decided  INTEGER,
    UNIQUE (redeemer, key)
) STRICT;
CREATE INDEX conflicts_of ON conflicts (voucher);

CREATE TABLE holds (
    id       TEXT PRIMARY KEY,
    voucher  TEXT NOT NULL REFERENCES vouchers (id),
    redeemer TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    until    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    epoch    INTEGER NOT NULL,
    closed   TEXT CHECK (closed IN ('redeemed', 'released', 'fund')),
    reason   TEXT,
    ended    INTEGER,
    asked    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (redeemer, key)
) STRICT;
CREATE INDEX holds_of ON holds (voucher);
