-- The local database, version 9: a few rows among many are found without the many.

-- The organisations that have a credential of a type. Whoever looked for a rare type by a name had the credentials of
-- every organisation of that name looked up.
CREATE INDEX credential_by_kind ON credential (direction, credential_type, state, subject_uscc);

-- The firms of the register that have a public key.
CREATE INDEX firm_by_key ON firm (json_extract(extra, '$.holder_jwk'));
