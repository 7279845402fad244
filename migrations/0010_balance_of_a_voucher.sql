-- The local database, version 10: what a voucher's credential said is left on it.

-- In fen; nothing where it says none, or where the voucher came from its ledger.
ALTER TABLE voucher ADD COLUMN balance INTEGER CHECK (balance >= 0);
