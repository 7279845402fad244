-- The local database, version 8: versions of a case, lists by name, codes by their parts.

-- A firm that was asked for more sends another dossier: its case goes on with that one, and what came before it is an
-- earlier version of the case. The newest stands in the case itself.

CREATE TABLE case_version (
    case_id    TEXT NOT NULL REFERENCES dossier_case (id),
    version    INTEGER NOT NULL CHECK (version >= 1),
    received   INTEGER NOT NULL,
    file_name  TEXT NOT NULL,
    original   BLOB NOT NULL REFERENCES original (sha256),
    dossier_id TEXT,
    -- The last judgement of this version.
    judgement  INTEGER NOT NULL,
    PRIMARY KEY (case_id, version),
    FOREIGN KEY (case_id, judgement) REFERENCES judgement (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_version_by_original ON case_version (original);
CREATE INDEX case_version_by_dossier ON case_version (dossier_id) WHERE dossier_id IS NOT NULL;

-- The code on paper holds the digest of a report.
CREATE INDEX judgement_by_report ON judgement (report_sha256);

-- Firms, cases and the organisations that credentials are about in the order in which their names are read, so that a
-- list by name begins anywhere without reading what stands before it.

-- The name as it is put in order (store::search::order); made by the program.
ALTER TABLE firm ADD COLUMN name_order TEXT NOT NULL DEFAULT '';
ALTER TABLE subject ADD COLUMN name_order TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier_case ADD COLUMN name_order TEXT NOT NULL DEFAULT '';

-- The program then fills these columns and makes the indexes firm_by_name, subject_by_name and case_by_name: an index
-- that is made at the end is made in one go.

-- Codes are found by any part of them. The tables stay as they are; the program makes the search indexes anew, since
-- the lines of an earlier version lack the tokens of the parts.
