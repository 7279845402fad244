-- The local database, version 7.
--
-- A case that is decided may wait for something too: what its decision asked for. One that is put away waits for
-- nothing, so that few cases have a day.

DROP INDEX case_by_due;
CREATE INDEX case_by_due ON dossier_case (due, seq) WHERE due IS NOT NULL;
