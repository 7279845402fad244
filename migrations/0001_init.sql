-- The local database, version 1.
--
-- Times are whole seconds since 1970 in UTC, civil dates are 'YYYY-MM-DD' in Shanghai, digests are the 32 bytes of a
-- SHA-256, ids are given by the caller. A column `seq` is the order in which rows came, by which lists are paged.
-- What is large stands in a table of its own, so that reading a list does not read it.

-- Whose database this is.
CREATE TABLE profile (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    uscc    TEXT NOT NULL CHECK (length(uscc) = 18),
    name    TEXT NOT NULL,
    role    TEXT NOT NULL CHECK (role IN ('firm', 'incubator', 'both')),
    region  TEXT CHECK (length(region) = 6),
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- Private keys are sealed again under their own passphrase; this database never holds one in the clear.
CREATE TABLE signing_key (
    kid        TEXT PRIMARY KEY,
    label      TEXT NOT NULL,
    algorithm  TEXT NOT NULL,
    sealed     BLOB NOT NULL,
    public_jwk TEXT NOT NULL CHECK (json_valid(public_jwk)),
    uses       TEXT NOT NULL CHECK (json_valid(uses)),
    created    INTEGER NOT NULL,
    retired    INTEGER
) STRICT;

CREATE TABLE inbox_identity (
    recipient TEXT PRIMARY KEY,
    sealed    BLOB NOT NULL,
    created   INTEGER NOT NULL
) STRICT;

-- The incubator's register of firms.
CREATE TABLE firm (
    seq            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    uscc           TEXT NOT NULL UNIQUE CHECK (length(uscc) = 18),
    name           TEXT NOT NULL,
    former_names   TEXT NOT NULL CHECK (json_valid(former_names)),
    region         TEXT CHECK (length(region) = 6),
    established_on TEXT,
    entered_on     TEXT,
    site_address   TEXT,
    contact_name   TEXT,
    contact_phone  TEXT,
    extra          TEXT NOT NULL CHECK (json_valid(extra)),
    state          TEXT NOT NULL CHECK (state IN ('in', 'graduated', 'left')),
    updated        INTEGER NOT NULL
) STRICT;

-- Credentials that the firm holds, and those that the incubator issued.
CREATE TABLE credential (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    direction       TEXT NOT NULL CHECK (direction IN ('held', 'issued')),
    sha256          BLOB NOT NULL CHECK (length(sha256) = 32),
    credential_type TEXT NOT NULL,
    number          TEXT,
    issuer_uscc     TEXT NOT NULL CHECK (length(issuer_uscc) = 18),
    subject_uscc    TEXT NOT NULL CHECK (length(subject_uscc) = 18),
    subject_name    TEXT NOT NULL,
    provenance      TEXT NOT NULL CHECK (provenance IN ('direct', 'attested', 'declared')),
    region          TEXT CHECK (length(region) = 6),
    issued_on       TEXT,
    valid_until     TEXT,
    iat             INTEGER NOT NULL,
    status_uri      TEXT,
    status_idx      INTEGER CHECK (status_idx >= 0),
    state           TEXT NOT NULL CHECK (state IN ('valid', 'suspended', 'revoked', 'ended')),
    reason          TEXT,
    changed         INTEGER,
    received        INTEGER NOT NULL,
    CHECK ((status_uri IS NULL) = (status_idx IS NULL))
) STRICT;
-- Eight bytes find a digest; the program compares the rest and keeps (direction, sha256) unique. With whole digests
-- the index is three times as long, and every new row lands on another of its pages.
CREATE INDEX credential_by_digest ON credential (substr(sha256, 1, 8));
-- These two hold what lists are filtered by, so that a filter reads the index and not the rows that it rejects.
CREATE INDEX credential_by_type ON credential (direction, credential_type, state, seq, provenance, region);
CREATE INDEX credential_by_subject ON credential (direction, subject_uscc, seq, state, credential_type);
CREATE INDEX credential_by_end ON credential (direction, valid_until, seq) WHERE valid_until IS NOT NULL;
CREATE INDEX credential_by_status ON credential (status_uri, status_idx) WHERE status_uri IS NOT NULL;

CREATE TABLE credential_text (
    seq   INTEGER PRIMARY KEY REFERENCES credential (seq) ON DELETE CASCADE,
    bytes BLOB NOT NULL
) STRICT;

-- The organisations that credentials are about, with every name that credentials give them. People look for
-- credentials by these; there are fewer of them, and they change less.
CREATE TABLE subject (
    seq   INTEGER PRIMARY KEY,
    uscc  TEXT NOT NULL UNIQUE CHECK (length(uscc) = 18),
    names TEXT NOT NULL CHECK (json_valid(names))
) STRICT;

-- The numbers of credentials as search reads them: small letters and digits, no punctuation.
CREATE TABLE credential_number (
    key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (key, seq)
) STRICT, WITHOUT ROWID;

-- The status lists that the incubator publishes.
CREATE TABLE status_list (
    uri       TEXT PRIMARY KEY,
    bits      INTEGER NOT NULL CHECK (bits IN (1, 2, 4, 8)),
    next_idx  INTEGER NOT NULL CHECK (next_idx BETWEEN 0 AND size),
    size      INTEGER NOT NULL CHECK (size > 0),
    iat       INTEGER,
    entries   BLOB NOT NULL,
    published BLOB
) STRICT;

-- The bytes of everything that was received or sent, as they were, in pieces of at most 1 MiB.
CREATE TABLE original (
    seq      INTEGER PRIMARY KEY,
    sha256   BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    size     INTEGER NOT NULL CHECK (size >= 0),
    media    TEXT NOT NULL,
    received INTEGER NOT NULL
) STRICT;

CREATE TABLE original_chunk (
    original INTEGER NOT NULL REFERENCES original (seq) ON DELETE CASCADE,
    part     INTEGER NOT NULL,
    bytes    BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
    PRIMARY KEY (original, part)
) STRICT;

-- Dossiers that came in: 收件.
CREATE TABLE dossier_case (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    number      TEXT NOT NULL UNIQUE,
    received    INTEGER NOT NULL,
    file_name   TEXT NOT NULL,
    original    BLOB NOT NULL REFERENCES original (sha256),
    dossier_id  TEXT,
    firm_uscc   TEXT CHECK (length(firm_uscc) = 18),
    firm_name   TEXT,
    scenario    TEXT,
    origin      TEXT CHECK (length(origin) = 6),
    destination TEXT CHECK (length(destination) = 6),
    state       TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'supplement', 'decided', 'closed')),
    verdict     TEXT CHECK (verdict IN ('passed', 'passed_with_conditions', 'pending', 'failed')),
    due         TEXT,
    operator    TEXT,
    reviewer    TEXT,
    outcome     TEXT,
    updated     INTEGER NOT NULL
) STRICT;
CREATE INDEX case_by_dossier ON dossier_case (dossier_id) WHERE dossier_id IS NOT NULL;
CREATE INDEX case_by_original ON dossier_case (original);
CREATE INDEX case_by_firm ON dossier_case (firm_uscc, seq) WHERE firm_uscc IS NOT NULL;
CREATE INDEX case_by_due ON dossier_case (due, seq) WHERE due IS NOT NULL AND state NOT IN ('decided', 'closed');
CREATE INDEX case_by_receipt ON dossier_case (received);

-- The last number given out in each year.
CREATE TABLE case_number (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- What happened to a case, in order.
CREATE TABLE case_event (
    case_id TEXT NOT NULL REFERENCES dossier_case (id),
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    actor   TEXT NOT NULL,
    note    TEXT NOT NULL,
    details TEXT NOT NULL CHECK (json_valid(details)),
    PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;

-- Every judgement of a case with the versions that it was made by, so that it can be made again.
CREATE TABLE judgement (
    case_id          TEXT NOT NULL REFERENCES dossier_case (id),
    seq              INTEGER NOT NULL,
    judged_at        INTEGER NOT NULL,
    verdict          TEXT NOT NULL CHECK (verdict IN ('passed', 'passed_with_conditions', 'pending', 'failed')),
    why              TEXT NOT NULL CHECK (why IN ('received', 'trust', 'status', 'rules', 'time', 'asked')),
    report_sha256    BLOB NOT NULL CHECK (length(report_sha256) = 32),
    root_version     INTEGER,
    snapshot_version INTEGER,
    pack_id          TEXT,
    pack_version     INTEGER,
    pack_sha256      BLOB CHECK (length(pack_sha256) = 32),
    statuses         TEXT NOT NULL CHECK (json_valid(statuses)),
    PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement_report (
    case_id TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    report  BLOB NOT NULL,
    PRIMARY KEY (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES judgement (case_id, seq)
) STRICT;

-- What the latest judgement of a case rested on: with this, a changed issuer, status entry, rule pack or type names
-- the cases that it touches. `idx` is the index of a status entry, and -1 for the other kinds.
CREATE TABLE judgement_input (
    kind    TEXT NOT NULL CHECK (kind IN ('issuer', 'status', 'pack', 'type')),
    key     TEXT NOT NULL,
    idx     INTEGER NOT NULL CHECK (idx >= -1),
    case_id TEXT NOT NULL REFERENCES dossier_case (id),
    PRIMARY KEY (kind, key, idx, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX judgement_input_by_case ON judgement_input (case_id);

-- A verdict that moved since a person saw it.
CREATE TABLE change_notice (
    seq          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    case_id      TEXT NOT NULL REFERENCES dossier_case (id),
    from_verdict TEXT NOT NULL CHECK (from_verdict IN ('passed', 'passed_with_conditions', 'pending', 'failed')),
    to_verdict   TEXT NOT NULL CHECK (to_verdict IN ('passed', 'passed_with_conditions', 'pending', 'failed')),
    why          TEXT NOT NULL CHECK (json_valid(why)),
    created      INTEGER NOT NULL,
    seen         INTEGER
) STRICT;
CREATE INDEX change_notice_unseen ON change_notice (seq) WHERE seen IS NULL;
CREATE INDEX change_notice_by_case ON change_notice (case_id);

-- Requests for a dossier; `id` is the signed `jti`.
CREATE TABLE request (
    seq          INTEGER PRIMARY KEY,
    direction    TEXT NOT NULL CHECK (direction IN ('issued', 'received')),
    id           TEXT NOT NULL,
    counterparty TEXT NOT NULL CHECK (length(counterparty) = 18),
    firm         TEXT CHECK (length(firm) = 18),
    scenario     TEXT NOT NULL,
    checklist_id TEXT NOT NULL,
    exp          INTEGER NOT NULL,
    answered_by  TEXT,
    bytes        BLOB NOT NULL,
    UNIQUE (direction, id)
) STRICT;

-- Dossiers in preparation; `body` is what the form holds.
CREATE TABLE draft (
    seq                INTEGER PRIMARY KEY,
    id                 TEXT NOT NULL UNIQUE,
    title              TEXT NOT NULL,
    scenario           TEXT,
    destination_region TEXT CHECK (length(destination_region) = 6),
    aud                TEXT CHECK (length(aud) = 18),
    body               TEXT NOT NULL CHECK (json_valid(body)),
    updated            INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_file (
    draft      TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    sha256     BLOB NOT NULL REFERENCES original (sha256),
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    answers    TEXT NOT NULL CHECK (json_valid(answers)),
    PRIMARY KEY (draft, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_file_by_original ON draft_file (sha256);

-- Dossiers that the firm signed.
CREATE TABLE sent (
    seq        INTEGER PRIMARY KEY,
    dossier_id TEXT NOT NULL UNIQUE,
    draft      TEXT REFERENCES draft (id) ON DELETE SET NULL,
    sha256     BLOB NOT NULL REFERENCES original (sha256),
    aud        TEXT NOT NULL CHECK (length(aud) = 18),
    signed_at  INTEGER NOT NULL,
    state      TEXT NOT NULL
               CHECK (state IN ('prepared', 'sent', 'received', 'accepted', 'supplement', 'decided')),
    decision   BLOB REFERENCES original (sha256)
) STRICT;
CREATE INDEX sent_by_draft ON sent (draft) WHERE draft IS NOT NULL;
CREATE INDEX sent_by_original ON sent (sha256);
CREATE INDEX sent_by_decision ON sent (decision) WHERE decision IS NOT NULL;

-- Decisions that the incubator made, and those that the firm received.
CREATE TABLE decision (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    direction  TEXT NOT NULL CHECK (direction IN ('issued', 'received')),
    case_id    TEXT REFERENCES dossier_case (id),
    dossier_id TEXT NOT NULL,
    outcome    TEXT NOT NULL
               CHECK (outcome IN ('accepted', 'accepted_with_conditions', 'supplement_required', 'rejected')),
    decided_on TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT;
CREATE INDEX decision_by_case ON decision (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX decision_by_dossier ON decision (dossier_id);

-- The newest signed time ever seen, against which the machine's clock is held.
CREATE TABLE trust_seen (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    newest INTEGER NOT NULL
) STRICT;

-- The activity log. Each row's hash covers the row and the hash before it.
CREATE TABLE activity (
    seq         INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    summary     TEXT NOT NULL CHECK (json_valid(summary)),
    prev_hash   BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX activity_by_object ON activity (object_kind, object_id, seq);

-- Hashes of the log that somebody signed.
CREATE TABLE activity_head (
    seq  INTEGER PRIMARY KEY REFERENCES activity (seq),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at   INTEGER NOT NULL,
    jws  BLOB NOT NULL
) STRICT;

-- Against mistakes of ours. Whoever holds the key can drop these; the chain and its signed heads then tell.
CREATE TRIGGER activity_keeps_rows BEFORE DELETE ON activity
BEGIN SELECT RAISE(ABORT, 'the activity log only grows'); END;
CREATE TRIGGER activity_keeps_words BEFORE UPDATE ON activity
BEGIN SELECT RAISE(ABORT, 'the activity log only grows'); END;
CREATE TRIGGER activity_head_keeps_rows BEFORE DELETE ON activity_head
BEGIN SELECT RAISE(ABORT, 'signed heads stay'); END;
CREATE TRIGGER activity_head_keeps_words BEFORE UPDATE ON activity_head
BEGIN SELECT RAISE(ABORT, 'signed heads stay'); END;

-- Search. The tokens are made by the program (store::search); the rowid is the `seq` of the row found.
CREATE VIRTUAL TABLE firm_search USING fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars ':_-.'"
);
CREATE VIRTUAL TABLE subject_search USING fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars ':_-.'"
);
CREATE VIRTUAL TABLE case_search USING fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars ':_-.'"
);
