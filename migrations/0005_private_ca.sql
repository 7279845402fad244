-- The local database, version 5.
--
-- Hubs behind a certificate authority of their own: who may vouch for the server, in the place of the public ones.

-- Certificates (PEM), as a person gave them; nothing for the public ones.
ALTER TABLE hub ADD COLUMN ca BLOB;
ALTER TABLE ledger ADD COLUMN ca BLOB;
