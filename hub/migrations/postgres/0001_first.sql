-- A hub's data where several copies share it. Times are seconds since 1970, amounts fen, digests base64url.

CREATE TABLE hub (
    one   BIGINT PRIMARY KEY CHECK (one = 1),
    epoch BIGINT NOT NULL CHECK (epoch >= 1)
);
INSERT INTO hub (one, epoch) VALUES (1, 1);

CREATE TABLE organisations (
    org         TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('firm', 'incubator', 'voucher_fund', 'service_provider')),
    enrolled    BIGINT NOT NULL,
    list_seq    BIGINT NOT NULL CHECK (list_seq >= 1),
    list        TEXT NOT NULL,
    list_sha256 TEXT NOT NULL
);

CREATE TABLE invitations (
    jti         TEXT PRIMARY KEY,
    org         TEXT NOT NULL REFERENCES organisations (org),
    list_sha256 TEXT NOT NULL,
    used        BIGINT NOT NULL
);

CREATE TABLE devices (
    kid TEXT PRIMARY KEY,
    org TEXT NOT NULL REFERENCES organisations (org),
    jwk TEXT NOT NULL
);
CREATE INDEX devices_of ON devices (org);

CREATE TABLE nonces (
    kid     TEXT NOT NULL,
    nonce   TEXT NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (kid, nonce)
);
CREATE INDEX nonces_by_end ON nonces (expires);

-- The counter is taken and the message stored in one transaction, so that no reader passes a number whose
-- message is still under way.
CREATE TABLE mailboxes (
    org      TEXT PRIMARY KEY REFERENCES organisations (org),
    last_seq BIGINT NOT NULL DEFAULT 0,
    bytes    BIGINT NOT NULL DEFAULT 0 CHECK (bytes >= 0)
);

-- A row outlives its body: it is the receipt, and what tells a repetition from a new message.
CREATE TABLE messages (
    id        TEXT PRIMARY KEY,
    sender    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    seq       BIGINT NOT NULL,
    epoch     BIGINT NOT NULL,
    len       BIGINT NOT NULL CHECK (len >= 0),
    sha256    TEXT NOT NULL,
    receipt   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    waiting   BOOLEAN NOT NULL,
    body      BYTEA,
    asked     BIGINT NOT NULL DEFAULT 0,
    UNIQUE (recipient, seq)
);
CREATE INDEX messages_waiting ON messages (recipient, seq) WHERE waiting;
CREATE INDEX messages_by_age ON messages (at);

CREATE TABLE message_parts (
    message TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    place   BIGINT NOT NULL,
    name    TEXT NOT NULL,
    len     BIGINT NOT NULL,
    PRIMARY KEY (message, place)
);

CREATE TABLE uploads (
    upload    TEXT PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    sender    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    len       BIGINT NOT NULL CHECK (len > 0),
    sha256    TEXT NOT NULL,
    at        BIGINT NOT NULL,
    "offset"  BIGINT NOT NULL DEFAULT 0 CHECK ("offset" <= len)
);
CREATE INDEX uploads_by_age ON uploads (at);

CREATE TABLE upload_parts (
    upload TEXT NOT NULL REFERENCES uploads (upload) ON DELETE CASCADE,
    "offset" BIGINT NOT NULL,
    name   TEXT NOT NULL,
    len    BIGINT NOT NULL,
    PRIMARY KEY (upload, "offset")
);

CREATE TABLE vouchers (
    id       TEXT PRIMARY KEY,
    fund     TEXT NOT NULL,
    firm     TEXT NOT NULL,
    amount   BIGINT NOT NULL CHECK (amount > 0),
    entry    TEXT NOT NULL,
    at       BIGINT NOT NULL,
    spent    BIGINT NOT NULL DEFAULT 0 CHECK (spent BETWEEN 0 AND amount),
    last_seq BIGINT NOT NULL DEFAULT 0,
    revoked  BIGINT,
    reason   TEXT
);

CREATE TABLE redemptions (
    id       TEXT PRIMARY KEY,
    voucher  TEXT NOT NULL REFERENCES vouchers (id),
    redeemer TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,
    amount   BIGINT NOT NULL CHECK (amount > 0),
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    region   TEXT NOT NULL,
    document TEXT NOT NULL,
    hold     TEXT,
    made     BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    spent    BIGINT NOT NULL,
    epoch    BIGINT NOT NULL,
    asked    BIGINT NOT NULL DEFAULT 0,
    UNIQUE (redeemer, key),
    UNIQUE (voucher, seq)
);

CREATE TABLE conflicts (
    id       TEXT PRIMARY KEY,
    voucher  TEXT NOT NULL REFERENCES vouchers (id),
    redeemer TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,
    amount   BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    region   TEXT NOT NULL,
    document TEXT NOT NULL,
    hold     TEXT,
    made     BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    why      TEXT NOT NULL,
    accepted BOOLEAN,
    reason   TEXT,
    decided  BIGINT,
    UNIQUE (redeemer, key)
);
CREATE INDEX conflicts_of ON conflicts (voucher);

CREATE TABLE holds (
    id       TEXT PRIMARY KEY,
    voucher  TEXT NOT NULL REFERENCES vouchers (id),
    redeemer TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,
    amount   BIGINT NOT NULL CHECK (amount > 0),
    until    BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    epoch    BIGINT NOT NULL,
    closed   TEXT CHECK (closed IN ('redeemed', 'released', 'fund')),
    reason   TEXT,
    ended    BIGINT,
    asked    BIGINT NOT NULL DEFAULT 0,
    UNIQUE (redeemer, key)
);
CREATE INDEX holds_of ON holds (voucher);

-- The second fence: whatever a statement asks for, it sees the mail of the organisation whose request this is.
-- A sender sees what it sent, because its receipt is made of that. The hub's own upkeep calls itself '*'.
ALTER TABLE messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_parties ON messages
    USING (current_setting('app.org', true) IN (sender, recipient, '*'));

ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE uploads FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_sender ON uploads
    USING (current_setting('app.org', true) IN (sender, '*'));
