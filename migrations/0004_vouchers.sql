-- The local database, version 4.
--
-- 创新券 (docs/hub.md §6): what this desk knows of vouchers, what it booked, and what their ledgers said.

-- Ledgers of other provinces. That of the own hub's province is at the hub itself.
CREATE TABLE ledger (
    hub          TEXT PRIMARY KEY,
    url          TEXT NOT NULL,
    -- The hub's card as it was first seen, a JWS: its key is in it.
    card         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('firm', 'incubator', 'voucher_fund', 'service_provider')),
    -- When it confirmed that this organisation may ask; nothing before.
    joined       INTEGER,
    -- The hub's time less this machine's, in seconds, where they were too far apart.
    clock_offset INTEGER NOT NULL
) STRICT;

-- Vouchers. Amounts are fen.
CREATE TABLE voucher (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    fund       TEXT NOT NULL CHECK (length(fund) = 18),
    firm       TEXT NOT NULL CHECK (length(firm) = 18),
    amount     INTEGER NOT NULL CHECK (amount > 0),
    -- What it pays for: days, regions, kinds, redeemers.
    terms      TEXT NOT NULL CHECK (json_valid(terms)),
    -- Where it was seen: a case, a credential, or the ledger itself.
    about_kind TEXT NOT NULL,
    about_id   TEXT NOT NULL,
    -- What the ledger said of it last, whole, and when.
    view       TEXT CHECK (json_valid(view)),
    seen       INTEGER,
    created    INTEGER NOT NULL,
    CHECK ((view IS NULL) = (seen IS NULL))
) STRICT;

-- 核销: what this desk booked, from 预核销 to 已兑付. A row never goes: what may have reached the ledger is asked
-- for again under the same key until its answer is here.
CREATE TABLE redemption (
    seq           INTEGER PRIMARY KEY,
    -- The key of the request, for ever.
    key           TEXT NOT NULL UNIQUE,
    voucher       TEXT NOT NULL REFERENCES voucher (id),
    amount        INTEGER NOT NULL CHECK (amount > 0),
    kind          TEXT NOT NULL,
    -- The day of the service or invoice.
    day           TEXT NOT NULL,
    region        TEXT NOT NULL,
    -- The invoice or record: its digest, and what its file was called.
    document      TEXT NOT NULL,
    document_name TEXT NOT NULL,
    -- The hold that it closes.
    hold          TEXT,
    made          INTEGER NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('provisional', 'redeemed', 'conflicted', 'rejected', 'withdrawn',
                                                 'settlement_requested', 'settled')),
    -- How often the ledger was asked, and what came of the last time where it was no receipt.
    attempts      INTEGER NOT NULL CHECK (attempts >= 0),
    code          TEXT,
    -- What a person said: why it was rejected or withdrawn.
    reason        TEXT,
    conflict      TEXT,
    -- The ledger's receipt, a JWS, and its time.
    receipt       TEXT,
    redeemed      INTEGER,
    settlement    TEXT REFERENCES settlement (id),
    -- "Paid" on a screen means that a receipt verified.
    CHECK ((state IN ('redeemed', 'settlement_requested', 'settled')) = (receipt IS NOT NULL)),
    CHECK ((receipt IS NULL) = (redeemed IS NULL)),
    CHECK ((state = 'conflicted') <= (conflict IS NOT NULL)),
    CHECK ((state IN ('settlement_requested', 'settled')) = (settlement IS NOT NULL))
) STRICT;
CREATE INDEX redemption_by_voucher ON redemption (voucher, seq);
CREATE INDEX redemption_by_state ON redemption (state, seq);
CREATE INDEX redemption_by_settlement ON redemption (settlement) WHERE settlement IS NOT NULL;

-- 预约: the ledger's word that a part of a voucher is this desk's alone.
CREATE TABLE hold (
    seq     INTEGER PRIMARY KEY,
    -- The key of the request, for ever.
    key     TEXT NOT NULL UNIQUE,
    voucher TEXT NOT NULL REFERENCES voucher (id),
    amount  INTEGER NOT NULL CHECK (amount > 0),
    until   INTEGER NOT NULL,
    made    INTEGER NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('asked', 'open', 'redeemed', 'released', 'closed', 'refused')),
    -- The ledger's id of it and its word, a JWS.
    id      TEXT UNIQUE,
    jws     TEXT,
    code    TEXT,
    -- Why the fund closed it.
    reason  TEXT,
    CHECK ((id IS NULL) = (jws IS NULL)),
    CHECK ((state IN ('asked', 'refused')) = (jws IS NULL))
) STRICT;
CREATE INDEX hold_by_voucher ON hold (voucher, seq);

-- 兑付: requests that this desk made as a redeemer or got as a fund.
CREATE TABLE settlement (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL CHECK (direction IN ('made', 'received')),
    -- The fund, or the redeemer.
    other     TEXT NOT NULL CHECK (length(other) = 18),
    amount    INTEGER NOT NULL CHECK (amount > 0),
    jws       TEXT NOT NULL,
    at        INTEGER NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('waiting', 'paid', 'returned')),
    -- The fund's answer, a JWS, and what it says.
    notice    TEXT,
    day       TEXT,
    reference TEXT,
    reason    TEXT,
    CHECK ((state = 'waiting') = (notice IS NULL))
) STRICT;
CREATE INDEX settlement_by_direction ON settlement (direction, seq);

-- The receipts of the requests that a fund got and has not returned: each redemption is paid once, also where a
-- ledger that was restored has signed another receipt for it.
CREATE TABLE settled_receipt (
    receipt    TEXT PRIMARY KEY,
    settlement TEXT NOT NULL REFERENCES settlement (id),
    voucher    TEXT NOT NULL,
    redeemer   TEXT NOT NULL CHECK (length(redeemer) = 18),
    key        TEXT NOT NULL,
    seq        INTEGER NOT NULL CHECK (seq >= 1),
    amount     INTEGER NOT NULL CHECK (amount > 0),
    UNIQUE (redeemer, key),
    UNIQUE (voucher, seq)
) STRICT;
CREATE INDEX settled_receipt_by_settlement ON settled_receipt (settlement);
