-- The local database, version 9.
--
-- Firms, cases and the organisations that credentials are about in the order in which their names are read, so that a
-- list by name begins anywhere without reading what stands before it.

-- The name as it is put in order (store::search::order); made by the program.
ALTER TABLE firm ADD COLUMN name_order TEXT NOT NULL DEFAULT '';
ALTER TABLE subject ADD COLUMN name_order TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier_case ADD COLUMN name_order TEXT NOT NULL DEFAULT '';

-- The program then fills these columns and makes the indexes firm_by_name, subject_by_name and case_by_name: an index
-- that is made at the end is made in one go.
