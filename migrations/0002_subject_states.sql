-- The local database, version 2.
--
-- What became of credentials enters the index of the organisations that they are about: without it, whoever
-- looked for revoked credentials by a name had the credentials of every organisation of that name read.

-- States other than valid that credentials about the organisation have or had, each with their direction:
-- 'issued:revoked'. One too many costs a look, so that none is taken back.
ALTER TABLE subject ADD COLUMN states TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(states));

UPDATE subject SET states = found.states FROM (
    SELECT subject_uscc, json_group_array(DISTINCT direction || ':' || state) AS states
    FROM credential WHERE state <> 'valid' GROUP BY subject_uscc
) AS found WHERE found.subject_uscc = uscc;

-- The program then makes the tokens of these rows again (store::table::subject::index_states).
