-- The second fence around vouchers and holds. What others hold, and what is left of a voucher, is part of the rule by which
-- an amount fits: every transaction that says whose it is may read both (decision 31). What it writes is its own.
ALTER TABLE vouchers ENABLE ROW LEVEL SECURITY;
ALTER TABLE vouchers FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_whoever_has_a_name ON vouchers FOR SELECT USING (current_setting('app.org', true) <> '');
CREATE POLICY entered_by_its_fund ON vouchers FOR INSERT
    WITH CHECK (current_setting('app.org', true) IN (fund, '*'));
-- Whoever redeems adds to what is spent. Nobody deletes one.
CREATE POLICY counted_by_whoever_has_a_name ON vouchers FOR UPDATE USING (current_setting('app.org', true) <> '');

ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE holds FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_whoever_has_a_name ON holds FOR SELECT USING (current_setting('app.org', true) <> '');
CREATE POLICY given_to_its_redeemer ON holds FOR INSERT
    WITH CHECK (current_setting('app.org', true) IN (redeemer, '*'));
CREATE POLICY closed_by_its_redeemer ON holds FOR UPDATE
    USING (current_setting('app.org', true) IN (redeemer, '*'));
